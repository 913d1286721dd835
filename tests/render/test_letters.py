"""Finished letters: every value printed, directions right, nothing left over, in every layout and pair."""

from __future__ import annotations

import copy
import re

import pytest
from lxml import etree

from casc_mla.core.errors import CascError, DefectError
from casc_mla.load.request import Request, load
from casc_mla.load.source import Source
from casc_mla.render import template
from casc_mla.render.letter import build_letter
from casc_mla.render.ooxml import read_parts, w
from casc_mla.render.verify import paragraph_style, paragraph_text
from tests.conftest import EXAMPLES

MLA = EXAMPLES / "mla-kz-de-bank-records.yaml"
TIP = EXAMPLES / "tip-kg-ae-victims.yaml"
CONFISCATION = EXAMPLES / "confiscation-kz-qa-villa.yaml"
CASES = [
    (MLA, ("ru", "en"), "columns"),
    (MLA, ("en", "ru"), "sequential"),
    (MLA, ("ru",), "single"),
    (MLA, ("en",), "single"),
    (TIP, ("ru", "ar"), "columns"),
    (TIP, ("ar", "ru"), "columns"),
    (TIP, ("ar",), "single"),
    (CONFISCATION, ("en", "ar"), "columns"),
    (CONFISCATION, ("ar", "en"), "sequential"),
]


def paragraphs(content: bytes) -> list[etree._Element]:
    return list(etree.fromstring(read_parts(content)["word/document.xml"]).iter(w("p")))


@pytest.mark.parametrize(("path", "languages", "layout"), CASES, ids=lambda v: getattr(v, "stem", str(v)))
def test_a_letter_is_released_in_every_layout_and_pair(path, languages, layout):
    letter = build_letter(load(str(path)), languages, layout)
    assert letter.findings == []
    texts = [paragraph_text(p) for p in paragraphs(letter.content)]
    assert not [t for t in texts if re.search(r"\{\{|\{%|%\}|\}\}", t)]
    assert {paragraph_style(p)[:2] for p in paragraphs(letter.content)} - {""} == set(languages)


def test_both_columns_have_the_same_rows():
    letter = build_letter(load(str(MLA)), ("ru", "en"), "columns")
    (table,) = etree.fromstring(read_parts(letter.content)["word/document.xml"]).iter(w("tbl"))
    rows = table.findall(w("tr"))
    assert len(rows) > 30
    for row in rows:
        cells = row.findall(w("tc"))
        assert len(cells) == 2
        assert all(cell[-1].tag == w("p") for cell in cells)
        assert any(t.text and t.text.strip() for t in row.iter(w("t")))


def test_every_arabic_run_has_its_direction():
    letter = build_letter(load(str(TIP)), ("ar",), "single")
    arabic = re.compile("[\u0621-\u064a]")
    for paragraph in paragraphs(letter.content):
        for run in paragraph.iter(w("r")):
            text = "".join(t.text or "" for t in run.iter(w("t")))
            turned = run.find(f"{w('rPr')}/{w('rtl')}") is not None
            if arabic.search(text):
                assert turned, text
            elif re.search(r"[A-Za-z]", text):
                assert not turned, text


def test_the_document_names_nobody():
    parts = read_parts(build_letter(load(str(MLA)), ("ru", "en"), "columns").content)
    for name in ("docProps/core.xml", "docProps/app.xml"):
        tags = {etree.QName(node).localname for node in etree.fromstring(parts[name]).iter()}
        assert not tags & {"creator", "lastModifiedBy", "Company", "Manager", "Template"}
    assert not [name for name in parts if "comments" in name or "thumbnail" in name]


def test_a_form_without_wording_is_refused_and_not_skipped(monkeypatch):
    from casc_mla.render import compose, single

    real = compose.letter("en", "assistance")
    fewer = single.Letter({k: v for k, v in real.sections.items() if k != "EV-14"}, real.styles)
    monkeypatch.setattr(compose, "letter", lambda lang, file: fewer if file == "assistance" else _real(lang, file))
    _real = compose.letter.__wrapped__ if hasattr(compose.letter, "__wrapped__") else None
    with pytest.raises(CascError) as caught:
        compose._wordings("en", ("EV-14",))
    assert caught.value.key == "template.form_without_wording"


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__ }}",
        "{{ views.__init__ }}",
        "{{ range(9) }}",
        "{% set x = 1 %}",
        "{% import 'os' %}",
        "{% include 'x' %}",
        "{% macro m() %}{% endmacro %}",
        "{{ x | upper }}",
        "{{ x.y() }}",
        "{{ 1 + 1 }}",
    ],
)
def test_a_template_may_only_print_choose_and_repeat(tag):
    with pytest.raises(DefectError):
        template.compile_part("word/document.xml", f"<w:p><w:r><w:t>{tag}</w:t></w:r></w:p>")


def test_an_unknown_name_is_an_error_and_not_a_blank():
    part = template.compile_part("x", "<w:p><w:r><w:t>{{ views.nothing }}</w:t></w:r></w:p>")
    with pytest.raises(DefectError):
        template.render_part("x", part, {"views": {}})


def test_a_value_that_a_template_forgets_stops_the_letter():
    request = load(str(MLA))
    from casc_mla.render import letter as module

    _, printed = module.context_for(request, ("en",), draft=False)
    printed["en"][("case", "invented")] = ["a value that no section prints"]
    from casc_mla.render.verify import read_back

    content = build_letter(request, ("en",), "single").content
    findings = read_back(content, request, printed)
    assert [f.rule for f in findings] == ["DOC-LOST"]


def test_a_protected_person_is_only_a_code():
    request = load(str(TIP))
    letter = build_letter(request, ("ru", "ar"), "columns")
    assert letter.findings == []
    leaked = copy.deepcopy(request.data)
    victim = next(p for p in leaked["persons"] if p.get("protected") is True)
    name = victim["names"]["cyrillic"]
    leaked["case"]["title"] = {"ru": name, "ar": name}
    again = build_letter(Request(Source("x", leaked, {}), leaked), ("ru", "ar"), "columns")
    assert "DOC-EXPOSED" in {f.rule for f in again.findings}
    assert all(name not in text for f in again.findings for text in f.message.values())


def test_the_fast_way_prints_what_docxtpl_prints():
    import io

    from docxtpl import DocxTemplate

    from casc_mla.render import letter as module
    from casc_mla.render import ooxml
    from casc_mla.render.bidi import plain
    from casc_mla.render.compose import compose
    from casc_mla.render.embedded import embedded_parts

    request = load(str(CONFISCATION))
    languages = ("en", "ar")
    context, _ = module.context_for(request, languages, draft=False)
    composed = compose(request.kind, languages, "columns", module.forms_of(request))
    parts = {**composed.fixed, **composed.tagged, **embedded_parts({})}
    parts["docProps/core.xml"] = ooxml.core_properties("x", "en-GB", "2026-01-01T00:00:00Z")
    document = DocxTemplate(io.BytesIO(ooxml.zip_parts(parts)))
    document.render(context, autoescape=True)
    buffer = io.BytesIO()
    document.save(buffer)

    def words(content: bytes) -> list[str]:
        # Language by language: the rows of a finished letter are cut finer than those of its template.
        texts = [paragraph_text(p) for lang in languages for p in paragraphs(content) if paragraph_style(p)[:2] == lang]
        return re.sub("[\ue000-\ue004]", "", plain(" ".join(texts))).split()

    ours = module.render_parts(request, languages, "columns", context)
    assert words(ooxml.zip_parts(ours)) == words(buffer.getvalue())
