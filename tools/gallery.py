"""Every example in every layout as pictures, for people to look at: ``python tools/gallery.py build/gallery``."""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path

from casc_mla.check import check_file
from casc_mla.core.finding import count
from casc_mla.render import contract
from casc_mla.render.letter import build_letter
from casc_mla.render.pdf import convert

ROOT = Path(__file__).resolve().parent.parent


def letters(folder: Path) -> None:
    """Write every example in every layout."""
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        request, findings = check_file(str(path))
        if request is None or request.kind not in contract.kinds():
            continue
        languages = tuple(request.languages)
        for chosen, layout in [
            (languages, "columns"),
            (languages, "sequential"),
            *(((x,), "single") for x in languages),
        ]:
            letter = build_letter(request, chosen, layout, draft=bool(count(findings)["error"]))
            (folder / f"{path.stem}.{'-'.join(chosen)}.{layout}.docx").write_bytes(letter.content)


def main() -> int:
    """Print every letter in one LibreOffice run, and draw the pages."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
    out.mkdir(parents=True, exist_ok=True)
    letters(out)
    results = convert(sorted(out.glob("*.docx")), force=True)
    for result in results:
        for finding in result.findings:
            sys.stderr.write(f"{finding.message['en']}\n")
        if result.pdf:
            draw(result.pdf)
    sys.stdout.write(f"{len(list(out.glob('*.png')))} pages in {out}\n")
    return int(any(result.findings for result in results))


def draw(pdf: Path) -> None:
    """Write each page of a PDF as a picture."""
    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        bitmap = document[number].render(scale=60 / 72, grayscale=True)
        assert bitmap.format == raw.FPDFBitmap_Gray
        rows = bytes(bitmap.buffer)
        picture = png(bitmap.width, [rows[y * bitmap.stride :][: bitmap.width] for y in range(bitmap.height)])
        pdf.with_name(f"{pdf.stem}-{number + 1:02}.png").write_bytes(picture)
    document.close()


def png(width: int, rows: list[bytes]) -> bytes:
    """Return a picture in grey, one byte a dot."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, len(rows), 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


if __name__ == "__main__":
    sys.exit(main())
