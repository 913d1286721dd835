"""Predicates about persons: how they are named, what is said of them, how the items point at the facts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from babel.core import Locale

from casc_mla.check.predicates.items import asking, targets
from casc_mla.check.predicates.texts import all_strings, figures, is_free_text, without_hijri
from casc_mla.check.validator import Failure, Predicate, lookup, texts_of
from casc_mla.core.finding import Path
from casc_mla.core.text import INVISIBLE
from casc_mla.load.request import Request

SCRIPTS = {"en": "latin", "ru": "cyrillic", "ar": "arabic"}

_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]|" + INVISIBLE.pattern)
_ARABIC_LETTERS = str.maketrans({"ى": "ي", "ة": "ه"})
# In normal text й is и.
_CYRILLIC_ENDINGS = (
    "ого|его|ому|ему|ыми|ими|ами|ями|ием|иею|иеи|ьем|ои|еи|ею|ою|ом|ем|ым|им|ых|их|ыи|ии|ая|яя|ую|юю|ию|ия|"
    "ов|ев|ам|ям|ах|ях|ью|ья|ье|ьи|а|я|ы|и|у|ю|е|о|ь"
)
#: What may stand between two parts of one name, in prose and in an e-mail address or a file name.
GAP = r"[\s,.\-_/@+«»\"“”()]{1,4}"


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """Return a text without accents, harakat, hamza and й/ё, so that spellings of one name compare equal."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).translate(_ARABIC_LETTERS)


@lru_cache(maxsize=1024)
def word_pattern(word: str) -> str:
    """Return a regular expression for a word of a name in the forms that the language gives it.

    ``word`` is normal text.  Russian cases change the ending; Arabic particles stand before the word.
    """
    if re.search("[а-яА-Я]", word):
        # "Достоевский" loses all its last vowels before an ending, "Бегимай" only one.
        stems = {re.sub("[аяоеиыуюьАЯОЕИЫУЮЬ]+$", "", word), re.sub("[аяоеиыуюьАЯОЕИЫУЮЬ]$", "", word)}
        longest_first = sorted((stem for stem in stems if len(stem) > 1), key=len, reverse=True)
        listed = "|".join(map(re.escape, longest_first)) or re.escape(word)
        return rf"(?<![^\W_])(?:{listed})(?:{_CYRILLIC_ENDINGS})?(?![^\W_])"
    if re.search("[\u0621-\u064a]", word):
        return rf"(?<![^\W_])[وفبكل]{{0,2}}(?:ال)?{re.escape(word.removeprefix('ال'))}(?![^\W_])"
    return rf"(?<![^\W_]){re.escape(word)}(?:['’]?s)?(?![^\W_])"


def name_words(names: Any) -> dict[str, list[str]]:
    """Return the words of a name by script, as normal text, in the order written."""
    if not isinstance(names, dict):
        return {}
    found = {s: re.findall(r"[^\W\d_]{2,}", normal(str(names.get(s) or ""))) for s in SCRIPTS.values()}
    return {script: words for script, words in found.items() if words}


@lru_cache(maxsize=1024)
def _mention(words: tuple[str, ...], legal: bool) -> re.Pattern[str]:
    # A company is named by the beginning of its name, a person by any part that is long enough.
    if legal:
        forms = [w for w in words if not (w.isupper() and len(w) <= 4)] or list(words)
        return re.compile(GAP.join(word_pattern(w) for w in forms[:2]), re.IGNORECASE)
    minimum = 5 if re.search("[\u0621-\u064a]", words[0]) else 3
    long = [word_pattern(w) for w in words if len(w) >= minimum]
    return re.compile("|".join(long) or GAP.join(map(word_pattern, words)), re.IGNORECASE)


