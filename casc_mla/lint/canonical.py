"""A finished letter as text, so that two letters can be compared line by line and a change reviewed."""

from __future__ import annotations

from lxml import etree

from casc_mla.core.text import LANGUAGES
from casc_mla.render.bidi import plain
from casc_mla.render.glue import NBSP
from casc_mla.render.ooxml import read_parts, w
from casc_mla.render.verify import paragraph_style, paragraph_text


def letter_text(raw: bytes) -> str:
    """Return what a letter says: headers, sections, paragraphs with language and style; nothing of its looks."""
    parts = read_parts(raw)
    lines = []
    for name in ("word/header1.xml", "word/document.xml", "word/footer1.xml"):
        if name not in parts:
            continue
        for node in etree.fromstring(parts[name]).iter(w("bookmarkStart"), w("p")):
            if node.tag == w("bookmarkStart"):
                lines.append(f"=== {node.get(w('name'))}")
                continue
            text = plain(paragraph_text(node)).replace(NBSP, " ").strip()
            if text:
                style = paragraph_style(node)
                # What stands in a table of many rows is the same in every language.
                lang, name = (style[:2], style[2:]) if style[:2] in LANGUAGES else ("--", style)
                lines.append(f"{lang} {name}: {text}")
    return "\n".join(lines) + "\n"
