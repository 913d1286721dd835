"""Tables of many rows: every cell in its place, one heading in every language, in the letter or enclosed with it."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import OpenXmlValidator

from casc_mla.check import check_request
from casc_mla.core import columns, disk
from casc_mla.core.errors import BlockedError
from casc_mla.load.request import Request, load
from casc_mla.load.source import Source
from casc_mla.render import release
from casc_mla.render.annexes import build_annexes
from casc_mla.render.bidi import plain
from casc_mla.render.contract import ANNEXED_FROM
from casc_mla.render.embedded import extract
from casc_mla.render.letter import build_letter
from casc_mla.render.ooxml import read_parts, w
from casc_mla.render.tables import grouped, sheet, totals
from casc_mla.render.verify import paragraph_text, read_back
from tests.conftest import EXAMPLES, run_command
from tests.render.test_kinds import translated

EXAMPLE = EXAMPLES / "mla-uz-kz-transactions.yaml"
SPACE = "\u00a0"
ROW = {"date": "2026-03-04", "sender_account": "4400-1234-5678", "amount": "12500.00", "currency": "USD"}


def request(*tables: dict[str, Any], languages: tuple[str, ...] = ("ru", "en", "ar"), **changes: Any) -> Request:
    """Return the example in three languages with other tables."""
    base = load(str(EXAMPLE))
    tree = translated(copy.deepcopy(base.data))
    assert isinstance(tree, dict)
    tree |= {"languages": list(languages), **changes}
    title = dict.fromkeys(("en", "ru", "ar"), "Perevody")
    tree["tables"] = [{"id": f"T{i}", "kind": "transactions", "title": title, **t} for i, t in enumerate(tables, 1)]
    tree["assistance"][0].pop("tables")
    return Request(Source(base.name, tree, {}), tree)


def printed(content: bytes, identity: str) -> list[list[str]]:
    """Return the texts of a table by row, its heading first, as they stand in the document."""
    tree = etree.fromstring(read_parts(content)["word/document.xml"])
    (table,) = [t for t in tree.iter(w("tbl")) if [c.get(w("val")) for c in t.iter(w("tblCaption"))] == [identity]]
    return [[plain(paragraph_text(cell)) for cell in row.iter(w("tc"))] for row in table.iter(w("tr"))]


def words(content: bytes) -> str:
    """Return the text of a document in one line, firm spaces as plain ones."""
    tree = etree.fromstring(read_parts(content)["word/document.xml"])
    return plain(" ".join(paragraph_text(p) for p in tree.iter(w("p")))).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("languages", "layout"),
    [
        (("ru", "en", "ar"), "columns"),
        (("ar", "ru"), "columns"),
        (("en", "ar"), "sequential"),
        (("ar", "en", "ru"), "sequential"),
        (("ru",), "single"),
        (("ar",), "single"),
    ],
)
def test_a_short_table_stands_once_in_the_letter_with_a_heading_in_each_language(languages, layout):
    content = request({"rows": [ROW, {**ROW, "purpose": "по договору & <5>"}], "origin": "bank"})
    letter = build_letter(content, languages, layout)
    assert letter.findings == []
    heading, *rows = printed(letter.content, "T1")
    labels = columns.columns("transactions")["amount"].label
    assert heading[3] == "".join(labels[lang] for lang in languages)
    assert rows[1] == ["2", "2026-03-04", "4400-1234-5678", f"12{SPACE}500.00", "USD", "по договору & <5>"]
    assert rows[-1][1:3] == [f"25{SPACE}000.00", "USD"]
    assert build_annexes(content, languages) == []


def test_a_long_table_is_enclosed_and_listed():
    rows = [ROW] * ANNEXED_FROM
    content = request(
        {"rows": rows},
        {"rows": rows[1:]},
        {"rows": rows, "placement": "letter"},
        {"rows": rows[:1], "placement": "annex"},
    )
    content.data["assistance"][0]["tables"] = ["T1", "T2"]
    assert [annex.identity for annex in build_annexes(content, ("ru", "en", "ar"))] == ["T1", "T4"]
    letter = build_letter(content, ("en",), "single")
    assert letter.findings == []
    text = words(letter.content)
    assert f"T1 — Perevody (rows: {ANNEXED_FROM})" in text
    assert "Tables: Enclosure T1, Table T2" in text
    for identity in ("T2", "T3"):
        assert printed(letter.content, identity)


def test_the_enclosed_document_names_request_title_and_number_of_rows_in_each_language():
    (annex,) = build_annexes(request({"rows": [ROW] * 50, "origin": "Bank 1"}), ("ru", "en", "ar"))
    assert annex.letter.findings == []
    text = words(annex.letter.content)
    assert "ПРИЛОЖЕНИЕ T1" in text and "ENCLOSURE T1" in text and "المرفق T1" in text
    assert text.count("12/3-604-26") == text.count("Perevody") == text.count("Bank 1") == 3
    parts = read_parts(annex.letter.content)
    for part, wanted in (("header1", "T1"), ("footer1", "NUMPAGES")):
        assert parts[f"word/{part}.xml"].decode().count(wanted) == 3
    assert b"T1" in parts["docProps/core.xml"]
    with_data, _ = extract(annex.letter.content)
    assert with_data == {}


def test_the_table_is_built_for_those_who_cannot_see_it_and_for_paper():
    (annex,) = build_annexes(request({"rows": [ROW] * 50}), ("ar", "en"))
    tree = etree.fromstring(read_parts(annex.letter.content)["word/document.xml"])
    table = next(t for t in tree.iter(w("tbl")) if t.find(f"{w('tblPr')}/{w('tblCaption')}") is not None)
    assert table.find(f"{w('tblPr')}/{w('bidiVisual')}") is not None
    assert table.find(f"{w('tblPr')}/{w('tblDescription')}").get(w("val")) == "Perevody"
    rows = table.findall(w("tr"))
    assert [row.find(f"{w('trPr')}/{w('tblHeader')}") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
    assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)
    grid = [int(column.get(w("w"))) for column in table.iter(w("gridCol"))]
    assert sum(grid) == int(table.find(f"{w('tblPr')}/{w('tblW')}").get(w("w")))
    assert min(grid) > 300


def test_arabic_cells_run_to_the_left_and_numbers_in_them_to_the_right():
    rows = [{**ROW, "purpose": "دفعة بموجب العقد 14/25"}, {**ROW, "purpose": "Contract العقد 7"}]
    letter = build_letter(request({"rows": rows}), ("ar",), "single")
    tree = etree.fromstring(read_parts(letter.content)["word/document.xml"])
    for run in tree.iter(w("r")):
        text = "".join(t.text or "" for t in run.iter(w("t")))
        turned = run.find(f"{w('rPr')}/{w('rtl')}") is not None
        if re.search("[\u0621-\u064a]", text):
            assert turned, text
        elif re.search("[A-Za-z]", text):
            assert not turned, text
    styles = {
        paragraph_text(p): p.find(f"{w('pPr')}/{w('pStyle')}").get(w("val"))
        for p in tree.iter(w("p"))
        if p.find(f"{w('pPr')}/{w('pStyle')}") is not None
    }
    assert {plain(text): style for text, style in styles.items()}["دفعة بموجب العقد 14/25"].startswith("TableTurned")
    assert styles["4400-1234-5678"].startswith("TableText")
    assert styles["Contract العقد 7"].startswith("TableText")


@pytest.mark.parametrize("kind", columns.kinds())
def test_every_kind_of_table_is_printed_from_what_its_schema_declares(kind):
    declared = columns.columns(kind)
    full = {
        name: {"date": "2026-03-04 14:20", "amount": "1.50", "currency": "EUR", "seconds": "240"}.get(name)
        or {"persons": "P1", "assets": "AS1"}.get(column.refers_to)
        or f"{name} 1"
        for name, column in declared.items()
    }
    content = request(
        {
            "kind": kind,
            "rows": [
                full,
                {"date": "2026-03-05", "amount": "0.5", "currency": "EUR"}
                if "amount" in declared
                else {"date": "2026-03-05"},
            ],
        }
    )
    content.data["assets"] = [{"id": "AS1", "kind": "cash", "description": "x"}]
    assert [f for f in check_request(content) if f.rule.startswith("SCH-")] == []
    for languages in (("ru",), ("ar", "en", "ru")):
        letter = build_letter(content, languages, "columns")
        assert letter.findings == []
        assert len(printed(letter.content, "T1")[1]) == len(declared) + 1


def test_persons_are_named_in_each_script_and_protected_ones_by_their_pseudonym():
    tip = load(str(EXAMPLES / "tip-kg-ae-victims.yaml"))
    tree = copy.deepcopy(tip.data)
    tree["tables"] = [
        {"id": "T1", "kind": "transactions", "title": {"ru": "x", "ar": "س"},
         "rows": [{**ROW, "recipient_person": "V1", "sender_person": "P1"}], "placement": "annex"}
    ]  # fmt: skip
    content = Request(Source("x", tree, {}), tree)
    (annex,) = build_annexes(content, ("ru", "ar"))
    assert annex.letter.findings == []
    (row,) = [row for row in printed(annex.letter.content, "T1") if row[0] == "1"]
    suspect = next(p for p in tree["persons"] if p["id"] == "P1")["names"]
    assert "V-01" in row
    assert f"{suspect['cyrillic']} / {suspect['arabic']}" in row


def test_a_protected_name_in_a_cell_stops_check_and_document():
    tip = load(str(EXAMPLES / "tip-kg-ae-victims.yaml"))
    tree = copy.deepcopy(tip.data)
    victim = next(p for p in tree["persons"] if p.get("protected") is True)
    rows = [{**ROW, "recipient": victim["names"]["cyrillic"]}]
    tree["tables"] = [
        {"id": "T1", "kind": "transactions", "title": {"ru": "x", "ar": "س"}, "rows": rows, "placement": "annex"}
    ]
    content = Request(Source("x", tree, {}), tree)
    assert ("IDN-010", "/tables/0/rows/0/recipient") in {(f.rule, f.pointer) for f in check_request(content)}
    (annex,) = build_annexes(content, ("ru", "ar"))
    assert "DOC-EXPOSED" in {f.rule for f in annex.letter.findings}


def test_amounts_are_added_without_rounding():
    assert totals(
        [{"amount": "0.1", "currency": "USD"}] * 3 + [{"amount": "-5", "currency": "EUR"}, {"amount": "9"}]
    ) == [
        ("EUR", "-5"),
        ("USD", "0.3"),
    ]
    assert grouped("123456789012345678.0001") == "123 456 789 012 345 678.0001".replace(" ", SPACE)
    example = load(str(EXAMPLE))
    rows = example.data["tables"][0]["rows"]
    made = dict(sheet(example, 0, ("ru",)).totals)
    for code in ("USD", "KZT"):
        assert Decimal(made[code].replace(SPACE, "")) == sum(
            Decimal(r["amount"]) for r in rows if r["currency"] == code
        )
        # The facts of the example say the same sum.
        assert made[code].replace(SPACE, ",") in example.data["facts"]["summary"]["en"]


@pytest.mark.parametrize("damage", ["cell", "row", "order", "total", "table"])
def test_a_document_that_lost_or_moved_a_cell_is_not_released(damage):
    content = request({"rows": [{**ROW, "reference": f"R{i}"} for i in range(45)]})
    (annex,) = build_annexes(content, ("ru",))
    parts = dict(read_parts(annex.letter.content))
    text = parts["word/document.xml"].decode()
    rows = re.findall(r"<w:tr>(?:(?!</w:tr>).)*</w:tr>", text, re.DOTALL)
    seventh = next(row for row in rows if ">R6<" in row)
    eighth = next(row for row in rows if ">R7<" in row)
    changed = {
        "cell": text.replace(">R6<", "><"),
        "row": text.replace(seventh, ""),
        "order": text.replace(seventh, "@").replace(eighth, seventh).replace("@", eighth),
        "total": text.replace(f"562{SPACE}500.00", f"562{SPACE}500.01"),
        "table": re.sub("<w:tblCaption [^>]*>", "", text),
    }[damage]
    assert changed != text
    parts["word/document.xml"] = changed.encode()
    from casc_mla.render.ooxml import zip_parts

    findings = read_back(zip_parts(dict(parts)), content, {}, (sheet(content, 0, ("ru",)),))
    assert [f.rule for f in findings] == ["DOC-LOST"]
    assert findings[0].pointer.startswith("/tables/0/rows" + ("/6" if damage in ("cell", "order") else ""))


def test_the_same_request_gives_the_same_bytes_and_the_rows_come_back():
    first, second = load(str(EXAMPLE)), load(str(EXAMPLE))
    languages = tuple(first.languages)
    assert [a.letter.content for a in build_annexes(first, languages)] == [
        a.letter.content for a in build_annexes(second, languages)
    ]
    tree, whole = extract(build_letter(first, languages, "columns").content)
    assert whole
    assert tree == first.data
    with (EXAMPLES / "mla-uz-kz-transactions.csv").open(encoding="utf-8", newline="") as stream:
        assert tree["tables"][0]["rows"] == list(csv.DictReader(stream, delimiter=";"))


def test_an_extracted_request_with_its_rows_is_a_request_again(tmp_path):
    assert run_command("build", str(EXAMPLE), "--out", str(tmp_path)).returncode == 0
    (letter,) = tmp_path.glob("*.ru-en.docx")
    again = tmp_path / "again.yaml"
    again.write_bytes(run_command("extract", str(letter)).stdout)
    assert load(str(again)).data == load(str(EXAMPLE)).data


# --- on the disk ------------------------------------------------------------------------------------------------------


def build(folder: Path, **options: Any) -> release.Built:
    content = load(str(EXAMPLE))
    return release.build(content, check_request(content), folder, tuple(content.languages), "columns", **options)


def test_the_enclosure_lies_beside_the_letter_and_in_the_record(tmp_path):
    built = build(tmp_path)
    (annex,) = built.annexes
    assert annex.name == built.path.stem + ".annex-T1.docx"
    record = json.loads((tmp_path / release.RECORD).read_text(encoding="utf-8"))
    assert record[annex.name]["rows"] == 60
    assert record[annex.name]["letter"] == built.path.name
    assert {p.name for p in tmp_path.iterdir()} == {built.path.name, annex.name, release.RECORD}
    assert build(tmp_path) == built


def test_an_edited_enclosure_is_not_overwritten_and_the_letter_stays_too(tmp_path):
    built = build(tmp_path)
    built.annexes[0].write_bytes(b"edited")
    before = built.path.read_bytes()
    with pytest.raises(BlockedError):
        build(tmp_path)
    assert built.annexes[0].read_bytes() == b"edited"
    assert built.path.read_bytes() == before
    build(tmp_path, force=True)
    assert built.annexes[0].read_bytes() != b"edited"


@pytest.mark.parametrize("edited", [False, True])
def test_an_enclosure_of_an_earlier_build_does_not_stay_beside_the_letter(tmp_path, edited):
    (annex,) = build(tmp_path).annexes
    if edited:
        annex.write_bytes(b"edited")
    content = load(str(EXAMPLE))
    content.data["tables"][0]["placement"] = "letter"
    built = release.build(content, check_request(content), tmp_path, ("ru", "en"), "columns", force=True)
    assert built.annexes == ()
    assert annex.exists() == edited


def test_a_full_disk_leaves_neither_letter_nor_enclosure(tmp_path, monkeypatch):
    real, calls = disk.os.fsync, []

    def second_fails(handle):
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(disk.os, "fsync", second_fails)
    with pytest.raises(Exception, match="No space left"):
        build(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_draft_marks_the_enclosure_too(tmp_path):
    (annex,) = build(tmp_path, draft=True).annexes
    assert annex.name.endswith(".DRAFT.annex-T1.docx")
    assert "ПРОЕКТ" in read_parts(annex.read_bytes())["word/header1.xml"].decode()


def test_the_command_says_what_it_wrote(tmp_path):
    process = run_command("build", str(EXAMPLE), "--out", str(tmp_path))
    assert "annex-T1.docx" in process.stdout.decode()
    again = run_command("build", str(EXAMPLE), "--out", str(tmp_path), "--format", "json")
    (written,) = json.loads(again.stdout)["written"]
    assert [Path(name).name for name in written["annexes"]] == ["mla-12_3-604-26.ru-en.annex-T1.docx"]


# --- anything that a file can hold -----------------------------------------------------------------------------------

letters = st.one_of(
    st.sampled_from(list("&<>\"'`{}%#\\/|«»;,\t\n№€ {{}}")),
    st.characters(min_codepoint=0x20, max_codepoint=0x7E),
    st.characters(min_codepoint=0x410, max_codepoint=0x44F),
    st.characters(min_codepoint=0x621, max_codepoint=0x64A),
    st.characters(min_codepoint=0x5D0, max_codepoint=0x5EA),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x4E20),
    st.sampled_from(["😀", "\u0301"]),
)
cells = st.text(letters, min_size=0, max_size=25)
rows = st.fixed_dictionaries(
    {
        "date": st.dates().map(
            lambda day: (
                day.replace(year=2000 + day.year % 30).isoformat() if (day.month, day.day) != (2, 29) else "2026-03-01"
            )
        ),
        "amount": st.decimals(min_value=-(10**12), max_value=10**12, places=2).map(lambda n: f"{n:.2f}"),
        "currency": st.sampled_from(["USD", "KZT", "AED"]),
        "sender": cells,
        "recipient_account": cells,
        "purpose": cells,
    }
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    content=st.lists(rows, min_size=1, max_size=8),
    separator=st.sampled_from([",", ";", "\t"]),
    languages=st.sampled_from([("ru", "en"), ("ar",), ("ar", "en", "ru")]),
    placement=st.sampled_from(["letter", "annex"]),
)
def test_each_cell_of_any_file_is_found_in_the_document(tmp_path, content, separator, languages, placement):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(content[0]), delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(content)
    (tmp_path / "rows.csv").write_text(stream.getvalue(), encoding="utf-8", newline="")
    source = tmp_path / "r.yaml"
    source.write_text("kind: mla\ntables: [{kind: transactions, file: rows.csv}]\n", encoding="utf-8")
    loaded = load(str(source))
    assert loaded.problems == []
    made = request({"rows": loaded.data["tables"][0]["rows"], "placement": placement})
    letter = build_letter(made, languages, "columns" if len(languages) > 1 else "single")
    documents = [letter, *(annex.letter for annex in build_annexes(made, languages))]
    assert [f.message["en"] for one in documents for f in one.findings] == []
    found = printed(documents[-1].content, "T1")[1 : len(content) + 1]
    used = [
        name for name in columns.columns("transactions") if any(row[name].strip() for row in content if name in row)
    ]
    for number, (row, texts) in enumerate(zip(content, found, strict=True), 1):
        wanted = [str(number), *(row[name] for name in used)]
        for name, text, value in zip(["", *used], texts, wanted, strict=True):
            text = text.replace(SPACE, "") if name == "amount" else text
            assert text.split() == plain(value).split()


# --- on paper -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("languages", "layout"), [(("ar", "en", "ru"), "columns"), (("ru", "ar"), "sequential")])
def test_a_letter_with_tables_in_it_is_valid_open_xml(languages, layout, tmp_path):
    rows = [{**ROW, "purpose": "دفعة بموجب العقد 14/25"}, {**ROW, "recipient": "A" * 90}]
    letter = build_letter(request({"rows": rows}, {"rows": rows}), languages, layout)
    assert letter.findings == []
    path = tmp_path / "letter.docx"
    path.write_bytes(letter.content)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("languages", "count"),
    [(("ru", "en"), 300), (("ar", "en", "ru"), 2000), (("ar",), 300)],
    ids=["ru-en", "ar-en-ru", "ar"],
)
def test_many_rows_on_paper_repeat_the_heading_and_tear_no_row(languages, count, soffice, tmp_path):
    many = [
        {
            "date": f"2026-{1 + i % 12:02}-{1 + i % 28:02}",
            "sender_account": f"KZ{10 + i % 80}125KZT{5004100000000 + i}",
            "recipient": ["Sample Import GmbH", "شركة النور للتجارة", "ТОО «Береке Трейд»"][i % 3],
            "amount": f"{i * 7919 % 99999999}.{i % 100:02}",
            "currency": ["USD", "AED"][i % 2],
            "purpose": ["Payment under contract 14/25 for machine parts, instalment", "Оплата по договору поставки оборудования"][i % 2] + f" {i}",
            "reference": f"FT26X{i:05}END",
        }
        for i in range(count)
    ]  # fmt: skip
    (annex,) = build_annexes(request({"rows": many}), languages)
    assert annex.letter.findings == []
    path = tmp_path / "annex.docx"
    path.write_bytes(annex.letter.content)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    command = [
        soffice,
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    xml = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "annex.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = xml.split("<page ")[1:]
    assert len(pages) > count // 40
    heading = {"ru": "Валюта", "en": "Currency", "ar": "العملة"}
    seen: list[int] = []
    for n, page in enumerate(pages):
        width = float(re.match(r'width="([\d.]+)"', page)[1])
        boxes = re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>', page
        )
        said = [plain(word) for *_, word in boxes]
        # The last page may hold nothing but totals; the heading is there too.
        for lang in languages:
            assert any(heading[lang] in word or heading[lang][::-1] in word for word in said), (n, lang)
        assert all(float(x0) > 0 and float(x1) < width for x0, _, x1, _, _ in boxes)
        references = [int(word[5:10]) for word in said if re.fullmatch(r"FT26X\d{5}END", word)]
        dates = [word for word in said if re.fullmatch(r"2026-\d\d-\d\d", word)]
        # A row begins (date) and ends (reference) on one page; what a torn row says would be missing on one of them.
        assert len(references) == len(dates)
        for i in references:
            assert said.count(str(i)) >= 1 or any(word.endswith(str(i)) for word in said)
        seen += references
    assert seen == list(range(count))
