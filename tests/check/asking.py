"""A request with persons and one text, and what a predicate finds in it."""

from __future__ import annotations

from typing import Any

from casc_mla.check.predicates import PREDICATES
from casc_mla.check.validator import Failure
from casc_mla.load.request import Request
from casc_mla.load.source import Source

VICTIM = {
    "id": "V1",
    "kind": "natural",
    "role": "victim",
    "protected": True,
    "pseudonym": "V-01",
    "names": {"latin": "Begimai Tashpolotova", "cyrillic": "Ташполотова Бегимай", "arabic": "بيغيماي تاشبولوتوفا"},
    "phone": ["+996 555 04 17 20"],
    "id_docs": [{"type": "passport", "number": "PE0417338"}],
    "address": {"ru": "г. Ош, ул. Алай-Нова, 18, кв. 3", "ar": "مدينة أوش، شارع ألاي نوفا 18"},
}


SUSPECT = {
    "id": "P1",
    "kind": "natural",
    "role": "suspect",
    "names": {"latin": "Daniyar Kenzhetayev", "cyrillic": "Кенжетаев Данияр"},
}


def found(name: str, data: dict[str, Any], path: tuple[str | int, ...] = ("kind",)) -> list[Failure]:
    request = Request(Source("test", data), data)
    return list(PREDICATES[name](request, path, request.at(path)))


def with_text(text: Any, *persons: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "mla", "languages": ["en", "ru"], "persons": list(persons), "facts": {"modus": text}, **more}
