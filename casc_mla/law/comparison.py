"""The States side by side: the list of them, one of them, and the asset-recovery matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casc_mla.core import data
from casc_mla.core.text import pick, say
from casc_mla.law.countries import country_file
from casc_mla.law.facts import Subject, facts_of, is_unknown, state_text, status_of
from casc_mla.law.parties import CERTAIN
from casc_mla.law.routes import answer
from casc_mla.law.way import fact_record

#: Row of the matrix -> topic of the country file, and the member of its value that answers.
MATRIX = {
    "foreign_order": ("ar_foreign_order", "recognised"),
    "domestic_order": ("ar_domestic_order", "available"),
    "transfer": ("ar_transfer", "available"),
    "conviction": ("ar_conviction", "required"),
    "ncb": ("ar_ncb", "available"),
    "freezing": ("ar_freezing", "available"),
    "final": ("ar_final", "order_must_be_final"),
    "sharing": ("ar_sharing", "possible"),
    "agreement": ("ar_sharing", "agreement_needed"),
}


def country_codes() -> list[str]:
    """Return the codes of the States that have a file, in order."""
    return sorted(name.upper() for name in data.listing("checklists/countries", "*.yaml") if not name.startswith("_"))


def list_record(lang: str) -> list[dict[str, Any]]:
    """Return every State with its names, networks and how much is known of it."""
    listed = []
    for code in country_codes():
        record = country_file(code) or {}
        facts = record.get("facts", [])
        counts: dict[str, int] = {}
        for fact in facts:
            counts[status_of(fact)] = counts.get(status_of(fact), 0) + 1
        listed.append(
            {
                "state": code,
                "name": pick(state_text(code), lang),
                "networks": record.get("networks", []),
                "facts": len(facts),
                "read": sum(status_of(fact) in CERTAIN for fact in facts),
                "unknown": sum(is_unknown(fact) for fact in facts),
                "status": dict(sorted(counts.items())),
            }
        )
    return listed


def state_record(code: str, lang: str) -> dict[str, Any]:
    """Return everything known of one State, its facts grouped by the side that they concern."""
    record = country_file(code) or {}
    names = record.get("names", {}).get(lang) or {}
    return {
        "state": code,
        "name": pick(state_text(code), lang),
        "full_name": names.get("full", code),
        "networks": record.get("networks", []),
        "facts": {
            side: [fact_record(f, lang) for f in record.get("facts", []) if f.get("side", "requested") == side]
            for side in ("requested", "requesting", "both")
        },
    }


def matrix_record(codes: Sequence[str], lang: str) -> dict[str, Any]:
    """Return the asset-recovery matrix: for each row and State the answer, and the facts that it rests on."""
    rows = []
    for name, (topic, member) in MATRIX.items():
        cells = {}
        for code in codes:
            facts = facts_of(code, topic, "requested", Subject(kind="confiscation"))
            if name == "agreement":
                facts = [fact for fact in facts if member in (fact.get("value") or {})]
            cells[code] = {"answer": answer(facts, member), "facts": [fact_record(fact, lang) for fact in facts]}
        rows.append({"row": name, "question": say(f"countries.matrix.{name}", lang), "cells": cells})
    return {"states": {code: pick(state_text(code), lang) for code in codes}, "rows": rows}
