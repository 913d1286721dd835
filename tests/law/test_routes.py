"""What binds two States: statements that a lawyer can read, and an answer for every pair."""

from __future__ import annotations

import itertools
import json

import pytest

from casc_mla.core import data
from casc_mla.law.comparison import MATRIX, country_codes, matrix_record
from casc_mla.law.facts import Subject
from casc_mla.law.parties import Bound, membership
from casc_mla.law.routes import asset_routes, instruments_between, standing
from casc_mla.law.way import find_way, way_record
from tests.conftest import run_command

TODAY = "2026-11-23"
KINDS = ("mla", "tip", "confiscation", "transfer", "spontaneous", "consultation")
CASC = ("AM", "AZ", "GE", "KZ", "KG", "TJ", "TM", "UZ")
PARTNERS = ("DE", "LV", "OM", "PH", "QA", "TR", "US", "RU", "AE", "TH", "UA", "BY")


def between(name: str, a: str, b: str, on: str = TODAY):
    """Return how an instrument stands between two States, the same from both sides."""
    there, back = standing(name, (a, b), on), standing(name, (b, a), on)
    assert there and back
    assert there.verdict == back.verdict
    return there


# Armenia and Azerbaijan


def test_azerbaijan_does_not_apply_the_convention_against_corruption_to_armenia():
    found = between("uncac", "AM", "AZ")
    assert (found.verdict, found.reason, found.certain) == ("does_not", "against", True)
    assert found.sources[0]["status"] == "verified"
    assert between("uncac", "AM", "KZ").verdict == "binds"
    assert between("uncac", "AZ", "KZ").verdict == "binds"


OPEN_BETWEEN_THE_TWO = (
    "untoc",
    "untoc-tip",
    "untoc-som",
    "vienna-1988",
    "chisinau-2002",
    "minsk-1993",
    "ets-030",
    "ets-099",
    "ets-185",
    "cets-198",
    "ets-141",
)


@pytest.mark.parametrize("name", OPEN_BETWEEN_THE_TWO)
def test_whether_a_treaty_is_applied_between_armenia_and_azerbaijan_is_said_as_open(name):
    found = between(name, "AM", "AZ")
    assert (found.verdict, found.reason) == ("unknown", "open")
    assert "consult before citing" in found.why["en"]
    assert all(found.why.get(lang) for lang in ("ru", "ar"))
    assert found.sources
    assert between(name, "AZ", "GE").reason != "open"


@pytest.mark.parametrize(("a", "b"), [("AM", "AZ"), ("AZ", "AM")])
@pytest.mark.parametrize("kind", KINDS)
def test_no_treaty_is_offered_as_simply_binding_between_armenia_and_azerbaijan(a, b, kind):
    record = way_record(find_way(a, b, kind, "investigation", TODAY), "en")
    assert record["cite"] == []
    assert "untoc" in [one["instrument"] for one in record["check_before_citing"]]
    assert "uncac" in [one["instrument"] for one in record["do_not_cite"]]


def test_the_declaration_of_azerbaijan_is_not_read_into_the_palermo_convention():
    found = between("untoc", "AM", "AZ")
    assert "do not exclude relations with Armenia" in found.why["en"]
    assert "Both are Parties" in found.why["en"]
    for state in ("AM", "AZ"):
        for other in (*(one for one in CASC if one not in ("AM", "AZ")), *PARTNERS):
            assert between("untoc", state, other).verdict == "binds"


# Minsk and Chisinau


@pytest.mark.parametrize("pair", [("AM", "KZ"), ("KZ", "KG"), ("KG", "UZ"), ("AM", "UZ"), ("KZ", "UZ"), ("KZ", "BY")])
def test_between_parties_of_chisinau_minsk_and_its_protocol_are_not_cited(pair):
    assert between("chisinau-2002", *pair).verdict == "binds"
    assert between("minsk-1993", *pair).reason == "displaced"
    assert between("minsk-protocol-1997", *pair).verdict == "does_not"


@pytest.mark.parametrize("pair", [("KZ", "RU"), ("KZ", "TM"), ("GE", "KZ"), ("GE", "AM"), ("TM", "UZ"), ("AZ", "TM")])
def test_with_georgia_turkmenistan_and_russia_minsk_goes_on_and_chisinau_is_not_cited(pair):
    assert between("minsk-1993", *pair).verdict == "binds"
    assert between("chisinau-2002", *pair).verdict == "does_not"


