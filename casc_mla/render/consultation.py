"""The informal consultation that goes before a request, drafted from the request and from what the law data do not know."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from casc_mla.core.schema import read_schema, shape
from casc_mla.core.text import Text, message
from casc_mla.law.networks import networks_between
from casc_mla.law.way import Way, find_way
from casc_mla.load.request import Request

#: Kinds of request that a consultation can prepare.
PREPARED = ("mla", "tip", "confiscation", "transfer")
#: What is copied from the request: who writes to whom, on what basis, in which case.  No persons.
_COPIED = ("requesting", "requested", "legal_basis", "case")


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted consultation: the request tree, the ways through networks, and whether coercion is asked at all."""

    tree: dict[str, Any]
    networks: list[tuple[str, ...]]
    coercive: bool
    only_information: bool


def draft(request: Request) -> Draft:
    """Return the consultation that a request calls for."""
    stage = request.at(("case", "stage"))
    way = find_way(*request.states, request.kind, stage if isinstance(stage, str) else "", str(request.data["date"]))
    networks = networks_between(*request.states, _concerns(request))
    tree: dict[str, Any] = {
        "kind": "consultation",
        "reference": f"{request.data['reference']}-C",
        "date": request.data["date"],
        "languages": list(request.languages),
    }
    tree |= {name: copy.deepcopy(request.data[name]) for name in _COPIED if name in request.data}
    tree["requesting"].pop("seal", None)
    if "facts" in request.data:
        tree["facts"] = {
            name: copy.deepcopy(request.data["facts"][name])
            for name in ("summary", "period", "places")
            if name in request.data["facts"]
        }
    consultation: dict[str, Any] = {"purpose": _said(request, message("consult.purpose"))}
    if networks:
        consultation["network"] = " – ".join(networks[0])
    consultation["questions"] = [
        {"id": f"Q{i}", "topic": topic, "text": _said(request, text)}
        for i, (topic, text) in enumerate(_questions(request, way), 1)
    ]
    titles = _form_titles(request)
    if titles:
        consultation["planned_request"] = {
            lang: text for lang, text in message("consult.planned", forms=titles).items() if lang in request.languages
        }
    tree["consultation"] = consultation
    items = request.list_of("assistance")
    return Draft(
        tree,
        networks,
        any(item.get("coercive") is True or "home_order" in item for item in items) or request.kind == "confiscation",
        not items and request.kind in ("mla", "tip"),
    )


def _said(request: Request, text: Text) -> Text:
    return {lang: text[lang] for lang in request.languages if lang in text}


def _concerns(request: Request) -> tuple[str, ...]:
    """Return what the case is about, as networks are made for it."""
    special = []
    if request.kind == "confiscation" or any(form.startswith("AR-") for form in request.forms):
        special.append("assets")
    if "vienna-1988" in request.instruments:
        special.append("drugs")
    return (*special, "general")


def _questions(request: Request, way: Way) -> list[tuple[str, Text]]:
    """Return what is to be asked: what the data do not know, and where the draft and the data disagree."""
    asked: list[tuple[str, Text]] = []
    cited = set(request.instruments)
    for verdict in ("does_not", "unknown"):
        for standing in way.instruments[verdict]:
            if standing.id in cited:
                title = standing.record.get("title") or standing.id
                asked.append(("legal_basis", message(f"consult.question.{verdict}", title=title)))
    asked += [(str(fact.get("topic")), fact["question"]) for fact in way.ask_first if fact.get("question")]
    asked.append(("documents", message("consult.question.documents")))
    asked.append(("draft", message("consult.question.draft")))
    seen: set[str] = set()
    return [(topic, text) for topic, text in asked if not (text["en"] in seen or seen.add(text["en"]))]  # type: ignore[func-returns-value]


def _form_titles(request: Request) -> Text:
    """Return the names of the forms of assistance asked, in each language, as a list."""
    definitions = read_schema("forms.schema.json")["$defs"]
    labels = [
        shape("forms.schema.json", definitions[form]).label for form in sorted(request.forms) if form in definitions
    ]
    if not labels:
        return {}
    return {lang: ("، " if lang == "ar" else "; ").join(label[lang] for label in labels) for lang in ("en", "ru", "ar")}
