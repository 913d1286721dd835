"""``templates/glossary.yaml``: the terms of a letter in the words of the instrument that it cites."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from casc_mla.core import data
from casc_mla.core.records import read_records
from casc_mla.core.text import LANGUAGES
from casc_mla.law.instruments import instrument

FILE = "templates/glossary.yaml"


@cache
def terms(lang: str, instruments: tuple[str, ...]) -> dict[str, str]:
    """Return the terms that a letter under these instruments (first cited first) uses, as ``r.t`` prints them.

    ``request`` is the term itself, ``request_gen`` its form ``gen``; a language without that form has the term there.
    """
    glossary = read_records(data.require(FILE))
    order = tuple(_order(instruments, glossary["families"]))
    found: dict[str, str] = {}
    for name, wordings in glossary["terms"].items():
        wording = wordings[next(key for key in order if key in wordings)]
        forms = _forms(wording[lang])
        found[name] = forms[""]
        for shape in shapes(wordings):
            found[f"{name}_{shape}"] = forms.get(shape, forms[""])
    return found


def names() -> frozenset[str]:
    """Return every name that a template may print after ``r.t.``."""
    listed: dict[str, Any] = read_records(data.require(FILE))["terms"]
    return frozenset(listed) | {f"{name}_{shape}" for name, wordings in listed.items() for shape in shapes(wordings)}


def shapes(wordings: dict[str, Any]) -> set[str]:
    """Return the forms that a term has in any language under any instrument: every letter must find them."""
    return {shape for wording in wordings.values() for lang in LANGUAGES for shape in _forms(wording[lang])} - {""}


def _forms(given: Any) -> dict[str, str]:
    return {"": given} if isinstance(given, str) else {"": given["text"], **given["forms"]}


def _order(instruments: tuple[str, ...], families: dict[str, Any]) -> Iterator[str]:
    """Yield where to look for a term: each instrument, then its family; a bilateral treaty has no terms of its own."""
    known = [(name, record) for name in instruments if (record := instrument(name))]
    for name, record in known:
        yield name
        if record.get("family") in families:
            yield str(record["family"])
    if not known:
        yield "none"
    yield "un"
