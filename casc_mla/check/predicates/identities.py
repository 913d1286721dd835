"""Predicates about the identity of protected persons: it may stand in their sealed fields and nowhere else."""

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
from casc_mla.load.request import Request


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
class _Others:
    """The names of those who are not protected."""

    words: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()

    def mean(self, word: str, text: str) -> bool:
        """Tell whether a word that looks like a part of a secret name is surely another's: in a name listed, or by its gender."""
        lowered = word.lower()
        return lowered in self.forms or (lowered in self.words and text.lower() in self.whole)


@dataclass(frozen=True, slots=True)
class _Secret:
    """What must not be printed of a protected person."""

    stems: frozenset[str]
    full: re.Pattern[str]  # two parts of the name together, or another name
    part: re.Pattern[str]  # one part of the name that nobody else bears
    short: re.Pattern[str]  # a short part, which may be a common word
    number: re.Pattern[str]  # a number of a document, a telephone number, an e-mail address
    addresses: tuple[str, ...]
    street: re.Pattern[str]  # street and number of an address
    others: _Others

    def told(self, text: str) -> bool:
        """Tell whether a text gives the person away beyond doubt."""
        if self.number.search(text) if _NUMBER.search(text) else False:
            return True
        return bool(self._maybe(text) and self.full.search(text))

    def hinted(self, text: str) -> bool:
        """Tell whether a text may give the person away."""
        if self._maybe(text) and self._named(self.part, text):
            return True
        return any(address in text.lower() for address in self.addresses) or bool(self.street.search(text))

    def perhaps(self, text: str) -> bool:
        """Tell whether a short word of a text may be a part of the name."""
        return self._maybe(text) and self._named(self.short, text)

    def _named(self, pattern: re.Pattern[str], text: str) -> bool:
        return any(_is_name(found, text) and not self.others.mean(found[0], text) for found in pattern.finditer(text))

    def _maybe(self, text: str) -> bool:
        lowered = text.lower()
        return any(stem in lowered for stem in self.stems)


_NUMBER = re.compile(r"\d.?\d|@")


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(p for p in patterns if p) or r"(?!)", re.IGNORECASE)


_MALE = re.compile(r"(.+(?:ов|ев|ин|ын))|(.+(?:ск|цк))(?:ии|ои)")
_FEMALE = re.compile(r"(.+(?:ов|ев|ин|ын)|.+(?:ск|цк))(?:а|ая)")


def _forms(word: str) -> set[str]:
    # What only the surname of a man or only that of a woman becomes: "Сапаров", "Сапаровым" and "Сапаровой"; the other
    # cases are the same for both.
    if found := _MALE.fullmatch(word):
        return {word, f"{found[1]}ым"} if found[1] else {f"{found[2]}{end}" for end in ("ии", "ого", "ому", "им", "ом")}
    if found := _FEMALE.fullmatch(word):
        ends = ("ои", "ою") if word.endswith(("ова", "ева", "ина", "ына")) else ("ая", "ои", "ую", "ою")
        return {f"{found[1]}{end}" for end in ends}
    return set()


_STREET = re.compile(
    r"(?<!\w)(?:(?:ул|пр|просп|пер|наб|мкр)\.|(?:ул(?:ица)?|пр-т|проспект|переулок|бульвар|б-р|шоссе|набережная|микрорайон|"
    r"street|st\.?(?=\s*$)|avenue|ave\.?|road|rd\.?|lane|boulevard|(?:ال)?(?:شارع|طريق|زقاق|نهج|جاده))(?!\w))",
    re.IGNORECASE,
)
#: Beside the name of a street stands nothing but the word for house.
_HOUSE = r"[^\d\n]{0,24}"


def _street_pattern(address: str) -> str:
    # A street tells where somebody lives together with the number, whatever else of the address is left out.
    pieces = re.split("[,،;\n]", address)
    for i, piece in enumerate(pieces):
        if not _STREET.search(piece):
            continue
        words = re.findall(r"[^\W\d_]+", _STREET.sub(" ", piece))
        number = re.search(r"\d+", piece) or (re.search(r"\d+", pieces[i + 1]) if i + 1 < len(pieces) else None)
        if number and sum(map(len, words)) >= 4:
            name = r"[\W_]+".join(map(word_pattern, words))
            house = rf"(?<!\d){number[0]}(?!\d)"
            return rf"{name}{_HOUSE}{house}|{house}{_HOUSE}{name}"
    return ""


