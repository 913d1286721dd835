"""Text with separators (CSV) as records whose every cell knows its line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

#: What spreadsheets write between cells: Western, Continental and Russian, copied.
SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its cells, and the line on which it begins."""

    line: int
    cells: list[str]


class MalformedError(Exception):
    """Quotes that do not close; ``line`` is where the record begins."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Delimited:
    """A text read with one separator."""

    def __init__(self, text: str, separator: str) -> None:
        self.text, self.separator = text, separator
        self._lines = text.split("\n")

    def records(self) -> Iterator[Record]:
        """Yield the records that hold anything.

        Raises:
            MalformedError: a quote is not closed, or something follows the closing one.

        """
        reader = csv.reader(io.StringIO(self.text), delimiter=self.separator, strict=True)
        begins = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                raise MalformedError(begins) from None
            if any(cell.strip() for cell in cells):
                yield Record(begins, cells)
            begins = reader.line_num + 1

    def place(self, line: int, index: int) -> tuple[int, int]:
        """Return line and column of a cell of the record that begins on a line.

        Only a finding asks for it, so that reading costs nothing more.
        """
        column, cell = 1, 0
        # Whether a cell begins here, whether it began with a quotation mark, and whether that mark is still open.
        fresh, marked, quoted = True, False, False
        for number in range(line, len(self._lines) + 1):
            for column, char in enumerate(self._lines[number - 1], 1):
                if cell == index and fresh:
                    return number, column
                marked = char == '"' if fresh else marked
                if char == '"' and marked:
                    quoted = not quoted
                fresh = char == self.separator and not quoted
                cell += fresh
            if not quoted:
                # An empty last cell stands at the end of the line.
                return number, len(self._lines[number - 1]) + 1
        return line, column


def separator_of(line: str, known: set[str]) -> str:
    """Return the separator under which most cells of a first line are known names, or '' when none is."""
    best, most = "", 0
    for separator in SEPARATORS:
        try:
            cells = next(csv.reader([line], delimiter=separator), [])
        except csv.Error:
            continue
        hits = sum(cell.strip().casefold() in known for cell in cells)
        if hits > most:
            best, most = separator, hits
    return best
