"""Single-language Word templates become one composed template: N languages, not N² templates.

The composed template holds Jinja tags; docxtpl's own patching makes it renderable.  Layouts: ``columns`` (one row a
section, a column a language, row by row level), ``sequential`` (the authoritative text, then the translations),
``single``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from casc_mla.core.errors import CascError, DefectError
from casc_mla.render import contract, ooxml
from casc_mla.render.contract import Section
from casc_mla.render.ooxml import RIGHT_TO_LEFT
from casc_mla.render.single import letter
from casc_mla.render.stylesheet import style_sheet

LAYOUTS = ("columns", "sequential", "single")


@dataclass(frozen=True, slots=True)
class Composed:
    """The parts of a composed template that hold tags, and those that go into the letter as they are."""

    tagged: dict[str, str]
    fixed: dict[str, str]


#: Sections that keep with the signature, so that it never stands alone on a page.
_WITH_SIGNATURE = ("closing", "con-closing", "spo-closing", "languages-note")


def _content(section: Section, lang: str, forms: tuple[str, ...]) -> str:
    """Return the paragraphs of a section, with the wording of the forms put where the section asks for it."""
    source = letter(lang, section.file).sections
    if section.name not in source:
        raise DefectError("template.section_missing", section=section.name, file=section.file, lang=lang)
    text = source[section.name]
    if section.name in _WITH_SIGNATURE:
        # Of the closing its last paragraph is enough: all of it would take half a page along.
        before, mark, kept = text.rpartition("<w:p>") if section.name == "closing" else ("", "", text)
        text = before + mark + re.sub(r'(<w:pStyle w:val="\w+"/>)(?!<w:keepNext/>)', r"\1<w:keepNext/>", kept)
    if section.name == "assistance[]":
        text = re.sub(
            r"<w:p>(?:(?!<w:p>).)*?item\.wording.*?</w:p>",
            lambda _: _wordings(lang, forms),
            text,
            flags=re.DOTALL,
        )
    return text


def _bound(section: Section, lang: str, text: str, *, here: bool = True) -> str:
    """Return the paragraphs of a section with the element of the list that they speak of.

    ``here`` tells the wording whether a table of many rows follows, which is printed once for all languages.
    """
    if not section.item or not text:
        return text
    item = f"views.{lang}.{section.each}[i]"
    told = f", here = {str(here).lower()}" if section.table else ""
    return _control_tag(f"with {section.item} = {item}{told}") + text + _control_tag("endwith")


def _wordings(lang: str, forms: tuple[str, ...]) -> str:
    available = letter(lang, "assistance").sections
    branches = []
    for n, form in enumerate(forms):
        if form not in available:
            raise CascError("template.form_without_wording", form=form, lang=lang)
        keyword = "if" if n == 0 else "elif"
        branches.append(_control_tag(f"{keyword} item.form == '{form}'") + available[form])
    return "".join(branches) + (_control_tag("endif") if branches else "")


def _control_tag(text: str) -> str:
    """Return a paragraph that docxtpl replaces by the bare tag."""
    return f"<w:p><w:r><w:t>{{%p {text} %}}</w:t></w:r></w:p>"


def _row_tag(text: str) -> str:
    return f"<w:tr><w:tc><w:p><w:r><w:t>{{%tr {text} %}}</w:t></w:r></w:p></w:tc></w:tr>"


def _mark(lang: str, section: Section, number: int) -> str:
    """Return the bookmark at which a section of a language begins; it survives editing in Word and has no ink."""
    name = f"{lang}_{section.name.removesuffix('[]')}".replace("-", "_")
    # Three digits for the section, then the number of the element: no two bookmarks share an id.
    identity = str(100 + number)
    if section.item:
        name, identity = name + "_{{ i }}", identity + "{{ i }}"
    return f'<w:bookmarkStart w:id="{identity}" w:name="{name}"/><w:bookmarkEnd w:id="{identity}"/>'


def _columns(sections: list[Section], languages: tuple[str, ...], forms: tuple[str, ...], width: int) -> str:
    share = width // len(languages)
    visual = "<w:bidiVisual/>" if languages[0] in RIGHT_TO_LEFT else ""
    grid = "".join(f'<w:gridCol w:w="{share}"/>' for _ in languages)
    opening = (
        f'<w:tbl><w:tblPr>{visual}<w:tblW w:w="{share * len(languages)}" w:type="dxa"/><w:tblBorders>'
        '<w:insideV w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/></w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="142" w:type="dxa"/><w:right w:w="142" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )
    # A table of many rows stands between two tables of columns, because within one its heading would not be repeated.
    pieces: list[str] = []
    rows: list[str] = []

    def close() -> None:
        if rows:
            pieces.append(f"{opening}{''.join(rows)}</w:tbl>{_small(languages[0])}")
            rows.clear()

    for number, section in enumerate(sections):
        contents = {lang: _content(section, lang, forms) for lang in languages}
        cells = "".join(
            _cell(
                _mark(lang, section, number * len(languages) + n) + _lead(lang, text) + _bound(section, lang, text),
                share,
            )
            for n, (lang, text) in enumerate(contents.items())
        )
        whole = section.name in _WHOLE
        made = f"<w:tr>{'<w:trPr><w:cantSplit/></w:trPr>' if whole else ''}{cells}</w:tr>"
        if section.table:
            close()
            table = f"{opening}{made}</w:tbl>{_small(languages[0])}{_TABLE}{_small(languages[0])}"
            pieces.append(_repeated(section, table, _control_tag))
        else:
            rows.append(_repeated(section, made, _row_tag))
    close()
    return "".join(pieces)


#: Where the rows of a table go once the letter is rendered; no request can hold this character.
TABLE_MARK = "\ue005"
_TABLE = f"<w:p><w:r><w:t>{TABLE_MARK}{{{{ i }}}}</w:t></w:r></w:p>"
TABLE_PLACE = re.compile(rf"<w:p><w:r><w:t(?: [^>]*)?>{TABLE_MARK}(\d+)</w:t></w:r></w:p>")


#: Sections that must not be torn apart between two pages.
_WHOLE = {
    "letterhead",
    "con-closing",
    "spo-closing",
    "reference",
    "addressee",
    "title",
    "marking",
    "signature",
    "contact",
    "languages-note",
}


_LEADING_HEADING = re.compile(
    r'<w:p><w:pPr><w:pStyle w:val="[a-z]{2}Heading[12]"/></w:pPr>(?:(?!<w:p>).)*?</w:p>', re.DOTALL
)


def _lead(lang: str, text: str) -> str:
    """Return a paragraph without height before a heading that begins a cell.

    Word and LibreOffice read "keep with next" of a row's first paragraph as "keep this row with the next row", and
    then tear neither; the heading itself still keeps with what follows it in the cell.
    """
    return _small(lang) if _LEADING_HEADING.match(text) else ""


def _cell(content: str, width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _repeated(section: Section, content: str, make: Callable[[str], str]) -> str:
    if section.each:
        content = make(f"for i in idx['{section.each}']") + content + make("endfor")
    if section.when:
        test = " or ".join(f"has['{path}']" for path in section.when)
        content = make(f"if {test}") + content + make("endif")
    return content


def _sequence(sections: list[Section], lang: str, forms: tuple[str, ...], first: int) -> str:
    return "".join(
        _repeated(
            section,
            _mark(lang, section, first + n)
            + _bound(section, lang, _content(section, lang, forms), here=not first)
            + (_TABLE + _small(lang) if section.table and not first else ""),
            _control_tag,
        )
        for n, section in enumerate(sections)
    )


def _running(kind: str, languages: tuple[str, ...], which: str) -> str:
    out = []
    for lang in languages:
        if which == "header":
            style = f'<w:pPr><w:pStyle w:val="{lang}Marking"/></w:pPr>'
            out.append(
                _control_tag("if draft")
                + f"<w:p>{style}<w:r><w:t>{{{{ words.{lang}.draft }}}}</w:t></w:r></w:p>"
                + _control_tag("endif")
            )
        out += [_content(section, lang, ()) for section in contract.running_sections(kind) if section.running == which]
    tag = "hdr" if which == "header" else "ftr"
    return f'{ooxml.DECLARATION}<w:{tag} xmlns:w="{ooxml.W}">{"".join(out)}</w:{tag}>'


def page(languages: tuple[str, ...], layout: str, *, wide: bool = False) -> tuple[int, int, int]:
    """Return width, height and margin of the pages of a letter, in twentieths of a point."""
    landscape = wide or (layout == "columns" and len(languages) > 2)
    width, height = (16838, 11906) if landscape else (11906, 16838)
    return width, height, 850 if layout == "columns" else 1134


@cache
def compose(
    kind: str,
    languages: tuple[str, ...],
    layout: str,
    forms: tuple[str, ...],
    printed: tuple[str, ...] = (),
    wide: bool = False,
) -> Composed:
    """Return the composed template for a kind, its languages (authoritative first), a layout and the forms asked.

    ``printed`` names the sections that the letter will print; what it will not print need not be compiled.  Without
    it, all sections are composed and each decides for itself.  ``wide`` turns the pages.

    Raises:
        CascError: a form of assistance has no wording yet in one of the languages.
        DefectError: a template lacks a section.

    """
    sections = [s for s in contract.sections(kind) if not printed or s.name in printed]
    width, height, margin = page(languages, layout, wide=wide)
    if layout == "columns" and len(languages) > 1:
        body = _columns(sections, languages, forms, width - 2 * margin)
    else:
        parts = [_sequence(sections, languages[0], forms, 0)]
        for n, lang in enumerate(languages[1:], 1):
            banner = f'<w:p><w:pPr><w:pStyle w:val="{lang}Title"/><w:pageBreakBefore/></w:pPr><w:r><w:t>{{{{ words.{lang}.translation }}}}</w:t></w:r></w:p>'
            parts.append(banner + _sequence(sections, lang, forms, n * 100))
        body = "".join(parts)
    bidi = "<w:bidi/>" if languages[0] in RIGHT_TO_LEFT else ""
    orient = ' w:orient="landscape"' if width > height else ""
    body += (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{orient}/>'
        f'<w:pgMar w:top="1134" w:right="{margin}" w:bottom="1021" w:left="{margin}" w:header="454" w:footer="454" w:gutter="0"/>'
        f"{bidi}</w:sectPr>"
    )
    return Composed(
        tagged={
            "word/document.xml": ooxml.document_xml(body),
            "word/header1.xml": _running(kind, languages, "header"),
            "word/footer1.xml": _running(kind, languages, "footer"),
        },
        fixed={
            "[Content_Types].xml": ooxml.content_types(
                {
                    "word/document.xml": "document.main",
                    "word/styles.xml": "styles",
                    "word/settings.xml": "settings",
                    "word/fontTable.xml": "fontTable",
                    "word/header1.xml": "header",
                    "word/footer1.xml": "footer",
                },
                with_request=True,
            ),
            "_rels/.rels": ooxml.package_relations(),
            "docProps/app.xml": ooxml.app_properties(),
            "word/styles.xml": style_sheet(
                {lang: letter(lang, "common").styles for lang in languages},
                tables=any(section.table for section in sections),
            ),
            "word/settings.xml": ooxml.settings(),
            "word/theme/theme1.xml": ooxml.theme(),
            "word/fontTable.xml": ooxml.font_table(),
            "word/_rels/document.xml.rels": ooxml.document_relations(
                {
                    "rId1": "styles.xml",
                    "rId2": "settings.xml",
                    "rId3": "fontTable.xml",
                    "rId4": "header1.xml",
                    "rId5": "footer1.xml",
                },
                with_request=True,
            ),
        },
    )


def _small(lang: str) -> str:
    """Return the paragraph that must follow a table before another one or the end, as small as can be."""
    return f'<w:p><w:pPr><w:pStyle w:val="{lang}Normal"/><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
