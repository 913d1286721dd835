"""The conditions of a rule, walked to their last field: names that the rule language does not have, with their place.

Cerberus itself looks only at the outer schema of a definition; what stands inside ``some``, ``where`` or ``anyof`` would
fail at the first request that reaches it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from casc_mla.check.checklist import wrong_definitions
from casc_mla.check.predicates import PREDICATES
from casc_mla.check.rules import rules_in
from casc_mla.check.validator import with_predicates
from casc_mla.core import data
from casc_mla.core.finding import Finding, Path
from casc_mla.core.records import read_records
from casc_mla.core.text import message
from casc_mla.lint.datafile import DataFile

#: Constraints whose value is a schema of fields, a list of constraint sets, or one constraint set.
_FIELDS = {"some", "no", "root"}
_ALTERNATIVES = {"anyof", "allof", "noneof", "oneof"}
_ONE_SET = {"items_schema", "keysrules", "valuesrules"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a rule may name."""

    constraints: frozenset[str]
    types: frozenset[str]
    predicates: frozenset[str]
    phrases: frozenset[str]
    instruments: frozenset[str]


@cache
def _rule_language() -> tuple[frozenset[str], frozenset[str]]:
    made: Any = with_predicates(PREDICATES)
    return frozenset(made.rules), frozenset(made.types)


def vocabulary(instruments: frozenset[str]) -> Vocabulary:
    """Return the names that rules may use with the present data."""
    constraints, types = _rule_language()
    path = data.find("checklists/_lexicons.yaml")
    phrases = frozenset(read_records(path)) if path else frozenset()
    return Vocabulary(constraints, types, frozenset(PREDICATES), phrases, instruments)


def definition_findings(file: DataFile, words: Vocabulary) -> Iterator[Finding]:
    """Yield what is wrong with ``given``, ``when``, ``unless`` and ``require`` of every rule."""
    wrong: set[str] = set()
    for i, record in file.entries("rules"):
        walker = _Walker(file, words, str(record.get("id", i + 1)))
        for name in ("given", "when", "unless", "require"):
            schemas = record.get(name)
            path: Path = ("rules", i, name)
            if isinstance(schemas, list):
                found = [f for j, one in enumerate(schemas) for f in walker.fields((*path, j), one)]
            else:
                found = list(walker.fields(path, schemas))
            if found:
                wrong.add(walker.rule)
            yield from found
    yield from _by_cerberus(file, wrong)


def _by_cerberus(file: DataFile, known: set[str]) -> Iterator[Finding]:
    """Yield what Cerberus itself refuses in rules that the walk found no fault with."""
    try:
        rules = rules_in(file.path.resolve())
    except (KeyError, TypeError, ValueError, AttributeError):
        return  # records too broken to be rules; the schema has said so
    for i, rule in enumerate(rules):
        if rule.id not in known:
            for detail in wrong_definitions(rule):
                yield file.say("DATA-RULE", ("rules", i), "data.rule", rule=rule.id, path=file.name, detail=detail)


class _Walker:
    def __init__(self, file: DataFile, words: Vocabulary, rule: str) -> None:
        self.file, self.words, self.rule = file, words, rule

    def fields(self, path: Path, schema: Any) -> Iterator[Finding]:
        """Yield what is wrong in a schema of fields: name -> constraints."""
        if isinstance(schema, dict):
            for name, constraints in schema.items():
                if name == "instrument" and isinstance(constraints, dict):
                    yield from self._instruments((*path, name, "allowed"), constraints.get("allowed"))
                yield from self.constraints((*path, name), constraints)

    def constraints(self, path: Path, constraints: Any) -> Iterator[Finding]:
        """Yield what is wrong in the constraints of one field."""
        if not isinstance(constraints, dict):
            return
        for name, value in constraints.items():
            here = (*path, name)
            base = self._of(name)
            if base is None:
                yield self._unknown("constraint", here, name, self.words.constraints, key=True)
                continue
            outer, inner = base
            if outer in _ALTERNATIVES:
                for i, one in enumerate(value if isinstance(value, list) else ()):
                    yield from self.constraints((*here, i), one if inner is None else {inner: one})
            else:
                yield from self._constraint(here, name, value, constraints)

    def _constraint(self, here: Path, name: str, value: Any, beside: dict[str, Any]) -> Iterator[Finding]:
        if name == "check_with":
            for one in value if isinstance(value, list) else [value]:
                if one not in self.words.predicates:
                    yield self._unknown("predicate", here, one, self.words.predicates)
        elif name in ("phrase_free", "phrase_any"):
            for one in value if isinstance(value, list) else [value]:
                if one not in self.words.phrases:
                    yield self._unknown("phrases", here, one, self.words.phrases)
        elif name == "type":
            for one in value if isinstance(value, list) else [value]:
                if one not in self.words.types:
                    yield self._unknown("type", here, one, self.words.types)
        elif name in _FIELDS:
            yield from self.fields(here, value)
        elif name == "where" and isinstance(value, dict):
            yield from self.fields((*here, "schema"), value.get("schema"))
        elif name in _ONE_SET:
            yield from self.constraints(here, value)
        elif name == "schema":
            if _is_set_of_constraints(value, beside.get("type")):
                yield from self.constraints(here, value)
            else:
                yield from self.fields(here, value)

    def _of(self, name: str) -> tuple[str, str | None] | None:
        """Return a constraint name as (name, inner name): ``anyof_schema`` is ``anyof`` of ``schema``."""
        outer, _, inner = name.partition("_")
        if outer in _ALTERNATIVES and inner:
            return (outer, inner) if inner in self.words.constraints else None
        return (name, None) if name in self.words.constraints else None

    def _instruments(self, path: Path, allowed: Any) -> Iterator[Finding]:
        for i, name in enumerate(allowed if isinstance(allowed, list) else ()):
            if name not in self.words.instruments:
                yield self._unknown("instrument", (*path, i), name, self.words.instruments)

    def _unknown(self, what: str, path: Path, name: Any, known: frozenset[str], *, key: bool = False) -> Finding:
        return unknown_name(self.file, what, path, self.rule, name, known, key=key)


def unknown_name(
    file: DataFile, what: str, path: Path, entry: str, name: Any, known: frozenset[str], *, key: bool = False
) -> Finding:
    """Return the finding for a name that nothing bears; ``what`` is constraint, predicate, phrases, type, instrument."""
    close = difflib.get_close_matches(str(name), sorted(known), 3)
    text = message(f"datacheck.unknown.{what}", name=name, entry=entry)
    remedy = (
        message("datacheck.unknown.guess", close=", ".join(close))
        if close
        else message(f"datacheck.unknown.{what}.fix")
    )
    return file.finding(f"DATA-{what.upper()}", path, text, remedy, key=key)


def _is_set_of_constraints(value: Any, kind: Any) -> bool:
    """Tell whether ``schema`` describes the elements of a list, and not the fields of a mapping."""
    if kind in ("list", "dict"):
        return bool(kind == "list")
    return isinstance(value, dict) and not all(isinstance(inner, dict) for inner in value.values())
