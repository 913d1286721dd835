"""``casc-mla build``: the letters for requests, after the checks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casc_mla.cli import Command, Option, data_dir_option, format_option, language, language_option

if TYPE_CHECKING:
    from casc_mla.render.batch import Outcome
    from casc_mla.render.pdf import Printed


@click.command(cls=Command, name="build")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--out", cls=Option, required=True, metavar="DIR")
@click.option("--languages", cls=Option, default=None, metavar="ru,en")
@click.option(
    "--layout",
    cls=Option,
    type=click.Choice(["columns", "sequential", "single"]),
    default=None,
    metavar="columns|sequential|single",
)
@click.option("--sealed-annex", "sealed_annex", cls=Option, default=None, metavar="DIR")
@click.option("--pdf", cls=Option, is_flag=True)
@click.option("--jobs", cls=Option, type=click.IntRange(1, 64), default=None, metavar="N")
@click.option("--draft", cls=Option, is_flag=True)
@click.option("--force", cls=Option, is_flag=True)
@format_option
@language_option
@data_dir_option
def command(
    files: tuple[str, ...],
    out: str,
    languages: str | None,
    layout: str | None,
    sealed_annex: str | None,
    pdf: bool,
    jobs: int | None,
    draft: bool,
    force: bool,
    style: str,
) -> int:
    """Check requests and write their letters."""
    from casc_mla.cli.output import print_json, progress
    from casc_mla.core.text import say
    from casc_mla.load.files import request_files
    from casc_mla.render.batch import Order, run

    if pdf:
        # Only then: nobody waits for libraries that are not asked for.
        from casc_mla.render.pdf import convert, require_tools

        require_tools()
    names = request_files(files)
    order = Order(
        Path(out), _chosen(languages), layout or "", draft, force, Path(sealed_annex) if sealed_annex else None
    )
    outcomes = list(progress(run(names, order, jobs or 0), len(names), say("build.working", language())))
    printed = convert([o.built.path for o in outcomes if o.built], force=force) if pdf else []
    if style == "json":
        print_json(_record(outcomes, printed))
    elif len(outcomes) == 1:
        _print_one(outcomes[0])
    else:
        _print_table(outcomes)
    if style != "json":
        _print_pdfs(printed)
    return max(*(outcome.exit_code for outcome in outcomes), int(any(p.findings for p in printed)))


def _print_pdfs(printed: list[Printed]) -> None:
    from casc_mla.cli.output import console
    from casc_mla.core.text import say
    from casc_mla.report.text import print_findings

    for result in printed:
        if result.pdf:
            click.echo(say("pdf.written", language(), path=result.pdf))
        else:
            print_findings(console(), str(result.letter), result.findings, language())


def _chosen(languages: str | None) -> tuple[str, ...]:
    from casc_mla.core.errors import CascError
    from casc_mla.core.text import LANGUAGES

    chosen = tuple(part.strip() for part in languages.split(",")) if languages else ()
    for lang in chosen:
        if lang not in LANGUAGES:
            raise CascError("build.unknown_language", lang=lang)
    if len(set(chosen)) != len(chosen):
        raise CascError("build.language_twice")
    return chosen


def _record(outcomes: list[Outcome], printed: list[Printed]) -> dict[str, Any]:
    from casc_mla.core.text import pick
    from casc_mla.report.json import report

    lang = language()
    pdfs = {result.letter: result.pdf for result in printed}
    refused = {str(result.letter): result.findings for result in printed if result.findings}
    return {
        **report({outcome.file: outcome.findings for outcome in outcomes} | refused, lang),
        "written": [
            {
                "request": outcome.file,
                "file": str(outcome.built.path),
                "pdf": str(pdfs[outcome.built.path]) if pdfs.get(outcome.built.path) else None,
                "draft": outcome.built.draft,
                "sha256": outcome.built.sha256,
                "languages": list(outcome.languages),
                "layout": outcome.layout,
                "annexes": [str(path) for path in outcome.built.annexes],
                "sealed_annex": str(outcome.built.annex) if outcome.built.annex else None,
            }
            for outcome in outcomes
            if outcome.built
        ],
        "refused": [
            {
                "request": outcome.file,
                "message": pick(outcome.problem.text, lang),
                "remedy": pick(outcome.problem.remedy, lang),
            }
            for outcome in outcomes
            if outcome.problem
        ],
    }


def _print_one(outcome: Outcome) -> None:
    from casc_mla.cli import complain
    from casc_mla.core.finding import count
    from casc_mla.core.text import pick, say

    lang = language()
    totals = count(outcome.findings)
    if totals["error"] or not outcome.readable:
        from casc_mla.cli.output import console
        from casc_mla.report.text import print_findings, print_summary

        screen = console()
        print_findings(screen, outcome.file, outcome.findings, lang)
        print_summary(screen, outcome.findings, 1, lang)
    if outcome.built:
        key = "build.written_draft" if outcome.built.draft else "build.written"
        click.echo(say(key, lang, path=outcome.built.path))
        for path in outcome.built.annexes:
            click.echo(say("build.annexed", lang, path=path))
        if outcome.built.annex:
            click.echo(say("build.sealed", lang, path=outcome.built.annex))
        elif outcome.protected:
            click.echo(say("build.unsealed", lang))
        if totals["warning"] or totals["note"]:
            click.echo(say("build.see_warnings", lang, warnings=totals["warning"], notes=totals["note"]))
    if outcome.problem:
        complain(pick(outcome.problem.text, lang), pick(outcome.problem.remedy, lang))


def _print_table(outcomes: list[Outcome]) -> None:
    from casc_mla.cli.output import console
    from casc_mla.core.finding import count
    from casc_mla.core.text import say
    from casc_mla.report.text import print_overview

    lang = language()
    rows = [
        (name, count(outcome.findings), _result(outcome))
        for name, outcome in zip(_short([outcome.file for outcome in outcomes]), outcomes, strict=True)
    ]
    screen = console()
    print_overview(screen, rows, lang)
    letters = sum(outcome.built is not None for outcome in outcomes)
    total = say("build.total", lang, files=len(outcomes), letters=letters, refused=len(outcomes) - letters)
    screen.print(total, markup=False)
    if any(outcome.findings for outcome in outcomes):
        screen.print(say("build.see_findings", lang), markup=False)


def _short(names: list[str]) -> list[str]:
    """Return file names without the folder that all of them share."""
    steps = [Path(name).parts for name in names]
    shared = 0
    while all(len(parts) > shared + 1 for parts in steps) and len({parts[shared] for parts in steps}) == 1:
        shared += 1
    return [str(Path(*parts[shared:])) for parts in steps]


def _result(outcome: Outcome) -> str:
    """Return the last column of the table: the letter, or why there is none and what to do."""
    from casc_mla.core.text import pick, say

    lang = language()
    if outcome.problem:
        return f"{pick(outcome.problem.text, lang)}\n→ {pick(outcome.problem.remedy, lang)}"
    if outcome.built:
        return outcome.built.path.name
    first = outcome.findings[0]
    return f"{say('build.unreadable', lang)}: {pick(first.message, lang)}\n→ {pick(first.remedy, lang)}"
