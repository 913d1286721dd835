"""The files that a command works on: names as given, and folders as the requests in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from casc_mla.load.source import refuse

#: What a request file is called; anything else in a folder is passed over.
SUFFIXES = (".yaml", ".yml", ".json")
#: Written by the tool itself beside its letters.
_OWN = "casc-mla-"


def request_files(names: Iterable[str]) -> list[str]:
    """Return the files meant by ``names``: a folder stands for all request files below it, each file once.

    Hidden files and folders are passed over; so are the records that the tool keeps beside its letters.

    Raises:
        UnreadableError: a folder holds no request file.

    """
    found: dict[str, None] = {}
    for name in names:
        path = Path(name)
        if not path.is_dir():
            found[name] = None
            continue
        inside = list(_inside(path))
        if not inside:
            raise refuse(name, "load.no_requests")
        found |= dict.fromkeys(inside)
    return list(found)


def _inside(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        steps = path.relative_to(folder).parts
        if (
            path.suffix.lower() in SUFFIXES
            and path.is_file()
            and not any(step.startswith((".", _OWN)) for step in steps)
        ):
            yield str(path)
