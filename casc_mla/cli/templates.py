"""``casc-mla templates``: prove that the Word templates are whole, and show one as text."""

from __future__ import annotations

import click

from casc_mla.cli import Command, Option, data_dir_option, format_option, language, language_option


@click.command(cls=Command, name="templates")
@click.option("--check", "check", cls=Option, is_flag=True)
@click.option("--text", "text", cls=Option, default=None, metavar="ru/mla")
@format_option
@language_option
@data_dir_option
def command(check: bool, text: str | None, style: str) -> int:
    """Check the Word templates, or print one as text."""
    from casc_mla.cli.output import console, print_json
    from casc_mla.core.errors import CascError
    from casc_mla.lint.templates import check_templates, template_text
    from casc_mla.report.json import report
    from casc_mla.report.text import print_findings

    if text and not check:
        lang, _, file = text.partition("/")
        if not file:
            raise CascError("template.name", name=text)
        content = template_text(lang, file)
        print_json({"template": text, "text": content}) if style == "json" else click.echo(content, nl=False)
        return 0
    findings = check_templates()
    if style == "json":
        print_json(report({"templates": findings}, language()))
    else:
        for name in dict.fromkeys(finding.file or "templates" for finding in findings) or ["templates"]:
            print_findings(console(), name, [f for f in findings if (f.file or "templates") == name], language())
    return int(bool(findings))
