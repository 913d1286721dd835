"""The rows of annexed tables against their columns.

The same schemas as everywhere, but each column is compiled once and each value looked at once: a table of some
thousand rows repeats most of what it says, and is checked in the time of a letter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from casc_mla.check.schema import broken, cell_validator, missing, unknown_key
from casc_mla.core.columns import AMOUNT, CURRENCY, Column, columns, row_shape
from casc_mla.core.finding import Finding, Path, Severity
from casc_mla.core.text import message
from casc_mla.load.request import Request
from casc_mla.load.source import hidden_character
from casc_mla.load.tables import MAX_ROWS, RULE, SHOWN

#: What a spreadsheet would take for a formula when somebody opens the data in one; a signed number is none.
_FORMULA = re.compile(r"[=@]|[+-](?![\d\s().,/-]*\Z)")


def without_rows(request: Request) -> dict[str, Any]:
    """Return the request with one row at most in each table, for the schema; `check_rows` looks at all of them."""
    tables = request.data.get("tables")
    if not isinstance(tables, list):
        return request.data
    short = [
        {**table, "rows": table["rows"][:1]}
        if isinstance(table, dict) and isinstance(table.get("rows"), list)
        else table
        for table in tables
    ]
    return {**request.data, "tables": short}


def in_a_row(path: Path) -> bool:
    """Tell whether a path leads into a row of a table."""
    return len(path) > 3 and path[0] == "tables" and path[2] == "rows"


def check_rows(request: Request) -> list[Finding]:
    """Return what is wrong with the rows of every table, at the line and column of each cell."""
    findings: list[Finding] = []
    tables = request.data.get("tables")
    for i, table in enumerate(tables if isinstance(tables, list) else []):
        if isinstance(table, dict) and isinstance(table.get("rows"), list) and row_shape(str(table.get("kind"))):
            findings += _shortened(request, ("tables", i), _row_findings(request, ("tables", i), table))
    return findings


def _shortened(request: Request, table: Path, found: Iterator[tuple[str, Finding]]) -> Iterator[Finding]:
    """Yield the first findings of each sort and then their number."""
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for column, finding in found:
        seen[column, finding.rule] += 1
        if seen[column, finding.rule] <= SHOWN:
            yield finding
    for (column, rule), count in seen.items():
        if count > SHOWN:
            text = message("table.more_cells", column=column, count=count - SHOWN, shown=SHOWN)
            yield request.finding(rule, Severity.ERROR, (*table, "rows"), text, message("table.more_cells.fix"))


def _row_findings(request: Request, table: Path, content: dict[str, Any]) -> Iterator[tuple[str, Finding]]:
    known = columns(content["kind"])
    if len(content["rows"]) > MAX_ROWS:
        text, remedy = message("table.too_many", limit=MAX_ROWS), message("table.too_many.fix")
        yield "", request.finding(RULE, Severity.ERROR, (*table, "rows"), text, remedy)
        return
    good: dict[str, set[str]] = {name: set() for name in known}
    required = [column.name for column in known.values() if column.required]
    for r, row in enumerate(content["rows"]):
        here: Path = (*table, "rows", r)
        if not isinstance(row, dict):
            text, remedy = message("table.row"), message("table.row.fix", names=", ".join(known))
            yield "", request.finding("SCH-TYPE", Severity.ERROR, here, text, remedy)
            continue
        for name in required if AMOUNT not in row else dict.fromkeys((*required, CURRENCY)):
            if name not in row:
                yield name, missing(request, here, name)
        for name, value in row.items():
            column = known.get(name)
            if column is None:
                yield name, unknown_key(request, here, name, list(known))
            elif not isinstance(value, str) or value not in good[name]:
                faults = list(_cell(request, (*here, name), column, value))
                yield from ((name, fault) for fault in faults)
                if not faults:
                    good[name].add(value)


def _cell(request: Request, path: Path, column: Column, value: Any) -> Iterator[Finding]:
    if isinstance(value, str) and _FORMULA.match(value) and not column.number:
        text = message("table.formula", column=column.label)
        yield request.finding(RULE, Severity.ERROR, path, text, message("table.formula.fix"))
    hidden = hidden_character(value) if isinstance(value, str) else ""
    if hidden:
        yield request.finding(
            RULE, Severity.ERROR, path, message("load.invisible", code=hidden), message("load.invisible.fix")
        )
    for error in cell_validator(column.pointer).iter_errors(value):
        finding = broken(request, path, str(error.validator), error)
        yield replace(finding, remedy=message("table.number.fix")) if column.number else finding
        return
