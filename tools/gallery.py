"""Every example in every layout as pictures, for people to look at: ``python tools/gallery.py build/gallery``."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from casc_mla.check import check_file
from casc_mla.core.finding import count
from casc_mla.render import contract
from casc_mla.render.letter import build_letter

ROOT = Path(__file__).resolve().parent.parent


def letters(folder: Path) -> None:
    """Write every example in every layout."""
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        request, findings = check_file(str(path))
        if request is None or request.kind not in contract.kinds():
            continue
        languages = tuple(request.languages)
        for chosen, layout in [
            (languages, "columns"),
            (languages, "sequential"),
            *(((x,), "single") for x in languages),
        ]:
            letter = build_letter(request, chosen, layout, draft=bool(count(findings)["error"]))
            (folder / f"{path.stem}.{'-'.join(chosen)}.{layout}.docx").write_bytes(letter.content)


def main() -> int:
    """Build, convert in one LibreOffice run with a profile of its own, and draw the pages."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
    missing = [tool for tool in ("soffice", "pdftoppm") if shutil.which(tool) is None]
    if missing:
        sys.stderr.write(f"missing: {', '.join(missing)} (Debian: libreoffice-writer-nogui poppler-utils)\n")
        return 2
    out.mkdir(parents=True, exist_ok=True)
    letters(out)
    documents = sorted(str(path) for path in out.glob("*.docx"))
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                *("--convert-to", "pdf", "--outdir", str(out)),
                *documents,
            ],
            check=True,
            capture_output=True,
        )
    for pdf in sorted(out.glob("*.pdf")):
        subprocess.run(["pdftoppm", "-r", "60", "-png", str(pdf), str(pdf.with_suffix(""))], check=True)
    sys.stdout.write(f"{len(list(out.glob('*.png')))} pages in {out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
