"""The treaties: how they are cited in each language."""

from __future__ import annotations

from typing import Any

from casc_mla.core import data
from casc_mla.core.records import read_records


def instrument(name: str) -> dict[str, Any] | None:
    """Return the record of an instrument, or None where there is no file for it."""
    path = data.find(f"checklists/instruments/{name}.yaml")
    record: dict[str, Any] | None = read_records(path) if path else None
    return record
