"""Compiled templates are kept for the next run, never trusted from elsewhere, and never too many."""

from __future__ import annotations

import os

import pytest

from casc_mla.render import kept, template
from casc_mla.render.template import compile_part

XML = "<w:p><w:r><w:t>{{ views.x }}</w:t></w:r></w:p>"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CASC_MLA_CACHE", str(tmp_path))
    return tmp_path


def code_files(cache):
    return sorted((cache / "templates").glob("*.code"))


def render(part) -> str:
    return template.render_part("x", part, {"views": {"x": "a & b"}})


def test_the_second_run_compiles_nothing_and_prints_the_same(cache, monkeypatch):
    first = render(compile_part("x", XML))
    assert len(code_files(cache)) == 1
    monkeypatch.setattr(template, "patch", lambda _xml: pytest.fail("compiled again"))
    assert render(compile_part("x", XML)) == first
    assert "a &amp; b" in first


def test_another_text_is_another_template(cache):
    compile_part("x", XML)
    compile_part("x", XML.replace("views.x", "views.y"))
    assert len(code_files(cache)) == 2


@pytest.mark.parametrize("raw", [b"", b"j2\x00", b"\x00" * 200])
def test_a_damaged_file_is_compiled_again(cache, raw):
    first = render(compile_part("x", XML))
    (path,) = code_files(cache)
    path.write_bytes(raw)
    assert render(compile_part("x", XML)) == first
    assert code_files(cache)[0].read_bytes() != raw


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="modes are a notion of POSIX")
def test_a_folder_that_others_may_write_to_is_not_trusted(cache, monkeypatch):
    compile_part("x", XML)
    (cache / "templates").chmod(0o777)
    patched = []
    whole = template.patch
    monkeypatch.setattr(template, "patch", lambda xml: patched.append(xml) or whole(xml))
    compile_part("x", XML)
    assert patched


def test_nothing_is_kept_where_nothing_is_to_be_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("CASC_MLA_CACHE", "off")
    monkeypatch.chdir(tmp_path)
    render(compile_part("x", XML))
    assert not list(tmp_path.iterdir())


def test_only_the_newest_are_kept(cache, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 3)
    for number in range(6):
        compile_part("x", XML.replace("</w:t>", f" {number}</w:t>"))
        for age, path in enumerate(code_files(cache)):
            os.utime(path, (1_000_000 + age, 1_000_000 + age))
    assert len(code_files(cache)) == 3
