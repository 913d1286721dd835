"""``casc-mla explain``: a rule, why it exists, where it comes from, and examples."""

from __future__ import annotations

import difflib
import json
import re
from typing import Any

import click

from casc_mla.cli import Command, data_dir_option, format_option, language, language_option

#: A finding fills these in; without a request there is nothing to fill in.
_PLACEHOLDER = re.compile(r"\{\w+\}")


def rule_record(rule: Any, lang: str) -> dict[str, Any]:
    """Return a rule as plain data in one language."""
    from casc_mla.core.text import pick

    return {
        "rule": rule.id,
        "severity": str(rule.severity),
        "waivable": rule.waivable,
        "text": _PLACEHOLDER.sub("…", pick(rule.text, lang)),
        "fix": _PLACEHOLDER.sub("…", pick(rule.fix, lang)),
        "source": rule.source,
        "scope": {
            name: list(getattr(rule, name))
            for name in ("kinds", "forms", "instruments", "requesting", "requested")
            if getattr(rule, name)
        },
        "fails": list(rule.fails),
        "passes": list(rule.passes),
    }


@click.command(cls=Command, name="explain")
@click.argument("rule_id", metavar="RULE")
@format_option
@language_option
@data_dir_option
def command(rule_id: str, style: str) -> int:
    """Explain a rule."""
    from casc_mla.check.rules import all_rules
    from casc_mla.cli.output import console, print_json
    from casc_mla.core.errors import CascError
    from casc_mla.core.text import say

    lang = language()
    rules = {rule.id: rule for rule in all_rules()}
    rule = rules.get(rule_id.upper()) or rules.get(rule_id)
    if rule is None:
        close = difflib.get_close_matches(rule_id.upper(), rules, 3)
        if rule_id.upper().startswith(("SCH-", "LOAD", "DOC-")):
            raise CascError("explain.format_rule", rule=rule_id.upper())
        raise CascError("explain.unknown", rule=rule_id, close=", ".join(close) or "–")
    record = rule_record(rule, lang)
    if style == "json":
        print_json(record)
        return 0
    from rich.markup import escape

    from casc_mla.law.sources import titled
    from casc_mla.report.text import source_line

    screen = console()
    waivable = "" if rule.waivable else f" · {say('explain.not_waivable', lang)}"
    screen.print(f"[bold]{escape(rule.id)}[/bold] · {escape(say(f'severity.{rule.severity}', lang))}{escape(waivable)}")
    screen.print(f"\n{escape(record['text'])}\n→ {escape(record['fix'])}\n")
    screen.print(
        f"[bold]{escape(say('explain.source', lang))}[/bold]: {escape(source_line(titled(rule.source), lang))}"
    )
    for key in ("quote", "url"):
        if rule.source.get(key):
            screen.print(f"  {escape(str(rule.source[key]))}", style="dim")
    for name, values in record["scope"].items():
        screen.print(f"[bold]{escape(say(f'explain.{name}', lang))}[/bold]: {escape(', '.join(values))}")
    for name in ("fails", "passes"):
        screen.print(f"\n[bold]{escape(say(f'explain.{name}', lang))}[/bold]")
        for example in record[name][:2]:
            screen.print(escape(json.dumps(example, ensure_ascii=False, indent=1)), soft_wrap=True)
    return 0
