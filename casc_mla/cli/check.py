"""``casc-mla check``: findings of one or many request files."""

from __future__ import annotations

import click

from casc_mla.cli import Command, data_dir_option, format_option, language, language_option


@click.command(cls=Command, name="check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@format_option
@language_option
@data_dir_option
def command(files: tuple[str, ...], style: str) -> int:
    """Check request files."""
    from casc_mla.check import check_file
    from casc_mla.core.finding import Finding, count

    results: dict[str, list[Finding]] = {}
    unreadable = False
    for name in files:
        request, findings = check_file(name)
        results[name] = findings
        unreadable = unreadable or request is None
    if style == "json":
        from casc_mla.cli.output import print_json
        from casc_mla.report.json import report

        print_json(report(results, language()))
    else:
        from casc_mla.cli.output import console
        from casc_mla.report.text import print_findings, print_summary

        screen = console()
        for name, findings in results.items():
            print_findings(screen, name, findings, language())
        print_summary(screen, [f for findings in results.values() for f in findings], len(results), language())
    if unreadable:
        return 2
    return int(bool(count([f for findings in results.values() for f in findings])["error"]))
