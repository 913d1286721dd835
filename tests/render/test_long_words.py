"""Hashes, addresses and account lists without a space stay in their column, whole and in their order."""

from __future__ import annotations

import copy
import re
import subprocess
from pathlib import Path

import pytest

from casc_mla.load.request import Request, load
from casc_mla.load.source import Source
from casc_mla.render.letter import build_letter
from casc_mla.render.ooxml import read_parts
from tests.conftest import EXAMPLES
from tests.reader import printed

pytestmark = pytest.mark.slow
LANGUAGES = ("en", "ru", "ar")
TOKENS = {
    "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "three hashes": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752" * 3,
    "address": "https://storage.example.org/cases/2026/evidence/download?file=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2"
    "&session=0123456789abcdef0123456789abcdef&lang=ru#page=17",
    "accounts": ";".join(f"DE8937040044053201300{n}" for n in range(9)),
    "wallet": "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdqbc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    "capitals": "W" * 120,
    "Russian": "Сверхдлинноерусскоесловобезпробеловипереносовдляпроверкиразметкистолбцов" * 2,
}
LETTERS = {
    "two": (("ru", "en"), "columns"),
    "Arabic first": (("ar", "ru"), "columns"),
    "three": (LANGUAGES, "columns"),
    "alone": (("ar",), "single"),
}


def request(*, reference: str = "") -> Request:
    tree = copy.deepcopy(load(str(EXAMPLES / "tip-kg-ae-victims.yaml")).data)
    everything = list(TOKENS.values())
    text = {"en": "One {} two.", "ru": "Один {} два.", "ar": "واحد {} اثنان."}

    def said(*tokens: str) -> dict[str, str]:
        return {lang: "\n\n".join(text[lang].format(token) for token in tokens) for lang in LANGUAGES}

    def filled(value: object) -> object:
        if isinstance(value, dict):
            if value and set(value) <= set(LANGUAGES):
                return {lang: value.get(lang, next(iter(value.values()))) for lang in LANGUAGES}
            return {key: filled(v) for key, v in value.items()}
        return [filled(v) for v in value] if isinstance(value, list) else value

    tree = filled(tree)
    assert isinstance(tree, dict)
    tree |= {"languages": list(LANGUAGES), "reference": reference or tree["reference"]}
    tree["case"]["title"] = said(" ".join(everything))
    tree["facts"]["summary"] = said(*everything)
    tree["assistance"][0]["description"] = said(*everything)
    tree["requesting"]["contact"]["email"] = "a" * 70 + "@" + "b" * 60 + ".example.org"
    tree["persons"][0]["names"] = {"latin": "X" * 90, "cyrillic": "Ж" * 90}
    return Request(Source("x", tree, {}), tree)


@pytest.fixture(scope="module")
def pages(soffice, tmp_path_factory) -> dict[str, list[str]]:
    """The pages of each letter, as words with their boxes."""
    out = tmp_path_factory.mktemp("long")
    for name, (languages, layout) in LETTERS.items():
        for suffix, reference in (("", ""), ("-reference", TOKENS["hash"] * 2)):
            letter = build_letter(request(reference=reference), languages, layout)
            assert letter.findings == []
            (out / f"{name}{suffix}.docx").write_bytes(letter.content)
            lines = "\n".join(printed(letter.content))
            for token in TOKENS.values():
                assert token in lines, "what is copied from the letter has no break in it"
            assert "\u200b" not in read_parts(letter.content)["word/document.xml"].decode()
    profile = tmp_path_factory.mktemp("profile").as_uri()
    subprocess.run(
        [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(out)]
        + [str(path) for path in sorted(out.glob("*.docx"))],
        check=True,
        capture_output=True,
        timeout=600,
    )
    return {path.stem: boxes(path) for path in sorted(out.glob("*.pdf"))}


def boxes(pdf: Path) -> list[str]:
    made = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True)
    return made.stdout.split("<page ")[1:]


def words(page: str) -> tuple[float, float, list[tuple[float, float, float, str]]]:
    """Return width and height of a page and its words: left, right, top, text."""
    width, height = (float(re.search(rf'{name}="([\d.]+)"', page)[1]) for name in ("width", "height"))
    pattern = r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="[\d.-]+">([^<]*)</word>'
    found = [(float(x0), float(x1), float(y0), word) for x0, y0, x1, word in re.findall(pattern, page)]
    return width, height, found


@pytest.mark.parametrize("name", [name + suffix for name in LETTERS for suffix in ("", "-reference")])
def test_no_word_leaves_its_column_or_its_page(pages, name):
    languages, layout = LETTERS[name.removesuffix("-reference")]
    columns = len(languages) if layout == "columns" else 1
    margin = (850 if layout == "columns" else 1134) / 20
    seen = 0
    for page in pages[name]:
        width, height, found = words(page)
        share = (width - 2 * margin) / columns
        # A long reference makes the running head taller; it has the width of the page.
        head = 57 + (18 * len(languages) if name.endswith("-reference") else 0)
        for left, right, top, word in found:
            assert margin - 1 <= left and right <= width - margin + 1, word
            if head < top < height - 52:
                assert int((left - margin + 1) // share) == int((right - margin - 1) // share), word
                seen += 1
    assert seen > 1000


@pytest.mark.parametrize("name", LETTERS)
def test_a_torn_word_reads_on_in_its_order(pages, name):
    languages, layout = LETTERS[name]
    columns = len(languages) if layout == "columns" else 1
    margin = (850 if layout == "columns" else 1134) / 20
    text = [""] * columns
    for page in pages[name]:
        width, height, found = words(page)
        share = (width - 2 * margin) / columns
        for left, _, _, word in sorted(
            (word for word in found if 57 < word[2] < height - 52), key=lambda word: (round(word[2]), word[0])
        ):
            # On the last line of a torn word the Arabic that follows it stands to the left, as it should.
            if not re.search("[\u0600-\u06ff]", word) and re.search(r"\w", word):
                text[int((left - margin + 1) // share)] += word.replace("&amp;", "&").strip("\u200e")
    for column in text:
        for kind, token in TOKENS.items():
            assert token in column, (kind, column[column.find(token[:16]) :][:300])
