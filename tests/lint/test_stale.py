"""How old the data are, reckoned from a day that the user names."""

from __future__ import annotations

import json
from datetime import date

from casc_mla.lint.stale import STATUSES, ages, by_status
from tests.conftest import run_command


def test_every_fact_and_rule_has_an_age_and_a_status():
    entries = ages(date(2030, 1, 1))
    counts = by_status(entries)
    assert sum(counts["facts"].values()) + sum(counts["rules"].values()) == len(entries)
    assert {entry.status for entry in entries} <= set(STATUSES)
    assert all(entry.days is not None and entry.days > 0 for entry in entries)
    assert [e.days for e in entries] == sorted((e.days for e in entries), reverse=True)


def test_what_was_checked_long_ago_is_listed():
    old = json.loads(
        run_command("checklist", "stale", "--older-than", "365", "--on", "2030-01-01", "--format", "json").stdout
    )
    new = json.loads(
        run_command("checklist", "stale", "--older-than", "3650", "--on", "2030-01-01", "--format", "json").stdout
    )
    assert old["counts"] == new["counts"]
    assert new["stale"] == []
    assert {entry["part"] for entry in old["stale"]} == {"facts", "rules"}
    assert all(entry["days"] > 365 and entry["file"].startswith("checklists/") for entry in old["stale"])


def test_a_day_that_does_not_exist_is_refused_in_words():
    for lang, word in (("en", "not a date"), ("ru", "не дата"), ("ar", "ليس")):
        process = run_command("checklist", "stale", "--on", "2027-02-30", "--lang", lang)
        assert process.returncode == 2
        assert word in process.stderr.decode()
