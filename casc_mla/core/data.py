"""The one place that knows where schemas, checklists, templates and examples are."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from casc_mla.core.errors import CascError

FOLDERS = ("schemas", "checklists", "templates", "examples", "emblems")

_override: list[Path] = []


def use(directory: Path | None) -> None:
    """Take data from ``directory`` first; what it lacks still comes from the shipped data."""
    _override[:] = [directory] if directory else []
    roots.cache_clear()
    find.cache_clear()


def chosen() -> Path | None:
    """Return the directory that ``use`` was given, for a process that is to work with the same data."""
    return _override[0] if _override else None


@cache
def roots() -> tuple[Path, ...]:
    """Return the data roots in order of precedence: ``--data-dir``, ``CASC_MLA_DATA``, the shipped data."""
    found = list(_override)
    if os.environ.get("CASC_MLA_DATA"):
        found.append(Path(os.environ["CASC_MLA_DATA"]))
    for root in found:
        if not any((root / name).is_dir() for name in FOLDERS):
            raise CascError("data.not_a_data_dir", path=root, folders=", ".join(FOLDERS))
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_data"
    found.append(shipped if shipped.is_dir() else package.parent)
    return tuple(found)


@cache
def find(relative: str) -> Path | None:
    """Return the first data file of that name, or None; looked up once, for letters ask for each word of theirs."""
    for root in roots():
        path = root / relative
        if path.is_file():
            return path
    return None


def require(relative: str) -> Path:
    """Return the data file of that name.

    Raises:
        CascError: it is in none of the roots.

    """
    path = find(relative)
    if path is None:
        raise CascError("data.missing", path=relative)
    return path


def listing(folder: str, pattern: str) -> dict[str, Path]:
    """Return the files of a data folder by stem, an earlier root hiding the same stem of a later one."""
    files: dict[str, Path] = {}
    for root in reversed(roots()):
        for path in sorted((root / folder).glob(pattern)):
            files[path.stem] = path
    return dict(sorted(files.items()))
