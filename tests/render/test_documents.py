"""What people open: valid Word files that LibreOffice prints without a blank word and Arabic in its order."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from casc_mla.load.request import load
from casc_mla.render import contract
from casc_mla.render.letter import build_letter
from tests.conftest import EXAMPLES

pytestmark = pytest.mark.slow
LETTERS = [
    path for path in sorted(EXAMPLES.glob("*.yaml")) if load(str(path)).kind in contract.kinds()
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Every example as a letter, in columns, and the Arabic ones also alone."""
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
def pdfs(folder, soffice, tmp_path_factory) -> Path:
    """All letters converted in one run with a profile of its own."""
    out = tmp_path_factory.mktemp("pdf")
    profile = tmp_path_factory.mktemp("profile")
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(out),
        ]
        + [str(path) for path in sorted(folder.glob("*.docx"))],
        check=True,
        capture_output=True,
        timeout=600,
    )
    assert len(list(out.glob("*.pdf"))) == len(list(folder.glob("*.docx")))
    return out


def test_every_letter_is_valid_open_xml(folder):
    for path in sorted(folder.glob("*.columns.docx")):
        result = OpenXmlValidator().validate(path)
        assert [str(error) for error in result.errors] == [], path.name


def test_every_font_is_there_and_every_page_has_ink(pdfs):
    for path in sorted(pdfs.glob("*.pdf")):
        fonts = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
        assert "LiberationSerif" in fonts or "TimesNewRoman" in fonts, path.name
        if "ar" in path.name.split(".")[1]:
            assert "NotoNaskhArabic" in fonts, path.name
        text = subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout
        pages = text.rstrip("\f").split("\f")
        assert all(len(page.strip()) > 40 for page in pages), path.name


def words_without_ink(pdf: Path, folder: Path) -> list[str]:
    """Words that the text layer has and the page does not show: a missing glyph is white, and no other test sees it."""
    resolution = 60
    subprocess.run(["pdftoppm", "-gray", "-r", str(resolution), str(pdf), str(folder / pdf.stem)], check=True)
    boxes = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    blank = []
    images = sorted(folder.glob(f"{pdf.stem}-*.pgm"))
    for image, page in zip(images, boxes.split("<page ")[1:], strict=True):
        _, size, _, pixels = image.read_bytes().split(b"\n", 3)
        width, height = (int(number) for number in size.split())
        for x0, y0, x1, y1, word in re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>', page
        ):
            # The second half of an Arabic ligature has no width of its own.
            if not re.search(r"[^\W_]", word) or float(x1) - float(x0) < 0.5:
                continue
            left, right = (max(0, int(float(x) * resolution / 72) - 1) for x in (x0, x1))
            top, bottom = int(float(y0) * resolution / 72), min(height, int(float(y1) * resolution / 72) + 2)
            rows = (pixels[y * width + left : y * width + right + 2] for y in range(top, bottom))
            if not any(row and min(row) < 160 for row in rows):
                blank.append(word)
        image.unlink()
    return blank


def test_no_word_is_blank_on_paper(pdfs, tmp_path):
    for path in sorted(pdfs.glob("*.columns.pdf")):
        assert words_without_ink(path, tmp_path) == [], path.name


def test_account_numbers_and_dates_print_in_their_order_in_arabic(pdfs):
    # Words with their places: in an Arabic paragraph a torn number would come out in another order.
    seen = 0
    for path in sorted(pdfs.glob("*.ar.single.pdf")):
        request = load(str(EXAMPLES / f"{path.name.split('.')[0]}.yaml"))
        xml = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True).stdout
        words = [
            (float(x), float(y), word)
            for x, y, word in re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>', xml)
        ]
        printed = {word.strip("\u200e\u200f.,،؛:()") for _, _, word in words}
        for token in [request.data["reference"], request.data["case"]["reference"]]:
            assert any(token in word for word in printed), token
            seen += 1
        for x, y, word in words:
            if word.strip("\u200e") == "+996" or word.strip("\u200e").startswith("+7"):
                following = [u for u in words if abs(u[1] - y) < 3 and 0 < u[0] - x < 60]
                assert following, "the rest of a telephone number stands to the right of its country code"
    assert seen
