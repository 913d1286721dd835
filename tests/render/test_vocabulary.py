"""A letter speaks the language of the instrument that it cites: «арест» under one convention is not «арест» under another."""

from __future__ import annotations

import copy

import pytest
from lxml import etree

from casc_mla.core import data
from casc_mla.core.records import read_records
from casc_mla.core.text import LANGUAGES
from casc_mla.load.request import Request, load
from casc_mla.load.source import Source
from casc_mla.render.glossary import FILE, names, terms
from casc_mla.render.letter import build_letter
from casc_mla.render.ooxml import read_parts, w
from casc_mla.render.verify import paragraph_text
from tests.conftest import EXAMPLES
from tests.render.test_kinds import translated

CONFISCATION = EXAMPLES / "confiscation-am-ge-freezing.yaml"


def text_under(lang: str, *instruments: str) -> str:
    """Return the text of a request for freezing under these instruments, its own free texts left out."""
    base = load(str(CONFISCATION))
    tree = translated(copy.deepcopy(base.data))
    assert isinstance(tree, dict)
    tree |= {"legal_basis": [{"instrument": name} for name in instruments], "languages": list(LANGUAGES)}
    letter = build_letter(Request(Source(base.name, tree, {}), tree), (lang,), "single")
    assert letter.findings == []
    document = etree.fromstring(read_parts(letter.content)["word/document.xml"])
    return "\n".join(paragraph_text(p) for p in document.iter(w("p")))


@pytest.mark.parametrize(
    ("instrument", "lang", "said", "not_said"),
    [
        ("uncac", "ru", "приостановление операций (замораживание) или арест", "арест или выемка"),
        ("uncac", "ar", "التجميد أو الحجز", "التجميد أو الضبط"),
        ("untoc", "ru", "арест или выемка", "приостановление операций"),
        ("untoc", "ar", "التجميد أو الضبط", "التجميد أو الحجز"),
        ("vienna-1988", "ru", "взаимной юридической помощи", "взаимной правовой помощи"),
        ("vienna-1988", "ru", "замораживание или арест", "приостановление операций"),
        ("vienna-1988", "ru", "Замораживание или арест собственности", "Арест или выемка имущества"),
        ("untoc", "ru", "Арест или выемка имущества", "Замораживание или арест"),
        ("vienna-1988", "ru", "указанной собственности", "указанного имущества"),
        ("vienna-1988", "ar", "التجميد أو التحفظ بشأن الأموال", "التجميد أو الحجز"),
        ("cets-198", "ru", "замораживание или изъятие", "замораживание или арест"),
        ("minsk-1993", "ru", "настоящее поручение", "настоящую просьбу"),
        ("minsk-1993", "ar", "هذه الإنابة القضائية", "هذا الطلب"),
        ("riyadh-1983", "ar", "هذه الإنابة القضائية", "هذا الطلب"),
        ("riyadh-1983", "ru", "настоящее поручение", "настоящую просьбу"),
        ("untoc", "ru", "настоящую просьбу", "настоящее поручение"),
        ("ets-030", "ru", "настоящий запрос", "настоящую просьбу"),
    ],
)
def test_the_words_are_those_of_the_instrument(instrument, lang, said, not_said):
    text = text_under(lang, instrument)
    assert said in text
    assert not_said not in text


def test_the_first_instrument_decides_and_a_bilateral_treaty_leaves_it_to_the_next():
    def word(*instruments: str) -> str:
        return terms("ru", instruments)["freezing"]

    assert word("untoc", "uncac") == "арест"
    assert word("uncac", "untoc") == "приостановление операций (замораживание)"
    assert word("bilateral-kz-qa-2024", "uncac") == "приостановление операций (замораживание)"
    assert word("bilateral-kz-qa-2024") == "арест"


def test_reciprocity_has_its_own_words():
    assert terms("ru", ())["request"] == "запрос"
    assert terms("ar", ())["requesting_party"] == "الدولة الطالبة"


def test_a_term_has_its_forms_in_every_language_and_stays_itself_where_a_language_has_none():
    russian, english = terms("ru", ("minsk-1993",)), terms("en", ("minsk-1993",))
    assert russian["this_request_gen"] == "настоящего поручения"
    assert english["this_request_gen"] == english["this_request"] == "this request"
    assert set(russian) == set(english) == names()


def test_every_instrument_finds_every_term_in_every_language():
    instruments = [path.removesuffix(".yaml") for path in data.listing("checklists/instruments", "*.yaml")]
    assert len(instruments) > 40
    for lang in LANGUAGES:
        for name in instruments:
            assert all(text.strip() for text in terms(lang, (name,)).values())


def test_the_glossary_covers_the_vocabulary_of_the_treaties():
    listed = read_records(data.require(FILE))["terms"]
    assert len(listed) >= 145
    statuses = [
        status for wordings in listed.values() for one in wordings.values() for status in one["status"].values()
    ]
    assert set(statuses) == {"verified", "secondary", "practice", "unverified"}


def test_a_new_instrument_with_words_of_its_own_takes_no_python(tmp_path):
    text = data.require(FILE).read_text(encoding="utf-8")
    own = text.replace(
        "  seizure:\n    un:\n",
        "  seizure:\n    asean-mlat-2004:\n      en: restraining\n      ru: ограничение\n      ar: التقييد\n"
        "      source: ASEAN MLAT 22\n      status: {en: verified, ru: practice, ar: practice}\n    un:\n",
        1,
    )
    assert own != text
    (tmp_path / "templates").mkdir()
    (tmp_path / FILE).write_text(own, encoding="utf-8")
    terms.cache_clear()
    data.use(tmp_path)
    try:
        assert terms("ru", ("asean-mlat-2004",))["seizure"] == "ограничение"
        assert terms("ru", ("untoc",))["seizure"] == "выемка"
    finally:
        data.use(None)
        terms.cache_clear()
