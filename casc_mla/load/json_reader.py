"""JSON with positions: numbers keep their digits, as text does in YAML."""

from __future__ import annotations

import json
import re
from typing import Any

from casc_mla.core.finding import Path
from casc_mla.load.source import Builder, Source, check_scalar, refuse

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")
_WORD = re.compile(r"[A-Za-z]+")


def read_json(name: str, text: str) -> Source:
    """Return the tree of a JSON text; ``true`` and ``12`` stay text until the schema says otherwise."""
    reader = _Reader(name, text)
    reader.builder.source.data = reader.value(())
    reader.skip()
    if reader.at < len(text):
        raise reader.error("load.json_rest")
    return reader.builder.source


class _Reader:
    def __init__(self, name: str, text: str) -> None:
        self.name, self.text, self.at = name, text, 0
        self.builder = Builder(name)
        self.line, self.line_start, self.counted = 1, 0, 0

    def skip(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def here(self) -> tuple[int, int]:
        newlines = self.text.count("\n", self.counted, self.at)
        if newlines:
            self.line += newlines
            self.line_start = self.text.rfind("\n", 0, self.at) + 1
        self.counted = self.at
        return self.line, self.at - self.line_start + 1

    def error(self, key: str, **values: object) -> Exception:
        line, column = self.here()
        return refuse(self.name, key, line, column, **values)

    def expect(self, char: str) -> None:
        self.skip()
        if self.text[self.at : self.at + 1] != char:
            raise self.error("load.json_expected", char=char)
        self.at += 1

    def string(self) -> str:
        found = _STRING.match(self.text, self.at)
        if not found:
            raise self.error("load.json_string")
        try:
            value: str = json.loads(found[0])
        except ValueError:
            raise self.error("load.json_string") from None
        self.at = found.end()
        return value

    def value(self, path: Path, key: tuple[int, int] | None = None) -> Any:
        self.skip()
        line, column = self.here()
        self.builder.note(path, line, column, key)
        char = self.text[self.at : self.at + 1]
        if char == "{":
            self.builder.enter(path, line, column)
            return self.mapping(path)
        if char == "[":
            self.builder.enter(path, line, column)
            return self.sequence(path)
        if char == '"':
            text = self.string()
            check_scalar(self.name, text, path, line, column)
            return text
        number = _NUMBER.match(self.text, self.at)
        if number:
            self.at = number.end()
            return number[0]
        word = _WORD.match(self.text, self.at)
        if word and word[0] in ("true", "false", "null"):
            self.at = word.end()
            return None if word[0] == "null" else word[0]
        raise self.error("load.json_value")

    def mapping(self, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        self.at += 1
        self.skip()
        if self.text[self.at : self.at + 1] == "}":
            self.at += 1
            return result
        while True:
            self.skip()
            place = self.here()
            key = self.string()
            self.builder.claim(result, key, path, *place)
            self.expect(":")
            result[key] = self.value((*path, key), place)
            self.skip()
            if self.text[self.at : self.at + 1] == ",":
                self.at += 1
                continue
            self.expect("}")
            return result

    def sequence(self, path: Path) -> list[Any]:
        result: list[Any] = []
        self.at += 1
        self.skip()
        if self.text[self.at : self.at + 1] == "]":
            self.at += 1
            return result
        while True:
            result.append(self.value((*path, len(result))))
            self.skip()
            if self.text[self.at : self.at + 1] == ",":
                self.at += 1
                continue
            self.expect("]")
            return result
