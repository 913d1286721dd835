"""``templates/sections.yaml``: what the three languages share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from casc_mla.core import data
from casc_mla.core.records import read_records


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a letter: where its wording lives, when it is printed, what one row of it stands for."""

    name: str
    file: str
    when: tuple[str, ...]
    each: str
    item: str
    running: str
    #: A table with the rows of the element follows.
    table: bool


@cache
def _contract() -> dict[str, Any]:
    content: dict[str, Any] = read_records(data.require("templates/sections.yaml"))
    return content


def sections(kind: str) -> list[Section]:
    """Return the sections of a letter in order."""
    contract = _contract()
    return [_section(name, kind) for name in contract["kinds"][kind]]


def running_sections(kind: str) -> list[Section]:
    """Return the header and footer sections: those of the kind, else those that every letter has."""
    found = {}
    for name, entry in _contract()["sections"].items():
        if entry.get("running") and entry.get("of", kind) == kind:
            found[entry["running"], "of" in entry] = name
    return [_section(found.get((which, True), found[which, False]), kind) for which in ("header", "footer")]


def _section(name: str, kind: str) -> Section:
    entry = _contract()["sections"][name]
    file = kind if entry["in"] == "kind" else entry["in"]
    return Section(
        name,
        file,
        tuple(entry.get("when", ())),
        entry.get("each", ""),
        entry.get("as", ""),
        entry.get("running", ""),
        entry.get("table", False) is True,
    )


def kinds() -> list[str]:
    """Return the kinds of request that have a letter."""
    return list(_contract()["kinds"])


@cache
def prose() -> frozenset[str]:
    """Return the fields that the wording itself prints."""
    return frozenset(_contract()["prose"])


@cache
def internal() -> frozenset[str]:
    """Return the fields that are not told to the addressee."""
    return frozenset(_contract()["internal"])


@cache
def protected_shows() -> frozenset[str]:
    """Return what the letter may say of a protected person."""
    return frozenset(_contract()["protected_shows"])


#: From so many rows on a table is annexed, unless the request says otherwise: more than a page of a letter.
ANNEXED_FROM = 40


def is_annexed(table: dict[str, Any]) -> bool:
    """Tell whether a table is a document of its own."""
    placement = table.get("placement")
    return placement == "annex" or (placement != "letter" and len(table.get("rows") or ()) >= ANNEXED_FROM)
