"""UNTOC 18(7) and its like: the detailed paragraphs of a UN convention give way to a treaty on mutual assistance."""

from __future__ import annotations

import copy

import pytest

from casc_mla.check.checklist import check_rules
from casc_mla.load.request import Request, load
from casc_mla.load.source import Source
from tests.conftest import EXAMPLES

MLA = load(str(EXAMPLES / "mla-kz-de-bank-records.yaml"))


def errors(requested: str, instrument: str) -> set[str]:
    """Return the errors of a letter from Kazakhstan that does not say what its authority does, nor what the evidence is for."""
    tree = copy.deepcopy(MLA.data)
    tree["requested"]["state"] = requested
    tree["legal_basis"] = [{"instrument": instrument, "articles": ["18"]}]
    tree["requesting"]["competent_authority"].pop("function", None)
    tree["assistance"][0].pop("purpose")
    found = check_rules(Request(Source("x", tree, {}), tree))
    return {f.rule for f in found if str(f.severity) == "error"}


#: The same rules tell of them whichever of the conventions is cited.
DEMANDS = {"GEN-001a", "GEN-010"}
CONVENTIONS = ("untoc", "uncac", "vienna-1988")


@pytest.mark.parametrize("instrument", CONVENTIONS)
def test_where_no_treaty_binds_the_pair_the_convention_demands_its_list(instrument):
    assert errors("DE", instrument) >= DEMANDS


@pytest.mark.parametrize("instrument", CONVENTIONS)
@pytest.mark.parametrize("requested", ["KG", "RU", "TJ", "UZ"])
def test_where_minsk_or_chisinau_binds_the_pair_the_list_is_no_error(instrument, requested):
    assert not DEMANDS & errors(requested, instrument)
