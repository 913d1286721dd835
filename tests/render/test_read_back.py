"""The finished letter read back: one character less, or a value in the wrong place, and it is not released."""

from __future__ import annotations

import copy
import unicodedata

import pytest

from casc_mla.check import check_request
from casc_mla.load.request import Request, load
from casc_mla.load.source import Source
from casc_mla.render.letter import build_letter, context_for
from casc_mla.render.ooxml import read_parts, zip_parts
from casc_mla.render.verify import read_back
from tests.conftest import EXAMPLES

MLA = load(str(EXAMPLES / "mla-kz-de-bank-records.yaml"))
TIP = load(str(EXAMPLES / "tip-kg-ae-victims.yaml"))


def changed(base: Request, title: str) -> Request:
    tree = copy.deepcopy(base.data)
    tree["case"]["title"] = dict.fromkeys(("en", "ru", "ar"), title)
    return Request(Source(base.name, tree, {}), tree)


def tampered(
    request: Request, languages: tuple[str, ...], layout: str, old: str, new: str, count: int = -1
) -> list[str]:
    """Return what the read-back says of a letter in whose text something was changed."""
    parts: dict[str, str | bytes] = dict(read_parts(build_letter(request, languages, layout).content))
    xml = parts["word/document.xml"]
    assert isinstance(xml, bytes) and old in xml.decode()
    parts["word/document.xml"] = xml.decode().replace(old, new, count)
    _, printed = context_for(request, languages, draft=False)
    return [f.pointer for f in read_back(zip_parts(parts), request, printed) if f.rule == "DOC-LOST"]


@pytest.mark.parametrize(
    ("value", "spoilt"),
    [
        ("a\u00a0b", "a b"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\u200eA-12\u200e", "A-12"),
        ("x\u200fy", "xy"),
        ("x\u061cy", "xy"),
        ("e\u0301", "é"),
        ("x\u3000y", "x y"),
        ("A\u200bB", "AB"),
        ("Case", "case"),
        ("👩\u200d⚖\ufe0f", "👩⚖"),
    ],
)
def test_one_invisible_character_is_not_lost_unseen(value, spoilt):
    request = changed(MLA, f"ж {value} ж")
    assert build_letter(request, ("ru",), "single").findings == []
    assert "/case/title" in tampered(request, ("ru",), "single", value, spoilt)


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u061c", "\u00ad", "\u200c", "\u0651", "\u00a0"])
def test_one_invisible_character_of_an_arabic_text_is_not_lost_unseen(mark):
    request = changed(TIP, f"ع A-12 {mark}ب ج")
    assert build_letter(request, ("ar",), "single").findings == []
    assert "/case/title" in tampered(request, ("ar",), "single", f"{mark}ب ج", "ب ج")


def test_what_is_lost_with_one_person_is_not_found_with_another():
    tree = copy.deepcopy(MLA.data)
    for person in tree["persons"][:2]:
        person["pob"] = {"en": "Quuxville", "ru": "Кууксвиль"}
    request = Request(Source("x", tree, {}), tree)
    assert build_letter(request, ("ru",), "single").findings == []
    assert tampered(request, ("ru",), "single", "Кууксвиль", "", 1) == ["/persons/0/pob"]


def test_a_value_is_looked_for_with_its_label():
    company = next(person for person in MLA.list_of("persons") if person["id"] == "C2")
    number = company["legal"]["reg_no"]
    assert number == company["legal"]["tax_id"]
    place = MLA.list_of("persons").index(company)
    assert tampered(MLA, ("ru",), "single", number, "", 1) == [f"/persons/{place}/legal/reg_no"]


@pytest.mark.parametrize("spell", ["{}", "{:soft}", "{:nfd}", "{:joined}"])
def test_a_protected_name_is_found_however_it_is_typed(spell):
    victim = next(person for person in TIP.list_of("persons") if person.get("protected") is True)
    name = victim["names"]["cyrillic"]
    typed = {
        "{}": name,
        "{:soft}": name[:3] + "\u00ad" + name[3:],
        "{:nfd}": unicodedata.normalize("NFD", name),
        "{:joined}": "\u200b".join(name),
    }[spell]
    letter = build_letter(changed(TIP, f"x {typed} y"), ("ru", "ar"), "columns")
    assert "DOC-EXPOSED" in {f.rule for f in letter.findings}


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u2060", "\ufe0f", "\u200e", "\U000e0061"])
def test_the_rules_find_a_protected_name_with_characters_that_nobody_sees(mark):
    victim = next(person for person in TIP.list_of("persons") if person.get("protected") is True)
    first, *rest = victim["names"]["cyrillic"].split()
    typed = " ".join([f"{first[:3]}{mark}{first[3:]}", *rest])
    assert "IDN-010" in {f.rule for f in check_request(changed(TIP, f"x {typed} y"))}
