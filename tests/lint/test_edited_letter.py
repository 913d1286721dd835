"""A letter that came back from Word: what a prosecutor may have changed, and what must not leave the office."""

from __future__ import annotations

import copy
import io
import json
import random
import subprocess

import docx
import pytest
from lxml import etree

from casc_mla.lint.edited import read_edited
from casc_mla.lint.letter import check_letter
from casc_mla.load.request import load
from casc_mla.render import contract, ooxml
from casc_mla.render.letter import build_letter
from casc_mla.render.ooxml import read_parts, w, zip_parts
from tests.conftest import EXAMPLES, run_command

MLA = load(str(EXAMPLES / "mla-kz-de-bank-records.yaml"))
TIP = load(str(EXAMPLES / "tip-kg-ae-victims.yaml"))
BUILT = build_letter(MLA, tuple(MLA.languages), "columns").content
PROTECTED = build_letter(TIP, tuple(TIP.languages), "columns").content


def rules(raw: bytes, original=None) -> list[str]:
    return [finding.rule for finding in check_letter("letter.docx", raw, original)]


def edited(raw: bytes, change) -> bytes:
    """Open a letter as Word would, change it, save it."""
    document = docx.Document(io.BytesIO(raw))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def every_paragraph(document):
    return [docx.text.paragraph.Paragraph(node, document) for node in document.element.body.iter(w("p"))]


def retyped(raw: bytes, old: str, new: str, lang: str = "", times: int = 1) -> bytes:
    """Replace a text in the runs of a letter, in the paragraphs of one language only where one is named."""

    def change(document):
        left = times
        for paragraph in every_paragraph(document):
            if lang and not (paragraph.style.style_id or "").startswith(lang):
                continue
            for run in paragraph.runs:
                if old in run.text and left:
                    run.text = run.text.replace(old, new)
                    left -= 1
        assert left < times, "the text to be changed stands in no run"

    return edited(raw, change)


def test_a_letter_nobody_touched_is_clean():
    assert rules(BUILT) == []
    assert rules(edited(BUILT, lambda _document: None)) == []


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.yaml")))
def test_every_example_is_clean_in_every_layout(name):
    request = load(str(EXAMPLES / name))
    if request.kind not in contract.kinds():
        return
    languages = tuple(request.languages)
    for chosen, layout in ((languages, "columns"), (languages, "sequential"), (languages[-1:], "single")):
        letter = build_letter(request, chosen, layout, draft=True).content
        found = set(rules(letter, request))
        assert found == {"DOC-DRAFT"}, (layout, found)


ACCOUNT = MLA.data["reference"]


def test_a_value_changed_in_one_language_is_named_by_its_field_and_never_repeated():
    raw = retyped(BUILT, "1\u00a0284\u00a0600", "1\u00a0984\u00a0600", "ru")
    findings = check_letter("letter.docx", raw)
    values = [finding for finding in findings if finding.rule == "DOC-VALUE"]
    assert values and all(finding.pointer for finding in values)
    assert "DOC-DIVERGING" in {finding.rule for finding in findings}
    for finding in findings:
        assert not [text for text in finding.message.values() if "284" in text or "984" in text]


def test_a_value_changed_alike_in_both_languages_no_longer_is_what_the_data_say():
    raw = retyped(
        retyped(BUILT, "1\u00a0284\u00a0600", "1\u00a0984\u00a0600", "ru", 99),
        "284,600,000",
        "984,600,000",
        "en",
        99,
    )
    found = rules(raw)
    assert "DOC-VALUE" in found
    assert "DOC-DIVERGING" not in found


def first_of(section: str, lang: str, raw: bytes = BUILT) -> str:
    return read_edited(raw).sections[(lang, section)][-1]


def test_words_changed_in_one_language_only():
    raw = retyped(BUILT, "Заранее благодарим", "Искренне благодарим", "ru")
    assert rules(raw) == ["DOC-ONE-LANGUAGE"]


def test_words_changed_in_both_languages_are_a_note():
    raw = retyped(
        retyped(BUILT, "Заранее благодарим", "Искренне благодарим", "ru"),
        "thanks the competent",
        "sincerely thanks the competent",
        "en",
    )
    assert rules(raw) == ["DOC-WORDING"]


