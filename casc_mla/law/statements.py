"""What the file of a State says of its own treaties, brought to one shape.

Topics ``treaty_status`` and ``legal_basis``: ``{untoc: 2003-07-01}``, ``{instruments: {…}}`` or ``{instruments: [untoc], not_party: [untoc-som]}``; topics
``non_application`` and ``legal_basis``: ``{AM: [uncac]}`` or ``{not_applied_to: {AM: [uncac]}}``; topics ``bilateral`` and ``legal_basis``: ``{GE: …}``,
``{bilateral: {GE: …}}`` or ``{bilateral: [{with: GE}]}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from casc_mla.law.facts import Subject, facts_of

TOPICS = ("treaty_status", "legal_basis", "non_application", "bilateral")
#: Words for "is a party" that free text may begin with; anything else does not prove it.
_PARTY = re.compile(r"(?:party|in force)(?: since)?[ ,]*(?:c\. )?(\d{4}(?:-\d\d){0,2})?(?:/\d\d)?")
_STATE = re.compile(r"[A-Z]{2}")


def _values(state: str, on: str) -> Iterator[tuple[dict[str, Any], str, dict[str, Any]]]:
    for fact in facts_of(state, TOPICS, "", Subject(on=on)):
        value = fact.get("value")
        if isinstance(value, dict):
            yield fact, str(fact["topic"]), value


def participation(state: str, name: str, on: str) -> dict[str, Any] | None:
    """Return what a State says of its part in an instrument as ``{status, since, source}``, or None."""
    for fact, _, value in _values(state, on):
        listed = value.get("instruments")
        said = value.get(name) if fact["topic"] == "treaty_status" else None
        if isinstance(listed, dict):
            said = listed.get(name, said)
        elif isinstance(listed, list) and name in listed:
            said = "party"
        outside = value.get("not_party")
        if isinstance(outside, list) and name in outside:
            said = "not_party"
        if said is not None:
            return {**_read(str(said)), "source": fact.get("source") or {}}
    return None


def _read(words: str) -> dict[str, str]:
    if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", words):
        return {"status": "party", "since": words}
    found = _PARTY.fullmatch(words)
    if found:
        return {"status": "party", "since": found[1] or ""}
    return {"status": "not_party" if words in ("not_party", "not party", "no", "none") else "unknown"}


def not_applied(state: str, other: str, name: str, on: str) -> dict[str, Any] | None:
    """Return the fact of a State's file by which an instrument is not applied between it and another State, or None."""
    for fact, topic, value in _values(state, on):
        apart = value.get("not_applied_to") if topic == "legal_basis" else value if topic == "non_application" else None
        if isinstance(apart, dict) and name in (apart.get(other) or ()):
            return fact
    return None


def bilateral(state: str, other: str, on: str) -> Iterator[dict[str, Any]]:
    """Yield the facts of a State's file that speak of its treaties with another State, of their absence or non-application."""
    for fact, topic, value in _values(state, on):
        names = ("bilateral", "institutional_only", "not_applied_to")
        parts = [*(value.get(name) for name in names), value if topic in ("bilateral", "non_application") else None]
        for part in parts:
            if isinstance(part, dict) and other in part:
                yield fact
                break
            if isinstance(part, list) and any(isinstance(one, dict) and one.get("with") == other for one in part):
                yield fact
                break


def lists_treaties(fact: dict[str, Any]) -> bool:
    """Tell whether a fact lists treaties or States rather than saying on what basis requests are met."""
    value = fact.get("value")
    names = ("bilateral", "institutional_only", "instruments", "not_party", "not_usable", "not_applied_to")
    return isinstance(value, dict) and any(
        name in value or _STATE.fullmatch(str(key)) for name in names for key in value
    )
