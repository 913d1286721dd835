"""Predicates about the language versions: complete, and saying the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from casc_mla.check.predicates.persons import SCRIPTS, name_words, names_person
from casc_mla.check.predicates.texts import all_strings, figures, free_texts, paragraphs, without_hijri
from casc_mla.check.validator import Failure, Predicate, lexicon, phrase_in
from casc_mla.core.finding import Path
from casc_mla.load.request import Request

# Not a blank: a Roman numeral XXX, a masked number, a user name with underscores, "where is it???" in a message that
# is quoted, a comparison with < and >, and what the writer of a transcript notes in angle brackets.
_TODO = re.compile(r"(?<![A-Za-z0-9])(?:TODO|FIXME|TBD)(?![A-Za-z])|(?<![A-Za-z0-9.@])_{4,}(?![A-Za-z0-9])")
_MAYBE_TODO = re.compile(
    r"(?:^|(?<=[\s:(]))\?\?\?|"
    r"<(?!(?i:(?:il|un)legible|unreadable|inaudible|unintelligible|media|file|attach|photo|image|video|audio|voice|sticker|"
    r"delet|omit|edited|pause|silen|laugh|нрзб|неразб|без\s|медиа|файл|фото|видео|аудио|голос|стикер|пауз|смех|удал|"
    r"пропу|غير|ملف|صور|مرفق|محذوف|صمت|وسائط))[^\W\d_][^<>\n@/:]{0,59}>",
)
_ONLY_CROSSES = re.compile(r"X{3,}")
_ONLY_DOTS = re.compile(r"\W*(?:\.{3}|…)\W*")
_LETTERS = {
    "latin": re.compile("[A-Za-z\u00c0-\u024f]+"),
    "cyrillic": re.compile("[\u0400-\u052f]+"),
    "arabic": re.compile("[\u0620-\u06ff]+"),
}
_WORDS = re.compile(r"[^\W\d_]+")
#: Links, addresses and names of sites are the same in every language.
_LINKS = re.compile(r"\S*\w(?:[.@]|://)\w\S*")
# Letters of one alphabet that look like letters of the other.
_CYRILLIC_ALIKE = frozenset("АВЕЗКМНОРСТУХІЅЈаеорсухіѕјк")
_LATIN_ALIKE = frozenset("ABEKMHOPCTYXaeopcyxk")


def every_language(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find free texts that lack a language of the letter."""
    for path, versions in free_texts(request):
        missing = [lang for lang in request.languages if not versions.get(lang, "").strip()]
        if missing:
            yield Failure(path, {"": ", ".join(missing)})


