"""The emblem of the office above the letterhead: only the picture, nothing that the file carried besides."""

from __future__ import annotations

import struct
import zlib

import pytest
from openxml_audit import OpenXmlValidator

from casc_mla.core import data
from casc_mla.core.errors import CascError
from casc_mla.lint.letter import check_letter
from casc_mla.load.request import load
from casc_mla.render.emblem import emblem_of
from casc_mla.render.letter import build_letter
from casc_mla.render.ooxml import read_parts
from tests.conftest import EXAMPLES, run_command

MLA = EXAMPLES / "mla-kz-de-bank-records.yaml"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 40, height: int = 60) -> bytes:
    """Return a picture with a note about its author, as a camera or a drawing program leaves it."""
    rows = b"".join(b"\x00" + b"\x1f\x38\x64" * width for _ in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"tEXt", b"Author\x00A. Person")
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def office(tmp_path):
    """A data folder with the emblem of Kazakhstan, in use for the test."""
    (tmp_path / "emblems").mkdir()
    (tmp_path / "emblems" / "kz.png").write_bytes(png())
    data.use(tmp_path)
    yield tmp_path
    data.use(None)


@pytest.mark.parametrize("layout", ["columns", "sequential", "single"])
def test_the_letter_carries_the_emblem_with_words_for_those_who_cannot_see_it(office, layout, tmp_path):
    request = load(str(MLA))
    languages = tuple(request.languages[:1]) if layout == "single" else tuple(request.languages)
    letter = build_letter(request, languages, layout)
    assert letter.findings == []
    parts = read_parts(letter.content)
    assert "Герб" in parts["word/document.xml"].decode("utf-8").partition("<w:tbl>")[0]
    path = tmp_path / "letter.docx"
    path.write_bytes(letter.content)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert check_letter("letter.docx", letter.content) == []


def test_only_the_picture_travels(office):
    picture = read_parts(build_letter(load(str(MLA)), ("ru", "en"), "columns").content)["word/media/emblem.png"]
    assert b"Person" not in picture
    assert picture.startswith(b"\x89PNG") and b"IDAT" in picture


def test_a_state_without_an_emblem_has_a_letter_without_one(office):
    letter = build_letter(load(str(EXAMPLES / "tip-kg-ae-victims.yaml")), ("ru", "ar"), "columns")
    assert "word/media/emblem.png" not in read_parts(letter.content)


@pytest.mark.parametrize("raw", [b"", b"GIF89a", png()[:60], png().replace(b"Author", b"Autho_"), png(6000, 1)])
def test_what_is_no_usable_picture_is_refused_in_words(office, raw):
    (office / "emblems" / "kz.png").write_bytes(raw)
    with pytest.raises(CascError):
        emblem_of("KZ")
    process = run_command("build", str(MLA), "--out", str(office / "out"), "--data-dir", str(office))
    assert process.returncode == 2
    assert b"kz.png" in process.stderr and b"Traceback" not in process.stderr
    assert not list((office / "out").glob("*.docx"))
