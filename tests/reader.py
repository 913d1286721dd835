"""A finished letter as python-docx reads it; shares no code with the read-back of the tool."""

from __future__ import annotations

import io
import unicodedata

import docx
from docx.oxml.ns import qn
from docx.text.run import Run

LRM, RLM = "\u200e", "\u200f"


def printed(content: bytes) -> list[str]:
    """Return every paragraph of a letter, header and footer too, and its title, each with its language.

    Arabic text, and a cell that begins with it, is set in runs of one direction, and a left-to-right run has one mark at each end; these two go.
    """
    document = docx.Document(io.BytesIO(content))
    section = document.sections[0]
    lines = [f"title {document.core_properties.title}"]
    for root in (section.header._element, document.element.body, section.footer._element):
        for paragraph in root.iter(qn("w:p")):
            style = paragraph.style or ""
            text = ""
            for element in paragraph.iter(qn("w:r")):
                run = Run(element, None)
                part = run.text
                if (
                    style.startswith(("ar", "TableTurned"))
                    and not run.font.rtl
                    and len(part) > 2
                    and part[0] == part[-1] == LRM
                ):
                    part = part[1:-1]
                elif (
                    style.startswith(("ar", "TableTurned"))
                    and run.font.rtl
                    and part.startswith(RLM)
                    and not _arabic(part)
                ):
                    # A run of spaces and punctuation only has one mark before it, or it would run the other way.
                    part = part[1:]
                text += part
            # The style of a cell follows from its value: its direction, and the size at which the longest word fits.
            lines.append(f"{'Table' if style.startswith('Table') else style} {text}")
    return lines


def _arabic(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in ("R", "AL") and char not in (RLM, "\u061c") for char in text)
