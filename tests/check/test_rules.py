"""Every rule holds what its own examples say, and keeps the policy on severity and sources."""

from __future__ import annotations

import pytest

from casc_mla.check.examples import wrong_examples
from casc_mla.check.rules import all_rules
from casc_mla.core.finding import Severity

RULES = all_rules()
STATUSES = {"verified", "treaty", "secondary", "unverified", "unknown", "practice"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_examples_of_a_rule_are_its_tests(rule):
    assert list(wrong_examples(rule)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_speaks_three_languages(rule):
    for text in (rule.text, rule.fix):
        assert set(text) == {"en", "ru", "ar"}
        assert all(sentence.strip() for sentence in text.values())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_names_its_source_and_nothing_unverified_is_an_error(rule):
    source = rule.source
    assert source.get("status") in STATUSES
    assert source.get("instrument") or source.get("document")
    assert source.get("checked_on")
    if rule.severity is Severity.ERROR:
        assert source["status"] in {"verified", "treaty", "practice"}


def test_rule_ids_are_unique():
    ids = [rule.id for rule in RULES]
    assert sorted(set(ids)) == ids


def test_there_are_enough_rules_to_be_useful():
    assert len(RULES) >= 60
