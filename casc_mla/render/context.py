"""A request as each language prints it: plain text under the paths that the templates name.

A view is total: every field that the schemas know is there, '' or [] where the request says nothing, so that a
template may ask for anything and a misspelt name is an error.  It holds nothing but ``str``, ``bool``, ``list`` and
``dict``, because a template is code and must find nothing to call.
"""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from typing import Any

from casc_mla.check.predicates.texts import paragraphs
from casc_mla.core import data
from casc_mla.core.finding import Path
from casc_mla.core.records import read_records
from casc_mla.core.schema import Shape, root_shape
from casc_mla.core.text import pick
from casc_mla.law.countries import state_names
from casc_mla.load.request import Request
from casc_mla.render import contract, formats
from casc_mla.render.bidi import END_TOKEN, TOKEN, isolate
from casc_mla.render.ooxml import RIGHT_TO_LEFT

#: Marks inside a value: a new paragraph of the same style, and the beginning and end of a label.
PARAGRAPH, LABEL, END_LABEL = "\a", "\ue000", "\ue001"
#: Between the forms of a value of which the letter must show one.
ALTERNATIVE = "\ue002"
SCRIPTS = ("latin", "cyrillic", "arabic")
_SCRIPTS = {
    "en": SCRIPTS,
    "ru": ("cyrillic", "latin", "arabic"),
    "ar": ("arabic", "latin", "cyrillic"),
}

_INNER_MARKS = re.compile(f"[{LABEL}{END_LABEL}{TOKEN}{END_TOKEN}]")

View = dict[str, Any]


def unmarked(text: str) -> str:
    """Return a value without the marks that no letter shows; paragraphs and alternatives are the caller's."""
    return _INNER_MARKS.sub("", text)


def word(key: str, lang: str, **values: str) -> str:
    """Return one of the small words of ``templates/words.yaml``."""
    text: str = read_records(data.require("templates/words.yaml"))[key][lang]
    return text.format(**values)


def public(tree: dict[str, Any]) -> dict[str, Any]:
    """Return the request without what identifies a protected person; nothing after this step knows the names."""
    # Nothing changes the rows of a table, of which there may be thousands, so they are not copied.
    shown = {name: value if name == "tables" else copy.deepcopy(value) for name, value in tree.items()}
    shows = contract.protected_shows()
    people = shown.get("persons")
    people = people if isinstance(people, list) else []
    for i, person in enumerate(people):
        if person.get("protected") is True:
            people[i] = {key: value for key, value in person.items() if key in shows}
            people[i].setdefault("pseudonym", person["id"])
    shown.pop("waivers", None)
    return shown


def pattern(path: Path) -> str:
    """Return a path as the contract writes it: dotted, without the numbers of list elements."""
    return ".".join(part for part in path if isinstance(part, str))


