"""Letters as contact sheets, for people to look at: ``python tools/gallery.py build/gallery [words in the name]``.

Every example in every layout of its languages; and of each kind one example in every pair of languages and layout, where
a text that the example lacks is taken from another language.
"""

from __future__ import annotations

import copy
import itertools
import struct
import sys
import zlib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from casc_mla.check import check_file
from casc_mla.core.finding import count
from casc_mla.core.text import LANGUAGES
from casc_mla.load.request import Request
from casc_mla.load.source import Source
from casc_mla.render import contract
from casc_mla.render.letter import build_letter
from casc_mla.render.pdf import convert

ROOT = Path(__file__).resolve().parent.parent
#: Pages beside each other on a sheet, and their size against the paper (1 = 72 dots an inch).
ACROSS, SCALE = 6, 0.75


def wanted() -> Iterator[tuple[str, Request, tuple[str, ...], str, bool]]:
    """Yield each letter: its name, its request, languages, layout, and whether it is a draft."""
    full: dict[str, Request] = {}
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        request, findings = check_file(str(path))
        if request is None or request.kind not in contract.kinds():
            continue
        draft = bool(count(findings)["error"])
        own = tuple(request.languages)
        # Of each kind one example shows every pair; best one that has Arabic, which no other script can stand in for.
        if not draft and ("ar" in own or request.kind not in full):
            full[request.kind] = request
        for languages, layout in [(own, "columns"), (own, "sequential"), *(((x,), "single") for x in own)]:
            yield path.stem, request, languages, layout, draft
    for kind, request in full.items():
        tree = {**_everywhere(copy.deepcopy(request.data)), "languages": list(LANGUAGES)}
        whole = Request(Source(request.name, tree, {}), tree)
        for pair in itertools.permutations(LANGUAGES, 2):
            for layout in ("columns", "sequential"):
                yield f"kind-{kind}", whole, pair, layout, False
        for lang in LANGUAGES:
            yield f"kind-{kind}", whole, (lang,), "single", False
        yield f"kind-{kind}", whole, LANGUAGES, "columns", False


def _everywhere(value: Any) -> Any:
    if isinstance(value, dict):
        if value and set(value) <= set(LANGUAGES) and all(isinstance(text, str) for text in value.values()):
            first = next(iter(value.values()))
            return {lang: value.get(lang, first) for lang in LANGUAGES}
        return {key: _everywhere(member) for key, member in value.items()}
    return [_everywhere(member) for member in value] if isinstance(value, list) else value


def main() -> int:
    """Print every letter in one LibreOffice run, and draw its pages on one sheet."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
    words = sys.argv[2:]
    out.mkdir(parents=True, exist_ok=True)
    documents = []
    for stem, request, languages, layout, draft in wanted():
        path = out / f"{stem}.{'-'.join(languages)}.{layout}.docx"
        if all(word in path.name for word in words) and path not in documents:
            path.write_bytes(build_letter(request, languages, layout, draft=draft).content)
            documents.append(path)
    results = convert(sorted(documents), force=True)
    sheets = []
    for result in results:
        for finding in result.findings:
            sys.stderr.write(f"{finding.file}: {finding.message['en']}\n")
        if result.pdf:
            sheets.append(sheet(result.pdf))
    index = "".join(f'<h2>{escape(s.stem)}</h2><img src="{escape(s.name)}" alt="{escape(s.stem)}">' for s in sheets)
    (out / "index.html").write_text(f'<!doctype html><meta charset="utf-8">{index}\n', encoding="utf-8")
    sys.stdout.write(f"{len(sheets)} letters in {out / 'index.html'}\n")
    return int(any(result.findings for result in results))


def sheet(pdf: Path) -> Path:
    """Draw the pages of a PDF on one picture and return where it lies."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=SCALE, grayscale=True) for page in document]
    width, height = max(p.width for p in pages) + 6, max(p.height for p in pages) + 6
    across = min(ACROSS, len(pages))
    rows = [bytearray(b"\x99" * (width * across)) for _ in range(height * -(-len(pages) // across))]
    for number, page in enumerate(pages):
        left, top = (number % across) * width + 3, (number // across) * height + 3
        dots = bytes(page.buffer)
        for y in range(page.height):
            rows[top + y][left : left + page.width] = dots[y * page.stride : y * page.stride + page.width]
    document.close()
    path = pdf.with_suffix(".png")
    path.write_bytes(_png(width * across, rows))
    return path


def _png(width: int, rows: list[bytearray]) -> bytes:
    """Return a picture in grey, one byte a dot."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, len(rows), 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


if __name__ == "__main__":
    sys.exit(main())
