"""The items of a request: their forms, and what they refer to."""

from __future__ import annotations

from typing import Any

from casc_mla.load.request import Request

#: The forms that freeze, that enforce an order, and that confiscate without a conviction.
FREEZING, ENFORCING, WITHOUT_CONVICTION = "AR-02", "AR-03", "AR-05"
#: The forms that take property, and all that ask for a measure about it (not tracing, not the lifting of a measure).
TAKING = (FREEZING, ENFORCING, "AR-04", WITHOUT_CONVICTION)
MEASURES = (*TAKING, "AR-06", "AR-07")
#: The forms that go from police to police or to a company, outside the laws on legal assistance.
INFORMAL = ("PL-01", "PL-02", "EE-06")

#: What an enclosure says of its languages.
WRITTEN_IN = ("language", "translated_to")


def ids(value: Any) -> list[str]:
    """Return the ids that a reference holds: one text or a list of texts."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, str)]


def targets(item: Any) -> list[str]:
    """Return the ids of the persons an item is aimed at."""
    return [*ids(item.get("target")), *ids(item.get("targets"))] if isinstance(item, dict) else []


def codes(record: Any, *fields: str) -> set[str]:
    """Return the codes, of languages for instance, that these fields of a record hold: one or a list in each."""
    return {code for field in fields for code in ids(record.get(field))} if isinstance(record, dict) else set()


def asking(request: Request, *forms: str) -> list[dict[str, Any]]:
    """Return the items of these forms."""
    return [item for item in request.list_of("assistance") if item.get("form") in forms]
