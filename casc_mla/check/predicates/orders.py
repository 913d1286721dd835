"""Predicates about orders to be enforced and their copies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casc_mla.check.predicates.items import ENFORCING, asking, ids
from casc_mla.check.validator import Failure, Predicate, phrase_in
from casc_mla.core.finding import Path
from casc_mla.load.request import Request

#: The kinds of order that can be enforced, the first before the second: a judgment may hold the confiscation.
ENFORCED = (("confiscation",), ("conviction", "other"))


def orders_of(request: Request, item: dict[str, Any]) -> list[str]:
    """Return the orders an item asks to enforce: the confiscation orders among those it names, or else the judgments.

    What is named beside them (a freezing order, the conviction) is there for information.
    """
    orders = request.by_id("orders")
    named = ids(item.get("orders"))
    by_kind = ([name for name in named if orders.get(name, {}).get("kind") in kinds] for kinds in ENFORCED)
    return next((found for found in by_kind if found), [])


def _copies(request: Request, name: Any) -> list[dict[str, Any]]:
    """Return the enclosures that hold a copy of the order.

    They are named by it or by an item on it; or else they are said to be of it, or are orders that are said to be of
    no order at all, unless their title is that of a freezing or a search.  A certificate that it is final, which may be
    said to be of it as well, is no copy.
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
            and not ("of_order" not in e and phrase_in("other_orders", e.get("title")))
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


def finality_enclosed(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless a certificate that the order with this id is final or enforceable is among the enclosures."""
    mine = (e for e in request.list_of("enclosures") if e.get("of_order", value) == value)
    if not any(phrase_in("finality_certificate", e.get("title")) for e in mine):
        yield Failure(path)


def order_to_enforce(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless the enforcement of the order with this id is asked."""
    if not any(value in orders_of(request, item) for item in asking(request, ENFORCING)):
        yield Failure(path)


def ground_of_orders(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail if the orders that the item names all rest on other grounds for doing without a conviction."""
    item = request.at(path[:-1])
    orders = request.by_id("orders")
    named = ids(item.get("orders")) if isinstance(item, dict) else []
    grounds = {name: orders.get(name, {}).get("ncb_ground") for name in named}
    other = [name for name, ground in grounds.items() if isinstance(ground, str) and ground != value]
    if other and value not in grounds.values():
        yield Failure(path, {"": ", ".join(other)})


PREDICATES: dict[str, Predicate] = {
    "copy_enclosed": copy_enclosed,
    "copy_missing": copy_missing,
    "copy_certified": copy_certified,
    "finality_enclosed": finality_enclosed,
    "order_to_enforce": order_to_enforce,
    "ground_of_orders": ground_of_orders,
}
