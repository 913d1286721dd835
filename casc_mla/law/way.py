"""The way from one State to another: basis, addressee, language, channel, routes to property, and what to ask first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casc_mla.core.text import LANGUAGES, Text, message, pick, semicolon
from casc_mla.law.countries import country_file
from casc_mla.law.facts import Subject, facts_of, is_unknown, narrowest_first, state_text, status_of, value_of
from casc_mla.law.parties import related
from casc_mla.law.routes import AssetRoute, Standing, asset_routes, instruments_between
from casc_mla.law.sources import titled
from casc_mla.law.statements import bilateral, lists_treaties

#: The topics whose unknown facts are worth a question before a request of a kind is sent.
TOPICS = (
    "authority",
    "language",
    "channel",
    "legal_basis",
    "reciprocity",
    "dual_criminality",
    "formality_signature_seal",
    "formality_copies",
    "formality_translation",
    "formality_legalisation",
    "formality_law_text",
    "formality_order",
    "refusal",
    "de_minimis",
    "death_penalty",
    "use_limitation",
)
MORE_TOPICS = {
    "tip": ("trafficking_offence", "victim_protection"),
    "confiscation": ("ar_foreign_order", "ar_domestic_order", "ar_transfer", "ar_conviction", "ar_ncb", "ar_sharing", "ar_freezing", "ar_final"),
    "transfer": ("ar_transfer", "transfer_of_proceedings"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """All that a requesting State needs to know before it writes to another; facts are records of the country file."""

    states: tuple[str, str]
    subject: Subject
    instruments: dict[str, list[Standing]]
    reciprocity: bool
    reciprocity_facts: list[dict[str, Any]]
    bilateral: list[dict[str, Any]]
    addressees: list[dict[str, Any]]
    executors: list[dict[str, Any]]
    languages: list[dict[str, Any]]
    channels: list[dict[str, Any]]
    urgent: list[dict[str, Any]]
    senders: list[dict[str, Any]]
    assets: list[AssetRoute]
    ask_first: list[dict[str, Any]]
    on_file: bool


def executes(fact: dict[str, Any]) -> bool:
    """Tell whether an authority only executes requests, so that none is addressed to it."""
    return bool(value_of(fact, "role") == "executing_authority")


def find_way(a: str, b: str, kind: str, stage: str, on: str) -> Way:
    """Return the way from ``a`` to ``b`` for a kind of request at a stage of the case on a day (YYYY-MM-DD)."""
    instruments = instruments_between(a, b, kind, on)
    binding = frozenset(stand.id for stand in instruments["binds"])
    subject = Subject(kind, stage, binding, on)
    bases = [stand for stand in instruments["binds"] if stand.serves(kind) == "basis"]
    authorities = [f for f in facts_of(b, "authority", "requested", subject) if value_of(f, "name")]
    topics = tuple(dict.fromkeys((*TOPICS, *MORE_TOPICS.get(kind, ()))))
    return Way(
        (a, b),
        subject,
        instruments,
        not bases,
        [f for f in facts_of(b, ("legal_basis", "reciprocity"), "requested", subject) if not lists_treaties(f)],
        [*bilateral(b, a, on), *bilateral(a, b, on)],
        narrowest_first(f for f in authorities if not executes(f)),
        narrowest_first(f for f in authorities if executes(f)),
        narrowest_first(f for f in facts_of(b, "language", "requested", subject) if not is_unknown(f)),
        narrowest_first(f for f in facts_of(b, "channel", "requested", subject) if not is_unknown(f)),
        narrowest_first(f for f in facts_of(b, "urgent_channel", "requested", subject) if not is_unknown(f)),
        narrowest_first(f for f in facts_of(a, "outgoing_authority", "requesting", subject) if not is_unknown(f)),
        asset_routes(b, subject) if kind == "confiscation" else [],
        [fact for fact in facts_of(b, (*topics, "urgent_channel"), "requested", subject) if is_unknown(fact)],
        country_file(b) is not None,
    )


def fact_record(fact: dict[str, Any], lang: str) -> dict[str, Any]:
    """Return a fact as plain data in one language."""
    said = {
        "fact": fact.get("id"),
        "topic": fact.get("topic"),
        "value": fact.get("value"),
        "text": pick(fact.get("text") or "", lang),
        "status": status_of(fact),
        "source": titled(dict(fact.get("source") or {})),
        **{name: fact[name] for name in ("stages", "kinds", "instruments", "valid_from", "valid_to") if fact.get(name)},
    }
    name = value_of(fact, "name")
    if isinstance(name, dict):
        said["name"] = pick(name, lang)
    if fact.get("question"):
        said["question"] = pick(fact["question"], lang)
    return said


def standing_record(stand: Standing, kind: str, lang: str, yields: Text | None = None) -> dict[str, Any]:
    """Return how an instrument stands as plain data in one language."""
    said = {
        "instrument": stand.id,
        "title": pick(stand.record.get("short") or stand.record.get("title") or stand.id, lang),
        "role": stand.serves(kind),
        "reason": stand.reason,
        "why": pick(stand.why, lang),
        "certain": stand.certain,
        "sources": [titled(source) for source in stand.sources],
    }
    if yields:
        said["note"] = pick(yields, lang)
    return said


def _yields(stand: Standing, way: Way) -> Text | None:
    """Return the note that an instrument leaves the details of this kind of letter to the treaties of legal assistance that bind the two."""
    rules = dict(related(stand.record, "yields_to"))
    leading = [o for o in way.instruments["binds"] if o.id in rules or o.record.get("family") in rules]
    if not leading:
        return None
    names = [other.record.get("short", other.id) for other in leading]
    entry = rules.get(leading[0].id) or rules[str(leading[0].record.get("family"))]
    if way.subject.kind not in entry.get("kinds", (way.subject.kind,)):
        return None
    others = {lang: semicolon(lang).join(pick(name, lang) for name in names) for lang in LANGUAGES}
    return message("route.yields", other=others, article=entry.get("article") or "–")


def way_record(way: Way, lang: str) -> dict[str, Any]:
    """Return a way as plain data in one language, for programs and for the printed report."""
    kind = way.subject.kind
    names = {code: pick(state_text(code), lang) for code in way.states}
    return {
        "from": way.states[0],
        "to": way.states[1],
        "names": names,
        "kind": kind,
        "stage": way.subject.stage,
        "on": way.subject.on,
        "country_checklist": way.on_file,
        "cite": [standing_record(s, kind, lang, _yields(s, way)) for s in way.instruments["binds"]],
        "do_not_cite": [standing_record(s, kind, lang) for s in way.instruments["does_not"]],
        "check_before_citing": [standing_record(s, kind, lang) for s in way.instruments["unknown"]],
        "reciprocity": way.reciprocity,
        "reciprocity_text": pick(message("route.reciprocity"), lang) if way.reciprocity else "",
        "bilateral": [fact_record(f, lang) for f in way.bilateral],
        "legal_basis": [fact_record(f, lang) for f in way.reciprocity_facts if not is_unknown(f)],
        "sender": [fact_record(f, lang) for f in way.senders],
        "addressee": [fact_record(f, lang) for f in way.addressees],
        "executes": [fact_record(f, lang) for f in way.executors],
        "languages": [fact_record(f, lang) for f in way.languages],
        "channels": [fact_record(f, lang) for f in way.channels],
        "urgent_channels": [fact_record(f, lang) for f in way.urgent],
        "asset_routes": [
            {"route": route.name, "open": route.open, "facts": [fact_record(f, lang) for f in route.facts]}
            for route in way.assets
        ],
        "ask_first": [fact_record(f, lang) for f in way.ask_first],
    }
