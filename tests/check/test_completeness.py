"""A good example loses a field or misspells a key: the finding stands at that place and says what to do."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from casc_mla.check.schema import check_schema
from casc_mla.core.schema import root_shape
from casc_mla.load.request import Request, load
from casc_mla.load.source import Source
from tests.conftest import EXAMPLES

GOOD = [
    "mla-kz-de-bank-records",
    "mla-uz-kz-search-video-service",
    "tip-kg-ae-victims",
    "confiscation-kz-qa-villa",
    "confiscation-am-ge-freezing",
    "spontaneous-kg-ae-tip",
    "consultation-kz-qa",
    "transfer-kz-ru",
]


def request_of(base: Request, tree: Any) -> Request:
    return Request(Source(base.name, tree, base.source.positions), tree)


def required_fields(schema: Any, value: Any, path: tuple) -> Iterator[tuple]:
    """Every field that the schema requires and the example has."""
    from casc_mla.core.schema import _chain

    if isinstance(value, dict):
        names: set[str] = set()
        for _, node in _chain(schema.file, schema.schema):
            names |= set(node.get("required", ()))
            then = node.get("then")
            condition = node.get("if", {}).get("properties", {}).get("form", {})
            if then and condition.get("const") == value.get("form"):
                for _, part in _chain(schema.file, then):
                    names |= set(part.get("required", ()))
        for name, member in schema.properties(value).items():
            if name in value:
                if name in names:
                    yield (*path, name)
                yield from required_fields(member, value[name], (*path, name))
    elif isinstance(value, list):
        for i, member in enumerate(value):
            yield from required_fields(schema.items(), member, (*path, i))


def without(tree: Any, path: tuple) -> Any:
    tree = copy.deepcopy(tree)
    parent = tree
    for part in path[:-1]:
        parent = parent[part]
    del parent[path[-1]]
    return tree


@pytest.mark.parametrize("name", GOOD)
def test_the_good_examples_keep_the_format(name):
    assert check_schema(load(str(EXAMPLES / f"{name}.yaml"))) == []


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_field_is_found_at_its_place(name):
    base = load(str(EXAMPLES / f"{name}.yaml"))
    paths = list(required_fields(root_shape(base.kind), base.data, ()))
    # The parts of `form` and `kind` decide which schema applies, so leaving them out is another kind of error.
    paths = [p for p in paths if p[-1] != "form" and p != ("kind",)]
    assert len(paths) > 10
    for path in paths:
        findings = check_schema(request_of(base, without(base.data, path)))
        assert ("SCH-REQUIRED", path) in {(f.rule, f.path) for f in findings}, path


@pytest.mark.parametrize("name", GOOD)
def test_a_misspelt_key_is_found_and_the_right_one_offered(name):
    base = load(str(EXAMPLES / f"{name}.yaml"))
    for path in [("reference",), ("requesting", "state"), ("case", "title"), ("requested", "state")]:
        tree = copy.deepcopy(base.data)
        parent = tree
        for part in path[:-1]:
            parent = parent[part]
        wrong = path[-1][:2] + path[-1][3:]
        parent[wrong] = parent.pop(path[-1])
        findings = [f for f in check_schema(request_of(base, tree)) if f.rule == "SCH-UNKNOWN-KEY"]
        assert [f.path for f in findings] == [(*path[:-1], wrong)]
        assert path[-1] in findings[0].remedy["en"]
        assert all(path[-1] in findings[0].remedy[lang] for lang in ("ru", "ar"))


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        (("date",), "2026-02-30", "SCH-FORMAT"),
        (("date",), "2026-11-09\n", "SCH-FORMAT"),
        (("date",), "9.11.2026", "SCH-FORMAT"),
        (("requesting", "state"), "KAZ", "SCH-ENUM"),
        (("requesting", "state"), "XX", "SCH-ENUM"),
        (("languages",), ["ru", "ru"], "SCH-VALUE"),
        (("languages",), ["de"], "SCH-ENUM"),
        (("languages",), [], "SCH-EMPTY"),
        (("reference",), "", "SCH-EMPTY"),
        (("facts", "damage", "amount"), "12,500", "SCH-FORMAT"),
        (("facts", "damage", "currency"), "Euro", "SCH-ENUM"),
        (("facts", "summary"), "plain text", "SCH-TYPE"),
        (("persons", 0, "protected"), "maybe", "SCH-TYPE"),
        (("persons", 0, "id"), "p 1", "SCH-FORMAT"),
        (("assistance", 0, "form"), "EV-99", "SCH-ENUM"),
        (("requesting", "contact", "email"), "nobody", "SCH-FORMAT"),
        (("requesting", "contact", "phone"), "call me", "SCH-FORMAT"),
        (("case",), None, "SCH-EMPTY"),
        (("spontaneous",), {}, "SCH-EMPTY"),
        (("tip",), {"interview": {}}, "SCH-EMPTY"),
    ],
)
def test_a_wrong_value_is_found_at_its_place(path, value, rule):
    base = load(str(EXAMPLES / "mla-kz-de-bank-records.yaml"))
    tree = copy.deepcopy(base.data)
    parent = tree
    for part in path[:-1]:
        parent = parent[part]
    parent[path[-1]] = value
    findings = check_schema(request_of(base, tree))
    assert any(f.rule == rule and f.path[: len(path)] == path for f in findings), [(f.rule, f.path) for f in findings]
    # The text of a value is never repeated.
    if isinstance(value, str) and len(value) > 3:
        assert all(value not in text for f in findings for text in f.message.values())


@pytest.mark.parametrize(
    ("iban", "right"),
    [
        ("DE89370400440532013000", True),
        ("DE89 3704 0044 0532 0130 00", True),
        ("DE88370400440532013000", False),
        ("GB82WEST12345698765432", True),
        ("de89370400440532013000", False),
        ("DE89370400440532013000\n", False),
        ("DE٨٩370400440532013000", False),
    ],
)
def test_an_iban_is_known_by_its_check_digits(iban, right):
    from casc_mla.check.schema import is_iban

    assert is_iban(iban) is right
