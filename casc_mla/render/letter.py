"""A checked request becomes a letter: bytes of a Word document that has been read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from casc_mla import __version__
from casc_mla.core.errors import CascError
from casc_mla.core.finding import Finding
from casc_mla.load.request import Request
from casc_mla.load.source import Source
from casc_mla.render import contract, ooxml
from casc_mla.render.compose import TABLE_PLACE, compose, page
from casc_mla.render.context import View, public, unmarked, word
from casc_mla.render.embedded import Make, embedded_parts
from casc_mla.render.emblem import emblem_of, with_emblem
from casc_mla.render.grid import table_xml
from casc_mla.render.tables import Sheet, sheet
from casc_mla.render.template import compiled, render_part
from casc_mla.render.typeset import typeset
from casc_mla.render.verify import read_back
from casc_mla.render.views import build_view


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to be written, or the findings for which it may not be."""

    content: bytes
    findings: list[Finding]


def _present(view: View, path: str) -> bool:
    value: Any = view
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if isinstance(value, dict):
        return bool(value.get("given"))
    return bool(value)


def _count(view: View, path: str) -> int:
    value: Any = view
    for part in path.split("."):
        value = value.get(part, []) if isinstance(value, dict) else []
    return len(value)


def context_for(
    request: Request, languages: tuple[str, ...], *, draft: bool, letter: str = ""
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the template context, and for each language the values that the letter must show."""
    built = {lang: build_view(request, lang, languages, letter) for lang in languages}
    views = {lang: view for lang, (view, _) in built.items()}
    first = views[languages[0]]
    sections = contract.sections(letter or request.kind)
    return {
        "views": views,
        "has": {path: _present(first, path) for section in sections for path in section.when},
        "idx": {s.each: list(range(_count(first, s.each))) for s in sections if s.each},
        "words": {lang: {key: word(key, lang) for key in ("draft", "translation")} for lang in languages},
        "draft": draft,
    }, {lang: printed for lang, (_, printed) in built.items()}


def forms_of(request: Request) -> tuple[str, ...]:
    """Return the forms of assistance that a letter must word, in a fixed order so that templates are shared."""
    return tuple(sorted(request.forms))


def template_key(
    request: Request,
    languages: tuple[str, ...],
    layout: str,
    context: dict[str, Any],
    *,
    letter: str = "",
    wide: bool = False,
) -> tuple[str, tuple[str, ...], str, tuple[str, ...], tuple[str, ...], bool]:
    """Return what decides on the composed template: the arguments of ``compose`` and ``compiled``."""
    kind = letter or request.kind
    has = context["has"]
    printed = tuple(s.name for s in contract.sections(kind) if not s.when or any(has[path] for path in s.when))
    return kind, languages, layout, () if letter else forms_of(request), printed, wide


def render_parts(
    request: Request,
    languages: tuple[str, ...],
    layout: str,
    context: dict[str, Any],
    *,
    letter: str = "",
    sheets: tuple[Sheet, ...] = (),
    wide: bool = False,
) -> dict[str, str | bytes]:
    """Return the parts of a letter: the tagged ones rendered, the others as they are.

    ``sheets`` are the tables that the letter prints, in their order; ``wide`` turns the pages.
    """
    key = template_key(request, languages, layout, context, letter=letter, wide=wide)
    parts: dict[str, str | bytes] = dict(compose(*key).fixed)
    for name, template in compiled(*key).items():
        parts[name] = typeset(render_part(name, template, context))
    if sheets:
        width, _, margin = page(languages, layout, wide=wide)
        made = [table_xml(one, languages, width - 2 * margin, _title(request, one, languages[0])) for one in sheets]
        parts["word/document.xml"] = TABLE_PLACE.sub(lambda found: made[int(found[1])], str(parts["word/document.xml"]))
    moment = ooxml.build_time(str(request.data["date"])).strftime("%Y-%m-%dT%H:%M:%SZ")
    first = languages[0]
    phrases = context["views"][first]["t"]
    running = phrases.get(f"running_title_{request.kind}", phrases["running_title"])
    annex = unmarked(context["views"][first]["annex_id"])
    title = f"{running} {request.data['reference']}{f' · {annex}' if annex else ''}"
    parts["docProps/core.xml"] = ooxml.core_properties(title, ooxml.LANGUAGE_TAGS[first], moment)
    make = Make(__version__, languages, layout, bool(context["draft"]))
    parts |= embedded_parts({}) if letter else embedded_parts(public(request.data), make)
    return parts


def _title(request: Request, one: Sheet, lang: str) -> str:
    title: str = request.data["tables"][one.path[1]]["title"].get(lang, "")
    return " ".join(title.split())


def build_letter(request: Request, languages: tuple[str, ...], layout: str, *, draft: bool = False) -> Letter:
    """Return the letter for a request that has been checked.

    Args:
        request: a request whose schema holds.
        languages: the languages of the letter, the authoritative one first.
        layout: ``columns``, ``sequential`` or ``single``.
        draft: mark every page as a draft.

    Raises:
        CascError: no letter exists for the kind, or a form of assistance has no wording.
        DefectError: a template is at fault.

    """
    if request.kind not in contract.kinds():
        raise CascError("build.no_letter", kind=request.kind)
    context, printed = context_for(request, languages, draft=draft)
    shown = context["views"][languages[0]]["letter_tables"]
    sheets = tuple(sheet(request, int(table["index"]), languages) for table in shown)
    parts = render_parts(request, languages, layout, context, sheets=sheets)
    emblem = emblem_of(request.states[0])
    if emblem is not None:
        state = context["views"][languages[0]]["requesting"]["state_gen"]
        with_emblem(parts, emblem, f"{languages[0]}Block", word("emblem", languages[0], state=state))
    content = ooxml.zip_parts(parts)
    return Letter(content, read_back(content, request, printed, sheets))


ANNEX = "annex-k"
_IN_ANNEX = ("kind", "reference", "date", "languages", "requesting", "requested", "legal_basis", "case")


def build_annex(request: Request, languages: tuple[str, ...]) -> Letter | None:
    """Return the sealed key to the codes of the protected persons, or None when nobody is protected.

    It is the only document in which their identity stands; it carries no data of the request.
    """
    protected = [person for person in request.list_of("persons") if person.get("protected") is True]
    if not protected:
        return None
    tree = {name: request.data[name] for name in _IN_ANNEX if name in request.data}
    tree["persons"] = [
        {**person, "protected": False, "pseudonym": person.get("pseudonym") or person["id"]} for person in protected
    ]
    opened = Request(Source(request.name, tree, {}), tree)
    layout = "columns" if len(languages) > 1 else "single"
    context, printed = context_for(opened, languages, draft=False, letter=ANNEX)
    content = ooxml.zip_parts(render_parts(opened, languages, layout, context, letter=ANNEX))
    only_persons = {
        lang: {path: texts for path, texts in values.items() if path[0] == "persons"}
        for lang, values in printed.items()
    }
    return Letter(content, read_back(content, opened, only_persons, letter=ANNEX))
