"""Write the text of every example's letter to tests/golden, to be reviewed as a diff: ``python tools/make_goldens.py``."""

from __future__ import annotations

import sys
from pathlib import Path

from casc_mla.lint.canonical import letter_text
from casc_mla.load.request import load
from casc_mla.render import contract
from casc_mla.render.annexes import build_annexes
from casc_mla.render.letter import build_letter

ROOT = Path(__file__).resolve().parent.parent


def goldens() -> dict[str, str]:
    """Return the text of the letter of every example, and of what is enclosed with it, by file name."""
    texts = {}
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        request = load(str(path))
        if request.kind in contract.kinds():
            letter = build_letter(request, tuple(request.languages), "columns")
            texts[f"{path.stem}.txt"] = letter_text(letter.content)
            for annex in build_annexes(request, tuple(request.languages)):
                texts[f"{path.stem}.annex-{annex.identity}.txt"] = letter_text(annex.letter.content)
    return texts


def main() -> int:
    """Write the texts and remove those that no example has any more."""
    folder = ROOT / "tests" / "golden"
    folder.mkdir(exist_ok=True)
    texts = goldens()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for stale in {path.name for path in folder.glob("*.txt")} - set(texts):
        (folder / stale).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
