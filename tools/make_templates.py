"""Rebuild the Word templates from their texts: ``python tools/make_templates.py [--to-text]``.

With ``--to-text`` the other way round: after a lawyer has changed a template in Word, its text follows.
"""

from __future__ import annotations

import sys
from pathlib import Path

from casc_mla.core.text import LANGUAGES
from casc_mla.lint.notation import to_docx, to_text

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def main() -> int:
    """Convert every template of every language."""
    for lang in LANGUAGES:
        for text in sorted((TEMPLATES / lang / "source").glob("*.txt")):
            word = TEMPLATES / lang / f"{text.stem}.docx"
            if "--to-text" in sys.argv:
                text.write_text(to_text(word.read_bytes()), encoding="utf-8", newline="\n")
            else:
                word.write_bytes(to_docx(text.read_text(encoding="utf-8"), lang, f"{text.stem} ({lang})"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
