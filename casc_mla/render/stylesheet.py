"""The styles of a letter: those of each language's template side by side, and those of tables of many rows."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from lxml import etree

from casc_mla.render import ooxml
from casc_mla.render.ooxml import LANGUAGE_TAGS, RIGHT_TO_LEFT, w

#: Half-points: the usual size of a table, and a smaller one where its longest words would not fit.
SIZES = ("16", "14")


def style_sheet(sheets: dict[str, etree._Element], *, tables: bool = False) -> str:
    """Return one style sheet: the styles of each language under ids and names of their own, and those of tables.

    ``sheets`` holds the style sheet of the template of each language, the authoritative one first.
    """
    first = copy.deepcopy(next(iter(sheets.values())))
    for style in first.findall(w("style")):
        first.remove(style)
    default = etree.SubElement(first, w("style"), {w("type"): "paragraph", w("default"): "1", w("styleId"): "Normal"})
    etree.SubElement(default, w("name"), {w("val"): "Normal"})
    for lang, sheet in sheets.items():
        for style in sheet.findall(w("style")):
            if (
                style.get(w("type")) not in ("paragraph", "character")
                or style.get(w("styleId")) == "DefaultParagraphFont"
            ):
                continue
            mine = copy.deepcopy(style)
            mine.attrib.pop(w("default"), None)
            mine.set(w("styleId"), lang + mine.get(w("styleId"), ""))
            name = mine.find(w("name"))
            if name is not None:
                name.set(w("val"), f"{name.get(w('val'))} ({lang})")
            for reference in ("basedOn", "next", "link"):
                linked = mine.find(w(reference))
                if linked is not None:
                    linked.set(w("val"), lang + linked.get(w("val"), ""))
            _space_above(mine)
            first.append(mine)
    text = ooxml.DECLARATION + etree.tostring(first, encoding="unicode")
    return text.replace("</w:styles>", _table_styles(sheets) + "</w:styles>") if tables else text


def _space_above(style: etree._Element) -> None:
    """Move the space below the paragraphs of a style to above them.

    LibreOffice loses the last line of a cell that a page break tears when the cell ends with space below its text.
    """
    for spacing in style.iter(w("spacing")):
        below = spacing.get(w("after"))
        if below is not None:
            spacing.set(w("after"), "0")
            spacing.set(w("before"), str(max(int(below), int(spacing.get(w("before"), "0")))))


def _table_styles(languages: Iterable[str]) -> str:
    """Return the styles of tables: for headings one in each language, for values one for each direction and size."""
    out = []
    for lang in languages:
        bidi = '<w:spacing w:line="230" w:lineRule="exact"/>' if lang in RIGHT_TO_LEFT else ""
        out.append(
            f'<w:style w:type="paragraph" w:styleId="{lang}TableHead"><w:name w:val="Table Head ({lang})"/>'
            f'<w:basedOn w:val="{lang}Normal"/><w:pPr><w:keepNext/>{bidi}</w:pPr><w:rPr><w:b/>'
            '<w:bCs/><w:sz w:val="15"/><w:szCs w:val="16"/></w:rPr></w:style>'
        )
    for size in SIZES:
        for name, properties in (
            ("Text", ""),
            ("Number", '<w:jc w:val="right"/>'),
            ("Turned", '<w:bidi/><w:spacing w:line="220" w:lineRule="exact"/>'),
        ):
            # The order of elements in pPr is fixed: hyphens, bidi, jc.
            out.append(
                f'<w:style w:type="paragraph" w:styleId="Table{name}{size}"><w:name w:val="Table {name} {size}"/>'
                f'<w:basedOn w:val="Normal"/><w:pPr><w:suppressAutoHyphens/>{properties}</w:pPr><w:rPr>'
                f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Noto Naskh Arabic"/><w:noProof/>'
                f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:bidi="{LANGUAGE_TAGS["ar"]}"/></w:rPr></w:style>'
            )
    return "".join(out)
