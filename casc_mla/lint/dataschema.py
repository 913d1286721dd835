"""The published schemas of the data files, and what a file breaks of them, in words."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from casc_mla.core.finding import Finding, Path
from casc_mla.core.schema import read_schema
from casc_mla.core.text import Text, message
from casc_mla.lint.datafile import DataFile

SORTS = ("checklist", "country", "instrument", "documents", "networks", "glossary")
#: A missing ``source`` is the gravest gap a data file can have, so it has a name of its own.
_NAMED = {"source": "DATA-SOURCE", "checked_on": "DATA-SOURCE", "status": "DATA-SOURCE", "document": "DATA-SOURCE"}


@cache
def data_validator(sort: str) -> Any:
    """Return the validator of files of a sort."""
    registry: Any = Registry()
    registry = registry.with_resources(
        (f"{name}.schema.json", DRAFT202012.create_resource(read_schema(f"{name}.schema.json"))) for name in SORTS
    ).crawl()
    return jsonschema.Draft202012Validator({"$ref": f"{sort}.schema.json"}, registry=registry)


def schema_findings(file: DataFile) -> list[Finding]:
    """Return one finding for every place at which a data file breaks its schema."""
    found = [f for error in data_validator(file.sort).iter_errors(file.record) for f in _findings(file, error)]
    return list({(f.rule, f.path, f.message["en"]): f for f in found}.values())


def _findings(file: DataFile, error: Any) -> Iterator[Finding]:
    path: Path = tuple(error.absolute_path)
    keyword = str(error.validator)
    label = {"": ".".join(str(part) for part in path[-2:] if isinstance(part, str)) or file.name}
    if keyword == "required":
        for name in error.validator_value:
            if name not in error.instance:
                yield _missing(file, path, name)
    elif keyword == "anyOf":
        yield _missing(file, path, "document" if path and path[-1] == "source" else "instrument")
    elif keyword in ("additionalProperties", "propertyNames"):
        yield from _unknown_keys(file, path, error)
    elif keyword == "enum":
        allowed = [_plain(value) for value in error.validator_value]
        guess = difflib.get_close_matches(_plain(error.instance), allowed, 1)
        remedy = (
            message("schema.enum.guess", guess=guess[0])
            if guess
            else message("schema.enum.list", allowed=", ".join(allowed))
        )
        yield file.finding("DATA-SCHEMA", path, message("schema.enum", label=label), remedy)
    elif keyword == "type":
        wanted = error.validator_value if isinstance(error.validator_value, str) else error.validator_value[0]
        known = wanted if wanted in ("array", "boolean", "integer", "object", "string") else "string"
        text = message("schema.type", label=label)
        yield file.finding("DATA-SCHEMA", path, text, message(f"schema.type.{known}"))
    elif keyword in ("minItems", "minLength", "minProperties"):
        yield file.finding("DATA-SCHEMA", path, message("schema.empty", label=label), message("schema.empty.fix"))
    else:
        yield _odd(file, path, label, error)


def _missing(file: DataFile, path: Path, name: str) -> Finding:
    entry = _entry_id(file, path)
    rule = _NAMED.get(name, "DATA-SCHEMA") if path else "DATA-SCHEMA"
    key = "datacheck.source" if name == "source" else "datacheck.missing"
    return file.say(rule, path, key, entry=entry, name=name)


def _unknown_keys(file: DataFile, path: Path, error: Any) -> Iterator[Finding]:
    known = sorted(error.schema.get("properties", {}))
    if error.validator == "propertyNames" or not known:
        yield _odd(file, path, {"": str(error.instance)}, error)
        return
    for key in error.instance:
        if key not in known:
            guess = difflib.get_close_matches(str(key), known, 1, 0.6)
            remedy: Text = (
                message("schema.unknown_key.guess", key=key, guess=guess[0])
                if guess
                else message("schema.unknown_key.list", known=", ".join(known))
            )
            here = (*path, key)
            yield file.finding("DATA-SCHEMA", here, message("schema.unknown_key", key=key), remedy, key=True)


def _odd(file: DataFile, path: Path, label: Text, error: Any) -> Finding:
    if "date" in str(error.schema.get("title", "")).lower():
        return file.finding("DATA-DATE", path, message("schema.format", label=label), message("schema.format.date"))
    examples = error.schema.get("examples", ())
    remedy = message("schema.value.example", example=examples[0]) if examples else message("datacheck.value.fix")
    return file.finding("DATA-SCHEMA", path, message("schema.value", label=label), remedy)


def _entry_id(file: DataFile, path: Path) -> str:
    """Return the id of the fact or rule that a path lies in, or the name of the file."""
    if len(path) >= 2 and isinstance(path[1], int):
        entry = file.record[str(path[0])][path[1]]
        name = entry.get("id") if isinstance(entry, dict) else None
        return str(name or f"{path[0]} {path[1] + 1}")
    if file.sort == "glossary" and len(path) >= 2:
        return str(path[1])
    return file.name


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