class ViewBuilder:
    """Builds the view of one language, and remembers how each value of the request was printed."""

    def __init__(self, request: Request, lang: str) -> None:
        self.lang = lang
        self.kind = request.kind
        self.tree = public(request.data)
        #: tables are printed by themselves and are no part of the view of the rest
        self.tables: list[dict[str, Any]] = self.tree.pop("tables", None) or []
        self.lists: dict[str, dict[str, Any]] = {
            name: {str(e["id"]): e for e in self.tree.get(name) or () if isinstance(e, dict) and "id" in e}
            for name in ("persons", "assets", "orders", "offences", "enclosures")
        }
        self.lists["tables"] = {str(table["id"]): table for table in self.tables}
        #: path of every value that the letter must show -> the texts that show it
        self.printed: dict[Path, list[str]] = defaultdict(list)

    # --- single values -------------------------------------------------------------------------------------------

    def finish(self, text: str) -> str:
        """Return a text as it stands in the letter: with its left-to-right tokens isolated where that matters."""
        return isolate(text) if self.lang in RIGHT_TO_LEFT else text

    def free_text(self, value: Any) -> str:
        """Return a free text of this language, its paragraphs parted by the paragraph mark."""
        text = value.get(self.lang, "") if isinstance(value, dict) else str(value)
        return PARAGRAPH.join(self.finish(part) for part in paragraphs(text))

    def name(self, names: Any) -> str:
        """Return a name in the script of the language, else in the first script that there is."""
        if not isinstance(names, dict):
            return ""
        for script in _SCRIPTS[self.lang]:
            if names.get(script):
                return self.finish(str(names[script]))
        return ""

    def full_name(self, names: Any) -> str:
        """Return a name in every script given, the language's own first: a name must be found in any register."""
        written = [str(names[s]) for s in _SCRIPTS[self.lang] if isinstance(names, dict) and names.get(s)]
        first, *rest = [self.finish(text) for text in written] or [""]
        return f"{first} ({' / '.join(rest)})" if rest else first

    def display(self, person: dict[str, Any]) -> str:
        """Return what a person is called in the letter: the name, or the pseudonym where it is protected."""
        if person.get("protected") is True:
            return self.finish(str(person.get("pseudonym", "")))
        return self.name(person.get("names")) or self.finish(str(person.get("pseudonym") or person["id"]))

    def reference(self, name: str, identity: str) -> str:
        """Return what a reader calls the element that an id names."""
        element = self.lists.get(name, {}).get(identity)
        if element is None:
            return self.finish(identity)
        if name == "persons":
            return self.display(element)
        if name == "tables" and not contract.is_annexed(element):
            return word("table", self.lang, id=self.finish(identity))
        if name in ("enclosures", "tables"):
            return word("enclosure", self.lang, id=self.finish(identity))
        if name == "orders":
            labels = root_shape(self.kind).properties()["orders"].items().properties()["kind"].enum
            return word(
                "order",
                self.lang,
                kind=pick(labels.get(str(element.get("kind")), ""), self.lang),
                number=self.finish(str(element.get("number", ""))),
                date=self.finish(formats.long_date(str(element.get("date", "")), self.lang)),
            )
        return self.free_text(element.get("description") or element.get("title") or identity).replace(PARAGRAPH, " ")

    def scalar(self, shape: Shape, value: Any) -> str:
        """Return one value as the language prints it."""
        lang = self.lang
        if isinstance(value, bool):
            label = shape.enum.get("true" if value else "false")
            return pick(label, lang) if label else word("yes" if value else "no", lang)
        if shape.refers_to and isinstance(value, str):
            return self.reference(shape.refers_to, value)
        kind = shape.type
        if shape.enum and str(value) in shape.enum:
            return pick(shape.enum[str(value)], lang)
        if kind in ("text", "line"):
            return self.free_text(value)
        if kind == "names":
            return self.full_name(value)
        if kind == "period":
            return self.finish(formats.period(value, lang))
        if kind == "money":
            return self.finish(formats.money(value, lang))
        if kind == "date":
            return self.finish(formats.long_date(str(value), lang))
        if kind == "date-time":
            return self.finish(formats.long_moment(str(value), lang))
        if kind == "country":
            return state_names(str(value), lang, formats.country(str(value), lang))["short"]
        if kind in ("language", "letter-language"):
            return formats.language_name(str(value), lang)
        return self.finish(str(value))

    # --- the tree -------------------------------------------------------------------------------------------------

    def value(self, shape: Shape, value: Any, path: Path) -> Any:
        """Return a value for the view, total over the schema."""
        if shape.type == "array":
            item = shape.items()
            if _is_group(item):
                return [self.group(item, e, (*path, i), i + 1) for i, e in enumerate(value or ())]
            return self.series(item, value or [], path)
        if _is_group(shape):
            return self.group(shape, value or {}, path)
        if value is None:
            return False if shape.type == "boolean" else ""
        text = self.scalar(shape, value)
        self.note(path, text)
        return value if shape.type == "boolean" else text

    def group(self, shape: Shape, value: dict[str, Any], path: Path, number: int = 0) -> View:
        """Return an object for the view, with its particulars ready to print."""
        view: View = {
            name: self.value(member, value.get(name), (*path, name)) for name, member in shape.properties(value).items()
        }
        view["given"] = bool(value)
        if number:
            view["n"] = str(number)
        # A request as a whole is printed by its sections; particulars of it would only blur how its values are printed.
        view["details"] = PARAGRAPH.join(self.particulars(shape, value, path)) if path else ""
        return view

    def series(self, item: Shape, values: list[Any], path: Path) -> str:
        """Return a list of plain values: in one line when they are short, numbered paragraphs when they are texts."""
        texts = [self.scalar(item, value) for value in values]
        for i, text in enumerate(texts):
            self.note((*path, i), text)
        if len(texts) > 1 and item.type in ("text", "line") and any(_longest(value) > 40 for value in values):
            return PARAGRAPH.join(f"{i}) {text.replace(PARAGRAPH, ' ')}" for i, text in enumerate(texts, 1))
        return word("separator", self.lang).join(texts)

    def note(self, path: Path, text: str) -> None:
        """Remember that a value must be found in the letter as this text."""
        if not is_internal(path) and text:
            self.printed[path] = text.split(PARAGRAPH)

    def particulars(self, shape: Shape, value: dict[str, Any], path: Path) -> list[str]:
        """Return the paragraphs that print every field of an object which the wording does not print itself."""
        lines: list[str] = []
        for name, member in shape.properties(value).items():
            here = (*path, name)
            given = value.get(name)
            if given is None or given == [] or is_internal(here) or pattern(here) in contract.prose():
                continue
            if _is_group(member) and any(p.startswith(pattern(here) + ".") for p in contract.prose()):
                lines += self.particulars(member, given, here)
            else:
                lines += self.labelled(member, given, here)
        return lines

    def labelled(self, shape: Shape, value: Any, path: Path) -> list[str]:
        """Return one field as paragraphs with its label in bold."""
        label = f"{LABEL}{pick(shape.label, self.lang)}:{END_LABEL} "
        if shape.type == "array" and _is_group(shape.items()):
            rows = [self.inline(shape.items(), e, (*path, i)) for i, e in enumerate(value)]
            if len(rows) == 1:
                return [label + rows[0]]
            return [label.rstrip(), *(f"{i}) {row}" for i, row in enumerate(rows, 1))]
        if _is_group(shape):
            return [label + self.inline(shape, value, path)]
        text = self.value(shape, value, path)
        if isinstance(text, bool):
            text = self.scalar(shape, value)
        if path in self.printed and not _in_prose(path):
            # With its label, so that the same word elsewhere in the letter cannot stand for it.
            self.note(path, label + text)
        if text.startswith("1) ") and PARAGRAPH in text:
            return [label.rstrip(), *text.split(PARAGRAPH)]
        first, *rest = text.split(PARAGRAPH)
        return [label + first, *rest]

    def rest_of_name(self, shape: Shape, names: dict[str, Any], path: Path) -> str:
        """Return what belongs to a name beyond its spellings, in one line: patronymic, aliases, former names, parents."""
        return self.inline(shape, {key: value for key, value in names.items() if key not in SCRIPTS}, path)

    def inline(self, shape: Shape, value: dict[str, Any], path: Path) -> str:
        """Return an object within one paragraph: "label: value; label: value"."""
        parts = []
        for name, member in shape.properties(value).items():
            given = value.get(name)
            here = (*path, name)
            if given is None or given == [] or is_internal(here):
                continue
            if _is_group(member):
                text = f"({self.inline(member, given, here)})"
            elif member.type == "array" and _is_group(member.items()):
                rows = (self.inline(member.items(), e, (*here, i)) for i, e in enumerate(given))
                text = word("semicolon", self.lang).join(f"({row})" for row in rows)
            else:
                text = self.value(member, given, here)
                if isinstance(text, bool):
                    text = self.scalar(member, given)
                text = text.replace(PARAGRAPH, " ")
                if self.printed.pop(here, None):
                    self.note(here, text if _in_prose(here) else f"{pick(member.label, self.lang)}: {text}")
            parts.append(f"{pick(member.label, self.lang)}: {text}")
            if member.type == "names" and (rest := self.rest_of_name(member, given, here)):
                parts.append(rest)
        return word("semicolon", self.lang).join(parts)


def _longest(value: Any) -> int:
    """Return the length of a text in the language in which it is longest: all languages print it the same way."""
    versions = value.values() if isinstance(value, dict) else [value]
    return max((len(PARAGRAPH.join(paragraphs(str(text)))) for text in versions), default=0)


def _is_group(shape: Shape) -> bool:
    return shape.type == "object"


def is_internal(path: Path) -> bool:
    """Tell whether a field, or something it is part of, is not told to the addressee."""
    return _within(path, contract.internal())


def _in_prose(path: Path) -> bool:
    """Tell whether the wording prints a field, or something it is part of, and so without its label."""
    return _within(path, contract.prose())


def _within(path: Path, fields: frozenset[str]) -> bool:
    steps = [part for part in path if isinstance(part, str)]
    return any(".".join(steps[:end]) in fields for end in range(1, len(steps) + 1))
