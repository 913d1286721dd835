"""What must not be torn at the end of a line: numbers, dates, articles, amounts, telephone numbers, initials.

Only the kind of space changes (U+00A0); the words stay what they are, and the read-back lets such a space stand for a
plain one, never the other way about.
"""

from __future__ import annotations

import re
from functools import cache

from casc_mla.render.bidi import END_TOKEN, TOKEN

NBSP = "\u00a0"

#: Words that belong to the number after them, by language.
_BEFORE = {
    "en": r"[Aa]rticles?|[Pp]aragraphs?|[Ss]ections?|[Ee]nclosures?|[Aa]nnex|[Pp]art|[Cc]hapter|[Pp]age|[Nn]os?\.|[Pp]\.",
    "ru": r"[Сс]тат(?:ья|ьи|ье|ью|ьей|ьям|ьями|ьях|ей)|[Пп]ункт(?:а|у|ом|е|ы|ов|ам|ами|ах)?|[Пп]одпункт(?:а|ы|ов|ом)?"
    r"|[Чч]аст(?:ь|и|ью|ей|ям)|[Рр]аздел(?:а|е|ы|ом)?|[Гг]лав(?:а|ы|е|ой)|[Пп]араграф(?:а|ы)?|[Пп]риложени(?:е|я|ю|и|ем)"
    r"|[Зз]акон(?:а|ом)? №|№|[Сс]т\.|[Пп]{1,2}\.|[Чч]\.|[Дд]\.|[Кк]в\.|[Сс]тр\.",
    "ar": r"(?:[وفبلك]?(?:ال|لل)?(?:مادة|مواد|مادتين|مادتان|فقرة|فقرات|بند|بنود|قسم|مرفق|صفحة)|رقم)",
}
#: Words that belong to the number before them.
_AFTER = {
    "en": "January|February|March|April|May|June|July|August|September|October|November|December|per cent|years?|months?|days?",
    "ru": "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|года|году|годов|лет|г\\."
    "|тыс\\.|млн|млрд|тенге|рубл|доллар|евро|сум|сомони|сом|драм|манат|лари|дирхам",
    "ar": "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|دولار|يورو|درهم|ريال|تنغي",
}
#: Short words that belong to the word after them.
_SHORT = {"en": "Mr\\.|Ms\\.|Mrs\\.|Dr\\.", "ru": "г\\.|ул\\.|пр\\.|пер\\.|им\\.|д-р", "ar": "(?!)"}


#: Without one of these nothing is glued; most short texts have none.
_MAYBE = re.compile(rf"[\d№—.{END_TOKEN}] | [\d—(+{TOKEN}]")


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    space = " "
    pieces = (
        rf"(?<!\w)(?:{_BEFORE[lang]}){space}(?=[{TOKEN}(]*[\dA-ZА-Я])",
        rf"(?<=\d){space}(?=\d{{3}}(?!\w))",
        rf"\+\d{{1,3}}(?:{space}[(\d][\d()-]*){{1,6}}",
        rf"(?<=\d){END_TOKEN}?{space}(?=(?:{_AFTER[lang]}))",
        rf"(?<=\d){space}(?=[A-Z]{{3}}(?!\w))",
        rf"(?<![A-Z])[A-Z]{{3}}{space}(?=\d)",
        rf"(?<!\w)(?:{_SHORT[lang]}){space}(?=\w)",
        rf"(?<!\w)[A-ZА-Я]\.{space}(?=[A-ZА-Я])",
        rf"{space}(?=—)",
    )
    return re.compile("|".join(f"(?:{piece})" for piece in pieces))


def glue(text: str, lang: str) -> str:
    """Return a text with the spaces made firm at which a line must not end."""
    if lang not in _BEFORE or not _MAYBE.search(text):
        return text
    return _pattern(lang).sub(lambda found: found[0].replace(" ", NBSP), text)
