"""The sealed annex: the only place where a protected person is named."""

from __future__ import annotations

from casc_mla.load.request import load
from casc_mla.render.letter import build_annex, build_letter
from casc_mla.render.ooxml import read_parts
from tests.conftest import EXAMPLES, run_command

TIP = load(str(EXAMPLES / "tip-kg-ae-victims.yaml"))
LANGUAGES = tuple(TIP.languages)


def text_of(content: bytes) -> str:
    return "\n".join(part.decode("utf-8") for part in read_parts(content).values())


def test_the_annex_names_each_protected_person_and_nobody_else():
    annex = build_annex(TIP, LANGUAGES)
    assert annex is not None
    assert annex.findings == []
    text = text_of(annex.content)
    for person in TIP.list_of("persons"):
        named = any(isinstance(name, str) and name in text for name in person.get("names", {}).values())
        assert named == (person.get("protected") is True), person["id"]


def test_the_letter_beside_it_names_none_of_them():
    text = text_of(build_letter(TIP, LANGUAGES, "columns").content)
    for person in TIP.list_of("persons"):
        if person.get("protected") is True:
            assert not [n for n in person["names"].values() if isinstance(n, str) and n in text]


def test_a_request_without_protected_persons_has_no_annex():
    assert build_annex(load(str(EXAMPLES / "mla-kz-de-bank-records.yaml")), ("ru", "en")) is None


def test_the_annex_is_written_only_where_it_was_asked_for(tmp_path):
    sealed = tmp_path / "sealed"
    source = str(EXAMPLES / "tip-kg-ae-victims.yaml")
    assert run_command("build", source, "--out", str(tmp_path / "a")).returncode == 0
    assert not sealed.exists()
    process = run_command("build", source, "--out", str(tmp_path / "b"), "--sealed-annex", str(sealed))
    assert process.returncode == 0
    (annex,) = sealed.iterdir()
    assert annex.name.endswith(".annex-K.docx")
    assert len(list((tmp_path / "b").glob("*.docx"))) == 1
