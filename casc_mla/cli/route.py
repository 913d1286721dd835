"""``casc-mla route``: the way from one State to another."""

from __future__ import annotations

from datetime import date

import click

from casc_mla.cli import Command, Option, data_dir_option, format_option, language, language_option

KINDS = ("mla", "tip", "confiscation", "transfer", "spontaneous", "consultation")
STAGES = ("pre_investigation", "investigation", "prosecution", "trial", "appeal", "enforcement")


@click.command(cls=Command, name="route")
@click.argument("file", required=False, metavar="[FILE]")
@click.option("--from", "origin", cls=Option, default=None, metavar="XX")
@click.option("--to", "target", cls=Option, default=None, metavar="YY")
@click.option("--kind", "kind", cls=Option, type=click.Choice(KINDS), default=None, metavar="KIND")
@click.option("--stage", "stage", cls=Option, type=click.Choice(STAGES), default=None, metavar="STAGE")
@click.option("--on", "day", cls=Option, default=None, metavar="YYYY-MM-DD")
@format_option
@language_option
@data_dir_option
def command(
    file: str | None,
    origin: str | None,
    target: str | None,
    kind: str | None,
    stage: str | None,
    day: str | None,
    style: str,
) -> int:
    """Show the way between two States; what is said on the command line wins over the file."""
    from casc_mla.core.errors import CascError
    from casc_mla.law.way import find_way, way_record

    written = _from_file(file) if file else {}
    if not file and not (origin and target):
        raise CascError("route.usage")
    states = [_state(said or written.get(name, "")) for said, name in ((origin, "from"), (target, "to"))]
    if states[0] == states[1]:
        raise CascError("route.same_state", code=states[0])
    way = find_way(
        states[0],
        states[1],
        kind or written.get("kind") or "mla",
        stage or written.get("stage", ""),
        _day(day) if day else written.get("on") or date.today().isoformat(),
    )
    record = way_record(way, language())
    if style == "json":
        from casc_mla.cli.output import print_json

        print_json(record)
        return 0
    from casc_mla.cli.output import console
    from casc_mla.report.law import print_way

    print_way(console(), record, language())
    return 0


def _from_file(name: str) -> dict[str, str]:
    """Return the States, kind, stage and date of a request file; what is missing or malformed is left out."""
    from casc_mla.core.errors import CascError
    from casc_mla.load.request import load

    request = load(name)
    if not all(request.states):
        raise CascError("route.no_states", file=name)
    stage, on = request.at(("case", "stage")), request.data.get("date")
    return {
        "from": request.states[0],
        "to": request.states[1],
        "kind": request.kind,
        "stage": stage if stage in STAGES else "",
        "on": on if isinstance(on, str) and _is_day(on) else "",
    }


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _day(text: str) -> str:
    from casc_mla.core.errors import CascError

    if not _is_day(text):
        raise CascError("route.bad_day", day=text)
    return text


def _state(code: str) -> str:
    """Return the code of a State in capitals; one without a file must at least be a State that exists."""
    from casc_mla.core.errors import CascError
    from casc_mla.law.countries import country_file

    found = code.strip().upper()
    if len(found) == 2 and found.isascii() and found.isalpha():
        if country_file(found) is not None:
            return found
        from casc_mla.core.schema import read_schema

        if found in read_schema("common.schema.json")["$defs"]["country"]["enum"]:
            return found
    raise CascError("route.bad_state", code=code)
