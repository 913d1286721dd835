"""The shape of the house: arrows go one way, and messages exist in every language."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "casc_mla"
#: Each stage may import the stages before it; ``report`` sees only ``core``.
ORDER = ["core", "load", "law", "check", "render", "lint", "package", "cli"]
FILES = sorted(PACKAGE.rglob("*.py"))


def _stage(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return {name.split(".")[1] for name in found if name.startswith("casc_mla.")}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(path):
    stage = _stage(path)
    if stage in ("", "cli"):
        return
    allowed = {"core", "report"} if stage == "report" else set(ORDER[: ORDER.index(stage) + 1])
    assert _imports(path) <= allowed


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_file_is_one_idea(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


MESSAGES = {
    key: entry
    for path in sorted((PACKAGE / "core" / "messages").glob("*.json"))
    for key, entry in json.loads(path.read_text(encoding="utf-8")).items()
}


@pytest.mark.parametrize("key", sorted(MESSAGES))
def test_a_message_exists_in_every_language_with_the_same_values(key):
    entry = MESSAGES[key]
    assert set(entry) == {"en", "ru", "ar"}
    names = {lang: set(re.findall(r"\{(\w+)\}", text)) for lang, text in entry.items()}
    assert names["en"] == names["ru"] == names["ar"]
    assert re.search("[А-я]", entry["ru"]) or not re.search("[A-Za-z]{4}", entry["en"])
    assert re.search("[\u0600-\u06ff]", entry["ar"]) or not re.search("[A-Za-z]{4}", entry["en"])


def test_no_message_is_left_unused():
    source = "\n".join(path.read_text(encoding="utf-8") for path in FILES).replace("'", '"')
    families = set(re.findall(r'f"([a-z_]+(?:\.[a-z_]+)*)\.\{', source)) | {"cmd", "opt"}
    for key in MESSAGES:
        base = key.removesuffix(".fix")
        assert f'"{key}"' in source or f'"{base}"' in source or any(key.startswith(f"{f}.") for f in families), key
