"""A finished letter read back: nothing lost, nothing left over, nobody exposed, every direction right."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml import etree

from casc_mla.check.predicates.texts import all_strings
from casc_mla.core.finding import Finding, Path, Severity, pointer
from casc_mla.core.text import INVISIBLE, message
from casc_mla.load.request import Request
from casc_mla.render import contract
from casc_mla.render.bidi import LRM, RLM, has_arabic, plain
from casc_mla.render.context import ALTERNATIVE, unmarked
from casc_mla.render.glue import NBSP
from casc_mla.render.ooxml import RIGHT_TO_LEFT, read_parts, w
from casc_mla.render.tables import Sheet

_SPACE = re.compile(r"\s+")
_ELEMENT = re.compile(r"(.*)_(\d+)")
_ELEMENT_TAG = re.compile(r"<[^>]+>")
_FORBIDDEN_PROPERTIES = (
    "creator",
    "lastModifiedBy",
    "revision",
    "Company",
    "Manager",
    "Template",
    "TotalTime",
)


def read_back(
    raw: bytes,
    request: Request,
    printed: dict[str, dict[Path, list[str]]],
    sheets: tuple[Sheet, ...] = (),
    *,
    letter: str = "",
) -> list[Finding]:
    """Return what is wrong with a finished letter; empty when it may be released.

    ``printed`` maps each language to the values that the letter must show and the texts that show them; ``sheets``
    are the tables of which every cell must be there, in its place; ``letter`` names the letter where it is not that of
    the kind of request.
    """
    parts = read_parts(raw)
    trees = {name: etree.fromstring(content) for name, content in parts.items() if name.endswith(".xml")}
    findings = list(_lost(request, Texts(trees, letter or request.kind), printed))
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


def written_text(paragraph: etree._Element) -> str:
    """Return the text of a paragraph as the request wrote it: without the marks that the letter adds."""
    if paragraph_style(paragraph)[:2] not in RIGHT_TO_LEFT:
        return paragraph_text(paragraph)
    pieces = []
    for run in paragraph.iter(w("r")):
        text = "".join(node.text or "" for node in run.iter(w("t")))
        turned = run.find(f"{w('rPr')}/{w('rtl')}") is not None
        if not turned and len(text) > 2 and text[0] == text[-1] == LRM:
            text = text[1:-1]
        elif turned and text.startswith(RLM) and not has_arabic(text):
            text = text[1:]
        pieces.append(text)
    return "".join(pieces)


class Texts:
    """What a letter says: all of it by language, and each element of a list by the bookmark of its section."""

    def __init__(self, trees: dict[str, etree._Element], letter: str) -> None:
        whole: dict[str, list[str]] = defaultdict(list)
        marked: dict[tuple[str, str, int], list[str]] = defaultdict(list)
        for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
            # A row may be cut where its languages stand level, so each language goes on under its own last bookmark.
            here: dict[str, tuple[str, str, int] | None] = {}
            for node in trees[name].iter(w("bookmarkStart"), w("p")) if name in trees else ():
                if node.tag == w("bookmarkStart"):
                    mark = str(node.get(w("name"), ""))
                    found = _ELEMENT.fullmatch(mark)
                    here[mark[:2]] = (found[1][:2], found[1][3:], int(found[2])) if found else None
                    continue
                lang, text = paragraph_style(node)[:2], written_text(node)
                whole[lang].append(text)
                if (element := here.get(lang)) is not None:
                    marked[element].append(text)
        self._whole = {lang: "\n".join(texts) for lang, texts in whole.items()}
        self._marked = {mark: "\n".join(texts) for mark, texts in marked.items()}
        self._sections: dict[Path, str] = {
            tuple(s.each.split(".")): s.name.removesuffix("[]").replace("-", "_")
            for s in contract.sections(letter)
            if s.each
        }

    def of(self, lang: str, path: Path) -> str:
        """Return the text in which a value must stand: its own element's where that has a section, else the letter's."""
        for end in (1, 2):
            section = self._sections.get(path[:end])
            if section and len(path) > end + 1 and isinstance(path[end], int):
                return self._marked.get((lang, section, int(path[end])), "")
        return self._whole.get(lang, "")


def _lost(request: Request, found: Texts, printed: dict[str, dict[Path, list[str]]]) -> Iterator[Finding]:
    for lang, values in printed.items():
        for path, texts in values.items():
            where = found.of(lang, path)
            if not all(any(_stands(form, where) for form in unmarked(t).split(ALTERNATIVE)) for t in texts):
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
        cells = [plain(paragraph_text(cell)) for cell in row.iterchildren(w("tc"))]
        if r < len(sheet.rows):
            wanted = [str(r + 1), *map(plain, sheet.rows[r])]
            if cells != wanted:
                at = next((i for i, pair in enumerate(zip(cells, wanted, strict=False)) if pair[0] != pair[1]), 0)
                name = (sheet.columns[at - 1].name,) if at else ()
                yield (*sheet.path, "rows", r, *name)
        elif not set(sheet.totals[r - len(sheet.rows)]) <= set(cells):
            yield (*sheet.path, "rows")


def _stands(form: str, where: str) -> bool:
    """Tell whether a text stands in another; a firm space may stand for a plain one, but not the other way about."""
    if form in where:
        return True
    if NBSP in form:
        return bool(re.search(re.escape(form).replace("\\ ", f"[ {NBSP}]"), where))
    return " " in form and form in where.replace(NBSP, " ")


def _exposed(request: Request, parts: dict[str, bytes]) -> Iterator[Finding]:
    secrets = {secret for p in request.list_of("persons") if p.get("protected") is True for secret in _secrets(p)}
    for name, content in parts.items() if secrets else ():
        # A name goes on where a run ends, and stops where a paragraph does.
        text = content.decode("utf-8", "replace").replace("</w:p>", " ")
        text = _comparable(unescape(_ELEMENT_TAG.sub("", text)))
        if any(secret in text for secret in secrets):
            yield _problem(request, "DOC-EXPOSED", (), part=name)


def _comparable(text: str) -> str:
    """Return a text in which a name is found however it was typed: composed or not, with or without invisible marks."""
    return _SPACE.sub(" ", INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).strip().casefold()


def _secrets(person: dict[str, Any]) -> Iterator[str]:
    """Yield what names a protected person: full names, numbers of documents, telephones and mail.

    The rules look for declined and partial names before anything is written; this is the second lock, which trusts
    none of them.
    """
    names = person.get("names")
    documents = [d.get("number") for d in person.get("id_docs") or () if isinstance(d, dict)]
    for _, text in all_strings([names, documents, person.get("phone"), person.get("email")]):
        secret = _comparable(text)
        if len(secret) > 4:
            yield secret


def styles_by_id(trees: dict[str, etree._Element]) -> dict[str, etree._Element]:
    """Return the styles of a document by their ids."""
    tree = trees.get("word/styles.xml")
    return {} if tree is None else {str(style.get(w("styleId"))): style for style in tree.iter(w("style"))}


def right_to_left(paragraph: etree._Element, styles: dict[str, etree._Element]) -> bool:
    """Tell whether a paragraph runs from right to left, by itself or by its style."""
    said, identity, seen = _bidi(paragraph), paragraph_style(paragraph), set[str]()
    while said is None and identity in styles and identity not in seen:
        seen.add(identity)
        said = _bidi(styles[identity])
        based = styles[identity].find(w("basedOn"))
        identity = str(based.get(w("val"), "")) if based is not None else ""
    return bool(said)


def _bidi(node: etree._Element) -> bool | None:
    found = node.find(f"{w('pPr')}/{w('bidi')}")
    return None if found is None else found.get(w("val"), "1") not in ("0", "false", "off")


def _directions(request: Request, trees: dict[str, etree._Element]) -> Iterator[Finding]:
    styles = styles_by_id(trees)
    wrong = {
        paragraph_style(paragraph)
        for paragraph in _story(trees)
        if paragraph_style(paragraph)[:2] in RIGHT_TO_LEFT and not right_to_left(paragraph, styles)
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
