"""A finished letter read back: nothing lost, nothing left over, nobody exposed, every direction right."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from lxml import etree

from casc_mla.check.predicates.texts import all_strings
from casc_mla.core.finding import Finding, Path, Severity, pointer
from casc_mla.core.text import message
from casc_mla.load.request import Request
from casc_mla.render.bidi import plain
from casc_mla.render.context import ALTERNATIVE, END_LABEL, LABEL
from casc_mla.render.ooxml import RIGHT_TO_LEFT, read_parts, w
from casc_mla.render.tables import Sheet

_SPACE = re.compile(r"\s+")
_FORBIDDEN_PROPERTIES = (
    "creator",
    "lastModifiedBy",
    "revision",
    "Company",
    "Manager",
    "Template",
    "TotalTime",
)


def _normal(text: str) -> str:
    return _SPACE.sub(" ", plain(text).replace(LABEL, "").replace(END_LABEL, "")).strip()


def read_back(
    raw: bytes, request: Request, printed: dict[str, dict[Path, list[str]]], sheets: tuple[Sheet, ...] = ()
) -> list[Finding]:
    """Return what is wrong with a finished letter; empty when it may be released.

    ``printed`` maps each language to the values that the letter must show and the texts that show them; ``sheets``
    are the tables of which every cell must be there, in its place.
    """
    parts = read_parts(raw)
    trees = {name: etree.fromstring(content) for name, content in parts.items() if name.endswith(".xml")}
    text = _text_by_language(trees)
    findings = list(_lost(request, text, printed))
    findings += _cells_lost(request, trees["word/document.xml"], printed, sheets)
    findings += _exposed(request, parts)
    findings += _directions(request, trees)
    findings += _metadata(request, parts)
    return findings


def _problem(request: Request, rule: str, path: Path, **values: object) -> Finding:
    key = f"verify.{rule.removeprefix('DOC-').lower()}"
    return request.finding(rule, Severity.ERROR, path, message(key, **values), message(key + ".fix", **values))


def _story(trees: dict[str, etree._Element]) -> Iterator[etree._Element]:
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        if name in trees:
            yield from trees[name].iter(w("p"))


def paragraph_style(paragraph: etree._Element) -> str:
    """Return the style id of a paragraph; its first two letters are its language."""
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return str(style.get(w("val"), "")) if style is not None else ""


def paragraph_text(paragraph: etree._Element) -> str:
    """Return the text of a paragraph as printed."""
    return "".join(node.text or "" for node in paragraph.iter(w("t")))


def _text_by_language(trees: dict[str, etree._Element]) -> dict[str, str]:
    lines: dict[str, list[str]] = defaultdict(list)
    for paragraph in _story(trees):
        lines[paragraph_style(paragraph)[:2]].append(paragraph_text(paragraph))
    return {lang: _normal("\n".join(texts)) for lang, texts in lines.items()}


def _lost(request: Request, text: dict[str, str], printed: dict[str, dict[Path, list[str]]]) -> Iterator[Finding]:
    for lang, values in printed.items():
        whole = text.get(lang, "")
        for path, texts in values.items():
            if not all(any(_normal(form) in whole for form in part.split(ALTERNATIVE)) for part in texts):
                yield _problem(request, "DOC-LOST", path, pointer=pointer(path), lang=lang)


def _cells_lost(
    request: Request, tree: etree._Element, printed: dict[str, dict[Path, list[str]]], sheets: tuple[Sheet, ...]
) -> Iterator[Finding]:
    """Find tables that are not there, and the first cell of each that does not say what the request says."""
    found = {caption.get(w("val")): table for table in tree.iter(w("tbl")) for caption in table.iter(w("tblCaption"))}
    lang = ", ".join(printed)
    for sheet in sheets:
        table = found.get(sheet.identity)
        rows = [] if table is None else table.findall(w("tr"))[1:]
        total = [(*sheet.path, "rows")] if len(rows) != len(sheet.rows) + len(sheet.totals) else []
        lost = total or list(_wrong_cells(sheet, rows))
        for path in lost[:1]:
            yield _problem(request, "DOC-LOST", path, pointer=pointer(path), lang=lang)


def _wrong_cells(sheet: Sheet, rows: list[etree._Element]) -> Iterator[Path]:
    for r, row in enumerate(rows):
        cells = [_normal(paragraph_text(cell)) for cell in row.iterchildren(w("tc"))]
        if r < len(sheet.rows):
            wanted = [str(r + 1), *map(_normal, sheet.rows[r])]
            if cells != wanted:
                at = next((i for i, pair in enumerate(zip(cells, wanted, strict=False)) if pair[0] != pair[1]), 0)
                name = (sheet.columns[at - 1].name,) if at else ()
                yield (*sheet.path, "rows", r, *name)
        elif not set(map(_normal, sheet.totals[r - len(sheet.rows)])) <= set(cells):
            yield (*sheet.path, "rows")


def _exposed(request: Request, parts: dict[str, bytes]) -> Iterator[Finding]:
    secrets = {secret for p in request.list_of("persons") if p.get("protected") is True for secret in _secrets(p)}
    for name, content in parts.items():
        text = _normal(re.sub(r"<[^>]+>", " ", content.decode("utf-8", "replace"))).casefold()
        if any(secret in text for secret in secrets):
            yield _problem(request, "DOC-EXPOSED", (), part=name)


def _secrets(person: dict[str, Any]) -> Iterator[str]:
    """Yield what names a protected person: full names, numbers of documents, telephones and mail.

    The rules look for declined and partial names before anything is written; this is the second lock, which trusts
    none of them.
    """
    names = person.get("names")
    documents = [d.get("number") for d in person.get("id_docs") or () if isinstance(d, dict)]
    for _, text in all_strings([names, documents, person.get("phone"), person.get("email")]):
        secret = _normal(text).casefold()
        if len(secret) > 4:
            yield secret


def _directions(request: Request, trees: dict[str, etree._Element]) -> Iterator[Finding]:
    styles = trees["word/styles.xml"]
    by_id = {style.get(w("styleId")): style for style in styles.iter(w("style"))}

    def is_bidi(identity: str) -> bool:
        seen: set[str] = set()
        while identity in by_id and identity not in seen:
            seen.add(identity)
            style = by_id[identity]
            if style.find(f"{w('pPr')}/{w('bidi')}") is not None:
                return True
            based = style.find(w("basedOn"))
            identity = str(based.get(w("val"), "")) if based is not None else ""
        return False

    wrong = {
        identity
        for paragraph in _story(trees)
        if (identity := paragraph_style(paragraph))[:2] in RIGHT_TO_LEFT
        and paragraph.find(f"{w('pPr')}/{w('bidi')}") is None
        and not is_bidi(identity)
    }
    for identity in sorted(wrong):
        yield _problem(request, "DOC-DIRECTION", (), style=identity)


def _metadata(request: Request, parts: dict[str, bytes]) -> Iterator[Finding]:
    for name in ("docProps/core.xml", "docProps/app.xml"):
        tree = etree.fromstring(parts[name])
        for node in tree.iter():
            tag = etree.QName(node).localname if isinstance(node.tag, str) else ""
            if tag in _FORBIDDEN_PROPERTIES:
                yield _problem(request, "DOC-METADATA", (), name=tag)
