"""What every template of every language must have: the sections of the contract, tags that compile, no foreign words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casc_mla.core import data
from casc_mla.core.errors import CascError
from casc_mla.core.finding import Finding, Severity
from casc_mla.core.schema import read_schema
from casc_mla.core.text import LANGUAGES, message
from casc_mla.lint.glossary import glossary_findings
from casc_mla.lint.notation import sections, to_text
from casc_mla.lint.outline import outline_findings
from casc_mla.render import contract, glossary
from casc_mla.render.single import letter
from casc_mla.render.template import compiled

_TAG = re.compile(r"\{[{%].*?[%}]\}|\{(?:PAGE|NUMPAGES)\}|^===.*$|^%.*$", re.MULTILINE)
_TERM = re.compile(r"\br\.t\.(\w+)")
_LATIN = re.compile(r"[A-Za-z]{2,}")
#: Abbreviations that every language writes in Latin letters.
_LATIN_ALLOWED = {"IBAN", "BIC", "SWIFT", "IP", "IMEI", "IMSI", "DNA", "PDF", "CSV", "UTC"}


def template_text(lang: str, file: str) -> str:
    """Return the text of a template."""
    return to_text(data.require(f"templates/{lang}/{file}.docx").read_bytes())


def check_templates() -> list[Finding]:
    """Return what is wrong with the templates of all languages."""
    broken = glossary_findings()
    if broken:
        return broken
    findings = [*_sections(), *_forms(), *_words(), *_terms(), *outline_findings(_files())]
    return findings or list(_compile())


def _files() -> tuple[str, ...]:
    return ("common", "assistance", *contract.kinds())


def _finding(key: str, where: str, /, **values: object) -> Finding:
    return Finding(
        "TPL-" + key.rsplit(".", 1)[1].upper(),
        Severity.ERROR,
        message(key, **values),
        message(key + ".fix", **values),
        file=where,
    )


def _sections() -> Iterator[Finding]:
    for lang in LANGUAGES:
        for kind in contract.kinds():
            for section in [*contract.sections(kind), *contract.running_sections(kind)]:
                if section.name not in letter(lang, section.file).sections:
                    yield _finding(
                        "template.section_missing",
                        f"templates/{lang}/{section.file}.docx",
                        section=section.name,
                        file=section.file,
                        lang=lang,
                    )


def _forms() -> Iterator[Finding]:
    codes = [code for code in read_schema("forms.schema.json")["$defs"] if re.fullmatch(r"[A-Z]{2}-\d{2}", code)]
    for lang in LANGUAGES:
        for code in codes:
            if code not in letter(lang, "assistance").sections:
                yield _finding(
                    "template.form_without_wording", f"templates/{lang}/assistance.docx", form=code, lang=lang
                )


def _words() -> Iterator[Finding]:
    for lang in ("ru", "ar"):
        for file in _files():
            for name, lines in sections(template_text(lang, file)):
                text = _TAG.sub(" ", "\n".join(lines))
                foreign = [word for word in _LATIN.findall(text) if word not in _LATIN_ALLOWED]
                if foreign:
                    yield _finding(
                        "template.foreign_word",
                        f"templates/{lang}/{file}.docx",
                        section=name,
                        word=foreign[0],
                    )


def _terms() -> Iterator[Finding]:
    known = glossary.names()
    for lang in LANGUAGES:
        for file in _files():
            for name, lines in sections(template_text(lang, file)):
                for term in _TERM.findall("\n".join(lines)):
                    if term not in known:
                        yield _finding("template.term", f"templates/{lang}/{file}.docx", section=name, term=term)


def _compile() -> Iterator[Finding]:
    for lang in LANGUAGES:
        forms = tuple(sorted(code for code in letter(lang, "assistance").sections))
        for kind in contract.kinds():
            try:
                compiled(kind, (lang,), "single", forms)
            except CascError as error:
                yield Finding(
                    "TPL-COMPILE",
                    Severity.ERROR,
                    error.text,
                    error.remedy,
                    file=f"templates/{lang}/{kind}.docx",
                )
