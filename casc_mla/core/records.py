"""Data files of the project itself: YAML with only the types that the records use."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from casc_mla.core.errors import DefectError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _RecordLoader(_Base):  # type: ignore[misc]
    """``true``/``false``, whole numbers and null; everything else is text, so ``NO`` and dates stay as written."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"true|false", "tf"),
    ("tag:yaml.org,2002:int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("tag:yaml.org,2002:null", r"null|~|", ["n", "~", ""]),
):
    _RecordLoader.add_implicit_resolver(_tag, re.compile(rf"(?:{_pattern})\Z"), list(_first))


@cache
def read_records(path: Path) -> Any:
    """Return the content of one data file.

    Raises:
        DefectError: the file is not YAML; data files are ours, so this is a defect and not a request's fault.

    """
    raw = path.read_bytes()
    kept = _kept(raw)
    if kept is not None:
        try:
            return json.loads(kept.read_bytes())
        except (OSError, ValueError):
            pass
    content = _parse(path, raw)
    if kept is not None:
        keep(kept, json.dumps(content, ensure_ascii=False).encode("utf-8"), 400)
    return content


def _parse(path: Path, raw: bytes) -> Any:
    try:
        return yaml.load(raw.decode("utf-8"), Loader=_RecordLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise DefectError("data.broken", path=path, line=line, column=column) from None


def _kept(raw: bytes) -> Path | None:
    """Return where the parsed form of a data file is kept: reading JSON is twenty times faster than YAML.

    The name is the hash of the content, so a changed file is never read from the past; only law and wording are
    kept, never a request.  ``CASC_MLA_CACHE=off`` keeps nothing.
    """
    base = cache_folder()
    return base / f"{hashlib.sha256(raw).hexdigest()[:32]}.json" if base else None


def cache_folder() -> Path | None:
    """Return the folder for what can be made again from the shipped data; None where nothing is to be kept."""
    chosen = os.environ.get("CASC_MLA_CACHE", "")
    if chosen == "off":
        return None
    try:
        return Path(chosen) if chosen else _user_folder()
    except RuntimeError:  # no home directory
        return None


def _user_folder() -> Path:
    if sys.platform == "win32":
        root = os.environ.get("LOCALAPPDATA")
        return Path(root) / "casc-mla" if root else Path.home() / "AppData" / "Local" / "casc-mla"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "casc-mla"
    root = os.environ.get("XDG_CACHE_HOME")
    return Path(root) / "casc-mla" if root else Path.home() / ".cache" / "casc-mla"


def keep(path: Path, raw: bytes, most: int) -> None:
    """Keep a file in the cache folder and only the newest ``most`` of its sort; a cache that cannot be written is none.

    What an older version of the data left goes first.
    """
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary.write_bytes(raw)
        temporary.replace(path)
        found = sorted(path.parent.glob(f"*{path.suffix}"), key=lambda file: file.stat().st_mtime)
        for old in found[: max(0, len(found) - most)]:
            old.unlink(missing_ok=True)
