"""The command killed at any moment: the folder holds the letter of before or the new one, and nobody's name."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES, ROOT, run_command

pytestmark = pytest.mark.slow
KILLS = 40
STAGED = re.compile(r"\.casc-mla-[0-9a-f]{16}\.tmp")
#: Rendering takes longer than writing; a slow disk makes the writing long enough to be hit, and says when it begins.
SLOW_DISK = """
import os, time
say, said = os.write, []
for name in ("write", "fsync", "replace"):
    def slow(*arguments, real=getattr(os, name), **options):
        if not said:
            said.append(say(2, b"writing\\n"))
        time.sleep(0.05)
        return real(*arguments, **options)
    setattr(os, name, slow)
from casc_mla.cli import main
main()
"""


def command(source: Path, folder: Path, sealed: Path) -> list[str]:
    arguments = ["build", str(source), "--out", str(folder), "--sealed-annex", str(sealed)]
    return [sys.executable, "-c", SLOW_DISK, *arguments]


def run(source: Path, folder: Path, sealed: Path, seconds: float = 120, *, writing: bool = False) -> float:
    """Run a build, killed so many seconds after its begin or after it begins to write; return how long it ran."""
    begin = time.monotonic()
    with subprocess.Popen(
        command(source, folder, sealed), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        if writing:
            assert process.stderr is not None and process.stderr.readline() == b"writing\n"
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    return time.monotonic() - begin


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


def test_a_command_killed_at_any_moment_leaves_old_or_new(tmp_path):
    source = EXAMPLES / "tip-kg-ae-victims.yaml"
    later = tmp_path / "later.yaml"
    text = source.read_text(encoding="utf-8")
    later.write_text(text.replace("14/2-26-0694", "14/2-26-0695"), encoding="utf-8")
    trees = {}
    for name, path in (("old", source), ("new", later)):
        run(path, tmp_path / name, tmp_path / f"{name}-sealed")
        trees[name] = contents(tmp_path / name) | contents(tmp_path / f"{name}-sealed")
    assert set(trees["old"]) == set(trees["new"]) and len(trees["old"]) == 3
    names = {
        word.encode()
        for word in re.findall(r"(?:latin|cyrillic|arabic): *([^\n,}]+)", text)
        for word in word.split()
        if len(word) > 4
    }
    assert names
    shutil.copytree(tmp_path / "old", tmp_path / "time")
    whole = run(later, tmp_path / "time", tmp_path / "time-sealed")
    results = {"old": 0, "new": 0, "staged": 0}
    for n in range(KILLS):
        out, sealed = tmp_path / f"out{n}", tmp_path / f"sealed{n}"
        shutil.copytree(tmp_path / "old", out)
        shutil.copytree(tmp_path / "old-sealed", sealed)
        # A quarter of the kills over the whole run, the others while the files are written: three pairs of 0.1 seconds
        # to stage them, three times 0.05 to put them in their places.
        if n < 10:
            run(later, out, sealed, whole * n / 10)
        else:
            run(later, out, sealed, 0.02 * (n - 10), writing=True)
        found = contents(out) | contents(sealed)
        staged = [name for name in found if STAGED.fullmatch(name)]
        for name, content in found.items():
            if name in staged:
                continue
            if name.endswith(".json"):
                assert json.loads(content)
            else:
                assert content in (trees["old"][name], trees["new"][name]), (n, name)
                results["new" if content == trees["new"][name] else "old"] += name.endswith("ar.docx")
        assert set(found) - set(staged) == set(trees["old"])
        assert not [word for word in names for name in found if word in name.encode()]
        results["staged"] += len(staged)
        for folder in (out, sealed):
            for path in folder.iterdir():
                if path.name in staged:
                    assert path.stat().st_mode & 0o077 == 0 or os.name == "nt"
                    os.utime(path, (1, 1))
    print(f"\n{KILLS} kills: {results}")
    assert results["old"] > 5 and results["new"] >= 1 and results["staged"] >= 1
    # The last of the folders, and the next run: nothing was taken for an edited letter, nothing stays behind.
    for n in range(KILLS - 20, KILLS, 4):
        arguments = ("--out", str(tmp_path / f"out{n}"), "--sealed-annex", str(tmp_path / f"sealed{n}"))
        process = run_command("build", str(later), *arguments)
        assert process.returncode == 0, process.stderr.decode()
        found = contents(tmp_path / f"out{n}") | contents(tmp_path / f"sealed{n}")
        assert set(found) == set(trees["new"])
        assert all(found[name] == trees["new"][name] for name in found if name.endswith(".docx"))
