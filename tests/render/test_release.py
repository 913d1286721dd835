"""Letters on disk: all files of a call or none, never over somebody's work, and a name for every reference."""

from __future__ import annotations

import copy
import errno
import json
import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from casc_mla.core import disk
from casc_mla.core.errors import BlockedError, CascError
from casc_mla.load.request import Request, load
from casc_mla.load.source import Source
from casc_mla.render import release
from casc_mla.render.release import RECORD, build, file_name
from tests.conftest import EXAMPLES, run_command

MLA = load(str(EXAMPLES / "mla-kz-de-bank-records.yaml"))
TIP = load(str(EXAMPLES / "tip-kg-ae-victims.yaml"))


def changed(base: Request = MLA, **values: object) -> Request:
    tree = {**copy.deepcopy(base.data), **values}
    return Request(Source(base.name, tree, {}), tree)


def write(request: Request, out: Path, **options):
    return build(request, [], out, ("ru",), "single", **options)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("7/12-26", "mla-7_12-26.ru.docx"),
        ("CON", "mla-CON.ru.docx"),
        ("aux.", "mla-aux.ru.docx"),
        ("../../etc/passwd", "mla-etc_passwd.ru.docx"),
        ("№ 5 «x» <y> | ?*:\\", "mla-5_x_y.ru.docx"),
        ("...", "mla-request.ru.docx"),
        ("И\u0306-1", "mla-Й-1.ru.docx"),
    ],
)
def test_every_reference_has_a_file_name(reference, name):
    assert file_name(changed(reference=reference), ("ru",), draft=False) == name


@pytest.mark.parametrize("letter", ["Ж", "x", "検", "ب"])
def test_a_long_reference_is_cut_and_stays_its_own(letter, tmp_path):
    names = {file_name(changed(reference=letter * 200 + end), ("ru", "en", "ar"), draft=True) for end in "12"}
    assert len(names) == 2
    assert all(len(name.encode()) < 200 for name in names)
    built = write(changed(reference=letter * 200), tmp_path, companion=b"kind: mla\n")
    assert built.path.is_file() and built.companion is not None and built.companion.is_file()


def test_two_references_that_give_one_name_do_not_overwrite_each_other(tmp_path):
    first = write(changed(reference="7/12"), tmp_path)
    before = everything(tmp_path)
    with pytest.raises(BlockedError) as caught:
        write(changed(reference="7 12"), tmp_path)
    assert caught.value.key == "build.other"
    assert everything(tmp_path) == before
    assert write(changed(reference="7 12"), tmp_path, force=True).path == first.path


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"format": 2, "letters": {}}', b'{"a": null}'],
)
def test_a_record_that_cannot_be_read_is_kept(tmp_path, content):
    write(MLA, tmp_path)
    (tmp_path / RECORD).write_bytes(content)
    before = everything(tmp_path)
    with pytest.raises(BlockedError) as caught:
        write(changed(date="2026-11-10"), tmp_path)
    assert caught.value.key == "build.record"
    assert everything(tmp_path) == before
    write(changed(date="2026-11-10"), tmp_path, force=True)
    assert len(json.loads((tmp_path / RECORD).read_text(encoding="utf-8"))) == 1


def test_what_a_newer_version_adds_to_the_record_is_kept(tmp_path):
    (tmp_path / RECORD).write_text('{"other.docx": {"sha256": "x", "new": [1]}}', encoding="utf-8")
    write(MLA, tmp_path)
    record = json.loads((tmp_path / RECORD).read_text(encoding="utf-8"))
    assert record["other.docx"] == {"sha256": "x", "new": [1]}


def test_a_record_that_is_read_only_does_not_part_it_from_its_letter(tmp_path):
    write(MLA, tmp_path)
    (tmp_path / RECORD).chmod(0o400)
    try:
        write(changed(date="2026-11-10"), tmp_path)
    except CascError as error:  # Windows does not replace a read-only file
        assert error.key == "build.disk"
        (tmp_path / RECORD).chmod(0o600)
    write(changed(date="2026-11-11"), tmp_path)


def fail_on_the(nth: int, error: OSError, monkeypatch, function: str) -> None:
    real, calls = getattr(os, function), 0

    def failing(*arguments, **options):
        nonlocal calls
        calls += 1
        if calls == nth:
            raise error
        return real(*arguments, **options)

    monkeypatch.setattr(os, function, failing)


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
DENIED = PermissionError(errno.EACCES, os.strerror(errno.EACCES))


@pytest.mark.parametrize("nth", [1, 2, 3, 4])
@pytest.mark.parametrize(("function", "error"), [("write", FULL), ("fsync", FULL)])
def test_letter_record_companion_and_annex_are_written_together(tmp_path, monkeypatch, function, error, nth):
    out, sealed = tmp_path / "out", tmp_path / "sealed"
    build(TIP, [], out, ("ru", "ar"), "columns", sealed=sealed, companion=b"a: 1\n")
    before = everything(tmp_path)
    fail_on_the(nth, error, monkeypatch, function)
    with pytest.raises(CascError) as caught:
        later = changed(TIP, date="2026-11-12")
        build(later, [], out, ("ru", "ar"), "columns", sealed=sealed, companion=b"a: 1\n")
    assert caught.value.key == "build.disk"
    assert everything(tmp_path) == before