def test_a_paragraph_added_in_one_language():
    def change(document):
        for paragraph in every_paragraph(document):
            if paragraph.style.style_id == "ruBody" and "благодарим" in paragraph.text:
                paragraph.insert_paragraph_before("Просим подтвердить получение.", style=paragraph.style)

    assert rules(edited(BUILT, change)) == ["DOC-ONE-LANGUAGE"]


def remove_section(raw: bytes, section: str, lang: str) -> bytes:
    """Delete the paragraphs of a section, and with them its bookmark, as Word does."""

    def change(document):
        inside, column = False, 0
        for row in document.element.body.iter(w("tr")):
            cells = row.findall(w("tc"))
            names = [{mark.get(w("name")) for mark in cell.iter(w("bookmarkStart"))} for cell in cells]
            if any(names):
                inside = any(f"{lang}_{section}" in found for found in names)
                column = next((i for i, found in enumerate(names) if f"{lang}_{section}" in found), 0)
            if inside:
                for child in list(cells[column]):
                    if child.tag != w("tcPr"):
                        cells[column].remove(child)
                etree.SubElement(cells[column], w("p"))

    return edited(raw, change)


def test_a_section_that_is_gone_is_named_by_its_heading():
    findings = check_letter("x.docx", remove_section(BUILT, "confidentiality", "ru"))
    missing = [finding for finding in findings if finding.rule == "DOC-SECTION-MISSING"]
    assert len(missing) == 1
    assert "Конфиденциальность" in missing[0].message["en"]


def test_a_language_that_is_gone_is_said_once():
    def change(document):
        for row in document.element.body.iter(w("tr")):
            cells = row.findall(w("tc"))
            row.remove(cells[-1])

    found = rules(edited(BUILT, change))
    assert found.count("DOC-LANGUAGE-MISSING") == 1
    assert "DOC-SECTION-MISSING" not in found


def test_a_cell_that_lost_its_bookmark_keeps_its_section():
    def change(document):
        for cell in document.element.body.iter(w("tc")):
            marks = list(cell.iter(w("bookmarkStart"), w("bookmarkEnd")))
            if any(mark.get(w("name")) == "ru_opening" for mark in marks):
                for mark in marks:
                    mark.getparent().remove(mark)

    assert rules(edited(BUILT, change)) == []


def with_part(raw: bytes, name: str, change) -> bytes:
    parts: dict = read_parts(raw)
    parts[name] = change(parts[name])
    return zip_parts(parts)


def test_the_data_inside_cannot_be_changed_unseen():
    raw = with_part(BUILT, "customXml/item1.xml", lambda part: part.replace(ACCOUNT.encode(), b"2-000000-26-00000"))
    assert "DOC-DATA" in rules(raw)


def test_tracked_changes_comments_and_authors_stay_in_the_office():
    def change(document):
        paragraph = every_paragraph(document)[5]
        run = paragraph.runs[0]._r
        deleted = etree.SubElement(paragraph._p, w("del"), {w("id"): "9", w("author"): "A. Person"})
        gone = copy.deepcopy(run)
        for text in gone.iter(w("t")):
            text.tag = w("delText")
        deleted.append(gone)
        document.add_comment(paragraph.runs[0], text="Is this right?", author="A. Person")
        document.core_properties.author = "A. Person"

    found = set(rules(edited(BUILT, change)))
    assert {"DOC-TRACKED", "DOC-COMMENT", "DOC-PROPERTIES"} <= found
    assert "DOC-VALUE" not in found


def test_an_arabic_paragraph_that_runs_from_left_to_right():
    def change(document):
        node = next(p for p in every_paragraph(document) if p.style.style_id == "arBody" and p.text)
        bidi = etree.SubElement(node._p.get_or_add_pPr(), w("bidi"))
        bidi.set(w("val"), "0")

    found = check_letter("x.docx", edited(PROTECTED, change), TIP)
    assert [finding.rule for finding in found] == ["DOC-DIRECTION"]


def victim_name(script: str) -> str:
    victim = next(p for p in TIP.list_of("persons") if p.get("protected") is True)
    return str(victim["names"][script])


def test_without_the_request_file_it_is_said_that_names_cannot_be_searched():
    assert rules(PROTECTED) == ["DOC-UNSEARCHED"]
    assert rules(PROTECTED, TIP) == []


