"""The fonts of this machine: which characters each family can print.

Font folders are read rather than asking fontconfig, because that is on every Linux and on no Windows laptop; 300 fonts
take a third of a second.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

#: Families that stand in for each other with the same widths, beyond what the letter itself names.
STAND_INS = {
    "times new roman": ("liberation serif", "tinos", "times"),
    "arial": ("liberation sans", "arimo", "helvetica"),
    "courier new": ("liberation mono", "cousine", "courier"),
}
_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")


def folders(office: Path) -> Iterator[Path]:
    """Yield the folders in which LibreOffice looks for fonts, its own among them."""
    home = Path.home()
    program = office.resolve().parent
    yield program.parent / "share" / "fonts"
    yield program.parent / "Resources" / "fonts"
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts")
        yield Path(os.environ.get("LOCALAPPDATA", str(home)), "Microsoft", "Windows", "Fonts")
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts")
    else:
        share = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        own = os.environ.get("XDG_DATA_HOME") or str(home / ".local" / "share")
        for name in dict.fromkeys([own, *share.split(":"), "/usr/local/share", "/usr/share"]):
            yield Path(name, "fonts")
        yield home / ".fonts"


class Fonts:
    """The fonts in some folders, read once."""

    def __init__(self, places: tuple[Path, ...]) -> None:
        self.families: dict[str, set[int]] = defaultdict(set)
        seen: set[Path] = set()
        for place in places:
            for path in sorted(place.rglob("*")) if place.is_dir() else ():
                if path.suffix.lower() in _ENDINGS and path.resolve() not in seen:
                    seen.add(path.resolve())
                    for family, characters in _faces(path):
                        self.families[family.casefold()] |= characters
        self.everything: set[int] = set().union(*self.families.values())

    def prints(self, family: str, character: int) -> bool:
        """Tell whether a family of this name, or one that stands in for it, has a glyph for a character."""
        name = family.casefold()
        return any(character in self.families.get(other, ()) for other in (name, *STAND_INS.get(name, ())))

    def anything_prints(self, character: int) -> bool:
        """Tell whether any font has a glyph for a character, so that LibreOffice can fall back on it."""
        return character in self.everything


@cache
def installed(office: Path) -> Fonts:
    """Return the fonts that LibreOffice finds on this machine."""
    return Fonts(tuple(dict.fromkeys(folders(office))))


def _faces(path: Path) -> Iterator[tuple[str, set[int]]]:
    from fontTools.ttLib import TTCollection, TTFont

    try:
        opened: Any = TTCollection(path, lazy=True) if path.suffix.lower().endswith("c") else TTFont(path, lazy=True)
        with opened:
            for face in getattr(opened, "fonts", [opened]):
                characters = set(face.getBestCmap() or ())
                for number in (1, 16):
                    family = face["name"].getDebugName(number)
                    if family:
                        yield family, characters
    except Exception:
        # A damaged font in a user's folder is no matter of a letter; its glyphs are then not counted on.
        return