def test_a_folder_that_cannot_be_written_is_said(tmp_path, monkeypatch):
    real = os.open

    def denied(path, flags, *arguments, **options):
        if flags & os.O_CREAT:
            raise DENIED
        return real(path, flags, *arguments, **options)

    monkeypatch.setattr(os, "open", denied)
    monkeypatch.setattr(disk, "_PATIENCE", 0.1)
    with pytest.raises(CascError) as caught:
        write(MLA, tmp_path)
    assert caught.value.key == "build.disk"
    assert everything(tmp_path) == {}


def test_a_folder_that_vanishes_is_said(tmp_path, monkeypatch):
    out = tmp_path / "stick"
    monkeypatch.setattr(disk, "_sweep", lambda folder, mine: shutil.rmtree(folder))
    with pytest.raises(CascError) as caught:
        write(MLA, out)
    assert caught.value.key == "build.disk"
    assert everything(tmp_path) == {}


def test_a_letter_that_word_holds_open_stays_known(tmp_path, monkeypatch):
    built = write(MLA, tmp_path)
    before = built.path.read_bytes()
    real = os.replace

    def locked(source, target):
        if Path(target) == built.path:
            raise DENIED
        real(source, target)

    with monkeypatch.context() as held:
        held.setattr(os, "replace", locked)
        held.setattr(time, "sleep", lambda _seconds: None)
        with pytest.raises(CascError) as caught:
            write(changed(date="2026-11-10"), tmp_path)
    assert caught.value.key == "build.disk" and "Word" in caught.value.remedy["en"]
    assert built.path.read_bytes() == before
    assert sorted(everything(tmp_path)) == sorted([RECORD, built.path.name])
    # The record was first; the letter of before is still one that this tool wrote, not one that somebody edited.
    write(changed(date="2026-11-10"), tmp_path)
    assert built.path.read_bytes() != before


def test_a_folder_in_the_place_of_the_letter_is_said(tmp_path):
    (tmp_path / file_name(MLA, ("ru",), draft=False)).mkdir()
    with pytest.raises(CascError) as caught:
        write(MLA, tmp_path)
    assert caught.value.key == "build.disk"


def test_writers_at_the_same_time_do_not_forget_each_other(tmp_path, monkeypatch):
    real = release.write_private

    def slowly(files):
        time.sleep(0.02)
        real(files)

    monkeypatch.setattr(release, "write_private", slowly)
    failures = []

    def one(n: int) -> None:
        try:
            write(changed(reference=f"1-{n % 3}"), tmp_path)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert set(json.loads((tmp_path / RECORD).read_text(encoding="utf-8"))) == {f"mla-1-{n}.ru.docx" for n in range(3)}
    assert len(everything(tmp_path)) == 4


def test_an_annex_is_renewed_but_not_when_somebody_edited_it(tmp_path):
    out, sealed = tmp_path / "out", tmp_path / "sealed"
    annex = write(TIP, out, sealed=sealed).annex
    assert annex is not None
    write(changed(TIP, date="2026-11-12"), out, sealed=sealed)
    raw = annex.read_bytes()
    annex.write_bytes(b"edited")
    with pytest.raises(BlockedError) as caught:
        write(TIP, out, sealed=sealed)
    assert caught.value.key == "build.exists"
    assert annex.read_bytes() == b"edited" != raw
    write(TIP, out, sealed=sealed, force=True)
    assert annex.read_bytes() != b"edited"


def test_the_record_cannot_be_used_to_try_names(tmp_path):
    write(TIP, tmp_path)
    record = (tmp_path / RECORD).read_text(encoding="utf-8")
    tree = copy.deepcopy(TIP.data)
    victim = next(person for person in tree["persons"] if person.get("protected") is True)
    victim["names"] = {"latin": "Another Name"}
    other = tmp_path / "other"
    write(Request(Source("x", tree, {}), tree), other)
    assert (other / RECORD).read_text(encoding="utf-8") == record


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("lang", ["en", "ru", "ar"])
def test_output_that_cannot_be_written_is_said_in_words(tmp_path, lang):
    import subprocess
    import sys

    letter = write(MLA, tmp_path).path
    arguments = [sys.executable, "-m", "casc_mla", "extract", str(letter), "--lang", lang]
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert process.returncode == 2
    assert b"Traceback" not in process.stderr and b"Exception ignored" not in process.stderr
    assert len(process.stderr.decode().splitlines()) == 2


def test_a_checklist_reaches_the_disk_whole_or_not_at_all(tmp_path):
    arguments = ("checklist", "show", "GE", "--kind", "tip", "--format", "docx", "--out", str(tmp_path))
    assert run_command(*arguments).returncode == 0
    (page,) = tmp_path.iterdir()
    assert page.stat().st_mode & 0o077 == 0 or os.name == "nt"
    page.unlink()
    page.mkdir()
    process = run_command(*arguments)
    assert process.returncode == 2 and b"Traceback" not in process.stderr
    assert list(tmp_path.iterdir()) == [page]
