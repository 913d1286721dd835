"""Reading request files: every value keeps its text and place; what a request cannot hold is refused with its place."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casc_mla.core.errors import UnreadableError
from casc_mla.core.text import INVISIBLE
from casc_mla.load.source import MAX_BYTES, MAX_DEPTH, parse


def refused(raw: bytes):
    with pytest.raises(UnreadableError) as caught:
        parse("case.yaml", raw)
    (finding,) = caught.value.findings
    assert set(finding.message) == set(finding.remedy) == {"en", "ru", "ar"}
    return finding


@pytest.mark.parametrize("text", ["0345", "NO", "12:30", "1_000", "1e3", "0x1F", "2026-11-23", "on", "1.10", "007"])
def test_text_stays_text_in_yaml(text):
    assert parse("a", f"kind: {text}\n".encode()).data == {"kind": text}


@pytest.mark.parametrize("number", ["0.10", "12500.00", "1E5", "-7"])
def test_numbers_keep_their_digits_in_json(number):
    assert parse("a", f'{{"amount": {number}}}'.encode()).data == {"amount": number}


def test_every_value_has_its_line_and_column():
    source = parse("a", b"kind: mla\npersons:\n  - id: p1\n    names: {latin: Ivan}\n")
    assert source.place(("kind",)) == (1, 7)
    assert source.place(("persons", 0, "id")) == (3, 9)
    assert source.place(("persons", 0, "names", "latin")) == (4, 20)
    assert source.place(("persons", 0, "names", "latin"), key=True) == (4, 13)
    assert source.place(("persons", 0, "missing")) == (3, 5)


def test_json_places_agree_with_the_text():
    source = parse("a", b'{\n "kind": "mla",\n "persons": [\n  {"id": "p1"}\n ]\n}')
    assert source.place(("persons", 0, "id")) == (4, 10)
    assert source.place(("persons", 0, "id"), key=True) == (4, 4)


@pytest.mark.parametrize(
    ("raw", "rule", "place"),
    [
        (b"", "load.empty", (0, 0)),
        (b"  \n\n", "load.empty", (0, 0)),
        (b"kind: mla\nkind: tip\n", "load.duplicate_key", (2, 1)),
        (b'{"kind": 1,\n "kind": 2}', "load.duplicate_key", (2, 2)),
        (b"a: &x 1\nb: *x\n", "load.alias", (1, 4)),
        (b"a: *x\n", "load.alias", (1, 4)),
        (b"a: !!python/object:os.system 1\n", "load.tag", (1, 4)),
        (b"a: !date 1\n", "load.tag", (1, 4)),
        (b"a: 1\n---\nb: 2\n", "load.documents", (2, 1)),
        (b"a: x\x07y\n", "load.character", (1, 5)),
        ("a: x\u0085\u009fy\n".encode(), "load.character", (1, 5)),
        ("a: x\u2028y\n".encode(), "load.character", (1, 5)),
        ("a: x\u2029y\n".encode(), "load.character", (1, 5)),
        ("a: x\u2067y\n".encode(), "load.character", (1, 5)),
        ("a: 1\nb: x\U0001ffffy\n".encode(), "load.character", (2, 5)),
        ("a: 1\nb: x\U0010fffdy\n".encode(), "load.character", (2, 5)),
        ("a: {en: x\ue003y}\n".encode(), "load.character", (1, 10)),
        (b'{"a": {"en": "x\\u2028y"}}', "load.character", (1, 14)),
        (b'{"a": {"en": "x\\u0007y"}}', "load.character", (1, 14)),
        (b'{"a": {"en": "x\\ue001y"}}', "load.character", (1, 14)),
        (b'{"a": {"en": "x\\udc00y"}}', "load.character", (1, 14)),
        (b'{"a": 1, "x\\ud800": 2}', "load.character", (1, 10)),
        (b'a: {en: "x\\ud800"}\n', "load.syntax", (1, 13)),
        (b'a: {en: "x\\Nz"}\n', "load.character", (1, 9)),
        (b'a: "x\\Lz"\n', "load.character", (1, 4)),
        (b'a: "x\\ny"\n', "load.line_break", (1, 4)),
        (b'{"a": "x\\ry"}', "load.line_break", (1, 7)),
        (b'{"a": "x\\ty"}', "load.line_break", (1, 7)),
        (b"a: |\n  x\n", "load.line_break", (1, 4)),
        ("a: DE\ufe0f89\n".encode(), "load.invisible", (1, 4)),
        ("a: DE\U000e0041\n".encode(), "load.invisible", (1, 4)),
        ("a: x\u202ey\n".encode(), "load.character", (1, 5)),
        ("a: x\ue000y\n".encode(), "load.character", (1, 5)),
        (b'a: "x\\x07y"\n', "load.character", (1, 4)),
        (b'{"a": "\\ud800"}', "load.character", (1, 7)),
        ("iban: DE\u200b89\n".encode(), "load.invisible", (1, 7)),
        ("a\u200b: 1\n".encode(), "load.invisible", (1, 1)),
        (b"\xff\xfeka", "load.encoding", (1, 1)),
        (b"a: b\nc: \xe9\n", "load.encoding", (2, 4)),
        (b"a\x00b", "load.binary", (0, 0)),
        (b"PK\x03\x04rest", "load.document", (0, 0)),
        (b"%PDF-1.7", "load.document", (0, 0)),
        (b"- a\n- b\n", "load.not_a_mapping", (1, 1)),
        (b"just words\n", "load.not_a_mapping", (1, 1)),
        (b"a: [1, 2\n", "load.syntax", (2, 1)),
        (b"a:\n\tb: 1\n", "load.tab", (2, 1)),
        (b"? [a, b]\n: 1\n", "load.key", (1, 3)),
        (b'{"a": NaN}', "load.json_value", (1, 7)),
        (b'{"a": Infinity}', "load.json_value", (1, 7)),
        (b'{"a": 1,}', "load.json_string", (1, 9)),
        (b'{"a" 1}', "load.json_expected", (1, 6)),
        (b'{"a": 1} x', "load.json_rest", (1, 10)),
        (b'{"a": "x\ny"}', "load.json_string", (1, 7)),
    ],
)
def test_what_a_request_cannot_hold_is_refused_with_its_place(raw, rule, place):
    finding = refused(raw)
    assert (finding.rule, (finding.line, finding.column)) == (rule, place)


@pytest.mark.parametrize(
    "text",
    [
        "a\u00a0b",
        "soft\u00adhyphen",
        "\u200bx\u200d",
        "\u200e12-34\u200e",
        "ع\u200f",
        "\ufeffx",
        "👩🏽\u200d⚖\ufe0f",
        "и\u0306й",
        "\u3000x  y",
    ],
)
def test_a_free_text_keeps_every_character(text):
    expected = {"a": {"en": text}}
    assert parse("a", json.dumps(expected).encode()).data == expected
    assert parse("a", json.dumps(expected, ensure_ascii=False).encode()).data == expected
    assert parse("a", f'a: {{en: "{text}"}}\n'.encode()).data == expected


def test_depth_is_limited_in_both_notations():
    deep = "{" * 1 + '"a":' * 1 + "[" * (MAX_DEPTH + 5) + "]" * (MAX_DEPTH + 5) + "}"
    assert refused(deep.encode()).rule == "load.depth"
    assert refused(("a: " + "[" * (MAX_DEPTH + 5) + "]" * (MAX_DEPTH + 5)).encode()).rule == "load.depth"


def test_a_number_of_any_length_stays_what_it_is():
    from casc_mla.load.request import from_source

    long = "9" * 5000
    tree = {"kind": "mla", "enclosures": [{"pages": long}, {"pages": "12"}]}
    pages = [e["pages"] for e in from_source(parse("a", json.dumps(tree).encode())).list_of("enclosures")]
    assert pages == [long, 12]


def test_size_is_limited():
    assert refused(b"a: " + b"x" * MAX_BYTES).rule == "load.too_large"


def test_a_byte_order_mark_is_no_part_of_the_first_key():
    assert parse("a", b"\xef\xbb\xbfkind: mla\n").data == {"kind": "mla"}


def test_emoji_escapes_in_json_become_one_character():
    assert parse("a", b'{"a": "\\ud83d\\ude00"}').data == {"a": "😀"}


def test_windows_line_ends_do_not_move_the_places():
    assert parse("a", b"a: 1\r\nb: 2\r\n").place(("b",)) == (2, 4)


values = st.recursive(
    st.text(st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn", "Cf", "Zl", "Zp")), min_size=1).filter(
        lambda text: not INVISIBLE.search(text)
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcxyz_", min_size=1), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abcdef", min_size=1), values, min_size=1, max_size=5))
def test_what_json_says_is_what_is_read(data):
    assert parse("a", json.dumps(data, ensure_ascii=False).encode()).data == data
    assert parse("a", json.dumps(data, indent=2).encode()).data == data


@given(st.dictionaries(st.text("abcdef", min_size=1), values, min_size=1, max_size=5))
def test_what_yaml_says_is_what_is_read(data):
    quoted = yaml.safe_dump(data, allow_unicode=True, default_style='"', width=10**6)
    assert parse("a", quoted.replace("!!map ", "").encode()).data == data


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail_otherwise(raw):
    try:
        parse("a", raw)
    except UnreadableError as error:
        assert error.findings


@pytest.mark.parametrize("plain", ["", "~", "null"])
def test_a_plain_null_is_no_text(plain):
    assert parse("x", f"kind: {plain}\n".encode()).data == {"kind": None}
    assert parse("x", b'kind: "null"\n').data == {"kind": "null"}


def test_a_value_cut_by_a_hash_is_refused_and_a_comment_is_not():
    finding = refused(b"kind: mla\nreference: No #5\n")
    assert (finding.rule, finding.line, finding.column) == ("load.comment", 2, 15)
    assert parse("x", b'reference: "No #5"  #5\n').data == {"reference": "No #5"}
    assert parse("x", b"reference: 5 # the fifth\n#kind\nkind: mla ## x\n").data == {"reference": "5", "kind": "mla"}
    assert parse("x", "reference: №#5\n".encode()).data == {"reference": "№#5"}
