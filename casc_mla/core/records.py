"""Data files of the project itself: YAML with only the types that the records use."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from casc_mla.core.errors import DefectError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _RecordLoader(_Base):  # type: ignore[misc]
    """``true``/``false``, whole numbers and null; everything else is text, so ``NO`` and dates stay as written."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"true|false", "tf"),
    ("tag:yaml.org,2002:int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("tag:yaml.org,2002:null", r"null|~|", ["n", "~", ""]),
):
    _RecordLoader.add_implicit_resolver(_tag, re.compile(rf"(?:{_pattern})\Z"), list(_first))


@cache
def read_records(path: Path) -> Any:
    """Return the content of one data file.

    Raises:
        DefectError: the file is not YAML; data files are ours, so this is a defect and not a request's fault.

    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_RecordLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise DefectError("data.broken", path=path, line=line, column=column) from None
