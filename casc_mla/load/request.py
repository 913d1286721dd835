"""A request: the tree of a file with the types that the schema gives its values."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from casc_mla.core.errors import UnreadableError
from casc_mla.core.finding import Finding, Path, Severity
from casc_mla.core.schema import KINDS, Shape, root_shape, shape_at
from casc_mla.core.text import LANGUAGES, Text
from casc_mla.load.source import Source, parse, refuse

if TYPE_CHECKING:
    from casc_mla.load.tables import Attached

STDIN = "-"


@dataclass(eq=False)
class Request:
    """A request under check.  ``data`` may still break the schema: every reader guards what it takes."""

    source: Source
    data: dict[str, Any]
    #: Where the rows of tables that came from files stand in them, and what was wrong with the files.
    attached: dict[Path, Attached] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The file the request came from, as the user wrote it."""
        return self.source.name

    @property
    def kind(self) -> str:
        """The kind of request, or '' when the file does not say a known one."""
        kind = self.data.get("kind")
        return kind if kind in KINDS else ""

    @cached_property
    def languages(self) -> list[str]:
        """The languages of the letter; the first is the authoritative one."""
        listed = self.data.get("languages")
        return [lang for lang in listed if lang in LANGUAGES] if isinstance(listed, list) else []

    @cached_property
    def forms(self) -> set[str]:
        """The codes of the forms of assistance asked for."""
        return {str(item["form"]) for item in self.list_of("assistance") if isinstance(item.get("form"), str)}

    @cached_property
    def instruments(self) -> list[str]:
        """The ids of the instruments cited, in the order of the file."""
        named = [basis.get("instrument") for basis in self.list_of("legal_basis")]
        return [name for name in named if isinstance(name, str)]

    @property
    def states(self) -> tuple[str, str]:
        """The codes of the requesting and of the requested State, '' where not given."""
        return self._state("requesting"), self._state("requested")

    def _state(self, side: str) -> str:
        found = self.data.get(side)
        code = found.get("state") if isinstance(found, dict) else None
        return code if isinstance(code, str) else ""

    def list_of(self, name: str) -> list[dict[str, Any]]:
        """Return the mappings in a top-level list; anything else in it is the schema's business."""
        found = self.data.get(name)
        return [e for e in found if isinstance(e, dict)] if isinstance(found, list) else []

    def by_id(self, name: str) -> dict[str, dict[str, Any]]:
        """Return the elements of a top-level list by their id."""
        return {str(e["id"]): e for e in self.list_of(name) if "id" in e}

    def at(self, path: Path) -> Any:
        """Return the value at a path, or None."""
        value: Any = self.data
        for part in path:
            if isinstance(part, int):
                value = value[part] if isinstance(value, list) and part < len(value) else None
            else:
                value = value.get(part) if isinstance(value, dict) else None
        return value

    def shape(self, path: Path) -> Shape | None:
        """Return what the schemas say of a path."""
        return shape_at(self.kind, self.data, path)

    def finding(
        self,
        rule: str,
        severity: Severity,
        path: Path,
        text: Text,
        remedy: Text,
        source: dict[str, Any] | None = None,
        *,
        key: bool = False,
    ) -> Finding:
        """Return a finding at the line and column of ``path`` (or of its key), in the file in which it stands."""
        file = self.name
        line, column = self.source.place(path, key=key)
        attached = self.attached.get(path[:2])
        if attached and path[2:3] == ("rows",):
            file = attached.file
            line, column = attached.place(path[3:])
        return Finding(rule, severity, text, remedy, path, file, line, column, source or {})


def _typed(value: Any, shape: Shape | None) -> Any:
    """Give scalars the type that the schema asks for; what does not fit stays text and the schema says so."""
    if shape is None:
        return value
    if isinstance(value, dict):
        members = shape.properties(value)
        return {name: _typed(member, members.get(name)) for name, member in value.items()}
    if isinstance(value, list):
        item = shape.items()
        return [_typed(member, item) for member in value]
    if isinstance(value, str):
        if shape.type == "boolean" and value in ("true", "false"):
            return value == "true"
        digits = value.removeprefix("-")
        # Python refuses to read thousands of digits; no count of pages needs more than eighteen.
        if shape.type == "integer" and digits.isascii() and digits.isdigit() and len(digits) < 19:
            return int(value)
    return value


def from_source(source: Source) -> Request:
    """Return the request in a parsed source."""
    kind = source.data.get("kind")
    return Request(source, _typed(source.data, root_shape(kind if isinstance(kind, str) else "")))


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file, or of standard input for ``-``.

    Raises:
        UnreadableError: with a remedy in words.

    """
    if name == STDIN:
        return sys.stdin.buffer.read()
    path = FilePath(name)
    try:
        if path.is_dir():
            raise refuse(name, "load.directory")
        return path.read_bytes()
    except FileNotFoundError:
        raise refuse(name, "load.not_found") from None
    except PermissionError:
        raise refuse(name, "load.permission") from None
    except OSError:
        raise refuse(name, "load.os") from None


def load(name: str) -> Request:
    """Return the request in a file, with the tables that lie beside it.

    Raises:
        UnreadableError: the file cannot be read as a request at all.

    """
    request = from_source(parse(name, read_bytes(name)))
    if "tables" in request.data:
        from casc_mla.load.tables import attach

        request.attached, request.problems = attach(name, request.data["tables"])
    return request


__all__ = ["STDIN", "Request", "UnreadableError", "from_source", "load", "read_bytes"]
