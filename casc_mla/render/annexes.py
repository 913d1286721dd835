"""Tables of many rows as documents of their own, enclosed with the letter and read back like it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casc_mla.core.finding import Path
from casc_mla.load.request import Request
from casc_mla.render import ooxml
from casc_mla.render.compose import page
from casc_mla.render.grid import natural_width
from casc_mla.render.letter import Letter, context_for, render_parts
from casc_mla.render.tables import sheet
from casc_mla.render.verify import read_back

#: The name of the template.
ANNEX = "annex-table"


@dataclass(frozen=True, slots=True)
class Annex:
    """A table as a document: its id, how many rows it has, and the document."""

    identity: str
    rows: int
    letter: Letter


def build_annexes(request: Request, languages: tuple[str, ...], *, draft: bool = False) -> list[Annex]:
    """Return the documents of the tables that are not printed in the letter.

    They hold each table once, with headings in every language of the letter, and none of the data of the request.
    """
    if not request.list_of("tables"):
        return []
    context, _ = context_for(request, languages, draft=draft, letter=ANNEX)
    every = {lang: view["annexed_tables"] for lang, view in context["views"].items()}
    layout = "columns" if len(languages) > 1 else "single"
    width, _, margin = page(languages, layout)
    annexes = []
    for k, first in enumerate(every[languages[0]]):
        for lang, view in context["views"].items():
            view["annexed_tables"], view["annex_id"] = [every[lang][k]], every[lang][k]["id"]
        context["idx"]["annexed_tables"] = [0]
        one = sheet(request, int(first["index"]), languages)
        wide = natural_width(one) > width - 2 * margin
        parts = render_parts(request, languages, layout, context, letter=ANNEX, sheets=(one,), wide=wide)
        content = ooxml.zip_parts(parts)
        printed = {lang: _printed(view, one.path) for lang, view in context["views"].items()}
        annexes.append(
            Annex(
                one.identity, len(one.rows), Letter(content, read_back(content, request, printed, (one,), letter=ANNEX))
            )
        )
    return annexes


def _printed(view: dict[str, Any], path: Path) -> dict[Path, list[str]]:
    """Return what the pages around the table must show."""
    table = view["annexed_tables"][0]
    shown = {(*path, name): [table[name]] for name in ("id", "title", "origin", "count") if table[name]}
    return {("reference",): [view["reference"]], ("date",): [view["date"]], **shown}
