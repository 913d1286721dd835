"""The three kinds of letter that are no plain request for assistance: information, consultation, transfer."""

from __future__ import annotations

import copy
import re

import pytest
from lxml import etree

from casc_mla.load.request import Request, load
from casc_mla.load.source import Source
from casc_mla.render import contract
from casc_mla.render.letter import Letter, build_letter
from casc_mla.render.ooxml import read_parts, w
from casc_mla.render.verify import paragraph_style, paragraph_text
from tests.conftest import EXAMPLES

EXAMPLE = {
    "spontaneous": EXAMPLES / "spontaneous-kg-ae-tip.yaml",
    "consultation": EXAMPLES / "consultation-kz-qa.yaml",
    "transfer": EXAMPLES / "transfer-kz-ru.yaml",
}
LANGUAGES = ("en", "ru", "ar")


def translated(value: object) -> object:
    """Return a request with a text in every language: what one lacks is taken from another."""
    if isinstance(value, dict):
        if value and set(value) <= set(LANGUAGES) and all(isinstance(v, str) for v in value.values()):
            first = next(iter(value.values()))
            return {code: value.get(code, first) for code in LANGUAGES}
        return {key: translated(v) for key, v in value.items()}
    return [translated(v) for v in value] if isinstance(value, list) else value


def request(kind: str, **changes: object) -> Request:
    """Return the example of a kind with its texts in three languages, and with changes at the top level."""
    base = load(str(EXAMPLE[kind]))
    tree = translated(copy.deepcopy(base.data))
    assert isinstance(tree, dict)
    tree |= {"languages": list(LANGUAGES), **changes}
    return Request(Source(base.name, tree, {}), tree)


def lines(letter: Letter, lang: str, part: str = "word/document.xml") -> list[str]:
    tree = etree.fromstring(read_parts(letter.content)[part])
    return [paragraph_text(p) for p in tree.iter(w("p")) if paragraph_style(p).startswith(lang)]


def sections_of(letter: Letter, lang: str) -> list[str]:
    """Return the sections of a letter in the order in which they stand, from their bookmarks."""
    tree = etree.fromstring(read_parts(letter.content)["word/document.xml"])
    names = [str(mark.get(w("name"))) for mark in tree.iter(w("bookmarkStart"))]
    own = [re.sub(r"_\d+$", "", name.removeprefix(lang + "_")) for name in names if name.startswith(lang + "_")]
    return list(dict.fromkeys(own))


@pytest.mark.parametrize("kind", EXAMPLE)
@pytest.mark.parametrize("layout", ["columns", "sequential", "single"])
def test_the_example_is_released_in_every_layout(kind, layout):
    base = load(str(EXAMPLE[kind]))
    choices = [(lang,) for lang in base.languages] if layout == "single" else [tuple(base.languages)]
    for languages in choices:
        letter = build_letter(base, languages, layout)
        assert letter.findings == []
        for lang in languages:
            assert not [text for text in lines(letter, lang) if re.search(r"\{[{%]|[%}]\}", text)]


@pytest.mark.parametrize("kind", EXAMPLE)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_letter_with_its_sections_in_order(kind, lang):
    letter = build_letter(request(kind), (lang,), "single")
    assert letter.findings == []
    found = sections_of(letter, lang)
    order = [section.name.removesuffix("[]").replace("-", "_") for section in contract.sections(kind)]
    assert found == [name for name in order if name in found]
    assert {"letterhead", "title", "opening", "facts", "contact"} <= set(found)


def test_columns_in_three_languages():
    for kind in EXAMPLE:
        assert build_letter(request(kind), LANGUAGES, "columns").findings == []


