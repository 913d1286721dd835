"""What pages must prove before a PDF is released: ink for every word, no text lost, Arabic in its order."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

from casc_mla.core.finding import Finding, Path, Severity
from casc_mla.core.text import message
from casc_mla.render.pdf.glyphs import Missing
from casc_mla.render.pdf.order import disorder
from casc_mla.render.pdf.pages import Char, Page
from casc_mla.render.pdf.story import BODY, Story


def problem(rule: str, file: str, place: str = "", /, **values: object) -> Finding:
    """Return a finding against a PDF; ``place`` is a JSON pointer or the name of a section."""
    key = f"pdf.{rule.removeprefix('DOC-').lower()}"
    values |= {"file": file, "place": place or "–"}
    return Finding(
        rule, Severity.ERROR, message(key, **values), message(key + ".fix", **values), _path(place), file
    )  # fmt: skip


def _path(place: str) -> Path:
    parts = place.split("/")[1:] if place.startswith("/") else []
    plain = (part.replace("~1", "/").replace("~0", "~") for part in parts)
    return tuple(int(part) if part.isdecimal() else part for part in plain)


def glyph_problem(file: str, missing: Missing) -> Finding:
    """Return the finding for a character that no font of this machine can print."""
    if not missing.remedy:
        return problem("DOC-CHARACTER", file, missing.place, code=missing.code)
    return problem("DOC-GLYPH", file, missing.place, code=missing.code, font=missing.font, package=missing.remedy)


def prove(file: str, story: Story, pages: list[Page]) -> list[Finding]:
    """Return what is wrong with the pages of a letter; empty when the PDF may be released."""
    findings = [
        problem("DOC-PAGE", file, page=page.number) for page in pages if _words(page) and not page.has_ink()
    ]  # fmt: skip
    findings += [
        problem("DOC-INK", file, _place(story, word), page=page) for page, word in words_without_ink(pages)
    ]  # fmt: skip
    lost = letters_lost(story, pages)
    if lost:
        findings.append(problem("DOC-TEXT", file, count=lost))
    findings += [
        problem("DOC-ORDER", file, wrong.place, missing=wrong.expected - wrong.found)
        for wrong in disorder(story, pages)
    ]  # fmt: skip
    return findings


def words_without_ink(pages: list[Page]) -> list[tuple[int, str]]:
    """Return the words that the text has and the page does not show, with the numbers of their pages.

    White text, a glyph that is missing from an embedded font, text under a picture: no other test sees them.
    """
    return [
        (page.number, "".join(char.text for char in word))
        for page in pages
        for word in _words(page)
        if not all(page.has_ink(char) for char in word)
    ]


def _words(page: Page) -> Iterator[list[Char]]:
    word: list[Char] = []
    for char in page.chars:
        if unicodedata.category(char.text)[0] in "LN":
            word.append(char)
        elif word:
            yield word
            word = []
    if word:
        yield word


def letters_lost(story: Story, pages: list[Page]) -> int:
    """Return how many letters and figures of the letter stand on no page; header and footer stand on each."""
    expected: Counter[str] = Counter()
    for paragraph in story.paragraphs:
        for letter, times in _letters(paragraph.text).items():
            expected[letter] += times if paragraph.part == BODY else times * len(pages)
    return (expected - _letters("".join(char.text for page in pages for char in page.chars))).total()


def _letters(text: str) -> Counter[str]:
    # Decomposed, because a PDF may tell a letter and its sign apart or as one; without the planes beyond the basic one,
    # whose characters it may tell in two halves.
    basic = "".join(char for char in text if ord(char) < 0x10000)
    return Counter(char for char in unicodedata.normalize("NFKD", basic) if unicodedata.category(char)[0] in "LN")


def _place(story: Story, word: str) -> str:
    found = next((paragraph for paragraph in story.paragraphs if word in paragraph.text), None)
    return story.place(word, found) if found else ""
