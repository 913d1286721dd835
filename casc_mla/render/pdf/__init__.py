"""Letters as PDF: printed by LibreOffice, and kept only when the pages show what the letter says.

Before printing every character must have a glyph; afterwards the pages are read back: words without ink, text that was
lost, and Arabic whose numbers came out in another order stop the PDF.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from casc_mla.core.disk import write_private
from casc_mla.core.errors import CascError
from casc_mla.core.finding import Finding
from casc_mla.render.pdf.fonts import Fonts, installed
from casc_mla.render.pdf.glyphs import missing_glyphs
from casc_mla.render.pdf.office import PATIENCE, find_office, print_letters
from casc_mla.render.pdf.pages import read_pages
from casc_mla.render.pdf.proof import glyph_problem, problem, prove
from casc_mla.render.pdf.stamp import is_untouched, stamp
from casc_mla.render.pdf.story import Story, read_story
from casc_mla.render.release import SEALED


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of a letter: its PDF, or None and the findings for which it was refused."""

    letter: Path
    pdf: Path | None
    findings: list[Finding]


def require_tools() -> Path:
    """Return where LibreOffice is, once everything that printing needs is there.

    Raises:
        CascError: LibreOffice or the libraries that read PDF and fonts are missing.

    """
    for library in ("pypdfium2", "fontTools"):
        if find_spec(library) is None:
            raise CascError("pdf.no_libraries")
    return find_office()


def convert(letters: Sequence[Path], *, force: bool = False, patience: float = PATIENCE) -> list[Printed]:
    """Print letters to PDF beside them, under the same stem, and return what became of each, in the same order.

    All go through one LibreOffice.  What stops one letter does not stop the others; a PDF is written whole or not at
    all, and one that an earlier letter left behind does not stay beside a letter that it does not show.

    Args:
        letters: Word documents that this program wrote; the sealed annex is none of them.
        force: overwrite a PDF that was changed (signed, stamped) since it was printed.
        patience: seconds without progress after which LibreOffice is taken for hung.

    Raises:
        CascError: LibreOffice or the libraries that read PDF and fonts are missing, or nothing can be written.

    """
    office = require_tools()
    contents: dict[Path, bytes] = {}
    stories: dict[Path, Story] = {}
    refused: dict[Path, list[Finding]] = {}
    for letter in dict.fromkeys(letters):
        try:
            contents[letter] = letter.read_bytes()
            stories[letter] = read_story(contents[letter])
            refused[letter] = _stopped(letter, stories[letter], installed(office), force)
        except (OSError, CascError):
            refused[letter] = [problem("DOC-UNREADABLE", letter.name)]
    wanted = {str(letter): contents[letter] for letter, findings in refused.items() if not findings}
    printed = print_letters(wanted, office, patience) if wanted else {}
    return [_released(letter, stories.get(letter), printed.get(str(letter)), refused[letter]) for letter in letters]


def _stopped(letter: Path, story: Story, fonts: Fonts, force: bool) -> list[Finding]:
    """Return what stops a letter before it is printed."""
    if letter.name.endswith(SEALED):
        return [problem("DOC-SEALED", letter.name)]
    pdf = letter.with_suffix(".pdf")
    if pdf.exists() and not force and not is_untouched(pdf.read_bytes()):
        return [problem("DOC-EDITED", letter.name)]
    return [glyph_problem(letter.name, missing) for missing in missing_glyphs(story, fonts)]


def _released(letter: Path, story: Story | None, raw: bytes | None, findings: list[Finding]) -> Printed:
    pdf = letter.with_suffix(".pdf")
    if not findings and story is not None:
        try:
            findings = prove(letter.name, story, read_pages(raw)) if raw else [problem("DOC-CONVERT", letter.name)]
        except ValueError:
            findings = [problem("DOC-CONVERT", letter.name)]
    try:
        if findings or raw is None or story is None:
            with contextlib.suppress(FileNotFoundError):
                # Not an edited one: that is somebody's work.
                if is_untouched(pdf.read_bytes()):
                    pdf.unlink()
            return Printed(letter, None, findings)
        write_private({pdf: stamp(raw, story.modified)})
    except OSError as error:
        raise CascError("build.disk", path=pdf.parent, reason=error.strerror or type(error).__name__) from None
    return Printed(letter, pdf, [])
