"""The facts of a country file, chosen by topic and by what a request is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from casc_mla.core.text import LANGUAGES, Text
from casc_mla.law.countries import country_file

#: How well a fact is known, best first.
STATUSES = ("verified", "treaty", "secondary", "unverified", "unknown")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a request is about, as far as facts depend on it; '' and None leave a point open."""

    kind: str = ""
    stage: str = ""
    instruments: frozenset[str] | None = None
    on: str = ""


def state_text(code: str) -> Text:
    """Return the short name of a State in every language; its code where there is no file for it."""
    names = (country_file(code) or {}).get("names", {})
    return {lang: str((names.get(lang) or {}).get("short") or code) for lang in LANGUAGES}


def genitive_text(code: str) -> Text:
    """Return the genitive of the full name of a State in every language; its code where there is no file for it."""
    names = (country_file(code) or {}).get("names", {})
    return {lang: str((names.get(lang) or {}).get("genitive") or code) for lang in LANGUAGES}


def status_of(fact: dict[str, Any]) -> str:
    """Return how well a fact is known."""
    return str((fact.get("source") or {}).get("status", "unknown"))


def is_unknown(fact: dict[str, Any]) -> bool:
    """Tell whether a fact says that nothing is known."""
    return fact.get("value") == "unknown" or status_of(fact) == "unknown"


def value_of(fact: dict[str, Any], name: str, default: Any = None) -> Any:
    """Return a member of the value of a fact; an unknown fact has none."""
    value = fact.get("value")
    return value.get(name, default) if isinstance(value, dict) else default


def _holds(fact: dict[str, Any], side: str, subject: Subject) -> bool:
    if side and fact.get("side", "requested") not in (side, "both"):
        return False
    for name, asked in (("stages", subject.stage), ("kinds", subject.kind)):
        if asked and fact.get(name) and asked not in fact[name]:
            return False
    if (
        subject.instruments is not None
        and fact.get("instruments")
        and not subject.instruments & set(fact["instruments"])
    ):
        return False
    if not subject.on:
        return True
    return str(fact.get("valid_from") or "")[:10] <= subject.on < (str(fact.get("valid_to") or "")[:10] or "9999")


def facts_of(
    state: str, topics: str | Sequence[str] = (), side: str = "requested", subject: Subject | None = None
) -> list[dict[str, Any]]:
    """Return the facts of a State on the topics that hold for the subject, in the order of the file.

    Without topics all of them, with ``side`` '' those of both sides.
    """
    wanted = (topics,) if isinstance(topics, str) else topics
    return [
        fact
        for fact in (country_file(state) or {}).get("facts", [])
        if (not wanted or fact.get("topic") in wanted) and _holds(fact, side, subject or Subject())
    ]


def narrowest_first(facts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return facts with the most special ones first, then the best known ones."""
    return sorted(
        facts,
        key=lambda fact: (
            is_unknown(fact),
            -sum(bool(fact.get(name)) for name in ("instruments", "kinds", "stages")),
            STATUSES.index(status_of(fact)) if status_of(fact) in STATUSES else len(STATUSES),
        ),
    )
