"""The pages of a PDF as a reader gets them: characters with their places, and the ink that is really there."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

#: Dots an inch in which pages are drawn: enough to see the thinnest stroke, and which way a bracket is bent.
RESOLUTION = 144
#: Grey from 0 (black) to 255 (white) that still counts as ink: a thin stroke drawn in fine dots is not black.
INK = 215
#: Two characters are on one line when their base lines are this close, in points.
_SAME_LINE = 2.0
#: A wider gap, in points, parts two columns and not two words.
_COLUMN_GAP = 14.0
#: A gap, in points, that a reader sees as a space even where none was set.
_WORD_GAP = 1.5
_PAIRS = ("()", "[]", "{}", "<>", "«»", "‹›")


@dataclass(frozen=True, slots=True)
class Char:
    """A character: the box of its ink, and ``start`` to ``end`` as wide as it was set, on the line ``base``.

    All in points from the lower left corner of the page.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    start: float
    end: float
    base: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its characters in the order of the document, and its picture in grey (one byte a dot)."""

    number: int
    height: float
    chars: list[Char]
    width_dots: int
    height_dots: int
    stride: int
    dots: bytes = field(repr=False)

    def seen(self, char: Char) -> str:
        """Return a character as a reader sees it: a bracket by its shape, for a PDF may name its mirror image.

        Every opening bracket is bent to the left in its middle, every closing one to the right.
        """
        pair = next((pair for pair in _PAIRS if char.text in pair), "")
        if not pair:
            return char.text
        scale = RESOLUTION / 72
        left, right = int(char.left * scale), math.ceil(char.right * scale)
        top, bottom = int((self.height - char.top) * scale), math.ceil((self.height - char.bottom) * scale)
        third = (bottom - top) / 3
        inner, outer = _Centre(), _Centre()
        for y in range(max(0, top), min(bottom, self.height_dots)):
            row = self.dots[y * self.stride + left : y * self.stride + right]
            (inner if top + third <= y < bottom - third else outer).add(row)
        bend = outer.x - inner.x
        return char.text if abs(bend) < 0.1 else pair[0] if bend > 0 else pair[1]

    def has_ink(self, char: Char | None = None) -> bool:
        """Tell whether there is ink in the box of a character, or anywhere on the page."""
        scale = RESOLUTION / 72
        left, right, top, bottom = 0, self.width_dots, 0, self.height_dots
        if char is not None:
            left, right = max(0, int(char.left * scale) - 1), min(right, int(char.right * scale) + 2)
            top = max(0, int((self.height - char.top) * scale) - 1)
            bottom = min(bottom, int((self.height - char.bottom) * scale) + 2)
        rows = (self.dots[y * self.stride + left : y * self.stride + right] for y in range(top, bottom))
        return any(row and min(row) < INK for row in rows)

    def lines(self) -> list[list[Char]]:
        """Return the lines in the order of the document, their letters from left to right, columns apart."""
        found: list[list[Char]] = []
        for char in self.chars:
            # Vowel signs stand above or below the line that they belong to, without a width of their own.
            if unicodedata.category(char.text) == "Mn":
                continue
            if not found or (abs(found[-1][0].base - char.base) > _SAME_LINE and not char.text.isspace()):
                found.append([])
            found[-1].append(char)
        return [column for line in found for column in _columns(line)]


class _Centre:
    """The middle of some ink, in dots from the left."""

    def __init__(self) -> None:
        self.weight = self.moment = 0

    def add(self, row: bytes) -> None:
        for x, grey in enumerate(row):
            self.weight += 255 - grey
            self.moment += (255 - grey) * x

    @property
    def x(self) -> float:
        return self.moment / self.weight if self.weight else 0.0


def _columns(line: list[Char]) -> Iterator[list[Char]]:
    column: list[Char] = []
    # The parts of a ligature share a place; a stable sort leaves them as they were written.
    for char in sorted(line, key=lambda c: c.start):
        if column and char.start - max(c.end for c in column[-4:]) > _COLUMN_GAP:
            yield column
            column = []
        column.append(char)
    if column:
        yield column


def visual(page: Page, line: list[Char]) -> str:
    """Return what stands on a line from left to right, with a space wherever a reader sees one."""
    out: list[str] = []
    edge = line[0].start if line else 0.0
    for char in line:
        if char.start - edge > _WORD_GAP:
            out.append(" ")
        out.append(" " if char.text.isspace() else page.seen(char))
        edge = max(edge, char.end)
    return re.sub(" +", " ", "".join(out)).strip()


def read_pages(pdf: bytes) -> list[Page]:
    """Return the pages of a PDF that have text; LibreOffice may add an empty one, without header, at the end.

    Raises:
        ValueError: it cannot be read.

    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from None
    try:
        pages = [_page(document[n], n + 1) for n in range(len(document))]
        return [page for page in pages if page.chars]
    finally:
        document.close()


def _page(page: object, number: int) -> Page:
    height = page.get_height()  # type: ignore[attr-defined]
    text = page.get_textpage()  # type: ignore[attr-defined]
    try:
        chars = list(_chars(text))
    finally:
        text.close()
    bitmap = page.render(scale=RESOLUTION / 72, grayscale=True, may_draw_forms=False)  # type: ignore[attr-defined]
    try:
        return Page(number, height, chars, bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        bitmap.close()
        page.close()  # type: ignore[attr-defined]


def _chars(text: object) -> Iterator[Char]:
    from pypdfium2 import raw

    box = [ctypes.c_double() for _ in range(4)]
    origin = [ctypes.c_double() for _ in range(2)]
    set_box = raw.FS_RECTF()
    half = 0xD800
    for i in range(raw.FPDFText_CountChars(text)):
        if raw.FPDFText_IsGenerated(text, i) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text, i)
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond the basic plane; its box follows
            half = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00)
        raw.FPDFText_GetCharBox(text, i, *(ctypes.byref(number) for number in box))
        raw.FPDFText_GetCharOrigin(text, i, *(ctypes.byref(number) for number in origin))
        raw.FPDFText_GetLooseCharBox(text, i, ctypes.byref(set_box))
        left, right, bottom, top = (number.value for number in box)
        # A hyphen at the end of a line is told as a control character.
        yield Char(
            "-" if code == 2 else chr(code), left, bottom, right, top, set_box.left, set_box.right, origin[1].value
        )
