"""What the tests share: where things are, and the tools that CI must have."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casc_mla.core.errors import CascError
from casc_mla.render.pdf.office import find_office

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
CASES = ROOT / "tests" / "cases"


def run_command(
    *arguments: str, stdin: bytes | None = None, env: dict[str, str] | None = None, cwd: Path | None = None
):
    """Run the installed command and return the finished process."""
    environment = {**os.environ, "CASC_MLA_LANG": "en", "PYTHONIOENCODING": "utf-8", **(env or {})}
    return subprocess.run(
        [sys.executable, "-m", "casc_mla", *arguments],
        input=stdin,
        capture_output=True,
        env=environment,
        cwd=cwd or ROOT,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="session")
def office() -> Path:
    """LibreOffice; a laptop without it skips these tests, CI may not."""
    try:
        return find_office()
    except CascError:
        if os.environ.get("CASC_MLA_REQUIRE_TOOLS"):
            pytest.fail("LibreOffice is required on CI")
        pytest.skip("needs LibreOffice")


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice and poppler; a laptop without them skips these tests, CI may not."""
    found = shutil.which("soffice")
    if found is None or shutil.which("pdftotext") is None:
        if os.environ.get("CASC_MLA_REQUIRE_TOOLS"):
            pytest.fail("LibreOffice and poppler are required on CI")
        pytest.skip("needs LibreOffice and poppler")
    return found