def _secret(person: dict[str, Any], others: _Others) -> _Secret:
    names = person.get("names")
    names = names if isinstance(names, dict) else {}
    stems: set[str] = set()
    full: list[str] = []
    part: list[str] = []
    short: list[str] = []
    for script, words in name_words(names).items():
        forms = [word_pattern(w) for w in dict.fromkeys(words)]
        # Other words of the name, such as a patronymic, may stand between the two.
        full += [rf"{x}{GAP}(?:[^\W_]+{GAP})?{y}" for x in forms for y in forms if x != y]
        # Short Arabic words are seldom only a name.
        minimum = 7 if script == "arabic" else 4
        own = [w for w in words if w.lower() not in others.words]
        part += [word_pattern(w) for w in own if len(w) >= minimum]
        least = 4 if script == "arabic" else 3
        short += [word_pattern(w) for w in own if least <= len(w.removeprefix("ال")) and len(w) < minimum]
        stems.update(name_stems(tuple(words)))
    for kind in ("aliases", "former"):
        for text in _strings(names.get(kind)):
            words = re.findall(r"[^\W_]{2,}", normal(text))
            full += [GAP.join(map(word_pattern, words))] if len(words) > 1 else []
            if kind == "former":
                part += [word_pattern(w) for w in words if len(w) > 3 and w.lower() not in others.words]
            stems.update(name_stems(tuple(words)))
    documents = person.get("id_docs")
    listed = documents if isinstance(documents, list) else []
    numbers = [document.get("number") for document in listed if isinstance(document, dict)]
    number = [_spaced(text) for text in _strings([numbers, person.get("phone"), person.get("email")])]
    # A town alone is no address.
    places = [_flat(text).lower() for text in _strings(person.get("address"))]
    street = [_street_pattern(place) for place in places]
    addresses = tuple(place for place in places if len(place) > 11 and re.search(r"\d", place))
    return _Secret(frozenset(stems), _any(full), _any(part), _any(short), _any(number), addresses, _any(street), others)


def _shown(person: dict[str, Any], i: int) -> str:
    # The pseudonym, unless it is the name in disguise; then the number in the list.
    pseudonym = str(person.get("pseudonym") or "")
    plain, secret = _flat(pseudonym), _secret(person, _Others())
    disguised = secret.told(plain) or secret.part.search(plain) or secret.short.search(plain)
    return str(i + 1) if not pseudonym or disguised else pseudonym


#: Where the identity belongs: the letter prints none of these fields, only the sealed annex does. Every other field is
#: searched, printed or not, since more people handle the file.
_SEALED = {"names", "dob", "pob", "id_docs", "phone", "email", "address", "representative"}


@lru_cache(maxsize=8192)
def _flat(text: str) -> str:
    return " ".join(normal(text).split())


def _printed(request: Request) -> Iterator[tuple[Path, str]]:
    # Two protected persons may share a name, a telephone or a shelter: none of their sealed fields is printed.
    sealed = {i for i, _ in _people(request)}
    for path, text in all_strings(request.data):
        if path[0] != "persons" or path[1] not in sealed or path[2] not in _SEALED:
            yield path, _flat(text)


def no_protected_identity(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find full names, numbers and e-mail of protected persons outside sealed fields."""
    printed = list(_printed(request))
    for i, person in _people(request):
        secret = _secret(person, _Others())
        for path, text in printed:
            if secret.told(text):
                yield Failure(path, {"": _shown(person, i)})


def _is_name(found: re.Match[str], text: str) -> bool:
    # A name is written with a capital; in e-mail addresses and file names case says nothing, nor in Arabic.
    if found[0][:1] != found[0][:1].lower() or found[0][:1].upper() == found[0][:1].lower():
        return True
    token = text[: found.start()].rpartition(" ")[2] + text[found.start() :].partition(" ")[0]
    return bool(re.search(r"[@_/\\]", token))


# Two rules ask this of the same request, the sure hints and the possible ones.
@lru_cache(maxsize=1)
def _hints(request: Request) -> tuple[tuple[Failure, bool], ...]:
    protected = dict(_people(request))
    if not protected:
        return ()
    hints: list[tuple[Failure, bool]] = []
    printed = list(_printed(request))
    open_records = [p for p in request.list_of("persons") if p.get("protected") is not True]
    listed = list(all_names({**request.data, "persons": open_records}))
    words = {w.lower() for names in listed for found in name_words(names).values() for w in found}
    whole = {_flat(text).lower() for names in listed for text in _strings(names)}
    for i, person in protected.items():
        own = {w.lower() for found in name_words(person.get("names")).values() for w in found}
        forms = {form for word in words - own for form in _forms(word)}
        secret = _secret(person, _Others(frozenset(words), frozenset(whole), frozenset(forms - own)))
        for path, text in printed:
            if not secret.told(text) and ((sure := secret.hinted(text)) or secret.perhaps(text)):
                hints.append((Failure(path, {"": _shown(person, i)}), sure))
    return tuple(hints)


def no_protected_hint(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find single parts of names, and addresses, of protected persons outside sealed fields."""
    yield from (failure for failure, sure in _hints(request) if sure)


def no_possible_hint(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find short parts of names of protected persons, which may be common words."""
    yield from (failure for failure, sure in _hints(request) if not sure)


PREDICATES: dict[str, Predicate] = {
    "no_protected_identity": no_protected_identity,
    "no_protected_hint": no_protected_hint,
    "no_possible_hint": no_possible_hint,
}
