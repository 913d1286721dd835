"""A letter as it comes back from Word or LibreOffice: its paragraphs by language and section, and what else it holds.

The sections are known by their bookmarks, by the end of each: LibreOffice moves the start of a bookmark to the end of
the paragraph before.  Word drops a bookmark together with the paragraph that holds it, so a cell without one takes its
section from the cell beside it, and its language from the column.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from casc_mla.core.errors import CascError
from casc_mla.core.text import LANGUAGES
from casc_mla.render.bidi import plain
from casc_mla.render.ooxml import parse_xml, read_parts, w
from casc_mla.render.verify import paragraph_style, right_to_left, styles_by_id

#: A section of a letter: its language, its name in ``sections.yaml`` (underscores for hyphens), the element's number.
Place = tuple[str, str]

#: The place of a table of many rows, which belongs to no language: its number in the letter follows.
ROWS = "rows_"

_MARK = re.compile(rf"({'|'.join(LANGUAGES)})_(\w+)")
_SPACE = re.compile(r"\s+")
_SKIPPED = {w("del"), w("moveFrom"), w("fldSimple")}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its text, the place it belongs to, and whether it runs from right to left."""

    text: str
    place: Place
    heading: int
    rtl: bool


@dataclass(eq=False)
class Edited:
    """A letter taken apart.

    ``loose`` are paragraphs that belong to no section, header and footer among them under ``page_header`` and
    ``page_footer``.
    """

    parts: dict[str, bytes]
    trees: dict[str, etree._Element] = field(default_factory=dict)

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """All paragraphs of body, headers and footers that have text, in order; deleted text is gone."""
        return [p for p in self._all() if p.text]

    @cached_property
    def sections(self) -> dict[Place, list[str]]:
        """The texts of each section."""
        found: dict[Place, list[str]] = defaultdict(list)
        for paragraph in self.paragraphs:
            found[paragraph.place].append(paragraph.text)
        return dict(found)

    def _all(self) -> Iterator[Paragraph]:
        for name, tree in sorted(self.trees.items()):
            running = re.fullmatch(r"word/(header|footer)\d*\.xml", name)
            if running:
                for node in tree.iter(w("p")):
                    yield self._paragraph(node, (self._language(node), f"page_{running[1]}"))
        body = self.trees["word/document.xml"].find(w("body"))
        if body is None:
            return
        marks = _marks(body)
        places = _cells(body, marks)
        # A table whose heading is repeated on every page is one of many rows, the same in all languages.
        tables = [table for table in body.findall(w("tbl")) if next(table.iter(w("tblHeader")), None) is not None]
        rows = {node: ("", f"{ROWS}{n}") for n, table in enumerate(tables) for node in table.iter(w("p"))}
        place: Place = ("", "")
        for node in body.iter(w("bookmarkEnd"), w("tc"), w("p")):
            if node.tag == w("tc"):
                place = places.get(node, place)
            elif node.tag == w("bookmarkEnd"):
                place = marks.get(node, place)
            else:
                if node in rows:
                    yield self._paragraph(node, rows[node])
                    continue
                inside = (marks[end] for end in node.iter(w("bookmarkEnd")) if end in marks)
                place = next(inside, place)
                yield self._paragraph(node, place)

    def _paragraph(self, node: etree._Element, place: Place) -> Paragraph:
        name = self._style_name(node)
        heading = re.match(r"heading (\d)", name, re.IGNORECASE)
        return Paragraph(_text(node), place, int(heading[1]) if heading else 0, right_to_left(node, self._styles))

    # --- styles ---------------------------------------------------------------------------------------------------

    @cached_property
    def _styles(self) -> dict[str, etree._Element]:
        return styles_by_id(self.trees)

    def _style_name(self, node: etree._Element) -> str:
        style = self._styles.get(paragraph_style(node))
        name = style.find(w("name")) if style is not None else None
        return str(name.get(w("val"), "")) if name is not None else ""

    def _language(self, node: etree._Element) -> str:
        # Programs rename the ids of styles; the names, which end in the language, they keep.
        found = re.search(rf"\(({'|'.join(LANGUAGES)})\)$", self._style_name(node))
        return found[1] if found else ""


