"""Waivers: a person, a reason, a place; unused, expired and impossible ones are findings."""

from __future__ import annotations

import copy

import pytest

from casc_mla.check import check_request
from casc_mla.check.examples import changed
from casc_mla.check.waivers import waiver_path
from casc_mla.core.finding import Severity
from casc_mla.load.request import load
from tests.conftest import EXAMPLES

BASE = load(str(EXAMPLES / "mla-kz-de-bank-records.yaml"))
NO_NEXUS = {
    "assistance.0.nexus": None,
    "assistance.0.substantial_value": None,
    "assistance.0.purpose": {"ru": "Получить доказательства.", "en": "To obtain evidence."},
}


def findings(waivers, changes=NO_NEXUS):
    return check_request(changed(BASE, {**copy.deepcopy(changes), "waivers": waivers}))


def waiver(**more):
    return {"rule": "NEX-001", "path": "/assistance/0", "reason": "agreed by telephone", "by": "Deputy head", **more}


def test_without_a_waiver_the_finding_blocks():
    assert ("NEX-001", Severity.ERROR) in {(f.rule, f.severity) for f in findings([])}


@pytest.mark.parametrize("path", ["/assistance/0", "assistance[0]", "/assistance/0/nexus", "assistance[0].nexus"])
def test_a_waived_finding_is_a_note_that_says_who_and_why(path):
    (found,) = [f for f in findings([waiver(path=path)]) if f.rule == "NEX-001"]
    assert found.severity is Severity.NOTE
    assert found.waiver == {"reason": "agreed by telephone", "by": "Deputy head"}
    assert all("Deputy head" in text for text in found.message.values())


def test_an_expired_waiver_has_no_effect_and_is_said():
    rules = {(f.rule, f.severity) for f in findings([waiver(until="2026-01-01")])}
    assert ("NEX-001", Severity.ERROR) in rules
    assert ("WVR-EXPIRED", Severity.WARNING) in rules


def test_a_waiver_that_applies_to_nothing_is_said():
    assert "WVR-UNUSED" in {f.rule for f in findings([waiver()], {})}
    assert "WVR-UNUSED" in {f.rule for f in findings([waiver(rule="NO-SUCH")])}


def test_what_protects_victims_cannot_be_waived():
    rules = {
        (f.rule, f.severity) for f in findings([waiver(rule="LNG-008", path="/")], {"case.title": {"ru": "О деле"}})
    }
    assert ("LNG-008", Severity.ERROR) in rules
    assert ("WVR-REFUSED", Severity.ERROR) in rules


def test_paths_are_read_in_both_notations():
    assert waiver_path("/assistance/0/period") == waiver_path("assistance[0].period") == ("assistance", 0, "period")
