"""A single-language Word template: its sections as XML text, ready to be joined with those of other languages."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from lxml import etree

from casc_mla.core import data
from casc_mla.core.errors import DefectError
from casc_mla.render import ooxml
from casc_mla.render.bidi import isolate
from casc_mla.render.ooxml import RIGHT_TO_LEFT, w

_TAG = re.compile(r"(\{[{%].*?[%}]\})", re.DOTALL)
_ROOT = re.compile(r"(?<![\w.'\"])r(?=\.\w)")


class Sections(Mapping[str, str]):
    """The sections of a single-language template as XML text, each prepared when it is first asked for."""

    def __init__(self, lang: str, controls: dict[str, etree._Element]) -> None:
        self._lang, self._controls = lang, controls
        self._ready: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self._ready:
            paragraphs = self._controls[name].iterchildren(w("p"))
            self._ready[name] = "".join(_prepared(p, self._lang) for p in paragraphs)
        return self._ready[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._controls)

    def __len__(self) -> int:
        return len(self._controls)


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """A single-language template: its sections as XML text, and its style sheet."""

    sections: Sections
    styles: etree._Element


@cache
def letter(lang: str, file: str) -> Letter:
    """Return a single-language template by section.

    Raises:
        CascError: the file is missing or is no Word document.

    """
    path = data.require(f"templates/{lang}/{file}.docx")
    try:
        parts = ooxml.read_parts(path.read_bytes())
        tree = etree.fromstring(parts["word/document.xml"])
        styles = etree.fromstring(parts["word/styles.xml"])
    except Exception:
        raise DefectError("template.unreadable", path=path) from None
    found: dict[str, etree._Element] = {}
    for control in tree.iter(w("sdt")):
        tag = control.find(f"{w('sdtPr')}/{w('tag')}")
        content = control.find(w("sdtContent"))
        if tag is not None and content is not None:
            found[str(tag.get(w("val")))] = content
    return Letter(Sections(lang, found), styles)


def _prepared(paragraph: etree._Element, lang: str) -> str:
    """Return a paragraph with the styles of its language, its tags bound to the view, its static text isolated."""
    node = copy.deepcopy(paragraph)
    for attribute in list(node.attrib):
        del node.attrib[attribute]
    for child in list(node.iter()):
        if child.tag in _DROPPED:
            parent = child.getparent()
            if parent is not None:
                parent.remove(child)
        elif child.tag in (w("pStyle"), w("rStyle")):
            child.set(w("val"), lang + child.get(w("val"), ""))
        elif child.tag == w("r"):
            for attribute in list(child.attrib):
                del child.attrib[attribute]
    if node.find(f"{w('pPr')}/{w('pStyle')}") is None:
        properties = node.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            node.insert(0, properties)
        style = etree.Element(w("pStyle"))
        style.set(w("val"), lang + "Normal")
        properties.insert(0, style)
    text = etree.tostring(node, encoding="unicode")
    text = re.sub(r'\sxmlns:\w+="[^"]*"', "", text)
    text = _TAG.sub(lambda found: _ROOT.sub(f"views.{lang}", found[0]), text)
    if lang in RIGHT_TO_LEFT:
        text = re.sub(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)", _isolated_static, text)
    return text


_DROPPED = {
    w(name)
    for name in (
        "proofErr",
        "bookmarkStart",
        "bookmarkEnd",
        "lastRenderedPageBreak",
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
    )
}


def _isolated_static(found: re.Match[str]) -> str:
    pieces = [piece if i % 2 else isolate(piece) for i, piece in enumerate(_TAG.split(found[2]))]
    return found[1] + "".join(pieces) + found[3]
