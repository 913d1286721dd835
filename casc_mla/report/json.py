"""Findings for other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from casc_mla.core.finding import Finding, count
from casc_mla.core.text import pick


def finding_record(finding: Finding, lang: str) -> dict[str, Any]:
    """Return one finding as plain data, its texts in one language."""
    record = {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "pointer": finding.pointer,
        "line": finding.line,
        "column": finding.column,
        "message": pick(finding.message, lang),
        "remedy": pick(finding.remedy, lang),
        "source": finding.source,
    }
    return {**record, "waiver": finding.waiver} if finding.waiver else record


def report(files: Mapping[str, Sequence[Finding]], lang: str) -> dict[str, Any]:
    """Return the findings of several files with their summary."""
    everything = [finding for findings in files.values() for finding in findings]
    return {
        "files": [
            {
                "file": name,
                "findings": [
                    {**finding_record(f, lang), "file": f.file} if f.file not in ("", name) else finding_record(f, lang)
                    for f in findings
                ],
            }
            for name, findings in files.items()
        ],
        "summary": count(everything),
    }
