"""The one currency of the program: a finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from casc_mla.core.text import Text

#: A place inside a request: the keys and indexes from the root.
Path = tuple[str | int, ...]


class Severity(StrEnum):
    """How much a finding weighs: an error blocks the letter, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend or to know, with its place, its remedy and its legal source.

    ``line`` and ``column`` count from 1; 0 means that the place is the whole file.  ``source`` is the mapping
    of the rule record (document or instrument, article, status, checked_on …), or empty for the format of the file.
    ``waiver`` says who departed from the rule and why; such a finding is a note.
    """

    rule: str
    severity: Severity
    message: Text
    remedy: Text
    path: Path = ()
    file: str = ""
    line: int = 0
    column: int = 0
    source: dict[str, Any] = field(default_factory=dict)
    waiver: dict[str, Any] = field(default_factory=dict)

    @property
    def pointer(self) -> str:
        """The place as a JSON pointer (RFC 6901)."""
        return pointer(self.path)

    def place(self, name: str) -> str:
        """Return line and column for a reader of the file ``name``, with the file where it is another one."""
        other = "" if self.file in ("", name) else self.file.replace("\\", "/").rsplit("/", 1)[-1] + ":"
        return f"{other}{self.line}:{self.column}" if self.line else other.rstrip(":")


def pointer(path: Sequence[str | int]) -> str:
    """Return ``path`` as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings as a reader wants them: by file, then down the page, then by weight."""
    return sorted(findings, key=lambda f: (f.file, f.line, f.column, ORDER[f.severity], f.rule))


def count(findings: Iterable[Finding]) -> dict[str, int]:
    """Return the number of findings of each severity, with every severity present."""
    totals = {str(severity): 0 for severity in Severity}
    for finding in findings:
        totals[str(finding.severity)] += 1
    return totals
