"""``casc-mla extract``: the request that a letter carries."""

from __future__ import annotations

import click

from casc_mla.cli import Command, Option, data_dir_option, language, language_option


@click.command(cls=Command, name="extract")
@click.argument("letter", metavar="LETTER.docx")
@click.option("--format", "style", cls=Option, type=click.Choice(["yaml", "json"]), default="yaml", metavar="yaml|json")
@language_option
@data_dir_option
def command(letter: str, style: str) -> int:
    """Print the request inside a letter; say so when it was changed since the letter was built."""
    from casc_mla.cli.output import print_json
    from casc_mla.core.text import say
    from casc_mla.load.request import read_bytes
    from casc_mla.render.embedded import extract

    tree, whole = extract(read_bytes(letter))
    if style == "json":
        print_json(tree)
    else:
        import yaml

        header = f"# yaml-language-server: $schema=../schemas/{tree.get('kind', 'mla')}.schema.json\n"
        click.echo(header + yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=110), nl=False)
    if not whole:
        click.echo(f"casc-mla: {say('extract.changed', language())}", err=True)
    return 0 if whole else 1
