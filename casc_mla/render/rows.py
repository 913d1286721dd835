"""Rows of a letter in columns, cut where both languages stand level: paragraph beside paragraph.

A row as long as a page cannot be torn well: LibreOffice moves it as a whole and leaves half a page empty.  Where the
cells of a row have the same paragraphs one by one, each pair becomes a row of its own; that also keeps what is said in
one language beside the same in the other.
"""

from __future__ import annotations

import re

_ROW = re.compile(r"<w:tr>(<w:tc>(?:(?!<w:tr>).)*?)</w:tr>", re.DOTALL)
_CELL = re.compile(r"<w:tc>(<w:tcPr>.*?</w:tcPr>)(.*?)</w:tc>", re.DOTALL)
_PARAGRAPH = re.compile(r"(?:<w:bookmark(?:Start|End)[^>]*/>)*(?:<w:p/>|<w:p>.*?</w:p>)", re.DOTALL)
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
    cells = _CELL.findall(found[1])
    if len(cells) < 2 or "<w:tbl>" in found[1]:
        return found[0]
    columns = [_PARAGRAPH.findall(content) for _, content in cells]
    styles = [[_style(paragraph) for paragraph in column] for column in columns]
    if len(columns[0]) < 2 or any(other != styles[0] for other in styles[1:]):
        return found[0]
    if any("".join(column) != content for column, (_, content) in zip(columns, cells, strict=True)):
        return found[0]  # something else than paragraphs stands in the cell
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


def _style(paragraph: str) -> str:
    found = _STYLE.search(paragraph)
    return found[1] if found else ""
