"""Predicates about property, the orders that concern it, and whom a measure is aimed at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from casc_mla.check.validator import Failure, Predicate, lookup, phrase_in
from casc_mla.core.finding import Path
from casc_mla.load.request import Request

#: The forms that freeze, that enforce an order, and that confiscate without a conviction.
FREEZING, ENFORCING, WITHOUT_CONVICTION = "AR-02", "AR-03", "AR-05"
#: The forms that take property, and all that ask for a measure about it (not tracing, not the lifting of a measure).
TAKING = (FREEZING, ENFORCING, "AR-04", WITHOUT_CONVICTION)
MEASURES = (*TAKING, "AR-06", "AR-07")
#: The kinds of order that can be enforced, the first before the second: a judgment may hold the confiscation.
ENFORCED = (("confiscation",), ("conviction", "other"))
#: The forms that go from police to police or to a company, outside the laws on legal assistance.
INFORMAL = ("PL-01", "PL-02", "EE-06")
#: Kinds of property of which a part can be frozen, so that a maximum amount limits the measure by itself.
DIVISIBLE = ("bank_account", "cash", "crypto", "shares", "claim")


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


def _asking(request: Request, *forms: str) -> list[dict[str, Any]]:
    return [item for item in request.list_of("assistance") if item.get("form") in forms]


def _assets_of(request: Request, item: dict[str, Any]) -> list[str]:
    """Return the assets an item names, or else those of its orders that are not said to be in another State."""
    named = ids(item.get("assets"))
    if named:
        return named
    orders, assets = request.by_id("orders"), request.by_id("assets")
    covered = [asset for name in ids(item.get("orders")) for asset in ids(orders.get(name, {}).get("assets"))]
    here = (None, request.states[1])
    return [asset for asset in covered if assets.get(asset, {}).get("location_country") in here]


def _orders_of(request: Request, item: dict[str, Any]) -> list[str]:
    """Return the orders an item asks to enforce: the confiscation orders among those it names, or else the judgments.

    What is named beside them (a freezing order, the conviction) is there for information.
    """
    orders = request.by_id("orders")
    named = ids(item.get("orders"))
    by_kind = ([name for name in named if orders.get(name, {}).get("kind") in kinds] for kinds in ENFORCED)
    return next((found for found in by_kind if found), [])


def offence_for_measure(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless a measure that goes beyond tracing rests on the offence with this id, or names no offence at all."""
    items = (item for item in request.list_of("assistance") if item.get("form") in (*MEASURES, "AR-08"))
    if not any(not named or value in named for named in (ids(item.get("offences")) for item in items)):
        yield Failure(path)


def _unless_relied_on(path: Path, value: Any, items: Collection[dict[str, Any]]) -> Iterator[Failure]:
    """Fail if every one of these items names offences and none of them the one with this id."""
    if items and not any(not named or value in named for named in (ids(item.get("offences")) for item in items)):
        yield Failure(path)


