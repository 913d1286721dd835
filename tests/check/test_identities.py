"""What gives a protected person away, and what does not."""

from __future__ import annotations

import pytest

from casc_mla.check import check_request
from casc_mla.check.examples import changed
from casc_mla.check.validator import Failure
from casc_mla.load.request import load
from tests.check.asking import VICTIM, found, with_text
from tests.conftest import EXAMPLES


@pytest.mark.parametrize(
    "text",
    [
        "показания Ташполотовой Бегимай",
        "показаниями Бегимай Ташполотовой",
        "statement of BEGIMAI TASHPOLOTOVA",
        "Tashpolotova, Begimai",
        "begimai.tashpolotova@mail.example",
        "tashpolotova_begimai_passport.pdf",
        "أقوال بيغيماي تاشبولوتوفا",
        "وتاشبولوتوفا بيغيماي",
        "паспорт PE 0417338",
        "тел. +996 (555) 04-17-20",
    ],
)
def test_full_identity_is_found(text: str) -> None:
    [failure] = found("no_protected_identity", with_text({"ru": text}, VICTIM))
    assert failure == Failure(("facts", "modus", "ru"), {"": "V-01"})


@pytest.mark.parametrize(
    "text",
    ["показания Ташполотовой", "Бегимаю увезли", "statement of Tashpolotova", "живёт: г. Ош, ул. Алай-Нова, 18, кв. 3"],
)
def test_part_of_an_identity_is_a_hint(text: str) -> None:
    assert not found("no_protected_identity", with_text({"ru": text}, VICTIM))
    assert found("no_protected_hint", with_text({"ru": text}, VICTIM))


@pytest.mark.parametrize("text", ["показания V-01", "г. Ош", "номер 0417339", "statement of the victim", "الضحية V-01"])
def test_other_texts_are_no_hint(text: str) -> None:
    data = with_text({"ru": text}, VICTIM)
    assert not found("no_protected_identity", data)
    assert not found("no_protected_hint", data)


def test_common_word_and_shared_name_are_no_hint() -> None:
    victim = {**VICTIM, "names": {"cyrillic": "Иванова Надежда"}, "address": None}
    other = {"id": "P1", "kind": "natural", "role": "witness", "names": {"cyrillic": "Петрова Надежда"}}
    assert not found("no_protected_hint", with_text({"ru": "есть надежда на успех"}, victim))
    assert found("no_protected_hint", with_text({"ru": "показания Надежды"}, victim))
    assert not found("no_protected_hint", with_text({"ru": "показания Надежды"}, victim, other))


def test_kin_of_a_protected_person() -> None:
    daughter = {**VICTIM, "id": "V2", "pseudonym": "V-02", "names": {"cyrillic": "Ташполотова Айжан"}}
    assert not found("no_protected_hint", with_text({"ru": "-"}, VICTIM, daughter))
    assert not found("no_protected_identity", with_text({"ru": "-"}, VICTIM, daughter))
    brother = {"id": "P2", "kind": "natural", "role": "suspect", "names": {"cyrillic": "Ташполотов Ерлан"}}
    assert not found("no_protected_hint", with_text({"ru": "Ташполотов взял деньги, Ташполотовым"}, VICTIM, brother))
    for text in ("показания Ташполотовой", "Ташполотова сказала", "обманул Ташполотову"):
        assert found("no_protected_hint", with_text({"ru": text}, VICTIM, brother)), text


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("ул. Алай-Нова, 18", True),
        ("на улице Алай-Нова, в доме 18", True),
        ("ул.Алай-Нова 18", True),
        ("شارع ألاي نوفا 18", True),
        ("ул. Алай-Нова, 19", False),
        ("г. Ош, кв. 3", False),
    ],
)
def test_street_and_number_are_an_address(text: str, hint: bool) -> None:
    assert bool(found("no_protected_hint", with_text({"ru": text}, VICTIM))) is hint


def test_short_parts_of_a_name_may_be_common_words() -> None:
    victim = {**VICTIM, "names": {"arabic": "خديجة منصور علي"}}
    for text in ("استُدرجت خديجة", "السيدة منصور", "من خديجة"):
        data = with_text({"ar": text}, victim)
        assert found("no_possible_hint", data), text
        assert not found("no_protected_hint", data), text
    assert not found("no_possible_hint", with_text({"ar": "على الطريق"}, victim))


def test_pseudonym_made_of_the_name_is_not_repeated() -> None:
    [failure] = found("no_protected_hint", with_text({"ru": "-"}, {**VICTIM, "pseudonym": "Begimai"}))
    assert failure == Failure(("persons", 0, "pseudonym"), {"": "1"})


def test_word_of_a_protected_record_leaves_no_empty_brackets() -> None:
    base = load(str(EXAMPLES / "mla-kz-de-bank-records.yaml"))
    secret = changed(base, {"persons.5": {**VICTIM, "names": {"latin": "Bеgimai"}}})
    [mixed] = [finding for finding in check_request(secret) if finding.rule == "LNG-010"]
    assert not any("()" in sentence for sentence in mixed.message.values())
    assert "look alike. A register" in mixed.message["en"]
