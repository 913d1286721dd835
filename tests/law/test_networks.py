"""Whom to ask informally: through which network, and never through one that is made for something else."""

from __future__ import annotations

import json

import pytest

from casc_mla.core import data
from casc_mla.law.countries import country_file
from casc_mla.law.networks import names_of, networks, networks_between
from tests.conftest import EXAMPLES, run_command


def test_every_network_of_a_state_is_described():
    for stem in data.listing("checklists/countries", "*.yaml"):
        assert set((country_file(stem.upper()) or {}).get("networks") or ()) <= set(networks()), stem


def test_what_works_with_a_network_is_described_too():
    for record in networks().values():
        assert set(record["works_with"]) <= set(networks())


@pytest.mark.parametrize(
    ("pair", "concerns", "first"),
    [
        (("KZ", "RU"), ("general",), None),  # CARICC is for drugs
        (("KZ", "RU"), ("drugs", "general"), ("CARICC",)),
        (("KZ", "KG"), ("general",), ("CASC",)),
        (("KZ", "DE"), ("general",), ("CASC", "EJN")),
        (("KZ", "DE"), ("assets", "general"), ("CARIN",)),
        (("UZ", "DE"), ("assets", "general"), ("ARIN-WCA", "CARIN")),
        (("KG", "PH"), ("general",), ("CASC", "SEAJust")),
        (("KZ", "QA"), ("general",), None),
    ],
)
def test_the_way_that_fits(pair, concerns, first):
    ways = networks_between(*pair, concerns)
    assert (ways[0] if ways else None) == first
    assert all(names_of(ways)[lang] for lang in ("en", "ru", "ar")) == bool(ways)


def test_a_trafficking_case_is_not_sent_to_the_network_for_drugs(tmp_path):
    text = (EXAMPLES / "tip-syn-1-kg-kz.yaml").read_text(encoding="utf-8")
    request = tmp_path / "request.yaml"
    request.write_text(text, encoding="utf-8")
    process = run_command("consult", str(request), "--out", str(tmp_path / "out"), "--format", "json")
    assert process.returncode == 0, process.stderr.decode()
    assert json.loads(process.stdout)["networks"] == [["CASC"]]


def test_a_network_that_nobody_described_is_refused(tmp_path):
    folder = tmp_path / "checklists" / "countries"
    folder.mkdir(parents=True)
    shipped = data.require("checklists/countries/kg.yaml").read_text(encoding="utf-8")
    (folder / "kg.yaml").write_text(shipped.replace("networks: [CASC,", "networks: [CASK,", 1), encoding="utf-8")
    process = run_command(
        "checklist", "check", "--data-dir", str(tmp_path), str(folder / "kg.yaml"), "--format", "json"
    )
    assert process.returncode == 1
    found = [f for file in json.loads(process.stdout)["files"] for f in file["findings"]]
    assert [f["rule"] for f in found if f["severity"] == "error"] == ["DATA-NETWORK"]