def offence_to_seize(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the items that ask for search, seizure or freezing all name other offences than the one with this id."""
    return _unless_relied_on(path, value, _asking(request, "EV-10", FREEZING))


def offence_to_coerce(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the items that ask for coercion, a measure about property or a transfer all name other offences."""
    coercive = [item for item in request.list_of("assistance") if item.get("coercive") is True]
    return _unless_relied_on(path, value, [*coercive, *_asking(request, "EV-10", "TR-01", *MEASURES)])


def offence_relied_on(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the items of legal assistance all name other offences than the one with this id."""
    items = [item for item in request.list_of("assistance") if item.get("form") not in INFORMAL]
    return _unless_relied_on(path, value, items)


def offence_to_transfer(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the items that ask for the transfer of proceedings all name other offences than the one with this id."""
    return _unless_relied_on(path, value, _asking(request, "TR-01"))


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


def order_to_enforce(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless the enforcement of the order with this id is asked."""
    if not any(value in _orders_of(request, item) for item in _asking(request, ENFORCING)):
        yield Failure(path)


def _copies(request: Request, name: Any) -> list[dict[str, Any]]:
    """Return the enclosures that hold a copy of the order.

    They are named by it or by an item on it; or else they are said to be of it, or are orders that are said to be of
    no order at all.  A certificate that it is final, which may be said to be of it as well, is no copy.
    """
    certified = ids(request.by_id("orders").get(name, {}).get("certified_copy"))
    mine: list[str] = []
    others = [
        c for one, order in request.by_id("orders").items() if one != name for c in ids(order.get("certified_copy"))
    ]
    for item in request.list_of("assistance"):
        home = item.get("home_order")
        if isinstance(home, dict):
            (mine if name in ids(item.get("orders")) else others).extend(ids(home.get("enclosure")))
    named, said = [], []
    for e in request.list_of("enclosures"):
        one, kind, of = e.get("id"), e.get("kind"), e.get("of_order", name)
        if kind in ("law_text", "translation"):
            continue
        if one in certified or (one in mine and of == name):
            named.append(e)
        elif (
            of == name
            and ("of_order" in e or (kind == "order" and one not in others))
            and not phrase_in("finality_certificate", e.get("title"))
        ):
            said.append(e)
    return named or said


def copy_enclosed(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless a copy of the order with this id is among the enclosures."""
    if not _copies(request, value):
        yield Failure((*path[:-1], "certified_copy"))


def copy_missing(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if a copy of the order with this id is among the enclosures."""
    if _copies(request, value):
        yield Failure(path)


def copy_certified(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if there are copies of the order with this id, but none is said to be certified, or by whom."""
    copies = _copies(request, value)
    if copies and not any(one.get("certified", bool(one.get("certified_by"))) is True for one in copies):
        yield Failure((*path[:-1], "certified_copy"))


def _unless_said(request: Request, path: Path, value: Any, said: tuple[str, str, str]) -> Iterator[Failure]:
    """Fail unless an item of this form fills in this field, and names the id in its list or has no such list."""
    form, field, references = said
    for item in _asking(request, form):
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
    """Fail unless an item on the management of property concerns the asset with this id."""
    return _unless_said(request, path, value, ("AR-07", "management_measure", "assets"))


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
    for item in _asking(request, ENFORCING):
        if value not in ids(item.get("assets")):
            continue
        found = [orders[name] for name in _orders_of(request, item) if name in orders]
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
    """Fail if the known value of the indivisible assets named exceeds the maximum of the item or of its orders."""
    item = request.at(path[:-1])
    if not isinstance(item, dict):
        return
    orders, assets = request.by_id("orders"), request.by_id("assets")
    maxima = [item.get("max_amount"), *(orders.get(name, {}).get("max_amount") for name in ids(item.get("orders")))]
    limit = next((found for found in map(money, maxima) if found), None)
    if not limit:
        return
    whole = [assets[name] for name in ids(value) if name in assets and assets[name].get("kind") not in DIVISIBLE]
    total = totals([asset.get("value") for asset in whole]).get(limit[0])
    if total is not None and total > limit[1]:
        yield Failure(path, {"": f"{total} > {limit[1]} {limit[0]}"})


def ground_of_orders(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the orders that the item names all rest on other grounds for doing without a conviction."""
    item = request.at(path[:-1])
    orders = request.by_id("orders")
    named = ids(item.get("orders")) if isinstance(item, dict) else []
    grounds = {name: orders.get(name, {}).get("ncb_ground") for name in named}
    other = [name for name, ground in grounds.items() if isinstance(ground, str) and ground != value]
    if other and value not in grounds.values():
        yield Failure(path, {"": ", ".join(other)})


def aimed_at_victim(request: Request, path: Path, _value: Any) -> Iterator[Failure]:
    """Fail unless the item on whose form this stands names a victim as its target or hears its target as one."""
    item = request.at(path[:-1])
    persons = request.by_id("persons")
    named = [*ids(item.get("target")), *ids(item.get("targets"))] if isinstance(item, dict) else []
    heard_as_victim = isinstance(item, dict) and item.get("person_status") == "victim"
    if not heard_as_victim and not any(persons.get(name, {}).get("role") == "victim" for name in named):
        yield Failure(path)


def in_interview_plan(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the plan of the interview names persons, but not those to be heard."""
    planned = ids(request.at(("tip", "interview", "persons")))
    missing = [name for name in ids(value) if name not in planned]
    if planned and missing:
        yield Failure(path, {"": ", ".join(missing)})


def one_interview_each(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if more interviews are planned than the plan, or else the items for victims, names persons."""
    persons = set(ids(request.at(("tip", "interview", "persons"))))
    if not persons:
        items = [item for item in request.list_of("assistance") if item.get("form") == "TP-01"]
        persons = {name for item in items for name in [*ids(item.get("target")), *ids(item.get("targets"))]}
    if isinstance(value, int) and value > max(1, len(persons)):
        yield Failure(path)


PREDICATES: dict[str, Predicate] = {
    "asset_for_measure": asset_for_measure,
    "asset_to_take": asset_to_take,
    "asset_to_freeze": asset_to_freeze,
    "asset_to_hold": asset_to_hold,
    "asset_named": asset_named,
    "offence_for_measure": offence_for_measure,
    "offence_to_seize": offence_to_seize,
    "offence_to_coerce": offence_to_coerce,
    "offence_relied_on": offence_relied_on,
    "offence_to_transfer": offence_to_transfer,
    "asset_to_confiscate": asset_to_confiscate,
    "keeper_to_confiscate": keeper_to_confiscate,
    "order_to_enforce": order_to_enforce,
    "copy_enclosed": copy_enclosed,
    "copy_missing": copy_missing,
    "copy_certified": copy_certified,
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
    "ground_of_orders": ground_of_orders,
    "aimed_at_victim": aimed_at_victim,
    "in_interview_plan": in_interview_plan,
    "one_interview_each": one_interview_each,
}
