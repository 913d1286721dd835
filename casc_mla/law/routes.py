"""Which instruments bind two States for a subject, which must not be cited, and which way to property is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from casc_mla.core import data
from casc_mla.core.text import Text, message
from casc_mla.law.facts import Subject, facts_of, genitive_text, is_unknown, state_text, value_of
from casc_mla.law.instruments import instrument
from casc_mla.law.parties import CERTAIN, Bound, Membership, against, entries, membership, related
from casc_mla.law.statements import not_applied

#: The purposes of an instrument that make it the basis of a request of a kind.
PURPOSES = {
    "mla": ("mla", "service"),
    "tip": ("mla", "victim_protection"),
    "confiscation": ("confiscation",),
    "transfer": ("transfer",),
    "spontaneous": ("spontaneous", "police"),
    "consultation": ("mla", "confiscation", "transfer", "police"),
}
#: What supports a request of every kind without being its basis.
SUPPORT = ("mla",)
BINDS, DOES_NOT, UNKNOWN = "binds", "does_not", "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one instrument stands between two States on a day.

    ``verdict`` is ``binds``, ``does_not`` or ``unknown``; ``reason`` its short name (``party``, ``not_party``, ``signed``, ``ended``, ``not_yet``,
    ``against``, ``displaced``, ``supplement``, ``open``, ``unknown``, ``no_data``); ``why`` says it in words.  ``certain``: every fact that
    the verdict rests on was read in a text; ``outside`` counts the States that are not parties.
    """

    id: str
    verdict: str
    reason: str
    why: Text
    sources: tuple[dict[str, Any], ...]
    certain: bool
    outside: int
    record: dict[str, Any]

    def serves(self, kind: str, purpose: str = "") -> str:
        """Return ``basis`` or ``support`` for a request of a kind, '' where the instrument is about something else."""
        purposes = set(self.record.get("purposes") or ())
        if purposes & set((purpose,) if purpose else PURPOSES.get(kind, ())):
            return "basis"
        return "support" if not purpose and purposes & set(SUPPORT) else ""


def standing(name: str, pair: tuple[str, str], on: str, *, index: Sequence[str] = ()) -> Standing | None:
    """Return how an instrument stands between two States; None where there is no file for it.

    ``index`` names the instruments that may take its place although its own record does not say so.
    """
    record = instrument(name)
    if record is None:
        return None
    members = tuple(membership(record, state, on) for state in pair)
    apart = next(_declared(record, name, pair, on), None)
    if apart is not None:
        return _standing(name, record, members, DOES_NOT, "against", *apart)
    outside = next((member for member in members if member.bound is Bound.NO), None)
    if outside:
        return _standing(name, record, members, DOES_NOT, outside.why, _why(outside), outside.source)
    for other, entry in _displacers(name, record, index):
        winner = instrument(other)
        if winner is None or next(against(winner, pair, on, "relations_open"), None):
            continue
        if all(membership(winner, state, on).bound is Bound.YES for state in pair):
            text = message("route.why.displaced", other=winner.get("short", other))
            sources = [entry.get("source") or {}, *(membership(winner, state, on).source for state in pair)]
            return _standing(name, record, members, DOES_NOT, "displaced", text, *sources)
    doubt = next(against(record, pair, on, "relations_open"), None)
    if doubt:
        return _standing(name, record, members, UNKNOWN, "open", doubt["text"], doubt["source"])
    unknown = next((member for member in members if member.bound is Bound.UNKNOWN), None)
    if unknown:
        return _standing(name, record, members, UNKNOWN, unknown.why, _why(unknown), unknown.source)
    for parent, entry in related(record, "supplements"):
        above = standing(parent, pair, on, index=index) if parent != name else None
        if above and above.verdict == DOES_NOT:
            text = message("route.why.supplement", other=above.record.get("short", parent))
            return _standing(
                name, record, members, DOES_NOT, "supplement", text, entry.get("source") or {}, *above.sources
            )
    since = ", ".join(f"{member.state}: {member.day or '…'}" for member in members)
    key = "route.why.party" if any(member.day for member in members) else "route.why.party_no_dates"
    text = message(key, since=since) if key.endswith("party") else message(key)
    return _standing(name, record, members, BINDS, "party", text, *(member.source for member in members))


def _standing(
    name: str,
    record: dict[str, Any],
    members: Sequence[Membership],
    verdict: str,
    reason: str,
    why: Text,
    *sources: dict[str, Any],
) -> Standing:
    kept: list[dict[str, Any]] = []
    for source in sources:
        if source and source not in kept:
            kept.append(source)
    decisive = [source.get("status") in CERTAIN for source in sources if source]
    # What decides must have been read; that a State is outside counts for sure only if the data say it of both.
    known = [member.certain for member in members] if reason not in ("displaced", "supplement") else []
    certain = bool(decisive) and all(decisive) and all(known)
    # A State of which the instrument says nothing is outside too; one whose part is open is not.
    away = sum(member.bound is Bound.NO or not member.source for member in members)
    return Standing(name, verdict, reason, why, tuple(kept), certain, away, record)


def _why(member: Membership) -> Text:
    return message(f"route.why.{member.why}", state=state_text(member.state), day=member.day)


def _declared(
    record: dict[str, Any], name: str, pair: tuple[str, str], on: str
) -> Iterator[tuple[Text, dict[str, Any]]]:
    """Yield the declarations of one State against the other, in the instrument and in the files of both States."""
    for entry in against(record, pair, on):
        yield _apart(entry["state"], entry["against"]), entry["source"]
    for state, other in (pair, pair[::-1]):
        fact = not_applied(state, other, name, on)
        if fact:
            # The file of the other State says it too, passively; the sentence holds for both.
            text = message("route.why.apart", one=state_text(state), other=state_text(other))
            yield text, fact.get("source") or {}


