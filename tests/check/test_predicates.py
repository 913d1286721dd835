"""The predicates about persons, languages and references."""

from __future__ import annotations

from typing import Any

import pytest

from casc_mla.check.predicates import language, persons, references
from casc_mla.check.predicates.persons import names_person
from casc_mla.check.predicates.texts import figures
from casc_mla.check.validator import Failure
from tests.check.asking import SUSPECT, VICTIM, found, with_text


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("Единый реестр (далее — ЕРДР). В ЕРДР", True),
        ("Единый реестр («ЕРДР»)", True),
        ("Единый реестр (ЕРДР № 5)", True),
        ("СИЗО (следственный изолятор)", True),
        ("СИЗО, то есть следственный изолятор", True),
        ("(зарегистрировано в ЕРДР)", False),
        ("содержится в СИЗО — с 5 марта", False),
    ],
)
def test_terms_explained(text: str, explained: bool) -> None:
    assert bool(found("terms_explained", with_text({"ru": text}))) is not explained


def test_figures_of_a_protected_person_are_not_repeated() -> None:
    data = with_text(
        {"en": "passport 417338777", "ru": "паспорт 417338778"}, {**VICTIM, "id_docs": [{"number": "417338777"}]}
    )
    [failure] = found("same_figures", data)
    assert "417338777" not in failure.detail[""]
    assert "417338778" in failure.detail[""]
    own = with_text({"en": "-", "ru": "-"}, {**VICTIM, "address": {"en": "flat 1234", "ru": "кв. 1235"}})
    assert [f.detail for f in found("same_figures", own)] == [{}]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("по указанию Кенжетаева", True),
        ("с Данияром", True),
        ("Kenzhetayev's company", True),
        ("компания Kenzhetayev", True),
        ("кенжетаевский", False),
        ("другой человек", False),
    ],
)
def test_person_is_named(text: str, named: bool) -> None:
    assert names_person(text, SUSPECT) is named


def test_company_is_named_by_the_beginning_of_its_name() -> None:
    company = {"kind": "legal", "names": {"latin": "Step Broker Service LLP", "cyrillic": "ТОО «Степь Брокер Сервис»"}}
    assert names_person("счёт «Степь Брокер Сервис»", company)
    assert not names_person("the Special Prosecutors' Service", company)


def test_person_missing_in_one_version() -> None:
    assert not found("same_people", with_text({"en": "Kenzhetayev paid", "ru": "Данияр Кенжетаев заплатил"}, SUSPECT))
    [failure] = found("same_people", with_text({"en": "He paid", "ru": "Кенжетаев заплатил"}, SUSPECT))
    assert failure == Failure(("facts", "modus", "en"), {"": "P1"})


def test_short_numbers_may_be_repeated_but_amounts_may_not() -> None:
    assert not found("same_figures", with_text({"en": "3 women, the 3 women", "ru": "3 женщины"}))
    assert found("same_figures", with_text({"en": "EUR 12,500 and EUR 12,500", "ru": "12 500 евро"}))


def test_month_with_both_arabic_names() -> None:
    dates, rest = figures("في 15 تشرين الثاني/نوفمبر 2026", "ar")
    assert dict(dates) == {"2026-11-15": 1}
    assert not rest
    for text, lang in (
        ("5 مارس سنة 2026", "ar"),
        ("2026/3/5", "ar"),
        ("5 يونيه 2026", "ar"),
        ("5 جويلية 2026", "ar"),
        ("5 شتنبر 2026", "ar"),
        ("5 Mar. 2026", "en"),
        ("Sep. 5, 2026", "en"),
        ("5 марта 2026", "ru"),
    ):
        dates, rest = figures(text, lang)
        assert len(dates) == 1, text
        assert not rest, text


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("TODO", True),
        ("BIC MUHBDEF1XXX", False),
        ("Office <office@gov.example>", False),
        ("<name> of the bank", False),
        ("“Fraud […] is punishable”", False),
        ("[…]", True),
        ("[указать номер]", True),
        ("[номер]", False),
        ("[يُذكر الاسم]", True),
        ("signed ______", True),
    ],
)
def test_placeholder(text: str, blank: bool) -> None:
    assert bool(found("no_placeholder", with_text({"en": text}))) is blank


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("<name> of the bank", True),
        ("[номер]", True),
        ("TODO", False),
        ("[name changed]", False),
        ("see <inaudible>", False),
    ],
)
def test_possible_placeholder(text: str, blank: bool) -> None:
    assert bool(found("no_possible_placeholder", with_text({"en": text}))) is blank


