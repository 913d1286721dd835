"""Many requests become letters in one run: one that fails does not stop the others.

The work that needs time (checking, rendering, reading back) is spread over processes; only this process writes, so
no two letters meet on the disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from itertools import repeat
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from casc_mla.check import check_file
from casc_mla.core import data
from casc_mla.core.errors import BlockedError, CascError, DefectError
from casc_mla.core.finding import Finding, count
from casc_mla.core.text import Text
from casc_mla.load.request import STDIN, Request
from casc_mla.render.release import Built, Prepared, prepare, release

#: Below so many files starting further processes takes longer than it saves.
WORTH_SPREADING = 12


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a run, the same for all its files.

    ``languages`` empty: those of each request.  ``layout`` empty: in columns where there are several languages.
    ``sealed`` is the folder for the sealed annexes.
    """

    out: Path
    languages: tuple[str, ...] = ()
    layout: str = ""
    draft: bool = False
    force: bool = False
    sealed: Path | None = None

    def settled(self, request: Request) -> tuple[tuple[str, ...], str]:
        """Return the languages and the layout of the letter for a request."""
        languages = self.languages or tuple(request.languages)
        layout = self.layout or ("columns" if len(languages) > 1 else "single")
        return (languages[:1] if layout == "single" else languages), layout


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no letter, and what to do; ``exit_code`` as the command ends with it."""

    text: Text
    remedy: Text
    exit_code: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one request file.

    ``readable`` is false where the file could not be read as a request; ``protected`` tells whether somebody in it
    appears under a code.
    """

    file: str
    findings: list[Finding] = field(default_factory=list)
    readable: bool = True
    protected: bool = False
    languages: tuple[str, ...] = ()
    layout: str = ""
    built: Built | None = None
    problem: Problem | None = None

    @property
    def exit_code(self) -> int:
        """0 nothing blocking, 1 errors or nothing written, 2 unreadable, 3 a defect."""
        if not self.readable:
            return 2
        return max(int(bool(count(self.findings)["error"])), self.problem.exit_code if self.problem else 0)


_Drafted = tuple[Outcome, Prepared | None]


def run(files: Sequence[str], order: Order, jobs: int = 0) -> Iterator[Outcome]:
    """Build the letters of ``files`` and yield what became of each, in their order.

    ``jobs`` processes work at the same time; 0 takes as many as the machine has, where that is worth it.  A single
    file is not guarded: a defect of the tool comes through as it is.
    """
    taken: dict[str, str] = {}
    for outcome, letter in _drafts(files, order, jobs):
        if letter is None:
            yield outcome
        elif letter.name.casefold() in taken:
            other = taken[letter.name.casefold()]
            yield replace(outcome, problem=_problem(BlockedError("build.same_name", name=letter.name, other=other)))
        else:
            taken[letter.name.casefold()] = outcome.file
            yield _released(outcome, letter, order)


def _drafts(files: Sequence[str], order: Order, jobs: int) -> Iterator[_Drafted]:
    workers = jobs or ((cpu_count() or 1) if len(files) >= WORTH_SPREADING else 1)
    if len(files) == 1:
        yield _draft(files[0], order)
    elif workers == 1 or STDIN in files:  # standard input is this process's own
        yield from (_guarded(name, order) for name in files)
    else:
        yield from _spread(files, order, min(workers, len(files)))


def _spread(files: Sequence[str], order: Order, workers: int) -> Iterator[_Drafted]:
    # Fresh processes on every system: a forked one would inherit threads in the middle of their work.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), data.use, (data.chosen(),))
    done = 0
    try:
        for drafted in pool.map(_guarded, files, repeat(order)):
            yield drafted
            done += 1
    except BrokenProcessPool:
        for name in files[done:]:
            yield Outcome(name, problem=_problem(DefectError("build.worker"))), None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _guarded(name: str, order: Order) -> _Drafted:
    """Do the same, and let no defect stop the other files."""
    try:
        return _draft(name, order)
    except CascError as error:
        return Outcome(name, problem=_problem(error)), None
    except Exception as error:
        return Outcome(name, problem=_problem(DefectError("build.defect", kind=type(error).__name__))), None


def _draft(name: str, order: Order) -> _Drafted:
    """Check one request and make its letter; nothing is written."""
    request, findings = check_file(name)
    if request is None:
        return Outcome(name, findings, readable=False), None
    languages, layout = order.settled(request)
    protected = any(person.get("protected") is True for person in request.list_of("persons"))
    outcome = Outcome(name, findings, True, protected, languages, layout)
    try:
        sealed = order.sealed is not None
        letter = prepare(request, findings, languages, layout, draft=order.draft, sealed=sealed)
    except CascError as error:
        return replace(outcome, problem=_problem(error)), None
    return outcome, letter


def _released(outcome: Outcome, letter: Prepared, order: Order) -> Outcome:
    try:
        return replace(outcome, built=release(letter, order.out, force=order.force, sealed=order.sealed))
    except CascError as error:
        return replace(outcome, problem=_problem(error))


def _problem(error: CascError) -> Problem:
    return Problem(error.text, error.remedy, error.exit_code)
