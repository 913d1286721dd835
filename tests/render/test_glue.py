"""A line never ends between a number and what it belongs to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casc_mla.load.request import load
from casc_mla.render import typeset
from casc_mla.render.bidi import END_TOKEN, TOKEN
from casc_mla.render.glue import NBSP, glue
from casc_mla.render.letter import build_letter
from tests.conftest import EXAMPLES
from tests.reader import printed

FIRM = [
    ("en", "under Article 18 of", "Article_18"),
    ("en", "Articles 12(6) and 18", "Articles_12(6)"),
    ("en", "on 9 November 2026 at", "9_November"),
    ("en", "No. 267500121000417", "No._267500121000417"),
    ("en", "EUR 1,946,250 were", "EUR_1,946,250"),
    ("en", "call +7 7172 55 01 18 now", "+7_7172_55_01_18"),
    ("en", "J. Smith", "J._Smith"),
    ("ru", "на основании статей 12(6), 13(2) и 18", "статей_12(6)"),
    ("ru", "дело № 26750", "№_26750"),
    ("ru", "9 ноября 2026 года в", "9_ноября 2026_года"),
    ("ru", "всего 1 284 600 000 тенге на", "1_284_600_000_тенге"),
    ("ru", "тел. +996 312 55 04 17,", "+996_312_55_04_17"),
    ("ru", "в г. Алматы, ул. Жетысу", "г._Алматы, ул._Жетысу"),
    ("ru", "следователь А. Б. Ким", "А._Б._Ким"),
    ("ru", "Ким — подозреваемый", "Ким_— подозреваемый"),
    ("ar", f"المادة {TOKEN}18{END_TOKEN} من", f"المادة_{TOKEN}18{END_TOKEN}"),
    ("ar", f"رقم {TOKEN}14/2-26{END_TOKEN}", f"رقم_{TOKEN}14/2-26"),
    ("ar", f"{TOKEN}19{END_TOKEN} أكتوبر", f"{TOKEN}19{END_TOKEN}_أكتوبر"),
]


@pytest.mark.parametrize(("lang", "text", "expected"), FIRM)
def test_what_belongs_together_stays_together(lang, text, expected):
    assert expected.replace("_", NBSP) in glue(text, lang)


@pytest.mark.parametrize("text", ["1) 12 34 56 78 90 11 22 33 44", "KZ86 125K ZT50 0410 0100", "a b c d"])
def test_long_rows_of_numbers_may_be_broken(text):
    assert glue(text, "en") == text


@given(st.text(st.sampled_from(list("абвABC№.+ 123—()" + TOKEN)), max_size=60), st.sampled_from(["en", "ru", "ar"]))
def test_only_spaces_change(text, lang):
    assert glue(text, lang).replace(NBSP, " ") == text.replace(NBSP, " ")
    assert glue(glue(text, lang), lang).replace(NBSP, " ") == text.replace(NBSP, " ")


@pytest.mark.parametrize("name", ["mla-kz-de-bank-records", "tip-kg-ae-victims", "confiscation-kz-qa-villa"])
def test_a_letter_is_glued_and_nothing_else_in_it_changes(name, monkeypatch):
    request = load(str(EXAMPLES / f"{name}.yaml"))
    languages = tuple(request.languages)
    glued = build_letter(request, languages, "columns")
    assert glued.findings == []
    monkeypatch.setattr(typeset, "glue", lambda text, _lang: text)
    plain = printed(build_letter(request, languages, "columns").content)
    lines = printed(glued.content)
    assert lines != plain
    for line, before in zip(lines, plain, strict=True):
        assert len(line) == len(before)
        assert all(a == b or (a, b) == (NBSP, " ") for a, b in zip(line, before, strict=True))
