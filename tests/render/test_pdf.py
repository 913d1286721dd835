"""Printing: the way to LibreOffice and back, what is refused, and that nothing is left behind."""

from __future__ import annotations

import copy
import http.server
import json
import os
import signal
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from casc_mla.core.errors import CascError
from casc_mla.load.request import Request, load
from casc_mla.load.source import Source
from casc_mla.render.letter import build_annex, build_letter
from casc_mla.render.ooxml import R, read_parts, w, zip_parts
from casc_mla.render.pdf import convert, office
from casc_mla.render.pdf.fonts import Fonts
from casc_mla.render.pdf.glyphs import missing_glyphs
from casc_mla.render.pdf.stamp import is_untouched, stamp
from casc_mla.render.pdf.story import read_story
from tests.conftest import EXAMPLES, run_command

posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a script")
SOURCE = EXAMPLES / "consultation-kz-qa.yaml"
BASE = load(str(SOURCE))


def letter(folder: Path, name: str = "letter", title: str = "") -> Path:
    """Write the letter of an example, with another title of the case."""
    tree = copy.deepcopy(BASE.data)
    if title:
        tree["case"]["title"] = dict.fromkeys(BASE.languages, title)
    made = build_letter(Request(Source("x", tree, {}), tree), (BASE.languages[0],), "single")
    assert made.findings == []
    path = folder / f"{name}.docx"
    path.write_bytes(made.content)
    return path


def changed(path: Path, change) -> Path:
    """Change the runs of a letter's body, as somebody could in Word."""
    parts = dict(read_parts(path.read_bytes()))
    tree = etree.fromstring(parts["word/document.xml"])
    runs = [run for run in tree.iter(w("r")) if "".join(t.text or "" for t in run.iter(w("t"))).strip()]
    change(runs)
    parts["word/document.xml"] = etree.tostring(tree)
    path.write_bytes(zip_parts(parts))
    return path


def coloured(run: etree._Element, name: str, **attributes: str) -> None:
    properties = run.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        run.insert(0, properties)
    etree.SubElement(properties, w(name), {w(key): value for key, value in attributes.items()})


