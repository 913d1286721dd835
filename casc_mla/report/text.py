"""Findings for a tired person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from casc_mla.core.finding import Finding, count
from casc_mla.core.text import comma, pick, say

_COLOURS = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def source_line(source: dict[str, Any], lang: str) -> str:
    """Return a source in one line: the text, its article, how well it is known and when it was read.

    ``title`` and ``place`` are the name and the article in every language, where the caller knows them (``law.sources``).
    """
    if not source:
        return ""
    name = pick(source.get("title") or source.get("instrument") or source.get("document", ""), lang)
    article = pick(source.get("place") or source.get("article") or "", lang)
    status = say(f"status.{source.get('status', 'unknown')}", lang)
    checked = comma(lang).join(part for part in (status, str(source.get("checked_on") or "")) if part)
    return f"{comma(lang).join(part for part in (name, article) if part)} ({checked})"


def print_findings(console: Console, name: str, findings: Sequence[Finding], lang: str) -> None:
    """Print the findings of one file, most important information first, or that there are none."""
    console.rule(f"[bold]{escape(name)}[/bold]", align="left", style="dim")
    if not findings:
        console.print(f"[green]{escape(say('check.clean', lang))}[/green]")
        return
    # Arabic stands in the last column only: a terminal reorders what stands to its right.
    table = Table(box=None, padding=(0, 2, 1, 0), show_edge=False, expand=True, header_style="dim")
    table.add_column(say("check.column.place", lang), no_wrap=True, justify="right")
    table.add_column(say("check.column.rule", lang), no_wrap=True)
    table.add_column(say("check.column.what", lang), ratio=1, overflow="fold")
    for finding in findings:
        colour = _COLOURS[str(finding.severity)]
        place = escape(finding.place(name).replace(":", ":\n", 1 if finding.file not in ("", name) else 0)) or "–"
        severity = escape(say(f"severity.{finding.severity}", lang))
        what = f"{escape(pick(finding.message, lang))}\n→ {escape(pick(finding.remedy, lang))}"
        source = source_line(finding.source, lang)
        if source:
            what += f"\n[dim]{escape(source)}[/dim]"
        table.add_row(place, f"[{colour}]{severity}[/{colour}]\n{escape(finding.rule)}", what)
    console.print(table)


def print_summary(console: Console, findings: Sequence[Finding], files: int, lang: str) -> None:
    """Print how many findings of each weight there are in how many files."""
    totals = count(findings)
    if any(finding.source for finding in findings):
        console.print(escape(say("check.scope", lang)), style="dim")
    colour = "bold red" if totals["error"] else "yellow" if totals["warning"] else "green"
    console.print(f"[{colour}]{escape(say('check.summary', lang, files=files, **totals))}[/{colour}]")


def print_overview(console: Console, rows: Sequence[tuple[str, dict[str, int], str]], lang: str) -> None:
    """Print one line a request: its file, how many findings of each weight it has, and what became of it."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style="dim")
    table.add_column(say("build.request", lang), overflow="fold")
    for severity in _COLOURS:
        table.add_column(say(f"demo.{severity}", lang), justify="right", no_wrap=True)
    table.add_column(say("build.result", lang), overflow="fold", ratio=1)
    for name, totals, result in rows:
        numbers = (str(totals[severity]) for severity in _COLOURS)
        table.add_row(escape(name), *numbers, escape(result))
    console.print(table)
