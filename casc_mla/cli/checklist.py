"""``casc-mla checklist``: print the checklist of a State, prove the data files, list old sources."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casc_mla.cli import Command, Option, _Formatter, data_dir_option, format_option, language, language_option
from casc_mla.core.text import say

if TYPE_CHECKING:
    from casc_mla.lint.stale import Age


class CommandGroup(Command, click.Group):
    """A command with commands of its own."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            from casc_mla.core.errors import CascError

            raise CascError("checklist.no_command", name=args[0], commands=", ".join(self.list_commands(ctx)))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, say(f"cmd.{self.name}.{name}.short", _Formatter.lang)) for name in self.list_commands(ctx)]
            )


@click.group(cls=CommandGroup, name="checklist")
@language_option
def command() -> None:
    """Show, check and date the checklists."""


@command.command(cls=Command, name="show")
@click.argument("state", metavar="XX")
@click.option(
    "--kind",
    cls=Option,
    type=click.Choice(["mla", "tip", "confiscation", "spontaneous", "consultation", "transfer"]),
    default=None,
    metavar="KIND",
)
@click.option(
    "--side",
    cls=Option,
    type=click.Choice(["requested", "requesting"]),
    default="requested",
    metavar="requested|requesting",
)
@click.option("--full", cls=Option, is_flag=True)
@click.option(
    "--format",
    "style",
    cls=Option,
    type=click.Choice(["text", "json", "markdown", "docx"]),
    default="text",
    metavar="text|json|markdown|docx",
)
@click.option("--out", cls=Option, default=None, metavar="DIR")
@language_option
@data_dir_option
def show(state: str, kind: str | None, side: str, full: bool, style: str, out: str | None) -> int:
    """Print the checklist of a State."""
    from casc_mla.cli.output import console, print_json
    from casc_mla.lint.sheet import sheet
    from casc_mla.report.sheet import markdown, print_sheet, title

    lang = language()
    made = sheet(state, lang, kind=kind or "", side=side, full=full)
    if style == "json":
        print_json(made)
    elif style == "docx":
        from casc_mla.core.disk import write_private
        from casc_mla.core.errors import CascError
        from casc_mla.lint.word import page

        if not out:
            raise CascError("checklist.out")
        path = Path(out) / f"checklist-{state.upper()}{f'-{kind}' if kind else ''}.{lang}.docx"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_private({path: page(markdown(made, lang), lang, title(made, lang))})
        except OSError as error:
            raise CascError("build.disk", path=out, reason=error.strerror or "") from None
        click.echo(say("checklist.written", lang, path=path))
    elif style == "markdown":
        click.echo(markdown(made, lang), nl=False)
    else:
        print_sheet(console(), made, lang)
    return 0


@command.command(cls=Command, name="check")
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@format_option
@language_option
@data_dir_option
def check(paths: tuple[str, ...], style: str) -> int:
    """Prove the data files."""
    from casc_mla.cli.output import console, print_json
    from casc_mla.core.finding import count
    from casc_mla.lint.checklists import check_checklists
    from casc_mla.report.json import report
    from casc_mla.report.text import print_findings, print_summary

    results = check_checklists(_named(paths), _watched)
    everything = [finding for findings in results.values() for finding in findings]
    if style == "json":
        print_json(report(results, language()))
    else:
        screen = console()
        for name, findings in results.items():
            if findings:
                print_findings(screen, name, findings, language())
        print_summary(screen, everything, len(results), language())
    return int(bool(count(everything)["error"]))


def _named(paths: Iterable[str]) -> list[Path]:
    """Return the files that the user named; a folder stands for its YAML files."""
    from casc_mla.core.errors import CascError

    found: list[Path] = []
    for name in paths:
        path = Path(name)
        inside = sorted(path.rglob("*.yaml")) if path.is_dir() else [path] if path.is_file() else []
        if not inside:
            raise CascError("checklist.not_found", path=name)
        found += inside
    return found


def _watched(files: Iterable[Any]) -> Iterable[Any]:
    """Show a progress bar to a person; a program and a pipe see nothing of it."""
    if not sys.stderr.isatty():
        return files
    from rich.console import Console
    from rich.progress import track

    screen = Console(stderr=True)
    return track(files, description=say("checklist.progress", language()), console=screen, transient=True)


@command.command(cls=Command, name="stale")
@click.option("--older-than", "older_than", cls=Option, type=click.IntRange(min=0), default=365, metavar="DAYS")
@click.option("--on", "on", cls=Option, default=None, metavar="YYYY-MM-DD")
@format_option
@language_option
@data_dir_option
def stale(older_than: int, on: str | None, style: str) -> int:
    """List facts and rules by the age of their sources."""
    from datetime import date, timedelta

    from casc_mla.cli.output import print_json
    from casc_mla.core.errors import CascError
    from casc_mla.lint.checklists import as_real_date
    from casc_mla.lint.stale import ages, by_status

    day = as_real_date(on) if on else date.today()
    if day is None:
        raise CascError("stale.date", value=on)
    entries = ages(day)
    old = [age for age in entries if age.older_than(older_than)]
    counts = by_status(entries)
    if style == "json":
        rows = [{name: getattr(age, name) for name in _COLUMNS} for age in old]
        print_json({"on": day.isoformat(), "older_than": older_than, "counts": counts, "stale": rows})
        return 0
    limit = max(day.toordinal() - older_than, 1)
    _print_stale(old, counts, older_than, day.isoformat(), (date.min + timedelta(days=limit - 1)).isoformat())
    return 0


_COLUMNS = ("id", "part", "file", "status", "checked_on", "days")


def _print_stale(old: list[Age], counts: dict[str, dict[str, int]], days: int, on: str, limit: str) -> None:
    from rich.table import Table

    from casc_mla.cli.output import console

    lang = language()
    screen = console()
    totals = Table(box=None, header_style="dim")
    totals.add_column(say("stale.status", lang))
    for part in ("facts", "rules"):
        totals.add_column(say(f"stale.{part}", lang), justify="right")
    for status in counts["facts"]:
        totals.add_row(say(f"status.{status}", lang), *(str(counts[part][status]) for part in ("facts", "rules")))
    totals.add_row(say("stale.total", lang), *(str(sum(counts[part].values())) for part in ("facts", "rules")))
    screen.print(totals)
    screen.print(f"\n[bold]{say('stale.title', lang, limit=limit, days=days, on=on)}[/bold]")
    if not old:
        screen.print(say("stale.none", lang))
        return
    table = Table(box=None, header_style="dim")
    for column in ("entry", "status", "checked", "age", "place"):
        table.add_column(say(f"stale.{column}", lang), justify="right" if column == "age" else "left")
    for age in old:
        table.add_row(
            age.id,
            say(f"status.{age.status}", lang),
            age.checked_on or "–",
            str(age.days) if age.days is not None else "–",
            age.file,
        )
    screen.print(table)
