"""The rows of an annexed table from a CSV file beside the request.

The file's rows take its place in the request, so that everything after this step, and the letter itself, carries them
without the file.  Whatever is wrong is a finding at its line and column; nothing is guessed and nothing is left out.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from pathlib import PureWindowsPath
from typing import Any

from casc_mla.core import columns
from casc_mla.core.errors import UnreadableError
from casc_mla.core.finding import Finding, Path, Severity
from casc_mla.core.text import Text, message
from casc_mla.load.delimited import Delimited, MalformedError, Record, separator_of
from casc_mla.load.source import decode, refuse_forbidden

MAX_BYTES = 2_000_000
MAX_ROWS = 5_000
SUFFIXES = (".csv", ".tsv", ".txt")
RULE = "SCH-TABLE"
#: So many rows with the same fault are shown; a wrong export would bury the rest.
SHOWN = 10
_LINE_ENDS = re.compile(r"\s*[\n\t]\s*")


@dataclass(slots=True)
class Attached:
    """Where the rows of a table stand in their file."""

    file: str
    text: Delimited
    order: dict[str, int]
    lines: list[int] = field(default_factory=list)

    def place(self, path: Path) -> tuple[int, int]:
        """Return line and column of ``(row, column)`` in the file, of the row, or of the first line."""
        row = path[0] if path and isinstance(path[0], int) else -1
        if not 0 <= row < len(self.lines):
            return 1, 1
        index = self.order.get(str(path[1]), 0) if len(path) > 1 else 0
        return self.text.place(self.lines[row], index)


@dataclass(slots=True)
class Reading:
    """A table being read: the request's file, the table's path, and the findings so far."""

    request: str
    path: Path
    kind: str
    file: str
    problems: list[Finding] = field(default_factory=list)

    def problem(self, key: str, line: int = 0, column: int = 0, remedy: Text | None = None, **values: object) -> None:
        """Remember a finding in the file."""
        self.problems.append(
            Finding(
                RULE,
                Severity.ERROR,
                message(key, **values),
                remedy or message(key + ".fix", **values),
                (*self.path, "file"),
                self.file,
                line,
                column,
            )
        )


def attach(name: str, tables: Any) -> tuple[dict[Path, Attached], list[Finding]]:
    """Put the rows of every table that names a file into the table; return where they stand, and what is wrong."""
    places: dict[Path, Attached] = {}
    problems: list[Finding] = []
    for i, table in enumerate(tables if isinstance(tables, list) else []):
        kind = table.get("kind") if isinstance(table, dict) else None
        if not isinstance(kind, str) or kind not in columns.kinds() or "rows" in table:
            continue
        given = table.get("file")
        if isinstance(given, str) and given:
            reading = Reading(name, ("tables", i), kind, given)
            found = _read(reading, given)
            problems += reading.problems
            if found is not None and not reading.problems:
                places["tables", i], table["rows"] = found
                del table["file"]
    return places, problems


def _find(reading: Reading, given: str) -> FilePath | None:
    """Return the file, which must lie in the folder of the request or below it, whatever links say."""
    if reading.request == "-":
        reading.problem("table.stdin")
        return None
    steps = PureWindowsPath(given)  # knows both kinds of separator, on every system
    if steps.drive or steps.root or ".." in steps.parts:
        reading.problem("table.outside")
        return None
    folder = FilePath(reading.request).parent
    reading.file = str(folder.joinpath(*steps.parts))
    try:
        home = folder.resolve()
        path = home.joinpath(*steps.parts).resolve()
        if not path.is_relative_to(home):
            reading.problem("table.outside")
        elif path.suffix.lower() not in SUFFIXES:
            reading.problem("table.suffix", suffixes=", ".join(SUFFIXES))
        elif not path.is_file():
            reading.problem("table.not_found")
        else:
            return path
    except (OSError, RuntimeError, ValueError):
        reading.problem("table.unreadable")
    return None


def _text(reading: Reading, path: FilePath) -> str | None:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError:
        reading.problem("table.unreadable")
        return None
    if len(raw) > MAX_BYTES:
        reading.problem("table.too_large", limit=MAX_BYTES)
    elif raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        reading.problem("table.workbook")
    elif b"\x00" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        before = raw[: raw.index(b"\x00")]
        reading.problem("table.binary", before.count(b"\n") + 1, len(before) - before.rfind(b"\n"))
    else:
        try:
            text = decode(reading.file, raw)
            refuse_forbidden(reading.file, text)
        except UnreadableError as error:
            reading.problems += [replace(finding, path=(*reading.path, "file")) for finding in error.findings]
            return None
        if text.strip():
            return text
        reading.problem("table.empty")
    return None


def _read(reading: Reading, given: str) -> tuple[Attached, list[dict[str, str]]] | None:
    path = _find(reading, given)
    text = _text(reading, path) if path else None
    if text is None:
        return None
    names = columns.names(reading.kind)
    separator = separator_of(text.lstrip("\n").split("\n", 1)[0], set(names))
    if not separator:
        reading.problem("table.header", 1, 1, names=", ".join(columns.columns(reading.kind)))
        return None
    source = Delimited(text, separator)
    try:
        head, *records = source.records()
    except MalformedError as error:
        reading.problem("table.quotes", error.line, 1)
        return None
    order = _columns(reading, source, head, names)
    if reading.problems:
        return None
    if not records:
        reading.problem("table.no_rows", head.line, 1)
    elif len(records) > MAX_ROWS:
        reading.problem("table.too_many", records[MAX_ROWS].line, 1, limit=MAX_ROWS)
    attached = Attached(reading.file, source, order, [record.line for record in records])
    return attached, _rows(reading, records, order, max(len(head.cells), 1))


def _columns(reading: Reading, source: Delimited, head: Record, names: dict[str, str]) -> dict[str, int]:
    """Return the place of each column in a record, from the first line."""
    order: dict[str, int] = {}
    for index, cell in enumerate(head.cells):
        given = cell.strip()
        place = source.place(head.line, index)
        name = names.get(given.casefold())
        if not given:
            if any(after.strip() for after in head.cells[index:]):
                reading.problem("table.unnamed", *place)
        elif name is None:
            guess = difflib.get_close_matches(given.casefold(), names, 1, 0.6)
            remedy = (
                message("schema.unknown_key.guess", key=given, guess=names[guess[0]])
                if guess
                else message("schema.unknown_key.list", known=", ".join(columns.columns(reading.kind)))
            )
            reading.problem("table.column", *place, remedy=remedy, name=given)
        elif name in order:
            reading.problem("table.column_twice", *place, name=name)
        else:
            order[name] = index
    for column in columns.columns(reading.kind).values():
        if column.required and column.name not in order and not reading.problems:
            reading.problem("table.column_missing", head.line, 1, name=column.name, label=column.label)
    return order


def _rows(reading: Reading, records: list[Record], order: dict[str, int], width: int) -> list[dict[str, str]]:
    """Return the rows; a cell that is empty is left out."""
    rows = []
    ragged = 0
    for record in records:
        cells = record.cells
        if len(cells) != width and (len(cells) < width or any(cell.strip() for cell in cells[width:])):
            ragged += 1
            if ragged <= SHOWN:
                reading.problem("table.ragged", record.line, 1, found=len(cells), wanted=width)
        if reading.problems:
            continue
        row = {}
        for name, index in order.items():
            value = _LINE_ENDS.sub(" ", cells[index].strip())
            if value:
                row[name] = value
        rows.append(row)
    if ragged > SHOWN:
        reading.problem("table.more", count=ragged - SHOWN)
    return rows
