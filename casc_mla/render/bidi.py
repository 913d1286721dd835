"""Arabic that keeps its meaning: left-to-right tokens keep their order inside right-to-left text.

In a right-to-left paragraph the account ``4400-1234-5678`` would print as ``5678-1234-4400``.  A left-to-right mark
(U+200E) on both sides stops that in Word and in LibreOffice; the marks have no ink and no width.  Until the letter is
typeset, a token stands between two marks of private use, which no request can hold: what a writer typed, direction marks
included, stays what it is.
"""

from __future__ import annotations

import re

LRM = "\u200e"
#: The beginning and the end of a left-to-right token, before the letter is typeset.
TOKEN, END_TOKEN = "\ue003", "\ue004"
_LETTER = "A-Za-z\u00c0-\u024f\u0370-\u052f\u10a0-\u10ff\u0530-\u058f"
_CHAR = rf"[{_LETTER}0-9]"
_GLUE = r"(?:[./:@_+\-()#&'’=~*?%,;№–|\\]+|[ \u00a0](?=[+(#№]?" + _CHAR + "))"
_PATTERN = re.compile(rf"[+(#№]*{_CHAR}(?:{_GLUE}*{_CHAR})*[%°]?")
#: "P.J.S.C." keeps its last point.
_ABBREVIATION = re.compile(r"\.[A-Za-zА-Я]\Z")
_DIRECTION = re.compile("[\u200e\u200f\u061c]")
#: A token between its marks.
MARKED = re.compile(f"{TOKEN}([^{END_TOKEN}]*){END_TOKEN}")


def isolate(text: str) -> str:
    """Return Arabic text with each left-to-right token between two marks; doing it twice changes nothing."""
    pieces = []
    last = 0
    for marked in MARKED.finditer(text):
        pieces.append(_isolate_plain(text[last : marked.start()]))
        pieces.append(marked[0])
        last = marked.end()
    pieces.append(_isolate_plain(text[last:]))
    return "".join(pieces)


def _isolate_plain(text: str) -> str:
    out = []
    last = 0
    for found in _PATTERN.finditer(text):
        start, end = found.span()
        token = text[start:end]
        while token.count("(") > token.count(")") and text[end : end + 1] == ")":
            end += 1
            token = text[start:end]
        if text[end : end + 1] == "." and _ABBREVIATION.search(token):
            end += 1
            token = text[start:end]
        while token.startswith("(") and token.count("(") > token.count(")"):
            start += 1
            token = text[start:end]
        if start < last or not token:
            continue
        out.append(text[last:start])
        out.append(f"{TOKEN}{token}{END_TOKEN}")
        last = end
    out.append(text[last:])
    return "".join(out)


def plain(text: str) -> str:
    """Return a finished text without its direction marks, as a person compares it."""
    return _DIRECTION.sub("", text)
