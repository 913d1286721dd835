"""LibreOffice as a printer of PDF: found, run once for many letters in a profile of its own, and gone afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from casc_mla.core.errors import CascError

#: The environment variable that names LibreOffice where it lies somewhere else.
VARIABLE = "CASC_MLA_SOFFICE"
#: Seconds without a new page of progress after which LibreOffice is taken for hung; a first start on a laptop is slow.
PATIENCE = 180.0

_FILTER = {
    "UseTaggedPDF": True,
    "PDFUACompliance": True,
    "DisplayPDFDocumentTitle": True,
    "ExportBookmarks": True,
    "ExportNotes": False,
    "ExportNotesInMargin": False,
    "ExportNotesPages": False,
    "ExportFormFields": False,
    "IsAddStream": False,
    "EmbedStandardFonts": True,
}

_SETTINGS: tuple[tuple[str, str, str], ...] = (
    # Macros: the highest level, and none even so; nothing in a letter may act or fetch.
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    # No network: whatever asks for it is sent to a proxy that does not exist.
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
    (
        "/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments",
        "AutoCheckEnabled",
        "false",
    ),
    # Nothing is remembered or reported.
    ("/org.openoffice.Office.Common/History", "PickListSize", "0"),
    ("/org.openoffice.Office.Common/Misc", "CollectUsageInformation", "false"),
    ("/org.openoffice.Office.Common/Misc", "CrashReport", "false"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
)


def find_office() -> Path:
    """Return where LibreOffice is: the environment variable, the search path, the usual folders of the system.

    Raises:
        CascError: it is not there, with the name of the package to install.

    """
    named = os.environ.get(VARIABLE)
    if named:
        if not Path(named).is_file():
            raise CascError("pdf.office_path", variable=VARIABLE)
        return Path(named)
    for command in ("soffice", "libreoffice"):
        found = shutil.which(command)
        if found:
            return Path(found)
    for path in _usual_places():
        if path.is_file():
            return path
    raise CascError("pdf.no_office", variable=VARIABLE)


def _usual_places() -> Iterator[Path]:
    if sys.platform == "win32":
        for variable in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
            folder = os.environ.get(variable)
            if folder:
                # The .com waits for its work to end; the .exe is for the desktop.
                yield Path(folder, "LibreOffice", "program", "soffice.com")
                yield Path(folder, "LibreOffice", "program", "soffice.exe")
    elif sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield folder / "LibreOffice.app" / "Contents" / "MacOS" / "soffice"
    else:
        yield Path("/usr/lib/libreoffice/program/soffice")
        for folder in sorted(Path("/opt").glob("libreoffice*"), reverse=True):
            yield folder / "program" / "soffice"


def print_letters(letters: Mapping[str, bytes], office: Path, patience: float = PATIENCE) -> dict[str, bytes]:
    """Return the PDF of each letter by its key; a letter that LibreOffice cannot print has none.

    All go through one process.  When it dies or hangs, the letter it was at is given up and the rest goes through
    another.  Everything happens in one private folder that is removed whatever happens.

    Args:
        letters: Word documents by key, in the order in which they are printed.
        office: the program, from ``find_office``.
        patience: seconds without a finished letter after which the process is taken for hung.

    Raises:
        CascError: the program cannot be started, or there is no room for temporary files.

    """
    keys = list(letters)
    try:
        with (
            _stoppable(),
            tempfile.TemporaryDirectory(prefix="casc-mla-", ignore_cleanup_errors=True) as name,
        ):
            folder = Path(name).resolve()
            # Names of our own: a letter's name might begin with a dash, or be too long beside a temporary folder.
            sources = [folder / f"{n:04}.docx" for n in range(len(keys))]
            for source, key in zip(sources, keys, strict=True):
                source.write_bytes(letters[key])
            _work_through(sources, folder, office, patience)
            return {
                key: source.with_suffix(".pdf").read_bytes()
                for key, source in zip(keys, sources, strict=True)
                if _is_whole(source.with_suffix(".pdf"))
            }
    except OSError as error:
        raise CascError("pdf.office_start", reason=error.strerror or type(error).__name__) from None


def _work_through(sources: list[Path], folder: Path, office: Path, patience: float) -> None:
    left, hung = list(sources), 0
    while left:
        _profile(folder / "profile")
        ended_well, timed_out = _run(left, folder, office, patience)
        printed = [source for source in left if _is_whole(source.with_suffix(".pdf"))]
        hung += timed_out
        if ended_well or (hung > 1 and not any(_is_whole(source.with_suffix(".pdf")) for source in sources)):
            return
        # Letters are taken in order, so the first without a result is the one it died of.
        left = [source for source in left if source not in printed][1:]


def _profile(folder: Path) -> None:
    """Write a fresh profile whose settings are those above and nobody's own."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "user").mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{escape(path)}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}</oor:items>\n",
        encoding="utf-8",
    )


def _run(sources: list[Path], folder: Path, office: Path, patience: float) -> tuple[bool, bool]:
    """Run one process over the letters and return whether it ended well, and whether it had to be stopped."""
    options = {
        name: {"type": "boolean", "value": "true" if value else "false"}
        for name, value in _FILTER.items()
    }  # fmt: skip
    command = [
        str(office),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"),
        *("--convert-to", f"pdf:writer_pdf_Export:{json.dumps(options)}", "--outdir", str(folder)),
        *(str(source) for source in sources),
    ]
    # UTC: the date that a PDF carries says nothing of where it was made.
    environment = {**os.environ, "TZ": "UTC", "SAL_USE_VCLPLUGIN": "svp"}
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=sys.platform != "win32",
        creationflags=flags,
    )
    try:
        seen, since = 0, time.monotonic()
        while process.poll() is None:
            time.sleep(0.05)
            done = sum(source.with_suffix(".pdf").exists() for source in sources)
            if done > seen:
                seen, since = done, time.monotonic()
            elif time.monotonic() - since > patience:
                return False, True
        return process.returncode == 0, False
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it started; on most systems ``soffice`` only starts another program."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)


def _is_whole(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            begin = stream.read(5)
            stream.seek(-min(64, path.stat().st_size), os.SEEK_END)
            return begin == b"%PDF-" and stream.read().rstrip().endswith(b"%%EOF")
    except OSError:
        return False


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Let a polite request to stop unwind like Ctrl-C, so that the folder and the process go with it."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    names = [number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None]
    before = {}
    try:
        for number in names:
            before[number] = signal.signal(number, stop)
    except ValueError:  # only the main thread may say what a signal does
        pass
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
