"""A Word template as text and back: one line a paragraph, one block a section.

The text is what reviewers compare and what bulk changes are made in; the Word file is what lawyers edit.
Both say the same, and a test holds them to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from lxml import etree

from casc_mla.render import ooxml
from casc_mla.render.ooxml import w

#: The first characters of a line and the style they stand for; a plain line is Body.
PREFIXES = {
    "!": "Title",
    "##": "Heading2",
    "#": "Heading1",
    "~": "BodyHead",
    "-": "ListItem",
    "||": "BlockHead",
    "|": "Block",
    "@": "Marking",
    ".": "Note",
    "%": "Tag",
}
_STYLES = {style: prefix for prefix, style in PREFIXES.items()}
_FIELD = re.compile(r"\{(PAGE|NUMPAGES)\}")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def sections(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each section of a text with its lines."""
    name = ""
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("=== "):
            if name:
                yield name, lines
            name, lines = line[4:].strip(), []
        elif line.strip() and name:
            lines.append(line.rstrip())
    if name:
        yield name, lines


def _run(text: str, bold: bool) -> str:
    properties = '<w:rPr><w:rStyle w:val="Label"/><w:b/><w:bCs/></w:rPr>' if bold else ""
    parts = []
    for i, piece in enumerate(_FIELD.split(text)):
        if i % 2:
            parts.append(f'<w:fldSimple w:instr=" {piece} "><w:r>{properties}<w:t>1</w:t></w:r></w:fldSimple>')
        elif piece:
            parts.append(f'<w:r>{properties}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>')
    return "".join(parts)


def paragraph(line: str) -> str:
    """Return the paragraph that a line stands for."""
    prefix, _, rest = line.partition(" ")
    style = PREFIXES.get(prefix)
    if style is None:
        style, rest = "Body", line
    if style == "Tag":
        rest = "{%p " + rest.strip() + " %}"
    pieces = _BOLD.split(rest)
    runs = "".join(_run(piece, bool(i % 2)) for i, piece in enumerate(pieces))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _control(name: str, lines: list[str]) -> str:
    content = "".join(paragraph(line) for line in lines) or "<w:p/>"
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escape(name)}"/><w:tag w:val="{escape(name)}"/></w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def to_docx(text: str, lang: str, title: str) -> bytes:
    """Return the Word template that a text describes, with a clean base and the styles of its language."""
    bidi = "<w:bidi/>" if lang in ooxml.RIGHT_TO_LEFT else ""
    body = "".join(_control(name, lines) for name, lines in sections(text))
    body += (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
        f"{bidi}</w:sectPr>"
    )
    return ooxml.zip_parts(
        {
            "[Content_Types].xml": ooxml.content_types(
                {
                    "word/document.xml": "document.main",
                    "word/styles.xml": "styles",
                    "word/settings.xml": "settings",
                    "word/fontTable.xml": "fontTable",
                }
            ),
            "_rels/.rels": ooxml.package_relations(),
            "docProps/core.xml": ooxml.core_properties(title, lang, "2026-01-01T00:00:00Z"),
            "docProps/app.xml": ooxml.app_properties(),
            "word/document.xml": ooxml.document_xml(body),
            "word/styles.xml": ooxml.styles(lang),
            "word/settings.xml": ooxml.settings(),
            "word/theme/theme1.xml": ooxml.theme(),
            "word/fontTable.xml": ooxml.font_table(),
            "word/_rels/document.xml.rels": ooxml.document_relations(
                {"rId1": "styles.xml", "rId2": "settings.xml", "rId3": "fontTable.xml"}
            ),
        }
    )


def _line(node: etree._Element) -> str:
    style = node.find(f"{w('pPr')}/{w('pStyle')}")
    name = style.get(w("val"), "Body") if style is not None else "Body"
    out = []
    for run in node.iter(w("r")):
        text = "".join(t.text or "" for t in run.iter(w("t")))
        parent = run.getparent()
        if parent is not None and parent.tag == w("fldSimple"):
            text = "{" + parent.get(w("instr"), "").split()[0] + "}"
        bold = run.find(f"{w('rPr')}/{w('rStyle')}") is not None or run.find(f"{w('rPr')}/{w('b')}") is not None
        if text:
            out.append(f"**{text}**" if bold else text)
    # Word splits runs as it likes; neighbouring bold runs are one.
    line = "".join(out).replace("****", "")
    if name == "Tag" or line.startswith("{%p"):
        return "% " + re.sub(r"^\{%p\s*|\s*%\}$", "", line)
    prefix = _STYLES.get(name)
    return f"{prefix} {line}" if prefix else line


def to_text(raw: bytes) -> str:
    """Return the text of a Word template: its sections, styles, bold words and tags, and nothing else."""
    tree = etree.fromstring(ooxml.read_parts(raw)["word/document.xml"])
    blocks = []
    for control in tree.iter(w("sdt")):
        tag = control.find(f"{w('sdtPr')}/{w('tag')}")
        content = control.find(w("sdtContent"))
        if tag is None or content is None:
            continue
        lines = [_line(node) for node in content.iter(w("p"))]
        blocks.append("\n".join([f"=== {tag.get(w('val'))}", *(line for line in lines if line)]))
    return "\n\n".join(blocks) + "\n"
