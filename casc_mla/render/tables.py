"""Annexed tables as they are printed: the columns in use, the text of every cell, the totals.

A table is printed once, whatever the languages of the letter: its values are the same in all of them, and only the
headings are said in each.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, localcontext

from casc_mla.core.columns import AMOUNT, CURRENCY, Column, columns
from casc_mla.core.finding import Path
from casc_mla.load.request import Request
from casc_mla.render.context import ViewBuilder, unmarked
from casc_mla.render.glue import NBSP


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table ready to be set: ``rows`` hold one text for each of ``columns``, '' where the request says nothing."""

    identity: str
    path: Path
    columns: list[Column]
    rows: list[list[str]]
    #: Currency and sum, by the code of the currency.
    totals: list[tuple[str, str]]


def grouped(amount: str) -> str:
    """Return an amount with a no-break space between thousands; its digits stay as they are."""
    return f"{Decimal(amount):,}".replace(",", NBSP)


def totals(rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    """Return the exact sum of the amounts in each currency."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    with localcontext(prec=60):
        for row in rows:
            if AMOUNT in row and CURRENCY in row:
                sums[row[CURRENCY]] += Decimal(row[AMOUNT])
    return [(code, grouped(str(total))) for code, total in sorted(sums.items())]


def sheet(request: Request, index: int, languages: tuple[str, ...]) -> Sheet:
    """Return the table at an index of ``tables`` as it is printed."""
    table = request.data["tables"][index]
    rows: list[dict[str, str]] = table["rows"]
    used = {name for row in rows for name in row}
    chosen = [column for column in columns(table["kind"]).values() if column.name in used]
    names = {
        "persons": _people(request, languages) if any(c.refers_to == "persons" for c in chosen) else {},
        # The letter numbers the property that it lists.
        "assets": {str(asset["id"]): str(i) for i, asset in enumerate(request.list_of("assets"), 1)},
    }
    made = [[_cell(column, row.get(column.name, ""), names) for column in chosen] for row in rows]
    return Sheet(str(table["id"]), ("tables", index), chosen, made, totals(rows))


def _cell(column: Column, value: str, names: dict[str, dict[str, str]]) -> str:
    if column.refers_to and value:
        return names[column.refers_to].get(value, value)
    if column.name == AMOUNT and value:
        return grouped(value)
    return value


def _people(request: Request, languages: tuple[str, ...]) -> dict[str, str]:
    """Return what each person is called, once in each script of the letter; a protected person by the pseudonym."""
    builders = [ViewBuilder(request, lang) for lang in languages]
    people = builders[0].tree.get("persons") or []
    return {
        str(person["id"]): " / ".join(dict.fromkeys(unmarked(builder.display(person)) for builder in builders))
        for person in people
    }
