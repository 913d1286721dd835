"""Tables in CSV files beside the request: read whole, or refused at their line and column."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from casc_mla.check import check_file
from casc_mla.core.finding import Severity
from casc_mla.load.request import load
from casc_mla.load.tables import MAX_BYTES, MAX_ROWS, SHOWN
from tests.conftest import EXAMPLES, run_command

REQUEST = """kind: mla
languages: [ru, en]
tables:
  - {id: T1, kind: transactions, title: {ru: Переводы, en: Transfers}, file: FILE}
"""
HEAD = "date,amount,currency,purpose"
GOOD = f"{HEAD}\n2026-03-04,12500.00,USD,loan\n"


def write(folder: Path, content: bytes | str, file: str = "rows.csv", named: str = "") -> str:
    """Write a request and its table and return the name of the request."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    (folder / file).write_bytes(raw)
    request = folder / "request.yaml"
    request.write_text(REQUEST.replace("FILE", f"'{named or file}'"), encoding="utf-8")
    return str(request)


def problems(name: str) -> list[tuple[str, int, int, str]]:
    """Return file, line and column of what is wrong with the table, and the first words in English."""
    _, findings = check_file(name)
    return [
        (Path(f.file).name, f.line, f.column, f.message["en"])
        for f in findings
        if f.path[:1] == ("tables",) and f.severity is Severity.ERROR
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_spreadsheets_save_is_read(tmp_path, separator, mark, end):
    text = mark + GOOD.replace(",", separator).replace("\n", end)
    request = load(write(tmp_path, text))
    assert request.problems == []
    (table,) = request.data["tables"]
    assert table["rows"] == [{"date": "2026-03-04", "amount": "12500.00", "currency": "USD", "purpose": "loan"}]
    assert "file" not in table


def test_columns_may_bear_their_printed_names(tmp_path):
    request = load(write(tmp_path, "Дата;Сумма;Валюта;غرض الدفع\n2026-03-04;0345.10;USD;x\n"))
    assert request.data["tables"][0]["rows"] == [
        {"date": "2026-03-04", "amount": "0345.10", "currency": "USD", "purpose": "x"}
    ]


def test_quoted_cells_hold_separators_quotes_and_line_ends(tmp_path):
    request = load(write(tmp_path, f'{HEAD}\n2026-03-04,1.00,USD,"a ""b"", c\nd"\n\n2026-03-05,2.00,USD,\n'))
    assert [row.get("purpose") for row in request.data["tables"][0]["rows"]] == ['a "b", c d', None]


@pytest.mark.parametrize(
    ("content", "line", "column", "words"),
    [
        ("", 0, 0, "is empty"),
        ("\n \n", 0, 0, "is empty"),
        (f"{HEAD}\n", 1, 1, "no rows"),
        (GOOD.replace(",", "|"), 1, 1, "no name of a column"),
        ("2026-03-04,12500.00,USD,loan\n", 1, 1, "no name of a column"),
        (GOOD.replace("purpose", "purpouse"), 1, 22, "no column “purpouse”"),
        (GOOD.replace("purpose", "amount"), 1, 22, "stands twice"),
        (GOOD.replace("currency,", ",").replace("purpose", "purpose"), 1, 13, "has no name"),
        (GOOD.replace("currency", "reference"), 1, 1, "“currency” (Currency) is missing"),
        (GOOD + "2026-03-05,1.00,USD\n", 3, 1, "has 3 cells"),
        (GOOD + "2026-03-05,1.00,USD,a,b\n", 3, 1, "has 5 cells"),
        (GOOD + '2026-03-05,1.00,USD,"a\nb\n', 3, 1, "not closed"),
        (GOOD + '2026-03-05,1.00,USD,"a"b\n', 3, 1, "not closed"),
        (GOOD.encode() + b"2026-03-05,1.00,USD,a\x00b\n", 3, 22, "zero byte"),
        (GOOD.encode() + "2026-03-05,1.00,USD,заём\n".encode("cp1251"), 3, 21, "not in UTF-8"),
        (GOOD.encode("utf-16"), 1, 1, "not in UTF-8"),
        (b"PK\x03\x04" + b"x" * 50, 0, 0, "workbook"),
        (GOOD + "2026-03-05,1.00,USD,a\u202eb\n", 3, 22, "U+202E"),
        (b"date,amount\n" + b"x" * MAX_BYTES, 0, 0, "larger than"),
        (HEAD + "\n" + "2026-03-04,1.00,USD,a\n" * (MAX_ROWS + 1), MAX_ROWS + 2, 1, "more than"),
        # Cells, each at its own column.
        (GOOD + "2026-02-30,1.00,USD,a\n", 3, 1, "Date"),
        (GOOD + "04.03.2026,1.00,USD,a\n", 3, 1, "Date"),
        (GOOD + '2026-03-05,"1,000.00",USD,a\n', 3, 12, "Amount"),
        (GOOD + "2026-03-05,1e3,USD,a\n", 3, 12, "Amount"),
        (GOOD + "2026-03-05,1.00,usd,a\n", 3, 17, "Currency"),
        (GOOD + "2026-03-05,1.00,,a\n", 3, 17, "Currency"),
        (GOOD + "2026-03-05,1.00,USD,=1+1\n", 3, 21, "formula"),
        (GOOD + "2026-03-05,1.00,USD,@SUM(A1)\n", 3, 21, "formula"),
        (GOOD + "2026-03-05,1.00,USD,-cmd\n", 3, 21, "formula"),
        (GOOD + "2026-03-05,1.00,USD,a\u200bb\n", 3, 21, "invisible"),
        (GOOD + f"2026-03-05,1.00,USD,{'a' * 1001}\n", 3, 21, "Purpose"),
        (GOOD + "2026-03-05\n", 3, 1, "1 cells"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(tmp_path, content, line, column, words):
    name = write(tmp_path, content)
    found = problems(name)
    assert [p for p in found if p[:3] == ("rows.csv", line, column) and words in p[3]], found
    assert load(name).data["tables"]


def test_a_cell_after_a_line_end_in_quotes_has_its_own_line(tmp_path):
    found = problems(write(tmp_path, 'purpose;date;currency;amount\n"one ""two"";\nthree";2026-03-04;USD;x\n'))
    assert [p[:3] for p in found] == [("rows.csv", 3, 23)]


def test_a_misspelt_column_is_answered_with_the_right_one(tmp_path):
    _, findings = check_file(write(tmp_path, GOOD.replace("purpose", "purpouse")))
    (finding,) = [f for f in findings if f.path[:1] == ("tables",)]
    assert "“purpose”" in finding.remedy["en"]


def test_a_fault_of_the_whole_column_is_counted_and_not_repeated(tmp_path):
    rows = "".join(f"2026-03-04,{n},KZ,a\n" for n in range(300))
    found = problems(write(tmp_path, f"{HEAD}\n{rows}"))
    assert len(found) == SHOWN + 1
    assert any(f"{300 - SHOWN} further cells" in p[3] for p in found)


def test_no_finding_repeats_a_value(tmp_path):
    content = f"{HEAD}\nSECRET1,SECRET2,SECRET3,=SECRET4\n2026-03-04,1.00,USD,SECRET5,SECRET6\n"
    for text in (content, content.rsplit("\n", 2)[0] + "\n"):
        _, findings = check_file(write(tmp_path, text))
        said = " ".join(str(part) for f in findings for part in (f.message, f.remedy))
        assert findings
        assert "SECRET" not in said


@pytest.mark.parametrize(
    "named",
    [
        "../rows.csv",
        "sub/../../rows.csv",
        "..\\rows.csv",
        "/etc/hostname.csv",
        "C:\\rows.csv",
        "C:rows.csv",
        "\\\\server\\share\\rows.csv",
        "\\rows.csv",
    ],
)
def test_a_file_elsewhere_is_never_opened(tmp_path, named):
    home = tmp_path / "home"
    (home / "sub").mkdir(parents=True)
    (tmp_path / "rows.csv").write_text(GOOD, encoding="utf-8")
    found = problems(write(home, GOOD, named=named))
    assert [words for *_, words in found if "folder of the request" in words]


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="Windows lets only administrators link")
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_link_out_of_the_folder_is_not_followed(tmp_path, kind):
    home = tmp_path / "home"
    home.mkdir()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text(GOOD, encoding="utf-8")
    if kind == "file":
        (home / "link.csv").symlink_to(outside / "secret.csv")
    else:
        (home / "link").symlink_to(outside)
    found = problems(write(home, GOOD, named="link.csv" if kind == "file" else "link/secret.csv"))
    assert [words for *_, words in found if "folder of the request" in words]


@pytest.mark.parametrize(
    ("named", "words"),
    [("missing.csv", "does not exist"), ("request.yaml", "no CSV file"), ("folder.csv", "does not exist")],
)
def test_what_is_no_table_is_refused(tmp_path, named, words):
    (tmp_path / "folder.csv").mkdir()
    assert any(words in p[3] for p in problems(write(tmp_path, GOOD, named=named)))


def test_a_table_below_the_folder_may_be_named_in_both_ways(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "rows.csv").write_text(GOOD, encoding="utf-8")
    for named in ("sub/rows.csv", "sub\\rows.csv"):
        assert load(write(tmp_path, GOOD, named=named)).problems == []


def test_standard_input_has_no_folder():
    text = (EXAMPLES / "mla-uz-kz-transactions.yaml").read_bytes()
    process = run_command("check", "-", stdin=text)
    assert process.returncode == 1
    assert b"standard input" in process.stdout


def test_rows_in_the_request_are_held_to_the_same(tmp_path):
    rows = ["{date: 2026-03-04, amount: '1,5', currency: USD}", "{date: 2026-03-04, amount: '1.5', curency: USD}", "x"]
    text = REQUEST.replace("file: FILE", f"rows: [{', '.join(rows)}]")
    name = tmp_path / "request.yaml"
    name.write_text(text, encoding="utf-8")
    _, findings = check_file(str(name))
    found = {(f.rule, f.pointer) for f in findings if f.path[:1] == ("tables",)}
    base = "/tables/0/rows"
    assert found == {
        ("SCH-FORMAT", f"{base}/0/amount"),
        ("SCH-REQUIRED", f"{base}/1/currency"),
        ("SCH-UNKNOWN-KEY", f"{base}/1/curency"),
        ("SCH-TYPE", f"{base}/2"),
    }
    many = ", ".join(["{date: 2026-03-04, amount: '1', currency: USD}"] * (MAX_ROWS + 1))
    name.write_text(REQUEST.replace("file: FILE", f"rows: [{many}]"), encoding="utf-8")
    assert [words for *_, words in problems(str(name)) if "more than" in words]


def test_an_amount_needs_its_currency_in_every_kind(tmp_path):
    text = REQUEST.replace("transactions", "consignments").replace(
        "file: FILE", "rows: [{date: 2026-03-04, amount: '1'}]"
    )
    (tmp_path / "request.yaml").write_text(text, encoding="utf-8")
    assert [words for *_, words in problems(str(tmp_path / "request.yaml")) if "Currency" in words]


def test_rows_and_a_file_together_are_refused(tmp_path):
    name = write(tmp_path, GOOD)
    text = Path(name).read_text(encoding="utf-8").replace("file:", "rows: [{date: 2026-03-04}], file:")
    Path(name).write_text(text, encoding="utf-8")
    _, findings = check_file(name)
    assert any("only one of two fields" in f.message["en"] for f in findings)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("{id: T1, kind: transactions, title: {en: a}}", {("SCH-VALUE", "")}),
        ("{id: T1, kind: transactions, title: {en: a}, rows: []}", {("SCH-EMPTY", "/rows")}),
        ("{id: T1, kind: transactions, title: {en: a}, rows: x}", {("SCH-TYPE", "/rows")}),
        ("{id: T1, kind: transaction, title: {en: a}, rows: [{date: 1}]}", {("SCH-ENUM", "/kind")}),
        (
            "{id: T1, kind: [a], title: {en: a}, file: {a: b}}",
            {("SCH-TYPE", "/kind"), ("SCH-ENUM", "/kind"), ("SCH-TYPE", "/file")},
        ),
        ("{id: K, kind: transactions, title: {en: a}, file: rows.csv}", {("SCH-VALUE", "/id")}),
        ("nonsense", {("SCH-TYPE", "")}),
        (
            "{id: T1, kind: transactions, title: {en: a}, rows: [{date: 2026-03-04, amount: {a: b}, currency: dollars, purpose: [x]}]}",
            {("SCH-TYPE", "/rows/0/amount"), ("SCH-ENUM", "/rows/0/currency"), ("SCH-TYPE", "/rows/0/purpose")},
        ),
    ],
)
def test_a_table_of_any_form_is_answered_and_never_a_defect(tmp_path, table, expected):
    (tmp_path / "rows.csv").write_text(GOOD, encoding="utf-8")
    name = tmp_path / "request.yaml"
    name.write_text(f"kind: mla\ntables:\n  - {table}\n", encoding="utf-8")
    _, findings = check_file(str(name))
    found = {(f.rule, f.pointer.removeprefix("/tables/0")) for f in findings if f.path[:1] == ("tables",)}
    assert {f for f in found if f[0].startswith("SCH-")} == expected


def test_the_command_says_file_line_and_column(tmp_path):
    name = write(tmp_path, GOOD + "2026-03-05,x,USD,a\n")
    assert "rows.csv" in run_command("check", name).stdout.decode()
    assert '"line": 3' in run_command("check", name, "--format", "json").stdout.decode()
    assert "rows.csv,line=3,col=12" in run_command("check", name, "--format", "github").stdout.decode()
    assert "rows.csv:3:12" in run_command("check", name, "--format", "markdown").stdout.decode()
