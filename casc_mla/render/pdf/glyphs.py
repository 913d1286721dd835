"""Before printing: every character of a letter must have a glyph in some font of this machine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from casc_mla.render.ooxml import FONTS, w
from casc_mla.render.pdf.fonts import Fonts
from casc_mla.render.pdf.story import Story, run_text

#: Characters that no font draws: spaces, marks of direction, joiners, hyphens that show at the end of a line only.
_UNDRAWN = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
#: Scripts that Word and LibreOffice take from the complex-script slot even in a run that says nothing of it.
_COMPLEX = re.compile("[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that cannot be printed, the place where it stands, the font of its run and the font that has it."""

    character: str
    place: str
    font: str
    remedy: str

    @property
    def code(self) -> str:
        """The code point and its name, which do not repeat the text."""
        return f"U+{ord(self.character):04X} {unicodedata.name(self.character, '')}".strip()


def missing_glyphs(story: Story, fonts: Fonts) -> list[Missing]:
    """Return the characters of a letter that no font of this machine can print, each once, in the order of the letter.

    A character is first looked for in the font that its run resolves to (styles, and the slot of its script), then in
    the fonts known to stand in for it, then in any font, because LibreOffice falls back on any.  Private-use and
    unassigned characters mean something only to one font, so no glyph makes them readable elsewhere.
    """
    families = _Families(story.styles)
    known: dict[tuple[str, str], bool] = {}
    found: dict[str, Missing] = {}
    for paragraph in story.paragraphs:
        for run in paragraph.runs:
            for slot, character in _slots(run):
                family = families.of(paragraph.style, run, slot)
                if (family, character) not in known:
                    known[family, character] = _printable(character, family, fonts)
                if not known[family, character] and character not in found:
                    place = story.place(character, paragraph)
                    found[character] = Missing(character, place, family, font_for(character))
    return list(found.values())


def _printable(character: str, family: str, fonts: Fonts) -> bool:
    if unicodedata.category(character) in ("Co", "Cn", "Cs"):
        return False
    code = ord(character)
    names = (family, *FONTS.get(family, ())[:1])
    return any(fonts.prints(name, code) for name in names) or fonts.anything_prints(code)


def _slots(run: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield each drawn character of a run with the slot of ``w:rFonts`` that it is taken from."""
    properties = run.find(w("rPr"))
    turned = properties is not None and any(properties.find(w(name)) is not None for name in ("rtl", "cs"))
    for character in run_text(run):
        if not _UNDRAWN.match(character):
            yield (
                (
                    "cs"
                    if turned or _COMPLEX.match(character)
                    else "eastAsia"
                    if _EAST_ASIAN.match(character)
                    else "ascii"
                    if character.isascii()
                    else "hAnsi"
                ),
                character,
            )


class _Families:
    """The font family of a run: its own, its character style's, its paragraph style's, the document's."""

    def __init__(self, styles: etree._Element) -> None:
        self._styles = {str(style.get(w("styleId"))): style for style in styles.iter(w("style"))}
        self._default = styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")

    def of(self, style: str, run: etree._Element, slot: str) -> str:
        properties = run.find(w("rPr"))
        named = properties.find(w("rStyle")) if properties is not None else None
        own = self._chain(str(named.get(w("val")))) if named is not None else []
        for holder in (properties, *own, *self._chain(style), self._default):
            fonts = holder.find(w("rFonts")) if holder is not None else None
            family = fonts.get(w(slot)) if fonts is not None else None
            if family:
                return str(family)
        return next(iter(FONTS))

    def _chain(self, identity: str) -> list[etree._Element | None]:
        out: list[etree._Element | None] = []
        while identity in self._styles and len(out) < 20:
            style = self._styles[identity]
            out.append(style.find(w("rPr")))
            based = style.find(w("basedOn"))
            identity = str(based.get(w("val"), "")) if based is not None else ""
        return out


def font_for(character: str) -> str:
    """Return the free font that has a character, or nothing when none can be named."""
    from fontTools import unicodedata as scripts

    if unicodedata.category(character) in ("Co", "Cn", "Cs"):
        return ""
    script = scripts.script(character)
    if script in ("Hani", "Hira", "Kana", "Hang", "Bopo"):
        return "Noto Serif CJK (fonts-noto-cjk)"
    if script in ("Zyyy", "Zinh", "Zzzz"):
        emoji = ord(character) >= 0x1F300
        return "Noto Color Emoji (fonts-noto-color-emoji)" if emoji else "Noto Sans Symbols 2 (fonts-noto-core)"
    name = scripts.script_name(script).replace("_", " ")
    return (
        f"Noto Sans {name} (fonts-noto-core)"
        if script not in ("Latn", "Cyrl", "Grek")
        else "Noto Sans (fonts-noto-core)"
    )
