"""Rows of the bench that need more than this process: docxtemplater beside us, and the memory of a long run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "mla-kz-de-bank-records.yaml"
#: Pinned, so that the ratio means the same tomorrow.
PACKAGES = ("docxtemplater@3.71.0", "pizzip@3.3.0")

Row = tuple[str, str, float, float, float]


def docxtemplater(count: int) -> Row | None:
    """Measure our rendering beside docxtemplater on an equivalent template; None where node or npm is missing.

    The template is our own finished letter with a tag in the place of every text, so it has the same size and prints
    the same words.  It spares docxtemplater all conditions and loops, which our side has to run.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    modules = ROOT / "build" / "bench"
    modules.mkdir(parents=True, exist_ok=True)
    installed = subprocess.run(
        [npm, "install", "--prefix", str(modules), "--no-audit", "--no-fund", "--no-save", *PACKAGES],
        capture_output=True,
        check=False,
    )
    if installed.returncode:
        return None
    from casc_mla.load.request import load
    from casc_mla.render import ooxml
    from casc_mla.render.letter import context_for, render_parts

    request = load(str(EXAMPLE))
    languages = tuple(request.languages)
    context, _ = context_for(request, languages, draft=False)
    parts = render_parts(request, languages, "columns", context)
    values: dict[str, str] = {}

    def tag(found: re.Match[str]) -> str:
        if not found[2].strip():
            return found[0]
        name = f"v{len(values)}"
        values[name] = unescape(found[2])
        return f"{found[1]}{{{name}}}{found[3]}"

    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        parts[name] = re.sub(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)", tag, str(parts[name]))
    with tempfile.TemporaryDirectory() as folder:
        template, data = Path(folder) / "template.docx", Path(folder) / "values.json"
        template.write_bytes(ooxml.zip_parts(parts))
        data.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        script = str(ROOT / "tools" / "bench_docxtemplater.js")
        command = [node, script, str(modules / "node_modules"), str(template), str(data), str(count)]
        ours = theirs = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            for _ in range(count):
                ooxml.zip_parts(render_parts(request, languages, "columns", context))
            ours = min(ours, time.perf_counter() - start)
            done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
            theirs = min(theirs, float(json.loads(done.stdout)["seconds"]))
    return (f"{count} letters", "docxtemplater, the same letter as a template", 1.0, ours, theirs)


_CHILD = """
import contextlib, io, resource, sys
from casc_mla.cli import main
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def memory(count: int) -> Row | None:
    """Measure the peak memory of a run over many requests beside that of one; None where the system does not tell."""
    if sys.platform == "win32":
        return None
    text = EXAMPLE.read_text(encoding="utf-8")
    reference = re.search(r"^reference: (.+)$", text, re.MULTILINE)
    assert reference, "the example has a reference"
    peaks = []
    for number in (1, count):
        with tempfile.TemporaryDirectory() as folder:
            requests = Path(folder) / "requests"
            requests.mkdir()
            for i in range(number):
                own = text.replace(reference[0], f"reference: 2-011204-26-{i:05}", 1)
                (requests / f"{i:05}.yaml").write_text(own, encoding="utf-8")
            arguments = ["build", str(requests), "--out", str(Path(folder) / "out"), "--jobs", "1"]
            done = subprocess.run(
                [sys.executable, "-c", _CHILD, *arguments], capture_output=True, check=True, encoding="utf-8", cwd=ROOT
            )
            assert len(list((Path(folder) / "out").glob("*.docx"))) == number
            peaks.append(float(done.stdout))
    return (f"peak memory, {count} letters", "peak memory of one letter", 1.5, peaks[1], peaks[0])


ROWS: tuple[Callable[[int], Row | None], ...] = (docxtemplater, memory)
