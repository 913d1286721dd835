"""A data file as its maintainer sees it: the typed record, and the line and column of every node.

Unlike a request, a checklist may use YAML anchors and aliases; an aliased node stands where its anchor stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import yaml

from casc_mla.core.errors import DefectError
from casc_mla.core.finding import Finding, Path, Severity
from casc_mla.core.records import read_records
from casc_mla.core.text import Text, message
from casc_mla.load.source import MAX_DEPTH, Position, Source, refuse

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, eq=False)
class DataFile:
    """One file of ``checklists/``; ``name`` is how it is shown, ``record`` its content as the program reads it."""

    path: FilePath
    name: str
    source: Source
    record: dict[str, Any]

    @property
    def sort(self) -> str:
        """What the file holds: ``country``, ``instrument``, ``documents``, ``networks``, ``glossary`` or ``checklist`` (a schema each), or ``phrases``."""
        named = {"_documents": "documents", "_lexicons": "phrases", "_networks": "networks", "glossary": "glossary"}
        if self.path.stem in named:
            return named[self.path.stem]
        return {"countries": "country", "instruments": "instrument"}.get(self.path.parent.name, "checklist")

    def entries(self, name: str) -> list[tuple[int, dict[str, Any]]]:
        """Return the mappings of the list ``facts`` or ``rules`` with their indexes."""
        found = self.record.get(name)
        return [(i, e) for i, e in enumerate(found) if isinstance(e, dict)] if isinstance(found, list) else []

    def finding(
        self,
        rule: str,
        path: Path,
        text: Text,
        remedy: Text,
        severity: Severity = Severity.ERROR,
        *,
        key: bool = False,
    ) -> Finding:
        """Return a finding at the line and column of ``path`` (or of its key)."""
        line, column = self.source.place(path, key=key)
        return Finding(rule, severity, text, remedy, path, self.name, line, column)

    def say(self, rule: str, path: Path, key: str, severity: Severity = Severity.ERROR, /, **values: object) -> Finding:
        """Return a finding whose texts are the catalogue entries ``key`` and ``key + ".fix"``."""
        return self.finding(rule, path, message(key, **values), message(key + ".fix", **values), severity)


def read_data_file(path: FilePath, name: str) -> DataFile:
    """Return a data file with its positions.

    Raises:
        UnreadableError: it is no YAML mapping, or a key stands twice; with the place.

    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise refuse(name, "load.encoding", 1, 1) from None
    except OSError:
        raise refuse(name, "load.not_found") from None
    source = Source(name, None)
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise refuse(name, "load.syntax", line, column, detail=error.problem or "") from None
    except yaml.YAMLError as error:
        raise refuse(name, "load.syntax", 1, 1, detail=str(error).split("\n", maxsplit=1)[0]) from None
    if root is None:
        raise refuse(name, "load.empty")
    if not isinstance(root, yaml.MappingNode):
        raise refuse(name, "load.not_a_mapping", 1, 1)
    _note(source, root, (), (1, 1))
    try:
        record = read_records(path.resolve())
    except DefectError as error:  # a tag or an alias that composes but has no meaning as a record
        raise refuse(name, "load.syntax", 1, 1, detail=error.text["en"]) from None
    return DataFile(path, name, source, record)


def _note(source: Source, node: Any, path: Path, key: tuple[int, int]) -> None:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    source.positions[path] = Position(line, column, *key)
    if len(path) > MAX_DEPTH:
        raise refuse(source.name, "load.depth", line, column, path, limit=MAX_DEPTH)
    if isinstance(node, yaml.SequenceNode):
        for i, item in enumerate(node.value):
            _note(source, item, (*path, i), (item.start_mark.line + 1, item.start_mark.column + 1))
    elif isinstance(node, yaml.MappingNode):
        for name, item in node.value:
            place = (name.start_mark.line + 1, name.start_mark.column + 1)
            if not isinstance(name, yaml.ScalarNode):
                raise refuse(source.name, "load.key", *place)
            here = (*path, name.value)
            if here in source.positions:
                first = source.positions[here].key_line
                raise refuse(source.name, "load.duplicate_key", *place, here, key=name.value, first=first)
            _note(source, item, here, place)
