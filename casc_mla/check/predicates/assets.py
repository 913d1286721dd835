"""Predicates about property and what is asked for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from casc_mla.check.predicates.items import ENFORCING, FREEZING, MEASURES, TAKING, WITHOUT_CONVICTION, asking, ids
from casc_mla.check.predicates.orders import orders_of
from casc_mla.check.validator import Failure, Predicate, lookup
from casc_mla.core.finding import Path
from casc_mla.load.request import Request

#: Kinds of property of which a part can be frozen, so that a maximum amount limits the measure by itself.
DIVISIBLE = ("bank_account", "cash", "crypto", "shares", "claim")


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


def _assets_of(request: Request, item: dict[str, Any]) -> list[str]:
    """Return the assets an item names, or else those of its orders that are not said to be in another State."""
    named = ids(item.get("assets"))
    if named:
        return named
    orders, assets = request.by_id("orders"), request.by_id("assets")
    covered = [asset for name in ids(item.get("orders")) for asset in ids(orders.get(name, {}).get("assets"))]
    here = (None, request.states[1])
    return [asset for asset in covered if assets.get(asset, {}).get("location_country") in here]


def _unless_named(request: Request, path: Path, value: Any, forms: Collection[str]) -> Iterator[Failure]:
    items = request.list_of("assistance")
    if not any(item.get("form") in forms and value in _assets_of(request, item) for item in items):
        yield Failure(path)


def asset_for_measure(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless a measure (not tracing, not the lifting of one) is asked for the asset with this id."""
    return _unless_named(request, path, value, MEASURES)


