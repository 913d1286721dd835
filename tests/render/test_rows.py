"""Rows in columns are cut where both languages stand level, and nowhere else."""

from __future__ import annotations

from casc_mla.render.rows import level


def cell(*paragraphs: str, lang: str = "ru") -> str:
    made = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{lang}{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, _, text in (paragraph.partition(":") for paragraph in paragraphs)
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="5000" w:type="dxa"/></w:tcPr>{made}</w:tc>'


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def test_the_same_paragraphs_in_both_languages_become_rows_of_their_own():
    cut = level(row(cell("Body:раз", "Body:два"), cell("Body:one", "Body:two", lang="en")))
    assert cut == row(cell("Body:раз"), cell("Body:one", lang="en")) + row(
        cell("Body:два"), cell("Body:two", lang="en")
    )


def test_a_heading_stays_with_what_follows_it_and_the_row_is_not_torn():
    cut = level(row(cell("Heading1:О", "Body:раз", "Body:два"), cell("Heading1:H", "Body:one", "Body:two", lang="en")))
    first, second = cut.split("</w:tr>")[:2]
    assert "О" in first and "раз" in first and "<w:cantSplit/>" in first
    assert "два" in second and "two" in second and "<w:cantSplit/>" not in second


def test_a_row_whose_languages_do_not_stand_level_is_left_alone():
    for other in (("Body:one",), ("Body:one", "ListItem:two"), ("Body:one", "Body:two", "Body:three")):
        whole = row(cell("Body:раз", "Body:два"), cell(*other, lang="en"))
        assert level(whole) == whole


def test_a_row_that_must_not_be_torn_is_left_alone():
    whole = row(cell("Body:раз", "Body:два"), cell("Body:one", "Body:two", lang="en"))
    whole = whole.replace("<w:tr>", "<w:tr><w:trPr><w:cantSplit/></w:trPr>")
    assert level(whole) == whole


def test_a_single_column_is_left_alone():
    whole = row(cell("Body:раз", "Body:два"))
    assert level(whole) == whole
