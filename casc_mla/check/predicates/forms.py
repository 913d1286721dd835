"""Predicates about the forms of assistance: figures, times, things and people that an item must name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from casc_mla.check.predicates.items import WRITTEN_IN, codes, targets
from casc_mla.check.validator import Failure, Predicate, as_date, phrase_in, texts_of
from casc_mla.core.finding import Path
from casc_mla.load.request import Request

#: The forms in which a person is heard.
INTERVIEWS = ("EV-01", "EV-02", "EV-03", "TP-01")
#: A number of an account or a register: five digits in a row, groups of four, or an IBAN; an amount has groups of three.
_NUMBER = re.compile(r"(?<!\d[.,])\d{5,}|(?:\d{4}[ \u00a0-]){2}\d{2,}|[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z\d]{4}){3,}")


def has_figure(_request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Every language version of the text holds a figure: a number, a date, an amount."""
    if any(not any(char.isdigit() for char in text) for text in texts_of(value)):
        yield Failure(path)


def has_telephone(_request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Every language version of the text holds enough digits for a telephone number, be it a short one (112)."""
    if any(sum(char.isdigit() for char in text) < 3 for text in texts_of(value)):
        yield Failure(path)


def has_number(_request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Some language version of the text holds a number by which a bank or a register can search."""
    if not any(_NUMBER.search(text) for text in texts_of(value)):
        yield Failure(path)


def precise_place(_request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Some language version of the text says more than a town or a region: a figure, or a building or keeper by name."""
    if not any(char.isdigit() for text in texts_of(value) for char in text) and not phrase_in("named_places", value):
        yield Failure(path)


def not_only_catch_all(_request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """At least one entry of the list says more than "all documents"."""
    entries = value if isinstance(value, list) else [value]
    found = [phrase_in("catch_all_items", entry) for entry in entries]
    if all(found):
        yield Failure(path, {"": found[0]} if found else {})


def _moment(value: Any) -> datetime | None:
    """Return the moment that a text with a time zone names, or None."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else None


def in_time_order(_request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """The points of a route stand in the order of their moments; of their days where a time zone is missing."""
    last: Any = None
    for i, point in enumerate(value if isinstance(value, list) else []):
        at = point.get("at") if isinstance(point, dict) else None
        if as_date(at) is None:
            continue
        here, before = _moment(at), _moment(last)
        if last and (here < before if here and before else str(at)[:10] < str(last)[:10]):
            yield Failure((*path, i, "at"), {"": str(at)})
        last = at


def after_wanted(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """The day of return is not before the end of the period for which the detainee is wanted."""
    item = request.at(path[:-1])
    wanted = item.get("wanted") if isinstance(item, dict) else None
    end = as_date(wanted.get("to")) if isinstance(wanted, dict) else None
    back = as_date(value)
    if end and back and back < end:
        yield Failure(path, {"": end.isoformat()})


def in_requested_state(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """The account numbers and bank codes of a list begin or continue with the code of the requested State."""
    state = request.states[1]
    for i, entry in enumerate(value if isinstance(value, list) else []):
        if not isinstance(entry, dict) or not state:
            continue
        for name, start in (("iban", 0), ("bic", 4)):
            code = entry.get(name)
            found = "".join(code.split())[start : start + 2].upper() if isinstance(code, str) else ""
            if found and found != state:
                yield Failure((*path, i, name), {"": found})


def heard_once(request: Request, path: Path, _value: Any) -> Iterator[Failure]:
    """No earlier item of the request asks that the same person be heard."""
    items = request.data.get("assistance")
    if not isinstance(items, list) or len(path) < 2 or not isinstance(path[1], int):
        return
    mine = set(targets(items[path[1]]))
    for item in items[: path[1]]:
        if isinstance(item, dict) and item.get("form") in INTERVIEWS:
            again = mine.intersection(targets(item))
            if again:
                yield Failure(path, {"": ", ".join(sorted(again))})
                return


def identified(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Every person named is on the list with more than a name: birth, a document, an address, a register or a seat."""
    persons = request.by_id("persons")
    for name in value if isinstance(value, list) else [value]:
        person = persons.get(name) if isinstance(name, str) else None
        legal = (person or {}).get("legal")
        known = [person.get(field) for field in ("dob", "id_docs", "address")] if person else []
        if isinstance(legal, dict):
            known += [legal.get(field) for field in ("reg_no", "tax_id", "seat", "legal_address")]
        if not any(known):
            yield Failure(path, {"": str(name)})


def read_by_addressee(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Every document to be served is written in, or translated into, a language of each person it is served on."""
    item = request.at(path[:-1])
    persons, enclosures = request.by_id("persons"), request.by_id("enclosures")
    readers = [codes(persons.get(name), "language") for name in targets(item)]
    for i, document in enumerate(value if isinstance(value, list) else []):
        name = document.get("enclosure") if isinstance(document, dict) else None
        written = codes(enclosures.get(str(name)), *WRITTEN_IN)
        if not readers or not all(written & known for known in readers):
            yield Failure((*path, i))


PREDICATES: dict[str, Predicate] = {
    "has_figure": has_figure,
    "has_telephone": has_telephone,
    "has_number": has_number,
    "precise_place": precise_place,
    "not_only_catch_all": not_only_catch_all,
    "in_time_order": in_time_order,
    "after_wanted": after_wanted,
    "in_requested_state": in_requested_state,
    "heard_once": heard_once,
    "identified": identified,
    "read_by_addressee": read_by_addressee,
}
