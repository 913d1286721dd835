"""A letter as it is printed: its paragraphs with the section they stand in, and the request that it carries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from lxml import etree

from casc_mla.check.predicates.texts import all_strings
from casc_mla.core.errors import CascError
from casc_mla.core.finding import Path, pointer
from casc_mla.core.text import LANGUAGES
from casc_mla.render.bidi import plain
from casc_mla.render.embedded import extract
from casc_mla.render.ooxml import RIGHT_TO_LEFT, build_time, read_parts, w
from casc_mla.render.verify import paragraph_style

_MODIFIED = "{http://purl.org/dc/terms/}modified"
BODY, HEADER, FOOTER = "word/document.xml", "word/header1.xml", "word/footer1.xml"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its part, its section, its style and its runs (the ``w:r`` elements)."""

    part: str
    section: str
    style: str
    runs: tuple[etree._Element, ...]

    @property
    def text(self) -> str:
        """The text as it is printed, without direction marks."""
        return plain("".join(run_text(run) for run in self.runs))

    @property
    def right_to_left(self) -> bool:
        """Whether it is in a language written from right to left."""
        return self.style[:2] in RIGHT_TO_LEFT


@dataclass(frozen=True)
class Story:
    """The paragraphs of a letter, its style sheet, and what it carries."""

    paragraphs: list[Paragraph]
    styles: etree._Element
    modified: datetime
    data: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def values(self) -> list[tuple[Path, str]]:
        """The texts of the request that the letter carries, with their paths."""
        return list(all_strings(self.data))

    def place(self, text: str, paragraph: Paragraph) -> str:
        """Return where a text comes from: the field of the request, else the part and section of the letter."""
        language = paragraph.style[:2]
        for path, value in self.values:
            if text and text in value and (path[-1] not in LANGUAGES or path[-1] == language):
                return pointer(path)
        return paragraph.section


def run_text(run: etree._Element) -> str:
    """Return what a run prints."""
    return "".join(
        (node.text or "") if node.tag == w("t") else " " if node.tag in (w("tab"), w("br")) else "\u2011"
        for node in run
        if node.tag in (w("t"), w("tab"), w("br"), w("noBreakHyphen"))
    )


def read_story(raw: bytes) -> Story:
    """Return the story of a letter.

    Raises:
        CascError: the file is no Word document.

    """
    try:
        parts = read_parts(raw)
        trees = {name: etree.fromstring(parts[name]) for name in (BODY, HEADER, FOOTER) if name in parts}
        styles = etree.fromstring(parts["word/styles.xml"])
        moment = etree.fromstring(parts["docProps/core.xml"]).findtext(_MODIFIED) or ""
        found = [paragraph for name in trees for paragraph in _paragraphs(name, trees[name])]
    except Exception:
        raise CascError("extract.no_document") from None
    try:
        data, _ = extract(raw)
    except CascError:  # the data may have been removed; the letter can be printed all the same
        data = {}
    return Story(found, styles, build_time(moment or "1980-01-01"), data)


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs that print what they hold; a field (the number of the page) prints something else."""
    field = 0
    for run in paragraph.iter(w("r")):
        for mark in run.iter(w("fldChar")):
            field += {"begin": 1, "end": -1}.get(str(mark.get(w("fldCharType"))), 0)
        parent = run.getparent()
        if not field and parent is not None and parent.tag != w("fldSimple"):
            yield run


def _paragraphs(part: str, tree: etree._Element) -> Iterator[Paragraph]:
    section = {BODY: "", HEADER: "header", FOOTER: "footer"}[part]
    for node in tree.iter(w("bookmarkStart"), w("p")):
        if node.tag == w("bookmarkStart"):
            section = str(node.get(w("name"), section))
        else:
            yield Paragraph(part, section, paragraph_style(node), tuple(_runs(node)))
