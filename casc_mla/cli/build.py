"""``casc-mla build``: the letter for a request, after the checks."""

from __future__ import annotations

from pathlib import Path

import click

from casc_mla.cli import Command, Option, data_dir_option, format_option, language, language_option


@click.command(cls=Command, name="build")
@click.argument("file", metavar="FILE")
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
@click.option("--draft", cls=Option, is_flag=True)
@click.option("--force", cls=Option, is_flag=True)
@format_option
@language_option
@data_dir_option
def command(
    file: str,
    out: str,
    languages: str | None,
    layout: str | None,
    sealed_annex: str | None,
    pdf: bool,
    draft: bool,
    force: bool,
    style: str,
) -> int:
    """Check a request and write its letter."""
    from casc_mla.check import check_file
    from casc_mla.cli.output import console, print_json
    from casc_mla.core.errors import BlockedError, CascError
    from casc_mla.core.finding import count
    from casc_mla.core.text import LANGUAGES, pick, say
    from casc_mla.render.release import build, build_sealed
    from casc_mla.report.json import report
    from casc_mla.report.text import print_findings, print_summary

    if pdf:
        # Only then: nobody waits for a library that is not asked for.
        from casc_mla.render.pdf import convert, require_tools

        require_tools()
    request, findings = check_file(file)
    totals = count(findings)
    text = style == "text"
    if text and (request is None or totals["error"]):
        screen = console()
        print_findings(screen, file, findings, language())
        print_summary(screen, findings, 1, language())
    if request is None:
        if not text:
            print_json({**report({file: findings}, language()), "written": []})
        return 2
    chosen = tuple(part.strip() for part in languages.split(",")) if languages else tuple(request.languages)
    for lang in chosen:
        if lang not in LANGUAGES:
            raise CascError("build.unknown_language", lang=lang)
    if len(set(chosen)) != len(chosen):
        raise CascError("build.language_twice")
    how = layout or ("columns" if len(chosen) > 1 else "single")
    if how == "single" and len(chosen) > 1:
        chosen = chosen[:1]
    try:
        built = build(request, findings, Path(out), chosen, how, draft=draft, force=force)
    except BlockedError as error:
        if text:
            raise
        problem = {"message": pick(error.text, language()), "remedy": pick(error.remedy, language())}
        print_json({**report({file: findings}, language()), "written": [], "refused": problem})
        return 1
    sealed = build_sealed(request, Path(sealed_annex), chosen) if sealed_annex else None
    printed = convert([built.path], force=force) if pdf else []
    refused = {str(p.letter): p.findings for p in printed if p.findings}
    made = next((str(p.pdf) for p in printed if p.pdf), None)
    written = {
        "file": str(built.path),
        "pdf": made,
        "draft": built.draft,
        "sha256": built.sha256,
        "languages": list(chosen),
        "layout": how,
        "sealed_annex": str(sealed) if sealed else None,
    }
    if text:
        key = "build.written_draft" if built.draft else "build.written"
        click.echo(say(key, language(), path=built.path))
        if sealed:
            click.echo(say("build.sealed", language(), path=sealed))
        elif any(person.get("protected") is True for person in request.list_of("persons")):
            click.echo(say("build.unsealed", language()))
        if made:
            click.echo(say("pdf.written", language(), path=made))
        for name, problems in refused.items():
            print_findings(console(), name, problems, language())
        if totals["warning"] or totals["note"]:
            click.echo(say("build.see_warnings", language(), warnings=totals["warning"], notes=totals["note"]))
    else:
        print_json({**report({file: findings, **refused}, language()), "written": [written]})
    return int(bool(totals["error"]) or bool(refused))