def asset_to_take(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless freezing or confiscation is asked for the asset with this id."""
    return _unless_named(request, path, value, TAKING)


def asset_to_freeze(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless freezing is asked for the asset with this id."""
    return _unless_named(request, path, value, (FREEZING,))


def asset_to_hold(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless freezing, confiscation or management is asked for the asset with this id."""
    return _unless_named(request, path, value, (*TAKING, "AR-07"))


def asset_to_confiscate(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless the enforcement of an order is asked against the asset with this id."""
    return _unless_named(request, path, value, (ENFORCING,))


def asset_named(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless some form of assistance names the asset with this id, itself or through an order."""
    items = request.list_of("assistance")
    orders = request.by_id("orders")
    through = {name for item in items for name in ids(item.get("orders"))}
    if not any(value in ids(one.get("assets")) for one in [*items, *(orders.get(name, {}) for name in through)]):
        yield Failure(path)


def keeper_to_confiscate(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless the person with this id owns or holds property against which the enforcement of an order is asked."""
    kept = (str(one.get("id")) for one in request.list_of("assets") if value in (one.get("owner"), one.get("holder")))
    if all(list(asset_to_confiscate(request, path, name)) for name in kept):
        yield Failure(path)


def _unless_said(request: Request, path: Path, value: Any, said: tuple[str, str, str]) -> Iterator[Failure]:
    """Fail unless an item of this form fills in this field, and names the id in its list or has no such list."""
    form, field, references = said
    for item in asking(request, form):
        named = ids(item.get(references))
        if item.get(field) and (value in named or not named):
            return
    yield Failure(path)


def reason_in_item(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless an item on confiscation without conviction gives the reason for the order with this id."""
    return _unless_said(request, path, value, (WITHOUT_CONVICTION, "ncb_reason", "orders"))


def remaining_in_item(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless an item that enforces the order with this id gives the amount that remains."""
    return _unless_said(request, path, value, (ENFORCING, "remaining_amount", "orders"))


def addresses_in_item(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless an item on virtual assets gives the addresses of the asset with this id."""
    return _unless_said(request, path, value, ("EE-07", "addresses", "assets"))


def managed_by_item(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless an item on the asset with this id asks for its management, a wallet to keep it or another measure."""
    ways = (
        ("AR-07", "management_measure", "assets"),
        ("EE-07", "return_wallet", "assets"),
        (FREEZING, "alternative_measures", "assets"),
    )
    if all(list(_unless_said(request, path, value, way)) for way in ways):
        yield Failure(path)


def traced_by_item(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless an item on tracing names the asset with this id, or none."""
    return _unless_said(request, path, value, ("AR-01", "trace_scope", "assets"))


def _records_on(request: Request, name: Any) -> list[dict[str, Any]]:
    """Return the orders that cover the asset, and the items on its confiscation without a conviction."""
    items = [item for item in request.list_of("assistance") if name in _assets_of(request, item)]
    through = {order for item in items for order in ids(item.get("orders"))}
    listed = [(order, ids(order.get("assets"))) for order in request.list_of("orders")]
    orders = [order for order, assets in listed if name in assets or (not assets and order.get("id") in through)]
    return orders + [item for item in items if item.get("form") == WITHOUT_CONVICTION]


def tied_by_order(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless an order or item on the asset names the person concerned or rests on an unknown owner."""
    if not any(one.get("person") or "unknown_owner" in one.values() for one in _records_on(request, value)):
        yield Failure(path)


def interests_told(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless an order on the asset states who was notified, or an item on it who claims."""
    if not any(one.get("claimants") or lookup(one, "notice.statement") for one in _records_on(request, value)):
        yield Failure(path)


def covered_by_order(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if no order to be enforced lists the asset; one that lists none or fixes an amount is for a sum of money."""
    orders = request.by_id("orders")
    for item in asking(request, ENFORCING):
        if value not in ids(item.get("assets")):
            continue
        found = [orders[name] for name in orders_of(request, item) if name in orders]
        listed = [[] if order.get("max_amount") or order.get("amount") else ids(order.get("assets")) for order in found]
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


def holder_known(request: Request, path: Path, _value: Any) -> Iterator[Failure]:
    """Fail unless the asset on whose id this stands names a listed owner, holder or person with an interest."""
    asset, persons = request.at(path[:-1]), request.by_id("persons")
    interests = asset.get("interests") if isinstance(asset, dict) else None
    named = [e.get("person") for e in interests if isinstance(e, dict)] if isinstance(interests, list) else []
    if not any(name in persons for name in ids([asset.get("owner"), asset.get("holder"), *named])):
        yield Failure(path)


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
    """Fail if the known value of the indivisible assets named exceeds the maximum of the item or of its one order."""
    item = request.at(path[:-1])
    if not isinstance(item, dict):
        return
    orders, assets = request.by_id("orders"), request.by_id("assets")
    maxima = [found for name in ids(item.get("orders")) if (found := money(orders.get(name, {}).get("max_amount")))]
    limit = money(item.get("max_amount")) or (maxima[0] if len(maxima) == 1 else None)
    if not limit:
        return
    whole = [assets[name] for name in ids(value) if name in assets and assets[name].get("kind") not in DIVISIBLE]
    total = totals([asset.get("value") for asset in whole]).get(limit[0])
    if total is not None and total > limit[1]:
        yield Failure(path, {"": f"{total} > {limit[1]} {limit[0]}"})


PREDICATES: dict[str, Predicate] = {
    "asset_for_measure": asset_for_measure,
    "asset_to_take": asset_to_take,
    "asset_to_freeze": asset_to_freeze,
    "asset_to_hold": asset_to_hold,
    "asset_named": asset_named,
    "asset_to_confiscate": asset_to_confiscate,
    "keeper_to_confiscate": keeper_to_confiscate,
    "reason_in_item": reason_in_item,
    "remaining_in_item": remaining_in_item,
    "addresses_in_item": addresses_in_item,
    "managed_by_item": managed_by_item,
    "traced_by_item": traced_by_item,
    "tied_by_order": tied_by_order,
    "interests_told": interests_told,
    "covered_by_order": covered_by_order,
    "within_reach": within_reach,
    "owner_in_interests": owner_in_interests,
    "holder_known": holder_known,
    "not_over_recovered": not_over_recovered,
    "within_maximum": within_maximum,
}
