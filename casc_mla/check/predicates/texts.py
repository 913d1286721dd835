"""What the predicates share: walking the free texts of a request, and the figures and dates in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Any

from babel.core import Locale

from casc_mla.core.finding import Path
from casc_mla.core.text import LANGUAGES
from casc_mla.load.request import Request

#: Arabic-Indic and extended Arabic-Indic digits read as what they are: digits.
_DIGITS = {ord(char): str(i % 10) for i, char in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_SPACED_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")
_COMMA_THOUSANDS = re.compile(r"(?<=\d)[,٬](?=\d{3}(?!\d))")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_ARABIC_YEAR_FIRST = re.compile(r"(?<![\d/])(\d{4})/(\d{1,2})/(\d{1,2})(?![\d/])")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)")
_RUN = re.compile(r"\d+")
#: A day of the Islamic calendar stands beside the common one in Arabic letters and only there.
_HIJRI = re.compile(
    r"(?<!\d)\d{1,2}\s+(?:من\s+|شهر\s+)?(?:محرم|المحرم|صفر|ربيع|جماد\w+|رجب|شعبان|رمضان|شوال|ذ[يو]\s+\w+)(?:\s+\w+)?[،,]?"
    r"\s+(?:سنة\s+|عام\s+)?1[34]\d\d(?:\s*هـ)?(?!\d)|(?<![\d/])(?:1[34]\d\d/\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/1[34]\d\d)(?:\s*هـ)?(?![\d/])"
)
_SPACES = re.compile(r"[ \t\r\n]+")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
#: Arabic months have several sets of names; CLDR keeps those of the East and of the Maghreb under the countries that use them.
_LOCALES = {"en": ("en",), "ru": ("ru",), "ar": ("ar", "ar_SY", "ar_DZ", "ar_MA")}


def is_free_text(value: Any) -> bool:
    """Tell whether a value is a map of languages."""
    return isinstance(value, dict) and bool(value) and all(key in LANGUAGES for key in value)


def free_texts(request: Request) -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield every map of languages in the request with its path; waivers are not part of the letter."""
    stack: list[tuple[Path, Any]] = [((), request.data)]
    while stack:
        path, value = stack.pop()
        if path[:1] == ("waivers",):
            continue
        if is_free_text(value):
            yield path, {k: v for k, v in value.items() if isinstance(v, str)}
        elif isinstance(value, dict):
            stack.extend(((*path, key), member) for key, member in value.items())
        elif isinstance(value, list):
            stack.extend(((*path, i), member) for i, member in enumerate(value))


def all_strings(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every string under a value with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from all_strings(member, (*path, key))
    elif isinstance(value, list):
        for i, member in enumerate(value):
            yield from all_strings(member, (*path, i))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a free text: blank lines part them, single line ends do not.

    Spaces, tabs and line ends become one space; every other character stays, a no-break space too.
    """
    return [folded for part in _BLANK_LINE.split(text) if (folded := _SPACES.sub(" ", part).strip(" "))]


def without_hijri(text: str, lang: str) -> str:
    """Return an Arabic text without the dates of the Islamic calendar."""
    return _HIJRI.sub(" ", text.translate(_DIGITS)) if lang == "ar" else text


@cache
def _month_pattern(lang: str) -> tuple[re.Pattern[str], dict[str, int]]:
    months: dict[str, int] = {}
    for name in _LOCALES[lang]:
        locale = Locale.parse(name)
        for context in ("format", "stand-alone"):
            written = [*locale.months[context]["wide"].items(), *locale.months[context]["abbreviated"].items()]
            for number, month in ((number, name.rstrip(".")) for number, name in written):
                months[month.lower()] = number
                # Some writers drop the hamza of the Arabic month names; the United Nations write يونيه and يوليه.
                months[month.lower().replace("أ", "ا").replace("إ", "ا")] = number
                months[re.sub("^(يون|يول)يو$", r"\1يه", month)] = number
    names = "|".join(sorted((re.escape(m) for m in months), key=len, reverse=True))
    # The United Nations writes both names of an Arabic month: تشرين الثاني/نوفمبر.
    month = rf"({names})\.?(?:\s*/\s*(?:{names}))?"
    # «5» марта, 5-го марта
    number = r"(?<!\d)[«“\"]?(\d{1,2})(?:st|nd|rd|th|-?го|-?е)?[»”\"]?[\s\u00a0]+(?:(?:of|من|شهر)[\s\u00a0]+)*"
    day_first = rf"{number}{month},?[\s\u00a0]+(?:سنة[\s\u00a0]+|عام[\s\u00a0]+)?(\d{{4}})"
    month_first = rf"({names})\.?[\s\u00a0]+(\d{{1,2}}),?[\s\u00a0]+(\d{{4}})"
    return re.compile(f"{day_first}|{month_first}", re.IGNORECASE), months


def _day(year: str, month: int, day: str) -> str:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return f"{day}.{month}.{year}"


@lru_cache(maxsize=2048)
def figures(text: str, lang: str) -> tuple[Counter[str], Counter[str]]:
    """Return the dates (ISO) and the other figures in a text, counted.

    Figures are runs of digits once the separators of thousands are gone, so ``12,500.00`` in English and
    ``12 500,00`` in Russian are the same.
    """
    text = text.translate(_DIGITS)
    dates: Counter[str] = Counter()
    pattern, months = _month_pattern(lang)

    def take_words(found: re.Match[str]) -> str:
        day, month, year, month2, day2, year2 = found.groups()
        name = (month or month2).lower()
        dates[_day(year or year2, months[name], day or day2)] += 1
        return " "

    def take_iso(found: re.Match[str]) -> str:
        dates[_day(found[1], int(found[2]), found[3])] += 1
        return " "

    def take_dotted(found: re.Match[str]) -> str:
        dates[_day(found[3], int(found[2]), found[1])] += 1
        return " "

    text = pattern.sub(take_words, text)
    text = _ISO.sub(take_iso, text)
    if lang == "ar":
        text = _ARABIC_YEAR_FIRST.sub(take_iso, text)
    text = _DOTTED.sub(take_dotted, text)
    text = _SPACED_THOUSANDS.sub("", text)
    if lang != "ru":
        text = _COMMA_THOUSANDS.sub("", text)
    return dates, Counter(_RUN.findall(text))
