"""The data files say the same to every YAML reader: the one with the C library accepts more than the standard does."""

from __future__ import annotations

import pytest
import yaml

from casc_mla.lint.checklists import data_files, shown


@pytest.mark.slow
@pytest.mark.parametrize("path", data_files(), ids=shown)
def test_a_data_file_is_read_alike_without_the_c_library(path):
    text = path.read_text(encoding="utf-8")
    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    assert yaml.load(text, yaml.SafeLoader) == yaml.load(text, fast)
