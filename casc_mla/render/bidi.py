"""Arabic that keeps its meaning: left-to-right tokens keep their order inside right-to-left text.

In a right-to-left paragraph the account ``4400-1234-5678`` would print as ``5678-1234-4400``.  A left-to-right mark
(U+200E) on both sides stops that in Word and in LibreOffice; the marks have no ink and no width.  Until the letter is
typeset, a token stands between two marks of private use, which no request can hold: what a writer typed, direction marks
included, stays what it is.
"""

from __future__ import annotations

import re
import unicodedata

LRM, RLM = "\u200e", "\u200f"
#: The beginning and the end of a left-to-right token, before the letter is typeset.
TOKEN, END_TOKEN = "\ue003", "\ue004"
#: Scripts written from right to left, with their figures and punctuation.
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
#: A letter or figure of any other script.
_CHAR = rf"[^\W_{_RTL}]"
#: What may stand inside a token: all but spaces, right-to-left text, and the marks of values (controls, private use).
_INNER = rf"[^\s{_RTL}{LRM}{RLM}\x00-\x1f\ue000-\uf8ff]"
_SIGN = "+#№§$€£₸₽₼₾~@‘"
_OPENING, _CLOSING = "([{«“„‹", ")]}»”“›"
_PAIR = dict(zip(_CLOSING, _OPENING, strict=True))
_GLUE = rf"(?:{_INNER}|[ \u00a0](?=[{re.escape(_SIGN + _OPENING)}\"]*{_CHAR}))"
#: A minus, a slash or a point begins a token after a space or a bracket, and after the Arabic "and" that is written to
#: the next word; after another word it only joins.
_BEGINS = rf"(?:(?<![^\s(«\"{LRM}])|(?<=و)(?<![{_RTL}]و))"
_LEAD = rf"(?:[№§#][ \u00a0]?|[{re.escape(_SIGN + _OPENING)}\"]|{_BEGINS}[-−/\\.]+(?={_CHAR})){{0,8}}"
_PATTERN = re.compile(rf"{_LEAD}{_CHAR}(?:{_GLUE}*{_CHAR})?")
#: Signs that belong to what stands before them.
_AFTER = re.compile(r"[%‰°′″'’+$€£₸₽₼₾]+")
#: "P.J.S.C." keeps its last point.
_ABBREVIATION = re.compile(r"\.[A-Za-zА-Я]\Z")
_LETTERS = re.compile(rf"[^\W\d_{_RTL}]")
_TURNED = re.compile(f"[{_RTL}]")
_DIRECTION = re.compile("[\u200e\u200f\u061c]")
#: A token between its marks.
MARKED = re.compile(f"{TOKEN}([^{END_TOKEN}]*){END_TOKEN}")


def isolate(text: str) -> str:
    """Return Arabic text with each left-to-right token between two marks; doing it twice changes nothing.

    A text without any Arabic, such as the name of a company, is one token with its last point and its brackets.
    """
    core = text.strip()
    if _LETTERS.search(core) and not re.search(rf"[{_RTL}{LRM}\x00-\x1f\ue000-\uf8ff]", core) and _whole(core):
        start = text.index(core)
        return f"{text[:start]}{TOKEN}{core}{END_TOKEN}{text[start + len(core) :]}"
    pieces = []
    last = 0
    for marked in MARKED.finditer(text):
        pieces.append(_isolate_plain(text[last : marked.start()]))
        pieces.append(marked[0])
        last = marked.end()
    pieces.append(_isolate_plain(text[last:]))
    return "".join(pieces)


def has_arabic(text: str) -> bool:
    """Tell whether a text has a letter in it that runs from right to left; the Arabic comma and typed marks do not."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") and char not in "\u200f\u061c" for char in text)


def _isolate_plain(text: str) -> str:
    out = []
    last = position = 0
    while found := _PATTERN.search(text, position):
        start, end = _trimmed(text, *_extended(text, *found.span()))
        position = max(end, found.start() + 1)
        if start < end:
            out.append(f"{text[last:start]}{TOKEN}{text[start:end]}{END_TOKEN}")
            last = end
    out.append(text[last:])
    return "".join(out)


def _extended(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a token with the signs, brackets and quotation marks after it that belong to it."""
    while end < len(text) and (length := _belonging(text, start, end)):
        end += length
    before = text[start - 1 : start]
    quotes = {'"': '"', "«": "»", "“": "”", "„": "“", "‹": "›"}
    if before in quotes and before and text[end : end + 1] == quotes[before]:
        return start - 1, end + 1
    return start, end


def _belonging(text: str, start: int, end: int) -> int:
    """Return how many characters after a token belong to it."""
    token, following = text[start:end], text[end]
    sign = _AFTER.match(text, end)
    if sign:
        return len(sign[0])
    return int(
        (unicodedata.category(following).startswith("M") and not _TURNED.match(following))
        or (following in _PAIR and _unmatched(token, _PAIR[following]))
        or (following == '"' and token.count('"') % 2 == 1)
        or (following in "/\\" and following in token)
        or (following == "." and bool(_ABBREVIATION.search(token)))
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a token up to the first bracket whose other half stands outside of it."""
    lone = _lone_bracket(text[start:end])
    while lone == 0:
        start += 1
        lone = _lone_bracket(text[start:end])
    if lone is None:
        return start, end
    inside = re.search(rf".*{_CHAR}", text[start : start + lone], re.DOTALL)
    if inside is None:
        return start, start
    return _extended(text[: start + lone], start, start + inside.end())


def _lone_bracket(token: str) -> int | None:
    opened: list[tuple[int, str]] = []
    for i, char in enumerate(token):
        if char in _PAIR and opened and opened[-1][1] == _PAIR[char]:
            opened.pop()
        elif char in _OPENING:
            opened.append((i, char))
        elif char in _PAIR:
            return min([i, *(place for place, _ in opened)])
    return opened[0][0] if opened else None


def _unmatched(token: str, opening: str) -> bool:
    closing = next(c for c, o in _PAIR.items() if o == opening)
    return token.count(opening) > token.count(closing)


def _whole(text: str) -> bool:
    return _lone_bracket(text) is None and text.count('"') % 2 == 0


def plain(text: str) -> str:
    """Return a finished text without its direction marks, as a person compares it."""
    return _DIRECTION.sub("", text)