def unused_language(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find the languages of texts that the letter does not have, each at the first text: they would silently be left out."""
    first: dict[str, Path] = {}
    for path, versions in free_texts(request):
        # The last text comes first.
        first.update({lang: (*path, lang) for lang in versions if request.languages and lang not in request.languages})
    for lang, path in first.items():
        yield Failure(path, {"": lang})


#: Here the letter numbers the paragraphs, so that one can be cited.
_NUMBERED = ("facts", "summary")


def same_paragraphs(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """The versions of the text whose paragraphs are numbered have the same number of them."""
    yield from _paragraphs_differ(request, [one for one in free_texts(request) if one[0] == _NUMBERED])


def level_paragraphs(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find other texts whose versions have different numbers of paragraphs."""
    yield from _paragraphs_differ(request, [one for one in free_texts(request) if one[0] != _NUMBERED])


def _paragraphs_differ(request: Request, texts: Iterable[tuple[Path, dict[str, str]]]) -> Iterator[Failure]:
    for path, versions in texts:
        counts = {lang: len(paragraphs(text)) for lang, text in versions.items() if lang in request.languages}
        if len(set(counts.values())) > 1:
            yield Failure(path, {"": ", ".join(f"{lang}: {n}" for lang, n in counts.items())})


def _differences(request: Request, which: int) -> Iterator[Failure]:
    for path, versions in free_texts(request):
        listed = [lang for lang in request.languages if versions.get(lang)]
        if len(listed) < 2:
            continue
        first = _counted(versions[listed[0]], listed[0], which)
        for lang in listed[1:]:
            other = _counted(versions[lang], lang, which)
            if first != other and not (which and _spelled(first, other)):
                secret = _sealed_figures(request)
                only = sorted((first - other).elements()), sorted((other - first).elements())
                shown = [[value for value in values if value not in secret][:6] for values in only]
                pairs = zip((listed[0], lang), shown, strict=True)
                detail = "; ".join(f"{code}: {', '.join(values)}" for code, values in pairs if values)
                yield Failure((*path, lang), {"": detail} if not _protected(request, path) else {})


def _protected(request: Request, path: Path) -> bool:
    person = request.at(path[:2]) if path[0] == "persons" else None
    return isinstance(person, dict) and person.get("protected") is True


def _sealed_figures(request: Request) -> set[str]:
    # What stands in the record of a protected person is never repeated in a finding.
    found: set[str] = set()
    for person in request.list_of("persons"):
        if person.get("protected") is True:
            for path, text in all_strings(person):
                lang = str(path[-1]) if path[-1] in SCRIPTS else "en"
                found.update(*figures(text, lang))
    return found


def _counted(text: str, lang: str, which: int) -> Counter[str]:
    # A date or a short number may be said again or left to a pronoun; an amount or an account may not.
    found = figures(without_hijri(text, lang), lang)[which]
    return Counter({value: n if which and len(value) > 3 else 1 for value, n in found.items()})


def _spelled(first: Counter[str], other: Counter[str]) -> bool:
    # "2 письма" and "two letters": what one version lacks may stand there in words, if nothing stands in its place.
    lost, added = first - other, other - first
    return not (lost and added) and all(int(value) <= 20 for value in lost | added)


def same_dates(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find texts whose versions name different dates."""
    yield from _differences(request, 0)


def same_figures(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find texts whose versions hold different figures: amounts, accounts, articles, case numbers."""
    yield from _differences(request, 1)


def same_people(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find texts that name a person in one version and not in another."""
    people = []
    for person in request.list_of("persons"):
        if person.get("protected") is True:
            continue
        words = name_words(person.get("names"))
        scripts = [lang for lang in request.languages if words.get(SCRIPTS[lang])]
        if len(scripts) > 1:
            people.append((person, scripts))
    for path, versions in free_texts(request):
        if path[:1] == ("persons",):
            continue
        for person, scripts in people:
            known = [lang for lang in scripts if versions.get(lang)]
            named = [lang for lang in known if names_person(versions[lang], person)]
            if named and len(named) < len(known):
                for lang in known:
                    if lang not in named:
                        yield Failure((*path, lang), {"": str(person.get("id", ""))})


def names_in_scripts(request: Request, path: Path, value: Any) -> Iterator[Failure]:
    """Find names that lack the script of a language of the letter."""
    if isinstance(value, dict):
        for lang in request.languages:
            if not value.get(SCRIPTS[lang]):
                yield Failure((*path, SCRIPTS[lang]), {"": SCRIPTS[lang]})


def no_placeholder(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find ``TODO``, blanks and orders to fill them; an omission marked in a quotation is not a blank."""
    for path, text in all_strings(request.data):
        if path[:1] == ("tables",) and path[2:3] == ("rows",):
            continue  # a row says what its source says
        if _left_blank(path, text):
            yield Failure(path)


def _left_blank(path: Path, text: str) -> bool:
    blank = _ONLY_DOTS.fullmatch(text) or (_ONLY_CROSSES.fullmatch(text) and path[-1] != "currency")
    return bool(blank or _TODO.search(text) or ("[" in text and phrase_in("placeholder_order", text)))


def no_possible_placeholder(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find what may be a blank of a template or belong to the text: words in brackets, question marks."""
    for path, text in all_strings(request.data):
        if (path[:1] == ("tables",) and path[2:3] == ("rows",)) or _left_blank(path, text):
            continue
        if _MAYBE_TODO.search(text) or ("[" in text and phrase_in("placeholder", text)):
            yield Failure(path)


#: Names and addresses abroad keep their own script, and so does what is quoted.
_OWN_SPELLING = frozenset({"address", "legal_address", "seat", "name", "pob", "bank", "holder", "sender", "receiver"})
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|\"[^\"]*\"")


def own_script(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find texts that are not in the script of their language: longer ones, and shorter ones that only repeat another version."""
    for path, versions in free_texts(request):
        if path[-1:] and path[-1] in _OWN_SPELLING:
            continue
        for lang, whole in versions.items():
            text = _LINKS.sub(" ", _QUOTED.sub(" ", whole))
            words = _WORDS.findall(text)
            letters = sum(map(len, words))
            own = sum(map(len, _LETTERS[SCRIPTS[lang]].findall(text)))
            # A name alone has no longer word without a capital.
            copied = list(versions.values()).count(whole) > 1 and any(len(w) > 4 and w == w.lower() for w in words)
            if letters >= (12 if copied else 30) and own < letters * 0.3:
                yield Failure((*path, lang), {"": lang})


_IN_BRACKETS = r"\((?:(?:далее|сокращ[её]нно|hereinafter|the|in short|فيما يلي|يشار|ويشار|المشار)(?!\w)[^()]{0,40}?)?"
_ARTICLE = re.compile("^[وف]?[بلك]?(?:ال|ل)?(?=[\u0621-\u064a]{3})")


def terms_explained(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find each domestic abbreviation or term once in every language whose texts explain it nowhere.

    One in brackets, before brackets, or before a comma or dash and other words counts as explained.
    """
    texts: dict[str, list[tuple[Path, str]]] = {}
    # Names of authorities and the records of persons say what their sources say.
    kept = ("requesting", "requested", "persons", "enclosures")
    for path, versions in reversed(list(free_texts(request))):
        for lang, text in versions.items():
            texts.setdefault(lang, []).append(((*path, lang), text))
    for lang, listed in texts.items():
        pattern = lexicon("domestic_terms", lang)
        together = "\n".join(text for _, text in listed)
        seen: set[str] = set()
        for path, text in listed:
            for found in pattern.finditer(text) if pattern else ():
                term = _ARTICLE.sub("", found[0])
                if path[0] in kept or term in seen:
                    continue
                seen.add(term)
                if not _explained(term, together):
                    yield Failure(path, {"": found[0]})


def _explained(term: str, text: str) -> bool:
    word = rf"[«“\"]?(?:[وف]?[بلك]?(?:ال|ل)?){re.escape(term)}[»”\"]?"
    after = r",\s(?:the|an?|i\.e\.|that\sis|то\sесть|т\.\s?е\.|или)\s|،\s(?:أي|وه[وي])\s|\s[—–-]\s(?:это\s|(?-i:[A-ZА-Я«“]))|\s\("
    return bool(re.search(rf"{_IN_BRACKETS}{word}\.?\s?(?:[);,]|№)|(?<!\w){word}(?:{after})", text, re.IGNORECASE))


def one_alphabet(request: Request, _path: Path, _value: Any) -> Iterator[Failure]:
    """Find words, names and numbers that mix Latin and Cyrillic letters which look alike: a search for them finds nothing."""
    for path, text in all_strings(request.data):
        word = next((one for one in _WORDS.findall(text) if _mixed(one)), "")
        if word:
            yield Failure(path, {} if _protected(request, path) else {"": word})


def _mixed(word: str) -> bool:
    # Where each alphabet has a letter of its own, as in "iPhoneы", everybody sees it.
    latin, cyrillic = (set("".join(_LETTERS[script].findall(word))) for script in ("latin", "cyrillic"))
    return bool(latin and cyrillic and (cyrillic <= _CYRILLIC_ALIKE or latin <= _LATIN_ALIKE))


PREDICATES: dict[str, Predicate] = {
    "every_language": every_language,
    "unused_language": unused_language,
    "same_paragraphs": same_paragraphs,
    "level_paragraphs": level_paragraphs,
    "same_dates": same_dates,
    "same_figures": same_figures,
    "same_people": same_people,
    "names_in_scripts": names_in_scripts,
    "no_placeholder": no_placeholder,
    "no_possible_placeholder": no_possible_placeholder,
    "own_script": own_script,
    "terms_explained": terms_explained,
    "one_alphabet": one_alphabet,
}
