"""The States: their names in the languages of the letters."""

from __future__ import annotations

from typing import Any

from casc_mla.core import data
from casc_mla.core.records import read_records


def country_file(code: str) -> dict[str, Any] | None:
    """Return the record of a State, or None where there is no file for it."""
    path = data.find(f"checklists/countries/{code.lower()}.yaml") if code else None
    record: dict[str, Any] | None = read_records(path) if path else None
    return record


def state_names(code: str, lang: str, fallback: str) -> dict[str, str]:
    """Return ``short``, ``full`` and ``genitive`` names of a State in a language.

    A State without a file is named by ``fallback`` (its CLDR name); its genitive is built so that no name is
    declined by guesswork.
    """
    record = country_file(code)
    names = (record or {}).get("names", {}).get(lang)
    if names:
        return {"short": names["short"], "full": names["full"], "genitive": names["genitive"]}
    genitive = {"ru": f"государства {fallback}"}.get(lang, fallback)
    return {"short": fallback, "full": fallback, "genitive": genitive}
