"""Predicates about ids and the identity of protected persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from casc_mla.check.predicates.texts import all_strings
from casc_mla.check.validator import Failure, Predicate
from casc_mla.core.finding import Path
from casc_mla.load.request import Request

#: Which list each reference field points into.
REFERENCES = {
    "target": "persons",
    "targets": "persons",
    "owner": "persons",
    "holder": "persons",
    "person": "persons",
    "managers": "persons",
    "assets": "assets",
    "orders": "orders",
    "of_order": "orders",
    "offences": "offences",
    "enclosure": "enclosures",
    "text_enclosure": "enclosures",
    "law_text_refs": "enclosures",
    "question_list": "enclosures",
    "rights_enclosure": "enclosures",
    "documents_to_show": "enclosures",
    "consent_enclosure": "enclosures",
    "draft_agreement": "enclosures",
    "tracing_report": "enclosures",
    "images": "enclosures",
    "certified_copy": "enclosures",
    "inventory": "enclosures",
}
LISTS = ("persons", "assets", "orders", "offences", "enclosures", "assistance")


def _references(value: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    if isinstance(value, dict):
        for key, member in value.items():
            here = (*path, key)
            # `persons` is a list of ids in tip.interview and the list of persons at the top.
            target = "persons" if here == ("tip", "interview", "persons") else REFERENCES.get(key)
            # `holder` of records and of payment is a name, not a reference.
            if target and len(here) > 1 and not (key == "holder" and here[0] in ("sharing",)):
                if isinstance(member, str) and not (key == "holder" and here[0] == "assistance" and len(here) == 3):
                    yield here, target, member
                elif isinstance(member, list):
                    for i, one in enumerate(member):
                        if isinstance(one, str):
                            yield (*here, i), target, one
            yield from _references(member, here)
    elif isinstance(value, list):
        for i, member in enumerate(value):
            yield from _references(member, (*path, i))


def references_exist(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Every id that is referred to exists in its list."""
    known = {name: set(request.by_id(name)) for name in LISTS}
    for path, target, name in _references(request.data, ()):
        if name not in known[target]:
            yield Failure(path, {"": target})


def ids_unique(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """No id stands twice in a list."""
    for name in LISTS:
        seen: set[str] = set()
        found = request.data.get(name)
        for i, element in enumerate(found if isinstance(found, list) else []):
            identity = element.get("id") if isinstance(element, dict) else None
            if isinstance(identity, str):
                if identity in seen:
                    yield Failure((name, i, "id"))
                seen.add(identity)


def identity_words(person: dict[str, Any]) -> set[str]:
    """Return what would give a protected person away: names, document and telephone numbers, addresses of mail."""
    words: set[str] = set()
    names = person.get("names")
    if isinstance(names, dict):
        for path, text in all_strings(names):
            if path and path[0] in ("latin", "cyrillic", "arabic", "aliases", "former"):
                words.add(" ".join(text.split()).lower())
                words.update(w.lower() for w in re.findall(r"\w+", text) if len(w) > 3)
    for _, text in all_strings([person.get("phone"), person.get("email")]):
        words.add(text.lower())
    for document in person.get("id_docs") or ():
        if isinstance(document, dict) and isinstance(document.get("number"), str):
            words.add(document["number"].lower())
    return {word for word in words if word.strip()}


def no_protected_identity(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """No name or number of a protected person stands anywhere but in that person's own record."""
    persons = request.data.get("persons")
    for i, person in enumerate(persons if isinstance(persons, list) else []):
        if not isinstance(person, dict) or person.get("protected") is not True:
            continue
        words = identity_words(person)
        if not words:
            continue
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + ")")
        shown = str(person.get("pseudonym", "")).lower()
        for path, text in all_strings(request.data):
            if path[:2] == ("persons", i):
                if path[2:3] == ("pseudonym",) and pattern.search(shown):
                    yield Failure(path, {"": str(person.get("id", ""))})
                continue
            if pattern.search(text.lower()):
                yield Failure(path, {"": str(person.get("id", ""))})


PREDICATES: dict[str, Predicate] = {
    "references_exist": references_exist,
    "ids_unique": ids_unique,
    "no_protected_identity": no_protected_identity,
}
