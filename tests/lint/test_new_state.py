"""A State is one file and no Python: the worked example of docs/adding-a-state.md, in a folder of its own."""

from __future__ import annotations

import json
import re

import pytest

from tests.conftest import EXAMPLES, ROOT, run_command

GUIDE = (ROOT / "docs" / "adding-a-state.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """A data folder with nothing but the State of the guide."""
    (text,) = re.findall(r"```yaml\n(# A training State.*?)```", GUIDE, re.DOTALL)
    countries = tmp_path / "my-data" / "checklists" / "countries"
    countries.mkdir(parents=True)
    (countries / "aq.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "my-data"


def test_the_file_is_sound_and_says_what_is_still_missing(folder):
    process = run_command(
        *("checklist", "check", "--data-dir", str(folder), "--format", "json"),
        str(folder / "checklists" / "countries" / "aq.yaml"),
    )
    report = json.loads(process.stdout)
    assert process.returncode == 0
    (file,) = report["files"]
    assert [(f["rule"], f["severity"]) for f in file["findings"]] == [("DATA-TOPIC", "warning")]
    assert "channel" in file["findings"][0]["message"]


def test_a_request_to_the_state_gets_its_findings(folder, tmp_path):
    text = (EXAMPLES / "mla-kz-de-bank-records.yaml").read_text(encoding="utf-8")
    request = tmp_path / "request.yaml"
    text = re.sub(r"(requested:\s+state: )DE", r"\1AQ", text).replace("languages: [ru, en]", "languages: [ru]")
    request.write_text(text, encoding="utf-8")
    with_state = json.loads(run_command("check", str(request), "--data-dir", str(folder), "--format", "json").stdout)[
        "files"
    ][0]["findings"]
    without = json.loads(run_command("check", str(request), "--format", "json").stdout)["files"][0]["findings"]
    (finding,) = [f for f in with_state if f["rule"] == "AQ-001"]
    assert finding["pointer"] == "/languages"
    assert finding["line"] > 0
    assert finding["source"]["document"]["ru"] == "Учебный закон о правовой помощи"
    assert "AQ-001" not in {f["rule"] for f in without}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Zemlandia", "Ministry of Justice", "How many copies", "AQ-001"]),
        ("ru", ["Земландия", "Министерство юстиции", "Сколько экземпляров", "AQ-001"]),
        ("ar", ["زملانديا", "وزارة العدل", "كم نسخة", "AQ-001"]),
    ],
)
@pytest.mark.parametrize("style", ["text", "markdown", "json"])
def test_the_state_has_a_checklist_to_print(folder, lang, words, style):
    process = run_command("checklist", "show", "aq", "--data-dir", str(folder), "--lang", lang, "--format", style)
    text = process.stdout.decode()
    assert process.returncode == 0
    assert all(word in text for word in words)


def test_unknown_facts_are_questions_and_rules_are_boxes(folder):
    process = run_command("checklist", "show", "AQ", "--data-dir", str(folder), "--format", "markdown")
    text = process.stdout.decode()
    assert "- [ ] Copies: How many copies of the request" in text
    assert "- [ ] **Add `en` to `languages`" in text
    assert "Training Law on Legal Assistance, 3 (text read, 2026-11-23)" in text


def test_the_state_is_known_only_where_its_file_is():
    process = run_command("checklist", "show", "AQ")
    assert process.returncode == 2
    assert b"docs/adding-a-state.md" in process.stderr
