"""Who is bound by a treaty on a day: parties with their dates, and declarations of one State against another.

``parties`` of an instrument is a list of ``{state, since, until, status, source}`` or a map from State to the same;
``status`` may say ``party`` (as when it is absent), ``not_party``, ``signed`` or ``unknown``.  A declaration with ``against`` (under
``declarations``, ``objections`` or ``reservations``, or inside a party) takes the instrument away between two States.

Where the instrument does not list a State, the State's own file is asked, so that a State can be added with one file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from casc_mla.law.statements import participation

#: Statuses of a source that may carry an error; everything else can at most warn.
CERTAIN = frozenset({"verified", "treaty"})
SOURCE_STATUSES = CERTAIN | {"secondary", "unverified", "practice"}
#: What an entry may say instead of being a party.
OUTSIDE = frozenset({"no", "not_party", "none", "signed", "signatory", "invited", "denounced", "terminated", "left"})
DECLARATIONS = ("declarations", "objections", "reservations", "exclusions")


class Bound(StrEnum):
    """Whether a State is bound."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Membership:
    """What the data say of one State and one instrument on a day.

    ``why`` names the reason (``party``, ``not_party``, ``ended``, ``not_yet``, ``unknown``, ``no_data``); ``day`` is the date that it
    rests on, '' where none is known.
    """

    state: str
    bound: Bound
    why: str
    day: str
    source: dict[str, Any]

    @property
    def certain(self) -> bool:
        """Whether the source of this answer was read and says so."""
        return self.source.get("status") in CERTAIN


def first_day(text: object) -> str:
    """Return a date, or the first day of a year or month, as YYYY-MM-DD; '' where the text is no date."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", str(text or ""))
    return f"{found[1]}-{found[2] or '01'}-{found[3] or '01'}" if found else ""


def entries(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the parties of an instrument as mappings with ``state``; a State may stand there more than once."""
    listed = record.get("parties")
    if isinstance(listed, dict):
        listed = [
            {"state": state, **(entry if isinstance(entry, dict) else {"since": entry})}
            for state, entry in listed.items()
        ]
    return [
        entry if isinstance(entry, dict) else {"state": entry}
        for entry in (listed if isinstance(listed, list) else [])
        if isinstance(entry, dict | str)
    ]


def _source(entry: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    """Return the source of an entry, else the one that the whole list of parties shares."""
    source = entry.get("source") or record.get("parties_source") or record.get("source") or {}
    if isinstance(source, str):
        source = (record.get("sources") or {}).get(source) or {"document": source}
    status = entry.get("status")
    return {**source, "status": status} if status in SOURCE_STATUSES else dict(source)


def membership(record: dict[str, Any], state: str, on: str) -> Membership:
    """Return whether a State is bound by an instrument on a day (YYYY-MM-DD)."""
    every = entries(record)
    mine = [entry for entry in every if entry.get("state") == state]
    if not mine:
        told = participation(state, str(record.get("id")), on)
        if told is not None:
            return _answer(record, told, state, on)
        # A treaty between two States binds nobody else; a list of many may be incomplete.
        closed = record.get("family") == "bilateral" or record.get("closed") is True
        why = "not_party" if closed and every else "unknown" if every else "no_data"
        return Membership(state, Bound.NO if why == "not_party" else Bound.UNKNOWN, why, "", {})
    answers = [_answer(record, entry, state, on) for entry in mine]
    return min(answers, key=lambda answer: list(Bound).index(answer.bound))


def _answer(record: dict[str, Any], entry: dict[str, Any], state: str, on: str) -> Membership:
    source = _source(entry, record)
    said = str(entry.get("status", ""))
    since, until = str(entry.get("since") or ""), str(entry.get("until") or "")
    force = str(record.get("in_force") or "")
    if said in OUTSIDE:
        why = "ended" if until else "not_party"
        return Membership(state, Bound.NO, why, until, source)
    if first_day(until) and first_day(until) <= on:
        return Membership(state, Bound.NO, "ended", until, source)
    if first_day(since) and first_day(since) > on:
        return Membership(state, Bound.NO, "not_yet", since, source)
    if first_day(force) and first_day(force) > on:
        return Membership(state, Bound.NO, "not_yet", force, source)
    if said == "unknown" or since == "unknown" or source.get("status") == "unknown" or _not_in_force(record):
        return Membership(state, Bound.UNKNOWN, "unknown", "", source)
    return Membership(state, Bound.YES, "party", since if first_day(since) else "", source)


def _not_in_force(record: dict[str, Any]) -> bool:
    return str(record.get("in_force", "")) in ("unknown", "null", "None") and "in_force" in record


def against(record: dict[str, Any], pair: tuple[str, str], on: str) -> Iterator[dict[str, Any]]:
    """Yield the declarations by which one of two States does not apply the instrument to the other."""
    listed = [entry for name in DECLARATIONS for entry in _list(record.get(name))]
    for party in entries(record):
        for name in DECLARATIONS:
            listed += [{"state": party.get("state"), **entry} for entry in _list(party.get(name))]
        if party.get("against"):
            listed.append(party)
    for entry in listed:
        named = entry.get("against")
        others = named if isinstance(named, list) else [named]
        by = entry.get("state") or entry.get("party") or entry.get("by")
        since, until = first_day(entry.get("since")), first_day(entry.get("until"))
        if (until and until <= on) or (since and since > on):
            continue
        for one, other in (pair, pair[::-1]):
            if by == one and other in others:
                yield {**entry, "state": one, "against": other, "source": _source(entry, record)}


def _list(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def related(record: dict[str, Any], kind: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the instruments to which an instrument stands in a relation (``displaces``, ``supplements`` …), with the entry.

    An entry reads ``{displaces: minsk-1993, …}`` or ``{relation: displaces, instrument: minsk-1993, …}``.
    """
    found: list[tuple[str, dict[str, Any]]] = []
    for entry in _list(record.get("relations")):
        named = entry.get(kind)
        if named is None and kind in (entry.get("relation"), entry.get("kind"), entry.get("type")):
            named = entry.get("instrument") or entry.get("instruments") or entry.get("to")
        found += [(str(one), entry) for one in (named if isinstance(named, list) else [named]) if one]
    return found
