"""Where commands print: a console that never breaks what a program reads."""

from __future__ import annotations

import json
import sys
from typing import Any

import click
from rich.console import Console


def console() -> Console:
    """Return the console for people; narrow terminals and pipes get at least 100 columns to wrap in."""
    width = None if sys.stdout.isatty() else 110
    return Console(width=width, highlight=False, soft_wrap=False)


def print_json(value: Any) -> None:
    """Print data for programs; the letters of every script stay readable."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
