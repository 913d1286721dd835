"""The readable cases: small changes to good requests, and what the checks say."""

from __future__ import annotations

import pytest

from casc_mla.check import check_request
from casc_mla.check.examples import changed
from casc_mla.core.finding import Severity
from casc_mla.core.records import read_records
from casc_mla.load.request import load
from tests.conftest import CASES, EXAMPLES


def findings_of(path):
    case = read_records(path)
    request = changed(load(str(EXAMPLES / f"{case['base']}.yaml")), case["change"])
    return case, check_request(request)


@pytest.mark.parametrize("path", sorted((CASES / "invalid").glob("*.yaml")), ids=lambda p: p.stem)
def test_what_is_wrong_is_found_at_its_place(path):
    case, findings = findings_of(path)
    for expected in case["expect"]:
        assert any(
            finding.rule == expected.get("rule", finding.rule)
            and finding.pointer == expected.get("at", finding.pointer)
            and finding.severity == expected["severity"]
            for finding in findings
        ), [(f.rule, f.pointer, str(f.severity)) for f in findings]


@pytest.mark.parametrize("path", sorted((CASES / "valid").glob("*.yaml")), ids=lambda p: p.stem)
def test_what_is_right_is_not_blocked(path):
    _, findings = findings_of(path)
    assert [(f.rule, f.pointer) for f in findings if f.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("bad-syn-1", {"GEN-010", "NEX-001", "NEX-004", "BNK-004", "URG-001a", "FAC-001a", "LAW-002b", "DE-LANG-1"}),
        ("ast-syn-1-ge-am", {"AST-011a", "AST-013a", "AST-013b"}),
        ("ee-syn-1-kz-us", {"EEV-001", "EEV-003a"}),
        ("srv-syn-1-az-tm", {"SRV-002c"}),
    ],
)
def test_the_examples_that_are_wrong_on_purpose_are_caught(name, rules):
    found = {f.rule for f in check_request(load(str(EXAMPLES / f"{name}.yaml")))}
    assert rules <= found, rules - found


WRONG_ON_PURPOSE = {"bad-syn-1", "ast-syn-1-ge-am"}


@pytest.mark.parametrize("name", sorted({p.stem for p in EXAMPLES.glob("*.yaml")} - WRONG_ON_PURPOSE))
def test_the_good_examples_have_no_error(name):
    errors = [f for f in check_request(load(str(EXAMPLES / f"{name}.yaml"))) if f.severity is Severity.ERROR]
    assert [(f.rule, f.pointer) for f in errors] == []
