"""Findings as JUnit XML: a file is a test suite, a finding of severity error a failure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from casc_mla.core.finding import Finding, Severity
from casc_mla.core.text import pick


def report(files: Mapping[str, Sequence[Finding]], lang: str) -> str:
    """Return the findings of several files as one XML document."""
    root = ET.Element("testsuites", name="casc-mla")
    for name, findings in files.items():
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        suite = ET.SubElement(root, "testsuite", name=name, tests=str(max(len(findings), 1)), failures=str(len(errors)))
        if not findings:
            ET.SubElement(suite, "testcase", name=name, classname="casc-mla")
        for finding in findings:
            place = f"{finding.rule} {finding.pointer or '/'} ({finding.place(name)})"
            case = ET.SubElement(suite, "testcase", name=place, classname=name)
            text = f"{pick(finding.message, lang)}\n{pick(finding.remedy, lang)}"
            if finding.severity is Severity.ERROR:
                ET.SubElement(case, "failure", message=pick(finding.message, lang), type=finding.rule).text = text
            else:
                ET.SubElement(case, "system-out").text = text
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"
