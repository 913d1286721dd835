"""The shipped JSON Schemas, read once, and what they say of each value: its label and its type.

References resolve from the shipped files only; nothing is ever fetched.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from casc_mla.core import data
from casc_mla.core.text import Text

KINDS = ("mla", "tip", "confiscation", "spontaneous", "consultation", "transfer")


@cache
def read_schema(name: str) -> dict[str, Any]:
    """Return one schema file by name, e.g. ``common.schema.json``."""
    schema: dict[str, Any] = json.loads(data.require(f"schemas/{name}").read_text(encoding="utf-8"))
    return schema


def schema_for(kind: str) -> str:
    """Return the name of the schema file of a kind of request."""
    return f"{kind}.schema.json"


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What the schemas say of the value at one place.

    ``type`` is the name of the shared definition (``text``, ``line``, ``names``, ``money``, ``date`` …) where the
    value has one, else the JSON type.  ``label`` is the name that is printed, in every language.  ``refers_to`` names the
    list whose elements the value names by id.
    """

    schema: dict[str, Any]
    file: str
    label: Text
    type: str
    enum: dict[str, Text]
    refers_to: str = ""

    def properties(self, value: Any = None) -> dict[str, Shape]:
        """Return the shapes of the members; ``value`` decides which form of assistance, or kind of table, is meant."""
        given = value if isinstance(value, dict) else {}
        chosen = next((given[name] for name in _DECIDING if isinstance(given.get(name), str)), None)
        return _properties(self.file, id(self.schema), chosen, self)

    def items(self) -> Shape:
        """Return the shape of the elements of a list."""
        for file, node in _chain(self.file, self.schema):
            if "items" in node:
                return shape(file, node["items"])
        return self


def _follow(file: str, reference: str) -> tuple[str, dict[str, Any]]:
    name, _, fragment = reference.partition("#")
    file = name or file
    node: Any = read_schema(file)
    for part in fragment.split("/")[1:]:
        node = node[part]
    return file, node


def _chain(file: str, node: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return the node and everything that it refers to, in order of precedence."""
    found = [(file, node)]
    if "$ref" in node:
        found += _chain(*_follow(file, node["$ref"]))
    for part in node.get("allOf", ()):
        found += _chain(file, part)
    return found


_SHAPES: dict[int, Shape] = {}
_MEMBERS: dict[tuple[int, str | None], dict[str, Shape]] = {}


def shape(file: str, node: dict[str, Any]) -> Shape:
    """Return the shape that a schema node describes."""
    known = _SHAPES.get(id(node))
    if known:
        return known
    chain = _chain(file, node)
    label: Text = {}
    enum: dict[str, Text] = {}
    kind = ""
    refers_to = ""
    for _, part in chain:
        if not label and "title" in part:
            label = {"en": part["title"], **part.get("x-label", {})}
        if not enum and "x-enum" in part:
            enum = part["x-enum"]
        refers_to = refers_to or part.get("x-ref", "")
        reference = part.get("$ref", "")
        if not kind and reference.startswith(("common.schema.json#/$defs/", "#/$defs/")):
            name = reference.rsplit("/", 1)[1]
            kind = name if name in _NAMED else ""
        if not kind and "$ref" not in part and isinstance(part.get("type"), str):
            kind = part["type"]
    made = Shape(node, file, label, kind or "object", enum, refers_to)
    _SHAPES[id(node)] = made
    return made


_NAMED = {
    "text",
    "line",
    "names",
    "date",
    "date-time",
    "period",
    "money",
    "country",
    "currency",
    "language",
    "iban",
    "bic",
    "id",
    "email",
    "phone",
}


#: The fields on whose value it depends which further fields an element has.
_DECIDING = ("form", "kind")


def _properties(file: str, identity: int, chosen: str | None, owner: Shape) -> dict[str, Shape]:
    key = (identity, chosen)
    known = _MEMBERS.get(key)
    if known is None:
        known = {}
        chain = _chain(file, owner.schema)
        for where, node in chain:
            _collect(where, node, known)
        for where, node in chain:
            _collect_chosen(where, node, chosen, known)
        _MEMBERS[key] = known
    return known


def _collect(file: str, node: dict[str, Any], into: dict[str, Shape]) -> None:
    for name, member in node.get("properties", {}).items():
        if member is not True and name not in into:
            into[name] = shape(file, member)


def _collect_chosen(file: str, node: dict[str, Any], chosen: str | None, into: dict[str, Shape]) -> None:
    conditions = node.get("if", {}).get("properties", {})
    if chosen is None or "then" not in node:
        return
    for name in _DECIDING:
        condition = conditions.get(name, {})
        if condition.get("const") == chosen or chosen in condition.get("enum", ()):
            for where, part in _chain(file, node["then"]):
                for member, schema in part.get("properties", {}).items():
                    if schema is not True:
                        # What a choice says of a field is more than what all share.
                        into[member] = shape(where, schema)


def root_shape(kind: str) -> Shape:
    """Return the shape of a whole request of a kind; an unknown kind is read as ``mla``."""
    name = schema_for(kind if kind in KINDS else "mla")
    return shape(name, read_schema(name))


def shape_at(kind: str, tree: Any, path: tuple[str | int, ...]) -> Shape | None:
    """Return the shape at a path of a request, or None where the schemas know no such place."""
    current: Shape | None = root_shape(kind)
    value = tree
    for part in path:
        if current is None:
            return None
        if isinstance(part, int):
            current = current.items()
            value = value[part] if isinstance(value, list) and part < len(value) else None
        else:
            current = current.properties(value).get(part)
            value = value.get(part) if isinstance(value, dict) else None
    return current