@lru_cache(maxsize=1024)
def name_stems(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the words begin with in every form: a cheap look before the expression."""
    return tuple(re.sub("[аяоеиыуюь]+$", "", w.lower())[:4].removeprefix("ال") for w in words)


def names_person(text: str, person: dict[str, Any]) -> bool:
    """Tell whether a text names a person: a part of the name in any script, or the pseudonym."""
    plain = normal(text)
    pseudonym = person.get("pseudonym")
    if isinstance(pseudonym, str) and pseudonym and normal(pseudonym).lower() in plain.lower():
        return True
    legal = person.get("kind") == "legal"
    lowered = plain.lower()
    for script, words in name_words(person.get("names")).items():
        if not any(stem in lowered for stem in name_stems(tuple(words))):
            continue
        for found in _mention(tuple(words), legal).finditer(plain):
            if script == "arabic" or found[0][:1].isupper():
                return True
    return False


def all_names(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every map of names under a value: of persons, their counsel, the contact, the signatory."""
    if isinstance(value, dict):
        if any(script in value for script in SCRIPTS.values()):
            yield value
        else:
            for member in value.values():
                yield from all_names(member)
    elif isinstance(value, list):
        for member in value:
            yield from all_names(member)


def _searched_for(request: Request) -> set[str]:
    # An item that names nobody may search for anybody.
    found: set[str] = set()
    for item in request.list_of("assistance"):
        if item.get("form") == "EV-16":
            found.update(targets(item) or request.by_id("persons"))
    return found


def not_searched_for(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """The person of this id is not one whose whereabouts or identity an item asks to establish."""
    if str(value) in _searched_for(request):
        yield Failure(path)


_PARTICULARS = ("dob", "pob", "address", "nationality", "id_docs", "occupation", "phone", "email", "custody")


def two_particulars(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Find a person of whom fewer than two particulars are given besides the name and who is not to be identified."""
    person = request.at(path[:-1])
    known = sum(bool(person.get(name)) for name in _PARTICULARS) if isinstance(person, dict) else 0
    if known < 2 and str(value) not in _searched_for(request):
        yield Failure(path)


def a_target(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """An item of assistance names the person of this id."""
    if not any(str(value) in targets(item) for item in request.list_of("assistance")):
        yield Failure(path)


def to_be_identified(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless an item is to find this person, or anybody while fewer than two particulars of this one are given."""
    searches = [targets(item) for item in request.list_of("assistance") if item.get("form") == "EV-16"]
    person = request.at(path[:-1])
    known = sum(bool(person.get(name)) for name in _PARTICULARS) if isinstance(person, dict) else 0
    if not any(str(value) in named or (not named and known < 2) for named in searches):
        yield Failure(path)


def place_told(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Fail unless an item is to find this person, says where he or she is detained, or asks a provider who it is."""
    if not any(value in targets(item) for item in asking(request, "EV-06", "EE-02")):
        yield from to_be_identified(request, path, value)


def target_reachable(request: Request, path: Path, _value: Any) -> Iterator[Failure]:
    """Find persons an item is addressed to who can be found nowhere and are not searched for.

    An address, a seat, the address of counsel or parents, a place of detention and protection all count.
    """
    persons = request.data.get("persons")
    wanted = set(targets(request.at(path[:-1]))) - _searched_for(request)
    for i, person in enumerate(persons if isinstance(persons, list) else []):
        if not isinstance(person, dict) or person.get("id") not in wanted:
            continue
        legal, counsel = person.get("legal"), person.get("representative")
        seat = isinstance(legal, dict) and (legal.get("legal_address") or legal.get("seat"))
        seat = seat or (isinstance(counsel, dict) and counsel.get("address"))
        if not (person.get("address") or seat or person.get("custody") or person.get("protected") is True):
            yield Failure(("persons", i, "address"), {"": str(person.get("id"))})


def target_language_known(request: Request, path: Path, _value: Any) -> Iterator[Failure]:
    """Find natural persons an item is addressed to whose language is not given and who are no nationals of the State asked.

    An interpreter in the plan of the interview with victims tells the language of those who are to be interviewed.
    """
    persons = request.data.get("persons")
    plan = lookup(request.data, "tip.interview")
    planned = plan.get("persons") if isinstance(plan, dict) and plan.get("interpreter") else None
    wanted = set(targets(request.at(path[:-1]))) - set(planned if isinstance(planned, list) else [])
    for i, person in enumerate(persons if isinstance(persons, list) else []):
        if not isinstance(person, dict) or person.get("id") not in wanted or person.get("kind") != "natural":
            continue
        nationality = person.get("nationality")
        native = isinstance(nationality, list) and request.states[1] in nationality
        if not person.get("language") and not native:
            yield Failure(("persons", i, "language"), {"": str(person.get("id"))})


def pseudonym_unique(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """No other person has the same pseudonym, where one of the two is protected."""
    shown = str(value).strip().lower()
    protected = request.at((*path[:2], "protected")) is True
    persons = request.data.get("persons")
    for i, person in enumerate(persons if isinstance(persons, list) else []):
        if path[:2] == ("persons", i) or not isinstance(person, dict):
            continue
        if not protected and person.get("protected") is not True:
            continue
        if str(person.get("pseudonym", "")).strip().lower() == shown:
            yield Failure(path)
            return


_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")


def _dates_of(value: Any) -> Iterator[tuple[str, str]]:
    for lang, text in value.items() if is_free_text(value) else ():
        if isinstance(text, str):
            for day in sorted(figures(without_hijri(text, lang), lang)[0]):
                yield lang, day


def no_future_dates(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Find dates in the text that are later than the request and that no field of it explains, as a hearing is."""
    today = str(request.data.get("date", ""))
    seen = {text[:10] for _, text in all_strings(request.data) if _DAY.match(text)}
    for lang, day in _dates_of(value) if _DAY.fullmatch(today) else ():
        if _DAY.fullmatch(day) and day > today and day not in seen:
            seen.add(day)
            yield Failure((*path, lang), {"": day})


def no_dates_before_facts(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Find dates before ``facts.period`` that no field of the request explains, as a birth date does."""
    facts = request.data.get("facts")
    period = facts.get("period") if isinstance(facts, dict) else None
    start = str(period.get("from", "")) if isinstance(period, dict) else ""
    if not _DAY.fullmatch(start):
        return
    known = {text[:10] for _, text in all_strings(request.data) if _DAY.match(text)}
    seen: set[str] = set()
    for lang, day in _dates_of(value):
        if _DAY.fullmatch(day) and day < start and day not in known | seen:
            seen.add(day)
            yield Failure((*path, lang), {"": day})


_FACT_PARAGRAPH = re.compile(
    r"(?:paragraph\w*|paras?\.?|sections?|пункт\w*|п\.|абзац\w*|раздел\w*|الفقرات|الفقره|الفقرتين|الفقرتان|البند|البنود|القسم)\s*\d"
    r"|(?:first|second|third|\w+th|last)\s+paragraph"
    r"|(?:перв|втор|трет|четверт|пят|шест|седьм|восьм|девят|десят|последн)\w+\s+(?:абзац|пункт)"
    r"|(?:الفقره|البند)\s+(?:الاول|الثاني|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع|العاشر|الاخير)",
    re.IGNORECASE,
)


_HOLDERS = ("institutions", "holder", "provider", "place", "site", "vasp", "carriers", "vehicles")
_LIST_KEYS = ("facts", "offences", "assets", "orders", "persons", "case", "tables")
_POINTERS = re.compile(
    r"(?:(?<=№)|(?<=№\s)|(?<=[Nn]o\.\s)|(?<=رقم\s))[\w/.-]*\d[\w/-]*|[\w.+-]+@[\w.-]+\w|\w[\w-]*(?:\.[\w-]+)*\.[a-z]\w+"
    r"|\d+/\d+|(?<=[«“\"])[^«»“”\"\n]{3,60}(?=[»”\"])",
    re.IGNORECASE,
)


def _elsewhere(request: Request, path: Path) -> list[tuple[Path, str]]:
    # What a text can point at: the facts, the things and persons known, and the other fields of its item.
    item = request.at(path[:-1])
    rest = {key: member for key, member in item.items() if key != path[-1]} if isinstance(item, dict) else {}
    return list(all_strings([{key: request.data.get(key) for key in _LIST_KEYS}, rest]))


def _known_figures(known: list[tuple[Path, str]]) -> tuple[set[str], set[str]]:
    days: set[str] = set()
    numbers: set[str] = set()
    for path, text in known:
        lang = str(path[-1]) if path and path[-1] in SCRIPTS else "en"
        found = figures(text, lang)
        days.update(found[0])
        # A year alone points at nothing.
        numbers.update(n for n in found[1] if len(n) >= 3 and not re.fullmatch(r"(?:19|20)\d\d", n))
    return days, numbers


def _names_listed(request: Request, text: str) -> bool:
    # A person by name or pseudonym; a person, offence, asset or order by its id.
    ids = [e.get("id") for name in ("persons", "offences", "assets", "orders") for e in request.list_of(name)]
    named = [re.escape(i) for i in ids if isinstance(i, str) and len(i) > 1]
    if named and re.search(rf"(?<![A-Za-z0-9])(?:{'|'.join(named)})(?![A-Za-z0-9])", text):
        return True
    return any(names_person(text, person) for person in request.list_of("persons"))


def points_at_case(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Find a text that names no person, offence, date, figure, name or paragraph of this case."""
    texts = texts_of(value)
    if not texts or any(_FACT_PARAGRAPH.search(normal(text)) for text in texts):
        return
    whole = "\n".join(texts)
    if _names_listed(request, whole):
        return
    known = _elsewhere(request, path)
    days, numbers = _known_figures(known)
    versions = value.items() if is_free_text(value) else [("en", whole)]
    for lang, text in versions:
        found = figures(str(text), lang)
        if days & set(found[0]) or numbers & set(found[1]):
            return
    item = request.at(path[:-1])
    holders = [item.get(key) for key in _HOLDERS] if isinstance(item, dict) else []
    told = "\n".join(text for _, text in all_strings([request.data.get("facts"), holders]))
    names = _proper_names(whole) & _proper_names(told, inside=False)
    # The two States, and words that also begin small, stand in every such letter.
    names -= _state_names(request.states) | _stems(re.findall(r"(?<!\w)[a-zа-я][\w-]{2,}", normal(told)))
    if names or any(pointer in text for pointer in _POINTERS.findall(whole) for _, text in known):
        return
    # Arabic has no capitals: the places of the facts and the holders count, all their words.
    places = [text for _, text in all_strings([lookup(request.data, "facts.places"), holders])]
    words = _arabic_words("\n".join(places)) - _GENERIC - _state_names(request.states)
    if any(re.search(word_pattern(word), normal(whole)) for word in words):
        return
    yield Failure(path)


def _proper_names(text: str, inside: bool = True) -> set[str]:
    # Words with a capital, only those inside a sentence or all, without their endings.
    before = r"(?<=[^.!?:\s]\s)" if inside else r"(?<!\w)"
    return _stems(re.findall(before + r"[«“\"(]?([A-ZА-Я][\w-]{2,})", normal(text)))


_GENERIC = {"مدينه", "جمهوريه", "دوله", "محافظه", "مقاطعه", "منطقه", "شارع", "شركه", "مصرف", "بنك", "محكمه", "سجل"}


def _arabic_words(text: str) -> set[str]:
    found = re.findall("[\u0621-\u064a]{3,}", normal(text))
    return {bare for word in found if len(bare := word.removeprefix("ال")) > 2}


def _stems(words: list[str]) -> set[str]:
    return {word[: max(4, len(word) - 2)].lower() for word in words}


@lru_cache(maxsize=64)
def _state_names(codes: tuple[str, ...]) -> set[str]:
    named = [Locale.parse(lang).territories.get(code, "") for lang in ("en", "ru") for code in codes]
    arabic = [Locale.parse("ar").territories.get(code, "") for code in codes]
    return _proper_names("\n".join(named), inside=False) | _arabic_words("\n".join(arabic))


_TIES = (
    "offences",
    "target",
    "targets",
    "assets",
    "orders",
    "tables",
    "accounts",
    "identifiers",
    "addresses",
    "transfers",
    "document_no",
    "tx_hashes",
    "vehicles",
    "victims_codes",
    "observed",
    "couriers",
    "identify",
)


def linked(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Find an item no field of which names an offence, person, asset, order, account or table, and whose text points at nothing."""
    item = request.at(path[:-1])
    item = item if isinstance(item, dict) else {}
    said = "\n".join(text for _, text in all_strings(item))
    if not any(item.get(key) for key in _TIES) and not _names_listed(request, said):
        yield from points_at_case(request, path, value)


PREDICATES: dict[str, Predicate] = {
    "not_searched_for": not_searched_for,
    "two_particulars": two_particulars,
    "a_target": a_target,
    "to_be_identified": to_be_identified,
    "place_told": place_told,
    "target_reachable": target_reachable,
    "target_language_known": target_language_known,
    "pseudonym_unique": pseudonym_unique,
    "no_future_dates": no_future_dates,
    "no_dates_before_facts": no_dates_before_facts,
    "points_at_case": points_at_case,
    "linked": linked,
}
