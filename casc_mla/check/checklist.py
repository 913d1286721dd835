"""The rules of the checklists that apply, run over a request."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any

import cerberus
from cerberus.schema import DefinitionSchema

from casc_mla.check.predicates import PREDICATES
from casc_mla.check.rules import Rule, rules_for
from casc_mla.check.validator import Failure, RuleValidator, lookup, with_predicates
from casc_mla.check.waivers import apply
from casc_mla.core.finding import Finding, Path
from casc_mla.core.text import LANGUAGES, Text, pick
from casc_mla.law.sources import titled
from casc_mla.load.request import Request


@cache
def _validator_class() -> type[RuleValidator]:
    return with_predicates(PREDICATES)


def _needs(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a condition in which every field named must be there, unless it says ``required: false``."""
    result = {}
    for name, constraints in schema.items():
        inner = {"required": True, **constraints}
        if isinstance(inner.get("schema"), dict) and inner.get("type") == "dict":
            inner["schema"] = _needs(inner["schema"])
        result[name] = inner
    return result


_PREPARED: dict[tuple[int, bool], tuple[dict[str, Any], dict[str, Any]]] = {}


def _prepared(schema: dict[str, Any], condition: bool) -> dict[str, Any]:
    """Return a schema as Cerberus runs it, made once; the record itself is kept so that its id stays its own."""
    key = (id(schema), condition)
    if key not in _PREPARED:
        made = DefinitionSchema.expand(copy.deepcopy(schema))
        _PREPARED[key] = (_needs(made) if condition else made, schema)
    return _PREPARED[key][0]


class Runner:
    """Runs rules over one request."""

    def __init__(self, request: Request) -> None:
        self.request = request

    def _holds(self, schema: dict[str, Any], document: Any, base: Path) -> bool:
        validator = _validator_class().trusting(_prepared(schema, True), self.request, base)
        return bool(validator.validate(document, normalize=False))

    def _failures(self, schema: dict[str, Any], document: Any, base: Path) -> list[Failure]:
        """Return where a document breaks a schema; predicates say their places themselves."""
        validator = _validator_class().trusting(_prepared(schema, False), self.request, base)
        if validator.validate(document, normalize=False):
            return []
        failures: list[Failure] = list(validator._config["failures"])
        seen = {failure.path for failure in failures}
        for path in _error_paths(validator._errors):
            here = (*base, *path)
            if not any(found[: len(here)] == here for found in seen):
                failures.append(Failure(here))
        return failures

    def _elements(self, rule: Rule) -> Iterator[tuple[Path, Any]]:
        if not rule.each:
            yield (), self.request.data
            return
        found = lookup(self.request.data, rule.each)
        base: Path = tuple(rule.each.split("."))
        for i, element in enumerate(found if isinstance(found, list) else []):
            if not isinstance(element, dict):
                continue
            if rule.forms and rule.each == "assistance" and element.get("form") not in rule.forms:
                continue
            yield (*base, i), element

    def broken(self, rule: Rule) -> Iterator[Failure]:
        """Yield the places at which the request breaks a rule."""
        if rule.given and not self._holds(rule.given, self.request.data, ()):
            return
        for base, element in self._elements(rule):
            if rule.when and not self._holds(rule.when, element, base):
                continue
            if rule.unless and self._holds(rule.unless, element, base):
                continue
            alternatives = [self._failures(schema, element, base) for schema in rule.require]
            if all(alternatives):
                # Among alternatives the first is the one that the remedy speaks of.
                yield from alternatives[0] if len(alternatives) == 1 else [alternatives[0][0]]

    def findings(self, rule: Rule) -> Iterator[Finding]:
        """Yield a finding for every place at which the request breaks a rule."""
        places: dict[Path, Failure] = {}
        for failure in self.broken(rule):
            places.setdefault(failure.path, failure)
        for path, failure in places.items():
            yield self.request.finding(
                rule.id,
                rule.severity,
                path,
                self._fill(rule.text, path, failure),
                self._fill(rule.fix, path, failure),
                titled(rule.source),
            )

    def _fill(self, text: Text, path: Path, failure: Failure) -> Text:
        """Fill ``{field}``, ``{element}``, ``{detail}``, ``{requested}`` and ``{requesting}`` in a rule's text."""
        if not any("{" in sentence for sentence in text.values()):
            return text
        filled = {}
        for lang in LANGUAGES:
            sentence = pick(text, lang)
            if not failure.detail:
                sentence = sentence.replace(" ({detail})", "")
            for name, value in (
                ("field", self._label(path, lang)),
                ("element", self._element_name(path, lang)),
                ("detail", pick(failure.detail, lang) if failure.detail else ""),
                ("requesting", self.request.states[0]),
                ("requested", self.request.states[1]),
            ):
                sentence = sentence.replace("{" + name + "}", value)
            filled[lang] = sentence
        return filled

    def _label(self, path: Path, lang: str) -> str:
        for end in range(len(path), 0, -1):
            shape = self.request.shape(path[:end])
            if shape and shape.label and isinstance(path[end - 1], str) and path[end - 1] not in LANGUAGES:
                return pick(shape.label, lang)
        return str(path[-1]) if path else ""

    def _element_name(self, path: Path, lang: str) -> str:
        """Return what a reader calls the list element at a path: its number, and its form or id."""
        for end, index in enumerate(path, 1):
            if isinstance(index, int):
                element = self.request.at(path[:end])
                name = element.get("form") or element.get("id") if isinstance(element, dict) else None
                number = str(index + 1)
                return f"{number} ({name})" if name else number
        return ""


def _error_paths(errors: Any) -> Iterator[Path]:
    """Yield the document paths of Cerberus errors, going down to the fields of nested schemas."""
    for error in errors:
        children = error.child_errors if error.is_group_error and not error.is_logic_error else None
        if children and error.code in (
            cerberus.errors.MAPPING_SCHEMA.code,
            cerberus.errors.SEQUENCE_SCHEMA.code,
            cerberus.errors.BAD_ITEMS.code if hasattr(cerberus.errors, "BAD_ITEMS") else -1,
        ):
            yield from _error_paths(children)
        elif error.code == cerberus.errors.CUSTOM.code and error.info and error.info[0] in PREDICATES:
            continue  # the predicate has said its own places
        else:
            yield tuple(error.document_path)


def wrong_definitions(rule: Rule) -> Iterator[str]:
    """Yield what Cerberus finds wrong with the schemas of a rule: unknown constraints and predicates."""
    for name, schemas in (
        ("given", (rule.given,)),
        ("when", (rule.when,)),
        ("unless", (rule.unless,)),
        ("require", rule.require),
    ):
        for schema in schemas:
            try:
                _validator_class()(copy.deepcopy(schema), allow_unknown=True)
            except cerberus.SchemaError as error:
                yield f"{rule.id}: {name}: {error}"


def check_rules(request: Request) -> list[Finding]:
    """Return the findings of every rule that concerns the request."""
    runner = Runner(request)
    rules = rules_for(request.kind, request.forms, set(request.instruments), request.states)
    found = [finding for rule in rules for finding in runner.findings(rule)]
    return list(apply(request, found, {rule.id: rule.waivable for rule in rules}))
