"""Values as a letter of each language writes them: dates, money, countries, lists (CLDR data by Babel)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation, localcontext
from functools import cache
from typing import Any

from babel.core import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency

#: Arabic of the Gulf: Western digits and Gregorian month names without a second set of digits to confuse numbers.
LOCALES = {"en": "en_GB", "ru": "ru", "ar": "ar_AE"}
_DATES = {"en": "d MMMM y", "ru": "d MMMM y 'года'", "ar": "d MMMM y"}
_TIMES = {
    "en": "{time} (UTC{zone}) on {day}",
    "ru": "{day}, {time} (UTC{zone})",
    "ar": "{day}، الساعة {time} (UTC{zone})",
}
_PERIODS = {"en": "from {start} to {end}", "ru": "с {start} по {end}", "ar": "من {start} إلى {end}"}
_AS_OF = {"en": "{money} (as of {day})", "ru": "{money} (по состоянию на {day})", "ar": "{money} (حتى {day})"}


@cache
def locale(lang: str) -> Locale:
    """Return the CLDR locale of a language of letters."""
    return Locale.parse(LOCALES[lang])


def long_date(text: str, lang: str) -> str:
    """Return an ISO date in words; what is no date is returned as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    # Years have four digits and no separator; CLDR would write Arabic-Indic digits for some Arabic locales.
    return format_date(day, _DATES[lang], locale=locale(lang)).translate(_WESTERN)


_WESTERN = {ord(char): str(i) for i, char in enumerate("٠١٢٣٤٥٦٧٨٩")}


def long_moment(text: str, lang: str) -> str:
    """Return a date-time with its zone in words."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    zone = moment.strftime("%z")
    zone = "+00:00" if not zone else f"{zone[:3]}:{zone[3:5]}"
    # Seconds are printed where they say something: logs of a provider are useless without them.
    time = moment.strftime("%H:%M:%S" if moment.second else "%H:%M")
    return _TIMES[lang].format(day=long_date(text[:10], lang), time=time, zone=zone)


def period(value: dict[str, Any], lang: str) -> str:
    """Return ``{from, to}`` in words."""
    return _PERIODS[lang].format(
        start=long_date(str(value.get("from", "")), lang), end=long_date(str(value.get("to", "")), lang)
    )


def money(value: dict[str, Any], lang: str) -> str:
    """Return an amount with the name of its currency; the digits are those of the request."""
    try:
        amount = Decimal(str(value.get("amount", "")))
    except InvalidOperation:
        return f"{value.get('amount', '')} {value.get('currency', '')}".strip()
    code = str(value.get("currency", ""))
    places = -int(amount.as_tuple().exponent) if isinstance(amount.as_tuple().exponent, int) else 0
    pattern = "#,##0." + "0" * places if places > 0 else "#,##0"
    with localcontext() as context:
        # The default precision of 28 digits would refuse a longer amount.
        context.prec = max(context.prec, len(amount.as_tuple().digits) + 2)
        text = format_currency(
            amount,
            code,
            pattern,
            locale=locale(lang),
            format_type="name",
            currency_digits=False,
            numbering_system="latn",
        )
    text = f"{text} ({code})"
    if value.get("as_of"):
        text = _AS_OF[lang].format(money=text, day=long_date(str(value["as_of"]), lang))
    return text


def country(code: str, lang: str) -> str:
    """Return the short name of a State."""
    return str(locale(lang).territories.get(code, code))


def language_name(code: str, lang: str) -> str:
    """Return the name of a language."""
    return str(locale(lang).languages.get(code, code))


def join(items: list[str], lang: str) -> str:
    """Return items as a list in a sentence: "a, b and c"."""
    return format_list(items, locale=locale(lang)) if items else ""
