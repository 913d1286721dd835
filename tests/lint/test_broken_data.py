"""Broken data files are refused with the place: what a maintainer gets for each mistake."""

from __future__ import annotations

import json
import re

import pytest

from casc_mla.core.finding import Severity
from casc_mla.lint.checklists import check_checklists
from tests.conftest import ROOT, run_command

GUIDE = (ROOT / "docs" / "adding-a-state.md").read_text(encoding="utf-8")
(GOOD,) = re.findall(r"```yaml\n(# A training State.*?)```", GUIDE, re.DOTALL)
SOURCE = '    source: {document: *act, article: "5(1)", checked_on: 2026-11-23, status: verified}\n'
REQUIRE = "require: {languages: {required: true, type: list, contains: en}}"


def findings(tmp_path, text, name="aq"):
    """Return the findings of one country file."""
    path = tmp_path / "countries" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    (found,) = check_checklists([path]).values()
    return [f for f in found if f.severity is not Severity.NOTE and f.rule != "DATA-TOPIC"]


def place(text, needle, nth=1):
    """Return line and column of the nth place of a text."""
    at = -1
    for _ in range(nth):
        at = text.index(needle, at + 1)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def test_a_document_known_in_english_only_is_told(tmp_path):
    named = re.search(r"&act (\{.*?\})", GOOD).group(1)
    path = tmp_path / "countries" / "aq.yaml"
    path.parent.mkdir()
    path.write_text(GOOD.replace(named, "Training Law", 1), encoding="utf-8")
    (found,) = check_checklists([path]).values()
    (note,) = [f for f in found if f.rule == "DATA-TITLE"]
    assert note.severity is Severity.NOTE
    assert (note.line, note.column) == place(path.read_text(encoding="utf-8"), "&act")


def test_a_number_changed_in_one_language_only_is_told(tmp_path):
    path = tmp_path / "countries" / "aq.yaml"
    path.parent.mkdir()
    text = GOOD.replace("en: The law does not say", "en: Article 6 of 5 June 2026 does not say")
    text = text.replace("ru: Закон не указывает", "ru: Статья 7 от 5 июня 2026 года не указывает")
    text = text.replace("ar: لا يحدد القانون", "ar: لا تحدد المادة 6 المؤرخة 5 يونيه 2026")
    path.write_text(text, encoding="utf-8")
    (found,) = check_checklists([path]).values()
    (note,) = [f for f in found if f.rule == "DATA-FIGURES"]
    assert note.severity is Severity.NOTE
    assert (note.line, note.column) == place(path.read_text(encoding="utf-8"), "Статья 7 от")


def test_the_good_file_has_no_findings(tmp_path):
    assert findings(tmp_path, GOOD) == []


