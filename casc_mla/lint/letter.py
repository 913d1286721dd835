"""A letter checked after somebody edited it in Word: against the request it carries, and one language against the other.

The letter is made again from the request inside it; what differs was edited.  An edit is no fault in itself.  It is one
where a value no longer is what the data say, where only one language was changed, and where a protected person is named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from casc_mla import __version__
from casc_mla.check.predicates import PREDICATES
from casc_mla.check.predicates.texts import figures
from casc_mla.core.finding import Finding, Path, Severity, in_order, pointer
from casc_mla.core.text import LANGUAGES, Text, message
from casc_mla.lint.edited import ROWS, Edited, Place, every_text, normal, read_edited
from casc_mla.load.request import Request
from casc_mla.load.source import Source
from casc_mla.render.context import ALTERNATIVE, public, unmarked
from casc_mla.render.contract import is_annexed
from casc_mla.render.embedded import Make, extract, made
from casc_mla.render.formats import language_name
from casc_mla.render.letter import build_letter
from casc_mla.render.ooxml import RIGHT_TO_LEFT, w
from casc_mla.render.views import build_view

#: Sections that have no heading of their own are named in the catalogue.
_UNTITLED = (
    "letterhead",
    "reference",
    "addressee",
    "title",
    "marking",
    "opening",
    "closing",
    "languages_note",
    "signature",
    "page_header",
    "page_footer",
)


def check_letter(name: str, raw: bytes, original: Request | None = None) -> list[Finding]:
    """Return what is wrong with an edited letter.

    Args:
        name: the file, for the findings.
        raw: the bytes of the Word document.
        original: the request file that the letter was built from; it knows the protected persons, the letter does not.

    Raises:
        CascError: the file is no letter of this tool.

    """
    tree, whole = extract(raw)
    make = made(raw)
    edited = read_edited(raw)
    request = Request(Source(name, tree, {}), tree)
    check = _Check(request, make, edited)
    findings = [] if whole else [check.say("data", Severity.ERROR)]
    if make.version != __version__:
        findings.append(check.say("version", Severity.NOTE, version=make.version or "?", now=__version__))
    findings += check.differences()
    findings += check.leftovers()
    findings += _identity(check, original)
    return in_order(findings)


@dataclass(eq=False)
class _Check:
    request: Request
    make: Make
    edited: Edited

    def say(self, rule: str, severity: Severity, path: Path = (), /, **values: object) -> Finding:
        key = f"edited.{rule}"
        text, fix = message(key, **values), message(key + ".fix", **values)
        return Finding(f"DOC-{rule.replace('_', '-').upper()}", severity, text, fix, path, self.request.name)

    @cached_property
    def expected(self) -> Edited:
        """The letter as it was built."""
        letter = build_letter(self.request, self.make.languages, self.make.layout, draft=self.make.draft)
        return read_edited(letter.content)

    @cached_property
    def changed(self) -> list[Place]:
        """The sections whose text is not what it was, in the order of the letter."""
        now = self.edited.sections
        return [place for place, texts in self.expected.sections.items() if now.get(place) != texts]

    # --- what was edited --------------------------------------------------------------------------------------------

    def differences(self) -> Iterator[Finding]:
        """Yield sections that are gone, values that are gone or changed, and languages that part."""
        body = {lang for lang, name in self.edited.sections if not name.startswith("page_")}
        absent = set(self.make.languages) - body
        for lang in self.make.languages:
            if lang in absent:
                yield self.say("language_missing", Severity.ERROR, language=_language(lang))
        changed = [place for place in self.changed if place[0] and place[0] not in absent]
        gone = [place for place in changed if place not in self.edited.sections]
        for place in gone:
            yield self.say("section_missing", Severity.ERROR, section=self.title(place), language=_language(place[0]))
        yield from self._values([place for place in changed if place not in gone])
        for name in dict.fromkeys(place[1] for place in changed):
            yield from self._section(name, [lang for lang in self.make.languages if lang not in absent])
        yield from self._tables([place[1] for place in self.changed if place[1].startswith(ROWS)])
        yield from self._added()

    def _tables(self, changed: list[str]) -> Iterator[Finding]:
        """Yield the tables of many rows that no longer say what the data say."""
        printed = [i for i, table in enumerate(self.request.list_of("tables")) if not is_annexed(table)]
        for name in changed:
            index = printed[int(name.removeprefix(ROWS))]
            identity = str(self.request.data["tables"][index]["id"])
            if ("", name) in self.edited.sections:
                yield self.say("table", Severity.ERROR, ("tables", index), id=identity, count=self._edits(("", name)))
            else:
                yield self.say("table_missing", Severity.ERROR, ("tables", index), id=identity)

    def _values(self, changed: list[Place]) -> Iterator[Finding]:
        """Yield the values that a changed section showed when it was built and shows no longer."""
        for lang in dict.fromkeys(place[0] for place in changed):
            _, printed = build_view(self.request, lang, self.make.languages)
            mine = [place for place in changed if place[0] == lang]
            before = {place: " ".join(self.expected.sections[place]) for place in mine}
            after = {place: " ".join(self.edited.sections[place]) for place in mine}
            for path, texts in printed.items():
                # The paragraphs of one value may stand in sections of their own.
                pieces = [[normal(unmarked(form)) for form in text.split(ALTERNATIVE)] for text in texts]
                lost = (p for p in mine for forms in pieces if _shows(before[p], forms) and not _shows(after[p], forms))
                place = next(lost, None)
                if place:
                    section, language = self.title(place), _language(lang)
                    yield self.say(
                        "value", Severity.ERROR, path, pointer=pointer(path), section=section, language=language
                    )

    def _section(self, name: str, languages: list[str]) -> Iterator[Finding]:
        """Yield how the languages of one edited section part: in dates and figures, or in that only one was edited."""
        places = [(lang, name) for lang in languages if (lang, name) in self.expected.sections]
        touched = [place for place in places if place in self.changed]
        title = self.title(touched[0]) if touched else ""
        if not touched:
            return
        deltas = [self._delta(place) for place in places]
        if any(delta != deltas[0] for delta in deltas[1:]):
            yield self.say("diverging", Severity.ERROR, section=title)
        elif len(touched) < len(places):
            others = [lang for lang, _ in places if (lang, name) not in touched]
            yield self.say(
                "one_language",
                Severity.WARNING,
                section=title,
                language=_language(touched[0][0]),
                others=_joined(others),
            )
        elif all(place in self.edited.sections for place in touched):
            counts = {len(self.edited.sections[place]) - len(self.expected.sections[place]) for place in places}
            if len(counts) > 1:
                yield self.say("paragraphs", Severity.WARNING, section=title)
            else:
                yield self.say("wording", Severity.NOTE, section=title, count=self._edits(touched[0]))

    def _delta(self, place: Place) -> tuple[Counter[str], ...]:
        """Return the dates and figures that were added to a section and those that were taken out of it."""
        before = figures("\n".join(self.expected.sections.get(place, [])), place[0])
        after = figures("\n".join(self.edited.sections.get(place, [])), place[0])
        return (after[0] - before[0], before[0] - after[0], after[1] - before[1], before[1] - after[1])

    def _edits(self, place: Place) -> int:
        matcher = SequenceMatcher(None, self.expected.sections[place], self.edited.sections[place], autojunk=False)
        return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal")

    def _added(self) -> Iterator[Finding]:
        """Yield text that stands outside of every section."""
        known = self.expected.sections
        count = sum(len(texts) for place, texts in self.edited.sections.items() if place not in known)
        if count:
            yield self.say("outside", Severity.WARNING, count=count)

    def title(self, place: Place) -> Text:
        """Return what a reader of the letter calls a section: its heading, and the number of the element."""
        name, _, number = (
            place[1].partition("_") if place[1].startswith(("page_", "languages_")) else _numbered(place[1])
        )
        whole = place[1] if not number or not number.isdecimal() else name
        if whole in _UNTITLED:
            return message(f"edited.section.{whole}")
        heading = ""
        for paragraph in self.expected.paragraphs:
            if paragraph.place[0] == place[0] and paragraph.heading == 1:
                heading = paragraph.text
            if paragraph.place == place:
                break
        mark = f" ({int(number) + 1})" if number.isdecimal() else ""
        return dict.fromkeys(LANGUAGES, f"«{heading}»{mark}")

    # --- what editing leaves behind ---------------------------------------------------------------------------------

    def leftovers(self) -> Iterator[Finding]:
        """Yield what must not travel: tracked changes, comments, the names of those who edited, lost directions."""
        trees = self.edited.trees
        body = [tree for name, tree in trees.items() if name.startswith("word/")]
        tracked = (w("ins"), w("del"), w("moveFrom"), w("moveTo"), w("rPrChange"), w("pPrChange"))
        count = sum(1 for tree in body for _ in tree.iter(*tracked))
        if count:
            yield self.say("tracked", Severity.ERROR, count=count)
        count = sum(1 for name, tree in trees.items() if "comments" in name for _ in tree.iter(w("comment")))
        if count:
            yield self.say("comment", Severity.ERROR, count=count)
        names = ("creator", "lastModifiedBy", "Company", "Manager")
        held = [
            str(node.tag).rpartition("}")[2]
            for name in ("docProps/core.xml", "docProps/app.xml")
            for node in (trees[name].iter() if name in trees else ())
            if str(node.tag).rpartition("}")[2] in names and (node.text or "").strip()
        ]
        if held:
            yield self.say("properties", Severity.WARNING, names=", ".join(sorted(set(held))))
        wrong = sum(p.place[0] in RIGHT_TO_LEFT and not p.rtl for p in self.edited.paragraphs)
        if wrong:
            yield self.say("direction", Severity.ERROR, count=wrong)
        if self.make.draft:
            yield self.say("draft", Severity.WARNING)


def _shows(text: str, forms: list[str]) -> bool:
    """Tell whether a text stands in a section, in one of its forms, as words of its own."""
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for form in forms)


def _numbered(name: str) -> tuple[str, str, str]:
    head, separator, number = name.rpartition("_")
    return (head, separator, number) if number.isdecimal() else (name, "", "")


def _language(code: str) -> Text:
    return {lang: language_name(code, lang) for lang in LANGUAGES}


def _joined(codes: list[str]) -> Text:
    return {lang: ", ".join(language_name(code, lang) for code in codes) for lang in LANGUAGES}


# --- victims ----------------------------------------------------------------------------------------------------------

#: What points at a person in a text that was typed in: an e-mail address, a telephone number, a long number.
_POINTS_AT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+\d[\d\s()-]{8,}|(?<!\w)[A-ZА-Я]{1,3}\s?\d{6,}(?!\w)")


def _identity(check: _Check, original: Request | None) -> Iterator[Finding]:
    """Yield where a protected person may have been named; nothing of the name is repeated."""
    protected = [p for p in check.request.list_of("persons") if p.get("protected") is True]
    if not protected:
        return
    texts = list(dict.fromkeys(every_text(check.edited)))
    if original is None:
        yield check.say("unsearched", Severity.WARNING)
        known = set(every_text(check.expected))
        typed = {part for part, text in texts if (part, text) not in known and _POINTS_AT.search(text)}
        for part in sorted(typed):
            yield check.say("pointer", Severity.WARNING, part=_part(part))
        return
    if public(original.data) != check.request.data:
        yield check.say("other_request", Severity.WARNING)
    searched: dict[str, Any] = {"persons": original.data.get("persons"), "letter": [text for _, text in texts]}
    probe = Request(Source(check.request.name, searched, {}), searched)
    said: set[tuple[str, str, str]] = set()
    for predicate, rule, severity in (
        ("no_protected_identity", "identity", Severity.ERROR),
        ("no_protected_hint", "hint", Severity.WARNING),
        ("no_possible_hint", "hint", Severity.WARNING),
    ):
        failures = [f for f in PREDICATES[predicate](probe, (), None) if f.path[0] == "letter"]
        places = {(texts[int(f.path[1])][0], str(f.detail.get("", ""))) for f in failures}
        new = sorted((rule, *place) for place in places if (rule, *place) not in said)
        said.update(new)
        for _, part, code in new:
            yield check.say(rule, severity, part=_part(part), code=code)


def _part(name: str) -> Text:
    """Return what a reader calls a part of the file."""
    kind = re.sub(r"\d*\.xml$", "", name.rpartition("/")[2])
    known = ("document", "header", "footer", "comments", "footnotes", "endnotes")
    if name.startswith("word/") and kind in known:
        return message(f"edited.part.{kind}")
    return message("edited.part.properties")
