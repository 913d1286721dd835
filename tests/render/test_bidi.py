"""Left-to-right tokens in Arabic text keep their order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casc_mla.render.bidi import END_TOKEN, TOKEN, isolate

TOKENS = [
    "4400-1234-5678",
    "2026-11-23",
    "+998 71 233-14-45",
    "12-34/2026",
    "DE89 3704 0044 0532 0130 00",
    "18(15)(d)",
    "m.name@office.gov.kz",
    "https://example.org/a?b=c&d=1",
    "USD 12,500.00",
    "Ivan Petrov",
    "7-12/2026-0345",
    "V-01",
    "(+7) 7172 55-01-18",
    "50%",
]


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_is_isolated_whole(token):
    assert isolate(f"رقم {token} في") == f"رقم {TOKEN}{token}{END_TOKEN} في"


@pytest.mark.parametrize("token", TOKENS)
def test_isolating_twice_changes_nothing(token):
    once = isolate(f"الحساب {token}، والرقم {token}.")
    assert isolate(once) == once


def test_pure_arabic_is_left_alone():
    text = "تهديكم النيابة العامة أطيب تحياتها، وتتشرف بما يلي:"
    assert isolate(text) == text


@given(st.text(st.sampled_from(list("ابت د،. 12AbЖ-/()+@:#%")), max_size=40))
def test_isolation_adds_marks_and_nothing_else(text):
    assert isolate(text).replace(TOKEN, "").replace(END_TOKEN, "") == text
    assert isolate(isolate(text)) == isolate(text)
