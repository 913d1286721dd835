"""Compiled templates kept for the next run, because compiling one takes longer than everything else in a letter.

What is kept is Python bytecode, as Python itself keeps it in ``__pycache__``: made from the shipped templates and from
nothing of a request, under the hash of the composed template and of the libraries that compiled it.  It is read only
from a folder that belongs to the user and that nobody else may write to.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
from functools import cache
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from casc_mla.core import records

#: Letters differ in kind, languages, layout, forms and sections; an office writes some dozens of them again and again.
MOST = 80


def compiled_before(environment: jinja2.Environment, xml: str) -> jinja2.Template | None:
    """Return the template compiled from this text in an earlier run, or None."""
    path = _path(xml)
    if path is None or not _trusted(path.parent):
        return None
    bucket = Bucket(environment, path.stem, path.stem)
    try:
        bucket.load_bytecode(io.BytesIO(path.read_bytes()))
    except (OSError, ValueError, EOFError, TypeError):
        return None
    if bucket.code is None:
        return None
    return environment.template_class.from_code(environment, bucket.code, environment.make_globals(None))


def keep(environment: jinja2.Environment, xml: str, source: jinja2.nodes.Template) -> jinja2.Template:
    """Return the template compiled from a checked tree, and keep its code."""
    code = environment.compile(source)
    path = _path(xml)
    if path is not None:
        bucket = Bucket(environment, path.stem, path.stem)
        bucket.code = code
        stream = io.BytesIO()
        bucket.write_bytecode(stream)
        records.keep(path, stream.getvalue(), MOST)
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


def _path(xml: str) -> Path | None:
    folder = records.cache_folder()
    if folder is None:
        return None
    # ``Bucket`` itself compares the version of Python.
    return folder / "templates" / f"{hashlib.sha256(_compilers() + xml.encode('utf-8')).hexdigest()[:32]}.code"


@cache
def _compilers() -> bytes:
    """Return what tells the installed libraries and our own rules apart, without importing them."""
    parts = []
    for name in ("docxtpl", "jinja2"):
        spec = importlib.util.find_spec(name)
        for file in sorted(Path(spec.origin).parent.glob("*.py")) if spec and spec.origin else ():
            found = file.stat()
            parts.append(f"{file.name}:{found.st_size}:{found.st_mtime_ns}")
    parts.append(Path(__file__).with_name("template.py").read_text(encoding="utf-8"))
    return "\n".join(parts).encode("utf-8")


def _trusted(folder: Path) -> bool:
    """Tell whether only this user may write to the folder; where the system has no such notion, its profile is private."""
    if not hasattr(os, "getuid"):
        return True
    try:
        found = folder.stat()
    except OSError:
        return False
    return found.st_uid == os.getuid() and not found.st_mode & 0o022
