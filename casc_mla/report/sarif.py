"""Findings as SARIF 2.1.0, for code hosts that show them beside the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from casc_mla.core.finding import Finding, Severity
from casc_mla.core.text import pick

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def report(files: Mapping[str, Sequence[Finding]], lang: str, version: str) -> dict[str, Any]:
    """Return the findings of several files as one SARIF run; waived ones carry their justification."""
    everything = [finding for findings in files.values() for finding in findings]
    rules = {f.rule: f for f in everything}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "casc-mla",
                        "version": version,
                        "rules": [
                            {"id": name, "shortDescription": {"text": pick(f.remedy, lang) or name}}
                            for name, f in sorted(rules.items())
                        ],
                    }
                },
                "results": [_result(finding, lang) for finding in everything],
            }
        ],
    }


def _result(finding: Finding, lang: str) -> dict[str, Any]:
    region = {"startLine": max(finding.line, 1), "startColumn": max(finding.column, 1)}
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{pick(finding.message, lang)} {pick(finding.remedy, lang)}".strip()},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": finding.file.replace("\\", "/")}, "region": region},
                "logicalLocations": [{"fullyQualifiedName": finding.pointer or "/"}],
            }
        ],
    }
    if finding.waiver:
        result["suppressions"] = [
            {"kind": "inSource", "justification": f"{finding.waiver.get('by')}: {finding.waiver.get('reason')}"}
        ]
    return result
