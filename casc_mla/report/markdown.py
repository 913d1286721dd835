"""Findings as a Markdown table, for a summary or a note to a colleague."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casc_mla.core.finding import Finding, count
from casc_mla.core.text import pick, say


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def report(files: Mapping[str, Sequence[Finding]], lang: str) -> str:
    """Return a table for each file, and the totals."""
    out = []
    for name, findings in files.items():
        out.append(f"## {name}\n")
        if not findings:
            out.append(say("check.clean", lang) + "\n")
            continue
        heads = [say(f"check.column.{column}", lang) for column in ("place", "rule", "what")]
        out.append(f"| {' | '.join(heads)} |\n|---|---|---|")
        for f in findings:
            what = f"{pick(f.message, lang)} → {pick(f.remedy, lang)}"
            severity = say(f"severity.{f.severity}", lang)
            out.append(f"| {f.place(name)} | {severity} {f.rule} | {_cell(what)} |")
        out.append("")
    totals = count([f for findings in files.values() for f in findings])
    if any(f.source for findings in files.values() for f in findings):
        out.append(say("check.scope", lang) + "\n")
    out.append(say("check.summary", lang, files=len(files), **totals))
    return "\n".join(out) + "\n"
