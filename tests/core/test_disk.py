"""Writing to disk: old or new, never a third thing, whatever breaks at whatever step."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from casc_mla.core import disk
from tests.conftest import ROOT

STAGED = re.compile(r"\.casc-mla-[0-9a-f]{16}\.tmp")
OLD, NEW = b"old " * 1000, b"new " * 2000

#: A process that writes two files and is killed at the step given; pieces of a write are steps of their own.
KILLED = """
import os, signal, sys
from pathlib import Path
from casc_mla.core import disk
step, folder, seen = int(sys.argv[1]), Path(sys.argv[2]), 0
def reach():
    global seen
    seen += 1
    if seen == step:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
def step_before(real):
    def call(*arguments, **options):
        reach()
        return real(*arguments, **options)
    return call
write = os.write
os.write = lambda handle, content: (reach(), write(handle, bytes(content[:3000])))[1]
for name in ("open", "fsync", "close", "replace", "unlink"):
    setattr(os, name, step_before(getattr(os, name)))
disk.write_private({folder / "record.json": b"new " * 2000, folder / "letter.docx": b"new " * 2000})
"""


def kill_at(step: int, folder: Path) -> bool:
    """Run the writer, killed at a step; return whether it lived."""
    arguments = [sys.executable, "-c", KILLED, str(step), str(folder)]
    return subprocess.run(arguments, cwd=ROOT, check=False, timeout=60).returncode == 0


@pytest.mark.parametrize("before", [OLD, None], ids=["replaced", "new"])
def test_a_kill_at_any_step_leaves_each_file_old_or_new(tmp_path, before):
    left_behind = 0
    for step in range(1, 100):
        folder = tmp_path / str(step)
        folder.mkdir()
        if before:
            (folder / "record.json").write_bytes(before)
            (folder / "letter.docx").write_bytes(before)
        lived = kill_at(step, folder)
        contents = {path.name: path.read_bytes() for path in folder.iterdir()}
        for name in ("record.json", "letter.docx"):
            assert contents.pop(name, None) in (before, NEW), step
        assert all(STAGED.fullmatch(name) for name in contents), (step, contents)
        left_behind += len(contents)
        if lived:
            assert not contents
            break
        for name in contents:
            assert (folder / name).stat().st_mode & 0o077 == 0 or os.name == "nt"
            os.utime(folder / name, (1, 1))
        disk.write_private({folder / "letter.docx": NEW})
        assert not [path for path in folder.iterdir() if STAGED.fullmatch(path.name)], step
    assert lived and step > 12
    assert left_behind > 5, "the kills must have hit staged files"


@pytest.mark.parametrize("function", ["open", "write", "fsync"])
@pytest.mark.parametrize("nth", [1, 2])
def test_a_full_disk_changes_nothing(tmp_path, monkeypatch, function, nth):
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(OLD)
    real = getattr(os, function)
    calls = 0

    def full(*arguments):
        nonlocal calls
        calls += 1
        if calls == nth:
            if function == "write":
                real(arguments[0], bytes(arguments[1][:100]))
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*arguments)

    monkeypatch.setattr(os, function, full)
    with pytest.raises(OSError, match="space"):
        disk.write_private({first: NEW, second: NEW})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert first.read_bytes() == OLD


def test_a_file_that_is_held_for_a_moment_is_tried_again(tmp_path, monkeypatch):
    path = tmp_path / "letter.docx"
    path.write_bytes(OLD)
    real, held = os.replace, 3
    pauses: list[float] = []

    def locked(source, target):
        nonlocal held
        held -= 1
        if held >= 0:
            raise PermissionError(errno.EACCES, "in use")
        real(source, target)

    monkeypatch.setattr(os, "replace", locked)
    monkeypatch.setattr(time, "sleep", pauses.append)
    disk.write_private({path: NEW})
    assert path.read_bytes() == NEW and len(pauses) == 3
    held = 1000
    with pytest.raises(PermissionError):
        disk.write_private({path: OLD})
    assert path.read_bytes() == NEW
    assert list(tmp_path.iterdir()) == [path]


def test_only_old_files_of_our_own_are_removed(tmp_path):
    old = tmp_path / ".casc-mla-00112233445566aa.tmp"
    fresh = tmp_path / ".casc-mla-ffeeddccbbaa9988.tmp"
    strangers = [tmp_path / name for name in (".casc-mla-notes.tmp", "casc-mla-00112233445566aa.tmp", "~$letter.tmp")]
    folder = tmp_path / ".casc-mla-aaaaaaaaaaaaaaaa.tmp"
    folder.mkdir()
    for path in (old, fresh, *strangers):
        path.write_bytes(b"x")
    for path in (old, folder, *strangers):
        os.utime(path, (1, 1))
    disk.write_private({tmp_path / "letter.docx": NEW})
    left = set(tmp_path.iterdir())
    assert old not in left
    assert {fresh, folder, *strangers} < left


HOLDER = """
import sys, time
from pathlib import Path
from casc_mla.core.disk import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_killed_process_holds_no_lock(tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "_PATIENCE", 0.2)
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT)
    with holder:
        assert holder.stdout is not None and holder.stdout.readline().strip() == b"held"
        with pytest.raises(OSError), disk.alone(tmp_path):
            pass
        holder.kill()
        holder.wait()
    with disk.alone(tmp_path):
        pass
    assert not list(tmp_path.iterdir()) or os.name == "nt"


@pytest.mark.parametrize("fcntl", [True, False], ids=["own", "by file"])
def test_writers_take_turns(tmp_path, monkeypatch, fcntl):
    if not fcntl:
        monkeypatch.setitem(sys.modules, "fcntl", None)
    counter = tmp_path / "counter"
    counter.write_text("0")

    def add() -> None:
        with disk.alone(tmp_path):
            value = int(counter.read_text())
            time.sleep(0.01)
            counter.write_text(str(value + 1))

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.read_text() == "8"
    assert list(tmp_path.iterdir()) == [counter]


def test_a_file_system_without_locks_is_no_obstacle(tmp_path, monkeypatch):
    fcntl = pytest.importorskip("fcntl")

    def none(*_arguments):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    with disk.alone(tmp_path):
        pass
