"""Sources are named in the language of the reader."""

from __future__ import annotations

import re

import pytest

from casc_mla.core import data
from casc_mla.core.records import read_records
from casc_mla.law.sources import titled, titles
from casc_mla.lint.checklists import sources_in
from casc_mla.report.text import source_line
from tests.conftest import ROOT

LAW = "Criminal Procedure Code of the Republic of Kazakhstan of 4 July 2014, No. 231-V"
OF_2014 = {"document": LAW, "article": "565", "status": "verified", "checked_on": "2026-11-23"}


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", f"{LAW}, 565 (text read, 2026-11-23)"),
        (
            "ru",
            "Уголовно-процессуальный кодекс Республики Казахстан от 4 июля 2014 г. № 231-V, 565 (текст проверен, 2026-11-23)",
        ),
        (
            "ar",
            "قانون الإجراءات الجزائية لجمهورية كازاخستان المؤرخ 4 تموز/يوليه 2014، رقم 231-V، 565 (نص مطلع عليه، 2026-11-23)",
        ),
    ],
)
def test_a_law_has_a_name_in_every_language(lang, line):
    assert source_line(titled(OF_2014), lang) == line


def test_an_instrument_goes_before_a_document():
    source = titled({"instrument": "untoc", "document": LAW, "article": "18(15)", "status": "verified"})
    assert source["title"]["en"] == "UNTOC"


def test_a_title_in_the_file_itself_needs_no_register():
    own = {"document": {"en": "Act", "ru": "Закон", "ar": "قانون"}, "status": "verified"}
    assert source_line(titled(own), "ru") == "Закон (текст проверен)"


def test_an_unknown_title_is_shown_as_written():
    assert source_line(titled({"document": "Some Act", "status": "unknown"}), "ar").startswith("Some Act")


@pytest.mark.parametrize("field", ["document", "article"])
def test_titles_are_written_in_the_letters_of_their_language(field):
    listed = titles(field)
    assert listed
    english = re.compile(r"\b(article|section|law|point|of the|and)\b", re.IGNORECASE)
    for entry in listed.values():
        for lang, letters in (("ru", "[а-яё№]"), ("ar", "[\u0621-\u064a]")):
            assert re.search(letters, entry[lang], re.IGNORECASE), entry[lang]
            assert field == "document" or not english.search(entry[lang]), entry[lang]


def test_an_own_register_adds_to_the_shipped_one(tmp_path):
    folder = tmp_path / "checklists"
    folder.mkdir()
    entry = '{en: "Training Act", ru: "Учебный закон", ar: "قانون التدريب"}'
    (folder / "_documents.yaml").write_text(f"documents: [{entry}]\n", encoding="utf-8")
    data.use(tmp_path)
    try:
        assert titles("document")["Training Act"]["ru"] == "Учебный закон"
        assert LAW in titles("document")
    finally:
        data.use(None)


def test_every_entry_of_the_register_is_cited():
    cited = {
        str(source.get(field))
        for path in ROOT.glob("checklists/**/*.yaml")
        for _, source in sources_in((), read_records(path))
        for field in ("document", "article")
    }
    assert not [title for field in ("document", "article") for title in titles(field) if title not in cited]
