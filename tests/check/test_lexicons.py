"""The phrase lists: what must be found, and harmless sentences of a request that must not be."""

from __future__ import annotations

import pytest

from casc_mla.check.validator import phrase_in
from casc_mla.core.data import require
from casc_mla.core.records import read_records
from tests.conftest import CASES

PHRASES = read_records(CASES / "phrases.yaml")


@pytest.mark.parametrize(("name", "lang"), [(name, lang) for name in PHRASES for lang in PHRASES[name]])
def test_phrases_are_found_and_harmless_sentences_are_not(name, lang):
    sentences = PHRASES[name][lang]
    assert [text for text in sentences.get("found", ()) if not phrase_in(name, {lang: text})] == []
    assert [text for text in sentences.get("harmless", ()) if phrase_in(name, {lang: text})] == []


def test_every_list_has_sentences_in_every_language():
    lists = read_records(require("checklists/_lexicons.yaml"))
    wanted = [(name, lang) for name, versions in lists.items() for lang in versions]
    lacking = [
        (name, lang, kind)
        for name, lang in wanted
        for kind in ("found", "harmless")
        if not PHRASES.get(name, {}).get(lang, {}).get(kind)
    ]
    assert lacking == []
    assert sorted(set(PHRASES) - set(lists)) == []
