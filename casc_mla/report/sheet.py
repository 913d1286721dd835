"""The checklist of a State on a terminal and as Markdown; the sheet is plain data in one language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.markup import escape

from casc_mla.core.text import comma, say
from casc_mla.report.text import source_line

Sheet = dict[str, Any]


def title(sheet: Sheet, lang: str) -> str:
    """Return the heading of a sheet."""
    return say(f"sheet.title.{sheet['side']}", lang, state=sheet["name"])


def _subtitle(sheet: Sheet, lang: str) -> str:
    kind = say(f"route.kind.{sheet['kind']}", lang) if sheet["kind"] else say("sheet.any_kind", lang)
    return " · ".join([kind, *sheet["networks"]])


def _notes(entry: dict[str, Any], lang: str) -> str:
    """Return what limits an entry, and where it comes from, in one line."""
    notes = [say("sheet.only", lang, scope=comma(lang).join(entry["scope"]))] if entry["scope"] else []
    if entry.get("valid_from"):
        notes.append(say("sheet.from", lang, date=entry["valid_from"]))
    if entry.get("valid_to"):
        notes.append(say("sheet.to", lang, date=entry["valid_to"]))
    return " · ".join([*notes, source_line(entry["source"], lang)])


def markdown(sheet: Sheet, lang: str) -> str:
    """Return the sheet as Markdown, with boxes to tick."""
    lines = [f"# {title(sheet, lang)}", "", _subtitle(sheet, lang), "", *_facts(sheet, lang)]
    if sheet["questions"]:
        lines += [f"## {say('sheet.questions', lang)}", ""]
        lines += [f"- [ ] {entry['label']}: {entry['question']} `{entry['id']}`" for entry in sheet["questions"]]
        lines.append("")
    lines += [f"## {say('sheet.rules', lang)}", ""]
    for rule in sheet["rules"]:
        weight = say(f"severity.{rule['severity']}", lang)
        lines.append(f"- [ ] **{rule['todo']}** {rule['why']}  ")
        lines.append(f"  `{rule['rule']}` · {weight} · {_notes(rule, lang)}")
    return "\n".join(lines if sheet["rules"] else [*lines, say("sheet.none", lang)]) + "\n"


def _facts(sheet: Sheet, lang: str) -> Iterator[str]:
    yield f"## {say('sheet.facts', lang)}"
    yield ""
    for topic in sheet["topics"]:
        yield f"### {topic['label']}"
        yield ""
        for fact in topic["facts"]:
            yield f"- {fact['text']}  "
            yield f"  `{fact['id']}` · {_notes(fact, lang)}"
        yield ""
    if not sheet["topics"]:
        yield say("sheet.none", lang)
        yield ""


def print_sheet(console: Console, sheet: Sheet, lang: str) -> None:
    """Print the sheet for a person, with boxes to tick."""

    def line(text: str, style: str = "", indent: int = 0) -> None:
        from rich.padding import Padding

        console.print(Padding(escape(text), (0, 0, 0, indent)), style=style or None)

    console.rule(f"[bold]{escape(title(sheet, lang))}[/bold]", align="left", style="dim")
    line(_subtitle(sheet, lang), "dim")
    console.print()
    line(say("sheet.facts", lang), "bold underline")
    for topic in sheet["topics"]:
        line(topic["label"], "bold", 1)
        for fact in topic["facts"]:
            line(fact["text"], "", 3)
            line(_notes(fact, lang), "dim", 3)
    if not sheet["topics"]:
        line(say("sheet.none", lang), "", 1)
    if sheet["questions"]:
        console.print()
        line(say("sheet.questions", lang), "bold underline")
        for entry in sheet["questions"]:
            line(f"☐ {entry['label']}: {entry['question']}", "", 1)
    console.print()
    line(say("sheet.rules", lang), "bold underline")
    for rule in sheet["rules"]:
        line(f"☐ {rule['todo']}", "", 1)
        line(rule["why"], "", 3)
        weight = say(f"severity.{rule['severity']}", lang)
        line(f"{rule['rule']} · {weight} · {_notes(rule, lang)}", "dim", 3)
    if not sheet["rules"]:
        line(say("sheet.none", lang), "", 1)
