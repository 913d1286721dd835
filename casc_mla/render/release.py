"""Letters reach the disk whole or not at all, privately, and never over somebody's edits."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casc_mla import __version__
from casc_mla.core.disk import alone, write_private
from casc_mla.core.errors import BlockedError, CascError
from casc_mla.core.finding import Finding, Severity
from casc_mla.load.request import Request
from casc_mla.render.annexes import Annex, build_annexes
from casc_mla.render.context import public
from casc_mla.render.letter import build_annex, build_letter
from casc_mla.render.ooxml import read_parts

#: One file a folder remembers what was built, so that an edited letter is recognised.
RECORD = "casc-mla-builds.json"
#: How the name of the sealed annex ends; whatever handles letters can tell it by that.
SEALED = ".annex-K.docx"


@dataclass(frozen=True, slots=True)
class Built:
    """A letter on disk, and what was written with it."""

    path: Path
    draft: bool
    sha256: str
    companion: Path | None = None
    annex: Path | None = None
    #: The tables enclosed with it as documents of their own.
    annexes: tuple[Path, ...] = ()


#: A name may have 255 bytes on most disks, and Windows counts the folders too.
_NAME_BYTES = 120


def file_name(request: Request, languages: tuple[str, ...], *, draft: bool) -> str:
    """Return the name of a letter: its kind, its reference and its languages, and nobody's name."""
    written = unicodedata.normalize("NFC", str(request.data["reference"]))
    reference = re.sub(r"[^\w.-]+", "_", written).strip("_.") or "request"
    if len(reference.encode("utf-8")) > _NAME_BYTES:
        start = reference.encode("utf-8")[:_NAME_BYTES].decode("utf-8", "ignore").strip("_.")
        reference = f"{start}~{_sha256(written)[:8]}"
    mark = ".DRAFT" if draft else ""
    return f"{request.kind}-{reference}.{'-'.join(languages)}{mark}.docx"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A table as a document that goes with a letter: its file name, its bytes, what the record will say of it."""

    name: str
    content: bytes
    entry: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A letter that may be released: its file name, its bytes, what the record of builds will say of it.

    With it go the sealed annex, where somebody is protected and it was asked for, a request file to lie beside it, and
    the tables that it lists among its enclosures.
    """

    name: str
    content: bytes
    draft: bool
    entry: dict[str, Any]
    annex: bytes | None = None
    companion: bytes | None = None
    enclosed: tuple[Enclosed, ...] = ()

    def beside(self, out: Path, sealed: Path | None) -> dict[Path, bytes]:
        """Return the other files by the places where they will lie; their names say nothing but the reference."""
        plain = self.name.removesuffix(".docx").removesuffix(".DRAFT")
        files = {}
        if self.companion is not None:
            files[out / f"{plain}.yaml"] = self.companion
        if self.annex is not None and sealed is not None:
            files[sealed / f"{plain}{SEALED}"] = self.annex
        return files


def prepare(
    request: Request,
    findings: list[Finding],
    languages: tuple[str, ...],
    layout: str,
    *,
    draft: bool = False,
    sealed: bool = False,
    companion: bytes | None = None,
) -> Prepared:
    """Return the letter for a checked request, ready to be released; nothing is written.

    Args:
        request: the request, checked.
        findings: what the checks said of it.
        languages: the languages of the letter, the authoritative one first.
        layout: ``columns``, ``sequential`` or ``single``.
        draft: make a marked draft in spite of errors.
        sealed: make the sealed annex too; there is none where nobody is protected.
        companion: a request file to lie beside the letter, under the same name.

    Raises:
        BlockedError: findings of severity error stand against it and no draft was asked, or the finished letter or
            annex lost something.
        CascError: no letter exists for this request.

    """
    _may_be_built(request, findings, languages, draft=draft)
    letter = build_letter(request, languages, layout, draft=draft)
    annex = build_annex(request, languages) if sealed else None
    tables = build_annexes(request, languages, draft=draft)
    made = [letter, *([annex] if annex else []), *(table.letter for table in tables)]
    wrong = [finding for one in made for finding in one.findings]
    if wrong:
        raise BlockedError("build.lost", count=len(wrong), first=wrong[0].message)
    entry = {
        "sha256": hashlib.sha256(letter.content).hexdigest(),
        "reference_sha256": _sha256(str(request.data["reference"])),
        # Without what is protected: whoever holds the letter could try names against the hash.
        "request_sha256": _sha256(json.dumps(public(request.data), sort_keys=True, ensure_ascii=False)),
        "version": __version__,
        "layout": layout,
        "waived": [{"rule": f.rule, "path": f.pointer, **f.waiver} for f in findings if f.waiver],
        "findings": {str(s): sum(f.severity is s for f in findings) for s in Severity},
    }
    name = file_name(request, languages, draft=draft)
    enclosed = tuple(_enclosed(table, name) for table in tables)
    return Prepared(name, letter.content, draft, entry, annex.content if annex else None, companion, enclosed)


def _enclosed(table: Annex, letter: str) -> Enclosed:
    content = table.letter.content
    entry = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "letter": letter,
        "rows": table.rows,
        "version": __version__,
    }
    return Enclosed(f"{letter.removesuffix('.docx')}.annex-{table.identity}.docx", content, entry)


