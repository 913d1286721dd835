"""Every data file of the law proved: form, sources, dates, ids, references, severity and the examples of the rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from casc_mla.check.examples import wrong_examples
from casc_mla.check.rules import rules_in
from casc_mla.core import data
from casc_mla.core.errors import UnreadableError
from casc_mla.core.finding import Finding, Path, Severity, in_order
from casc_mla.core.schema import read_schema
from casc_mla.law.networks import networks
from casc_mla.law.sources import LISTS, titles
from casc_mla.lint.datafile import DataFile, read_data_file
from casc_mla.lint.dataschema import schema_findings
from casc_mla.lint.definitions import Vocabulary, definition_findings, unknown_name, vocabulary
from casc_mla.lint.figures import differing_figures

FOLDERS = ("checklists", "checklists/kinds", "checklists/forms", "checklists/instruments", "checklists/countries")
#: The lists of entries with a source of their own.
PARTS = ("facts", "parties", "declarations", "provisions", "relations", "notes", "rules")
#: Files that rules and country files share; they hold no rules themselves.
SHARED = ("_documents", "_lexicons", "_networks")
#: Free words, examples and quotations may hold anything that looks like a date.
_NOT_DATES = {"text", "fix", "question", "fails", "passes", "document", "url", "quote", "given", "when", "unless"}
#: An article that holds words, and not only numbers, letters and marks, reads differently in each language.
_WORD = re.compile(r"[^\W\d_]{3}")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
#: What an error may rest on; ``practice`` stands for contradictions and for what makes execution impossible.
_CARRIES_AN_ERROR = {"verified", "treaty", "practice"}


def data_files() -> list[FilePath]:
    """Return every data file of the law, those of ``--data-dir`` in the place of shipped ones of the same name."""
    return [
        path for folder in FOLDERS for path in data.listing(folder, "*.yaml").values() if not path.stem.startswith("_")
    ]


def shown(path: FilePath) -> str:
    """Return a data file's name as people know it: from ``checklists/`` on."""
    for root in data.roots():
        if path.resolve().is_relative_to(root.resolve()):
            return path.resolve().relative_to(root.resolve()).as_posix()
    return path.as_posix()


def check_checklists(
    paths: Sequence[FilePath] = (), watch: Callable[[Iterable[Any]], Iterable[Any]] = iter
) -> dict[str, list[Finding]]:
    """Return the findings of the named files, or of all, by file name; ``watch`` may show the progress.

    Ids must be unique among all data files, so all are read even when only some are checked.
    """
    chosen = {path.resolve(): path.as_posix() for path in paths}
    shared = [path for name in SHARED if (path := data.find(f"checklists/{name}.yaml"))]
    everything = {path.resolve(): shown(path) for path in [*shared, *data_files()]}
    wanted = chosen or everything
    results: dict[str, list[Finding]] = {}
    files: dict[FilePath, DataFile] = {}
    for path, name in {**everything, **chosen}.items():
        try:
            files[path] = read_data_file(path, name)
        except UnreadableError as error:
            if path in wanted:
                results[name] = error.findings
    instruments = frozenset(path.stem for path in {**everything, **chosen} if path.parent.name == "instruments")
    words = vocabulary(instruments)
    doubles = _doubled_ids(files.values())
    for path in watch([path for path in files if path in wanted]):
        file = files[path]
        results[file.name] = in_order([*_file_findings(file, words), *doubles.get(file.name, ())])
    return dict(sorted(results.items()))


def _file_findings(file: DataFile, words: Vocabulary) -> Iterator[Finding]:
    if file.sort == "phrases":
        yield from _phrases(file)
        return
    schema = schema_findings(file)
    yield from schema
    yield from differing_figures(file)
    if file.sort == "documents":
        yield from _documents(file)
        return
    if file.sort == "networks":
        return
    yield from _file_name(file)
    yield from _networks(file)
    yield from _titles(file)
    yield from _dates(file)
    yield from _instruments(file, words)
    yield from _severities(file)
    yield from _facts(file)
    definitions = list(definition_findings(file, words))
    yield from definitions
    broken = [f for f in definitions if f.rule != "DATA-INSTRUMENT"]
    if broken or any(f.path[:1] in ((), ("rules",)) for f in schema):
        if file.entries("rules"):
            yield file.say("DATA-SKIPPED", ("rules",), "datacheck.skipped", Severity.NOTE)
        return
    for i, rule in enumerate(rules_in(file.path.resolve())):
        for detail in wrong_examples(rule):
            name, _, index = detail.removeprefix(f"{rule.id}: ").partition(" ")[0].partition("[")
            path: Path = ("rules", i, name, int(index[:-1])) if index else ("rules", i)
            yield file.say("DATA-EXAMPLE", path, "datacheck.example", detail=detail)


