"""The Word table of many rows: written row by row as text, each string once, because a template is slow at cells.

The heading stands in every language and is repeated on every page, no row is torn, numbers stand at the right edge.
Each value has the direction of its own first letter, so that an account number is never turned round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from casc_mla.core.columns import AMOUNT, CURRENCY, DATE
from casc_mla.core.text import pick
from casc_mla.render.bidi import isolate
from casc_mla.render.context import word
from casc_mla.render.ooxml import RIGHT_TO_LEFT
from casc_mla.render.stylesheet import SIZES
from casc_mla.render.tables import Sheet
from casc_mla.render.typeset import runs

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+(?:[ \u00a0]+[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+)*"
)
_LETTER = re.compile(r"[^\W\d_]")
#: Twentieths of a point: the padding of a cell on both sides, and the width of a letter for each half-point of size.
_PADDING = 140
_LETTER_WIDTH = 5.3
#: No column asks for more letters than this in one line; longer texts are set in several.
_LINE, _WORD = 34, 34
#: The lengths at which long words are broken when the table is too wide, one after the other.
_BROKEN = (_WORD, 24, 18, 14, 11, 9)


def _letters(sheet: Sheet) -> list[tuple[int, int]]:
    """Return for each column the letters that its texts ask for in a line, and those of its longest word."""
    digits = max(4, len(str(len(sheet.rows))) + 1)
    asked = [(digits, digits)]
    for i, column in enumerate(sheet.columns):
        texts = {row[i] for row in sheet.rows}
        if column.name == AMOUNT:
            texts |= {total for _, total in sheet.totals}
        lengths = sorted(map(len, texts))
        most = lengths[len(lengths) * 19 // 20] if lengths else 1
        # A line may end at a hyphen, but not within a date.
        ends = "[ ]" if column.name == DATE else r"[ \-/]"
        pieces = (piece for text in texts for piece in re.split(ends, text))
        longest = max(map(len, pieces), default=1)
        heading = max(len(piece) for label in column.label.values() for piece in label.split())
        asked.append((max(min(most, _LINE), heading), max(min(longest, _WORD), heading)))
    return asked


def natural_width(sheet: Sheet) -> int:
    """Return the width at which no text of usual length is broken, in twentieths of a point."""
    return sum(_width(line, SIZES[0]) for line, _ in _letters(sheet))


def _width(letters: int, size: str) -> int:
    return int(letters * _LETTER_WIDTH * int(size)) + _PADDING


def widths(sheet: Sheet, room: int) -> tuple[list[int], str]:
    """Return the width of each column, the first one for the number of the row, and the size of the type."""
    asked = _letters(sheet)
    numbers = {i for i, column in enumerate(sheet.columns, 1) if column.number} | {0}
    for size, most in ((SIZES[0], _WORD), *((SIZES[1], most) for most in _BROKEN)):
        # An amount is never broken; of long account numbers, rather two or three lines than a column off the page.
        least = [_width(word if i in numbers else min(word, most), size) for i, (_, word) in enumerate(asked)]
        if sum(least) <= room:
            break
    wanted = [max(_width(line, size), low) for (line, _), low in zip(asked, least, strict=True)]
    if sum(least) > room:
        # Even the longest words do not fit; Word and LibreOffice break them at the edge of the cell.
        found = [low * room / sum(least) for low in least]
    elif sum(wanted) > room:
        share = (room - sum(least)) / (sum(wanted) - sum(least))
        found = [low + (want - low) * share for low, want in zip(least, wanted, strict=True)]
    else:
        found = [float(want) for want in wanted]
        # What is left over goes to the texts and not to the numbers.
        texts = [i for i in range(len(asked)) if i not in numbers] or [0]
        for i in texts:
            found[i] += (room - sum(wanted)) / len(texts)
    made = [int(width) for width in found]
    made[-1] += room - sum(made)
    return made, size


def table_xml(sheet: Sheet, languages: tuple[str, ...], room: int, title: str) -> str:
    """Return the table; ``room`` is the width of the text in twentieths of a point, ``title`` is said to who cannot see."""
    cells, size = widths(sheet, room)
    visual = "<w:bidiVisual/>" if languages[0] in RIGHT_TO_LEFT else ""
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in cells)
    return "".join(
        [
            f'<w:tbl><w:tblPr>{visual}<w:tblW w:w="{room}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
            '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
            '</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
            f'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(sheet.identity)}/>'
            f"<w:tblDescription w:val={quoteattr(title)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
            _heading(sheet, languages, cells),
            *_rows(sheet, cells, size),
            *_totals(sheet, languages, cells, size),
            "</w:tbl>",
        ]
    )


def _heading(sheet: Sheet, languages: tuple[str, ...], cells: list[int]) -> str:
    labels = [
        {lang: word("table_number", lang) for lang in languages},
        *({lang: pick(column.label, lang) for lang in languages} for column in sheet.columns),
    ]
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/></w:tcPr>'
        f"{_said(label, languages)}</w:tc>"
        for width, label in zip(cells, labels, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{made}</w:tr>"


def _said(texts: dict[str, str], languages: tuple[str, ...]) -> str:
    """Return one paragraph for each language; what is the same in two is said once."""
    out = []
    seen: set[str] = set()
    for lang in languages:
        text = texts[lang]
        if text not in seen:
            seen.add(text)
            turned = lang in RIGHT_TO_LEFT
            made = runs("", escape(isolate(text) if turned else text), lang, turned)
            out.append(f'<w:p><w:pPr><w:pStyle w:val="{lang}TableHead"/></w:pPr>{made}</w:p>')
    return "".join(out)


def _rows(sheet: Sheet, cells: list[int], size: str) -> Iterator[str]:
    opening = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Table'
        for width in cells
    ]
    number, text = f'Number{size}"/></w:pPr>', f'Text{size}"/></w:pPr>'
    begins = [text, *(number if column.number else text for column in sheet.columns)]
    starts = [first + second for first, second in zip(opening, begins, strict=True)]
    ends = "</w:p></w:tc>"
    for n, row in enumerate(sheet.rows, 1):
        out = ["<w:tr><w:trPr><w:cantSplit/></w:trPr>", starts[0], _plain_run(str(n)), ends]
        for i, value in enumerate(row, 1):
            if not value:
                out += [starts[i], ends]
            elif _RIGHT_TO_LEFT.search(value):
                out += [opening[i], _turned(value, size), ends]
            else:
                out += [starts[i], _plain_run(value), ends]
        out.append("</w:tr>")
        yield "".join(out)


def _plain_run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _turned(value: str, size: str) -> str:
    """Return the style, and the runs of a value that holds Arabic: each run has one direction."""
    first = _LETTER.search(value)
    if first and _RIGHT_TO_LEFT.match(first[0]):
        return f'Turned{size}"/></w:pPr>' + runs("", escape(isolate(value)), "ar", True)
    out = []
    last = 0
    for found in _RIGHT_TO_LEFT.finditer(value):
        if found.start() > last:
            out.append(_plain_run(value[last : found.start()]))
        out.append(f'<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">{escape(found[0])}</w:t></w:r>')
        last = found.end()
    if last < len(value):
        out.append(_plain_run(value[last:]))
    return f'Text{size}"/></w:pPr>' + "".join(out)


def _totals(sheet: Sheet, languages: tuple[str, ...], cells: list[int], size: str) -> Iterator[str]:
    names = [column.name for column in sheet.columns]
    if not sheet.totals:
        return
    at = names.index(AMOUNT) + 1
    label = _said({lang: word("table_total", lang) for lang in languages}, languages)
    for code, total in sheet.totals:
        row = [f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_wide(label, cells[:at])}"]
        for i in range(at, len(cells)):
            value = {AMOUNT: total, CURRENCY: code}.get(names[i - 1], "")
            style = f"TableNumber{size}" if i == at else f"TableText{size}"
            text = f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{escape(value)}</w:t></w:r>' if value else ""
            row.append(_wide(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{text}</w:p>', cells[i : i + 1]))
        yield "".join([*row, "</w:tr>"])


def _wide(content: str, cells: list[int]) -> str:
    span = f'<w:gridSpan w:val="{len(cells)}"/>' if len(cells) > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{sum(cells)}" w:type="dxa"/>{span}</w:tcPr>{content}</w:tc>'
