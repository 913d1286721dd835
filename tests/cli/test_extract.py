"""The letter carries its request, without what is protected, and says when somebody changed it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from casc_mla.check.schema import check_schema
from casc_mla.load.request import load
from casc_mla.render.context import public
from tests.conftest import EXAMPLES, run_command


@pytest.mark.parametrize("name", ["mla-kz-de-bank-records", "tip-kg-ae-victims", "confiscation-kz-qa-villa"])
def test_the_request_comes_back_exactly(name, tmp_path):
    source = EXAMPLES / f"{name}.yaml"
    assert run_command("build", str(source), "--out", str(tmp_path)).returncode == 0
    (letter,) = tmp_path.glob("*.docx")
    process = run_command("extract", str(letter))
    assert process.returncode == 0
    again = tmp_path / "again.yaml"
    again.write_bytes(process.stdout)
    # Types, values and the order of the fields, in which a person reads a request.
    assert json.dumps(load(str(again)).data) == json.dumps(public(load(str(source)).data))
    if "tip" not in name:
        assert check_schema(load(str(again))) == []


def test_changed_data_are_said(tmp_path):
    assert run_command("build", str(EXAMPLES / "mla-kz-de-bank-records.yaml"), "--out", str(tmp_path)).returncode == 0
    (letter,) = tmp_path.glob("*.docx")
    changed = tmp_path / "changed.docx"
    with zipfile.ZipFile(letter) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "customXml/item1.xml":
                content = content.replace(b"2-011204-26-01187", b"9-999999-99-99999")
            new.writestr(name, content)
    process = run_command("extract", str(changed), "--format", "json")
    assert process.returncode == 1
    assert json.loads(process.stdout)["reference"] == "9-999999-99-99999"
    assert b"changed" in process.stderr


def test_other_files_are_refused_in_words(tmp_path):
    other = tmp_path / "other.docx"
    other.write_bytes(b"no document")
    for path in (other, Path(EXAMPLES / "bad-syn-1.yaml")):
        process = run_command("extract", str(path))
        assert process.returncode == 2
        assert b"Traceback" not in process.stderr
