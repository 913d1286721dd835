"""Write docs/reference/ from the data: ``python tools/make_docs.py [--check]``.

A page for every State, every instrument and every group of rules, and one for the commands.  With ``--check`` nothing
is written and the pages that are not up to date are named.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from casc_mla import cli
from casc_mla.check.rules import Rule, rules_in
from casc_mla.core import data
from casc_mla.core.records import read_records
from casc_mla.core.text import pick, say
from casc_mla.law.sources import titled
from casc_mla.lint.checklists import data_files, shown
from casc_mla.lint.sheet import topic_label
from casc_mla.lint.stale import STATUSES
from casc_mla.report.text import source_line

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = "docs/reference"
NOTE = "<!-- Written by tools/make_docs.py from checklists/ and casc_mla/; run `make docs`. -->"
SCOPE = ("kinds", "stages", "forms", "instruments", "requesting", "requested")


def pages() -> dict[str, str]:
    """Return every page of the reference by its path from the root of the repository."""
    made = {f"{REFERENCE}/commands.md": commands_page()}
    groups: list[tuple[str, str, list[Rule]]] = []
    for path in data_files():
        rules = rules_in(path)
        folder = {"countries": "countries", "instruments": "instruments"}.get(path.parent.name, "rules")
        name = f"{folder}/{path.stem.lower()}.md"
        if folder == "countries":
            text = country_page(read_records(path), rules)
        elif folder == "instruments":
            text = instrument_page(read_records(path), rules)
        else:
            text = rules_page(shown(path), rules)
        made[f"{REFERENCE}/{name}"] = text
        if rules:
            groups.append((shown(path), name, rules))
    made[f"{REFERENCE}/rules.md"] = rules_index(groups)
    made[f"{REFERENCE}/README.md"] = index_page(made)
    return dict(sorted(made.items()))


def page(title: str, *blocks: str) -> str:
    """Return a page: its heading, the note on where it comes from, and its blocks, each parted by a blank line."""
    return "\n\n".join([f"# {title}", NOTE, *(block for block in blocks if block)]) + "\n"


def flat(text: str) -> str:
    """Return a text on one line, so that no line of it can become Markdown of its own."""
    return re.sub(r"\s+", " ", text).strip().replace("|", "\\|").replace("<", "&lt;")


def three(text: Any) -> str:
    """Return a text in its languages, one line each."""
    if not isinstance(text, dict):
        return flat(str(text))
    return "\n".join(f"- {lang.upper()}: {flat(text[lang])}" for lang in ("en", "ru", "ar") if text.get(lang))


def source_block(source: dict[str, Any]) -> str:
    """Return a source with its status, and the words relied on."""
    line = f"Source: {flat(source_line(titled(source), 'en'))}"
    if source.get("url"):
        line += f" <{source['url']}>"
    return f"{line}\n\n> {flat(str(source['quote']))}" if source.get("quote") else line


def scope_line(named: dict[str, Any]) -> str:
    """Return what a fact or rule is limited to, or ''."""
    return " · ".join(f"{name}: {', '.join(map(str, named[name]))}" for name in SCOPE if named.get(name))


# ------------------------------------------------------------------ rules


def rule_block(rule: Rule) -> str:
    """Return a rule with everything that a reader may want to verify."""
    limits = scope_line({name: getattr(rule, name, ()) for name in SCOPE})
    if rule.each:
        limits = " · ".join(filter(None, [limits, f"each of: {rule.each}"]))
    head = f"### {rule.id}\n\n**{rule.severity}**" + ("" if rule.waivable else " · cannot be waived")
    return "\n\n".join(
        [
            head + (f" · {limits}" if limits else ""),
            three(rule.text),
            "What to do:",
            three(rule.fix),
            source_block(rule.source),
        ]
    )


def rules_page(file: str, rules: list[Rule]) -> str:
    """Return the page of one checklist of rules."""
    return page(f"Rules of {file}", *(rule_block(rule) for rule in rules))


def rules_index(groups: list[tuple[str, str, list[Rule]]]) -> str:
    """Return the table of every rule with its severity, its source and the page that tells more."""
    counts = dict.fromkeys(STATUSES, 0)
    rows = []
    for file, name, rules in groups:
        rows.append(f"## [{file}]({name})\n\n| Rule | Severity | What is wrong | Source |\n|---|---|---|---|")
        for rule in rules:
            counts[str(rule.source.get("status", "unknown"))] += 1
            text = flat(pick(rule.text, "en"))
            source = flat(source_line(titled(rule.source), "en"))
            rows[-1] += f"\n| [{rule.id}]({name}#{rule.id.lower()}) | {rule.severity} | {text} | {source} |"
    total = f"{sum(counts.values())} rules: " + ", ".join(
        f"{number} {say(f'status.{status}', 'en')}" for status, number in counts.items() if number
    )
    return page("Rules", total + ".", *rows)


# ------------------------------------------------------------------ States and instruments


def country_page(record: dict[str, Any], rules: list[Rule]) -> str:
    """Return the page of a State: names, facts by topic, questions, rules."""
    names = {lang: f"{name['short']} ({name['full']})" for lang, name in record["names"].items()}
    counts = dict.fromkeys(STATUSES, 0)
    topics: dict[str, list[str]] = {}
    for fact in record["facts"]:
        counts[str(fact["source"]["status"])] += 1
        topics.setdefault(str(fact["topic"]), []).append(fact_block(fact))
    total = ", ".join(f"{number} {say(f'status.{status}', 'en')}" for status, number in counts.items() if number)
    networks = ", ".join(record.get("networks") or ())
    return page(
        record["names"]["en"]["short"],
        three(names),
        f"Networks: {networks}." if networks else "",
        f"{sum(counts.values())} facts: {total}.",
        *(f"## {topic_label(topic, 'en')}\n\n" + "\n\n".join(blocks) for topic, blocks in topics.items()),
        "## Rules" if rules else "",
        *(rule_block(rule) for rule in rules),
    )


def fact_block(fact: dict[str, Any]) -> str:
    """Return a fact with its limits and source; an unknown one with the question to ask."""
    sides = {"requested": "when asked", "requesting": "when asking", "both": "when asked and when asking"}
    dates = [f"{name.replace('_', ' ')} {fact[name]}" for name in ("valid_from", "valid_to") if fact.get(name)]
    notes = " · ".join(filter(None, [sides[fact.get("side", "requested")], scope_line(fact), *dates]))
    blocks = [f"### {fact['id']}", notes, three(fact["text"])]
    if fact.get("question"):
        blocks += ["Not known; ask before sending:", three(fact["question"])]
    return "\n\n".join([*blocks, source_block(fact["source"])])


def instrument_page(record: dict[str, Any], rules: list[Rule]) -> str:
    """Return the page of an instrument: its titles, and whatever the file records of it."""
    known = ("id", "title", "cite", "short", "rules")
    rest = {name: value for name, value in record.items() if name not in known}
    return page(
        pick(record["short"], "en"),
        f"`{record['id']}`",
        three(record["title"]),
        "Cited as:",
        three(record["cite"]),
        "## Particulars",
        "\n".join(tree(rest)),
        "## Rules" if rules else "",
        *(rule_block(rule) for rule in rules),
    )


def tree(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield any data as a nested list; sources and texts in languages become one line."""
    pad = "  " * depth
    if isinstance(value, dict):
        for name, inner in value.items():
            label = f"{pad}- **{flat(str(name).replace('_', ' '))}**"
            if is_plain(inner):
                yield f"{label}: {one_line(inner)}"
            else:
                yield label
                yield from tree(inner, depth + 1)
    else:
        for inner in value:
            if is_plain(inner):
                yield f"{pad}- {one_line(inner)}"
            else:
                first, *others = tree(inner, depth + 1)
                yield f"{pad}- {first.strip().removeprefix('- ')}"
                yield from others