def test_kyrgyzstan_deposited_its_ratification_of_chisinau_in_september_2004():
    assert between("minsk-1993", "KZ", "KG", "2004-08-01").verdict == "binds"
    assert between("minsk-1993", "KZ", "KG", "2004-12-01").reason == "displaced"


@pytest.mark.parametrize("other", CASC)
def test_turkmenistan_and_georgia_are_not_bound_by_the_protocol_of_1997(other):
    for state in ("TM", "GE"):
        if state != other:
            assert between("minsk-protocol-1997", state, other).verdict == "does_not"


@pytest.mark.parametrize("other", CASC)
def test_ukraine_left_minsk_on_29_december_2023(other):
    assert between("minsk-1993", "UA", other, "2023-12-28").verdict == "binds"
    after = between("minsk-1993", "UA", other, "2023-12-30")
    assert (after.verdict, after.reason) == ("does_not", "ended")
    assert between("chisinau-2002", "UA", other).verdict == "does_not"


# The Council of Europe


@pytest.mark.parametrize("pair", list(itertools.combinations(("AM", "AZ", "GE", "DE", "LV", "TR", "RU", "UA"), 2)))
def test_the_european_convention_of_1959_binds_its_parties(pair):
    assert between("ets-030", *pair).verdict == ("unknown" if pair == ("AM", "AZ") else "binds")


@pytest.mark.parametrize("state", ["KZ", "KG", "TJ", "TM", "UZ"])
def test_no_state_of_central_asia_is_bound_by_the_european_convention(state):
    assert between("ets-030", state, "DE").verdict == "does_not"
    assert between("cets-198", state, "DE").verdict == "does_not"


@pytest.mark.parametrize("other", ["TR", "LV", "DE", "RU", "UA", "AM", "AZ", "GE"])
def test_kazakhstan_cites_the_strasbourg_convention_of_1990_on_confiscation(other):
    assert between("ets-141", "KZ", other).verdict == "binds"
    cited = [found.id for found in instruments_between("KZ", other, "confiscation", TODAY)["binds"]]
    assert "ets-141" in cited
    assert "cets-198" not in cited


def test_between_parties_of_both_the_warsaw_convention_takes_the_place_of_that_of_1990():
    assert between("cets-198", "AM", "GE").verdict == "binds"
    assert between("ets-141", "AM", "GE").reason == "displaced"


def test_azerbaijan_has_only_signed_the_second_protocol():
    assert between("ets-182", "AZ", "GE").reason == "signed"


def test_whether_the_budapest_convention_binds_kazakhstan_is_said_as_unknown():
    assert between("ets-185", "KZ", "DE").verdict == "unknown"


# The Gulf


@pytest.mark.parametrize("gulf", ["AE", "QA", "OM"])
def test_riyadh_is_for_arab_states_among_themselves(gulf):
    for state in CASC:
        assert between("riyadh-1983", state, gulf).verdict == "does_not"
    assert between("riyadh-1983", *[state for state in ("AE", "QA", "OM") if state != gulf]).verdict == "binds"


@pytest.mark.parametrize("state", ["AM", "AZ", "KZ", "KG", "TJ", "TM", "UZ"])
def test_the_emirates_have_a_treaty_with_seven_states_of_casc(state):
    way = find_way(state, "AE", "mla", "investigation", TODAY)
    said = [fact["text"]["en"] for fact in way.bilateral if fact["id"].startswith("AE-")]
    named = [way.instruments["binds"], way.instruments["unknown"]]
    assert [found for listed in named for found in listed if found.record.get("family") == "bilateral"]
    assert said
    assert not any("No bilateral treaty" in text for text in said)


def test_with_georgia_no_treaty_of_the_emirates_is_known():
    way = find_way("GE", "AE", "mla", "investigation", TODAY)
    assert any("No bilateral treaty with Georgia" in fact["text"]["en"] for fact in way.bilateral)
    assert not [found for found in way.instruments["binds"] if found.record.get("family") == "bilateral"]


