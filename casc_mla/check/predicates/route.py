"""Predicates about the way between two States: treaty, addressee, language, route to property.

What each State and treaty says stands in the checklists; only the files of the two States and of the instruments cited are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from casc_mla.check.predicates.items import WRITTEN_IN, codes
from casc_mla.check.validator import Failure, Predicate, as_date
from casc_mla.core import data
from casc_mla.core.finding import Path
from casc_mla.core.text import Text
from casc_mla.law.countries import country_file
from casc_mla.law.facts import Subject, facts_of, is_unknown, status_of, value_of
from casc_mla.law.instruments import instrument
from casc_mla.law.parties import CERTAIN, related
from casc_mla.law.routes import DOES_NOT, UNKNOWN, Standing, answer, leading, standing
from casc_mla.load.request import Request


def _day(request: Request) -> str:
    """Return the day on which treaties must bind: that of the letter."""
    found = as_date(request.data.get("date"))
    return found.isoformat() if found else ""


def _subject(request: Request) -> Subject:
    stage = request.at(("case", "stage"))
    # What a State says of a convention holds for its protocols too.
    above = {parent for name in request.instruments for parent, _ in related(instrument(name) or {}, "supplements")}
    return Subject(
        request.kind,
        stage if isinstance(stage, str) else "",
        frozenset(above | set(request.instruments)),
        _day(request),
    )


def _standing(request: Request, name: Any) -> Standing | None:
    if not isinstance(name, str) or not all(request.states) or not _day(request):
        return None
    if request.states[0] == request.states[1]:
        return None
    return standing(name, request.states, _day(request))


def _cited(test: Callable[[Standing], bool]) -> Predicate:
    def predicate(request: Request, path: Path, value: Any) -> Iterator[Failure]:
        found = _standing(request, value)
        if found and test(found):
            yield Failure(path, found.why)

    return predicate


def _outside(found: Standing) -> bool:
    return found.verdict == DOES_NOT and found.reason not in ("displaced", "supplement")


def un_paragraphs_apply(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """The detailed paragraphs of the convention named apply: no treaty of legal assistance to which they give way binds, or may bind, the pair."""
    if _standing(request, value) is None:
        return
    unread = [name for name in request.instruments if instrument(name) is None]
    if unread:
        # It may be the treaty that comes first.
        yield Failure(path, {"": ", ".join(unread)})
        return
    found = _leading(data.roots(), value, request.states, _day(request), tuple(request.instruments))
    if found:
        yield Failure(path, _joined(stand.record.get("short") or {"en": stand.id} for stand in found))


@lru_cache(maxsize=256)
def _leading(_roots: object, name: str, pair: tuple[str, str], on: str, cited: tuple[str, ...]) -> tuple[Standing, ...]:
    # Every rule that rests on such a paragraph asks the same of the same request.
    return tuple(leading(name, pair, on, cited))


def state_on_file(_request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """There is a checklist for the State."""
    if isinstance(value, str) and re.fullmatch("[A-Z]{2}", value) and country_file(value) is None:
        yield Failure(path, {"": value})


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    """Return the stems of the words of a name that tell authorities apart; order and endings do not count."""
    found = re.findall(r"[^\W\d_]{4,}", text.casefold())
    stems = (word.removeprefix("ال").removeprefix("لل") for word in found)
    # Six letters of an English word are too few: "internal" is not "international".
    return frozenset(word[: 8 if word.isascii() else 6] for word in stems)


#: Words that every authority may bear and that tell none apart.
_NO_NAME = _words(
    "central competent authority authorities центральный компетентный орган органы органа органу органам "
    "السلطة السلطات المركزية المختصة المختص ministry министерство министерства министерству وزارة الوزارة "
    "office department division directorate affairs federal bundesamt republic ведомство департамент управление отдел офис "
    "федеральное республика مكتب إدارة مديرية قسم شؤون اتحادي جمهورية لجمهورية"
)


def _names(value: Any) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [(lang, text) for lang, text in value.items() if isinstance(text, str)]
    return [(lang, value) for lang in ("en", "ru", "ar")] if isinstance(value, str) else []


def _likeness(named: Any, fact: dict[str, Any], state_words: frozenset[str]) -> float:
    """Return how much of a known name of an authority stands in the name given, 0 to 1, in the language that fits best."""
    best = 0.0
    for lang, text in _names(named):
        for other, mine in _names(value_of(fact, "name")) + _names(value_of(fact, "also")):
            wanted = _words(mine) - state_words
            if lang == other and wanted:
                shared = len(wanted & _words(text))
                best = max(best, shared / min(len(wanted), max(1, len(_words(text) - state_words))))
    return best


def _state_words(code: str) -> frozenset[str]:
    names = (country_file(code) or {}).get("names", {})
    return frozenset(word for forms in names.values() for text in forms.values() for word in _words(str(text)))


def addressee_for_the_stage(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """The authority named is one that the requested State has for this stage, kind and basis; silent where none is known."""
    state = request.states[1]
    every = [fact for fact in facts_of(state, "authority") if value_of(fact, "name")]
    right = [f for f in facts_of(state, "authority", "requested", _subject(request)) if value_of(f, "name")]
    if any(fact.get("stages") for fact in right):
        # A fact for both sides speaks of one treaty: where that is not cited, it cannot overrule who answers at which stage.
        cited = set(request.instruments)
        right = [f for f in right if f.get("side") != "both" or cited & set(f.get("instruments", ()))]
    if not any(value_of(fact, "role") == "central_authority" for fact in right):
        return
    common = _state_words(state) | _NO_NAME
    # Only the authority of another stage is a wrong one; an office of the right one may bear more of the words.
    apart = [f for f in every if f.get("stages") and f not in right and value_of(f, "role") == "central_authority"]
    fitting = max((_likeness(value, fact, common) for fact in right), default=0.0)
    other = max((_likeness(value, fact, common) for fact in apart), default=0.0)
    if fitting < LIKE or other > fitting:
        yield Failure(path, _joined(value_of(f, "name") for f in right if value_of(f, "role") == "central_authority"))


#: From this share of common words on, two names are taken for the same authority.
LIKE = 0.5


def _joined(names: Iterable[Any]) -> Text:
    listed = [name for name in names if isinstance(name, dict)]
    return {
        lang: "; ".join(dict.fromkeys(str(name.get(lang) or name.get("en", "")) for name in listed))
        for lang in ("en", "ru", "ar")
    }


#: Under these a translation is owed only where the requested State has declared so (ETS 141 25(2)-(3), CETS 198 35(2)-(3)).
OWN_LANGUAGE_RULE = frozenset({"ets-030", "ets-141", "cets-198"})


#: What a fact may say of the languages that a State accepts.
_MEMBERS = ("accepted", "on_reciprocity", "working_languages")


def _languages(request: Request, members: tuple[str, ...] = _MEMBERS) -> tuple[set[str], bool, bool]:
    """Return the languages that the requested State accepts, whether all of that is known, and whether it was read in a text."""
    accepted: set[str] = set()
    known, certain = True, True
    subject = _subject(request)
    # A convention that gives way leaves the language to the treaty of assistance between the two, cited or not.
    cited, pair = subject.instruments or frozenset(), request.states
    before = {
        s.id: s for name in cited if all(pair) for s in _leading(data.roots(), name, pair, subject.on, tuple(cited))
    }
    subject = replace(subject, instruments=cited | before.keys())
    facts = facts_of(pair[1], "language", "requested", subject)
    for name in cited | before.keys():
        # A treaty between the two has its own rule of languages; without a fact about it nothing is known.
        # The same holds for a treaty that is cited and not on file.
        record = instrument(name)
        near = record is None or record.get("family") == "bilateral" or name in OWN_LANGUAGE_RULE
        if near and not any(name in (fact.get("instruments") or ()) for fact in facts):
            # One that may bind and is not cited leaves a doubt.
            certain = False
            known = known and name not in cited and before[name].verdict == UNKNOWN
    for fact in facts:
        if is_unknown(fact):
            known = known and not fact.get("instruments")
            continue
        for member in members:
            listed = value_of(fact, member)
            accepted |= {str(code) for code in listed} if isinstance(listed, list) else set()
        certain = certain and status_of(fact) in CERTAIN
    # What a State declares of translations never shuts out its own languages.
    own = (country_file(pair[1]) or {}).get("official_languages") or {}
    return accepted | set(own.get("codes") or ()), known and bool(accepted), certain


def _translations(request: Request) -> set[str]:
    translations = (e for e in request.list_of("enclosures") if e.get("kind") == "translation")
    return {code for one in translations for code in codes(one, *WRITTEN_IN)}


def enclosure_readable(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """An enclosure is written in, or translated into, the language of the translation or another that is accepted, or translations are enclosed apart."""
    target = request.at(("translation", "target"))
    if not isinstance(target, str):
        return
    good = {target} | _languages(request, ("accepted",))[0]
    if not good & (codes(request.at(path[:-1]), *WRITTEN_IN) | _translations(request)):
        yield Failure((*path[:-1], "translated_to"), {"": f"{value}: {target}"})


def target_accepted(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """The language of the translation is one that the requested State accepts, as far as that is known."""
    accepted, known, _ = _languages(request)
    if known and isinstance(value, str) and value not in accepted:
        yield Failure(path, {"": ", ".join(sorted(accepted))})


def _unreadable(request: Request, path: Path) -> tuple[Failure | None, bool]:
    if request.at(("translation",)):
        return None, False
    accepted, known, certain = _languages(request)
    if not known or not request.languages or accepted & (set(request.languages) | _translations(request)):
        return None, certain
    return Failure(path, {"": ", ".join(sorted(accepted))}), certain


def language_settled(request: Request, path: Path, _value: Any) -> Iterator[Failure]:
    """A language of the letter is accepted, a translation is enclosed, or it is said elsewhere that none is accepted."""
    settled = _translations(request) or _languages(request)[0] & set(request.languages)
    if not settled and not _unreadable(request, path)[0]:
        yield Failure(path)


def letter_accepted(request: Request, path: Path, _value: Any) -> Iterator[Failure]:
    """Without a translation, a language of the letter is accepted; judged only where the text that says so was read."""
    failure, certain = _unreadable(request, path)
    if failure and certain:
        yield failure


def letter_accepted_perhaps(request: Request, path: Path, _value: Any) -> Iterator[Failure]:
    """The same where what is known of the languages was not read in a text."""
    failure, certain = _unreadable(request, path)
    if failure and not certain:
        yield failure


def _asset(topic: str, member: str, *refusing: str) -> Predicate:
    """Return the predicate that fails where the requested State's answer on a topic is one of those given."""

    def predicate(request: Request, path: Path, _value: Any) -> Iterator[Failure]:
        # An item for confiscation may stand in a letter of any kind.
        subject = replace(_subject(request), kind="")
        facts = facts_of(request.states[1], topic, "requested", subject)
        if facts and answer(facts, member) in refusing:
            shown = [fact["text"] for fact in facts if isinstance(fact.get("text"), dict)]
            yield Failure(path, shown[0] if shown else {})

    return predicate


