"""The generated pages say what the data say now."""

from __future__ import annotations

import re

import pytest

from casc_mla.check.rules import all_rules
from casc_mla.cli import COMMANDS
from casc_mla.core import data
from tests.conftest import ROOT, run_command
from tools.make_docs import outdated, pages

PAGES = pages()


def test_the_reference_is_up_to_date():
    assert outdated() == [], "run make docs"


def test_every_rule_stands_on_a_page_in_three_languages():
    text = "\n".join(PAGES.values())
    for rule in all_rules():
        assert f"\n### {rule.id}\n" in text


@pytest.mark.parametrize("folder", ["countries", "instruments"])
def test_every_state_and_instrument_has_a_page(folder):
    for stem in data.listing(f"checklists/{folder}", "*.yaml"):
        assert f"docs/reference/{folder}/{stem}.md" in PAGES


def test_every_command_is_documented():
    commands = PAGES["docs/reference/commands.md"]
    for name in COMMANDS:
        assert f"## casc-mla {name}\n" in commands


def test_links_inside_the_reference_lead_somewhere():
    for path, text in PAGES.items():
        folder = (ROOT / path).parent
        for target in re.findall(r"\]\(([^)#:]+\.md)", text):
            assert (folder / target).resolve().relative_to(ROOT).as_posix() in PAGES, f"{path}: {target}"


@pytest.mark.parametrize("command", ["check examples/ast-syn-1-ge-am.yaml", "explain AST-011a"])
def test_the_readme_shows_what_the_command_prints(command):
    """Every part of the excerpt between two dots of omission, whatever the width of the lines."""
    shown = (
        (ROOT / "README.md")
        .read_text(encoding="utf-8")
        .split(f"$ casc-mla {command}\n```\n```text\n")[1]
        .split("```")[0]
    )
    # A code stands under the place of its finding, so that its row depends on the width.
    printed, shown = (
        " ".join(re.sub(r"─+|\b[A-Z]{2,4}-\w+\b(?!: )", "", text).split())
        for text in (run_command(*command.split()).stdout.decode(), shown)
    )
    for part in shown.split("…"):
        assert part.strip() in printed
