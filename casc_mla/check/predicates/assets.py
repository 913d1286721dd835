"""Predicates about property, the orders that concern it, and whom a measure is aimed at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from casc_mla.check.validator import Failure, Predicate
from casc_mla.core.finding import Path
from casc_mla.load.request import Request

#: Forms that only look for property, and the form that enforces an order.
TRACING, ENFORCING = "AR-01", "AR-03"
#: The family of the forms that concern property.
FAMILY = "AR-"


def ids(value: Any) -> list[str]:
    """Return the ids that a reference holds: one text or a list of texts."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, str)]


def money(value: Any) -> tuple[str, Decimal] | None:
    """Return currency and amount, or None where one of them is missing or no number."""
    if not isinstance(value, dict) or not isinstance(value.get("currency"), str):
        return None
    try:
        amount = Decimal(str(value.get("amount")))
    except InvalidOperation:
        return None
    return (value["currency"], amount) if amount.is_finite() else None


def totals(values: list[Any]) -> dict[str, Decimal]:
    """Return the sums by currency of the amounts that can be read."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for value in values:
        found = money(value)
        if found:
            sums[found[0]] += found[1]
    return sums


def _asking(request: Request, form: str) -> list[dict[str, Any]]:
    return [item for item in request.list_of("assistance") if item.get("form") == form]


def asset_for_measure(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless a measure that goes beyond tracing is asked for the asset with this id."""
    for item in request.list_of("assistance"):
        form = item.get("form")
        if isinstance(form, str) and form.startswith(FAMILY) and form != TRACING and value in ids(item.get("assets")):
            return
    yield Failure(path)


def offence_for_measure(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless a measure that goes beyond tracing rests on the offence with this id, or names no offence at all."""
    for item in request.list_of("assistance"):
        form, named = item.get("form"), ids(item.get("offences"))
        if isinstance(form, str) and form.startswith(FAMILY) and form != TRACING and (not named or value in named):
            return
    yield Failure(path)


def asset_named(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless some form of assistance names the asset with this id."""
    if not any(value in ids(item.get("assets")) for item in request.list_of("assistance")):
        yield Failure(path)


def asset_to_confiscate(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless the enforcement of an order is asked against the asset with this id."""
    if not any(value in ids(item.get("assets")) for item in _asking(request, ENFORCING)):
        yield Failure(path)


def order_to_enforce(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless the enforcement of the order with this id is asked."""
    if not any(value in ids(item.get("orders")) for item in _asking(request, ENFORCING)):
        yield Failure(path)


def covered_by_order(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if no order to be enforced lists the asset; an order that lists none is one for a sum of money."""
    orders = request.by_id("orders")
    for item in _asking(request, ENFORCING):
        if value not in ids(item.get("assets")):
            continue
        listed = [ids(orders[name].get("assets")) for name in ids(item.get("orders")) if name in orders]
        if listed and all(listed) and not any(value in assets for assets in listed):
            yield Failure(path, {"": ", ".join(ids(item.get("orders")))})


def within_reach(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the country is not the requested State."""
    requested = request.states[1]
    if requested and isinstance(value, str) and value != requested:
        yield Failure(path, {"": value})


def owner_in_interests(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless the owner of the asset is among those whose interests in it are listed."""
    asset = request.at(path[:-1])
    interests = asset.get("interests") if isinstance(asset, dict) else None
    named = [e.get("person") for e in interests if isinstance(e, dict)] if isinstance(interests, list) else []
    if value not in named:
        yield Failure(path, {"": str(value)})


def not_over_recovered(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if what was executed elsewhere and what remains add up to more than the order."""
    order = request.at(path[:-1])
    ordered = money(order.get("amount")) if isinstance(order, dict) else None
    if not ordered or not isinstance(value, list):
        return
    parts = [e.get("amount") for e in value if isinstance(e, dict)]
    currency, amount = ordered
    total = totals([*parts, order.get("remaining")]).get(currency, Decimal(0))
    if total > amount:
        yield Failure(path, {"": f"{total} > {amount} {currency}"})


def within_maximum(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the known value of the assets named exceeds the maximum of the item, or else the damage."""
    item = request.at(path[:-1])
    facts = request.data.get("facts")
    limit = money(item.get("max_amount")) if isinstance(item, dict) else None
    limit = limit or (money(facts.get("damage")) if isinstance(facts, dict) else None)
    if not limit:
        return
    assets = request.by_id("assets")
    total = totals([assets[name].get("value") for name in ids(value) if name in assets]).get(limit[0])
    if total is not None and total > limit[1]:
        yield Failure(path, {"": f"{total} > {limit[1]} {limit[0]}"})


def ground_of_orders(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if an order that the item names rests on another ground for doing without a conviction."""
    item = request.at(path[:-1])
    orders = request.by_id("orders")
    for name in ids(item.get("orders")) if isinstance(item, dict) else []:
        ground = orders.get(name, {}).get("ncb_ground")
        if isinstance(ground, str) and ground != value:
            yield Failure(path, {"": name})


def aimed_at_victim(request: Request, path: Path, _value: Any) -> Iterator[Failure]:
    """Fail unless the item on whose form this stands names a victim as its target."""
    item = request.at(path[:-1])
    persons = request.by_id("persons")
    named = [*ids(item.get("target")), *ids(item.get("targets"))] if isinstance(item, dict) else []
    if not any(persons.get(name, {}).get("role") == "victim" for name in named):
        yield Failure(path)


def in_interview_plan(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the plan of the interview names persons, but not those to be heard."""
    planned = ids(request.at(("tip", "interview", "persons")))
    missing = [name for name in ids(value) if name not in planned]
    if planned and missing:
        yield Failure(path, {"": ", ".join(missing)})


PREDICATES: dict[str, Predicate] = {
    "asset_for_measure": asset_for_measure,
    "offence_for_measure": offence_for_measure,
    "asset_named": asset_named,
    "asset_to_confiscate": asset_to_confiscate,
    "order_to_enforce": order_to_enforce,
    "covered_by_order": covered_by_order,
    "within_reach": within_reach,
    "owner_in_interests": owner_in_interests,
    "not_over_recovered": not_over_recovered,
    "within_maximum": within_maximum,
    "ground_of_orders": ground_of_orders,
    "aimed_at_victim": aimed_at_victim,
    "in_interview_plan": in_interview_plan,
}
