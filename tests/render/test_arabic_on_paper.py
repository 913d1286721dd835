"""The proof that Arabic keeps its meaning on paper: every kind of token, in every place, by its position on the page."""

from __future__ import annotations

import copy
import unicodedata

import pytest
from lxml import etree

from casc_mla.load.request import Request, load
from casc_mla.load.source import Source
from casc_mla.render.bidi import plain
from casc_mla.render.letter import build_letter
from casc_mla.render.ooxml import read_parts, w, zip_parts
from casc_mla.render.pdf import convert
from casc_mla.render.pdf.office import print_letters
from casc_mla.render.pdf.order import disorder, tokens
from casc_mla.render.pdf.pages import read_pages, visual
from casc_mla.render.pdf.proof import letters_lost, words_without_ink
from casc_mla.render.pdf.story import read_story
from tests.conftest import EXAMPLES

pytestmark = pytest.mark.slow
LANGUAGES = ("ar", "ru", "en")
TOKENS = [
    "4400-1234-5678",
    "DE89 3704 0044 0532 0130 00",
    "+998 71 233-14-45",
    "(+7) 7172 55-01-18",
    "2026-11-23",
    "12-34/2026",
    "18(15)(d)",
    "m.name@office.gov.kz",
    "https://example.org/a/b?c=d&e=1#f",
    "USD 12,500.00",
    "50%",
    "-5°",
    "Ivan Petrov",
    "О.И. Иванова-Петрова",
    "ООО «Ромашка»",
    'АО "Береке"',
    "Gulf Harbour Bank P.J.S.C.",
    "[2006] NICC 29",
    "2001:db8::8a2e:370:7334",
    "192.168.0.1:8080",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "00:1A:2B:3C:4D:5E",
    "41°18'40.2\"N 69°14'24.1\"E",
    "41.3112, 69.2401",
    "C:\\Users\\ivan\\Documents\\Договор 2026\\invoice-0001 (copy).pdf",
    "/var/log/mail/2026-11-23.log",
    "@ivan_petrov",
    "§ 73(1)",
    "№ 44-ФЗ",
    "A-12/B",
]
#: Where a token may stand: at the beginning, in the middle and at the end, beside Arabic punctuation and brackets.
PLACES = [
    "{t} هو ما ورد في الملف.",
    "يرد {t} في ملف القضية.",
    "وما ورد في الملف هو {t}.",
    "هل ورد {t}؟ نعم، ورد {t}، ثم {t}؛ وهذا ثابت.",
    "ورد البيان ({t}) في المحضر، وورد «{t}» في الملحق.",
    "البيان: {t}",
    "وهو {t}، {t}؛ {t}",
    "من {t} إلى {t} في السجل و{t} في الملحق",
    "ورد ({t} عند الفتح) و(عند الإغلاق {t})",
]
FLOW = "\n\n".join(place.format(t=token) for token in TOKENS for place in PLACES)
#: As many paragraphs in the other languages, where nothing has to be turned.
BESIDE = "\n\n".join(f"({token})" for token in TOKENS for _ in PLACES)
LISTED = "، ".join(TOKENS)


def proof_request() -> Request:
    """Return a request in three languages whose Arabic texts, values, tables and running title hold every token."""
    tree = copy.deepcopy(load(str(EXAMPLES / "tip-kg-ae-victims.yaml")).data)

    def whole(value):
        if isinstance(value, dict):
            if value and set(value) <= set(LANGUAGES) and all(isinstance(v, str) for v in value.values()):
                return {lang: value.get(lang, value.get("ru", "")) for lang in LANGUAGES}
            return {key: whole(v) for key, v in value.items()}
        return [whole(v) for v in value] if isinstance(value, list) else value

    tree = whole(tree)
    tree["languages"] = list(LANGUAGES)
    tree["reference"] = "12-34/2026 (b)"
    tree["facts"]["summary"] = {"ar": FLOW, "ru": BESIDE, "en": BESIDE}
    tree["case"]["title"] = {"ar": LISTED, "ru": ", ".join(TOKENS), "en": ", ".join(TOKENS)}
    tree["case"]["reference"] = "(+7) 7172/12-34"
    tree["requesting"]["competent_authority"]["name"] = "ООО «Ромашка»"
    tree["requesting"]["competent_authority"]["address"] = "ul. Abaya 12-3, 010000"
    tree["requesting"]["contact"] |= {"phone": "(+7) 7172 55-01-18", "email": "m.name@office.gov.kz"}
    for item, token in zip(tree["assistance"], ["USD 12,500.00", "P.J.S.C.", "18(15)(d)", "50%"], strict=False):
        item["purpose"] = {lang: f"{token} – {LISTED if lang == 'ar' else token}" for lang in LANGUAGES}
    names = next(person for person in tree["persons"] if not person.get("protected"))["names"]
    names |= {"latin": "Ivan Petrov (Jr.)", "cyrillic": "Пётр «Иван» Иванов"}
    return Request(Source("proof", tree, {}), tree)


