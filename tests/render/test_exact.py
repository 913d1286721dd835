"""Nothing changes between request and letter: 20,000 random values in twenty scripts, read by an oracle of its own.

The oracle shares no code with the read-back of the tool: python-docx reads two letters, one of tokens and one of values,
and the second must be the first with every token replaced by its value.
"""

from __future__ import annotations

import json
import random

import pytest
import yaml

from casc_mla.check.predicates.texts import all_strings
from casc_mla.load.request import Request, from_source
from casc_mla.load.source import parse
from casc_mla.render import typeset
from casc_mla.render.embedded import extract
from casc_mla.render.letter import build_letter
from tests.generator import ALPHABETS, LANGUAGES, TOKEN, Maker, all_forms
from tests.reader import printed

KINDS = ("mla", "tip", "confiscation", "spontaneous", "consultation", "transfer")
LAYOUTS = [
    (("en", "ru", "ar"), "columns"),
    (("ar", "ru"), "columns"),
    (("ru", "en"), "columns"),
    (("ar",), "single"),
    (("ru",), "single"),
    (("en", "ar"), "sequential"),
]
#: What templates/sections.yaml keeps from the addressee; everything else must be printed.
UNTOLD = (
    "channel",
    "package",
    "translation",
    "persons.protection_reason",
    "persons.residence",
    "enclosures.certified_by",
)
UNTOLD += ("spontaneous.basis", "consultation.questions.topic")


def read(tree: dict, notation: str) -> Request:
    """Return a request as the command reads it from a file."""
    if notation == "yaml":
        text = yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)
    else:
        text = json.dumps(tree, ensure_ascii=notation == "escaped", indent=1)
    request = from_source(parse(f"request.{notation}", text.encode()))
    # The types of the schema, and not a character lost on the way in.
    assert json.dumps(request.data) == json.dumps(tree)
    return request


def public(tree: dict) -> dict:
    """Return what may be told of a request, written once more on its own: of a protected person hardly anything."""
    shown = ("protected", "id", "pseudonym", "child", "role", "language", "kind", "sex")
    people = [{k: v for k, v in p.items() if k in shown} if p.get("protected") else p for p in tree["persons"]]
    for person in people:
        if person.get("protected"):
            person.setdefault("pseudonym", person["id"])
    return {**tree, "persons": people}


@pytest.mark.slow
def test_no_value_changes_between_request_and_letter(monkeypatch):
    # Firm spaces depend on what stands beside a value; tests/render/test_glue.py proves that they change nothing else.
    monkeypatch.setattr(typeset, "glue", lambda text, _lang: text)
    rng = random.Random(20261126)
    forms = all_forms()
    values = shown = letters = 0
    while shown < 20_000:
        maker = Maker(rng)
        kind = KINDS[letters % len(KINDS)]
        languages, layout = LAYOUTS[(letters + letters // len(KINDS)) % len(LAYOUTS)]
        tokens = maker.request(kind, rng.sample(forms, 3))
        tree = maker.with_values(tokens)
        request = read(tree, ("json", "yaml", "escaped")[letters % 3])
        before = build_letter(read(tokens, "json"), languages, layout)
        after = build_letter(request, languages, layout)
        assert [f.pointer for f in before.findings + after.findings] == []
        expected = [TOKEN.sub(lambda m, p=maker.printed: p[int(m[1])], line) for line in printed(before.content)]
        assert printed(after.content) == expected
        given, whole = extract(after.content)
        assert whole and json.dumps(given) == json.dumps(public(tree))
        found = {int(n) for line in printed(before.content) for n in TOKEN.findall(line)}
        values += len(maker.written)
        shown += len(found)
        letters += 1
    print(
        f"\n{values} values in {len(ALPHABETS)} alphabets, {shown} of them printed, in {letters} letters of {LANGUAGES}"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_that_the_addressee_may_know_is_printed(kind):
    maker = Maker(random.Random(kind))
    tokens = maker.request(kind, random.Random(kind).sample(all_forms(), 3))
    letter = build_letter(read(tokens, "json"), LANGUAGES, "columns")
    assert [f.pointer for f in letter.findings] == []
    found = {int(n) for line in printed(letter.content) for n in TOKEN.findall(line)}
    lost = {
        ".".join(part for part in path if isinstance(part, str))
        for path, text in all_strings(tokens)
        if not {int(n) for n in TOKEN.findall(text)} <= found
    }
    assert {path for path in lost if not path.startswith(UNTOLD)} == set()
