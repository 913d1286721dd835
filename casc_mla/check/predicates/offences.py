"""Predicates about the offences that measures rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from casc_mla.check.predicates.items import ENFORCING, FREEZING, INFORMAL, MEASURES, asking, ids
from casc_mla.check.validator import Failure, Predicate
from casc_mla.core.finding import Path
from casc_mla.load.request import Request


def _unless_relied_on(path: Path, value: Any, items: Collection[dict[str, Any]]) -> Iterator[Failure]:
    """Fail if every one of these items names offences and none of them the one with this id."""
    if items and not any(not named or value in named for named in (ids(item.get("offences")) for item in items)):
        yield Failure(path)


def offence_for_measure(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless a measure that goes beyond tracing rests on the offence with this id, or names no offence at all."""
    items = asking(request, *MEASURES, "AR-08")
    if not any(not named or value in named for named in (ids(item.get("offences")) for item in items)):
        yield Failure(path)


def offence_to_seize(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the items that ask for search, seizure or freezing all name other offences than the one with this id."""
    return _unless_relied_on(path, value, asking(request, "EV-10", FREEZING))


def offence_to_coerce(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the items that ask for coercion, a measure about property or a transfer all name other offences."""
    coercive = [item for item in request.list_of("assistance") if item.get("coercive") is True]
    return _unless_relied_on(path, value, [*coercive, *asking(request, "EV-10", "TR-01", *MEASURES)])


def offence_relied_on(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the items of legal assistance all name other offences than the one with this id."""
    items = [item for item in request.list_of("assistance") if item.get("form") not in INFORMAL]
    return _unless_relied_on(path, value, items)


def offence_to_enforce(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the items that ask for the enforcement of an order all name other offences than the one with this id."""
    return _unless_relied_on(path, value, asking(request, ENFORCING))


def offence_to_transfer(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the items that ask for the transfer of proceedings all name other offences than the one with this id."""
    return _unless_relied_on(path, value, asking(request, "TR-01"))


PREDICATES: dict[str, Predicate] = {
    "offence_for_measure": offence_for_measure,
    "offence_to_seize": offence_to_seize,
    "offence_to_coerce": offence_to_coerce,
    "offence_relied_on": offence_relied_on,
    "offence_to_enforce": offence_to_enforce,
    "offence_to_transfer": offence_to_transfer,
}
