"""The columns of the annexed tables, as the schemas declare them: a new kind of table is data, not program."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from casc_mla.core.schema import Shape, read_schema, shape
from casc_mla.core.text import Text

FILE = "tables.schema.json"
#: The columns that are added up, and the one that says in what.
AMOUNT, CURRENCY = "amount", "currency"
DATE = "date"
_NUMBERS = ("amount", "whole-number")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in files, the label that is printed, and what its cells hold."""

    name: str
    label: Text
    required: bool
    #: Numbers stand at the right edge.
    number: bool
    #: The list whose elements the cells name by id, or ''.
    refers_to: str
    pointer: str


def _definitions() -> dict[str, Any]:
    found: dict[str, Any] = read_schema(FILE)["$defs"]
    return found


def kinds() -> list[str]:
    """Return the kinds of table."""
    return list(_definitions()["table"]["properties"]["kind"]["enum"])


@cache
def row_shape(kind: str) -> Shape | None:
    """Return the shape of a row of a kind of table, or None where there is no such kind."""
    return shape(FILE, _definitions()[kind]) if kind in kinds() else None


@cache
def columns(kind: str) -> dict[str, Column]:
    """Return the columns of a kind of table by name, in the order in which they are printed."""
    row = row_shape(kind)
    if row is None:
        return {}
    return {
        name: Column(
            name,
            member.label,
            name in row.schema.get("required", ()),
            member.schema.get("$ref", "").rsplit("/", 1)[-1] in _NUMBERS,
            member.refers_to,
            f"{FILE}#/$defs/{kind}/properties/{name}",
        )
        for name, member in row.properties().items()
    }


def names(kind: str) -> dict[str, str]:
    """Return the names that a column may bear in the first line of a file, in small letters: its own and its labels."""
    found: dict[str, str] = {}
    for column in columns(kind).values():
        for name in (column.name, *column.label.values()):
            found.setdefault(name.casefold(), column.name)
    return found