NO_REQUEST = {
    "en": ("Not a request for assistance", "This letter is not a request for assistance"),
    "ru": ("Письмо не является просьбой об оказании помощи", "Настоящее письмо не является просьбой"),
    "ar": ("ليست هذه الرسالة طلب مساعدة", "ليست هذه الرسالة طلب مساعدة، ولا"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_spontaneous_information_says_that_it_is_no_request(lang):
    tree = request("spontaneous").data
    block = {key: value for key, value in tree["spontaneous"].items() if key != "not_a_request"}
    text = "\n".join(lines(build_letter(request("spontaneous", spontaneous=block), (lang,), "single"), lang))
    for sentence in NO_REQUEST[lang]:
        assert sentence in text


ASKING = {
    "en": ("respectfully requested", "this request", "execution requested", "Requested authorities"),
    "ru": ("просьбы составлен", "исполнения просьбы", "Просим исполнить", "исполнить настоящую"),
    "ar": ("هذا الطلب", "سلطة التنفيذ", "يُرجى التنفيذ", "المساعدة الملتمسة"),
}


@pytest.mark.parametrize("kind", ["spontaneous", "consultation"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_letter_that_asks_for_nothing_has_no_words_of_a_request(kind, lang):
    letter = build_letter(request(kind), (lang,), "single")
    text = "\n".join(lines(letter, lang) + lines(letter, lang, "word/header1.xml"))
    assert [phrase for phrase in ASKING[lang] if phrase in text] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_terms_protect_an_accused_person_even_where_the_request_is_silent(lang):
    tree = request("spontaneous").data
    block = {key: value for key, value in tree["spontaneous"].items() if key != "exculpatory_clause"}
    text = "\n".join(lines(build_letter(request("spontaneous", spontaneous=block), (lang,), "single"), lang))
    assert {"en": "exculpatory to an accused person", "ru": "оправдывает обвиняемого", "ar": "تبرئ شخصاً متهماً"}[
        lang
    ] in text


def test_no_restriction_is_said_only_where_it_is_meant():
    free = dict(request("spontaneous").data["spontaneous"])
    for key in ("confidential", "confidential_until", "use_restrictions", "exculpatory_clause"):
        free.pop(key)
    letter = build_letter(request("spontaneous", spontaneous=free | {"no_restrictions": True}), ("en",), "single")
    text = "\n".join(lines(letter, "en"))
    assert "No restriction is placed" in text
    assert "is to remain confidential" not in text
    assert "No restriction is placed" not in "\n".join(
        lines(build_letter(request("spontaneous"), ("en",), "single"), "en")
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_consultation_has_no_formality_of_signature(lang):
    sealed = copy.deepcopy(request("consultation").data["requesting"])
    sealed["seal"] = {"official": True}
    letter = build_letter(request("consultation", requesting=sealed), (lang,), "single")
    assert letter.findings == []
    text = "\n".join(lines(letter, lang))
    assert "signature" not in sections_of(letter, lang)
    formal = {
        "en": ("[seal]", "Signature", "highest consideration"),
        "ru": ("М.П.", "(подпись)", "уверения"),
        "ar": ("الختم", "التوقيع", "فائق"),
    }
    assert [phrase for phrase in formal[lang] if phrase in text] == []


@pytest.mark.parametrize(
    ("family", "instrument", "title"),
    [
        ("cis", "minsk-1993", "ПОРУЧЕНИЕ об осуществлении уголовного преследования"),
        ("un", "untoc", "ПРОСЬБА о передаче уголовного производства"),
    ],
)
def test_the_title_of_a_transfer_follows_the_treaty(family, instrument, title):
    letter = build_letter(request("transfer", legal_basis=[{"instrument": instrument}]), ("ru",), "single")
    assert title in lines(letter, "ru"), family
    assert any(title.split()[0].capitalize() in text for text in lines(letter, "ru", "word/header1.xml"))


TRANSFER = request("transfer").data["transfer"] | {"victim_informed": False}
TIP = request("spontaneous").data["tip"] | {
    "other_states": dict.fromkeys(LANGUAGES, "other States of the case"),
    "smuggling_distinction": dict.fromkeys(LANGUAGES, "no smuggling of migrants"),
    "interview": {"place": dict.fromkeys(LANGUAGES, "a room of the shelter"), "planned_interviews": 1},
}
OTHERS = {
    "mla": EXAMPLES / "mla-kz-de-bank-records.yaml",
    "tip": EXAMPLES / "tip-kg-ae-victims.yaml",
    "confiscation": EXAMPLES / "confiscation-kz-qa-villa.yaml",
    **EXAMPLE,
}


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_trafficking_transfer_and_sharing_are_printed_in_every_kind(kind, lang):
    tree = translated(copy.deepcopy(load(str(OTHERS[kind])).data))
    assert isinstance(tree, dict)
    enclosure = {"id": "C", "title": dict.fromkeys(LANGUAGES, "inventory"), "kind": "file"}
    listed = tree.get("enclosures", [])
    tree |= {
        "tip": TIP,
        "transfer": TRANSFER,
        "sharing": {"ratio": dict.fromkeys(LANGUAGES, "half to each State")},
        "procedure": {"recording": dict.fromkeys(LANGUAGES, "to be recorded on video")},
        "enclosures": listed if any(e["id"] == "C" for e in listed) else [*listed, enclosure],
    }
    letter = build_letter(Request(Source("x", tree, {}), tree), (lang,), "single")
    assert [finding.pointer for finding in letter.findings] == []


@pytest.mark.parametrize(
    ("scope", "said"),
    [
        ("fact", ("the fact of this request, except", "наличия настоящей просьбы, за", "وجود هذا الطلب، إلا")),
        ("substance", ("the substance of this request,", "существа настоящей просьбы,", "مضمون هذا الطلب والمرفقات")),
        ("both", ("the fact and the substance of", "наличия и существа", "وجود هذا الطلب وسرية المضمون")),
    ],
)
def test_the_letter_asks_for_the_secrecy_that_is_meant(scope, said):
    """The standard sentence says no more and no less than `confidentiality.scope`, printed below it."""
    base = load(str(EXAMPLES / "mla-kz-de-bank-records.yaml"))
    tree = translated(copy.deepcopy(base.data))
    tree |= {"languages": list(LANGUAGES), "confidentiality": {"level": "confidential", "scope": scope}}
    letter = build_letter(Request(Source(base.name, tree, {}), tree), LANGUAGES, "sequential")
    for lang, words in zip(LANGUAGES, said, strict=True):
        (found,) = [line for line in lines(letter, lang) if re.sub("[\u2066-\u2069\u200e\u200f]", "", words) in line]
        assert found
