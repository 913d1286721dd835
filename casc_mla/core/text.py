"""Texts in the three languages of the tool, and the choice among them."""

from __future__ import annotations

import json
import locale
import os
import re
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "ru", "ar")

#: Characters that nobody sees: soft hyphens, joiners, direction marks, fillers, variation selectors, tags.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

#: A text in every language that it exists in, keyed by language code.
Text = dict[str, str]


@cache
def _catalogue() -> dict[str, Text]:
    # One file a part of the program, so that what belongs together is read and reviewed together.
    catalogue: dict[str, Text] = {}
    for path in sorted((Path(__file__).parent / "messages").glob("*.json")):
        catalogue.update(json.loads(path.read_text(encoding="utf-8")))
    return catalogue


def comma(lang: str) -> str:
    """Return what stands between the parts of a list in a language."""
    return "، " if lang == "ar" else ", "


def semicolon(lang: str) -> str:
    """Return what stands between the parts of a list whose parts may hold commas."""
    return "؛ " if lang == "ar" else "; "


def message(key: str, /, **values: object) -> Text:
    """Return the catalogue entry ``key`` in every language, with ``{names}`` filled in.

    A value may itself be a ``Text``; it is then inserted in the language of the sentence.
    """
    return {
        lang: sentence.format(**{name: pick(v, lang) for name, v in values.items()})
        for lang, sentence in _catalogue()[key].items()
    }


def pick(text: object, lang: str) -> str:
    """Return ``text`` in ``lang``; a plain value is the same in every language.

    A text that lacks the language falls back to English, then to whatever it has, because a remedy in
    another language is better than none.
    """
    if isinstance(text, dict):
        return str(text.get(lang) or text.get("en") or next(iter(text.values()), ""))
    return str(text)


def say(key: str, lang: str, /, **values: object) -> str:
    """Return one catalogue entry in one language."""
    return pick(message(key, **values), lang)


def default_language() -> str:
    """Return the language of messages: ``CASC_MLA_LANG``, else the locale, else English."""
    chosen = os.environ.get("CASC_MLA_LANG", "")[:2].lower()
    if chosen in LANGUAGES:
        return chosen
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    try:
        names.append(locale.getlocale()[0] or "")
    except ValueError:  # a locale name that this system does not know
        names.append("")
    for name in names:
        if name[:2].lower() in LANGUAGES:
            return name[:2].lower()
        if name:
            break
    return "en"
