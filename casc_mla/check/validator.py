"""Cerberus, taught the questions that requests raise.

A rule's ``when``, ``unless`` and ``require`` are Cerberus schemas over the request or one element of it.  The rules
added here compare a value with the rest of the request; ``check_with`` names a predicate of ``predicates.py``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import cerberus

from casc_mla.core import data
from casc_mla.core.errors import DefectError
from casc_mla.core.finding import Path
from casc_mla.core.records import read_records
from casc_mla.core.text import LANGUAGES, Text

if TYPE_CHECKING:
    from casc_mla.load.request import Request


@dataclass(frozen=True, slots=True)
class Failure:
    """A place at which a rule is broken, and what the predicate saw there."""

    path: Path
    detail: Text = field(default_factory=dict)


#: A predicate takes the request, the absolute path and the value, and yields the failures (absolute paths).
Predicate = Callable[["Request", Path, Any], Iterable[Failure]]


def texts_of(value: Any) -> list[str]:
    """Return the language versions of a free text, or the one string."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for text in value.values() if isinstance(text, str)]
    return []


def as_date(value: Any) -> date | None:
    """Return the date in a text that begins with one, or None."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def lookup(tree: Any, dotted: str) -> Any:
    """Return the value at ``a.b.c``, or None."""
    for part in dotted.split("."):
        if not isinstance(tree, Mapping):
            return None
        tree = tree.get(part)
    return tree


@cache
def lexicon(name: str, lang: str) -> re.Pattern[str] | None:
    """Return the phrases of a list of ``checklists/_lexicons.yaml`` in one language, None where it has none.

    One language at a time: a request has two or three, and an expression of a hundred phrases takes its time to make.
    """
    record = read_records(data.require("checklists/_lexicons.yaml")).get(name)
    if record is None:
        raise DefectError("data.lexicon", name=name)
    phrases = record.get(lang)
    return re.compile("|".join(rf"(?<!\w){phrase}" for phrase in phrases), re.IGNORECASE) if phrases else None


def phrase_in(name: str, value: Any) -> str:
    """Return the first phrase of the lexicon that stands in the text, in any language, or ''."""
    versions = value.items() if isinstance(value, Mapping) else [("", value)]
    for lang, text in versions:
        for code in (lang,) if lang else LANGUAGES:
            pattern = lexicon(name, code) if code in LANGUAGES else None
            found = pattern.search(str(text)) if pattern else None
            if found:
                return found[0]
    return ""


class RuleValidator(cerberus.Validator):  # type: ignore[misc]
    """A Cerberus validator that knows the request, the place of the element and the failures found so far."""

    @classmethod
    def trusting(cls, schema: Mapping[str, Any], request: Request, base: Path) -> RuleValidator:
        """Return a validator that takes a schema as proved: Cerberus checks definitions of top validators only.

        The definitions of the shipped rules are proved by `casc-mla checklist check` and by the tests, once, and
        not again in every run.
        """
        return cls(
            schema=schema,
            allow_unknown=True,
            request=request,
            base=base,
            failures=[],
            is_child=True,
            root_allow_unknown=True,
            root_require_all=False,
            root_document=None,
            root_schema=schema,
        )

    @property
    def request(self) -> Request:
        """The request under check."""
        request: Request = self._config["request"]
        return request

    def here(self, name: str) -> Path:
        """Return the absolute path of a field of the present document."""
        return (*self._config["base"], *self.document_path, name)

    def holds(self, schema: Any, document: Any, base: Path) -> bool:
        """Tell whether another document satisfies a schema of the same language."""
        if not isinstance(document, Mapping):
            return False
        child = self.trusting(schema, self.request, base)
        return bool(child.validate(document, normalize=False))

    def elements(self, name: str) -> list[tuple[Path, Any]]:
        """Return the elements of a list of the request with their paths."""
        found = lookup(self.request.data, name)
        base: Path = tuple(name.split("."))
        return [((*base, i), e) for i, e in enumerate(found)] if isinstance(found, list) else []

    def _validate_min_text(self, minimum: int, field: str, value: Any) -> None:
        """{'type': 'integer'}"""  # noqa: D400, D415
        texts = texts_of(value)
        if not texts or min(len(text.strip()) for text in texts) < minimum:
            self._error(field, f"shorter than {minimum} characters")

    def _validate_phrase_free(self, name: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""  # noqa: D400, D415
        for path, text in _walk_texts(self.here(field), value):
            found = phrase_in(name, text)
            if found:
                self._config["failures"].append(Failure(path, {"": found}))
                self._error(field, "phrase")

    def _validate_phrase_any(self, name: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""  # noqa: D400, D415
        if not any(phrase_in(name, text) for _, text in _walk_texts(self.here(field), value)):
            self._error(field, "phrase missing")

    def _validate_not_after(self, other: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""  # noqa: D400, D415
        mine, theirs = as_date(value), as_date(lookup(self.request.data, other))
        if mine and theirs and mine > theirs:
            self._error(field, "too late")

    def _validate_not_before(self, other: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""  # noqa: D400, D415
        mine, theirs = as_date(value), as_date(lookup(self.request.data, other))
        if mine and theirs and mine < theirs:
            self._error(field, "too early")

    def _validate_days_after(self, limits: Any, field: str, value: Any) -> None:
        """{'type': 'dict'}"""  # noqa: D400, D415
        mine, theirs = as_date(value), as_date(lookup(self.request.data, limits["of"]))
        if not mine or not theirs:
            return
        if limits.get("years"):
            # 29 February becomes the last of the month: who is born on 1 March is not yet of age on that day.
            year = theirs.year + limits["years"]
            theirs = theirs.replace(year=year, day=min(theirs.day, monthrange(year, theirs.month)[1]))
        low, high = limits.get("min"), limits.get("max")
        if (low is not None and mine < theirs + timedelta(days=low)) or (
            high is not None and mine > theirs + timedelta(days=high)
        ):
            self._error(field, "out of the interval")

    def _validate_where(self, join: Any, field: str, value: Any) -> None:
        """{'type': 'dict'}"""  # noqa: D400, D415
        # Every element that the value (an id or a list of ids) names must satisfy the schema.
        named = value if isinstance(value, list) else [value]
        for path, element in self.elements(join["in"]):
            if (
                isinstance(element, Mapping)
                and element.get("id") in named
                and not self.holds(join["schema"], element, path)
            ):
                self._error(field, "the element named does not fit")
                return

    def _validate_refers_to(self, name: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""  # noqa: D400, D415
        known = [e.get("id") for _, e in self.elements(name) if isinstance(e, Mapping)]
        for one in value if isinstance(value, list) else [value]:
            if one not in known:
                self._error(field, "unknown id")
                return

    def _validate_some(self, schema: Any, field: str, value: Any) -> None:
        """{'type': 'dict'}"""  # noqa: D400, D415
        here = self.here(field)
        if not isinstance(value, list) or not any(self.holds(schema, e, (*here, i)) for i, e in enumerate(value)):
            self._error(field, "no element fits")

    def _validate_no(self, schema: Any, field: str, value: Any) -> None:
        """{'type': 'dict'}"""  # noqa: D400, D415
        here = self.here(field)
        for i, element in enumerate(value if isinstance(value, list) else []):
            if self.holds(schema, element, (*here, i)):
                self._config["failures"].append(Failure((*here, i)))
                self._error(field, "an element fits that must not")

    def _validate_root(self, schema: Any, field: str, value: Any) -> None:
        """{'type': 'dict'}"""  # noqa: D400, D415
        if not self.holds(schema, self.request.data, ()):
            self._error(field, "the request as a whole does not fit")


def _walk_texts(path: Path, value: Any) -> Iterable[tuple[Path, Any]]:
    """Yield every text under a value with its path; a map of languages is one text a language."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, str) and key in ("en", "ru", "ar"):
                yield (*path, key), {key: inner}
            else:
                yield from _walk_texts((*path, key), inner)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _walk_texts((*path, i), inner)


def with_predicates(predicates: Mapping[str, Predicate]) -> type[RuleValidator]:
    """Return the validator class that knows each predicate as ``check_with: name``."""

    def method(name: str, predicate: Predicate) -> Callable[[RuleValidator, str, Any], None]:
        def check(self: RuleValidator, field: str, value: Any) -> None:
            failures = list(predicate(self.request, self.here(field), value))
            if failures:
                self._config["failures"].extend(failures)
                self._error(field, name)

        return check

    methods = {f"_check_with_{name}": method(name, predicate) for name, predicate in predicates.items()}
    # The metaclass of Cerberus reads the predicates off the new class.
    metaclass: Any = type(RuleValidator)
    made: type[RuleValidator] = metaclass("KnowingValidator", (RuleValidator,), methods)
    return made