def release(prepared: Prepared, out: Path, *, force: bool = False, sealed: Path | None = None) -> Built:
    """Write a prepared letter and what goes with it, all or nothing, and return where they lie.

    Args:
        prepared: the letter and what goes with it.
        out: the folder of the letter.
        force: overwrite what was edited, and a record that cannot be read.
        sealed: the folder of the sealed annex.

    Raises:
        BlockedError: what lies on disk is not what this tool wrote for this request, and ``force`` was not asked.
        CascError: a folder cannot be written.

    """
    path = out / prepared.name
    beside = prepared.beside(out, sealed)
    entry = prepared.entry
    try:
        for folder in {file.parent for file in (path, *beside)}:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with alone(out):
            record = _read_record(out, force=force)
            known = record.get(path.name, {})
            before = _known(path, entry, known, force=force)
            other = known.get("reference_sha256", entry["reference_sha256"]) != entry["reference_sha256"]
            if before and other and not force:
                raise BlockedError("build.other", path=path)
            tables = {out / one.name: one for one in prepared.enclosed}
            for file, one in tables.items():
                was = _known(file, one.entry, record.get(one.name, {}), force=force)
                record[one.name] = {**one.entry, "before": was}
            for file, content in beside.items():
                if not force and file.exists() and not _may_replace(file.read_bytes(), content):
                    raise BlockedError("build.exists", path=file)
            stale = _stale(record, path, {one.name for one in prepared.enclosed})
            # Whatever happens between the writes, the letter on disk is one that the record knows.
            record[path.name] = {**entry, "before": before}
            text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
            # The letter takes its place last: it must never stand beside an older enclosure than it lists.
            enclosed = {file: one.content for file, one in tables.items()}
            write_private({out / RECORD: text.encode("utf-8"), **beside, **enclosed, path: prepared.content})
            for file in stale:
                file.unlink(missing_ok=True)
    except OSError as error:
        raise CascError("build.disk", path=out, reason=error.strerror or type(error).__name__) from None
    companion, annex = (next((f for f in beside if f.suffix == suffix), None) for suffix in (".yaml", ".docx"))
    return Built(path, prepared.draft, str(entry["sha256"]), companion, annex, tuple(tables))


def _known(path: Path, entry: dict[str, Any], known: dict[str, Any], *, force: bool) -> str:
    """Return the hash of a document on disk, '' where there is none, and refuse to write over somebody's edits."""
    before = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
    if before and not force and before not in (entry["sha256"], known.get("sha256"), known.get("before")):
        raise BlockedError("build.edited", path=path)
    return before


def _stale(record: dict[str, dict[str, Any]], letter: Path, enclosed: set[str]) -> list[Path]:
    """Take out of the record what an earlier build enclosed with a letter and this one does not, and return it.

    It would be taken for a part of the letter and sent with it.  What somebody edited stays.
    """
    found = []
    for name, entry in list(record.items()):
        if entry.get("letter") == letter.name and name not in enclosed:
            where = letter.with_name(Path(name).name)
            if where.is_file() and hashlib.sha256(where.read_bytes()).hexdigest() == entry.get("sha256"):
                found.append(where)
                del record[name]
    return found


def build(
    request: Request,
    findings: list[Finding],
    out: Path,
    languages: tuple[str, ...],
    layout: str,
    *,
    draft: bool = False,
    force: bool = False,
    companion: bytes | None = None,
    sealed: Path | None = None,
) -> Built:
    """Write the letter for a checked request and return where it lies; raises what its two steps raise."""
    prepared = prepare(
        request, findings, languages, layout, draft=draft, sealed=sealed is not None, companion=companion
    )
    return release(prepared, out, force=force, sealed=sealed)


def _may_be_built(request: Request, findings: list[Finding], languages: tuple[str, ...], *, draft: bool) -> None:
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


def _may_replace(present: bytes, content: bytes) -> bool:
    """Tell whether a file beside a letter is the same, or an annex of the same request that nobody has edited.

    Every word processor writes its own name into what it saves.  The annex has no hash in the record: whoever holds the
    letter could try names against it.
    """
    if present == content:
        return True
    try:
        old, new = read_parts(present), read_parts(content)
        return old[_APPLICATION] == new[_APPLICATION] and _title(old) == _title(new)
    except Exception:  # no document of ours, whatever else it is
        return False


_APPLICATION = "docProps/app.xml"


def _title(parts: dict[str, bytes]) -> str:
    found = re.search(r"<dc:title>([^<]*)</dc:title>", parts["docProps/core.xml"].decode("utf-8"))
    return found[1] if found else ""


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _read_record(out: Path, *, force: bool) -> dict[str, dict[str, Any]]:
    """Return what was built in a folder.

    A record that cannot be read, or that a newer version wrote in another form, is kept and not written over.
    """
    path = out / RECORD
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError:
        record = None
    if not isinstance(record, dict) or not all(isinstance(entry, dict) for entry in record.values()):
        if not force:
            raise BlockedError("build.record", path=path)
        return {}
    return record