def _doubled_ids(files: Iterable[DataFile]) -> dict[str, list[Finding]]:
    """Return a finding for every id of a fact, rule or declaration that already stands elsewhere, by file."""
    first: dict[str, str] = {}
    found: dict[str, list[Finding]] = {}
    for file in files:
        for part in PARTS:
            for i, entry in file.entries(part):
                name = entry.get("id")
                if not isinstance(name, str):
                    continue
                path = (part, i, "id")
                if name in first:
                    finding = file.say("DATA-ID", path, "datacheck.double", entry=name, first=first[name])
                    found.setdefault(file.name, []).append(finding)
                else:
                    first[name] = f"{file.name}:{file.source.place(path)[0]}"
    return found


def _file_name(file: DataFile) -> Iterator[Finding]:
    """Yield a finding where the id of a State or instrument is not the name of its file: it would never be found."""
    if file.sort == "checklist":
        return
    name = file.record.get("id")
    wanted = file.path.stem.upper() if file.sort == "country" else file.path.stem
    if isinstance(name, str) and name != wanted:
        yield file.say("DATA-NAME", ("id",), "datacheck.name", name=name, wanted=wanted)
    if file.sort == "country":
        for i, fact in file.entries("facts"):
            if not str(fact.get("id", f"{name}-")).startswith(f"{name}-"):
                path = ("facts", i, "id")
                yield file.say("DATA-NAME", path, "datacheck.prefix", entry=fact["id"], wanted=f"{name}-")


def _dates(file: DataFile) -> Iterator[Finding]:
    for path, value in _scalars((), file.record):
        if _DATE.fullmatch(value) and as_real_date(value) is None:
            yield file.say("DATA-DATE", path, "datacheck.date", value=value)
    for part in PARTS:
        for i, entry in file.entries(part):
            for begins, ends in (("valid_from", "valid_to"), ("since", "until")):
                start, end = str(entry.get(begins, "")), str(entry.get(ends, ""))
                if "unknown" not in (start, end) and start and end and start > end:
                    yield file.say("DATA-DATE", (part, i, ends), "datacheck.order", start=start, end=end)
            source = entry.get("source")
            checked = as_real_date(str(source.get("checked_on", ""))) if isinstance(source, dict) else None
            if checked and checked > date.today():
                path = (part, i, "source", "checked_on")
                yield file.say("DATA-DATE", path, "datacheck.future", Severity.WARNING, value=checked)


def as_real_date(value: str) -> date | None:
    """Return the date that a text ``2026-11-23`` names, or None where there is no such day."""
    try:
        found = date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None
    return found if found and 1800 <= found.year < 2200 else None


def _scalars(path: Path, value: Any) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in _NOT_DATES:
                yield from _scalars((*path, key), inner)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _scalars((*path, i), inner)


def _instruments(file: DataFile, words: Vocabulary) -> Iterator[Finding]:
    for part in PARTS:
        for i, entry in file.entries(part):
            named = entry.get("instruments")
            places: list[tuple[Path, Any]] = [
                ((part, i, "instruments", j), name) for j, name in enumerate(named if isinstance(named, list) else ())
            ]
            if part == "relations" and entry.get("instrument", "bilateral") != "bilateral":
                places.append(((part, i, "instrument"), entry.get("instrument")))
            source = entry.get("source")
            if isinstance(source, dict) and "instrument" in source:
                places.append(((part, i, "source", "instrument"), source["instrument"]))
            for path, name in places:
                if name not in words.instruments and not (part == "relations" and name == "bilateral"):
                    entry_id = str(entry.get("id", i + 1))
                    yield unknown_name(file, "instrument", path, entry_id, name, words.instruments)


