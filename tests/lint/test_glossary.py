"""A broken glossary is refused with the place: what a maintainer gets for each mistake."""

from __future__ import annotations

import json

import pytest

from casc_mla.core import data
from casc_mla.core.text import LANGUAGES
from casc_mla.lint.glossary import glossary_findings
from casc_mla.lint.notation import to_docx
from casc_mla.render.glossary import FILE
from tests.conftest import ROOT, run_command

SHIPPED = (ROOT / FILE).read_text(encoding="utf-8")
TERM = """
  {name}:
    {key}:
      en: measure
      ru: мера
      ar: تدبير
      source: practice
      status: {{en: practice, ru: practice, ar: practice}}
"""


def findings(tmp_path, text):
    (tmp_path / "templates").mkdir(exist_ok=True)
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    data.use(tmp_path)
    try:
        return glossary_findings()
    finally:
        data.use(None)


def test_the_shipped_glossary_is_sound():
    assert glossary_findings() == []


def test_one_more_term_is_no_finding(tmp_path):
    assert findings(tmp_path, SHIPPED + TERM.format(name="measure", key="un")) == []


MISTAKES = {
    "a family or instrument that nobody knows": ("    un:\n", "    un: &m\n", "    unca: *m\n", "GLO-KEY", 8),
    "a language missing": ("      ar: تدبير\n", "", "", "DATA-SCHEMA", 3),
    "no source": ("      source: practice\n", "", "", "DATA-SOURCE", 3),
    "no status": ("      status: {en: practice, ru: practice, ar: practice}\n", "", "", "DATA-SOURCE", 3),
    "a status of its own making": ("ar: practice}", "ar: guessed}", "", "DATA-SCHEMA", 7),
    "no wording where nothing else fits": ("    un:\n", "    cis:\n", "", "DATA-SCHEMA", 2),
    "a form without the term": ("ru: мера", "ru: {forms: {gen: меры}}", "", "DATA-SCHEMA", 4),
    "a name that no template can print": ("  measure:\n", "  the measure:\n", "", "DATA-SCHEMA", None),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found_at_its_place(tmp_path, mistake):
    old, new, more, rule, line = MISTAKES[mistake]
    good = TERM.format(name="measure", key="un")
    assert old in good
    found = findings(tmp_path, SHIPPED + good.replace(old, new, 1) + more)
    assert [f.rule for f in found] == [rule]
    (finding,) = found
    assert finding.file == FILE
    assert finding.column > 0
    if line:
        # The new term begins after the last line of the shipped file.
        assert finding.line in (SHIPPED.count("\n") + line, SHIPPED.count("\n") + line + 1)
    assert all(finding.message[lang] and finding.remedy[lang] for lang in LANGUAGES)


def test_a_key_that_stands_twice_is_refused(tmp_path):
    (finding,) = findings(tmp_path, SHIPPED + TERM.format(name="request", key="un"))
    assert finding.line > SHIPPED.count("\n")


def test_the_command_says_which_term_a_template_asks_for_in_vain(tmp_path):
    source = (ROOT / "templates" / "en" / "source" / "mla.txt").read_text(encoding="utf-8")
    folder = tmp_path / "templates" / "en"
    folder.mkdir(parents=True)
    (folder / "mla.docx").write_bytes(to_docx(source.replace("r.t.title ", "r.t.titel "), "en", "mla (en)"))
    process = run_command("templates", "--check", "--data-dir", str(tmp_path), "--format", "json")
    assert process.returncode == 1
    (finding,) = json.loads(process.stdout)["files"][0]["findings"]
    assert finding["rule"] == "TPL-TERM"
    assert "r.t.titel" in finding["message"]


def test_the_command_shows_the_place_of_a_broken_glossary(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / FILE).write_text(SHIPPED.replace("      source: UNTOC 2(f)\n", "", 1), encoding="utf-8")
    process = run_command("templates", "--check", "--data-dir", str(tmp_path))
    assert process.returncode == 1
    assert FILE in process.stdout.decode()
    assert "DATA-SOURCE" in process.stdout.decode()