def read_edited(raw: bytes) -> Edited:
    """Return a letter taken apart.

    Raises:
        CascError: the bytes are no Word document.

    """
    try:
        parts = read_parts(raw)
        trees = {name: parse_xml(part) for name, part in parts.items() if name.endswith(".xml")}
    except Exception:
        raise CascError("extract.no_document") from None
    if "word/document.xml" not in trees:
        raise CascError("extract.no_document")
    return Edited(parts, trees)


def is_document(raw: bytes) -> bool:
    """Tell whether bytes are a package such as a Word document, and no text."""
    return raw.startswith(b"PK\x03\x04")


def every_text(edited: Edited) -> Iterator[tuple[str, str]]:
    """Yield every piece of text in the file by part: also deleted text, comments, notes, properties, authors.

    The request that the letter carries is left out: it was made without what is protected, and its hash says so.
    """
    for name, tree in edited.trees.items():
        if name.startswith("customXml/item"):
            continue
        if name.startswith("word/"):
            for node in tree.iter(w("p")):
                yield name, normal("".join(t.text or "" for t in node.iter(w("t"), w("delText"), w("instrText"))))
        else:
            yield from ((name, normal(text)) for text in tree.itertext() if text.strip())
        for node in tree.iter():
            if isinstance(node.tag, str):
                values = (node.get(w("author")), node.get("descr"), node.get("title"))
                yield from ((name, normal(value)) for value in values if value)


def normal(text: str) -> str:
    """Return a text without direction marks and with single spaces, for comparison."""
    return _SPACE.sub(" ", plain(text)).strip()


def _text(paragraph: etree._Element) -> str:
    """Return the text of a paragraph; deleted text and what fields compute (page numbers) are not part of it."""
    pieces = []
    field = 0
    for node in paragraph.iter(w("t"), w("tab"), w("br"), w("noBreakHyphen"), w("fldChar")):
        if node.tag == w("fldChar"):
            field += {"begin": 1, "end": -1}.get(node.get(w("fldCharType"), ""), 0)
        elif field or any(above.tag in _SKIPPED for above in node.iterancestors()):
            continue
        elif node.tag == w("t"):
            pieces.append(node.text or "")
        elif (above := node.getparent()) is not None and above.tag == w("r"):
            pieces.append("-" if node.tag == w("noBreakHyphen") else " ")
    return normal("".join(pieces))


def _marks(body: etree._Element) -> dict[etree._Element, Place]:
    """Return the ends of the bookmarks of sections, with the place that each begins."""
    names = {start.get(w("id")): start.get(w("name"), "") for start in body.iter(w("bookmarkStart"))}
    ends = ((end, _MARK.fullmatch(names.get(end.get(w("id")), ""))) for end in body.iter(w("bookmarkEnd")))
    return {end: (found[1], found[2]) for end, found in ends if found}


def _cells(body: etree._Element, marks: dict[etree._Element, Place]) -> dict[etree._Element, Place]:
    """Return the place of each cell of the two- or three-column table, also of those that lost their bookmark."""
    rows = [row.findall(w("tc")) for table in body.findall(w("tbl")) for row in table.findall(w("tr"))]
    found = [
        [next((marks[end] for end in cell.iter(w("bookmarkEnd")) if end in marks), None) for cell in cells]
        for cells in rows
    ]
    columns: dict[int, str] = {}
    for row in found:
        columns |= {i: mark[0] for i, mark in enumerate(row) if mark and i not in columns}
    places: dict[etree._Element, Place] = {}
    section = ""
    for cells, row in zip(rows, found, strict=True):
        # A row without any bookmark goes on with the section of the row before.
        section = next((mark[1] for mark in row if mark), section)
        for i, (cell, mark) in enumerate(zip(cells, row, strict=True)):
            if mark or len(cells) == len(columns):
                places[cell] = mark or (columns.get(i, ""), section)
    return places