def test_script_and_alphabet() -> None:
    untranslated = "The witness let the flat to the suspects in March"
    assert found("own_script", with_text({"ru": untranslated}))
    assert not found("own_script", with_text({"en": untranslated}))
    [mixed] = found("one_alphabet", with_text({"en": "Kеnzhetayev"}))
    assert mixed.detail == {"": "Kеnzhetayev"}
    assert not found("one_alphabet", with_text({"ru": "SMS-сообщения, счёт KZ61790KZT0000418207, iPhoneы"}))
    secret = found("one_alphabet", with_text({"en": "-"}, {**VICTIM, "names": {"latin": "Bеgimai"}}))
    assert [failure.detail for failure in secret] == [{}]


def test_references() -> None:
    data = {
        "kind": "mla",
        "persons": [SUSPECT],
        "translation": {"target": "de"},
        "assistance": [
            {"form": "EV-10", "target": "P1", "place": {"description": "Office 12", "owner": "Mainblick GmbH"}},
            {"form": "EV-13", "holder": "Local Court", "accounts": [{"holder": "P1"}]},
        ],
        "assets": [{"id": "A1", "owner": "P9"}],
        "tip": {"interview": {"persons": ["P1", "V9"]}},
    }
    paths = {failure.path for failure in found("references_exist", data)}
    assert paths == {("assets", 0, "owner"), ("tip", "interview", "persons", 1)}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ({"en": "see enclosure A"}, []),
        ({"ru": "приложения А и C1"}, []),  # a Cyrillic А
        ({"ru": "см. приложение D"}, ["D"]),
        ({"ar": "(المرفقان A وD)"}, []),
        ({"ar": "(المرفق D)"}, ["D"]),
        ({"en": "Annex 2 to the Rules"}, []),
        ({"en": "Annexes A, C1 and E"}, ["E"]),
    ],
)
def test_enclosures_mentioned(text: dict[str, str], missing: list[str]) -> None:
    data = with_text(text, enclosures=[{"id": "A"}, {"id": "C1"}])
    assert [failure.detail[""] for failure in found("enclosures_listed", data)] == missing


def test_enclosures_used() -> None:
    data = with_text(
        {"en": "enclosure A"}, enclosures=[{"id": "A"}, {"id": "B"}, {"id": "C", "of_order": "O1"}, {"id": "D"}]
    )
    data["procedure"] = {"law_text_refs": ["B"]}
    assert [failure.path for failure in found("enclosures_used", data, ("enclosures",))] == [("enclosures", 3)]


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ({"en": "See enclosures A to G."}, ["AA", "A-1", "Map"]),
        ({"en": "See enclosures A–C and G"}, ["E", "AA", "A-1", "Map"]),
        ({"en": "See enclosures A-G"}, ["AA", "A-1", "Map"]),
        ({"ru": "см. приложения с A по G"}, ["AA", "A-1", "Map"]),
        ({"ar": "(المرفقات من ‎A‎ إلى ‎G‎)"}, ["AA", "A-1", "Map"]),
        ({"en": "See encl. G, enclosure (C), enclosure “E” and exhibit A"}, ["AA", "A-1", "Map"]),
        ({"en": "See enclosures AA, A-1 and Map"}, ["A", "C", "E", "G"]),
        ({"ru": "(приложения А-1 и АА)"}, ["C", "E", "G", "Map"]),  # Cyrillic letters
        ({"en": "annex A to the contract, annex C of the rules"}, ["A", "C", "E", "G", "AA", "A-1", "Map"]),
        ({"ru": "Приложение в двух экземплярах, приложение с переводом"}, ["A", "C", "E", "G", "AA", "A-1", "Map"]),
    ],
)
def test_references_to_enclosures(text: dict[str, str], unused: list[str]) -> None:
    names = ["A", "C", "E", "G", "AA", "A-1", "Map"]
    data = with_text(text, enclosures=[{"id": name, "title": {"en": f"Exhibit {name}"}} for name in names])
    assert [failure.detail[""] for failure in found("enclosures_used", data, ("enclosures",))] == unused


