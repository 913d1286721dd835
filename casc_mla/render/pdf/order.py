"""The proof that Arabic keeps its meaning on paper: each left-to-right token stands in its order.

In right-to-left text the account ``4400-1234-5678`` can come out as ``5678-1234-4400``.  What should stand there is
taken from the letter in three ways, so that a fault of one does not hide behind itself: the tokens that were isolated,
every word without an Arabic letter, and the values of the request that the letter carries.  What does stand there is
taken from the places of the characters on the page, never from the order in which the PDF lists them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from casc_mla.core.finding import pointer
from casc_mla.core.text import LANGUAGES
from casc_mla.render.bidi import LRM, plain
from casc_mla.render.ooxml import RIGHT_TO_LEFT
from casc_mla.render.pdf.pages import Char, Page, visual
from casc_mla.render.pdf.story import BODY, Story, run_text

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RTL_LETTERS = re.compile(f"[{_RTL}]+")
_ISOLATED = re.compile(f"{LRM}([^{LRM}]*){LRM}")
_WORD = re.compile(rf"[^\s{_RTL}«»]+")
#: A letter or figure that is not Arabic; beside one of them a token is only a part of a longer one.
_LTR = rf"[^\W_{_RTL}]"
_PIECES = re.compile(rf"{_LTR}+")
#: The hyphen that a line gets where a word is divided.
_ALIKE = str.maketrans("“”„‘’‚\u2044", "\"\"\"'''/")
_HYPHEN = "[-\u2010\u00ad\ufffe]?"


@dataclass(frozen=True, slots=True)
class Disorder:
    """A token that stands less often in its order than it should; ``place`` is a field or a section."""

    token: str
    place: str
    expected: int
    found: int


def disorder(story: Story, pages: list[Page]) -> list[Disorder]:
    """Return the left-to-right tokens of Arabic text that do not stand in ascending order on the pages.

    A token that is broken over lines must ascend in each line, its parts in the order of the lines: from the left end
    of one line to the right end of the next in Arabic, the other way round elsewhere.
    """
    lines = [_Line(text, page.number, line) for page in pages for line in page.lines() if (text := visual(page, line))]
    body, running = (
        "\n".join(_normal(p.text) for p in story.paragraphs if (p.part == BODY) == in_body) for in_body in (True, False)
    )
    whole = "\n".join(line.text for line in lines)
    wrong = []
    for token, place in tokens(story).items():
        pattern = re.compile(_bounded(token))
        expected = len(pattern.findall(body)) + len(pattern.findall(running)) * len(pages)
        found = len(pattern.findall(whole))
        if found < expected:
            found += _broken(token, lines)
        if found < expected:
            wrong.append(Disorder(token, place, expected, found))
    return wrong


def _normal(text: str) -> str:
    # Without signs above and below: a PDF tells them at places of their own, and curved quotation marks mirrored.
    decomposed = unicodedata.normalize("NFKD", plain(text)).translate(_ALIKE)
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")


def tokens(story: Story) -> dict[str, str]:
    """Return each token that must keep its order, with its place."""
    found: dict[str, str] = {}
    arabic = [paragraph for paragraph in story.paragraphs if paragraph.right_to_left]
    for paragraph in arabic:
        raw = "".join(run_text(run) for run in paragraph.runs)
        words = (_core(word) for word in _WORD.findall(plain(raw)))
        for text in (*_ISOLATED.findall(raw), *words):
            token = _normal(text).strip()
            if token not in found and _can_come_apart(token):
                found[token] = story.place(text.strip(), paragraph)
    printed = "\n".join(_normal(paragraph.text) for paragraph in arabic)
    for path, value in story.values:
        if path[-1] in LANGUAGES and path[-1] not in RIGHT_TO_LEFT:
            continue
        token = " ".join(_normal(value).split())
        if token in printed and not _RTL_LETTERS.search(token) and token not in found and _can_come_apart(token):
            found[token] = pointer(path)
    return found


def _can_come_apart(token: str) -> bool:
    """Tell whether a token has more than one group of letters or figures, or a sign that belongs to a side of it."""
    return bool(_PIECES.search(token)) and _PIECES.fullmatch(token) is None


def _core(word: str) -> str:
    """Return a word without the punctuation of the sentence around it, but with the signs that are part of it."""
    found = re.search(rf"{_LTR}(?:.*{_LTR})?", word)
    if not found:
        return ""
    start, end = found.span()
    while start and word[start - 1] in "+#№§":
        start -= 1
    while word[end : end + 1] in ("%", "°") or (
        word[end : end + 1] == ")" and word[start:end].count("(") > word[start:end].count(")")
    ):
        end += 1
    return word[start:end]


def _spaced(text: str) -> str:
    return r"\s*".join(re.escape(char) for char in text if not char.isspace())


def _bounded(token: str) -> str:
    return rf"{_edge(token, 0)}{_spaced(token)}{_edge(token, -1)}"


def _edge(token: str, end: int) -> str:
    """Return the condition that a token is not part of a longer one, where it begins or ends with a letter or figure."""
    if not _PIECES.match(token[end]):
        return ""
    return rf"(?<!{_LTR})" if end == 0 else rf"(?!{_LTR})"


class _Line:
    """A line of a page: what stands on it from left to right, its page, and how far it reaches.

    ``text`` has spaces, ``bare`` has none; ``head`` is the left-to-right stretch at the left end of the line, where an
    Arabic line breaks off, ``tail`` the one at its right end, where the next begins.
    """

    def __init__(self, text: str, page: int, chars: list[Char]) -> None:
        self.text = _normal(text)
        self.bare = self.text.replace(" ", "")
        stretches = _RTL_LETTERS.split(self.text)
        self.head, self.tail = stretches[0].rstrip(), stretches[-1].lstrip()
        self.page = page
        self.base = next(char.base for char in chars if not char.text.isspace())
        self.left, self.right = chars[0].start, max(char.end for char in chars)

    def goes_on(self, other: _Line) -> bool:
        """Tell whether another line may be the next of the same column: below it, or on the next page."""
        if min(self.right, other.right) < max(self.left, other.left):
            return False
        below = other.page == self.page and 0 < self.base - other.base < 45
        return below or other.page == self.page + 1


def _broken(token: str, lines: list[_Line]) -> int:
    """Return how often a token stands in its order, broken over two or more lines."""
    bare = "".join(token.split())
    found: set[tuple[bool, int]] = set()
    for length in range(1, len(bare)):
        part, rest = bare[:length], bare[length:]
        shape = rf"{_edge(bare, 0)}{_spaced(part)}{_HYPHEN}(?!\s*{_LTR})"
        # An Arabic line breaks off at its left end: after the last of one stretch, or after the last of several tokens.
        begins = re.compile(rf"{shape}\W*$|^\W*{shape}")
        for n, line in enumerate(lines):
            if part not in line.bare:
                continue
            for arabic, stretch in ((True, line.head), (False, line.text)):
                if (arabic, n) not in found and begins.search(stretch) and _continues(rest, line, lines, arabic):
                    found.add((arabic, n))
    # A line without Arabic is the same read either way.
    return len({n for _, n in found})


def _continues(rest: str, line: _Line, lines: list[_Line], arabic: bool) -> bool:
    ends = re.compile(
        rf"(?<!{_LTR}){_spaced(rest)}{_edge(rest, -1)}" if arabic else rf"{_spaced(rest)}{_edge(rest, -1)}"
    )
    for following in lines:
        if not line.goes_on(following):
            continue
        if ends.search(following.tail) if arabic else ends.match(following.text):
            return True
        whole = re.sub(rf"{_HYPHEN}$", "", following.bare)
        if whole and rest.startswith(whole) and _continues(rest[len(whole) :], following, lines, arabic):
            return True
    return False
