"""Errors meant for people: what happened, where, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from casc_mla.core.finding import Finding
from casc_mla.core.text import Text, message


class CascError(Exception):
    """The base of everything the command line reports without a trace.

    ``text`` and ``remedy`` come from the message catalogue under ``key`` and ``key + ".fix"``.
    """

    exit_code = 2

    def __init__(self, key: str, /, **values: object) -> None:
        self.key = key
        self.text: Text = message(key, **values)
        self.remedy: Text = message(key + ".fix", **values)
        super().__init__(self.text["en"])


class UnreadableError(CascError):
    """An input that cannot be read; ``findings`` hold the places."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = list(findings)
        self.key = self.findings[0].rule
        self.text, self.remedy = self.findings[0].message, self.findings[0].remedy
        Exception.__init__(self, self.text["en"])


class BlockedError(CascError):
    """Something was refused because findings of severity error stand against it."""

    exit_code = 1


class DefectError(CascError):
    """A defect of the tool or of its data, not of the request."""

    exit_code = 3
