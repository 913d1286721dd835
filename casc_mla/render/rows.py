"""Rows of a letter in columns, cut where both languages stand level: paragraph beside paragraph.

A row as long as a page cannot be torn well: LibreOffice moves it as a whole and leaves half a page empty.  Where the
cells of a row have the same paragraphs one by one, each pair becomes a row of its own; that also keeps what is said in
one language beside the same in the other.
"""

from __future__ import annotations

import re

_ROW = re.compile(r"<w:tr>(<w:tc>.*?)</w:tr>", re.DOTALL)
_CELL = re.compile(r"<w:tc>(<w:tcPr>.*?</w:tcPr>)(.*?)</w:tc>", re.DOTALL)
#: LibreOffice moves a bookmark that stands before the first paragraph of a row, if that is empty, into the row before.
_BEFORE = re.compile(
    r'(?<=</w:tcPr>)((?:<w:bookmark(?:Start|End)[^>]*/>)+)(<w:p><w:pPr><w:pStyle w:val="[a-z]{2}Normal"/>.*?</w:pPr>)',
    re.DOTALL,
)
_STYLE = re.compile(r'<w:pStyle w:val="[a-z]{2}(\w+)"/>')
#: Paragraphs that stay with the one after them: headings, and what stands before a heading to let the row be torn.
_KEPT = ("Heading1", "Heading2", "Normal")


def level(xml: str) -> str:
    """Return rendered XML with the rows cut that can be cut, and the bookmarks of rows inside their paragraphs."""
    return _BEFORE.sub(r"\2\1", _ROW.sub(_cut, xml))


def _cut(found: re.Match[str]) -> str:
    if "<w:tbl>" in found[1]:
        return found[0]
    cells = _CELL.findall(found[1])
    columns = [_paragraphs(content) for _, content in cells]
    if len(columns) < 2 or len(columns[0]) < 2 or any(len(other) != len(columns[0]) for other in columns[1:]):
        return found[0]
    styles = [[_style(paragraph) for paragraph in column] for column in columns]
    if any(other != styles[0] for other in styles[1:]):
        return found[0]
    rows = []
    start = 0
    for end in range(1, len(columns[0]) + 1):
        if end < len(columns[0]) and styles[0][end - 1] in _KEPT:
            continue
        made = "".join(
            f"<w:tc>{properties}{''.join(column[start:end])}</w:tc>"
            for (properties, _), column in zip(cells, columns, strict=True)
        )
        # A heading never stands alone at the foot of a page.
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if styles[0][start] in _KEPT else ""
        rows.append(f"<w:tr>{whole}{made}</w:tr>")
        start = end
    return "".join(rows)


def _paragraphs(content: str) -> list[str]:
    """Return the paragraphs of a cell with the bookmarks before them; none where something else stands in it."""
    *pieces, rest = content.split("</w:p>")
    if rest or any(not piece.startswith(("<w:p>", "<w:bookmark")) for piece in pieces):
        return []
    return [f"{piece}</w:p>" for piece in pieces]


def _style(paragraph: str) -> str:
    found = _STYLE.search(paragraph)
    return found[1] if found else ""
