"""The networks through which the authorities of two States can ask each other informally."""

from __future__ import annotations

from typing import Any

from casc_mla.core import data
from casc_mla.core.records import read_records
from casc_mla.core.text import LANGUAGES, Text, semicolon
from casc_mla.law.countries import country_file


def networks() -> dict[str, dict[str, Any]]:
    """Return the record of every network by its id."""
    path = data.find("checklists/_networks.yaml")
    listed = (read_records(path) or {}).get("networks") if path else None
    return {str(record["id"]): record for record in listed or ()}


def networks_between(a: str, b: str, concerns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the ways through networks from one State to another, the most fitting first.

    A way is one network to which both States are known to belong, or else two that work with each other.  ``concerns``
    says what the case is about: ``assets``, ``drugs`` or ``general``, the most special first; a network for something
    else is no way.
    """
    known = networks()
    mine, theirs = (list((country_file(state) or {}).get("networks") or ()) for state in (a, b))
    ways: list[tuple[str, ...]] = []
    for concern in concerns:
        fitting = [name for name in mine if concern in known.get(name, {}).get("concerns", ())]
        ways += [(name,) for name in fitting if name in theirs]
        for name in fitting:
            others = known[name].get("works_with") or ()
            ways += [(name, other) for other in theirs if other in others and other not in mine and name not in theirs]
    return list(dict.fromkeys(ways))


def names_of(ways: list[tuple[str, ...]]) -> Text:
    """Return the ways in words, in each language."""
    known = networks()
    return {
        lang: semicolon(lang).join(" – ".join(str(known[name]["name"].get(lang, name)) for name in way) for way in ways)
        for lang in LANGUAGES
    }
