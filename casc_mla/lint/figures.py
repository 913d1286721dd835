"""The language versions of a text of the law compared: the same dates and numbers in each.

Whoever corrects an article or a date in one language and forgets the others is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casc_mla.check.predicates.texts import figures
from casc_mla.core.finding import Finding, Path, Severity
from casc_mla.core.text import LANGUAGES
from casc_mla.lint.datafile import DataFile

#: Examples are letters, not law, and a schema may hold anything.
_NO_LAW = {"fails", "passes", "given", "when", "unless", "require"}
#: Article 56³ is written 56^3 in English and Arabic.
_RAISED = str.maketrans({raised: f"^{i}" for i, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")})
#: Russian and Arabic say "round the clock".
_ROUND_THE_CLOCK = "24/7"


def differing_figures(file: DataFile) -> Iterator[Finding]:
    """Yield a note for every text of which a language version lacks a date or number of the English, or has another."""
    for path, versions in _texts((), file.record):
        written = {lang: _figures(text, lang) for lang, text in versions.items()}
        english = written["en"]
        for lang in LANGUAGES[1:]:
            only = sorted(english - written[lang]), sorted(written[lang] - english)
            if any(only):
                detail = "; ".join(
                    f"{code}: {', '.join(found)}" for code, found in zip(("en", lang), only, strict=True) if found
                )
                yield file.say("DATA-FIGURES", (*path, lang), "datacheck.figures", Severity.NOTE, detail=detail)


def _figures(text: str, lang: str) -> frozenset[str]:
    dates, numbers = figures(text.translate(_RAISED).replace(_ROUND_THE_CLOCK, ""), lang)
    return frozenset(dates) | frozenset(number.lstrip("0") for number in numbers)


def _texts(path: Path, value: Any) -> Iterator[tuple[Path, dict[str, str]]]:
    if isinstance(value, dict):
        if all(isinstance(value.get(lang), str) for lang in LANGUAGES):
            yield path, {lang: value[lang] for lang in LANGUAGES}
            return
        for key, inner in value.items():
            if key not in _NO_LAW:
                yield from _texts((*path, key), inner)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _texts((*path, i), inner)
