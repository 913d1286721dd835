"""Findings as workflow commands, which GitHub shows beside the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casc_mla.core.finding import Finding, Severity
from casc_mla.core.text import pick

_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def _escaped(text: str, *, is_property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text


def report(files: Mapping[str, Sequence[Finding]], lang: str) -> str:
    """Return one line for each finding."""
    return "".join(
        f"::{_WORDS[f.severity]} file={_escaped(f.file or name, is_property=True)},line={max(f.line, 1)},col={max(f.column, 1)},"
        f"title={_escaped(f.rule, is_property=True)}::{_escaped(pick(f.message, lang) + ' ' + pick(f.remedy, lang))}\n"
        for name, findings in files.items()
        for f in findings
    )
