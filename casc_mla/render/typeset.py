"""The last touches on rendered XML: paragraphs within values, labels, runs of one direction, empty rows."""

from __future__ import annotations

import re

from casc_mla.render.bidi import LRM, MARKED, RLM, has_arabic
from casc_mla.render.context import END_LABEL, LABEL, PARAGRAPH
from casc_mla.render.glue import glue
from casc_mla.render.ooxml import RIGHT_TO_LEFT
from casc_mla.render.rows import level

_PARAGRAPH = re.compile(r"<w:p>.*?</w:p>", re.DOTALL)
_PROPERTIES = re.compile(r"<w:p>(<w:pPr>.*?</w:pPr>)?", re.DOTALL)
_STYLE = re.compile(r'<w:pStyle w:val="([a-z]{2})')
_RUN = re.compile(r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: [^>]*)?>([^<]*)</w:t></w:r>", re.DOTALL)
_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]+)")
_ROW = re.compile(r"<w:tr>.*?</w:tr>", re.DOTALL)
_INK = re.compile(r"<w:t(?: [^>]*)?>[^<]*[^<\s][^<]*</w:t>|<w:fldSimple")
_BARE_CELL = re.compile(r"(</w:tcPr>)(\s*</w:tc>)")
_EMPTY_CONTROL = re.compile(r"(<w:sdtContent>)\s*(</w:sdtContent>)")
_MARKS = re.compile(f"[{PARAGRAPH}{LABEL}{END_LABEL}]")
_BREAKS = re.compile(f"([{LABEL}{END_LABEL}{PARAGRAPH}])")
#: A number outside of a token, such as that of a paragraph; "&#39;" is none.
_FIGURES = re.compile(r"(?<![#\w])(\d+)(?!\w)")


def typeset(xml: str) -> str:
    """Return rendered XML with the marks of values turned into Word's own structure."""
    xml = _PARAGRAPH.sub(_paragraph, xml)
    xml = _ROW.sub(lambda row: row[0] if _INK.search(row[0]) else "", xml)
    xml = _EMPTY_CONTROL.sub(r"\1<w:p/>\2", xml)
    return level(_BARE_CELL.sub(r"\1<w:p/>\2", xml))


def _paragraph(found: re.Match[str]) -> str:
    text = found[0]
    style = _STYLE.search(text)
    lang = style[1] if style else ""
    rtl = lang in RIGHT_TO_LEFT
    if not rtl and not _MARKS.search(text):
        return _TEXT.sub(lambda found: found[1] + glue(found[2], lang), text)
    text = _RUN.sub(lambda run: runs(run[1] or "", glue(run[2], lang), lang, rtl), text)
    if PARAGRAPH in text:
        opening = _PROPERTIES.match(text)
        text = text.replace(PARAGRAPH, "</w:p>" + (opening[0] if opening else "<w:p>"))
    return text


def runs(properties: str, text: str, lang: str, rtl: bool) -> str:
    """Split a run at labels, at paragraph ends, and at left-to-right tokens of right-to-left text."""
    inner = properties.removeprefix("<w:rPr>").removesuffix("</w:rPr>")
    label = f'<w:rStyle w:val="{lang}Label"/><w:b/><w:bCs/>'
    out = []
    labelled = False
    for piece in _BREAKS.split(text):
        if piece in (LABEL, END_LABEL):
            labelled = piece == LABEL
        elif piece == PARAGRAPH:
            out.append(PARAGRAPH)
        elif piece:
            own = label if labelled else inner
            out += _turned(piece, own) if rtl else [_run(piece, own)]
    return "".join(out)


def _turned(text: str, properties: str) -> list[str]:
    """Return right-to-left text as runs: left-to-right tokens and figures are runs of their own without ``w:rtl``."""
    out = []
    for i, part in enumerate(MARKED.split(text)):
        for j, bit in enumerate([part] if i % 2 else _FIGURES.split(part)):
            if i % 2:
                out.append(_run(f"{LRM}{bit}{LRM}", _latin(properties)))
            elif j % 2:
                out.append(_run(bit, _latin(properties)))
            elif bit:
                # Between two tokens a comma or a bracket would run from left to right like them, and the second
                # would be read first.
                out.append(_run(bit if has_arabic(bit) else RLM + bit, f"{properties}<w:rtl/>"))
    return out


def _latin(properties: str) -> str:
    """Return the properties of a left-to-right run in Arabic text.

    LibreOffice takes figures among Arabic for complex script, and Naskh fonts lack Western digits.
    """
    style = re.match(r"<w:rStyle [^>]*/>", properties)
    end = style.end() if style else 0
    return f'{properties[:end]}<w:rFonts w:cs="Times New Roman"/>{properties[end:]}'


def _run(text: str, properties: str) -> str:
    made = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{made}<w:t xml:space="preserve">{text}</w:t></w:r>'
