"""The emblem in the letterhead: a PNG file of the office, cleaned of everything but the picture.

The project ships no emblem: their use is regulated by each State.  An office puts ``emblems/<state>.png`` (``kz.png``)
into its data folder (``--data-dir`` or ``CASC_MLA_DATA``), and its letters carry it above the letterhead.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from casc_mla.core import data
from casc_mla.core.errors import CascError

MAX_BYTES = 2_000_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: What a picture needs to be drawn; text, times and the camera's notes stay behind.
_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"pHYs", b"IDAT", b"IEND")
_EMU = 360_000  # a centimetre in English Metric Units
_HEIGHT, _WIDEST = 2.2, 8.0

_PART, _RELATION = "word/media/emblem.png", "rId97"


@dataclass(frozen=True, slots=True)
class Emblem:
    """A picture ready to be placed: its bytes, and its size on the page in English Metric Units."""

    content: bytes
    width: int
    height: int


def emblem_of(state: str) -> Emblem | None:
    """Return the emblem of a requesting State from the data folder, or None.

    Raises:
        CascError: the file is no PNG picture, is damaged or too large.

    """
    path = data.find(f"emblems/{state.lower()}.png")
    if path is None:
        return None
    try:
        return _cleaned(path.read_bytes())
    except (OSError, ValueError, struct.error):
        raise CascError("build.emblem", path=path) from None


def _cleaned(raw: bytes) -> Emblem:
    if not raw.startswith(_SIGNATURE) or len(raw) > MAX_BYTES:
        raise ValueError
    out, size, at = [_SIGNATURE], (0, 0), len(_SIGNATURE)
    while True:
        length, kind = struct.unpack(">I4s", raw[at : at + 8])
        chunk = raw[at : at + 12 + length]
        body = chunk[8 : 8 + length]
        if struct.unpack(">I", chunk[8 + length :])[0] != zlib.crc32(kind + body):
            raise ValueError
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
        if kind in _KEPT:
            out.append(chunk)
        if kind == b"IEND":
            break
        at += len(chunk)
    width, height = size
    if not (0 < width <= 5000 and 0 < height <= 5000):
        raise ValueError
    scale = min(_HEIGHT / height, _WIDEST / width)
    return Emblem(b"".join(out), round(width * scale * _EMU), round(height * scale * _EMU))


def with_emblem(parts: dict[str, str | bytes], emblem: Emblem, style: str, alternative: str) -> None:
    """Add an emblem to the parts of a letter, above everything else.

    ``style`` is the id of the paragraph style; ``alternative`` says to those who cannot see what the picture shows.
    """
    relation = (
        f'<Relationship Id="{_RELATION}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="media/emblem.png"/></Relationships>'
    )
    for name, mark, replacement in (
        ("word/document.xml", "<w:body>", f"<w:body>{_drawing(emblem, style, alternative)}"),
        ("word/_rels/document.xml.rels", "</Relationships>", relation),
        ("[Content_Types].xml", "<Override", '<Default Extension="png" ContentType="image/png"/><Override'),
    ):
        parts[name] = str(parts[name]).replace(mark, replacement, 1)
    parts[_PART] = emblem.content


def _drawing(emblem: Emblem, style: str, alternative: str) -> str:
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    pic = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    extent = f'cx="{emblem.width}" cy="{emblem.height}"'
    named = f'id="1" name="emblem" descr={quoteattr(alternative)}'
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:spacing w:after="120"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline xmlns:wp="{wp}" distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/><wp:docPr {named}/>'
        f'<a:graphic xmlns:a="{a}"><a:graphicData uri="{pic}"><pic:pic xmlns:pic="{pic}"><pic:nvPicPr>'
        f'<pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{_RELATION}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