@pytest.fixture
def scratch(tmp_path, monkeypatch) -> Path:
    """The folder for temporary files, so that a test can see what is left in it."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def stand_in(folder: Path, body: str) -> Path:
    """Write a program that takes the place of LibreOffice; ``sources`` and ``profile`` are what it was given."""
    path = folder / "soffice"
    path.write_text(
        f"#!{sys.executable}\nimport os, pathlib, signal, subprocess, sys, time\n"
        "sources = [pathlib.Path(a) for a in sys.argv if a.endswith('.docx')]\n"
        "profile = pathlib.Path(next(a for a in sys.argv if 'UserInstallation' in a).split('://')[1])\n"
        "def out(source): source.with_suffix('.pdf').write_bytes(b'%PDF-1.7 x %%EOF')\n" + body,
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z")


# --- LibreOffice ---------------------------------------------------------------------------------------------------


def test_without_libreoffice_nothing_is_written_and_the_package_is_named(tmp_path, monkeypatch):
    monkeypatch.delenv(office.VARIABLE, raising=False)
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(office, "_usual_places", lambda: iter(()))
    with pytest.raises(CascError) as caught:
        convert([tmp_path / "letter.docx"])
    assert caught.value.key == "pdf.no_office"
    for lang in ("en", "ru", "ar"):
        assert "libreoffice-writer" in caught.value.remedy[lang]
        assert office.VARIABLE in caught.value.remedy[lang]


def test_a_wrong_path_to_libreoffice_stops_the_command_before_anything_is_written(tmp_path):
    out = tmp_path / "out"
    process = run_command("build", str(SOURCE), "--out", str(out), "--pdf", env={office.VARIABLE: str(tmp_path / "no")})
    assert process.returncode == 2
    assert office.VARIABLE in process.stderr.decode()
    assert b"Traceback" not in process.stderr
    assert not out.exists()


def test_the_libraries_are_named_when_they_are_missing(tmp_path, monkeypatch):
    monkeypatch.setattr("casc_mla.render.pdf.find_spec", lambda _: None)
    with pytest.raises(CascError) as caught:
        convert([tmp_path / "letter.docx"])
    assert caught.value.key == "pdf.no_libraries"


@pytest.mark.parametrize("system", ["win32", "darwin", "linux"])
def test_libreoffice_is_looked_for_where_each_system_keeps_it(system, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    places = [place.as_posix() for place in office._usual_places()]
    expected = {
        "win32": "LibreOffice/program/soffice.com",
        "darwin": "LibreOffice.app/Contents/MacOS/soffice",
        "linux": "/usr/lib/libreoffice/program/soffice",
    }
    assert any(expected[system] in place for place in places)


@posix
def test_the_profile_is_private_forbids_macros_and_is_gone_afterwards(tmp_path, scratch):
    kept = tmp_path / "kept"
    program = stand_in(
        tmp_path,
        f"kept = pathlib.Path({str(kept)!r}); kept.mkdir()\n"
        "(kept / 'xcu').write_bytes((profile / 'user' / 'registrymodifications.xcu').read_bytes())\n"
        "(kept / 'mode').write_text(oct(profile.parent.stat().st_mode & 0o777))\n"
        "(kept / 'arguments').write_text('\\n'.join(sys.argv))\n"
        "for source in sources: out(source)\n",
    )
    assert office.print_letters({"a": b"1", "b": b"2"}, program) == dict.fromkeys("ab", b"%PDF-1.7 x %%EOF")
    settings = etree.parse(kept / "xcu").getroot()
    values = {p.get(f"{{{settings.nsmap['oor']}}}name"): p.findtext("value") for p in settings.iter("prop")}
    assert values["MacroSecurityLevel"] == "3"
    assert values["DisableMacrosExecution"] == "true"
    assert values["AutoCheckEnabled"] == "false"
    assert values["PickListSize"] == values["Link"] == "0"
    assert (kept / "mode").read_text() == "0o700"
    arguments = (kept / "arguments").read_text().splitlines()
    options = json.loads(next(a for a in arguments if a.startswith("pdf:")).split(":", 2)[2])
    assert options["ExportNotes"]["value"] == "false"
    assert options["UseTaggedPDF"]["value"] == options["DisplayPDFDocumentTitle"]["value"] == "true"
    assert list(scratch.iterdir()) == []


@posix
def test_a_hung_libreoffice_is_stopped_with_its_children_and_nothing_is_left(tmp_path, scratch):
    pids = tmp_path / "pids"
    program = stand_in(
        tmp_path,
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(pids)!r}, 'a').write(f'{{os.getpid()}} {{child.pid}} ')\n"
        "sources[0].with_suffix('.pdf').write_bytes(b'%PDF-1.7 half')\ntime.sleep(60)\n",
    )
    before = time.monotonic()
    assert office.print_letters({"a": b"1", "b": b"2"}, program, patience=4.0) == {}
    assert time.monotonic() - before < 40
    assert list(scratch.iterdir()) == []
    assert not [pid for pid in map(int, pids.read_text().split()) if alive(pid)]


@posix
def test_a_letter_that_kills_libreoffice_does_not_take_the_others_with_it(tmp_path, scratch):
    program = stand_in(
        tmp_path,
        "for source in sources:\n"
        "    if source.read_bytes() == b'bad': os.kill(os.getpid(), signal.SIGKILL)\n"
        "    out(source)\n",
    )
    printed = office.print_letters({"a": b"1", "b": b"bad", "c": b"3", "d": b"bad", "e": b"5"}, program)
    assert sorted(printed) == ["a", "c", "e"]
    assert list(scratch.iterdir()) == []


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_leaves_nothing_behind(tmp_path, scratch, number):
    pids = tmp_path / "pids"
    program = stand_in(
        tmp_path,
        f"open({str(pids)!r}, 'w').write(str(os.getpid()))\nos.kill(os.getppid(), {int(number)})\ntime.sleep(60)\n",
    )
    with pytest.raises(KeyboardInterrupt):
        office.print_letters({"a": b"1"}, program)
    assert list(scratch.iterdir()) == []
    assert not alive(int(pids.read_text()))


@posix
def test_a_letter_that_is_not_printed_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv(office.VARIABLE, str(stand_in(tmp_path, "sys.exit(1)\n")))
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"no document")
    first, second = convert([letter(tmp_path), broken])
    assert [f.rule for f in first.findings] == ["DOC-CONVERT"]
    assert [f.rule for f in second.findings] == ["DOC-UNREADABLE"]
    assert (first.pdf, second.pdf) == (None, None)
    assert "letter.docx" in first.findings[0].message["en"]
    assert list(tmp_path.glob("*.pdf")) == list(tmp_path.glob(".casc-mla-*")) == []


# --- fonts ---------------------------------------------------------------------------------------------------------


def test_a_script_without_a_font_is_named_with_its_place_and_its_font(tmp_path):
    missing = missing_glyphs(read_story(letter(tmp_path, title="Дело \u0915\u093e").read_bytes()), Fonts(()))
    devanagari = next(m for m in missing if m.character == "\u0915")
    assert devanagari.code == "U+0915 DEVANAGARI LETTER KA"
    assert devanagari.place == f"/case/title/{BASE.languages[0]}"
    assert "Devanagari" in devanagari.remedy
    assert {m.font for m in missing} == {"Times New Roman"}


@posix
def test_a_private_use_character_stops_the_pdf_without_repeating_the_text(tmp_path, monkeypatch):
    monkeypatch.setenv(office.VARIABLE, str(stand_in(tmp_path, "sys.exit(1)\n")))
    (result,) = convert([letter(tmp_path, title="Secretive \uf8ff")])
    (finding,) = result.findings
    assert (finding.rule, finding.pointer) == ("DOC-CHARACTER", f"/case/title/{BASE.languages[0]}")
    assert "U+F8FF" in finding.message["en"]
    assert not any("Secretive" in text for text in finding.message.values())


def test_marks_and_spaces_need_no_glyph(tmp_path):
    title = "a\u200e\u200f\u00a0\u00ad\u200d\ufe0f b"
    missing = missing_glyphs(read_story(letter(tmp_path, title=title).read_bytes()), Fonts(()))
    assert not {m.character for m in missing} & set(title[1:-2])


# --- date and identity ---------------------------------------------------------------------------------------------

RAW = (
    b"%PDF-1.7\n<</CreationDate(D:20261126143528+05'00')>><xmp:CreateDate>2026-11-26T14:35:28+05:00</xmp:CreateDate>\n"
    b"trailer<</ID [ <0123456789ABCDEF0123456789ABCDEF>\n<0123456789ABCDEF0123456789ABCDEF> ]\n%%EOF"
)


def test_date_and_identity_are_those_of_the_letter_and_keep_their_length():
    made = stamp(RAW, datetime(2026, 10, 19, tzinfo=UTC))
    assert len(made) == len(RAW)
    assert b"(D:20261019000000+00'00')" in made
    assert b">2026-10-19T00:00:00+00:00<" in made
    assert made == stamp(RAW.replace(b"143528", b"150000"), datetime(2026, 10, 19, tzinfo=UTC))
    assert is_untouched(made)
    assert not is_untouched(RAW)
    assert not is_untouched(made + b" signed %%EOF")
    assert not is_untouched(made.replace(b"trailer", b"Trailer"))


# --- on paper ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_command_prints_beside_the_letter_privately_and_the_same_each_time(tmp_path, office):
    contents = []
    for _ in range(2):
        process = run_command("build", str(SOURCE), "--out", str(tmp_path), "--pdf", "--format", "json")
        assert process.returncode == 0, process.stderr
        (written,) = json.loads(process.stdout)["written"]
        assert Path(written["pdf"]) == Path(written["file"]).with_suffix(".pdf")
        contents.append(Path(written["pdf"]).read_bytes())
        if os.name == "posix":
            assert Path(written["pdf"]).stat().st_mode & 0o077 == 0
    assert contents[0] == contents[1]
    assert is_untouched(contents[0])


@pytest.mark.slow
def test_a_signed_pdf_is_not_overwritten_without_force(tmp_path, office):
    path = letter(tmp_path)
    (result,) = convert([path])
    signed = result.pdf.read_bytes() + b"\n1 0 obj<</Type/Sig>>endobj\n%%EOF"
    result.pdf.write_bytes(signed)
    (again,) = convert([path])
    assert [f.rule for f in again.findings] == ["DOC-EDITED"]
    assert path.with_suffix(".pdf").read_bytes() == signed
    (forced,) = convert([path], force=True)
    assert forced.findings == []
    assert is_untouched(path.with_suffix(".pdf").read_bytes())


@pytest.mark.slow
def test_white_hidden_and_whole_pages_of_white_text_are_refused_and_the_others_printed(tmp_path, office):
    white = changed(letter(tmp_path, "white"), lambda runs: coloured(runs[9], "color", val="FFFFFF"))
    hidden = changed(letter(tmp_path, "hidden"), lambda runs: coloured(runs[9], "vanish"))
    blank = letter(tmp_path, "blank")
    parts = dict(read_parts(blank.read_bytes()))
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        tree = etree.fromstring(parts[name])
        for run in tree.iter(w("r")):
            coloured(run, "color", val="FFFFFF")
        for border in [*tree.iter(w("pBdr"), w("tblBorders"))]:
            border.getparent().remove(border)
        parts[name] = etree.tostring(tree)
    styles = etree.fromstring(parts["word/styles.xml"])
    for border in [*styles.iter(w("pBdr"))]:
        border.getparent().remove(border)
    parts["word/styles.xml"] = etree.tostring(styles)
    blank.write_bytes(zip_parts(parts))
    good = letter(tmp_path, "good")
    results = {p.letter.stem: p for p in convert([white, hidden, blank, good])}
    assert {f.rule for f in results["white"].findings} == {"DOC-INK"}
    assert {f.rule for f in results["hidden"].findings} == {"DOC-TEXT"}
    assert "DOC-PAGE" in {f.rule for f in results["blank"].findings}
    assert results["good"].findings == []
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["good.pdf"]


@pytest.mark.slow
def test_a_pdf_of_an_earlier_letter_does_not_stay_beside_one_that_was_refused(tmp_path, office):
    path = letter(tmp_path)
    convert([path])
    assert path.with_suffix(".pdf").exists()
    letter(tmp_path, title="\uf8ff")
    (result,) = convert([path])
    assert result.findings
    assert not path.with_suffix(".pdf").exists()


NAMES = (
    "राजेश कुमार शर्मा 12-3", "สมชาย ใจดี", "გიორგი", "Արմեն", "e\u0301 a\u0323\u0308 Ё й", "דוד כהן 12-34", "Şükrü Ğüneş İı",
    "محمد علی", "office ffi ﬁ ½ № ™", "Әбілқайыр Қ Ң Ө Ұ Һ", "தமிழ்", "“a” ‘b’ … – — ≥ ₸ ₽ ₼", "Ђ 4-5/6 Ҷ",
)  # fmt: skip


@pytest.mark.slow
def test_names_in_any_script_with_a_font_are_printed_in_every_language(tmp_path, office):
    paths = []
    for lang in ("en", "ar"):
        for n, name in enumerate(NAMES):
            tree = copy.deepcopy(BASE.data)
            tree["case"]["title"] = {"en": name, "ar": f"السيد {name} في القضية 12-34"}
            path = tmp_path / f"{lang}{n}.docx"
            path.write_bytes(build_letter(Request(Source("x", tree, {}), tree), (lang,), "single").content)
            paths.append(path)
    assert [(p.letter.name, f.message["en"]) for p in convert(paths) for f in p.findings] == []


@pytest.mark.slow
def test_the_sealed_annex_is_not_printed(tmp_path, office):
    tip = load(str(EXAMPLES / "tip-kg-ae-victims.yaml"))
    annex = tmp_path / "tip.annex-K.docx"
    annex.write_bytes(build_annex(tip, ("ru",)).content)
    (result,) = convert([annex])
    assert [f.rule for f in result.findings] == ["DOC-SEALED"]
    assert list(tmp_path.glob("*.pdf")) == []
    process = run_command(
        "build", str(EXAMPLES / "tip-kg-ae-victims.yaml"), "--out", str(tmp_path / "o"), "--pdf",
        "--sealed-annex", str(tmp_path / "sealed"),
    )  # fmt: skip
    assert process.returncode == 0, process.stdout
    assert [path.suffix for path in (tmp_path / "sealed").iterdir()] == [".docx"]


@pytest.mark.slow
def test_a_letter_fetches_nothing_while_it_is_printed(tmp_path, office):
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        path = letter(tmp_path)
        parts = dict(read_parts(path.read_bytes()))
        relations = etree.fromstring(parts["word/_rels/document.xml.rels"])
        etree.SubElement(
            relations,
            f"{{{etree.QName(relations).namespace}}}Relationship",
            Id="rId77", Type=f"{R}/image", TargetMode="External",
            Target=f"http://127.0.0.1:{server.server_port}/seen.png",
        )  # fmt: skip
        parts["word/_rels/document.xml.rels"] = etree.tostring(relations)
        picture = (
            '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
            '<wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="p"/>'
            '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
            'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
            'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" name="p"/>'
            '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId77"/><a:stretch><a:fillRect/></a:stretch>'
            '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
            "</w:drawing></w:r></w:p>"
        )
        body = parts["word/document.xml"].decode("utf-8")
        parts["word/document.xml"] = body.replace("</w:p>", picture, 1)
        path.write_bytes(zip_parts(parts))
        convert([path])
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []
