"""The treaties: how they are cited in each language, and the family of terms that goes with them."""

from __future__ import annotations

from typing import Any

from casc_mla.core import data
from casc_mla.core.records import read_records


def instrument(name: str) -> dict[str, Any] | None:
    """Return the record of an instrument, or None where there is no file for it."""
    path = data.find(f"checklists/instruments/{name}.yaml")
    record: dict[str, Any] | None = read_records(path) if path else None
    return record


def family(names: list[str]) -> str:
    """Return the family whose terms a letter under these instruments uses: that of the first one."""
    for name in names:
        record = instrument(name)
        if record:
            found = str(record.get("family", "none"))
            return found if found in FAMILIES else "un"
    return "none"


#: Families with terms of their own; a bilateral treaty borrows those of the United Nations conventions.
FAMILIES = ("un", "cis", "coe", "arab")


def titled(source: dict[str, Any]) -> dict[str, Any]:
    """Return a source with the short name of its instrument, as readers know it, under ``title``."""
    record = instrument(str(source.get("instrument", ""))) if source.get("instrument") else None
    return {**source, "title": record["short"]} if record and record.get("short") else source
