"""Every kind, every pair of languages in both orders, every layout, every form: released, and valid Open XML."""

from __future__ import annotations

import itertools
import random

import pytest
from openxml_audit import OpenXmlValidator

from casc_mla.render import contract
from casc_mla.render.letter import build_letter
from tests.generator import LANGUAGES, Maker, all_forms
from tests.render.test_exact import KINDS, read

PAIRS = list(itertools.permutations(LANGUAGES, 2))
CHOICES = [
    *((pair, layout) for pair in PAIRS for layout in ("columns", "sequential")),
    *(((lang,), "single") for lang in LANGUAGES),
    (tuple(LANGUAGES), "columns"),
    (tuple(LANGUAGES), "sequential"),
]
#: Kinds whose letters ask for assistance.
ASKING = [kind for kind in KINDS if "assistance[]" in {section.name for section in contract.sections(kind)}]


def asked(number: int) -> list[str]:
    """Return the forms of one letter; taken in turn, so that all letters of a kind together ask for all of them."""
    forms = all_forms()
    share = -(-len(forms) // len(CHOICES))
    return [forms[(number * share + i) % len(forms)] for i in range(share)]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_pair_and_layout_of_a_kind_with_every_form(kind, tmp_path):
    rng = random.Random(kind)
    validator = OpenXmlValidator()
    covered = set()
    for number, (languages, layout) in enumerate(CHOICES):
        forms = asked(number) if kind in ASKING else []
        covered.update(forms)
        letter = build_letter(read(Maker(rng).request(kind, forms), "json"), languages, layout)
        assert letter.findings == [], (languages, layout, forms)
        path = tmp_path / f"{number}.docx"
        path.write_bytes(letter.content)
        assert [str(error) for error in validator.validate(path).errors] == [], (languages, layout, forms)
    assert not covered or covered == set(all_forms())
    assert bool(covered) == (kind in ASKING)
