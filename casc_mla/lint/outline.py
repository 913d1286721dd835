"""The outline of a section: the styles of its paragraphs and the conditions around them, the same in every language.

In a letter in columns a row is cut only where both languages have the same paragraphs; a section whose outline differs
is one long row that no page can tear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from casc_mla.core import data
from casc_mla.core.finding import Finding, Severity
from casc_mla.core.text import LANGUAGES, message
from casc_mla.lint.notation import PREFIXES, sections, to_text

_LABEL = re.compile(r"\*\*.+?\*\*(.*)")
#: The language that the others are compared with.
MODEL = "en"


def outline_findings(files: tuple[str, ...]) -> Iterator[Finding]:
    """Yield a finding for every section in which a language does not have the paragraphs of the model."""
    for file in files:
        outlines = {lang: _outlines(lang, file) for lang in LANGUAGES}
        for name, model in outlines[MODEL].items():
            for lang in LANGUAGES:
                mine = outlines[lang].get(name, [])
                # A section that is not there at all has a finding of its own.
                if mine and mine != model:
                    yield _finding(lang, file, name, mine, model)


def outline(line: str) -> str:
    """Return what a line of a template is: a condition as it stands, else the style of the paragraph and its label."""
    prefix, _, rest = line.partition(" ")
    style = PREFIXES.get(prefix)
    if style == "Tag":
        return f"% {rest.strip()}"
    if style is None:
        style, rest = "Body", line
    label = _LABEL.match(rest) if style in ("Body", "ListItem") else None
    if label is None:
        return style
    return f"{style} + label" if label[1].strip() else f"{style}, label only"


def _outlines(lang: str, file: str) -> dict[str, list[str]]:
    text = to_text(data.require(f"templates/{lang}/{file}.docx").read_bytes())
    return {name: [outline(line) for line in lines] for name, lines in sections(text)}


def _finding(lang: str, file: str, section: str, mine: list[str], model: list[str]) -> Finding:
    number, found, wanted = next(
        (n, a, b) for n, (a, b) in enumerate(zip_longest(mine, model, fillvalue="—"), 1) if a != b
    )
    values = {"section": section, "lang": lang, "model": MODEL, "number": number, "found": found, "wanted": wanted}
    return Finding(
        "TPL-OUTLINE",
        Severity.ERROR,
        message("template.outline", **values),
        message("template.outline.fix", **values),
        file=f"templates/{lang}/{file}.docx",
    )