REQUEST = proof_request()
LAYOUTS = [(("ar",), "single"), (("ar", "ru"), "columns"), (LANGUAGES, "columns"), (("en", "ar"), "sequential")]


@pytest.fixture(scope="module")
def letters(tmp_path_factory):
    out = tmp_path_factory.mktemp("arabic")
    for languages, layout in LAYOUTS:
        letter = build_letter(REQUEST, languages, layout)
        assert letter.findings == []
        (out / f"{'-'.join(languages)}.{layout}.docx").write_bytes(letter.content)
    return out


@pytest.fixture(scope="module")
def printed(letters, office):
    return convert(sorted(letters.glob("*.docx")))


def test_every_token_stands_in_its_order_in_every_layout(printed):
    assert len(printed) == len(LAYOUTS)
    assert [(p.letter.name, f.rule, f.pointer) for p in printed for f in p.findings] == []


@pytest.mark.parametrize("token", TOKENS)
def test_each_token_is_among_what_is_proved(letters, token):
    proved = tokens(read_story((letters / "ar.single.docx").read_bytes()))
    assert any(unicodedata.normalize("NFKD", token).replace("\u0306", "") in other for other in proved)


def test_a_token_is_read_from_left_to_right_on_the_page(printed):
    # Counted without the product's own comparison: at a place where nothing can break, the line shows the token.
    pdf = next(p.pdf for p in printed if p.letter.name.startswith("ar.single"))
    pages = read_pages(pdf.read_bytes())
    lines = [
        unicodedata.normalize("NFKC", visual(page, line)).replace(" ", "") for page in pages for line in page.lines()
    ]
    for token in TOKENS:
        shown = [line for line in lines if unicodedata.normalize("NFKC", token).replace(" ", "") in line]
        assert len(shown) >= len(PLACES) - 1, token


def test_the_second_of_two_tokens_is_read_second(printed):
    # The Arabic list is read from the right, so what it names first stands further to the right.
    pdf = next(p.pdf for p in printed if p.letter.name.startswith("ar.single"))
    lines = [visual(page, line) for page in read_pages(pdf.read_bytes()) for line in page.lines()]
    pairs = [line for line in lines if "2026-11-23" in line and "12-34/2026" in line and "،" in line]
    assert pairs
    for line in pairs:
        assert line.index("12-34/2026") < line.index("2026-11-23")


def without_handling(content: bytes) -> bytes:
    """Return a letter as it would be without marks and runs of one direction."""
    parts = dict(read_parts(content))
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        tree = etree.fromstring(parts[name])
        for text in tree.iter(w("t")):
            text.text = plain(text.text or "")
        for paragraph in tree.iter(w("p")):
            style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
            if style is None or not str(style.get(w("val"))).startswith("ar"):
                continue
            for run in paragraph.iter(w("r")):
                properties = run.find(w("rPr"))
                if properties is None:
                    properties = etree.Element(w("rPr"))
                    run.insert(0, properties)
                if properties.find(w("rtl")) is None:
                    etree.SubElement(properties, w("rtl"))
        parts[name] = etree.tostring(tree)
    return zip_parts(parts)


def test_without_the_marks_the_proof_reports_what_comes_out_wrong(letters, office):
    bare = without_handling((letters / "ar.single.docx").read_bytes())
    story = read_story(bare)
    pages = read_pages(print_letters({"bare": bare}, office)["bare"])
    assert letters_lost(story, pages) == 0
    assert words_without_ink(pages) == []
    wrong = {found.token for found in disorder(story, pages)}
    for token in ("4400-1234-5678", "2026-11-23", "12-34/2026", "18(15)(d)", "50%", "(+7) 7172 55-01-18"):
        assert token in wrong, token
    assert len(wrong) > len(TOKENS) / 2
