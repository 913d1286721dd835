"""Many letters in one run: a whole folder, several processes, and no failure that stops the others."""

from __future__ import annotations

import json
import shutil
from concurrent.futures.process import BrokenProcessPool

import pytest

from casc_mla.load.files import request_files
from casc_mla.load.source import UnreadableError
from casc_mla.render import batch
from casc_mla.render.batch import Order, run
from tests.conftest import EXAMPLES, run_command

GOOD = ("mla-kz-de-bank-records.yaml", "tip-kg-ae-victims.yaml", "confiscation-kz-qa-villa.yaml")


@pytest.fixture
def folder(tmp_path):
    """A folder with three good requests, one with errors, one that is no request, and things to pass over."""
    requests = tmp_path / "requests"
    (requests / "spring").mkdir(parents=True)
    (requests / ".git").mkdir()
    for name in GOOD:
        shutil.copy(EXAMPLES / name, requests / "spring" / name)
    shutil.copy(EXAMPLES / "bad-syn-1.yaml", requests / "bad.yaml")
    (requests / "broken.yaml").write_text("kind: mla\n\tx: 1\n", encoding="utf-8")
    (requests / "notes.txt").write_text("no request", encoding="utf-8")
    (requests / ".git" / "config.yaml").write_text("a: b", encoding="utf-8")
    (requests / "casc-mla-builds.json").write_text("{}", encoding="utf-8")
    return requests


def test_a_folder_stands_for_the_requests_in_it(folder):
    found = [name.removeprefix(str(folder)) for name in request_files([str(folder)])]
    assert len(found) == 5
    assert not [name for name in found if "builds" in name or ".git" in name or name.endswith(".txt")]
    twice = request_files([str(folder / "bad.yaml"), str(folder)])
    assert len(twice) == 5


def test_a_folder_without_requests_is_said(tmp_path):
    with pytest.raises(UnreadableError):
        request_files([str(tmp_path)])
    process = run_command("build", str(tmp_path), "--out", str(tmp_path / "out"))
    assert process.returncode == 2
    assert b"no request file" in process.stderr
    assert run_command("check", str(tmp_path)).returncode == 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_one_bad_file_does_not_stop_the_others(folder, tmp_path, jobs):
    out = tmp_path / "letters"
    process = run_command("build", str(folder), "--out", str(out), "--jobs", jobs, "--format", "json")
    assert process.returncode == 2  # one of the files cannot be read
    report = json.loads(process.stdout)
    assert len(report["written"]) == len(list(out.glob("*.docx"))) == 3
    assert [entry["request"].rsplit("/", 1)[-1] for entry in report["refused"]] == ["bad.yaml"]
    assert [file["file"].rsplit("/", 1)[-1] for file in report["files"]][:2] == ["bad.yaml", "broken.yaml"]
    record = json.loads((out / "casc-mla-builds.json").read_text(encoding="utf-8"))
    assert set(record) == {path.name for path in out.glob("*.docx")}


@pytest.mark.parametrize("lang", ["en", "ru", "ar"])
def test_the_table_says_what_became_of_each(folder, tmp_path, lang):
    process = run_command("build", str(folder), "--out", str(tmp_path / "out"), "--lang", lang)
    text = process.stdout.decode()
    for name in (*GOOD, "bad.yaml", "broken.yaml"):
        assert name[:10] in text
    assert "5" in text and "3" in text
    assert b"Traceback" not in process.stdout + process.stderr


def test_several_processes_write_the_same_bytes(folder, tmp_path):
    for jobs in ("1", "3"):
        run_command("build", str(folder), "--out", str(tmp_path / jobs), "--jobs", jobs)
    ones = {path.name: path.read_bytes() for path in (tmp_path / "1").glob("*.docx")}
    assert ones == {path.name: path.read_bytes() for path in (tmp_path / "3").glob("*.docx")}
    assert len(ones) == 3


def test_two_requests_with_one_reference_do_not_overwrite_each_other(tmp_path):
    for name in ("one.yaml", "two.yaml"):
        shutil.copy(EXAMPLES / GOOD[0], tmp_path / name)
    first, second = run([str(tmp_path / "one.yaml"), str(tmp_path / "two.yaml")], Order(tmp_path / "out"))
    assert first.built and not second.built
    assert second.problem and "one.yaml" in second.problem.text["en"]
    assert second.exit_code == 1


def test_own_data_reach_every_process(folder, tmp_path):
    # A data folder whose general checklist is empty: no general rule can fire in any process.
    own = tmp_path / "data" / "checklists"
    own.mkdir(parents=True)
    (own / "general.yaml").write_text("rules: []\n", encoding="utf-8")
    names = [str(folder / "bad.yaml")] * 1 + [str(EXAMPLES / "ast-syn-1-ge-am.yaml")]
    found = []
    for extra in ((), ("--data-dir", str(tmp_path / "data"))):
        process = run_command("build", *names, "--out", str(tmp_path / "o"), "--jobs", "2", "--format", "json", *extra)
        found.append(sum(len(file["findings"]) for file in json.loads(process.stdout)["files"]))
    assert found[1] < found[0]


def test_a_process_that_is_ended_loses_only_what_it_had_not_finished(folder, tmp_path, monkeypatch):
    class Ended:
        def __init__(self, *_arguments):
            pass

        def map(self, function, files, orders):
            for number, (name, order) in enumerate(zip(files, orders, strict=False)):
                if number == 2:
                    raise BrokenProcessPool
                yield function(name, order)

        def shutdown(self, **_how):
            pass

    monkeypatch.setattr(batch, "ProcessPoolExecutor", Ended)
    names = [str(folder / "spring" / name) for name in GOOD]
    outcomes = list(run(names, Order(tmp_path / "out"), jobs=2))
    assert [bool(outcome.built) for outcome in outcomes] == [True, True, False]
    assert outcomes[2].problem and outcomes[2].exit_code == 3


def test_a_defect_at_one_file_is_said_and_the_others_are_built(folder, tmp_path, monkeypatch):
    whole = batch.prepare

    def failing(request, *arguments, **options):
        if request.kind == "tip":
            raise RuntimeError
        return whole(request, *arguments, **options)

    monkeypatch.setattr(batch, "prepare", failing)
    names = [str(folder / "spring" / name) for name in GOOD]
    outcomes = list(run(names, Order(tmp_path / "out"), jobs=1))
    assert [bool(outcome.built) for outcome in outcomes] == [True, False, True]
    assert outcomes[1].exit_code == 3


def test_sealed_annexes_of_a_whole_folder(folder, tmp_path):
    process = run_command(
        "build", str(folder), "--out", str(tmp_path / "o"), "--sealed-annex", str(tmp_path / "s"), "--format", "json"
    )
    written = json.loads(process.stdout)["written"]
    sealed = [entry["sealed_annex"] for entry in written if entry["sealed_annex"]]
    assert len(sealed) == 1 == len(list((tmp_path / "s").iterdir()))
