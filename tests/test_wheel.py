"""The wheel ships exactly the data that the repository tracks, and nothing that git ignores."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest

from tests.conftest import ROOT

FOLDERS = ("schemas", "templates", "checklists", "examples")


def _tracked() -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", *FOLDERS], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    return {f"casc_mla/_data/{name}" for name in listed if name}


@pytest.mark.slow
def test_the_wheel_holds_the_tracked_data_and_no_ignored_case(tmp_path):
    secret = ROOT / "templates" / "en" / "case-secret.docx"
    secret.write_bytes(b"never ship this")
    try:
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "wheel",
                "--no-deps",
                "--no-build-isolation",
                "-q",
                "-w",
                str(tmp_path),
                str(ROOT),
            ],
            check=True,
            capture_output=True,
        )
    finally:
        secret.unlink()
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name for name in names if name.startswith("casc_mla/_data/")} == _tracked()
    assert "casc_mla/core/messages/load.json" in names
