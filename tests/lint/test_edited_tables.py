"""A letter with a table, edited in Word: a changed cell belongs to no language, and is found as what it is."""

from __future__ import annotations

import re

import pytest

from casc_mla.lint.letter import check_letter
from casc_mla.render.letter import build_letter
from casc_mla.render.ooxml import read_parts, zip_parts
from tests.render.test_tables import ROW, request

TABLES = (
    {"rows": [{**ROW, "purpose": "first"}, {**ROW, "purpose": "second"}]},
    {"rows": [ROW] * 3, "placement": "letter"},
)
LANGUAGES = ("ru", "ar", "en")


def edited(old: str, new: str) -> bytes:
    letter = build_letter(request(*TABLES), LANGUAGES, "columns")
    parts: dict[str, str | bytes] = dict(read_parts(letter.content))
    text = bytes(parts["word/document.xml"]).decode()
    parts["word/document.xml"] = re.sub(old, new, text, count=1, flags=re.DOTALL)
    return zip_parts(parts)


def test_a_letter_that_nobody_edited_has_nothing_to_say():
    assert check_letter("x", edited("nothing of the kind", "")) == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "pointer"),
    [
        (">second<", ">third<", "DOC-TABLE", "/tables/0"),
        ("4400-1234-5678", "4400-1234-5679", "DOC-TABLE", "/tables/0"),
        ('<w:tbl>(?:(?!</w:tbl>).)*w:tblCaption w:val="T2".*?</w:tbl>', "", "DOC-TABLE-MISSING", "/tables/1"),
    ],
)
def test_a_cell_and_a_table_are_missed(old, new, rule, pointer):
    findings = check_letter("x", edited(old, new))
    assert [(f.rule, f.pointer) for f in findings] == [(rule, pointer)]
