"""Plain pages as Word documents in the styles of the letters: what is printed on paper to be read and ticked."""

from __future__ import annotations

import re

from casc_mla.lint.notation import paragraph
from casc_mla.render import ooxml
from casc_mla.render.bidi import isolate
from casc_mla.render.ooxml import RIGHT_TO_LEFT
from casc_mla.render.single import letter
from casc_mla.render.stylesheet import style_sheet
from casc_mla.render.typeset import typeset

_HEADINGS = (("### ", "## "), ("## ", "# "), ("# ", "! "))


#: A date of a source: on paper it is not broken over two lines.
_DATE = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_FIRM_HYPHEN = "\u2011"


def _line(line: str) -> str:
    """Return a line of Markdown in the notation of the templates: on paper, without the marks of code."""
    line = _DATE.sub(_FIRM_HYPHEN.join(("\\1", "\\2", "\\3")), line.replace("`", ""))
    for markdown, notation in _HEADINGS:
        if line.startswith(markdown):
            return notation + line.removeprefix(markdown)
    if line.startswith("- [ ] "):
        return "- ☐ " + line.removeprefix("- [ ] ").rstrip()
    if line.startswith("- "):
        return line.rstrip()
    if line.startswith("  "):
        return ". " + line.strip()
    return line.rstrip()


def page(markdown: str, lang: str, title: str) -> bytes:
    """Return a Word document that says what a page of Markdown says."""
    body = "".join(paragraph(_line(line)) for line in markdown.splitlines() if line.strip())
    body = re.sub(r'(<w:(?:pStyle|rStyle) w:val=")', rf"\g<1>{lang}", body)
    if lang in RIGHT_TO_LEFT:
        body = re.sub(r"(<w:t(?: [^>]*)?>)([^<]*)", lambda found: found[1] + isolate(found[2]), body)
    bidi = "<w:bidi/>" if lang in RIGHT_TO_LEFT else ""
    body = typeset(body) + (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" '
        f'w:header="454" w:footer="454" w:gutter="0"/>{bidi}</w:sectPr>'
    )
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable"}
    return ooxml.zip_parts(
        {
            "[Content_Types].xml": ooxml.content_types({f"word/{name}.xml": kind for name, kind in kinds.items()}),
            "_rels/.rels": ooxml.package_relations(),
            "docProps/core.xml": ooxml.core_properties(title, ooxml.LANGUAGE_TAGS[lang], "1980-01-01T00:00:00Z"),
            "docProps/app.xml": ooxml.app_properties(),
            "word/document.xml": ooxml.document_xml(body),
            "word/styles.xml": style_sheet({lang: letter(lang, "common").styles}),
            "word/settings.xml": ooxml.settings(),
            "word/fontTable.xml": ooxml.font_table(),
            "word/theme/theme1.xml": ooxml.theme(),
            "word/_rels/document.xml.rels": ooxml.document_relations(
                {"rId1": "styles.xml", "rId2": "settings.xml", "rId3": "fontTable.xml"}
            ),
        }
    )