def is_plain(value: Any) -> bool:
    """Tell whether a value fits on one line."""
    if isinstance(value, dict):
        return not value or is_text(value) or is_source(value)
    return not isinstance(value, list) or all(not isinstance(inner, dict | list) for inner in value)


def is_text(value: dict[str, Any]) -> bool:
    """Tell whether a mapping is a text in languages."""
    return set(value) <= {"en", "ru", "ar"}


def is_source(value: dict[str, Any]) -> bool:
    """Tell whether a mapping is a source."""
    return "status" in value and ("document" in value or "instrument" in value)


def one_line(value: Any) -> str:
    """Return a plain value on one line."""
    if isinstance(value, list):
        return ", ".join(one_line(inner) for inner in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if is_source(value):
            quote = f" “{flat(str(value['quote']))}”" if value.get("quote") else ""
            return flat(source_line(titled(value), "en")) + (f" <{value['url']}>" if value.get("url") else "") + quote
        return " / ".join(flat(str(text)) for text in value.values())
    return flat(str(value)) if value is not None else "–"


# ------------------------------------------------------------------ commands and index


def commands_page() -> str:
    """Return the help of every command, in English."""
    cli._Formatter.lang = "en"
    settings: Any = {"terminal_width": 100, **cli.cli.context_settings}
    root = cli._Context(cli.cli, info_name="casc-mla", **settings)
    return page("Commands", *_help(cli.cli, root))


def _help(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context).rstrip()}\n```"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                settings: Any = {"info_name": name, "parent": context, "terminal_width": 100}
                yield from _help(inner, inner.context_class(inner, **settings))


def index_page(made: dict[str, str]) -> str:
    """Return the page that leads to all others."""
    links: dict[str, list[str]] = {}
    for path, text in sorted(made.items()):
        name = path.removeprefix(f"{REFERENCE}/")
        part = name.partition("/")[0] if "/" in name else ""
        links.setdefault(part, []).append(f"- [{text.partition(chr(10))[0].removeprefix('# ')}]({name})")
    titles = {"": "Everything", "countries": "States", "instruments": "Instruments", "rules": "Rules by checklist"}
    return page("Reference", *(f"## {titles[part]}\n\n" + "\n".join(links[part]) for part in titles if part in links))


def outdated(root: Path = ROOT) -> list[str]:
    """Return the pages that are missing, differ from the data, or belong to data that are gone."""
    made = pages()
    there = {path.relative_to(root).as_posix() for path in (root / REFERENCE).rglob("*.md")}
    different = [
        name for name, text in made.items() if name not in there or (root / name).read_text(encoding="utf-8") != text
    ]
    return sorted([*different, *(there - set(made))])


def main() -> int:
    """Write the pages, or with ``--check`` name those that are not up to date."""
    data.use(None)
    if "--check" in sys.argv:
        old = outdated()
        sys.stdout.write("".join(f"{name}: not up to date; run make docs\n" for name in old))
        return int(bool(old))
    made = pages()
    for name, text in made.items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for path in (ROOT / REFERENCE).rglob("*.md"):
        if path.relative_to(ROOT).as_posix() not in made:
            path.unlink()
    sys.stdout.write(f"{len(made)} pages in {REFERENCE}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