CASES = {
    "a fact without a source": (SOURCE, "", "DATA-SOURCE", "id: AQ-F-language-1"),
    "a source without a status": (
        'article: "5(1)", checked_on: 2026-11-23, status: verified',
        'article: "5(1)", checked_on: 2026-11-23',
        "DATA-SOURCE",
        '{document: *act, article: "5(1)"',
    ),
    "a source that names nothing": (
        '{document: *act, article: "5(1)",',
        "{",
        "DATA-SOURCE",
        "{ checked",
    ),
    "a source never checked": (
        'article: "5(1)", checked_on: 2026-11-23',
        'article: "5(1)"',
        "DATA-SOURCE",
        ("{document", 3),
    ),
    "an unknown predicate": (
        REQUIRE,
        "require: {languages: {check_with: every_langage}}",
        "DATA-PREDICATE",
        "every_langage",
    ),
    "an unknown constraint": (REQUIRE, "require: {languages: {contain: en}}", "DATA-CONSTRAINT", "contain: en"),
    "an unknown predicate deep inside": (
        REQUIRE,
        "require: {persons: {type: list, some: {names: {anyof: [{check_with: no_such}, {empty: false}]}}}}",
        "DATA-PREDICATE",
        "no_such",
    ),
    "an unknown constraint deep inside": (
        REQUIRE,
        "require: {persons: {type: list, schema: {type: dict, schema: {role: {alowed: [victim]}}}}}",
        "DATA-CONSTRAINT",
        "alowed",
    ),
    "an unknown phrase list": (
        REQUIRE,
        "require: {facts: {phrase_free: no_such_list}}",
        "DATA-PHRASES",
        "no_such_list",
    ),
    "an unknown type": (REQUIRE, "require: {languages: {type: array}}", "DATA-TYPE", "array"),
    "a dangling instrument of a fact": (
        "topic: language\n",
        "topic: language\n    instruments: [untok]\n",
        "DATA-INSTRUMENT",
        "untok",
    ),
    "a dangling instrument of a source": (
        '{document: *act, article: "5(1)"',
        '{instrument: treaty-of-1900, article: "5(1)"',
        "DATA-INSTRUMENT",
        "treaty-of-1900",
    ),
    "a day that does not exist": (
        '"3", checked_on: 2026-11-23',
        '"3", checked_on: 2026-02-30',
        "DATA-DATE",
        "2026-02-30",
    ),
    "a date in another order": (
        '"3", checked_on: 2026-11-23',
        '"3", checked_on: 23.11.2026',
        "DATA-DATE",
        "23.11.2026",
    ),
    "an end before the beginning": (
        "topic: language\n",
        "topic: language\n    valid_from: 2026-01-01\n    valid_to: 2025-01-01\n",
        "DATA-DATE",
        "2025-01-01",
    ),
    "an id used twice": ("AQ-F-language-1", "AQ-F-authority-1", "DATA-ID", ("AQ-F-authority-1", 2)),
    "an id of another file": ("id: AQ-001", "id: GEN-001a", "DATA-ID", "GEN-001a"),
    "a value that the topic does not have": ("role: central_authority", "role: central", "DATA-SCHEMA", "central\n"),
    "a misspelt key": ("translation_required", "translation_required", "", ""),
    "a key that facts do not have": ("    question:\n", "    questions:\n", "DATA-SCHEMA", "questions:"),
    "an unknown without its question": (
        "    question:\n      en: How many",
        "    text2:\n      en: How many",
        "DATA-SCHEMA",
        "id: AQ-F-copies-1",
    ),
    "an error on a summary": (
        'article: "5(1)", checked_on: 2026-11-23, status: verified}\n    fails',
        'article: "5(1)", checked_on: 2026-11-23, status: secondary}\n    fails',
        "DATA-SEVERITY",
        "error\n",
    ),
    "a text that lacks a language": (
        "      ru: На любой стадии запросы направляются в Министерство юстиции.\n",
        "",
        "DATA-SCHEMA",
        "en: Requests go",
    ),
    "an example that does not hold": (
        'fails: [{"requested.state": AQ, "languages": [ru]}]',
        'fails: [{"requested.state": AQ, "languages": [en]}]',
        "DATA-EXAMPLE",
        '{"requested.state"',
    ),
    "an unknown that is called verified": ("status: unknown", "status: verified", "DATA-UNKNOWN", ("verified", 4)),
    "a code that is not the name of the file": ("id: AQ\n", "id: AU\n", "DATA-NAME", "AU"),
}
del CASES["a misspelt key"]


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_found_at_its_place(tmp_path, case):
    old, new, rule, needle = CASES[case]
    assert GOOD.count(old) >= 1
    text = GOOD.replace(old, new, 1)
    found = findings(tmp_path, text)
    where = place(text, *(needle if isinstance(needle, tuple) else (needle,)))
    assert (rule, *where) in [(f.rule, f.line, f.column) for f in found], found
    for finding in found:
        assert all(finding.message[lang] and finding.remedy[lang] for lang in ("en", "ru", "ar"))


@pytest.mark.parametrize(
    ("text", "line"),
    [("id: AQ\nid: AQ\n", 2), ("id: [AQ\nnames: 3\n", 2), ("- AQ\n", 1), ("id: AQ\n\tnames: x\n", 2), ("", 0)],
)
def test_a_file_that_is_no_record_is_refused_with_its_place(tmp_path, text, line):
    (finding,) = findings(tmp_path, text)
    assert finding.severity is Severity.ERROR
    assert finding.line == line


def test_the_command_says_where_and_fails(tmp_path):
    folder = tmp_path / "checklists" / "countries"
    folder.mkdir(parents=True)
    (folder / "aq.yaml").write_text(GOOD.replace(SOURCE, "", 1), encoding="utf-8")
    process = run_command("checklist", "check", str(folder), "--format", "json")
    (file,) = json.loads(process.stdout)["files"]
    finding = next(f for f in file["findings"] if f["rule"] == "DATA-SOURCE")
    assert process.returncode == 1
    assert (finding["pointer"], finding["line"], finding["column"]) == (
        "/facts/1",
        *place(GOOD, "id: AQ-F-language-1"),
    )
    for lang in ("en", "ru", "ar"):
        shown = run_command("checklist", "check", str(folder), "--lang", lang)
        assert shown.returncode == 1
        assert "AQ-F-language-1" in shown.stdout.decode()


def test_phrase_lists_are_checked_too(tmp_path):
    path = tmp_path / "_lexicons.yaml"
    path.write_text("threat:\n  en: ['(un']\n  ru: ['угроз']\n", encoding="utf-8")
    (found,) = check_checklists([path]).values()
    assert [(f.rule, f.line, f.column) for f in found] == [("DATA-PHRASES", 2, 3), ("DATA-PHRASES", 2, 8)]


def test_an_unknown_subcommand_is_answered_in_words():
    process = run_command("checklist", "chek")
    assert process.returncode == 2
    assert b"check, show, stale" in process.stderr


def test_a_path_that_is_not_there_is_a_usage_error():
    process = run_command("checklist", "check", "no/such/file.yaml")
    assert process.returncode == 2
    assert b"Traceback" not in process.stderr


def test_the_shipped_data_are_sound():
    results = check_checklists()
    assert [
        f"{name}:{f.line}:{f.column} {f.rule} {f.message['en']}"
        for name, found in results.items()
        for f in found
        if f.severity is Severity.ERROR
    ] == []