def _networks(file: DataFile) -> Iterator[Finding]:
    """Yield the networks that a State is said to belong to and that nobody has described."""
    named = file.record.get("networks") if file.sort == "country" else None
    for i, name in enumerate(named if isinstance(named, list) else ()):
        if name not in networks():
            known = ", ".join(sorted(networks()))
            yield file.say("DATA-NETWORK", ("networks", i), "datacheck.network", name=name, known=known)


def _documents(file: DataFile) -> Iterator[Finding]:
    """Yield the entries of the register of documents that stand there twice."""
    for name in LISTS.values():
        first: dict[str, int] = {}
        for i, entry in file.entries(name):
            title = str(entry.get("en", ""))
            if title in first:
                line = file.source.place((name, first[title]))[0]
                yield file.say("DATA-TITLE", (name, i, "en"), "datacheck.title.double", line=line)
            first.setdefault(title, i)


def _titles(file: DataFile) -> Iterator[Finding]:
    """Yield the documents and articles of which the register does not know how they are called in every language."""
    told: set[str] = set()
    for path, source in sources_in((), file.record):
        named = source.get("document")
        document = named if isinstance(named, str) and not source.get("instrument") else ""
        article = str(source.get("article") or "")
        for field, text in (("document", document), ("article", article if _WORD.search(article) else "")):
            if text and text not in told and text not in titles(field):
                told.add(text)
                yield file.say("DATA-TITLE", (*path, field), f"datacheck.title.{field}", Severity.NOTE)


def sources_in(path: Path, value: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every source that stands in a record, with its path; ``path`` is where the record stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "source" and isinstance(inner, dict):
                yield (*path, key), inner
            else:
                yield from sources_in((*path, key), inner)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from sources_in((*path, i), inner)


def _phrases(file: DataFile) -> Iterator[Finding]:
    """Yield the phrase lists that cannot be searched for, and languages for which a list has no phrases."""
    for name, record in file.record.items():
        versions = record if isinstance(record, dict) else {}
        for lang in ("en", "ru", "ar"):
            listed = versions.get(lang)
            if not isinstance(listed, list) or not listed:
                yield file.say("DATA-PHRASES", (name,), "datacheck.phrases", Severity.WARNING, entry=name, lang=lang)
                continue
            for i, phrase in enumerate(listed):
                try:
                    re.compile(rf"(?<!\w){phrase}")
                except re.error as error:
                    path = (name, lang, i)
                    yield file.say("DATA-PHRASES", path, "datacheck.pattern", entry=name, detail=error.msg)


def _severities(file: DataFile) -> Iterator[Finding]:
    for i, rule in file.entries("rules"):
        source = rule.get("source")
        status = source.get("status") if isinstance(source, dict) else None
        if rule.get("severity") == "error" and isinstance(status, str) and status not in _CARRIES_AN_ERROR:
            path = ("rules", i, "severity")
            yield file.say("DATA-SEVERITY", path, "datacheck.severity", rule=rule.get("id", ""), status=status)


def _facts(file: DataFile) -> Iterator[Finding]:
    """Yield unknowns that do not say so, and the topics on which a State's file is silent."""
    if file.sort != "country":
        return
    for i, fact in file.entries("facts"):
        source = fact.get("source")
        status = source.get("status") if isinstance(source, dict) else None
        if fact.get("value") == "unknown" and isinstance(status, str) and status != "unknown":
            path: Path = ("facts", i, "source", "status")
            yield file.say("DATA-UNKNOWN", path, "datacheck.unknown_status", Severity.WARNING, entry=fact.get("id", ""))
        if status == "practice":
            path = ("facts", i, "source", "status")
            yield file.say("DATA-SOURCE", path, "datacheck.practice", entry=fact.get("id", ""))
    topics = {str(fact.get("topic")) for _, fact in file.entries("facts")}
    silent = [topic for topic in expected_topics(requesting="outgoing_authority" in topics) if topic not in topics]
    if silent:
        topics_text = ", ".join(silent)
        yield file.say("DATA-TOPIC", ("facts",), "datacheck.topics", Severity.WARNING, topics=topics_text)


def expected_topics(*, requesting: bool) -> list[str]:
    """Return the topics on which every State's file speaks; a requesting State also says how its own requests look."""
    branches = read_schema("country.schema.json")["$defs"]["fact"]["allOf"]
    named = [branch["if"]["properties"].get("topic", {}).get("const") for branch in branches]
    return [topic for topic in named if topic and (requesting or not topic.startswith("outgoing_"))]
