"""``casc-mla countries``: what is known of the States, one by one and side by side."""

from __future__ import annotations

import click

from casc_mla.cli import Command, data_dir_option, format_option, language, language_option


@click.command(cls=Command, name="countries")
@click.argument("action", type=click.Choice(["list", "show", "compare"]), metavar="list|show|compare")
@click.argument("states", nargs=-1, metavar="[XX…]")
@format_option
@language_option
@data_dir_option
def command(action: str, states: tuple[str, ...], style: str) -> int:
    """List the States, show one, or compare several."""
    from casc_mla.cli.output import console, print_json
    from casc_mla.core.errors import CascError
    from casc_mla.law import comparison
    from casc_mla.report import law

    lang = language()
    fits = {"list": not states, "show": len(states) == 1, "compare": len(states) >= 2}
    if not fits[action]:
        raise CascError("countries.usage")
    known = comparison.country_codes()
    codes = list(dict.fromkeys(code.strip().upper() for code in states))
    for code in codes:
        if code not in known:
            raise CascError("countries.unknown", code=code, codes=", ".join(known))
    if action == "list":
        listed = comparison.list_record(lang)
        if style == "json":
            print_json(listed)
        else:
            law.print_states(console(), listed, lang)
        return 0
    record = comparison.state_record(codes[0], lang) if action == "show" else comparison.matrix_record(codes, lang)
    if style == "json":
        print_json(record)
    elif action == "show":
        law.print_state(console(), record, lang)
    else:
        law.print_matrix(console(), record, lang)
    return 0
