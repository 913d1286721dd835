"""The letters say what they said when somebody last read them; ``make goldens`` after a change that is meant."""

from __future__ import annotations

import importlib.util

import pytest

from casc_mla.core.text import LANGUAGES
from casc_mla.lint.notation import sections, to_docx, to_text
from tests.conftest import ROOT

_spec = importlib.util.spec_from_file_location("make_goldens", ROOT / "tools" / "make_goldens.py")
assert _spec and _spec.loader
make_goldens = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make_goldens)
GOLDEN = ROOT / "tests" / "golden"


@pytest.fixture(scope="module")
def texts():
    return make_goldens.goldens()


def test_every_letter_has_its_golden_and_no_golden_is_left_over(texts):
    assert {path.name for path in GOLDEN.glob("*.txt")} == set(texts)


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.glob("*.txt")))
def test_a_letter_says_what_it_said(texts, name):
    assert texts[name] == (GOLDEN / name).read_text(encoding="utf-8")


TEMPLATES = [path for lang in LANGUAGES for path in sorted((ROOT / "templates" / lang / "source").glob("*.txt"))]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: f"{p.parent.parent.name}/{p.stem}")
def test_the_word_template_and_its_text_say_the_same(path):
    text = path.read_text(encoding="utf-8")
    written = "\n\n".join("\n".join([f"=== {name}", *lines]) for name, lines in sections(text)) + "\n"
    assert to_text((path.parent.parent / f"{path.stem}.docx").read_bytes()) == written
    assert to_text(to_docx(text, path.parent.parent.name, "x")) == written
