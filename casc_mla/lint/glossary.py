"""``templates/glossary.yaml`` proved: its form, its sources, and that each wording belongs to something that exists."""

from __future__ import annotations

from casc_mla.core import data
from casc_mla.core.errors import UnreadableError
from casc_mla.core.finding import Finding, in_order
from casc_mla.core.text import message
from casc_mla.law.instruments import instrument
from casc_mla.lint.datafile import DataFile, read_data_file
from casc_mla.lint.dataschema import schema_findings
from casc_mla.render.glossary import FILE


def glossary_findings() -> list[Finding]:
    """Return what is wrong with the glossary, at its line and column."""
    try:
        file = read_data_file(data.require(FILE), FILE)
    except UnreadableError as error:
        return error.findings
    broken = schema_findings(file)
    return in_order(broken or _unknown_keys(file))


def _unknown_keys(file: DataFile) -> list[Finding]:
    families = file.record["families"]
    return [
        file.finding(
            "GLO-KEY",
            ("terms", term, key),
            message("glossary.key", term=term, key=key),
            message("glossary.key.fix", families=", ".join(families)),
            key=True,
        )
        for term, wordings in file.record["terms"].items()
        for key in wordings
        if key not in families and instrument(key) is None
    ]