PREDICATES: dict[str, Predicate] = {
    "binds_the_pair": _cited(lambda found: _outside(found) and found.certain),
    "binds_the_pair_perhaps": _cited(lambda found: _outside(found) and not found.certain),
    "participation_known": _cited(lambda found: found.verdict == UNKNOWN and found.reason != "no_data"),
    "un_paragraphs_apply": un_paragraphs_apply,
    "not_displaced": _cited(lambda found: found.verdict == DOES_NOT and not _outside(found)),
    "state_on_file": state_on_file,
    "addressee_for_the_stage": addressee_for_the_stage,
    "target_accepted": target_accepted,
    "language_settled": language_settled,
    "enclosure_readable": enclosure_readable,
    "letter_accepted": letter_accepted,
    "letter_accepted_perhaps": letter_accepted_perhaps,
    "without_conviction": _asset("ar_conviction", "required", "yes"),
    "conviction_settled": _asset("ar_conviction", "required", "conditional", "unknown"),
    "foreign_order_possible": _asset("ar_foreign_order", "recognised", "no", "unknown"),
    "domestic_order_possible": _asset("ar_domestic_order", "available", "no", "unknown"),
    "no_death_penalty_on_file": _asset("death_penalty", "has_death_penalty", "yes"),
    "transfer_possible": _asset("ar_transfer", "available", "no", "unknown"),
}
