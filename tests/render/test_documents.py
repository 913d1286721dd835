"""What people open: valid Word files, and a PDF of each whose pages show every word, Arabic in its order."""

from __future__ import annotations

from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from casc_mla.load.request import load
from casc_mla.render import contract
from casc_mla.render.letter import build_letter
from casc_mla.render.pdf import convert
from casc_mla.render.pdf.order import tokens
from casc_mla.render.pdf.pages import read_pages
from casc_mla.render.pdf.story import read_story
from tests.conftest import EXAMPLES

pytestmark = pytest.mark.slow
LETTERS = [
    path for path in sorted(EXAMPLES.glob("*.yaml")) if load(str(path)).kind in contract.kinds()
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Every example as a letter in every layout, and in each of its languages alone."""
    out = tmp_path_factory.mktemp("letters")
    for path in LETTERS:
        request = load(str(path))
        languages = tuple(request.languages)
        builds = [(languages, "columns"), (languages, "sequential"), *(((lang,), "single") for lang in languages)]
        for chosen, layout in builds:
            letter = build_letter(request, chosen, layout)
            assert letter.findings == []
            (out / f"{path.stem}.{'-'.join(chosen)}.{layout}.docx").write_bytes(letter.content)
    return out


@pytest.fixture(scope="module")
def printed(folder, office):
    """All letters printed in one run; what is refused has no PDF."""
    return convert(sorted(folder.glob("*.docx")))


def test_every_letter_is_valid_open_xml(folder):
    for path in sorted(folder.glob("*.columns.docx")):
        result = OpenXmlValidator().validate(path)
        assert [str(error) for error in result.errors] == [], path.name


def test_every_letter_is_printed_in_every_layout(printed, folder):
    problems = [f"{p.letter.name} {f.rule} {f.pointer}" for p in printed for f in p.findings]
    assert problems == []
    assert [p.pdf for p in printed] == [p.letter.with_suffix(".pdf") for p in printed]
    assert len(printed) == len(list(folder.glob("*.docx"))) > 50


def test_the_fonts_of_the_letters_are_in_the_pdf(printed):
    for result in printed:
        raw = result.pdf.read_bytes()
        assert b"LiberationSerif" in raw or b"TimesNewRoman" in raw, result.pdf.name
        if "ar" in result.pdf.name.split(".")[1].split("-"):
            assert b"NotoNaskhArabic" in raw, result.pdf.name


def test_no_page_is_empty(printed):
    for result in printed:
        for page in read_pages(result.pdf.read_bytes()):
            assert len([char for char in page.chars if char.text.strip()]) > 40, (result.pdf.name, page.number)


def test_the_pdf_is_tagged_and_says_its_title_and_language(printed):
    for result in printed:
        raw = result.pdf.read_bytes()
        first = result.pdf.name.split(".")[1].split("-")[0]
        tag = {"en": "en-GB", "ru": "ru-RU", "ar": "ar-AE"}[first].encode()
        assert b"/MarkInfo<</Marked true>>" in raw
        assert b"/DisplayDocTitle true" in raw
        assert b"/Lang(" + tag + b")" in raw
        assert b"<pdfuaid:part>1</pdfuaid:part>" in raw


def test_the_references_of_every_arabic_letter_are_among_what_is_proved(printed):
    seen = 0
    for path in LETTERS:
        request = load(str(path))
        if "ar" not in request.languages:
            continue
        for result in printed:
            if result.letter.name.startswith(f"{path.stem}.") and "ar" in result.letter.name.split(".")[1].split("-"):
                proved = tokens(read_story(result.letter.read_bytes()))
                for reference in (str(request.data["reference"]), str(request.data["case"]["reference"])):
                    assert any(reference in token for token in proved), (result.letter.name, reference)
                    seen += 1
    assert seen > 20
