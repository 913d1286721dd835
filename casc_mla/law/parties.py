"""Who is bound by a treaty on a day: parties with their dates, and declarations of one State against another.

``parties`` of an instrument is a list of ``{state, status, event, since, until, source}``; the status is ``not_party``, ``signed`` or ``unknown`` where
the State is not (known to be) a party, the event ``in_force``, ``ratification``, ``accession``, ``withdrawn``, ``signed_only_known`` …  A declaration with ``against`` takes the instrument away between two States
(effect ``no_relations``) or leaves it open whether it is applied between them (effect ``relations_open``).
``relations`` are ``{relation: displaces | displaced_by | yields_to | supplements, instrument, article, text, source}``.

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
#: What an entry may say instead of being a party.
OUTSIDE = {
    "none": "not_party",
    "not_party": "not_party",
    "signed": "signed",
    "signature_only": "signed",
    "withdrawn": "ended",
}
#: What an entry says where it is open whether the State is bound: signed by it, its own approval not seen.
OPEN = ("unknown", "signed_only_known")
DECLARATIONS = ("declarations", "objections", "reservations")


class Bound(StrEnum):
    """Whether a State is bound."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Membership:
    """What the data say of one State and one instrument on a day.

    ``why`` names the reason (``party``, ``not_party``, ``signed``, ``ended``, ``not_yet``, ``unknown``, ``no_data``); ``day`` is the date that it
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
    """Return the parties of an instrument; a State may stand there more than once."""
    return _list(record.get("parties"))


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
    source = dict(entry.get("source") or {})
    said = str(entry.get("status") or entry.get("event") or "")
    since, until = str(entry.get("since") or ""), str(entry.get("until") or "")
    force = str(record.get("in_force") or "")
    if first_day(until) and first_day(until) <= on:
        return Membership(state, Bound.NO, "ended", until, source)
    if said in OUTSIDE and not (said == "withdrawn" and first_day(until)):
        return Membership(state, Bound.NO, OUTSIDE[said], "", source)
    for day in (since, force):
        if first_day(day) > on:
            return Membership(state, Bound.NO, "not_yet", day, source)
    started = entry.get("event") == "in_force" or force != "unknown"
    if said in OPEN or not started or source.get("status") == "unknown":
        return Membership(state, Bound.UNKNOWN, "unknown", "", source)
    return Membership(state, Bound.YES, "party", since if first_day(since) else "", source)


def against(
    record: dict[str, Any], pair: tuple[str, str], on: str, effect: str = "no_relations"
) -> Iterator[dict[str, Any]]:
    """Yield the declarations by which one of two States does not apply the instrument to the other.

    With the effect ``relations_open``: what leaves it open whether the one applies it to the other.
    """
    for entry in (entry for name in DECLARATIONS for entry in _list(record.get(name))):
        named = entry.get("against")
        others = named if isinstance(named, list) else [named]
        since, until = first_day(entry.get("since")), first_day(entry.get("until"))
        if (until and until <= on) or (since and since > on) or entry.get("effect", "no_relations") != effect:
            continue
        for one, other in (pair, pair[::-1]):
            if entry.get("state") == one and other in others:
                yield {"state": one, "against": other, **{name: entry.get(name) or {} for name in ("text", "source")}}


def _list(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def related(record: dict[str, Any], relation: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the instruments to which an instrument stands in a relation, with the entry that says so.

    One entry may name several; ``bilateral`` stands for every treaty between two States.
    """
    found = []
    for entry in _list(record.get("relations")):
        if entry.get("relation") == relation:
            named = entry.get("instruments") or [entry.get("instrument")]
            found += [(str(name), entry) for name in named if name]
    return found
