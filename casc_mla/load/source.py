"""Text becomes a plain tree and the position of every node.

Scalars stay text until the schema says otherwise: ``0345`` keeps its zero, ``NO`` stays Norway and ``12:30`` stays
a time.  Only what a request needs is accepted; anchors, tags, duplicate keys and the like are refused with their place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from casc_mla.core.errors import UnreadableError
from casc_mla.core.finding import Finding, Path, Severity
from casc_mla.core.text import INVISIBLE, message

#: A table of some thousand rows, written out by `extract`, must be readable again.
MAX_BYTES = 4_000_000
MAX_DEPTH = 30

#: Characters that have no place in a request: controls, bidi overrides and isolates, line and paragraph separators,
#: surrogates, private use (the letters mark values with it) and non-characters.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(15))
    + "\U000f0000-\U0010ffff]"
)
_LINE_BREAK = re.compile("[\t\n\r]")
#: What YAML takes for a comment and a writer hardly means as one: "No #5" would silently become "No".
_CUT = re.compile(r"[ \t]+#[^\s#!]")
_FREE_TEXT_KEYS = {"en", "ru", "ar"}


@dataclass(frozen=True, slots=True)
class Position:
    """Where a value begins, and where its key begins; lines and columns count from 1."""

    line: int
    column: int
    key_line: int
    key_column: int


@dataclass(slots=True)
class Source:
    """A tree of ``dict``, ``list``, ``str`` and ``None``, with the position of every node by its path."""

    name: str
    data: Any
    positions: dict[Path, Position] = field(default_factory=dict)

    def place(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Return line and column of ``path``, or of the nearest ancestor that exists."""
        for end in range(len(path), -1, -1):
            position = self.positions.get(path[:end])
            if position:
                if key and end == len(path):
                    return position.key_line, position.key_column
                return position.line, position.column
        return 0, 0


def refuse(
    name: str, key: str, line: int = 0, column: int = 0, path: Path = (), /, **values: object
) -> UnreadableError:
    """Return the error for a file that cannot be read, at its place."""
    return UnreadableError(
        [
            Finding(
                rule=key,
                severity=Severity.ERROR,
                message=message(key, **values),
                remedy=message(key + ".fix", **values),
                path=path,
                file=name,
                line=line,
                column=column,
            )
        ]
    )


def parse(name: str, raw: bytes) -> Source:
    """Return the tree in ``raw``, YAML or JSON.

    Raises:
        UnreadableError: with the place and the remedy, whatever the input is.

    """
    text = decode(name, raw)
    refuse_forbidden(name, text)
    if not text.strip():
        raise refuse(name, "load.empty")
    if text.lstrip()[0] in "{[":
        from casc_mla.load.json_reader import read_json

        source = read_json(name, text)
    else:
        source = _read_yaml(name, text)
    if not isinstance(source.data, dict):
        raise refuse(name, "load.not_a_mapping", 1, 1)
    return source


def decode(name: str, raw: bytes) -> str:
    """Return the text in UTF-8 bytes, its line ends made one, or refuse it at its place."""
    if len(raw) > MAX_BYTES:
        raise refuse(name, "load.too_large", size=len(raw), limit=MAX_BYTES)
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise refuse(name, "load.document")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse(name, "load.encoding", 1, 1)
    if b"\x00" in raw[:4096]:
        raise refuse(name, "load.binary")
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise refuse(name, "load.encoding", line, column) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def refuse_forbidden(name: str, text: str) -> None:
    """Refuse controls, direction overrides and other characters that have no place in a text."""
    found = _FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        raise refuse(name, "load.character", line, column, code=f"U+{ord(found[0]):04X}")


def hidden_character(value: str) -> str:
    """Return the code of the first character in a value that nobody sees, or ''."""
    found = INVISIBLE.search(value)
    return f"U+{ord(found[0]):04X}" if found else ""


def check_scalar(name: str, value: str, path: Path, line: int, column: int) -> None:
    """Refuse forbidden escapes and, outside free text, what nobody sees: harmless in a sentence, false in a number."""
    escaped = _FORBIDDEN.search(value)
    if escaped:
        raise refuse(name, "load.character", line, column, path, code=f"U+{ord(escaped[0]):04X}")
    if path and path[-1] not in _FREE_TEXT_KEYS:
        if _LINE_BREAK.search(value):
            raise refuse(name, "load.line_break", line, column, path)
        hidden = hidden_character(value)
        if hidden:
            raise refuse(name, "load.invisible", line, column, path, code=hidden)


