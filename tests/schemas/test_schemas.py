"""The published schemas: sound, self-contained, fully labelled, and strict."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

Schema = dict[str, Any]

SCHEMA_DIR = Path(__file__).resolve().parents[2] / "schemas"
KINDS = ("mla", "tip", "confiscation", "spontaneous", "consultation", "transfer")
FILES = (
    "common.schema.json",
    "request.schema.json",
    "tables.schema.json",
    "forms.schema.json",
    "assistance.schema.json",
    *(f"{kind}.schema.json" for kind in KINDS),
)
FORM_CODES = (
    *(f"EV-{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17)),
    *(f"SI-{n:02}" for n in range(1, 6)),
    *(f"EE-{n:02}" for n in range(1, 8)),
    *(f"AR-{n:02}" for n in range(1, 9)),
    "TR-01",
    "PL-01",
    "PL-02",
    "XX-01",
    *(f"TP-{n:02}" for n in range(1, 10)),
    "SM-01",
)
FORM_CODE = re.compile(r"[A-Z]{2}-[0-9]{2}")
STATEMENT_FORMS = ("EV-01", "EV-02", "EV-03", "TP-01")
ISO_LISTS = {"country": 249, "currency": 178, "language": 183}
# The only name with two types: a yes/no on an offence, a text among the assurances.
TEXT_NAMESAKES = {("death_penalty", "assurances")}
CYRILLIC = re.compile("[\u0400-\u04ff]")
ARABIC = re.compile("[\u0600-\u06ff]")


def load(name: str) -> Schema:
    """Read one schema file."""
    schema: Schema = json.loads((SCHEMA_DIR / name).read_text(encoding="utf-8"))
    return schema


SCHEMAS: dict[str, Schema] = {name: load(name) for name in FILES}
REGISTRY: Registry[Any] = Registry().with_resources(
    (name, Resource.from_contents(schema, default_specification=DRAFT202012)) for name, schema in SCHEMAS.items()
)
Location = tuple[str, str, Schema]


def subschemas(value: object, pointer: str = "") -> Iterator[tuple[str, Schema]]:
    """Yield every schema inside a schema, with its JSON pointer."""
    if not isinstance(value, dict):
        return
    yield pointer, value
    for keyword in ("properties", "$defs"):
        for name, child in value.get(keyword, {}).items():
            yield from subschemas(child, f"{pointer}/{keyword}/{name}")
    for keyword in ("items", "if", "then", "else", "not"):
        yield from subschemas(value.get(keyword), f"{pointer}/{keyword}")
    for keyword in ("allOf", "anyOf", "oneOf"):
        for index, child in enumerate(value.get(keyword, [])):
            yield from subschemas(child, f"{pointer}/{keyword}/{index}")


EVERYTHING: list[Location] = [
    (name, pointer, schema) for name, document in SCHEMAS.items() for pointer, schema in subschemas(document)
]
# The tests inside `if` name a property without describing it.
PROPERTIES: list[Location] = [
    (name, pointer, schema)
    for name, pointer, schema in EVERYTHING
    if pointer.rpartition("/")[0].endswith("/properties") and "/if/" not in pointer
]


def within(name: str, places: list[Location]) -> list[tuple[str, Schema]]:
    """Return the places of one file."""
    return [(pointer, schema) for file, pointer, schema in places if file == name]


def three_languages(words: dict[str, str]) -> bool:
    """Tell whether a label stands in English, Russian and Arabic, each in its own script."""
    return (
        set(words) == {"en", "ru", "ar"}
        and bool(words["en"].strip())
        and bool(CYRILLIC.search(words["ru"]))
        and bool(ARABIC.search(words["ar"]))
    )


def is_labelled(schema: Schema) -> bool:
    """Tell whether a place has a title in three languages and an explanation."""
    label = {"en": schema.get("title", ""), **schema.get("x-label", {})}
    return three_languages(label) and schema.get("description", "").endswith((".", ")"))


def validator(name: str, pointer: str = "") -> Draft202012Validator:
    """Build a validator for one place in a schema file, reading shipped files only."""
    return Draft202012Validator({"$ref": f"{name}#{pointer}"}, registry=REGISTRY, format_checker=FormatChecker())


def validate(instance: object, name: str) -> list[str]:
    """Return the places and keywords that fail when a request is checked with a schema file."""
    errors = validator(name).iter_errors(instance)
    return [f"{error.json_path}: {error.validator}" for error in errors]


def kind_of_value(schema: Schema, name: str) -> str:
    """Follow references to the type of a property."""
    if "$ref" in schema:
        resolved = REGISTRY.resolver(base_uri=name).lookup(schema["$ref"])
        file = schema["$ref"].partition("#")[0] or name
        return kind_of_value(resolved.contents, file)
    if "const" in schema:
        return type(schema["const"]).__name__.replace("str", "string")
    return str(schema.get("type"))


# ------------------------------------------------------------------ the files themselves


def test_no_schema_file_is_forgotten() -> None:
    """Every request schema in the folder is covered here."""
    assert set(FILES) <= {path.name for path in SCHEMA_DIR.glob("*.schema.json")}


@pytest.mark.parametrize("name", FILES)
def test_schema_is_valid(name: str) -> None:
    """Each file is a valid 2020-12 schema without an address of its own."""
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "$id" not in SCHEMAS[name]


@pytest.mark.parametrize("name", FILES)
def test_references_stay_inside_the_shipped_files(name: str) -> None:
    """Every reference is relative and leads to an existing definition."""
    resolver = REGISTRY.resolver(base_uri=name)
    for pointer, schema in subschemas(SCHEMAS[name]):
        if "$ref" in schema:
            assert "://" not in schema["$ref"], pointer
            assert isinstance(resolver.lookup(schema["$ref"]).contents, dict), pointer


def test_every_form_has_a_definition() -> None:
    """The forms file, the form list and the dispatch name the same codes."""
    definitions = {key for key in SCHEMAS["forms.schema.json"]["$defs"] if FORM_CODE.fullmatch(key)}
    assistance = SCHEMAS["assistance.schema.json"]
    dispatched = {branch["if"]["properties"]["form"]["const"]: branch["then"]["$ref"] for branch in assistance["allOf"]}
    assert definitions == set(FORM_CODES)
    assert set(assistance["properties"]["form"]["enum"]) == set(FORM_CODES)
    assert dispatched == {code: f"forms.schema.json#/$defs/{code}" for code in FORM_CODES}


@pytest.mark.parametrize("code", FORM_CODES)
def test_form_does_not_redefine_a_common_field(code: str) -> None:
    """A field of a form never repeats a field common to all forms."""
    common = SCHEMAS["assistance.schema.json"]["properties"]
    assert not set(common) & set(SCHEMAS["forms.schema.json"]["$defs"][code].get("properties", {}))


@pytest.mark.parametrize("code", STATEMENT_FORMS[1:])
def test_forms_of_testimony_share_their_fields(code: str) -> None:
    """All forms of testimony describe the shared fields identically."""
    forms = SCHEMAS["forms.schema.json"]["$defs"]
    first = forms["EV-01"]["properties"]
    assert first.items() <= forms[code]["properties"].items()


# ------------------------------------------------------------------ labels and examples


@pytest.mark.parametrize("name", FILES)
def test_properties_are_labelled(name: str) -> None:
    """Each property has a title in three languages, an explanation and an example."""
    places = within(name, PROPERTIES)
    assert [pointer for pointer, schema in places if not is_labelled(schema)] == []
    assert [pointer for pointer, schema in places if not schema.get("examples")] == []


@pytest.mark.parametrize("name", FILES)
def test_definitions_are_labelled(name: str) -> None:
    """Each file and each shared definition has a title in three languages and an explanation."""
    definitions = SCHEMAS[name].get("$defs", {})
    assert is_labelled(SCHEMAS[name])
    assert [key for key, schema in definitions.items() if not is_labelled(schema)] == []


@pytest.mark.parametrize("name", FILES)
def test_objects_in_lists_have_a_title(name: str) -> None:
    """The elements of a list carry a title, beside the reference or behind it."""
    resolver = REGISTRY.resolver(base_uri=name)
    for pointer, schema in within(name, EVERYTHING):
        items = schema.get("items", {})
        if "$ref" in items:
            assert items.get("title") or resolver.lookup(items["$ref"]).contents.get("title"), pointer


@pytest.mark.parametrize("name", FILES)
def test_choices_are_printable(name: str) -> None:
    """Each choice has a label in three languages; the ISO lists take theirs from elsewhere."""
    for pointer, schema in within(name, EVERYTHING):
        if "enum" in schema and pointer not in {f"/$defs/{iso}" for iso in ISO_LISTS}:
            assert list(schema["x-enum"]) == schema["enum"], pointer
        assert all(map(three_languages, schema.get("x-enum", {}).values())), pointer


@pytest.mark.parametrize(("iso", "size"), ISO_LISTS.items())
def test_iso_lists_are_complete(iso: str, size: int) -> None:
    """The lists of countries, currencies and languages are whole, sorted and without doubles."""
    codes = SCHEMAS["common.schema.json"]["$defs"][iso]["enum"]
    assert len(codes) == size
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("name", FILES)
def test_examples_are_valid(name: str) -> None:
    """Each example passes the schema it illustrates."""
    for pointer, schema in within(name, EVERYTHING):
        check = validator(name, pointer)
        for example in schema.get("examples", []):
            assert not list(check.iter_errors(example)), f"{pointer}: {example}"


# ------------------------------------------------------------------ types and strictness


def test_yes_no_and_number_names_keep_one_type() -> None:
    """A name used for yes/no or a whole number never has another scalar type.

    The one namesake is a text (a map of languages), which cannot be mistaken for a scalar.
    """
    types: dict[str, set[str]] = {}
    for name, pointer, schema in PROPERTIES:
        owner, _, key = pointer.rpartition("/properties/")
        kind = kind_of_value(schema, name)
        if (key, owner.rpartition("/")[2]) in TEXT_NAMESAKES:
            assert schema["$ref"] == "common.schema.json#/$defs/text"
            continue
        types.setdefault(key, set()).add(kind)
    mixed = {key: kinds for key, kinds in types.items() if len(kinds) > 1}
    assert not {k: v for k, v in mixed.items() if v & {"boolean", "integer"}}


@pytest.mark.parametrize("name", FILES)
def test_objects_refuse_unknown_keys(name: str) -> None:
    """Every object is closed; a form is closed by the item of assistance that includes it."""
    for pointer, schema in within(name, EVERYTHING):
        if schema.get("type") == "object" and not FORM_CODE.fullmatch(pointer.rpartition("/")[2]):
            closed = schema.get("additionalProperties", schema.get("unevaluatedProperties"))
            assert closed is False, pointer


@pytest.mark.parametrize("name", FILES)
def test_required_fields_exist_and_required_lists_need_an_element(name: str) -> None:
    """A required field is described, and a required list asks for at least one element."""
    for pointer, schema in within(name, EVERYTHING):
        file = schema.get("$ref", name) if pointer == "" else name
        described = SCHEMAS[file]["properties"] if file != name else schema.get("properties", {})
        for key in schema.get("required", []) if described else []:
            assert key in described, f"{pointer}: {key}"
            if kind_of_value(described[key], file) == "array":
                assert described[key]["minItems"] >= 1, f"{pointer}: {key}"


@pytest.mark.parametrize("name", FILES)
def test_patterns_refuse_a_trailing_newline(name: str) -> None:
    """No pattern accepts its own example with a line break before or after it."""
    for pointer, schema in within(name, EVERYTHING):
        for example in schema["examples"] if "pattern" in schema else []:
            pattern = re.compile(schema["pattern"])
            assert pattern.search(example), pointer
            broken = [example + tail for tail in ("\n", "\r\n", "\u2028", " x!\n")] + ["\n" + example]
            assert not any(pattern.search(text) for text in broken), pointer


# ------------------------------------------------------------------ whole requests


def request(kind: str) -> Schema:
    """Build the smallest request of a kind that its schema accepts."""
    base: Schema = {
        "kind": kind,
        "reference": "7-12/2026-0345",
        "date": "2026-11-23",
        "languages": ["en", "ru"],
        "requesting": {
            "state": "KZ",
            "competent_authority": {
                "name": {"en": "Prosecutor's Office", "ru": "Прокуратура"},
                "function": "Conducts the public prosecution",
            },
        },
        "requested": {"state": "GE"},
        "case": {"reference": "12345", "title": "Case against P. and others", "stage": "trial"},
    }
    facts: Schema = {"summary": {"en": "Three women were recruited and exploited."}}
    person: Schema = {
        "id": "P1",
        "kind": "natural",
        "role": "suspect",
        "names": {"cyrillic": "Петров Иван"},
    }
    item: Schema = {
        "form": "EV-01",
        "target": "P1",
        "person_status": "witness",
        "coercive": False,
        "questions": [{"en": "Who paid the rent?"}],
    }
    asset: Schema = {"id": "AS1", "kind": "cash", "description": "EUR 5,000 in notes"}
    parts: dict[str, Schema] = {
        "mla": {"facts": facts, "assistance": [item], "persons": [person]},
        "tip": {"facts": facts, "assistance": [item], "tip": {"elements": {"child_victim": True}}},
        "confiscation": {
            "facts": facts,
            "assistance": [{"form": "AR-02", "assets": ["AS1"], "freezing_grounds": {"en": "Proceeds."}}],
            "assets": [asset],
        },
        "spontaneous": {"facts": facts, "spontaneous": {"confidential": True}},
        "consultation": {"consultation": {"questions": [{"id": "Q1", "text": {"en": "Is an order needed?"}}]}},
        "transfer": {"facts": facts, "persons": [person], "transfer": {"file": {"volumes": 3}}},
    }
    return base | parts[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_small_request_passes(kind: str) -> None:
    """A small request passes the schema of its kind and the general one."""
    assert validate(request(kind), f"{kind}.schema.json") == []
    assert validate(request(kind), "request.schema.json") == []


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_do_not_pass_for_each_other(kind: str) -> None:
    """A request is refused by the schema of any other kind."""
    for other in set(KINDS) - {kind}:
        assert validate(request(kind), f"{other}.schema.json")


@pytest.mark.parametrize("kind", KINDS)
def test_required_parts_are_asked_for(kind: str) -> None:
    """Leaving out any required part, or the general part, is an error."""
    required = {*SCHEMAS[f"{kind}.schema.json"]["required"]}
    required |= {*SCHEMAS["request.schema.json"]["required"]}
    for key in required:
        broken = {name: value for name, value in request(kind).items() if name != key}
        assert validate(broken, f"{kind}.schema.json"), key


@pytest.mark.parametrize("kind", KINDS)
def test_unknown_key_at_top_level_is_refused(kind: str) -> None:
    """A mistyped key at top level is found."""
    broken = request(kind) | {"offense": []}
    assert validate(broken, f"{kind}.schema.json") == ["$: additionalProperties"]


def test_unknown_key_in_a_person_is_refused() -> None:
    """A mistyped key in a person is found."""
    broken = request("mla")
    broken["persons"][0]["birthday"] = "1984-07-19"
    assert validate(broken, "mla.schema.json") == ["$.persons[0]: additionalProperties"]


@pytest.mark.parametrize("key", ["person_statuss", "emergency", "compulsion_reason"])
def test_unknown_key_in_an_item_of_assistance_is_refused(key: str) -> None:
    """A mistyped key, or a field of another form, is found in an item of assistance."""
    broken = request("mla")
    broken["assistance"][0][key] = {"en": "text"}
    assert validate(broken, "mla.schema.json") == ["$.assistance[0]: unevaluatedProperties"]


@pytest.mark.parametrize("code", FORM_CODES)
def test_each_form_accepts_all_its_fields_and_no_others(code: str) -> None:
    """An item filled with the examples of its form passes; an unknown key in it does not."""
    form = SCHEMAS["forms.schema.json"]["$defs"][code]
    fields = {key: field["examples"][0] for key, field in form["properties"].items()}
    item = copy.deepcopy({"form": code} | fields)
    assert validate(item, "assistance.schema.json") == []
    assert validate(item | {"unknown": "x"}, "assistance.schema.json")
    for key in form.get("required", []):
        broken = {name: value for name, value in item.items() if name != key}
        assert validate(broken, "assistance.schema.json"), key


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("date",), "2026-02-30"),
        (("date",), "2026-11-23\n"),
        (("languages",), []),
        (("languages",), ["en", "en"]),
        (("languages",), ["fr"]),
        (("requested", "state"), "XX"),
        (("case", "title"), ""),
        (("case", "title"), {}),
        (("case", "title"), {"fr": "Affaire"}),
        (("facts", "summary"), "plain text"),
        (("facts", "summary"), {"en": ""}),
        (("persons", 0, "id"), "1P"),
        (("persons", 0, "names"), {"aliases": ["Vanya"]}),
        (("persons", 0, "protected"), "true"),
        (("assistance",), []),
        (("assistance", 0, "form"), "EV-99"),
        (("assistance", 0, "person_status"), "judge"),
    ],
    ids=str,
)
def test_wrong_values_are_refused(path: tuple[str | int, ...], value: object) -> None:
    """Impossible dates, unknown codes and empty texts are refused."""
    broken: Any = request("mla")
    place = broken
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert validate(broken, "mla.schema.json")
