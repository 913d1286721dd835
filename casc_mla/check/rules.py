"""Rule records: read from the checklists that apply, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casc_mla.core import data
from casc_mla.core.finding import Severity
from casc_mla.core.records import read_records
from casc_mla.core.text import Text


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule as its record says it; see docs/writing-rules.md for the meaning of every key."""

    id: str
    severity: Severity
    text: Text
    fix: Text
    source: dict[str, Any]
    each: str = ""
    given: dict[str, Any] = field(default_factory=dict)
    when: dict[str, Any] = field(default_factory=dict)
    unless: dict[str, Any] = field(default_factory=dict)
    require: tuple[dict[str, Any], ...] = ()
    kinds: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    requesting: tuple[str, ...] = ()
    requested: tuple[str, ...] = ()
    waivable: bool = True
    fails: tuple[dict[str, Any], ...] = ()
    passes: tuple[dict[str, Any], ...] = ()
    file: str = ""

    def concerns(self, kind: str, forms: set[str], instruments: set[str], states: tuple[str, str]) -> bool:
        """Tell whether the rule speaks of such a request; an empty list means "all"."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.forms or bool(forms & set(self.forms)))
            and (not self.instruments or bool(instruments & set(self.instruments)))
            and (not self.requesting or states[0] in self.requesting)
            and (not self.requested or states[1] in self.requested)
        )


def _rule(record: dict[str, Any], file: Path, scope: dict[str, Any]) -> Rule:
    require = record["require"]
    fields: dict[str, Any] = {**scope, **record}
    return Rule(
        id=record["id"],
        severity=Severity(record["severity"]),
        text=record["text"],
        fix=record["fix"],
        source=record["source"],
        each=record.get("each", ""),
        given=record.get("given", {}),
        when=record.get("when", {}),
        unless=record.get("unless", {}),
        require=tuple(require) if isinstance(require, list) else (require,),
        waivable=record.get("waivable", True),
        fails=tuple(record.get("fails", ())),
        passes=tuple(record.get("passes", ())),
        file=file.as_posix(),
        **{name: tuple(fields.get(name, ())) for name in ("kinds", "forms", "instruments", "requesting", "requested")},
    )


def rules_in(path: Path) -> list[Rule]:
    """Return the rules of one checklist; a country's or an instrument's own rules carry its scope."""
    content = read_records(path) or {}
    scopes: dict[str, dict[str, Any]] = {"": {}}
    folder = path.parent.name
    if folder == "countries":
        scopes = {"requested": {"requested": [content["id"]]}, "requesting": {"requesting": [content["id"]]}}
    elif folder == "instruments":
        scopes = {"": {"instruments": [content["id"]]}}
    elif folder == "kinds":
        scopes = {"": {"kinds": [path.stem]}}
    return [
        _rule(record, path, scopes[record.get("side", "requested") if folder == "countries" else ""])
        for record in content.get("rules") or []
    ]


def files_for(kind: str, forms: set[str], instruments: set[str], states: tuple[str, str]) -> Iterator[Path]:
    """Yield the checklists that can say something about such a request, from the general to the special."""
    names = [
        "checklists/general.yaml",
        "checklists/substance.yaml",
        "checklists/language.yaml",
        "checklists/route.yaml",
        f"checklists/kinds/{kind}.yaml",
        *(f"checklists/forms/{family}.yaml" for family in sorted({form.split("-")[0] for form in forms})),
        *(f"checklists/instruments/{name}.yaml" for name in sorted(instruments)),
        *(f"checklists/countries/{state.lower()}.yaml" for state in dict.fromkeys(states)),
    ]
    for name in names:
        path = data.find(name)
        if path:
            yield path


def rules_for(kind: str, forms: set[str], instruments: set[str], states: tuple[str, str]) -> list[Rule]:
    """Return the rules that concern a request with these features; ``states`` = (requesting, requested)."""
    return [
        rule
        for path in files_for(kind, forms, instruments, states)
        for rule in rules_in(path)
        if rule.concerns(kind, forms, instruments, states)
    ]


def all_rules() -> list[Rule]:
    """Return every rule of every checklist, in the order of their ids."""
    paths = [
        path
        for folder, pattern in (
            ("checklists", "*.yaml"),
            ("checklists/kinds", "*.yaml"),
            ("checklists/forms", "*.yaml"),
            ("checklists/instruments", "*.yaml"),
            ("checklists/countries", "*.yaml"),
        )
        for path in data.listing(folder, pattern).values()
        if not path.stem.startswith("_")
    ]
    rules = [rule for path in paths for rule in rules_in(path)]
    return sorted(rules, key=lambda rule: rule.id)