@pytest.mark.parametrize("state", ["QA", "AE", "TH", "UZ"])
def test_the_smuggling_protocol_is_not_cited_with_states_that_are_not_parties(state):
    assert between("untoc-som", "KZ", state).verdict == "does_not"


# The United Nations


@pytest.mark.parametrize("name", ["untoc", "untoc-tip", "vienna-1988"])
def test_palermo_its_trafficking_protocol_and_vienna_bind_every_pair(name):
    for a, b in itertools.combinations((*CASC, *PARTNERS), 2):
        assert between(name, a, b).verdict == ("unknown" if (a, b) == ("AM", "AZ") else "binds")


@pytest.mark.parametrize(
    ("a", "b", "leading"),
    [("KZ", "KG", "Chisinau Convention"), ("KZ", "TM", "Minsk Convention"), ("GE", "DE", "1959 European Convention")],
)
def test_the_details_of_palermo_yield_to_a_treaty_of_legal_assistance(a, b, leading):
    record = way_record(find_way(a, b, "mla", "investigation", TODAY), "en")
    (palermo,) = [one for one in record["cite"] if one["instrument"] == "untoc"]
    assert leading in palermo["note"]
    assert "18(7)" in palermo["note"]


@pytest.mark.parametrize(("kind", "gives_way"), [("mla", True), ("transfer", False), ("spontaneous", False)])
def test_palermo_gives_way_in_what_it_says_of_requests_and_not_in_the_rest(kind, gives_way):
    way = way_record(find_way("KZ", "TR", kind, "investigation", TODAY), "en")
    (palermo,) = [one for one in way["cite"] if one["instrument"] == "untoc"]
    assert ("note" in palermo) is gives_way


def test_where_no_such_treaty_binds_the_pair_palermo_stands_alone():
    record = way_record(find_way("KG", "US", "mla", "investigation", TODAY), "en")
    (palermo,) = [one for one in record["cite"] if one["instrument"] == "untoc"]
    assert "note" not in palermo


def test_a_treaty_between_two_states_leads_and_one_not_known_to_be_in_force_is_checked_first():
    emirates = way_record(find_way("KZ", "AE", "mla", "investigation", TODAY), "en")
    assert emirates["cite"][0]["instrument"] == "bilateral-ae-kz-2009"
    qatar = way_record(find_way("KZ", "QA", "mla", "investigation", TODAY), "en")
    assert "bilateral-kz-qa-2024" in [one["instrument"] for one in qatar["check_before_citing"]]
    others = find_way("AM", "DE", "mla", "investigation", TODAY).instruments
    assert not [one.id for listed in others.values() for one in listed if one.record["family"] == "bilateral"]


def test_before_a_convention_is_in_force_it_binds_nobody():
    assert between("untoc", "DE", "LV", "2003-01-01").reason == "not_yet"


# Addressee, language, routes to property


def test_in_kazakhstan_the_stage_decides_on_the_addressee():
    investigation = find_way("UZ", "KZ", "mla", "investigation", TODAY).addressees[0]
    trial = find_way("UZ", "KZ", "mla", "trial", TODAY).addressees[0]
    assert "Prosecutor General" in investigation["value"]["name"]["en"]
    assert "Supreme Court" in trial["value"]["name"]["en"]


def test_who_only_executes_is_no_addressee():
    qatar = way_record(find_way("KZ", "QA", "confiscation", "enforcement", TODAY), "en")
    assert [one["name"] for one in qatar["addressee"]] == ["Attorney General, Public Prosecution of the State of Qatar"]
    assert ["court" in one["name"] for one in qatar["executes"]] == [True]


def test_georgia_gives_effect_to_a_foreign_order_and_is_asked_about_its_own():
    routes = {route.name: route for route in asset_routes("GE", Subject(kind="confiscation", on=TODAY))}
    assert routes["foreign_order"].open == "yes"
    assert routes["domestic_order"].open == "unknown"
    assert routes["ask_first"].open == "yes"


def test_what_is_unknown_becomes_a_question():
    record = way_record(find_way("GE", "AM", "confiscation", "enforcement", TODAY), "ru")
    asked = {fact["topic"] for fact in record["ask_first"]}
    assert "ar_conviction" in asked
    assert all(fact["question"] for fact in record["ask_first"])