def test_a_table_stands_in_the_list_of_enclosures() -> None:
    data = {"kind": "mla", "persons": [SUSPECT], "tables": [{"id": "T1"}]}
    data["assistance"] = [{"form": "EV-01", "target": "P1", "documents_to_show": ["T1", "T2"]}]
    assert [failure.path for failure in found("references_exist", data)] == [("assistance", 0, "documents_to_show", 1)]


def test_nexus_points_at_the_case() -> None:
    facts = {"summary": {"en": "On 3 May 2025 Kenzhetayev paid EUR 1,946,250 into the bank Mainufer."}}
    for text, empty in (
        ("The account received 1,946,250 euro", False),
        ("Shown by the payment of 3 May 2025", False),
        ("See paragraph 5 of the facts", False),
        ("The customers of Mainufer know it", False),
        ("Kenzhetayev owns it", False),
        ("This is important for the investigation of 2025", True),
    ):
        data = {"kind": "mla", "persons": [SUSPECT], "facts": facts, "assistance": [{"nexus": {"en": text}}]}
        assert bool(found("points_at_case", data, ("assistance", 0, "nexus"))) is empty, text
    data["assistance"][0]["offences"] = ["O1"]
    assert not found("linked", data, ("assistance", 0, "nexus"))


def test_neither_states_nor_common_words_point_at_a_case() -> None:
    facts = {"summary": {"en": "The Investigation in Germany began; the investigation shows a payment to Mainufer."}}
    for text, empty in (
        ("Data from Germany are important for the Investigation", True),
        ("The money went to Mainufer", False),
    ):
        data = {"kind": "mla", "facts": facts, "assistance": [{"nexus": {"en": text}}]}
        data |= {"requesting": {"state": "KZ"}, "requested": {"state": "DE"}}
        assert bool(found("points_at_case", data, ("assistance", 0, "nexus"))) is empty, text


def test_a_person_named_in_any_field_ties_an_item() -> None:
    for item, tied in (({"place": {"owner": "D. Kenzhetayev"}}, True), ({"place": {"owner": "B. Smith"}}, False)):
        data = {"kind": "mla", "persons": [SUSPECT], "assistance": [{"nexus": {"en": "It is important"}, **item}]}
        assert bool(found("linked", data, ("assistance", 0, "nexus"))) is not tied, item


def test_where_a_treaty_has_its_own_rule_of_languages_a_general_fact_says_nothing() -> None:
    def answers(state: str, *cited: str) -> tuple[int, int]:
        basis = [{"instrument": name} for name in cited]
        data = {"kind": "mla", "date": "2026-11-10", "languages": ["ru"], "legal_basis": basis}
        data |= {"requesting": {"state": "KZ"}, "requested": {"state": state}}
        certain = found("letter_accepted", data, ("languages",))
        data["translation"] = {"target": "ru"}
        return len(certain), len(found("target_accepted", data, ("translation", "target")))

    assert answers("DE", "untoc") == (1, 1)
    assert answers("DE", "ets-141") == answers("DE", "cets-198") == answers("DE", "untoc", "ets-141") == (0, 0)
    assert answers("LV", "cets-198")[1] == answers("LV", "ets-030")[1] == 1


