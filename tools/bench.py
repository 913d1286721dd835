"""Speed as ratios measured in one run: ``make bench``.  Absolute times depend on the machine and are not printed."""

from __future__ import annotations

import compileall
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import bench_field  # beside this file

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "mla-kz-de-bank-records.yaml"
TABLE = ROOT / "examples" / "mla-uz-kz-transactions.yaml"
BIN = Path(sys.executable).parent


def best(action: Callable[[], object], repeats: int) -> float:
    """Return the shortest time of several runs, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def process(*command: str) -> Callable[[], object]:
    """Return an action that runs a command to its end."""
    return lambda: subprocess.run(command, capture_output=True, check=False, cwd=ROOT)


def commands(folder: Path) -> list[tuple[str, str, float, float, float]]:
    """Measure whole commands, each beside its yardstick and interleaved with it."""
    python = sys.executable
    tool = [python, "-m", "casc_mla"]
    checker = str(BIN / "check-jsonschema")
    pairs = [
        ("casc-mla --help", 'python -c "import click"', 1.5, (*tool, "--help"), (python, "-c", "import click")),
        (
            "casc-mla check FILE",
            "check-jsonschema on the same file and schema",
            0.7,
            (*tool, "check", str(EXAMPLE), "--format", "json"),
            (checker, "--schemafile", str(ROOT / "schemas" / "mla.schema.json"), str(EXAMPLE)),
        ),
        (
            "casc-mla build FILE",
            'python -c "import docxtpl"',
            3.0,
            (*tool, "build", str(EXAMPLE), "--out", str(folder), "--force"),
            (python, "-c", "import docxtpl"),
        ),
    ]
    rows = []
    for name, yardstick, ceiling, mine, other in pairs:
        ours = theirs = float("inf")
        for _ in range(9):
            ours = min(ours, best(process(*mine), 1))
            theirs = min(theirs, best(process(*other), 1))
        rows.append((name, yardstick, ceiling, ours, theirs))
    return rows


def loading() -> tuple[str, str, float, float, float]:
    """Measure loading with positions beside ``yaml.safe_load``."""
    import yaml

    from casc_mla.load.source import parse

    raw = EXAMPLE.read_bytes()
    ours = best(lambda: parse("x", raw), 15)
    return ("load with positions", "yaml.safe_load", 0.25, ours, best(lambda: yaml.safe_load(raw), 15))


def batch(count: int) -> tuple[str, str, float, float, float]:
    """Measure many letters beside a plain docxtpl loop on the same composed template and data."""
    from docxtpl import DocxTemplate

    from casc_mla.load.request import load
    from casc_mla.render import ooxml
    from casc_mla.render.compose import compose
    from casc_mla.render.embedded import embedded_parts
    from casc_mla.render.letter import context_for, render_parts, template_key

    request = load(str(EXAMPLE))
    languages = tuple(request.languages)
    context, _ = context_for(request, languages, draft=False)
    composed = compose(*template_key(request, languages, "columns", context))
    plain: dict[str, str | bytes] = {**composed.fixed, **composed.tagged}
    plain["docProps/core.xml"] = ooxml.core_properties("bench", "ru-RU", "2026-01-01T00:00:00Z")
    plain |= embedded_parts({})
    template = ooxml.zip_parts(plain)

    def ours() -> None:
        for _ in range(count):
            ooxml.zip_parts(render_parts(request, languages, "columns", context))

    def theirs() -> None:
        for _ in range(count):
            document = DocxTemplate(io.BytesIO(template))
            document.render(context, autoescape=True)
            document.save(io.BytesIO())

    ours()
    return (f"{count} letters", "plain docxtpl loop", 0.2, best(ours, 3), best(theirs, 1))


def annexes(few: int, many: int) -> tuple[str, str, float, float, float]:
    """Measure a long annexed table beside a short one, each built and read back."""
    from casc_mla.load.request import Request, load
    from casc_mla.render.annexes import build_annexes

    base = load(str(TABLE))
    (table,) = base.data["tables"]
    rows = table["rows"]

    def of(count: int) -> Callable[[], object]:
        # Every row says something of its own, so that nothing is cheaper than in life.
        made = [{**rows[n % len(rows)], "reference": f"R{n:06}", "amount": f"{n}.50"} for n in range(count)]
        request = Request(base.source, {**base.data, "tables": [{**table, "rows": made}]})
        return lambda: build_annexes(request, tuple(request.languages))

    best(of(few), 1)
    return (f"{many:,}-row annex", f"{few}-row annex", 12.0, best(of(many), 3), best(of(few), 5))


def main() -> int:
    """Print the ratios and return 1 when one is above its ceiling."""
    # Both sides start from compiled modules, as pip leaves the packages of the yardsticks and an installed casc-mla.
    compileall.compile_dir(ROOT / "casc_mla", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        rows = [*commands(Path(folder)), loading(), batch(200), annexes(200, 2000)]
    for measure in bench_field.ROWS:
        row = measure(200)
        if row is None:
            sys.stdout.write(f"{measure.__name__}: not measured here (see docs/benchmarks.md)\n")
        else:
            rows.append(row)
    above = 0
    sys.stdout.write(f"{'what':25} {'beside':46} {'ratio':>6} {'ceiling':>8}\n")
    for name, yardstick, ceiling, ours, theirs in rows:
        ratio = ours / theirs
        above += ratio > ceiling
        sys.stdout.write(
            f"{name:25} {yardstick:46} {ratio:6.2f} {ceiling:8.2f}{'  ABOVE' if ratio > ceiling else ''}\n"
        )
    return int(bool(above))


if __name__ == "__main__":
    sys.exit(main())