# Every pair


def test_every_pair_and_kind_has_an_answer():
    known = country_codes()
    assert len(known) >= 8
    for a, b in itertools.permutations(known, 2):
        for kind in KINDS:
            record = way_record(find_way(a, b, kind, "investigation", TODAY), "en")
            assert record["reciprocity"] or any(one["role"] == "basis" for one in record["cite"]), (a, b, kind)
            for one in record["cite"]:
                file = standing(one["instrument"], (a, b), TODAY)
                assert file and all(membership(file.record, state, TODAY).bound is Bound.YES for state in (a, b))
                assert one["why"] and one["sources"], one
            for one in (*record["do_not_cite"], *record["check_before_citing"]):
                assert one["why"], one


@pytest.mark.parametrize("lang", ["en", "ru", "ar"])
def test_the_matrix_answers_every_question_for_every_state(lang):
    matrix = matrix_record(country_codes(), lang)
    assert [row["row"] for row in matrix["rows"]] == list(MATRIX)
    for row in matrix["rows"]:
        assert row["question"]
        for cell in row["cells"].values():
            assert cell["answer"] in ("yes", "no", "conditional", "unknown")
            assert all(fact["source"] and fact["status"] for fact in cell["facts"])


def test_a_state_may_come_with_one_file_and_name_its_treaties_there(tmp_path):
    folder = tmp_path / "checklists" / "countries"
    folder.mkdir(parents=True)
    (folder / "zz.yaml").write_text(
        "id: ZZ\n"
        "names: {en: {short: Zedland, full: Zedland, genitive: Zedland}}\n"
        "facts:\n"
        "- {id: ZZ-F-treaties-1, topic: treaty_status, side: both, value: {untoc: 2010-01-01, uncac: not_party}, text: {en: Party to UNTOC.},\n"
        "   source: {document: Gazette, checked_on: 2026-11-23, status: secondary}}\n",
        encoding="utf-8",
    )
    data.use(tmp_path)
    try:
        assert between("untoc", "KZ", "ZZ").verdict == "binds"
        assert between("untoc", "KZ", "ZZ", "2009-01-01").reason == "not_yet"
        assert between("uncac", "KZ", "ZZ").verdict == "does_not"
        assert between("minsk-1993", "KZ", "ZZ").verdict == "unknown"
    finally:
        data.use(None)


# The commands


def test_route_reads_a_request_and_speaks_to_programs():
    process = run_command("route", "examples/confiscation-kz-qa-villa.yaml", "--format", "json")
    record = json.loads(process.stdout)
    assert process.returncode == 0
    assert (record["from"], record["to"], record["kind"], record["stage"]) == (
        "KZ",
        "QA",
        "confiscation",
        "enforcement",
    )
    assert [route["route"] for route in record["asset_routes"]][-1] == "ask_first"


@pytest.mark.parametrize("lang", ["en", "ru", "ar"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("route", "--from", "KZ", "--to", "TR", "--kind", "confiscation", "--stage", "enforcement", "--on", TODAY),
        ("route", "--from", "kz", "--to", "fr"),
        ("countries", "list"),
        ("countries", "show", "GE"),
        ("countries", "compare", "kz", "ae", "de"),
    ],
)
def test_the_answers_are_printed_in_every_language(arguments, lang):
    process = run_command(*arguments, "--lang", lang)
    assert process.returncode == 0
    assert len(process.stdout.decode()) > 200
    assert b"Traceback" not in process.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("route",),
        ("route", "--from", "KZ"),
        ("route", "--from", "KZ", "--to", "ZZ"),
        ("route", "--from", "KZ", "--to", "KZ"),
        ("route", "--from", "KZ", "--to", "TR", "--on", "tomorrow"),
        ("route", "--from", "KZ", "--to", "TR", "--kind", "extradition"),
        ("route", "missing.yaml"),
        ("countries",),
        ("countries", "show"),
        ("countries", "show", "ZZ"),
        ("countries", "compare", "KZ"),
        ("countries", "list", "KZ"),
    ],
)
def test_wrong_usage_is_explained(arguments):
    process = run_command(*arguments)
    assert process.returncode == 2
    assert b"Traceback" not in process.stderr
    assert "→" in process.stderr.decode()
