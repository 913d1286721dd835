"""How old and how sure the data are: every fact and rule with the day on which its source was last checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casc_mla.core.records import read_records
from casc_mla.lint.checklists import as_real_date, data_files, shown

STATUSES = ("verified", "treaty", "secondary", "unverified", "unknown", "practice")


@dataclass(frozen=True, slots=True)
class Age:
    """A fact or rule; ``days`` is None where no day of checking is recorded."""

    id: str
    part: str
    file: str
    status: str
    checked_on: str
    days: int | None

    def older_than(self, limit: int) -> bool:
        """Tell whether the source was checked more than ``limit`` days ago, or on no known day."""
        return self.days is None or self.days > limit


def ages(on: date) -> list[Age]:
    """Return every fact and rule with its age in days on a day, the oldest first."""
    found = []
    for path in data_files():
        record = read_records(path) or {}
        for part in ("facts", "rules"):
            for entry in record.get(part) or ():
                source = entry.get("source") or {}
                checked = as_real_date(str(source.get("checked_on", "")))
                found.append(
                    Age(
                        str(entry.get("id", "")),
                        part,
                        shown(path),
                        str(source.get("status", "unknown")),
                        str(checked or ""),
                        (on - checked).days if checked else None,
                    )
                )
    return sorted(found, key=lambda age: (-(age.days if age.days is not None else 10**6), age.file, age.id))


def by_status(entries: list[Age]) -> dict[str, dict[str, int]]:
    """Return how many facts and rules there are of each status: ``{"facts": {"verified": 1, …}, "rules": {…}}``."""
    return {
        part: {status: sum(age.part == part and age.status == status for age in entries) for status in STATUSES}
        for part in ("facts", "rules")
    }
