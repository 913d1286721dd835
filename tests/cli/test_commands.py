"""The installed command, as a prosecutor or a program runs it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from casc_mla.cli import COMMANDS
from tests.conftest import EXAMPLES, run_command

GOOD = str(EXAMPLES / "mla-kz-de-bank-records.yaml")
TIP = EXAMPLES / "tip-kg-ae-victims.yaml"


def no_trace(process) -> bool:
    return b"Traceback" not in process.stderr + process.stdout


@pytest.mark.parametrize("lang", ["en", "ru", "ar"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_in_every_language(command, lang):
    process = run_command(command, "--help", "--lang", lang)
    text = process.stdout.decode()
    assert process.returncode == 0
    assert f"casc-mla {command}" in text
    script = {"en": "[A-Za-z]{4}", "ru": "[А-я]{4}", "ar": "[\u0600-\u06ff]{3}"}[lang]
    assert len(re.findall(script, text)) > 5
    assert "Show this message" not in text


def test_a_good_request_passes():
    process = run_command("check", GOOD, "--format", "json")
    report = json.loads(process.stdout)
    assert process.returncode == 0
    assert report["summary"]["error"] == 0
    assert report["files"][0]["file"] == GOOD


def test_findings_have_the_documented_shape(tmp_path):
    broken = tmp_path / "request.yaml"
    broken.write_text(Path(GOOD).read_text(encoding="utf-8").replace("reference:", "referense:", 1), encoding="utf-8")
    process = run_command("check", str(broken), "--format", "json")
    report = json.loads(process.stdout)
    assert process.returncode == 1
    for finding in report["files"][0]["findings"]:
        assert set(finding) == {"rule", "severity", "pointer", "line", "column", "message", "remedy", "source"}
    unknown = next(f for f in report["files"][0]["findings"] if f["rule"] == "SCH-UNKNOWN-KEY")
    assert (unknown["pointer"], unknown["line"], unknown["column"]) == ("/referense", 5, 1)
    assert "reference" in unknown["remedy"]


@pytest.mark.parametrize("lang", ["en", "ru", "ar"])
def test_unreadable_input_is_explained_in_the_language_of_the_user(tmp_path, lang):
    inputs = {
        "empty.yaml": b"",
        "binary.yaml": b"a\x00\x01",
        "latin.yaml": b"kind: \xe9",
        "twice.yaml": b"kind: mla\nkind: mla\n",
        "list.json": b"[1]",
    }
    for name, raw in inputs.items():
        (tmp_path / name).write_bytes(raw)
        process = run_command("check", str(tmp_path / name), "--lang", lang)
        assert process.returncode == 2, name
        assert no_trace(process)
    for name in (str(tmp_path), str(tmp_path / "missing.yaml")):
        process = run_command("build", name, "--out", str(tmp_path / "out"), "--lang", lang)
        assert process.returncode == 2
        assert no_trace(process)
        assert not (tmp_path / "out").exists()


def test_standard_input_is_a_file_like_any_other():
    process = run_command("check", "-", "--format", "json", stdin=Path(GOOD).read_bytes())
    assert process.returncode == 0
    assert json.loads(process.stdout)["files"][0]["file"] == "-"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("chek",),
        ("check",),
        ("check", GOOD, "--formt", "json"),
        ("check", GOOD, "--format", "xml"),
        ("build", GOOD),
        ("explain",),
        ("explain", "NO-999"),
        ("build", GOOD, "--out", "x", "--languages", "de"),
    ],
)
def test_wrong_usage_is_answered_in_words_with_exit_code_2(arguments):
    for lang in ("en", "ru", "ar"):
        process = run_command(*arguments, env={"CASC_MLA_LANG": lang})
        assert process.returncode in (0, 2) if not arguments else process.returncode == 2
        assert no_trace(process)


def test_a_letter_is_written_privately_and_atomically(tmp_path):
    out = tmp_path / "letters"
    process = run_command("build", GOOD, "--out", str(out), "--format", "json")
    assert process.returncode == 0, process.stdout.decode() + process.stderr.decode()
    (written,) = json.loads(process.stdout)["written"]
    assert Path(written["file"]).is_file()
    assert sorted(p.suffix for p in out.iterdir()) == [".docx", ".json"]
    if hasattr(Path, "owner"):
        assert Path(written["file"]).stat().st_mode & 0o077 == 0


def test_an_edited_letter_is_never_overwritten(tmp_path):
    assert run_command("build", GOOD, "--out", str(tmp_path)).returncode == 0
    (letter,) = tmp_path.glob("*.docx")
    assert run_command("build", GOOD, "--out", str(tmp_path)).returncode == 0
    letter.write_bytes(letter.read_bytes() + b"edited in Word")
    refused = run_command("build", GOOD, "--out", str(tmp_path))
    assert refused.returncode == 1
    assert b"--force" in refused.stderr
    assert letter.read_bytes().endswith(b"edited in Word")
    assert run_command("build", GOOD, "--out", str(tmp_path), "--force").returncode == 0
    assert not letter.read_bytes().endswith(b"edited in Word")


def test_errors_allow_only_a_marked_draft(tmp_path):
    bad = str(EXAMPLES / "ast-syn-1-ge-am.yaml")
    refused = run_command("build", bad, "--out", str(tmp_path))
    assert refused.returncode == 1
    assert not list(tmp_path.glob("*.docx"))
    drafted = run_command("build", bad, "--out", str(tmp_path), "--draft")
    assert drafted.returncode == 1
    (letter,) = tmp_path.glob("*.docx")
    assert letter.name.endswith(".DRAFT.docx")
    import zipfile

    header = zipfile.ZipFile(letter).read("word/header1.xml").decode()
    assert "DRAFT" in header and "ПРОЕКТ" in header


def test_the_same_request_gives_the_same_bytes(tmp_path):
    for name, seed in (("a", "1"), ("b", "77")):
        env = {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if name == "b" else "UTC"}
        assert run_command("build", GOOD, "--out", str(tmp_path / name), env=env).returncode == 0
    first, second = (next((tmp_path / n).glob("*.docx")).read_bytes() for n in ("a", "b"))
    assert first == second


def test_nothing_is_written_where_writing_is_impossible(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    process = run_command("build", GOOD, "--out", str(blocked / "letters"))
    assert process.returncode == 2
    assert no_trace(process)


def test_a_rule_is_explained_with_source_and_examples():
    for lang in ("en", "ru", "ar"):
        process = run_command("explain", "LNG-008", "--lang", lang, "--format", "json")
        record = json.loads(process.stdout)
        assert process.returncode == 0
        assert record["fails"] and record["passes"] and record["source"]["status"]


def test_the_identity_of_a_protected_person_is_nowhere(tmp_path):
    from casc_mla.load.request import load

    request = load(str(TIP))
    protected = [p for p in request.list_of("persons") if p.get("protected") is True]
    assert protected, "the example must hold a protected person"
    secrets = {
        word
        for person in protected
        for name in person["names"].values()
        if isinstance(name, str)
        for word in name.split()
        if len(word) > 4
    }
    process = run_command("build", str(TIP), "--out", str(tmp_path), "--format", "json")
    assert process.returncode == 0, process.stdout.decode()[:2000]
    import zipfile

    for path in tmp_path.iterdir():
        parts = [path.read_bytes()]
        if path.suffix == ".docx":
            archive = zipfile.ZipFile(path)
            parts += [archive.read(name) for name in archive.namelist()]
        for content in parts:
            text = content.decode("utf-8", "ignore")
            assert not [word for word in secrets if word in text]
    assert not [word for word in secrets if word in (process.stdout + process.stderr).decode()]
