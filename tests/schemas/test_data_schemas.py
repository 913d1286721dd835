"""The schemas of the data files: sound, self-contained, and strict about what matters."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from casc_mla.core.records import read_records
from casc_mla.core.schema import read_schema
from casc_mla.lint.checklists import data_files, expected_topics
from casc_mla.lint.dataschema import SORTS, data_validator


@pytest.mark.parametrize("sort", SORTS)
def test_a_schema_is_valid_and_refers_to_shipped_files_only(sort):
    schema = read_schema(f"{sort}.schema.json")
    Draft202012Validator.check_schema(schema)
    assert "$id" not in schema

    def references(node: Any):
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                yield node["$ref"]
            for inner in node.values():
                yield from references(inner)
        elif isinstance(node, list):
            for inner in node:
                yield from references(inner)

    allowed = ("#/$defs/", *(f"{name}.schema.json#/$defs/" for name in SORTS))
    for reference in references(schema):
        assert reference.startswith(allowed)
        file, _, path = reference.partition("#/$defs/")
        assert path in read_schema(file or f"{sort}.schema.json")["$defs"]


@pytest.mark.parametrize("path", data_files(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_shipped_files_keep_their_schema(path):
    sort = {"countries": "country", "instruments": "instrument"}.get(path.parent.name, "checklist")
    errors = [f"{e.json_path}: {e.message[:200]}" for e in data_validator(sort).iter_errors(read_records(path))]
    assert errors == []


def fact(topic: str, value: Any) -> dict[str, Any]:
    words = {"en": "a", "ru": "б", "ar": "ب"}
    source = {"document": "Law", "checked_on": "2026-11-23", "status": "verified"}
    one = {"id": "AQ-F-x-1", "topic": topic, "side": "requested", "value": value, "text": words, "source": source}
    names = {lang: {"short": "X", "full": "X", "genitive": "X"} for lang in words}
    return {"id": "AQ", "names": names, "facts": [{**one, "question": words} if value == "unknown" else one]}


@pytest.mark.parametrize("topic", expected_topics(requesting=True))
def test_every_topic_may_be_unknown_but_not_empty_or_plain_text(topic):
    check = data_validator("country")
    assert check.is_valid(fact(topic, "unknown"))
    assert not check.is_valid(fact(topic, {}))
    assert not check.is_valid(fact(topic, "yes"))


@pytest.mark.parametrize(
    ("topic", "good", "bad"),
    [
        ("channel", {"routes": ["direct"]}, {"routes": ["post"]}),
        ("language", {"accepted": ["ru"]}, {"accepted": ["Russian"]}),
        ("formality_copies", {"copies": 2}, {"copies": 0}),
        ("dual_criminality", {"required": "coercive"}, {"required": True}),
        ("ar_ncb", {"available": "conditional"}, {"available": "maybe"}),
        ("network", {"name": "CASC", "member": "observer"}, {"name": "CASC"}),
        ("a_topic_of_its_own", {"anything": [1]}, "free text"),
    ],
)
def test_a_value_is_ordered_by_its_topic(topic, good, bad):
    check = data_validator("country")
    assert check.is_valid(fact(topic, good))
    assert not check.is_valid(fact(topic, bad))
