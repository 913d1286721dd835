"""``casc-mla consult``: the informal note before a request."""

from __future__ import annotations

from pathlib import Path

import click

from casc_mla.cli import Command, Option, data_dir_option, format_option, language, language_option


@click.command(cls=Command, name="consult")
@click.argument("file", metavar="FILE")
@click.option("--out", cls=Option, required=True, metavar="DIR")
@click.option("--force", cls=Option, is_flag=True)
@format_option
@language_option
@data_dir_option
def command(file: str, out: str, force: bool, style: str) -> int:
    """Draft the consultation for a request: a file to finish and its letter."""
    from casc_mla.check import check_request
    from casc_mla.cli.output import print_json
    from casc_mla.core.errors import BlockedError, CascError
    from casc_mla.core.finding import Severity
    from casc_mla.core.text import say
    from casc_mla.law.networks import names_of
    from casc_mla.load.request import Request, load
    from casc_mla.load.source import Source
    from casc_mla.render.consultation import PREPARED, draft
    from casc_mla.render.release import build

    request = load(file)
    errors = [f for f in check_request(request) if f.severity is Severity.ERROR]
    wrong = [f for f in errors if f.rule.startswith("SCH-")]
    if wrong:
        raise BlockedError("build.schema", count=len(wrong))
    if any(f.rule == "IDN-010" for f in errors):
        raise BlockedError("build.identity")
    if request.kind not in PREPARED:
        raise CascError("consult.kind", kind=request.kind)
    drafted = draft(request)
    folder = Path(out)
    note = Request(Source(file, drafted.tree, {}), drafted.tree)
    languages = tuple(note.languages)
    layout = "columns" if len(languages) > 1 else "single"
    text = _yaml(drafted.tree).encode("utf-8")
    letter = build(note, check_request(note), folder, languages, layout, draft=True, force=force, companion=text)
    path = letter.companion
    advice = [
        say("consult.network", language(), networks=names_of(drafted.networks))
        if drafted.networks
        else say("consult.no_network", language())
    ]
    if drafted.only_information:
        advice.append(say("consult.spontaneous", language()))
    elif not drafted.coercive:
        advice.append(say("consult.no_coercion", language()))
    count = len(drafted.tree["consultation"]["questions"])
    if style == "json":
        print_json(
            {
                "file": str(path),
                "letter": str(letter.path),
                "networks": [list(way) for way in drafted.networks],
                "advice": advice,
            }
            | {"questions": drafted.tree["consultation"]["questions"]}
        )
        return 0
    for line in advice:
        click.echo(line)
    click.echo(say("consult.written", language(), count=count, path=path))
    click.echo(say("build.written_draft", language(), path=letter.path))
    return 0


def _yaml(tree: dict[str, object]) -> str:
    import yaml

    header = "# yaml-language-server: $schema=../schemas/consultation.schema.json\n"
    return header + yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=110)
