"""The checklist of a State as a person prints it: what is known, what to ask, what to do."""

from __future__ import annotations

from typing import Any

from casc_mla.check.rules import Rule, all_rules
from casc_mla.core import data
from casc_mla.core.errors import CascError
from casc_mla.core.text import pick, say
from casc_mla.law.countries import country_file
from casc_mla.law.facts import Subject, facts_of, is_unknown
from casc_mla.law.instruments import instrument
from casc_mla.law.sources import titled

SIDES = ("requested", "requesting")
_SCOPE = ("kinds", "stages", "forms", "instruments")


def topic_label(topic: str, lang: str) -> str:
    """Return what readers call a topic; a topic without a label is named as the file names it."""
    try:
        return say(f"topic.{topic}", lang)
    except KeyError:
        return topic.replace("_", " ")


def sheet(code: str, lang: str, *, kind: str = "", side: str = "requested", full: bool = False) -> dict[str, Any]:
    """Return the checklist of a State in one language as plain data.

    ``topics`` hold the known facts in the order of the file, ``questions`` the unknown ones, ``rules`` what to do; with
    ``full`` also the rules that hold for every State.

    Raises:
        CascError: there is no file for the State.

    """
    state = code.upper()
    record = country_file(state)
    if record is None:
        known = ", ".join(stem.upper() for stem in data.listing("checklists/countries", "*.yaml"))
        raise CascError("sheet.no_state", state=code, known=known)
    facts = facts_of(state, (), side, Subject(kind=kind))
    name = record["names"][lang]["short"]
    topics: dict[str, list[dict[str, Any]]] = {}
    for fact in facts:
        if not is_unknown(fact):
            topics.setdefault(str(fact["topic"]), []).append(_fact(fact, lang, kind))
    return {
        "state": state,
        "name": name,
        "side": side,
        "kind": kind,
        "networks": list(record.get("networks") or ()),
        "topics": [
            {"topic": topic, "label": topic_label(topic, lang), "facts": entries} for topic, entries in topics.items()
        ],
        "questions": [
            {
                **_fact(fact, lang, kind),
                "topic": fact["topic"],
                "label": topic_label(str(fact["topic"]), lang),
                "question": pick(fact.get("question") or fact["text"], lang),
            }
            for fact in facts
            if is_unknown(fact)
        ],
        "rules": [
            _rule(rule, lang, kind, {side: name}) for rule in all_rules() if _concerns(rule, state, kind, side, full)
        ],
    }


def _concerns(rule: Rule, state: str, kind: str, side: str, full: bool) -> bool:
    if kind and rule.kinds and kind not in rule.kinds:
        return False
    states = {"requesting": rule.requesting, "requested": rule.requested}
    if state in states[side]:
        return True
    return full and not states[side]


def _fact(fact: dict[str, Any], lang: str, kind: str) -> dict[str, Any]:
    return {
        "id": fact["id"],
        "text": pick(fact["text"], lang),
        "value": fact["value"],
        "scope": _scope({n: fact.get(n) or () for n in _SCOPE if not (kind and n == "kinds")}, lang),
        **{name: fact[name] for name in ("valid_from", "valid_to") if fact.get(name)},
        "source": titled(fact["source"]),
    }


def _rule(rule: Rule, lang: str, kind: str, names: dict[str, str]) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "severity": str(rule.severity),
        "todo": plain(pick(rule.fix, lang), names),
        "why": plain(pick(rule.text, lang), names),
        # On a sheet for one kind of request the kind need not be said again.
        "scope": _scope({n: getattr(rule, n, ()) for n in _SCOPE if not (kind and n == "kinds")}, lang),
        "source": titled(rule.source),
    }


def _scope(named: dict[str, Any], lang: str) -> list[str]:
    """Return what a fact or rule is limited to, instruments by the names that readers know."""
    shown = []
    for name, values in named.items():
        for value in values:
            record = instrument(value) if name == "instruments" else None
            if record:
                shown.append(pick(record["short"], lang))
            elif name in ("stages", "kinds"):
                shown.append(say(f"route.{name[:-1]}.{value}", lang))
            else:
                shown.append(str(value))
    return shown


def plain(sentence: str, names: dict[str, str]) -> str:
    """Return a rule's text without a request to speak of: known names filled in, the rest left open."""
    for name in ("requested", "requesting", "field", "element", "detail"):
        sentence = sentence.replace("{" + name + "}", names.get(name, "…"))
    opened = sentence.removeprefix("…: ")
    return opened[:1].upper() + opened[1:] if opened != sentence else sentence
