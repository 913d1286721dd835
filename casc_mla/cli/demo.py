"""``casc-mla demo``: the shipped examples checked and built, so that a newcomer sees the whole way at once."""

from __future__ import annotations

from pathlib import Path

import click

from casc_mla.cli import Command, Option, data_dir_option, format_option, language, language_option


@click.command(cls=Command, name="demo")
@click.option("--out", cls=Option, required=True, metavar="DIR")
@format_option
@language_option
@data_dir_option
def command(out: str, style: str) -> int:
    """Check and build every shipped example."""
    from rich.table import Table

    from casc_mla.check import check_file
    from casc_mla.cli.output import console, print_json
    from casc_mla.core import data
    from casc_mla.core.finding import count
    from casc_mla.core.text import say
    from casc_mla.render import contract
    from casc_mla.render.release import build

    lang = language()
    rows = []
    for name, path in data.listing("examples", "*.yaml").items():
        request, findings = check_file(str(path))
        totals = count(findings)
        letter = ""
        if request is not None and request.kind in contract.kinds():
            layout = "columns" if len(request.languages) > 1 else "single"
            built = build(
                request,
                findings,
                Path(out),
                tuple(request.languages),
                layout,
                draft=bool(totals["error"]),
                force=True,
            )
            letter = built.path.name
        rows.append({"example": name, **totals, "letter": letter})
    if style == "json":
        print_json({"out": str(Path(out)), "examples": rows})
        return 0
    table = Table(box=None, header_style="dim")
    for column in ("example", "error", "warning", "note", "letter"):
        table.add_column(
            say(f"demo.{column}", lang), justify="right" if column in ("error", "warning", "note") else "left"
        )
    for row in rows:
        table.add_row(*(str(row[key]) for key in ("example", "error", "warning", "note", "letter")))
    screen = console()
    screen.print(table)
    screen.print(say("demo.where", lang, path=Path(out).resolve()), soft_wrap=True)
    return 0
