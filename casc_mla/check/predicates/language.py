"""Predicates about the language versions: complete, and saying the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from casc_mla.check.predicates.texts import all_strings, figures, free_texts, paragraphs
from casc_mla.check.validator import Failure, Predicate
from casc_mla.core.finding import Path
from casc_mla.load.request import Request

_TODO = re.compile(r"(?<![A-Za-z])(TODO|FIXME|XXX|TBD)(?![A-Za-z])|_{4,}|\?\?\?|\[\s*(?:\.\.\.|…)\s*\]|<[^<>\n]*>(?=\s*$)")
SCRIPTS = {"en": "latin", "ru": "cyrillic", "ar": "arabic"}


def every_language(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Every free text is there in every language of the letter."""
    for path, versions in free_texts(request):
        missing = [lang for lang in request.languages if not versions.get(lang, "").strip()]
        if missing:
            yield Failure(path, {"": ", ".join(missing)})


def unused_language(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """No text stands in a language that the letter does not have: it would silently be left out."""
    for path, versions in free_texts(request):
        for lang in versions:
            if request.languages and lang not in request.languages:
                yield Failure((*path, lang), {"": lang})


def same_paragraphs(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """The versions of a text have the same number of paragraphs."""
    for path, versions in free_texts(request):
        counts = {lang: len(paragraphs(text)) for lang, text in versions.items() if lang in request.languages}
        if len(set(counts.values())) > 1:
            yield Failure(path, {"": ", ".join(f"{lang}: {n}" for lang, n in counts.items())})


def _differences(request: Request, which: int) -> Iterator[Failure]:
    for path, versions in free_texts(request):
        listed = [lang for lang in request.languages if versions.get(lang)]
        if len(listed) < 2:
            continue
        first = figures(versions[listed[0]], listed[0])[which]
        for lang in listed[1:]:
            other = figures(versions[lang], lang)[which]
            if first != other:
                only = sorted((first - other).elements()), sorted((other - first).elements())
                detail = "; ".join(
                    f"{code}: {', '.join(values[:6])}" for code, values in zip((listed[0], lang), only, strict=True) if values
                )
                yield Failure((*path, lang), {"": detail})


def same_dates(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """The versions of a text name the same dates."""
    yield from _differences(request, 0)


def same_figures(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """The versions of a text hold the same figures: amounts, accounts, articles, case numbers."""
    yield from _differences(request, 1)


def same_people(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """A person named in one version of a text is named in the other versions too."""
    people = []
    for person in request.list_of("persons"):
        if person.get("protected") is True or not isinstance(person.get("names"), dict):
            continue
        names = person["names"]
        stems = {
            lang: [w[: max(4, len(w) - 2)].lower() for w in re.findall(r"\w{4,}", str(names.get(script, "")))]
            for lang, script in SCRIPTS.items()
        }
        people.append((str(person.get("id", "")), stems))
    for path, versions in free_texts(request):
        listed = [lang for lang in request.languages if versions.get(lang)]
        for identity, stems in people:
            known = [lang for lang in listed if stems[lang]]
            named = [lang for lang in known if _names(versions[lang], stems[lang])]
            if named and len(named) < len(known):
                for lang in known:
                    if lang not in named:
                        yield Failure((*path, lang), {"": identity})


def _names(text: str, stems: list[str]) -> bool:
    # The family name comes first in every script of the request; endings change with the case.
    return stems[0] in text.lower()


def names_in_scripts(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """A name is given in the script of every language of the letter."""
    if isinstance(value, dict):
        for lang in request.languages:
            if not value.get(SCRIPTS[lang]):
                yield Failure((*path, SCRIPTS[lang]), {"": SCRIPTS[lang]})


def no_placeholder(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """No ``TODO`` or blank to be filled is left anywhere."""
    for path, text in all_strings(request.data):
        if _TODO.search(text):
            yield Failure(path)


PREDICATES: dict[str, Predicate] = {
    "every_language": every_language,
    "unused_language": unused_language,
    "same_paragraphs": same_paragraphs,
    "same_dates": same_dates,
    "same_figures": same_figures,
    "same_people": same_people,
    "names_in_scripts": names_in_scripts,
    "no_placeholder": no_placeholder,
}