def test_dates_of_the_facts() -> None:
    text = {"en": "Born on 14 May 1984, he paid on 1 May 2025, on 2 January 2020 and on 5 May 2027."}
    data = with_text(text, {**SUSPECT, "dob": "1984-05-14"}, date="2026-11-01")
    data["facts"]["period"] = {"from": "2025-03-01", "to": "2025-12-01"}
    path = ("facts", "modus")
    assert [failure.detail for failure in found("no_future_dates", data, path)] == [{"": "2027-05-05"}]
    assert [failure.detail for failure in found("no_dates_before_facts", data, path)] == [{"": "2020-01-02"}]


def test_periods_run_forward() -> None:
    data = {"kind": "mla", "assistance": [{"period": {"from": "2026-02-01", "to": "2026-01-01"}}]}
    assert [failure.path for failure in found("periods_run_forward", data)] == [("assistance", 0, "period")]


def between(a: str, b: str, *cited: str, day: str = "2026-11-10") -> dict[str, Any]:
    basis = [{"instrument": name} for name in cited]
    return {
        "kind": "mla",
        "date": day,
        "requesting": {"state": a},
        "requested": {"state": b},
        "legal_basis": basis,
    }


@pytest.mark.parametrize(
    ("a", "b", "cited", "leading"),
    [
        ("KG", "US", ["untoc"], []),
        ("KZ", "DE", ["uncac", "ets-141"], []),
        ("KZ", "KG", ["untoc"], ["Chisinau"]),
        ("KZ", "TM", ["vienna-1988", "minsk-1993"], ["Minsk"]),
        ("AM", "GE", ["untoc-tip"], ["1959 European Convention", "Minsk"]),
        # Signed, entry into force not seen: it may bind.
        ("KZ", "US", ["uncac"], ["2015"]),
        # No file says anything of the part of one of the two; the letter claims it.
        ("KZ", "FR", ["untoc"], []),
        ("AM", "FR", ["untoc", "ets-030"], ["1959 European Convention"]),
        # Cited although it does not bind: no treaty comes before the convention.
        ("KZ", "DE", ["untoc", "ets-030"], []),
        # A treaty of another subject.
        ("KG", "US", ["untoc", "vienna-1988"], []),
        # Neither convention nor treaty: nothing to say.
        ("AM", "GE", ["cets-198"], []),
        ("KZ", "KZ", ["untoc"], []),
        ("", "KG", ["untoc"], []),
    ],
)
def test_paragraphs_of_a_un_convention_give_way(a: str, b: str, cited: list[str], leading: list[str]) -> None:
    failures = found("un_paragraphs_apply", between(a, b, *cited), ("legal_basis", 0, "instrument"))
    assert bool(failures) is bool(leading)
    for failure in failures:
        assert all(name in failure.detail["en"] for name in leading)
        assert all(failure.detail[lang] for lang in ("ru", "ar"))


def test_they_give_way_on_the_day_of_the_letter() -> None:
    path = ("legal_basis", 0, "instrument")
    assert found("un_paragraphs_apply", between("UA", "KZ", "untoc", day="2017-11-01"), path)
    assert not found("un_paragraphs_apply", between("UA", "BY", "untoc"), path)
    assert found("un_paragraphs_apply", between("UA", "BY", "untoc", day="2022-11-01"), path)
    assert not found("un_paragraphs_apply", between("UA", "BY", "untoc", day=""), path)


OF_EVERY_REQUEST = {**language.PREDICATES, **persons.PREDICATES, **references.PREDICATES}


@pytest.mark.parametrize("name", sorted(OF_EVERY_REQUEST))
@pytest.mark.parametrize("value", [None, 3, "x", [], {}, [None, 1, {}], {"en": 5}, {"id": []}])
def test_malformed_data_raise_nothing(name: str, value: Any) -> None:
    keys = ("persons", "facts", "assistance", "offences", "assets", "orders", "enclosures", "languages", "tip", "date")
    data = {"kind": "mla", **dict.fromkeys(keys, value)}
    for path in (("kind",), ("persons",), ("persons", 0, "names"), ("facts", "summary")):
        found(name, data, path)
