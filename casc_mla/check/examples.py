"""The examples that every rule carries: small changes to a good request that break the rule or keep it."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator
from functools import cache
from typing import Any

from casc_mla.check.checklist import Runner, wrong_definitions
from casc_mla.check.rules import Rule
from casc_mla.core import data
from casc_mla.load.request import Request, load
from casc_mla.load.source import Source

#: The good request that changes are laid over, by kind of request.
BASES = {
    "mla": "mla-kz-de-bank-records",
    "tip": "tip-kg-ae-victims",
    "confiscation": "confiscation-kz-qa-villa",
    "spontaneous": "spontaneous-kg-ae-tip",
    "consultation": "consultation-kz-qa",
    "transfer": "transfer-kz-ru",
}


@cache
def _base(name: str) -> Request:
    return load(str(data.require(f"examples/{name}.yaml")))


def changed(base: Request, changes: dict[str, Any]) -> Request:
    """Return the request with each dotted path set to its value; ``null`` removes the field."""
    tree = copy.deepcopy(base.data)
    for dotted, value in changes.items():
        if dotted == "_base":
            continue
        _set(tree, [int(p) if p.isdigit() else p for p in dotted.split(".")], copy.deepcopy(value))
    return Request(Source(base.name, tree, base.source.positions), tree)


def _set(tree: Any, path: list[Any], value: Any) -> None:
    for part, after in itertools.pairwise(path):
        if isinstance(tree, dict):
            tree = tree.setdefault(part, [] if isinstance(after, int) else {})
        else:
            while len(tree) <= part:
                tree.append([] if isinstance(after, int) else {})
            tree = tree[part]
    last = path[-1]
    if value is None:
        if isinstance(tree, dict):
            tree.pop(last, None)
        elif last < len(tree):
            del tree[last]
    elif isinstance(tree, list):
        while len(tree) <= last:
            tree.append(None)
        tree[last] = value
    else:
        tree[last] = value


def example_request(rule: Rule, changes: dict[str, Any]) -> Request:
    """Return the request that an example of a rule describes."""
    kind = next((k for k in rule.kinds if k in BASES), "mla")
    return changed(_base(str(changes.get("_base", BASES[kind]))), changes)


def wrong_examples(rule: Rule) -> Iterator[str]:
    """Yield what is wrong with a rule and its examples, in words for the person who maintains it."""
    definitions = list(wrong_definitions(rule))
    if definitions:
        yield from definitions
        return
    for name, expected in (("fails", True), ("passes", False)):
        examples = getattr(rule, name)
        if not examples:
            yield f"{rule.id}: no example under `{name}`"
        for i, changes in enumerate(examples):
            request = example_request(rule, changes)
            applies = rule.concerns(request.kind, request.forms, set(request.instruments), request.states)
            broken = applies and bool(list(Runner(request).broken(rule)))
            if broken != expected:
                yield f"{rule.id}: {name}[{i}] {'does not break' if expected else 'breaks'} the rule"
