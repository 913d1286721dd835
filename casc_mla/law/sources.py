"""Sources as readers of each language know them: the name of the instrument, or the title of the document, and the article.

A record names a document in every language, or in English only; then ``checklists/_documents.yaml`` says how it is called
in Russian and Arabic.  Own data folders may have such a file too; what it lacks comes from the shipped one.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from casc_mla.core import data
from casc_mla.core.records import read_records
from casc_mla.core.text import Text
from casc_mla.law.instruments import instrument

#: Lists of the register, each for the field of a source of the same meaning.
LISTS = {"document": "documents", "article": "articles"}


def titles(field: str) -> dict[str, Text]:
    """Return how the values of ``document`` or ``article`` read in each language, by the value as records write it."""
    return _titles(data.roots())[field]


@cache
def _titles(roots: tuple[Path, ...]) -> dict[str, dict[str, Text]]:
    found: dict[str, dict[str, Text]] = {field: {} for field in LISTS}
    for root in reversed(roots):
        path = root / "checklists" / "_documents.yaml"
        record = read_records(path) if path.is_file() else {}
        for field, name in LISTS.items():
            found[field] |= {str(entry["en"]): entry for entry in record.get(name) or ()}
    return found


def titled(source: dict[str, Any]) -> dict[str, Any]:
    """Return a source with its ``title`` and, where it holds words, its ``place``, both ``{en, ru, ar}``."""
    added: dict[str, Any] = {}
    record = instrument(str(source["instrument"])) if source.get("instrument") else None
    if record and record.get("short"):
        added["title"] = record["short"]
    elif isinstance(source.get("document"), dict):
        added["title"] = source["document"]
    elif str(source.get("document", "")) in titles("document"):
        added["title"] = titles("document")[str(source["document"])]
    if str(source.get("article", "")) in titles("article"):
        added["place"] = titles("article")[str(source["article"])]
    return {**source, **added}
