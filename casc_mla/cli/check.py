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
@click.option("--request", cls=Option, default=None, metavar="FILE")
@language_option
@data_dir_option
def command(files: tuple[str, ...], style: str, request: str | None) -> int:
    """Check request files, and letters that were edited."""
    from casc_mla.core.finding import count
    from casc_mla.load.files import request_files

    results: dict[str, list[Finding]] = {}
    unreadable = False
    for name in request_files(files):
        readable, results[name] = _checked(name, request)
        unreadable = unreadable or not readable
    _print(results, style)
    if unreadable:
        return 2
    return int(bool(count([f for findings in results.values() for f in findings])["error"]))


def _checked(name: str, original: str | None) -> tuple[bool, list[Finding]]:
    """Return whether a file could be read, and its findings."""
    if name.lower().endswith(".docx"):
        from casc_mla.core.errors import CascError
        from casc_mla.core.finding import Finding, Severity
        from casc_mla.lint.letter import check_letter
        from casc_mla.load.request import load, read_bytes

        source = load(original) if original else None
        try:
            return True, check_letter(name, read_bytes(name), source)
        except CascError as error:
            return False, [Finding(error.key, Severity.ERROR, error.text, error.remedy, file=name)]
    from casc_mla.check import check_file

    request, findings = check_file(name)
    return request is not None, findings


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
