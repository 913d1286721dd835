"""JSON Schema violations as findings, in the words of a practitioner."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

import jsonschema
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.exceptions import NoSuchResource
from referencing.jsonschema import DRAFT202012

from casc_mla.core.finding import Finding, Path, Severity
from casc_mla.core.schema import KINDS, read_schema, schema_for
from casc_mla.core.text import Text, message
from casc_mla.load.request import Request

# A reserved name (RFC 2606) that relative references can be joined to; it is never looked up.
_BASE = "https://casc-mla.invalid/schemas/"
_UNKNOWN_KEY = ("additionalProperties", "unevaluatedProperties")


def _nothing_else(uri: str) -> Resource[Any]:
    raise NoSuchResource(uri)


@cache
def validator(kind: str) -> Any:
    """Return the validator for a kind of request; references resolve from the shipped files only."""
    return _validator(kind, schema_for(kind))


@cache
def cell_validator(pointer: str) -> Any:
    """Return the validator for one column of a table, by the place of its schema."""
    return _validator("mla", pointer)


def _validator(kind: str, reference: str) -> Any:
    names = ("common", "forms", "assistance", "tables", "request", kind)
    resources = [
        (f"{_BASE}{name}.schema.json", DRAFT202012.create_resource(read_schema(f"{name}.schema.json")))
        for name in names
    ]
    # Retrieval is never needed, and refused, so that nothing is fetched whatever a schema says.
    registry: Any = Registry(retrieve=_nothing_else)  # type: ignore[call-arg]
    registry = registry.with_resources(resources).crawl()
    return jsonschema.Draft202012Validator({"$ref": _BASE + reference}, registry=registry, format_checker=FORMATS)


FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("date")
def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return False
    try:
        return 1900 <= date.fromisoformat(value).year < 2200
    except ValueError:
        return False


@FORMATS.checks("date-time")
def _is_moment(value: object) -> bool:
    if not isinstance(value, str):
        return True
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})", value, re.ASCII):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


@FORMATS.checks("moment")
def _is_day_or_moment(value: object) -> bool:
    return not isinstance(value, str) or _is_date(value[:10])


@FORMATS.checks("iban")
def is_iban(value: object) -> bool:
    """Tell whether a text is an IBAN by ISO 13616: shape and check digits (mod 97 = 1); spaces may group it."""
    if not isinstance(value, str):
        return True
    bare = value.replace(" ", "")
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", bare, re.ASCII):
        return False
    digits = "".join(str(int(char, 36)) for char in bare[4:] + bare[:4])
    return int(digits) % 97 == 1


@FORMATS.checks("bic")
def _is_bic(value: object) -> bool:
    return not isinstance(value, str) or bool(
        re.fullmatch(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?", value, re.ASCII)
    )


@FORMATS.checks("email")
def _is_email(value: object) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(r"[^\s@<>,;:]+@[^\s@<>,;:]+\.[^\s@<>,;:.]{2,}", value))


@FORMATS.checks("phone")
def _is_phone(value: object) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(r"\+?[0-9][0-9 ()./-]{3,30}", value, re.ASCII))


def check_schema(request: Request) -> list[Finding]:
    """Return one finding for every place at which the request breaks the schema of its kind."""
    if not request.kind:
        return [_bad_kind(request)]
    from casc_mla.check.tables import check_rows, in_a_row, without_rows

    findings: list[Finding] = []
    for error in _leaves(validator(request.kind).iter_errors(without_rows(request))):
        findings.extend(_findings(request, error))
    once = {(f.rule, f.path): f for f in findings if not in_a_row(f.path)}
    return [*once.values(), *request.problems, *check_rows(request)]


def _bad_kind(request: Request) -> Finding:
    path: Path = ("kind",) if "kind" in request.data else ()
    kind = request.data.get("kind")
    if kind is None:
        close = difflib.get_close_matches("kind", [str(key) for key in request.data], 1)
        if close:
            return unknown_key(request, (), close[0], ["kind"])
    guess = difflib.get_close_matches(str(kind), KINDS, 1)
    return request.finding(
        "SCH-KIND",
        Severity.ERROR,
        path,
        message("schema.kind", kinds=", ".join(KINDS)),
        message("schema.kind.fix", guess=guess[0] if guess else KINDS[0]),
    )


def _leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    for error in errors:
        if error.context and error.validator in ("allOf", "$ref", "if"):
            yield from _leaves(error.context)
        elif error.context and error.validator in ("anyOf", "oneOf"):
            best = jsonschema.exceptions.best_match([error])
            # Where no alternative is nearer than the others, the choice itself is what is wrong.
            yield from [error] if best is error else _leaves([best])
        else:
            yield error


def _findings(request: Request, error: Any) -> Iterator[Finding]:
    path: Path = tuple(error.absolute_path)
    rule = str(error.validator)
    if rule in _UNKNOWN_KEY:
        shape = request.shape(path)
        known = list(shape.properties(request.at(path))) if shape else []
        for key in error.instance:
            if key not in known:
                yield unknown_key(request, path, key, known)
        return
    if rule == "oneOf" and not isinstance(error.instance, dict):
        return  # its type is wrong, and that is said
    if rule == "required":
        for name in error.validator_value:
            if name not in error.instance:
                yield missing(request, path, name)
        return
    yield broken(request, path, rule, error)


def _label(request: Request, path: Path) -> Text:
    """Return the printed name of the field at a path; list elements carry their number."""
    for end in range(len(path), 0, -1):
        if isinstance(path[end - 1], str):
            shape = request.shape(path[:end])
            name = str(path[end - 1])
            if shape is None or not shape.label:
                return {"": name}
            return {lang: f"{label} ({name})" for lang, label in shape.label.items()}
    return {"": request.kind}


def unknown_key(request: Request, path: Path, key: str, known: list[str]) -> Finding:
    """Return the finding for a field that the schema does not know, with the nearest one that it does."""
    here = (*path, key)
    guess = difflib.get_close_matches(key, known, 1, 0.6) or difflib.get_close_matches(key.lower(), known, 1, 0.6)
    if guess:
        remedy = message("schema.unknown_key.guess", key=key, guess=guess[0])
    else:
        remedy = message("schema.unknown_key.list", known=", ".join(sorted(known)))
    return request.finding(
        "SCH-UNKNOWN-KEY", Severity.ERROR, here, message("schema.unknown_key", key=key), remedy, key=True
    )


def missing(request: Request, path: Path, name: str) -> Finding:
    """Return the finding for a field that must be there."""
    shape = request.shape((*path, name))
    label: Text = shape.label if shape and shape.label else {"": name}
    hint = shape.schema.get("examples", [""])[0] if shape else ""
    example = hint if isinstance(hint, (str, int)) and not isinstance(hint, bool) else ""
    remedy = (
        message("schema.required.example", name=name, example=example)
        if example
        else message("schema.required.fix", name=name)
    )
    return request.finding(
        "SCH-REQUIRED",
        Severity.ERROR,
        (*path, name),
        message("schema.required", name=name, label=label),
        remedy,
    )


_RULES = {
    "type": "SCH-TYPE",
    "enum": "SCH-ENUM",
    "const": "SCH-ENUM",
    "format": "SCH-FORMAT",
    "pattern": "SCH-FORMAT",
    "minLength": "SCH-EMPTY",
    "minItems": "SCH-EMPTY",
    "minProperties": "SCH-EMPTY",
}
_LANGUAGE_NAMES = "en, ru, ar"


def _alternatives(error: Any) -> str:
    return ", ".join(name for part in error.validator_value for name in part.get("required", ()))


def broken(request: Request, path: Path, keyword: str, error: Any) -> Finding:
    """Return the finding for a value that a keyword of the schema does not accept."""
    rule = _RULES.get(keyword, "SCH-VALUE")
    label = _label(request, path)
    remedy: Text
    if error.instance is None:
        rule, text, remedy = "SCH-EMPTY", message("schema.empty", label=label), message("schema.empty.fix")
    elif keyword == "type":
        wanted = error.validator_value if isinstance(error.validator_value, str) else "+".join(error.validator_value)
        if wanted == "object" and error.schema.get("properties", {}).keys() == {"en", "ru", "ar"}:
            wanted = "text"
        text = message("schema.type", label=label)
        remedy = message(f"schema.type.{wanted.replace('+', '_')}")
    elif keyword in ("enum", "const"):
        allowed = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
        guess = difflib.get_close_matches(str(error.instance), [str(a) for a in allowed], 1)
        text = message("schema.enum", label=label)
        if guess:
            remedy = message("schema.enum.guess", guess=guess[0])
        elif len(allowed) <= 20:
            remedy = message("schema.enum.list", allowed=", ".join(str(a) for a in allowed))
        else:
            remedy = message("schema.enum.code")
    elif keyword == "oneOf":
        key = "schema.none_of" if error.context else "schema.one_of"
        text, remedy = message(key, label=label), message("schema.one_of.fix", names=_alternatives(error))
    elif keyword == "format":
        text = message("schema.format", label=label)
        remedy = message(f"schema.format.{error.validator_value}")
    elif rule == "SCH-EMPTY":
        text, remedy = message("schema.empty", label=label), message("schema.empty.fix")
    else:
        example = next((e for e in error.schema.get("examples", ()) if isinstance(e, (str, int))), "")
        text = message("schema.value", label=label)
        remedy = message("schema.value.example", example=example) if example else message("schema.value.fix")
    return request.finding(rule, Severity.ERROR, path, text, remedy)
