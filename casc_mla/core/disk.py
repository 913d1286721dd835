"""Files reach the disk whole or not at all, readable by their owner only, and nothing half-written stays behind."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

#: What a file is called until it is whole; it tells nobody's name.
_STAGED = re.compile(r"\.casc-mla-[0-9a-f]{16}\.tmp")
_LOCK = ".casc-mla.lock"
#: No writer needs so long; what is older was left by a process that was killed (seconds).
_STALE = 120.0
#: A letter that Word, a virus scanner or an indexer holds for a moment is tried again (seconds).
_RETRIES = (0.05, 0.1, 0.2, 0.4, 0.8)
_PATIENCE = 10.0


def write_private(files: Mapping[Path, bytes]) -> None:
    """Write files together: all are staged beside their places before the first takes its place.

    A disk that is full, a folder that cannot be written or vanishes: nothing has changed.  A process killed at any moment
    leaves each file old or new, never a third thing; staged files that it leaves are removed by the next call.

    Raises:
        OSError: the folders are as they were, except for files that had already taken their places in the order given.

    """
    staged: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            staged[path] = path.with_name(f".casc-mla-{os.urandom(8).hex()}.tmp")
            _stage(staged[path], content)
        for folder in {path.parent for path in files}:
            _sweep(folder, set(staged.values()))
        for path, temporary in list(staged.items()):
            _replace(temporary, path)
            del staged[path]
    finally:
        for temporary in staged.values():
            with contextlib.suppress(OSError):
                temporary.unlink()


def _stage(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(temporary: Path, path: Path) -> None:
    for pause in (*_RETRIES, None):
        try:
            temporary.replace(path)
            return
        except PermissionError:
            if pause is None:
                raise
            time.sleep(pause)


def _sweep(folder: Path, mine: set[Path]) -> None:
    """Remove staged files that a killed process left; their age is read by the clock of the disk, from our own."""
    with contextlib.suppress(OSError):
        now = max(path.lstat().st_mtime for path in mine if path.parent == folder)
        for path in folder.iterdir():
            if path in mine or not _STAGED.fullmatch(path.name):
                continue
            with contextlib.suppress(OSError):
                found = path.lstat()
                if stat.S_ISREG(found.st_mode) and now - found.st_mtime > _STALE:
                    path.unlink()


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes of this tool out of a folder while its record is read and written.

    The lock ends with its process, however that ends.  Where the file system knows no locks, the writers go on without.

    Raises:
        OSError: another process has held the folder for ten seconds, or the folder cannot be opened.

    """
    try:
        import fcntl
    except ImportError:
        with _alone_by_file(folder):
            yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            _patiently(lambda: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB), BlockingIOError)
        except BlockingIOError:
            raise
        except OSError:
            pass
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def _alone_by_file(folder: Path) -> Iterator[None]:
    """Lock a folder on Windows, where only files can be locked: the system removes this one with its process."""
    path = folder / _LOCK
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_TEMPORARY", 0)
    # A file that is just going away is "denied", not "there".
    handle = _patiently(lambda: os.open(path, flags, 0o600), FileExistsError, PermissionError)
    try:
        yield
    finally:
        os.close(handle)
        with contextlib.suppress(OSError):
            path.unlink()


def _patiently(action: Callable[[], Any], *busy: type[OSError]) -> Any:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return action()
        except busy:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
