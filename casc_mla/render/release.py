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
from casc_mla.render.letter import build_annex, build_letter

#: One file a folder remembers what was built, so that an edited letter is recognised.
RECORD = "casc-mla-builds.json"
#: How the name of the sealed annex ends; whatever handles letters can tell it by that.
SEALED = ".annex-K.docx"


@dataclass(frozen=True, slots=True)
class Built:
    """A letter on disk."""

    path: Path
    draft: bool
    sha256: str


def file_name(request: Request, languages: tuple[str, ...], *, draft: bool) -> str:
    """Return the name of a letter: its kind, its reference and its languages, and nobody's name."""
    reference = re.sub(r"[^\w.-]+", "_", str(request.data["reference"])).strip("_.") or "request"
    mark = ".DRAFT" if draft else ""
    return f"{request.kind}-{reference}.{'-'.join(languages)}{mark}.docx"


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
    """Write the letter for a checked request and return where it lies.

    Raises:
        BlockedError: findings of severity error stand against it and no draft was asked, the finished letter lost
            something, or the letter on disk was edited since it was built.
        CascError: the folder cannot be written, or no letter exists for this request.

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
    if letter.findings:
        first = letter.findings[0]
        raise BlockedError("build.lost", count=len(letter.findings), first=first.message)
    path = out / file_name(request, languages, draft=draft)
    digest = hashlib.sha256(letter.content).hexdigest()
    try:
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
        record = _read_record(out)
        if path.exists() and not force:
            present = hashlib.sha256(path.read_bytes()).hexdigest()
            if present not in (digest, record.get(path.name, {}).get("sha256")):
                raise BlockedError("build.edited", path=path)
        write_private(path, letter.content)
        record[path.name] = {
            "sha256": digest,
            "request_sha256": hashlib.sha256(
                json.dumps(request.data, sort_keys=True, ensure_ascii=False).encode("utf-8")
            ).hexdigest(),
            "version": __version__,
            "layout": layout,
            "waived": [{"rule": f.rule, "path": f.pointer, **f.waiver} for f in findings if f.waiver],
            "findings": {str(s): sum(f.severity is s for f in findings) for s in Severity},
        }
        text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_private(out / RECORD, text.encode("utf-8"))
    except OSError as error:
        raise CascError("build.disk", path=out, reason=error.strerror or type(error).__name__) from None
    return Built(path, draft, digest)


def build_sealed(request: Request, out: Path, languages: tuple[str, ...]) -> Path | None:
    """Write the sealed annex of a request into a folder of its own and return where it lies.

    Returns None when nobody is protected.  The name of the file says nothing but the reference of the request.

    Raises:
        BlockedError: the finished annex lost something.
        CascError: the folder cannot be written.

    """
    annex = build_annex(request, languages)
    if annex is None:
        return None
    if annex.findings:
        raise BlockedError("build.lost", count=len(annex.findings), first=annex.findings[0].message)
    path = out / file_name(request, languages, draft=False).replace(".docx", SEALED)
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
    handle, temporary = tempfile.mkstemp(prefix=".casc-mla-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
