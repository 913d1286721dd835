"""Predicates about ids, enclosures, periods and the identity of protected persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from casc_mla.check.predicates.persons import GAP, all_names, name_stems, name_words, normal, word_pattern
from casc_mla.check.predicates.texts import all_strings
from casc_mla.check.validator import Failure, Predicate
from casc_mla.core.finding import Path
from casc_mla.core.schema import Shape, root_shape
from casc_mla.load.request import Request

LISTS = ("persons", "assets", "orders", "offences", "enclosures", "assistance", "tables")


def _references(shape: Shape, value: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield each id that names an element of a list, with its path and the list: the schemas say which fields do."""
    if isinstance(value, dict):
        members = shape.properties(value)
        for key, member in value.items():
            if key in members:
                yield from _references(members[key], member, (*path, key))
    elif isinstance(value, list):
        item = shape.items()
        for i, member in enumerate(value):
            yield from _references(item, member, (*path, i))
    elif shape.refers_to and isinstance(value, str):
        yield path, shape.refers_to, value


def references_exist(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Every id that is referred to exists in its list."""
    known = {name: set(request.by_id(name)) for name in LISTS}
    known["enclosures"] |= known["tables"]
    for path, target, name in _references(root_shape(request.kind), request.data, ()):
        if name not in known[target]:
            yield Failure(path, {"": target})


def ids_unique(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """No id stands twice in a list.

    Tables stand in the list of enclosures too, and bear files whose names differ by more than capitals.
    """
    for name in LISTS:
        tables = name == "tables"
        seen: set[str] = {one.casefold() for one in request.by_id("enclosures")} if tables else set()
        found = request.data.get(name)
        for i, element in enumerate(found if isinstance(found, list) else []):
            identity = element.get("id") if isinstance(element, dict) else None
            if isinstance(identity, str):
                identity = identity.casefold() if tables else identity
                if identity in seen:
                    yield Failure((name, i, "id"))
                seen.add(identity)


def _spaced(number: str) -> str:
    # A number may be written with spaces, brackets and hyphens.
    marks = re.findall(r"\w", normal(number).lower())
    # A few digits with a space in them are an amount.
    between = "" if len(marks) < 7 and number.strip().isdigit() else r"[\s.()\-]*"
    return r"(?<![^\W_])" + between.join(marks) + r"(?![^\W_])" if len(marks) > 4 else ""


def _people(request: Request) -> Iterator[tuple[int, dict[str, Any]]]:
    persons = request.data.get("persons")
    for i, person in enumerate(persons if isinstance(persons, list) else []):
        if isinstance(person, dict) and person.get("protected") is True:
            yield i, person


def _strings(value: Any) -> list[str]:
    return [text for _, text in all_strings(value) if text.strip()]


@dataclass(frozen=True, slots=True)
class _Secret:
    """What must not be printed of a protected person."""

    stems: frozenset[str]
    full: re.Pattern[str]  # two parts of the name together, or another name
    part: re.Pattern[str]  # one part of the name that nobody else bears
    number: re.Pattern[str]  # a number of a document, a telephone number, an e-mail address
    addresses: tuple[str, ...]

    def told(self, text: str) -> bool:
        """Tell whether a text gives the person away beyond doubt."""
        if self.number.search(text) if _NUMBER.search(text) else False:
            return True
        return bool(self._maybe(text) and self.full.search(text))

    def hinted(self, text: str) -> bool:
        """Tell whether a text may give the person away."""
        if self._maybe(text) and any(_is_name(found, text) for found in self.part.finditer(text)):
            return True
        return any(address in text.lower() for address in self.addresses)

    def _maybe(self, text: str) -> bool:
        lowered = text.lower()
        return any(stem in lowered for stem in self.stems)


_NUMBER = re.compile(r"\d.?\d|@")


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(p for p in patterns if p) or r"(?!)", re.IGNORECASE)


def _secret(person: dict[str, Any], others: set[str]) -> _Secret:
    names = person.get("names")
    names = names if isinstance(names, dict) else {}
    stems: set[str] = set()
    full: list[str] = []
    part: list[str] = []
    for script, words in name_words(names).items():
        forms = [word_pattern(w) for w in dict.fromkeys(words)]
        # Other words of the name, such as a patronymic, may stand between the two.
        full += [rf"{x}{GAP}(?:[^\W_]+{GAP})?{y}" for x in forms for y in forms if x != y]
        # Short Arabic words are seldom only a name.
        minimum = 7 if script == "arabic" else 4
        part += [word_pattern(w) for w in words if len(w) >= minimum and w.lower() not in others]
        stems.update(name_stems(tuple(words)))
    for kind in ("aliases", "former"):
        for text in _strings(names.get(kind)):
            words = re.findall(r"[^\W_]{2,}", normal(text))
            full += [GAP.join(map(word_pattern, words))] if len(words) > 1 else []
            if kind == "former":
                part += [word_pattern(w) for w in words if len(w) > 3 and w.lower() not in others]
            stems.update(name_stems(tuple(words)))
    documents = person.get("id_docs")
    listed = documents if isinstance(documents, list) else []
    numbers = [document.get("number") for document in listed if isinstance(document, dict)]
    number = [_spaced(text) for text in _strings([numbers, person.get("phone"), person.get("email")])]
    # A town alone is no address.
    places = [_flat(text).lower() for text in _strings(person.get("address"))]
    addresses = tuple(place for place in places if len(place) > 11 and re.search(r"\d", place))
    return _Secret(frozenset(stems), _any(full), _any(part), _any(number), addresses)


def _shown(person: dict[str, Any], i: int) -> str:
    # The pseudonym, unless it is the name in disguise; then the number in the list.
    pseudonym = str(person.get("pseudonym") or "")
    plain, secret = _flat(pseudonym), _secret(person, set())
    return str(i + 1) if not pseudonym or secret.told(plain) or secret.part.search(plain) else pseudonym


#: What stays in the sealed annex; every other field of the person's own record is printed.
_SEALED = {"names", "dob", "pob", "id_docs", "phone", "email", "address", "representative"}


@lru_cache(maxsize=8192)
def _flat(text: str) -> str:
    return " ".join(normal(text).split())


def _printed(request: Request, own: int) -> Iterator[tuple[Path, str]]:
    for path, text in all_strings(request.data):
        if path[:2] != ("persons", own) or path[2] not in _SEALED:
            yield path, _flat(text)


def no_protected_identity(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find full names, numbers and e-mail of protected persons outside their sealed fields."""
    for i, person in _people(request):
        secret = _secret(person, set())
        for path, text in _printed(request, i):
            if secret.told(text):
                yield Failure(path, {"": _shown(person, i)})


def _is_name(found: re.Match[str], text: str) -> bool:
    # A name is written with a capital; in e-mail addresses and file names case says nothing, nor in Arabic.
    if found[0][:1] != found[0][:1].lower() or found[0][:1].upper() == found[0][:1].lower():
        return True
    token = text[: found.start()].rpartition(" ")[2] + text[found.start() :].partition(" ")[0]
    return bool(re.search(r"[@_/\\]", token))


def no_protected_hint(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find single parts of names, and addresses, of protected persons outside their sealed fields."""
    protected = dict(_people(request))
    if not protected:
        return
    open_records = [p for p in request.list_of("persons") if p.get("protected") is not True]
    listed = all_names({**request.data, "persons": open_records})
    others = {w.lower() for names in listed for words in name_words(names).values() for w in words}
    for i, person in protected.items():
        secret = _secret(person, others)
        for path, text in _printed(request, i):
            if secret.hinted(text) and not secret.told(text):
                yield Failure(path, {"": _shown(person, i)})


_ENCLOSURE_WORD = (
    r"(?<!\w)(?:enclosures?|annex(?:es)?|appendi(?:x|ces)|attachments?|"
    r"(?<!мобильн\w\w )(?<!мобильн\w\w\w )приложени[а-яё]+|прилож\.|"
    r"[وفبكل]{0,2}(?:ال)?(?:مرفق|مرفقين|مرفقات|ملحق|ملاحق))"
)
_ENCLOSURE = re.compile(
    _ENCLOSURE_WORD + r"\s+(?:№\s?|no\.\s?|رقم\s)?"
    r"(?P<ids>[A-ZА-Я]?\d{0,3}(?:(?:\s?[,،–-]\s?|\s(?:and|и|или|or|أو|و)\s|\sو)[A-ZА-Я]?\d{0,3})*)(?!-?[^\W\d_])",
    re.IGNORECASE,
)
# Codes of any form, in brackets or quotation marks too, and what stands between them in a list or a range.
_ANY_ID = r"[(\[«“„\"]?[A-Za-zА-Яа-яЁё\d][\w-]*[)\]»”“\"]?"
_LINK = r"(?:\s?(?:[,،;–—-]|\.\.\.?|…)\s?|\s(?:and|to|or|и|по|до|или|و|أو|إلى|حتى)\s|\sو(?=[A-Za-zА-Яа-я\d(«]))"
_ENCLOSURES_LOOSELY = re.compile(
    rf"(?:{_ENCLOSURE_WORD}|(?<!\w)(?:encl\.|exhibits?|[وفبكل]{{0,2}}(?:ال)?(?:مرفقان|ملحقان|ملحقين)))"
    rf":?\s+(?:(?:from|с|от|من)\s)?(?:№\s?|nos?\.\s?|رقم\s)?(?=(?P<ids>{_ANY_ID}(?:{_LINK}{_ANY_ID})*))",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*(?:[–—-]|\.\.\.?|…|to|по|до|إلى|حتى)\s*", re.IGNORECASE)
# "Annex 2 to the Rules" is an annex of something else.
_OF_ELSE = re.compile(
    r"\s*(?:(?:ко?|to|of|إلى|من|ل\S+)(?!\w)|(?:договор|контракт|соглашени|закон|устав|кодекс|конвенци|регламент|"
    r"инструкци|приказ|отч[её]т|экспертиз)[а-яё]*)",
    re.IGNORECASE,
)
_BIDI = re.compile("[\u200e\u200f\u2066-\u2069]")
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХУ", "ABEKMHOPCTXY")


def _plain(identity: str) -> str:
    return identity.upper().translate(_LOOKALIKES)


#: What a table says of annexes, its source said of other papers; waivers are not printed.
_QUOTED = ("waivers", "tables")


def _mentioned(request: Request) -> Iterator[tuple[Path, str]]:
    for path, text in all_strings({k: v for k, v in request.data.items() if k not in _QUOTED}):
        if path[-1] == "id":
            continue
        for found in _ENCLOSURE.finditer(text):
            if not _OF_ELSE.match(text, found.end()):
                for one in re.findall(r"(?<![^\W\d_])(?:[A-ZА-Я]\d{0,3}|\d{1,3})(?![^\W_])", found["ids"]):
                    yield path, _plain(one)


def enclosures_listed(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find enclosures mentioned and not listed; numbers count only where the list has numbers."""
    known = {_plain(e) for e in request.by_id("enclosures")}
    numbered = not known or any(e.isdigit() for e in known)
    # "The enclosure I sent": the word, not a code.
    known |= {"I", *(_plain(e) for e in request.by_id("tables"))}
    seen = set()
    for path, name in _mentioned(request):
        if name not in known and (not name.isdigit() or numbered) and (path, name) not in seen:
            seen.add((path, name))
            yield Failure(path, {"": name})


def _mentioned_loosely(request: Request) -> set[str]:
    # Only codes of the list count, so that more can be read here than where a code that is not listed is an error.
    listed = list(request.by_id("enclosures"))
    rest = {key: member for key, member in request.data.items() if key not in (*_QUOTED, "enclosures")}
    mentioned: set[str] = set()
    for _, text in all_strings(rest):
        for found in _ENCLOSURES_LOOSELY.finditer(_BIDI.sub("", text)):
            if not _OF_ELSE.match(found.string, found.end("ids")):
                mentioned |= _in_the_list(found["ids"], listed)
    return mentioned


def _in_the_list(told: str, listed: list[str]) -> set[str]:
    # "A to G", "A–C and E": the ends of a range count with what stands between them in the list.
    names = [_plain(one) for one in listed]
    parts = re.split(rf"({_LINK})", told, flags=re.IGNORECASE)
    named: list[tuple[str, bool]] = []
    for link, part in zip(["", *parts[1::2]], parts[::2], strict=True):
        one, through = part.strip('()[]«»“”„"'), bool(_RANGE.fullmatch(link))
        # "В", "к" and "a" are words in small letters, unless the list has such a code.
        name = _plain(one) if one != one.lower() or one in listed or one.isdigit() else ""
        if through and _plain(f"{named[-1][0]}-{one}") in names:
            # The hyphen belongs to the code.
            before, through = named.pop()
            name = _plain(f"{before}-{one}")
        named.append((name, through))
    mentioned: set[str] = set()
    for i, (name, through) in enumerate(named):
        open_end = i + 1 < len(named) and named[i + 1][1] and named[i + 1][0] not in names
        if name not in names or open_end:  # "annex A to the contract"
            continue
        begin = named[i - 1][0] if through else name
        mentioned.update(names[names.index(begin) : names.index(name) + 1] if begin in names else {name})
    return mentioned


#: What goes with the letter itself.
_SELF_EXPLAINING = ("translation", "receipt_form")


def enclosures_used(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Find enclosures that no text mentions and no field names; one of an order is named by it."""
    named = {
        name for _, target, name in _references(root_shape(request.kind), request.data, ()) if target == "enclosures"
    }
    mentioned = {name for _, name in _mentioned(request)}
    mentioned |= _mentioned_loosely(request)
    for i, element in enumerate(value if isinstance(value, list) else []):
        if not isinstance(element, dict) or element.get("of_order") or element.get("kind") in _SELF_EXPLAINING:
            continue
        identity = element.get("id")
        if isinstance(identity, str) and identity not in named and _plain(identity) not in mentioned:
            yield Failure((*path, i), {"": identity})


def enclosure_translated(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Find an enclosure neither written in nor translated into the language of the translation."""
    element = request.at(path[:-1])
    translation = request.data.get("translation")
    target = translation.get("target") if isinstance(translation, dict) else None
    if not isinstance(element, dict) or not isinstance(target, str):
        return
    has = [*_strings(element.get("language")), *_strings(element.get("translated_to"))]
    if target not in has:
        yield Failure((*path[:-1], "translated_to"), {"": f"{value}: {target}"})


def periods_run_forward(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """No period ends before it begins."""
    stack: list[tuple[Path, Any]] = [((), request.data)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict):
            first, last = value.get("from"), value.get("to")
            if isinstance(first, str) and isinstance(last, str) and last < first:
                yield Failure(path)
            stack.extend(((*path, key), member) for key, member in value.items())
        elif isinstance(value, list):
            stack.extend(((*path, i), member) for i, member in enumerate(value))


PREDICATES: dict[str, Predicate] = {
    "references_exist": references_exist,
    "ids_unique": ids_unique,
    "no_protected_identity": no_protected_identity,
    "no_protected_hint": no_protected_hint,
    "enclosures_listed": enclosures_listed,
    "enclosures_used": enclosures_used,
    "enclosure_translated": enclosure_translated,
    "periods_run_forward": periods_run_forward,
}