def _apart(state: str, other: str) -> Text:
    return message("route.why.against", state=state_text(state), other=genitive_text(other))


def _displacers(name: str, record: dict[str, Any], index: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the instruments that take the place of this one between their parties."""
    yield from related(record, "displaced_by")
    for other, displaced, entry in _displacing(tuple(index)):
        if displaced == name:
            yield other, entry


def _displacing(names: tuple[str, ...]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(o, displaced, entry) for o in names for displaced, entry in related(instrument(o) or {}, "displaces")]


def instrument_names() -> list[str]:
    """Return the ids of all instruments."""
    return [name for name in data.listing("checklists/instruments", "*.yaml") if not name.startswith("_")]


def leading(name: str, pair: tuple[str, str], on: str, cited: Sequence[str] = ()) -> list[Standing]:
    """Return the treaties before which the detailed paragraphs of an instrument give way between two States.

    The instrument itself, or the one that it supplements, says to which it yields.  One of these that binds the pair comes before it, and one that may
    bind the pair may: where the part of a State on file is open, or where the letter cites it and the data do not exclude it.
    """
    record = instrument(name) or {}
    yields = [other for other, _ in related(record, "yields_to")]
    if not yields:
        above = [parent for parent, _ in related(record, "supplements") if parent != name]
        return [found for parent in above for found in leading(parent, pair, on, cited)]
    found: list[Standing] = []
    for other in instrument_names():
        theirs = instrument(other) or {}
        if other not in yields and not (theirs.get("family") in yields and "mla" in (theirs.get("purposes") or ())):
            continue
        if theirs.get("family") == "bilateral" and not set(pair) <= {entry.get("state") for entry in entries(theirs)}:
            continue
        stand = standing(other, pair, on)
        if stand and (stand.verdict == BINDS or (stand.verdict == UNKNOWN and (stand.outside == 0 or other in cited))):
            found.append(stand)
    return found


#: Families in the order in which a letter should lean on them: the nearer the tie, the better it fits.
_ORDER = ("bilateral", "cis", "coe", "arab", "asean", "un")


def instruments_between(
    a: str, b: str, kind: str = "mla", on: str = "9998-12-31", purpose: str = ""
) -> dict[str, list[Standing]]:
    """Return the instruments that concern two States and a kind of request, by verdict.

    ``binds``: may be cited, the nearest tie first; ``does_not``: must not be cited although at least one of the two is a party;
    ``unknown``: the data do not say whether both are bound, so the depositary must be asked first.
    """
    names = instrument_names()
    displacing = list(dict.fromkeys(other for other, _, _ in _displacing(tuple(names))))
    found: dict[str, list[Standing]] = {BINDS: [], DOES_NOT: [], UNKNOWN: []}
    for name in names:
        record = instrument(name) or {}
        if record.get("family") == "bilateral" and not {a, b} <= {entry.get("state") for entry in entries(record)}:
            continue
        stand = standing(name, (a, b), on, index=displacing)
        # Nobody would think of a treaty to which neither of the two belongs.
        if stand is None or not stand.serves(kind, purpose) or (stand.outside == 2 and stand.reason != "no_data"):
            continue
        found[stand.verdict].append(stand)
    for listed in found.values():
        listed.sort(key=lambda s: (s.serves(kind, purpose) != "basis", _rank(s.record), s.id))
    return found


def _rank(record: dict[str, Any]) -> int:
    family = record.get("family")
    return _ORDER.index(family) if family in _ORDER else len(_ORDER)


@dataclass(frozen=True, slots=True)
class AssetRoute:
    """One way to property in the requested State: ``open`` is yes, conditional, no or unknown; the facts say why."""

    name: str
    open: str
    facts: tuple[dict[str, Any], ...]


#: Route -> topic of the country file, and the member of its value that answers.
ASSET_ROUTES = {
    "foreign_order": ("ar_foreign_order", "recognised"),
    "domestic_order": ("ar_domestic_order", "available"),
    "transfer": ("ar_transfer", "available"),
    "ncb": ("ar_ncb", "available"),
}
#: What else decides about property: freezing, conviction, finality, sharing.
ASSET_TOPICS = ("ar_freezing", "ar_conviction", "ar_final", "ar_sharing")


def answer(facts: Sequence[dict[str, Any]], member: str) -> str:
    """Return the common answer of facts: yes, conditional, no or unknown.

    An unrestricted yes or no stands; where facts differ, or a yes holds for some offences or instruments only, the way is
    conditional.
    """
    said: set[str] = set()
    for fact in facts:
        given = str(value_of(fact, member, "unknown"))
        limited = given == "yes" and (value_of(fact, "offences") or fact.get("instruments"))
        said.add("conditional" if limited else given)
    said -= {"unknown"}
    if "yes" in said:
        return "yes" if "no" not in said else "conditional"
    return said.pop() if len(said) == 1 else "conditional" if said else "unknown"


def asset_routes(requested: str, subject: Subject | None = None) -> list[AssetRoute]:
    """Return the ways to property in a State, and last whether to ask first: always where an answer is unknown or conditional."""
    subject = subject or Subject(kind="confiscation")
    routes = []
    for name, (topic, member) in ASSET_ROUTES.items():
        facts = facts_of(requested, topic, "requested", subject)
        routes.append(AssetRoute(name, answer(facts, member), tuple(facts)))
    topics = (*(topic for topic, _ in ASSET_ROUTES.values()), *ASSET_TOPICS)
    unknown = tuple(fact for fact in facts_of(requested, topics, "requested", subject) if is_unknown(fact))
    unsure = any(route.open in ("unknown", "conditional") for route in routes)
    return [*routes, AssetRoute("ask_first", "yes" if unsure or unknown else "no", unknown)]
