"""The findings in the formats that other programs read."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

from tests.conftest import EXAMPLES, run_command

BAD = str(EXAMPLES / "bad-syn-1.yaml")


def findings():
    return json.loads(run_command("check", BAD, "--format", "json").stdout)["files"][0]["findings"]


def test_sarif_holds_every_finding_at_its_line():
    run = json.loads(run_command("check", BAD, "--format", "sarif").stdout)["runs"][0]
    assert [r["ruleId"] for r in run["results"]] == [f["rule"] for f in findings()]
    lines = [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in run["results"]]
    assert lines == [max(f["line"], 1) for f in findings()]
    assert {r["id"] for r in run["tool"]["driver"]["rules"]} == {f["rule"] for f in findings()}


def test_junit_counts_the_errors_as_failures():
    root = ET.fromstring(run_command("check", BAD, "--format", "junit").stdout)
    errors = [f for f in findings() if f["severity"] == "error"]
    assert len(root.findall(".//failure")) == len(errors) == int(root[0].get("failures"))


def test_github_has_a_line_for_each_finding():
    lines = run_command("check", BAD, "--format", "github").stdout.decode().splitlines()
    assert len(lines) == len(findings())
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)


def test_markdown_has_a_row_for_each_finding():
    text = run_command("check", BAD, "--format", "markdown", "--lang", "ru").stdout.decode()
    assert sum(line.startswith("| ") for line in text.splitlines()) == len(findings()) + 1
