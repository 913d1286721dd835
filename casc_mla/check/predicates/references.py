"""Predicates about ids, enclosures and periods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from casc_mla.check.predicates.items import WRITTEN_IN, codes
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
    if target not in codes(element, *WRITTEN_IN):
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
    "enclosures_listed": enclosures_listed,
    "enclosures_used": enclosures_used,
    "enclosure_translated": enclosure_translated,
    "periods_run_forward": periods_run_forward,
}
