"""The three languages of a letter have the same paragraphs: found out when they have not, and true of what is shipped."""

from __future__ import annotations

import json
import re

import pytest
from lxml import etree

from casc_mla.core import data
from casc_mla.core.text import LANGUAGES
from casc_mla.lint.notation import to_docx
from casc_mla.lint.outline import outline, outline_findings
from casc_mla.load.request import load
from casc_mla.render import contract
from casc_mla.render.letter import build_letter
from casc_mla.render.ooxml import read_parts, w
from casc_mla.render.verify import paragraph_style, paragraph_text
from tests.conftest import EXAMPLES, ROOT, run_command

FILES = sorted(path.stem for path in (ROOT / "templates" / "en" / "source").glob("*.txt"))


@pytest.fixture
def changed(tmp_path):
    """Return a function that puts a changed Russian ``common`` in the place of the shipped one."""
    shipped = (ROOT / "templates" / "ru" / "source" / "common.txt").read_text(encoding="utf-8")

    def change(old: str, new: str):
        assert old in shipped
        folder = tmp_path / "templates" / "ru"
        folder.mkdir(parents=True)
        (folder / "common.docx").write_bytes(to_docx(shipped.replace(old, new, 1), "ru", "common (ru)"))
        data.use(tmp_path)
        return list(outline_findings(("common",)))

    yield change
    data.use(None)


def test_every_language_has_the_same_paragraphs():
    assert list(outline_findings(tuple(FILES))) == []


CHANGES = {
    "a heading made a bold line": ("## Помощь жертвам\n", "**Помощь жертвам**\n", "tip-protection", "Heading2"),
    "a paragraph too many": ("# Контактное лицо\n", "# Контактное лицо\nЕще один абзац.\n", "contact", "Block"),
    "a condition of its own": (
        "% if r.facts.details\n",
        "% if r.facts.given\n",
        "facts-particulars",
        "r.facts.details",
    ),
    "a label left out": ("**Цель:** {{ item.purpose }}", "{{ item.purpose }}", "assistance[]", "Body + label"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_section_with_other_paragraphs_is_found(changed, case):
    old, new, section, wanted = CHANGES[case]
    (finding,) = changed(old, new)
    assert finding.rule == "TPL-OUTLINE"
    assert finding.file == "templates/ru/common.docx"
    for lang in LANGUAGES:
        assert section in finding.message[lang]
        assert wanted in finding.message[lang]


def test_other_words_in_the_same_paragraphs_are_no_finding(changed):
    assert changed("# Контактное лицо\n", "# К кому обращаться\n") == []


def test_the_command_names_the_file_and_the_section(tmp_path):
    source = (ROOT / "templates" / "ar" / "source" / "common.txt").read_text(encoding="utf-8")
    folder = tmp_path / "templates" / "ar"
    folder.mkdir(parents=True)
    (folder / "common.docx").write_bytes(to_docx(re.sub(r"(?m)^# السرية$", "**السرية**", source), "ar", "common (ar)"))
    process = run_command("templates", "--check", "--data-dir", str(tmp_path), "--format", "json")
    assert process.returncode == 1
    (finding,) = json.loads(process.stdout)["files"][0]["findings"]
    assert finding["rule"] == "TPL-OUTLINE"
    assert "confidentiality" in finding["message"]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("# Основания", "Heading1"),
        ("Просим", "Body"),
        ("**Цель:** {{ item.purpose }}", "Body + label"),
        ("**Цель**", "Body, label only"),
        ("- **{{ e.id }}** — {{ e.title }}", "ListItem + label"),
        ("| **{{ r.x }}**", "Block"),
        ("% if r.urgent", "% if r.urgent"),
    ],
)
def test_what_a_line_is(line, wanted):
    assert outline(line) == wanted


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_finished_letter_stands_level_row_by_row(path):
    """Both columns of every row have the same paragraphs, so every row could be cut, pair by pair."""
    request = load(str(path))
    if request.kind not in contract.kinds() or len(request.languages) < 2:
        pytest.fail("an example that no letter in columns can be made of")
    letter = build_letter(request, tuple(request.languages), "columns")
    (table,) = etree.fromstring(read_parts(letter.content)["word/document.xml"]).iter(w("tbl"))
    for row in table.findall(w("tr")):
        first, *others = [[paragraph_style(p)[2:] for p in cell.iter(w("p"))] for cell in row.findall(w("tc"))]
        assert all(other == first for other in others), [paragraph_text(p) for p in row.iter(w("p"))]
