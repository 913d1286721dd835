"""Predicates about whom an item is aimed at and how victims are interviewed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casc_mla.check.predicates.items import asking, ids, targets
from casc_mla.check.validator import Failure, Predicate
from casc_mla.core.finding import Path
from casc_mla.load.request import Request


def aimed_at_victim(request: Request, path: Path, _value: Any) -> Iterator[Failure]:
    """Fail unless the item on whose form this stands names a victim as its target or hears its target as one."""
    item = request.at(path[:-1])
    persons = request.by_id("persons")
    heard_as_victim = isinstance(item, dict) and item.get("person_status") == "victim"
    if not heard_as_victim and not any(persons.get(name, {}).get("role") == "victim" for name in targets(item)):
        yield Failure(path)


def in_interview_plan(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the plan of the interview names persons, but not those to be heard."""
    planned = ids(request.at(("tip", "interview", "persons")))
    missing = [name for name in ids(value) if name not in planned]
    if planned and missing:
        yield Failure(path, {"": ", ".join(missing)})


def one_interview_each(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if more interviews are planned than the plan and the items for victims name persons; pass if they name none."""
    persons = set(ids(request.at(("tip", "interview", "persons"))))
    for item in asking(request, "TP-01"):
        persons.update(targets(item))
    if persons and isinstance(value, int) and value > len(persons):
        yield Failure(path)


PREDICATES: dict[str, Predicate] = {
    "aimed_at_victim": aimed_at_victim,
    "in_interview_plan": in_interview_plan,
    "one_interview_each": one_interview_each,
}
