"""Waivers: a named person departs from a rule at a place, for a reason that stays on record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from casc_mla.core.finding import Finding, Path, Severity
from casc_mla.core.text import message
from casc_mla.load.request import Request


@dataclass(slots=True)
class _Waiver:
    record: dict[str, Any]
    index: int
    path: Path
    used: bool = False


def waiver_path(text: str) -> Path:
    """Return the place that a waiver names: ``/assistance/0/period`` or ``assistance[0].period``."""
    parts = re.findall(r"[^/.\[\]]+", text)
    return tuple(int(part) if part.isdigit() else part for part in parts)


def apply(request: Request, findings: Iterable[Finding], waivable: dict[str, bool]) -> Iterator[Finding]:
    """Yield the findings with the waived ones turned into notes, then what is wrong with the waivers themselves.

    ``waivable`` tells of each rule that was run whether it may be waived.  A waiver of a rule that protects a victim
    or without which nothing can be executed has no effect, and is itself an error.
    """
    waivers = [
        _Waiver(record, i, waiver_path(str(record.get("path", ""))))
        for i, record in enumerate(request.list_of("waivers"))
    ]
    for finding in findings:
        yield _waived(request, finding, waivers, waivable)
    for waiver in waivers:
        yield from _wrong(request, waiver, waivable)


def _expired(request: Request, waiver: _Waiver) -> bool:
    until = waiver.record.get("until")
    return isinstance(until, str) and until < str(request.data.get("date", ""))


def _waived(request: Request, finding: Finding, waivers: list[_Waiver], waivable: dict[str, bool]) -> Finding:
    for waiver in waivers:
        if finding.rule != waiver.record.get("rule") or finding.path[: len(waiver.path)] != waiver.path:
            continue
        waiver.used = True
        if waivable.get(finding.rule) and not _expired(request, waiver):
            record: dict[str, Any] = {
                key: waiver.record[key] for key in ("reason", "by", "until") if key in waiver.record
            }
            who = message("waiver.applied", by=record.get("by", ""), reason=record.get("reason", ""))
            text = {lang: f"{sentence} {who[lang]}" for lang, sentence in finding.message.items()}
            return replace(finding, severity=Severity.NOTE, message=text, waiver=record)
    return finding


def _wrong(request: Request, waiver: _Waiver, waivable: dict[str, bool]) -> Iterator[Finding]:
    rule = str(waiver.record.get("rule", ""))
    if waivable.get(rule) is False:
        key, severity = "waiver.refused", Severity.ERROR
    elif not waiver.used:
        key, severity = "waiver.unused", Severity.WARNING
    elif _expired(request, waiver):
        key, severity = "waiver.expired", Severity.WARNING
    else:
        return
    yield request.finding(
        "WVR-" + key.rsplit(".", 1)[1].upper(),
        severity,
        ("waivers", waiver.index),
        message(key, rule=rule),
        message(key + ".fix", rule=rule),
    )
