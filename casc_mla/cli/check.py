"""``casc-mla check``: findings of one or many request files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casc_mla.cli import Command, Option, data_dir_option, language, language_option

if TYPE_CHECKING:
    from casc_mla.core.finding import Finding

FORMATS = ("text", "json", "sarif", "junit", "github", "markdown")


@click.command(cls=Command, name="check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--format", "style", cls=Option, type=click.Choice(FORMATS), default="text", metavar="|".join(FORMATS))
@language_option
@data_dir_option
def command(files: tuple[str, ...], style: str) -> int:
    """Check request files."""
    from casc_mla.check import check_file
    from casc_mla.core.finding import count
    from casc_mla.load.files import request_files

    results: dict[str, list[Finding]] = {}
    unreadable = False
    for name in request_files(files):
        request, findings = check_file(name)
        results[name] = findings
        unreadable = unreadable or request is None
    _print(results, style)
    if unreadable:
        return 2
    return int(bool(count([f for findings in results.values() for f in findings])["error"]))


def _print(results: dict[str, list[Finding]], style: str) -> None:
    lang = language()
    if style == "text":
        from casc_mla.cli.output import console
        from casc_mla.report.text import print_findings, print_summary

        screen = console()
        for name, findings in results.items():
            print_findings(screen, name, findings, lang)
        print_summary(screen, [f for findings in results.values() for f in findings], len(results), lang)
    elif style in ("json", "sarif"):
        from casc_mla import __version__
        from casc_mla.cli.output import print_json
        from casc_mla.report import json, sarif

        print_json(json.report(results, lang) if style == "json" else sarif.report(results, lang, __version__))
    else:
        from casc_mla.report import github, junit, markdown

        module = {"github": github, "junit": junit, "markdown": markdown}[style]
        click.echo(module.report(results, lang), nl=False)
