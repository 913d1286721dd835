"""Letters reach the disk whole or not at all, privately, and never over somebody's edits."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casc_mla import __version__
from casc_mla.core.errors import BlockedError, CascError
from casc_mla.core.finding import Finding, Severity
from casc_mla.load.request import Request
from casc_mla.render.annexes import Annex, build_annexes
from casc_mla.render.letter import build_annex, build_letter

#: One file a folder remembers what was built, so that an edited letter is recognised.
RECORD = "casc-mla-builds.json"


@dataclass(frozen=True, slots=True)
class Built:
    """A letter on disk, and the tables enclosed with it as documents of their own."""

    path: Path
    draft: bool
    sha256: str
    annexes: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A letter that may be released: its file name, its bytes, and what the record of builds will say of it.

    ``enclosed`` are the documents that go with it.
    """

    name: str
    content: bytes
    draft: bool
    entry: dict[str, Any]
    enclosed: tuple[Prepared, ...] = ()


def file_name(request: Request, languages: tuple[str, ...], *, draft: bool) -> str:
    """Return the name of a letter: its kind, its reference and its languages, and nobody's name."""
    reference = re.sub(r"[^\w.-]+", "_", str(request.data["reference"])).strip("_.") or "request"
    mark = ".DRAFT" if draft else ""
    return f"{request.kind}-{reference}.{'-'.join(languages)}{mark}.docx"


def prepare(
    request: Request,
    findings: list[Finding],
    languages: tuple[str, ...],
    layout: str,
    *,
    draft: bool = False,
) -> Prepared:
    """Return the letter for a checked request, ready to be released; nothing is written.

    Raises:
        BlockedError: findings of severity error stand against it and no draft was asked, or the finished letter lost
            something.
        CascError: no letter exists for this request.

    """
    errors = [f for f in findings if f.severity is Severity.ERROR]
    if any(f.rule.startswith("SCH-") for f in errors):
        raise BlockedError("build.schema", count=sum(f.rule.startswith("SCH-") for f in errors))
    if errors and not draft:
        raise BlockedError("build.errors", count=len(errors))
    for lang in languages:
        if lang not in request.languages:
            raise CascError("build.language", lang=lang, languages=", ".join(request.languages))
    if any(f.rule == "IDN-010" for f in errors):
        raise BlockedError("build.identity")
    letter = build_letter(request, languages, layout, draft=draft)
    annexes = build_annexes(request, languages, draft=draft)
    lost = [finding for one in (letter, *(annex.letter for annex in annexes)) for finding in one.findings]
    if lost:
        raise BlockedError("build.lost", count=len(lost), first=lost[0].message)
    name = file_name(request, languages, draft=draft)
    entry = {
        "sha256": hashlib.sha256(letter.content).hexdigest(),
        "request_sha256": hashlib.sha256(
            json.dumps(request.data, sort_keys=True, ensure_ascii=False).encode("utf-8")
        ).hexdigest(),
        "version": __version__,
        "layout": layout,
        "waived": [{"rule": f.rule, "path": f.pointer, **f.waiver} for f in findings if f.waiver],
        "findings": {str(s): sum(f.severity is s for f in findings) for s in Severity},
    }
    enclosed = tuple(_enclosed(annex, name, draft) for annex in annexes)
    return Prepared(name, letter.content, draft, entry, enclosed)


def _enclosed(annex: Annex, letter: str, draft: bool) -> Prepared:
    content = annex.letter.content
    entry = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "letter": letter,
        "rows": annex.rows,
        "version": __version__,
    }
    return Prepared(f"{letter.removesuffix('.docx')}.annex-{annex.identity}.docx", content, draft, entry)


def release(prepared: Prepared, out: Path, *, force: bool = False) -> Built:
    """Write a prepared letter with what is enclosed, all or nothing, and return where they lie.

    Raises:
        BlockedError: one of them was edited on the disk since it was built, and ``force`` was not asked.
        CascError: the folder cannot be written.

    """
    # The letter takes its place last: it must never stand beside an older enclosure than it lists.
    whole = (*prepared.enclosed, prepared)
    path = out / prepared.name
    try:
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
        record = _read_record(out)
        for one in whole if not force else ():
            where = out / one.name
            if where.exists():
                present = hashlib.sha256(where.read_bytes()).hexdigest()
                if present not in (one.entry["sha256"], record.get(one.name, {}).get("sha256")):
                    raise BlockedError("build.edited", path=where)
        write_all({out / one.name: one.content for one in whole})
        _remove_stale(record, path, {one.name for one in prepared.enclosed})
        record |= {one.name: one.entry for one in whole}
        text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_private(out / RECORD, text.encode("utf-8"))
    except OSError as error:
        raise CascError("build.disk", path=out, reason=error.strerror or type(error).__name__) from None
    annexes = tuple(out / one.name for one in prepared.enclosed)
    return Built(path, prepared.draft, str(prepared.entry["sha256"]), annexes)


def _remove_stale(record: dict[str, Any], letter: Path, enclosed: set[str]) -> None:
    """Remove what an earlier build enclosed with a letter and this one does not, unless somebody edited it.

    It would be taken for a part of the letter and sent with it.
    """
    for name, entry in list(record.items()):
        if isinstance(entry, dict) and entry.get("letter") == letter.name and name not in enclosed:
            where = letter.with_name(Path(name).name)
            if where.is_file() and hashlib.sha256(where.read_bytes()).hexdigest() == entry.get("sha256"):
                where.unlink()
                del record[name]


def build(
    request: Request,
    findings: list[Finding],
    out: Path,
    languages: tuple[str, ...],
    layout: str,
    *,
    draft: bool = False,
    force: bool = False,
) -> Built:
    """Write the letter for a checked request and return where it lies; raises what its two steps raise."""
    return release(prepare(request, findings, languages, layout, draft=draft), out, force=force)


def prepare_sealed(request: Request, languages: tuple[str, ...]) -> Prepared | None:
    """Return the sealed annex of a request, or None when nobody is protected; nothing is written.

    The name of the file says nothing but the reference of the request.

    Raises:
        BlockedError: the finished annex lost something.

    """
    annex = build_annex(request, languages)
    if annex is None:
        return None
    if annex.findings:
        raise BlockedError("build.lost", count=len(annex.findings), first=annex.findings[0].message)
    name = file_name(request, languages, draft=False).replace(".docx", ".annex-K.docx")
    return Prepared(name, annex.content, False, {})


def release_sealed(annex: Prepared, out: Path) -> Path:
    """Write a sealed annex into a folder of its own and return where it lies.

    Raises:
        CascError: the folder cannot be written.

    """
    path = out / annex.name
    try:
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(path, annex.content)
    except OSError as error:
        raise CascError("build.disk", path=out, reason=error.strerror or type(error).__name__) from None
    return path


def _read_record(out: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads((out / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def write_private(path: Path, content: bytes) -> None:
    """Write a file so that at any moment either the old or the new one is there, readable by its owner only."""
    write_all({path: content})


def write_all(contents: dict[Path, bytes]) -> None:
    """Write files that belong together: none takes its place before all are whole on the disk."""
    staged: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            handle, temporary = tempfile.mkstemp(prefix=".casc-mla-", suffix=".tmp", dir=path.parent)
            staged[path] = Path(temporary)
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        for path, temporary_path in staged.items():
            temporary_path.replace(path)
    except BaseException:
        for temporary_path in staged.values():
            with contextlib.suppress(OSError):
                temporary_path.unlink()
        raise
