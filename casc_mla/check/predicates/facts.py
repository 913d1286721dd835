"""Predicates about the frame and the facts of a request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casc_mla.check.validator import Failure, Predicate, lookup, texts_of
from casc_mla.core.finding import Path
from casc_mla.load.request import Request


def is_the_requested_state(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """The State named here is the one that is asked."""
    requested = request.states[1]
    if not requested or value != requested:
        yield Failure(path)


def not_the_requested_state(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """The State named here is another than the one that is asked."""
    requested = request.states[1]
    if requested and value == requested:
        yield Failure(path, {"": requested})


def not_the_requesting_state(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """The State named here is another than the one that asks."""
    requesting = request.states[0]
    if requesting and value == requesting:
        yield Failure(path, {"": requesting})


def a_third_state(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """The State named here is neither the one that asks nor the one that is asked."""
    if value in request.states:
        yield Failure(path, {"": str(value)})


def acts_described(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Find an id of a person whose acts ``facts.roles`` does not describe."""
    roles = lookup(request.data, "facts.roles")
    listed = [r for r in roles if isinstance(r, dict)] if isinstance(roles, list) else []
    if not any(r.get("person") == value and any(map(str.strip, texts_of(r.get("acts")))) for r in listed):
        yield Failure(path, {"": str(value)})


PREDICATES: dict[str, Predicate] = {
    "acts_described": acts_described,
    "is_the_requested_state": is_the_requested_state,
    "not_the_requested_state": not_the_requested_state,
    "not_the_requesting_state": not_the_requesting_state,
    "a_third_state": a_third_state,
}
