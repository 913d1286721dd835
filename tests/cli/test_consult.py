"""The informal consultation: drafted from a request, complete enough to finish by hand, and naming no victim."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casc_mla.check.schema import check_schema
from casc_mla.load.request import load
from tests.conftest import EXAMPLES, run_command


@pytest.mark.parametrize(
    "name",
    ["mla-kz-de-bank-records", "tip-kg-ae-victims", "confiscation-kz-qa-villa", "transfer-kz-ru", "tip-syn-1-kg-kz"],
)
def test_a_consultation_is_drafted_with_questions_and_without_identities(name, tmp_path):
    path = EXAMPLES / f"{name}.yaml"
    process = run_command("consult", str(path), "--out", str(tmp_path), "--format", "json")
    assert process.returncode == 0, process.stderr.decode()
    result = json.loads(process.stdout)
    drafted = load(result["file"])
    assert check_schema(drafted) == []
    assert drafted.kind == "consultation"
    languages = drafted.languages
    assert len(result["questions"]) >= 2
    assert all(set(question["text"]) == set(languages) for question in result["questions"])
    assert Path(result["letter"]).is_file()
    secrets = {
        word
        for person in load(str(path)).list_of("persons")
        if person.get("protected") is True
        for spelling in person["names"].values()
        if isinstance(spelling, str)
        for word in spelling.split()
        if len(word) > 4
    }
    text = Path(result["file"]).read_text(encoding="utf-8") + process.stdout.decode()
    assert not [word for word in secrets if word in text]


def test_unknown_facts_of_the_requested_state_become_questions(tmp_path):
    process = run_command(
        "consult", str(EXAMPLES / "confiscation-kz-qa-villa.yaml"), "--out", str(tmp_path), "--format", "json"
    )
    topics = {question["topic"] for question in json.loads(process.stdout)["questions"]}
    assert topics & {"ar_conviction", "ar_transfer", "formality_copies"}


def test_a_consultation_is_not_overwritten(tmp_path):
    arguments = ("consult", str(EXAMPLES / "transfer-kz-ru.yaml"), "--out", str(tmp_path))
    assert run_command(*arguments).returncode == 0
    (finished,) = tmp_path.glob("*.yaml")
    finished.write_text(finished.read_text(encoding="utf-8") + "# finished by hand\n", encoding="utf-8")
    for letter in tmp_path.glob("*.docx"):
        letter.unlink()
    before = sorted(path.name for path in tmp_path.iterdir())
    refused = run_command(*arguments)
    assert refused.returncode == 1
    assert b"--force" in refused.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before, "both files or none"
    assert finished.read_text(encoding="utf-8").endswith("by hand\n")
    assert run_command(*arguments, "--force").returncode == 0
    assert not finished.read_text(encoding="utf-8").endswith("by hand\n")


def test_what_needs_no_consultation_is_said(tmp_path):
    process = run_command("consult", str(EXAMPLES / "spontaneous-kg-ae-tip.yaml"), "--out", str(tmp_path))
    assert process.returncode == 2
    assert not list(tmp_path.iterdir())