class Builder:
    """Collects nodes into a tree with positions; shared by the YAML and the JSON reader."""

    def __init__(self, name: str) -> None:
        self.source = Source(name, None)

    def note(self, path: Path, line: int, column: int, key: tuple[int, int] | None = None) -> None:
        """Remember where a node stands."""
        key_line, key_column = key or (line, column)
        self.source.positions[path] = Position(line, column, key_line, key_column)

    def enter(self, path: Path, line: int, column: int) -> None:
        """Refuse nesting deeper than a request can need."""
        if len(path) > MAX_DEPTH:
            raise refuse(self.source.name, "load.depth", line, column, path, limit=MAX_DEPTH)

    def claim(self, mapping: dict[str, Any], key: str, path: Path, line: int, column: int) -> None:
        """Refuse a key that the mapping already has."""
        if key in mapping:
            first = self.source.positions[(*path, key)]
            raise refuse(
                self.source.name,
                "load.duplicate_key",
                line,
                column,
                (*path, key),
                key=key,
                first=first.key_line,
            )
        check_scalar(self.source.name, key, ("key",), line, column)


def _read_yaml(name: str, text: str) -> Source:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = Builder(name)
    try:
        events = yaml.parse(text, Loader=loader)
        return _from_events(builder, events, text.split("\n"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        line_text = text.split("\n")[line - 1] if line <= text.count("\n") + 1 else ""
        key = "load.tab" if "\t" in line_text[: max(column, 1)] else "load.syntax"
        raise refuse(name, key, line, column, detail=error.problem or "") from None
    except yaml.YAMLError as error:
        raise refuse(name, "load.syntax", 1, 1, detail=str(error).split("\n", maxsplit=1)[0]) from None


def _from_events(builder: Builder, events: Any, lines: list[str]) -> Source:
    """Build the tree from parser events; a stack of open containers instead of recursion."""
    name = builder.source.name
    # Each open container: [container, its path, key waiting for its value, position of that key].
    stack: list[list[Any]] = []
    documents = 0

    def put(value: Any, line: int, column: int) -> Path:
        if not stack:
            builder.source.data = value
            builder.note((), line, column)
            return ()
        container, path, key, key_place = stack[-1]
        if isinstance(container, list):
            here: Path = (*path, len(container))
            container.append(value)
            builder.note(here, line, column)
        else:
            here = (*path, key)
            container[key] = value
            builder.note(here, line, column, key_place)
            stack[-1][2] = None
        return here

    for event in events:
        kind = type(event)
        if kind in (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent):
            continue
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise refuse(name, "load.documents", line, column)
            continue
        if kind is yaml.AliasEvent:
            raise refuse(name, "load.alias", line, column)
        if kind in (yaml.SequenceEndEvent, yaml.MappingEndEvent):
            stack.pop()
            continue
        if event.anchor is not None:
            raise refuse(name, "load.alias", line, column)
        if event.tag is not None:
            raise refuse(name, "load.tag", line, column)
        waits_for_key = bool(stack) and isinstance(stack[-1][0], dict) and stack[-1][2] is None
        if kind is yaml.ScalarEvent:
            if waits_for_key:
                _, path, _, _ = stack[-1]
                builder.claim(stack[-1][0], event.value, path, line, column)
                stack[-1][2], stack[-1][3] = event.value, (line, column)
                continue
            value: str | None = event.value
            if not event.style and _CUT.match(lines[event.end_mark.line], event.end_mark.column):
                raise refuse(name, "load.comment", event.end_mark.line + 1, event.end_mark.column + 2)
            if not event.style and value in ("", "~", "null", "Null", "NULL"):
                value = None
            here = put(value, line, column)
            if value is not None:
                check_scalar(name, value, here, line, column)
            continue
        if waits_for_key:
            raise refuse(name, "load.key", line, column)
        container: Any = [] if kind is yaml.SequenceStartEvent else {}
        here = put(container, line, column)
        builder.enter(here, line, column)
        stack.append([container, here, None, None])
    return builder.source