PLACES = {
    "body": lambda d, name: every_paragraph(d)[30].add_run(f" {name} "),
    "header": lambda d, name: d.sections[0].header.paragraphs[0].add_run(f" {name}"),
    "comment": lambda d, name: d.add_comment(every_paragraph(d)[30].runs[0], text=name, author="x"),
    "property": lambda d, name: setattr(d.core_properties, "keywords", name),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("script", ["latin", "cyrillic", "arabic"])
def test_the_name_of_a_protected_person_typed_in_is_found_wherever_it_stands(place, script):
    name = victim_name(script)
    raw = edited(PROTECTED, lambda document: PLACES[place](document, name))
    findings = check_letter("x.docx", raw, TIP)
    assert "DOC-IDENTITY" in {finding.rule for finding in findings}
    said = json.dumps([f.message | f.remedy for f in findings], ensure_ascii=False)
    assert not [word for word in name.split() if len(word) > 3 and word in said]


def test_a_name_that_was_deleted_under_tracking_is_still_in_the_file():
    def change(document):
        paragraph = every_paragraph(document)[30]
        deleted = etree.SubElement(paragraph._p, w("del"), {w("id"): "9", w("author"): "x"})
        run = etree.SubElement(deleted, w("r"))
        etree.SubElement(run, w("delText")).text = victim_name("cyrillic")

    assert "DOC-IDENTITY" in rules(edited(PROTECTED, change), TIP)


def test_a_telephone_number_typed_in_is_suspected_even_without_the_request_file():
    raw = edited(PROTECTED, lambda d: every_paragraph(d)[30].add_run(" +996 700 12-34-56"))
    assert "DOC-POINTER" in rules(raw)


def test_another_request_than_the_one_it_was_built_from():
    assert "DOC-OTHER-REQUEST" in rules(PROTECTED, load(str(EXAMPLES / "tip-syn-1-kg-kz.yaml")))


def test_no_single_changed_word_goes_unnoticed():
    chance = random.Random(7)
    runs = list(etree.fromstring(read_parts(BUILT)["word/document.xml"]).iter(w("t")))
    for number in chance.sample(range(len(runs)), 40):

        def change(part, number=number):
            tree = etree.fromstring(part)
            node = list(tree.iter(w("t")))[number]
            words = (node.text or "").split(" ")
            i = chance.randrange(len(words))
            words[i] = words[i] + "х" if words[i] else "х"
            node.text = " ".join(words)
            return etree.tostring(tree)

        assert rules(with_part(BUILT, "word/document.xml", change)), runs[number].text


def test_the_command_takes_a_letter_as_it_takes_a_request(tmp_path):
    path = tmp_path / "letter.docx"
    path.write_bytes(PROTECTED)
    request = str(EXAMPLES / "tip-kg-ae-victims.yaml")
    process = run_command("check", str(path), "--request", request, "--format", "json")
    assert process.returncode == 0
    assert json.loads(process.stdout)["summary"] == {"error": 0, "warning": 0, "note": 0}
    path.write_bytes(edited(PROTECTED, lambda d: every_paragraph(d)[30].add_run(victim_name("latin"))))
    process = run_command("check", str(path), "--request", request)
    assert process.returncode == 1
    assert b"DOC-IDENTITY" in process.stdout


@pytest.mark.parametrize("lang", ["en", "ru", "ar"])
def test_what_is_no_letter_is_said_in_words(tmp_path, lang):
    document = docx.Document()
    document.add_paragraph("another document")
    document.save(tmp_path / "other.docx")
    (tmp_path / "text.docx").write_text("no document", encoding="utf-8")
    for name in ("other.docx", "text.docx", "missing.docx"):
        process = run_command("check", str(tmp_path / name), "--lang", lang)
        assert process.returncode == 2
        assert b"Traceback" not in process.stderr


def test_a_document_made_to_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(ooxml, "MAX_UNPACKED", 1000)
    from casc_mla.core.errors import CascError

    with pytest.raises(CascError):
        check_letter("x.docx", BUILT)


@pytest.mark.slow
def test_a_letter_saved_by_another_program_is_still_understood(soffice, tmp_path):
    (tmp_path / "letter.docx").write_bytes(PROTECTED)
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "saved")),
            str(tmp_path / "letter.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    saved = (tmp_path / "saved" / "letter.docx").read_bytes()
    assert saved != PROTECTED
    assert rules(saved, TIP) == []
    assert "DOC-IDENTITY" in rules(
        edited(saved, lambda d: every_paragraph(d)[30].add_run(victim_name("cyrillic"))), TIP
    )
