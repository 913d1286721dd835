"""Left-to-right tokens in Arabic text keep their order."""

from __future__ import annotations

import time

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
    "-5°",
    "ООО «Ромашка»",
    'АО "Береке"',
    "Gulf Harbour Bank P.J.S.C.",
    "[2006] NICC 29",
    "2001:db8::8a2e:370:7334",
    "00:1A:2B:3C:4D:5E",
    "41°18'40.2\"N 69°14'24.1\"E",
    "C:\\Users\\ivan\\invoice-0001 (copy).pdf",
    "/var/log/mail.log",
    "@ivan_petrov",
    "№ 44-ФЗ",
    "§ 73(1)",
    "राजेश कुमार",
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


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("الضحية V-01 (22 عاماً)", "الضحية |V-01| (|22| عاماً)"),
        ("(الفقرة 22) V-01 قال", "(الفقرة |22|) |V-01| قال"),
        ("عام/2026 و-5 و/var/log", "عام/|2026| و|-5| و|/var/log|"),
        ("في 2026-01-01، 2026-02-02", "في |2026-01-01|، |2026-02-02|"),
        ("كوفيد-19 في", "كوفيد-|19| في"),
        ("1) نص", "|1|) نص"),
        ("Silver Co.", "|Silver Co.|"),
    ],
)
def test_a_token_ends_where_arabic_begins(text, marked):
    assert isolate(text).replace(TOKEN, "|").replace(END_TOKEN, "|") == marked


def test_long_texts_take_time_in_proportion():
    awkward = ["(" * 3000, "a(" * 3000, 'ب"a' * 3000, "a." * 3000 + "ب", "ب " + "a-)" * 3000, "«" * 3000 + "a"]
    before = time.monotonic()
    for text in awkward:
        assert isolate(text).replace(TOKEN, "").replace(END_TOKEN, "") == text
    assert time.monotonic() - before < 20


@given(st.text(st.sampled_from(list('ابو د،؛. 12AbЖ-/\\()[]«»"“”+@:#%№‘’°')), max_size=40))
def test_isolation_adds_marks_and_nothing_else(text):
    assert isolate(text).replace(TOKEN, "").replace(END_TOKEN, "") == text
    assert isolate(isolate(text)) == isolate(text)
