"""What the data say of States and of the way between them, for a tired person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from casc_mla.core.text import say
from casc_mla.report.text import source_line

_COLOURS = {"yes": "green", "no": "red", "conditional": "yellow", "unknown": "magenta"}


def _indented(console: Console, lines: Sequence[str]) -> None:
    """Print lines behind a margin, so that what belongs together is seen together; the lines hold markup."""
    table = Table.grid(padding=(0, 0, 0, 2), expand=True)
    table.add_column(ratio=1, overflow="fold")
    for line in lines:
        table.add_row(line)
    console.print(table)


def _heading(console: Console, key: str, lang: str) -> None:
    console.print(f"\n[bold]{escape(say(key, lang))}[/bold]")


def _dim(source: dict[str, Any], lang: str) -> list[str]:
    line = source_line(source, lang)
    return [f"[dim]{escape(line)}[/dim]"] if line else []


def fact_lines(fact: dict[str, Any], lang: str) -> list[str]:
    """Return a fact as printed: who or what, what is said of it, its source."""
    lines = [f"[bold]{escape(fact['name'])}[/bold]"] if fact.get("name") else []
    lines.append(escape(fact["text"]))
    if fact.get("question") and fact["status"] == "unknown":
        lines.append(f"→ {escape(fact['question'])}")
    return [*lines, *_dim(fact["source"], lang)]


def _facts(console: Console, key: str, facts: Sequence[dict[str, Any]], lang: str) -> None:
    _heading(console, key, lang)
    if not facts:
        _indented(console, [escape(say("route.none", lang))])
    for fact in facts:
        _indented(console, fact_lines(fact, lang))


def _instruments(console: Console, part: str, way: dict[str, Any], lang: str) -> None:
    if not way[part] and part != "cite":
        return
    _heading(console, f"route.part.{part}", lang)
    for one in way[part]:
        role = " · " + escape(say(f"route.role.{one['role']}", lang)) if part == "cite" else ""
        lines = [f"[bold]{escape(one['title'])}[/bold] ({escape(one['instrument'])}){role}", escape(one["why"])]
        if one.get("note"):
            lines.append(escape(one["note"]))
        for source in one["sources"]:
            lines += _dim(source, lang)
        _indented(console, lines)
    if not way[part]:
        _indented(console, [escape(say("route.none", lang))])


def print_way(console: Console, way: dict[str, Any], lang: str) -> None:
    """Print the way between two States, as ``law.way.way_record`` gives it, in the order of a prosecutor's questions."""
    title = say(
        "route.title",
        lang,
        origin=way["names"][way["from"]],
        target=way["names"][way["to"]],
        kind=say(f"route.kind.{way['kind']}", lang),
        stage=say(f"route.stage.{way['stage']}", lang),
        on=way["on"],
    )
    console.print(f"[bold]{escape(title)}[/bold]")
    if not way["country_checklist"]:
        console.print(f"[yellow]{escape(say('route.no_file', lang, state=way['to']))}[/yellow]")
    for part in ("cite", "check_before_citing", "do_not_cite"):
        _instruments(console, part, way, lang)
    if way["bilateral"]:
        _facts(console, "route.part.bilateral", way["bilateral"], lang)
    if way["reciprocity"]:
        _heading(console, "route.part.reciprocity", lang)
        _indented(console, [escape(way["reciprocity_text"])])
    for part in ("legal_basis", "sender"):
        if way[part]:
            _facts(console, f"route.part.{part}", way[part], lang)
    for part in ("addressee", "executes", "languages", "channels", "urgent_channels"):
        if way[part] or part != "executes":
            _facts(console, f"route.part.{part}", way[part], lang)
    if way["asset_routes"]:
        _asset_routes(console, way["asset_routes"], lang)
    if way["ask_first"]:
        _heading(console, "route.part.ask_first", lang)
        for fact in way["ask_first"]:
            _indented(console, [f"→ {escape(fact.get('question') or fact['text'])} [dim]{escape(fact['fact'])}[/dim]"])


def _asset_routes(console: Console, routes: Sequence[dict[str, Any]], lang: str) -> None:
    _heading(console, "route.part.asset_routes", lang)
    for route in routes:
        colour = _COLOURS[route["open"]]
        name = escape(say(f"route.asset.{route['route']}", lang))
        answer = escape(say(f"route.open.{route['open']}", lang))
        lines = [f"[bold]{name}[/bold]: [{colour}]{answer}[/{colour}]"]
        if route["route"] != "ask_first":
            for fact in route["facts"]:
                lines += fact_lines(fact, lang)
        _indented(console, lines)
    if any(route["open"] in ("unknown", "conditional") for route in routes[:2]):
        _indented(console, [escape(say("route.both_ways", lang))])


def print_states(console: Console, states: Sequence[dict[str, Any]], lang: str) -> None:
    """Print the States that have a file, and how well they are known."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("state", "facts", "known", "unknown", "networks", "name"):
        table.add_column(say(f"countries.column.{name}", lang), overflow="fold")
    for state in states:
        numbers = [str(state[name]) for name in ("facts", "read", "unknown")]
        table.add_row(state["state"], *numbers, ", ".join(state["networks"]), escape(state["name"]))
    console.print(table)


def print_state(console: Console, state: dict[str, Any], lang: str) -> None:
    """Print everything known of one State, each fact with its status and source."""
    console.print(f"[bold]{escape(state['state'])} · {escape(state['full_name'])}[/bold]")
    if state["networks"]:
        console.print(f"{escape(say('countries.column.networks', lang))}: {escape(', '.join(state['networks']))}")
    for side, facts in state["facts"].items():
        if facts:
            _heading(console, f"countries.side.{side}", lang)
        for fact in facts:
            _indented(console, [f"[cyan]{escape(fact['fact'])}[/cyan]", *fact_lines(fact, lang)])


def print_matrix(console: Console, matrix: dict[str, Any], lang: str) -> None:
    """Print the asset-recovery matrix, then the facts behind each answer."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(say("countries.column.question", lang), overflow="fold")
    for code in matrix["states"]:
        table.add_column(code, overflow="fold")
    for row in matrix["rows"]:
        cells = []
        for cell in row["cells"].values():
            colour = _COLOURS.get(cell["answer"], "white")
            statuses = sorted({say(f"status.{fact['status']}", lang) for fact in cell["facts"]})
            word = say(f"route.open.{cell['answer']}", lang) if cell["answer"] in _COLOURS else cell["answer"]
            cells.append(f"[{colour}]{escape(word)}[/{colour}]\n[dim]{escape(', '.join(statuses))}[/dim]")
        table.add_row(escape(row["question"]), *cells)
    console.print(table)
    for row in matrix["rows"]:
        if row["row"] == "agreement":  # the facts of the row before
            continue
        console.print(f"\n[bold]{escape(row['question'])}[/bold]")
        for code, cell in row["cells"].items():
            for fact in cell["facts"]:
                _indented(console, [f"[cyan]{code}[/cyan] {fact_lines(fact, lang)[0]}", *fact_lines(fact, lang)[1:]])
