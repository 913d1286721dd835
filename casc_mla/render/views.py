"""What the letters need beyond the fields themselves: names, citations, ready lines."""

from __future__ import annotations

from typing import Any

from casc_mla.core.finding import Path
from casc_mla.core.schema import read_schema, root_shape, shape
from casc_mla.core.text import pick
from casc_mla.law.countries import state_names
from casc_mla.law.instruments import instrument
from casc_mla.load.request import Request
from casc_mla.render import contract, formats, glossary
from casc_mla.render.context import ALTERNATIVE, PARAGRAPH, SCRIPTS, View, ViewBuilder, word


def build_view(
    request: Request, lang: str, languages: tuple[str, ...], letter: str = ""
) -> tuple[View, dict[Path, list[str]]]:
    """Return the view of a language of a letter, and for each value that must be shown the texts that show it."""
    builder = ViewBuilder(request, lang)
    view = builder.group(root_shape(request.kind), builder.tree, ())
    _derive(builder, view, letter or request.kind)
    _languages(builder, view, languages)
    printed = {path: texts for path, texts in builder.printed.items() if any(text.strip() for text in texts)}
    return view, printed


def _derive(b: ViewBuilder, view: View, letter: str) -> None:
    """Add what the letters need beyond the fields themselves."""
    lang, tree = b.lang, b.tree
    view["kind"], view["lang"] = b.kind, lang
    cited = tuple(str(basis.get("instrument")) for basis in tree.get("legal_basis") or ())
    view["t"] = dict(glossary.terms(lang, cited))
    for side in ("requesting", "requested"):
        code = str(tree.get(side, {}).get("state", ""))
        names = state_names(code, lang, formats.country(code, lang))
        view[side]["state"], view[side]["state_full"] = names["short"], names["full"]
        view[side]["state_gen"] = names["genitive"]
        b.printed.pop((side, "state"), None)
        # A sentence needs one form of the name, the head of the letter another; one of them must be there.
        b.note((side, "state"), ALTERNATIVE.join(dict.fromkeys(names.values())))
    for key in ("contact", "signatory"):
        given = tree.get("requesting", {}).get(key, {}).get("name") or {}
        name, path = b.name(given), ("requesting", key, "name")
        shape = root_shape(b.kind).properties()["requesting"].properties()[key].properties()["name"]
        rest = b.rest_of_name(shape, given, path)
        view["requesting"][key]["name"] = f"{name} ({rest})" if rest else name
        b.printed.pop(path, None)
        b.note(path, name)
    _facts(b, view)
    _persons(b, view, letter)
    _assistance(b, view)
    _law(b, view)
    _enclosures(b, view)
    _tables(b, view)
    view["urgent"] = tree.get("urgency", {}).get("level", "routine") != "routine"
    view["confidential"] = tree.get("confidentiality", {}).get("level", "ordinary") != "ordinary"
    view["secret"] = tree.get("confidentiality", {}).get("scope", "both")
    view["has_seal"] = bool(tree.get("requesting", {}).get("seal", {}).get("official")) or bool(
        tree.get("requesting", {}).get("seal", {}).get("heraldic")
    )
    root = root_shape(b.kind).properties(tree)
    earlier: list[str] = []
    for name in ("previous", "consulted_before"):
        if tree.get(name):
            earlier += b.labelled(root[name], tree[name], (name,))
    view["transmission"] = {"details": PARAGRAPH.join(earlier)}
    assurances = tree.get("assurances") or {}
    shape = root["assurances"]
    view["assurances_list"] = []
    for i, (name, given) in enumerate(assurances.items(), 1):
        text = b.free_text(given)
        b.note(("assurances", name), text)
        label = pick(shape.properties()[name].label, lang)
        view["assurances_list"].append({"n": str(i), "label": label, "text": text})


def _facts(b: ViewBuilder, view: View) -> None:
    summary = b.free_text(b.tree.get("facts", {}).get("summary", ""))
    view["facts"]["paragraphs"] = [
        {"n": str(i), "text": text} for i, text in enumerate(summary.split(PARAGRAPH), 1) if text
    ]


def _persons(b: ViewBuilder, view: View, letter: str) -> None:
    view["has_protected"] = False
    for i, (person, shown) in enumerate(zip(b.tree.get("persons") or (), view["persons"], strict=True)):
        protected = person.get("protected") is True
        shown["protected"] = protected
        view["has_protected"] = view["has_protected"] or protected
        shown["display"] = b.display(person)
        shown["full_name"] = shown["display"] if protected else b.full_name(person.get("names")) or shown["display"]
        b.printed.pop(("persons", i, "names"), None)
        b.note(("persons", i, "names"), shown["full_name"])
        if not protected:
            extra = _other_names(b, person.get("names") or {}, ("persons", i, "names"))
            if person.get("pseudonym") and shown["display"] != person["pseudonym"] and letter == b.kind:
                # The texts may speak of a person by a code, and the reader must learn whose code it is.
                shape = root_shape(b.kind).properties()["persons"].items().properties()["pseudonym"]
                extra += b.labelled(shape, person["pseudonym"], ("persons", i, "pseudonym"))
            shown["details"] = PARAGRAPH.join([*extra, *filter(None, [shown["details"]])])


def _other_names(b: ViewBuilder, names: dict[str, Any], path: Path) -> list[str]:
    """Return the parts of a name that the name itself does not print: patronymic, aliases, parents."""
    shape = root_shape(b.kind).properties()["persons"].items().properties()["names"]
    lines = []
    for name, member in shape.properties().items():
        if name not in SCRIPTS and names.get(name):
            lines += b.labelled(member, names[name], (*path, name))
    return lines


def _assistance(b: ViewBuilder, view: View) -> None:
    for i, (item, shown) in enumerate(zip(b.tree.get("assistance") or (), view["assistance"], strict=True)):
        form = str(item["form"])
        shape = root_shape(b.kind).properties()["assistance"].items().properties(item)["form"]
        shown["form"] = form
        label = pick(_form_label(form) or shape.enum.get(form, form), b.lang)
        shown["form_title"] = view["t"].get(f"form_{form.lower().replace('-', '_')}", label)
        b.printed.pop(("assistance", i, "form"), None)
        b.note(("assistance", i, "form"), shown["form_title"])
        targets = [item["target"]] if item.get("target") else []
        targets += item.get("targets") or []
        separator = word("separator", b.lang)
        shown["target_names"] = separator.join(b.reference("persons", t) for t in dict.fromkeys(targets))
        shown["asset_names"] = separator.join(b.reference("assets", t) for t in item.get("assets") or ())
        shown["order_names"] = separator.join(b.reference("orders", t) for t in item.get("orders") or ())


def _form_label(form: str) -> dict[str, str]:
    node = read_schema("forms.schema.json")["$defs"].get(form)
    return shape("forms.schema.json", node).label if node else {}


def _law(b: ViewBuilder, view: View) -> None:
    cited = []
    for basis in b.tree.get("legal_basis") or ():
        record = instrument(str(basis.get("instrument")))
        title = pick((record or {}).get("cite", str(basis.get("instrument"))), b.lang)
        articles = [b.finish(str(a)) for a in basis.get("articles") or ()]
        key = ("article_none", "article_one", "article_many")[min(len(articles), 2)]
        cited.append(word(key, b.lang, articles=formats.join(articles, b.lang), instrument=title))
    view["basis_text"] = b.finish(formats.join(cited, b.lang))


def _enclosures(b: ViewBuilder, view: View) -> None:
    _route(b, view)
    for i, (given, shown) in enumerate(zip(b.tree.get("enclosures") or (), view["enclosures"], strict=True)):
        parts = []
        if given.get("language"):
            languages = [formats.language_name(str(code), b.lang) for code in given["language"]]
            parts.append(word("in_language", b.lang, language=formats.join(languages, b.lang)))
        if given.get("translated_to"):
            languages = [formats.language_name(str(code), b.lang) for code in given["translated_to"]]
            parts.append(word("translated_to", b.lang, language=formats.join(languages, b.lang)))
        for key in ("pages", "copies"):
            if given.get(key):
                parts.append(word(key, b.lang, count=str(given[key])))
        for key in ("certified", "sealed"):
            if given.get(key) is True:
                parts.append(word(key, b.lang))
            # What is not so goes without saying in a list of enclosures.
            b.printed.pop(("enclosures", i, key), None)
        shown["details_line"] = word("separator", b.lang).join(parts)


def _tables(b: ViewBuilder, view: View) -> None:
    """Part the tables into those that the letter prints and those that are enclosed with it as documents."""
    view["tables"], view["letter_tables"], view["annexed_tables"], view["annex_id"] = [], [], [], ""
    for i, given in enumerate(b.tables):
        count = str(len(given.get("rows") or ()))
        shown: View = {
            "id": b.finish(str(given["id"])),
            "index": str(i),
            "title": b.free_text(given["title"]).replace(PARAGRAPH, " "),
            "origin": b.free_text(given.get("origin") or "").replace(PARAGRAPH, " "),
            "count": b.finish(count),
        }
        b.note(("tables", i, "title"), shown["title"])
        if contract.is_annexed(given):
            view["annexed_tables"].append(shown)
            rows = word("rows", b.lang, count=shown["count"])
            view["enclosures"].append({"id": shown["id"], "title": shown["title"], "details_line": rows})
        else:
            view["letter_tables"].append(shown)
            b.note(("tables", i, "origin"), shown["origin"])


def _route(b: ViewBuilder, view: View) -> None:
    """Give each leg of the route its one line."""
    for leg in view["tip"]["route"]:
        rest = [leg[name] for name in ("place", "dates", "by") if leg[name]]
        leg["line"] = word("separator", b.lang).join([f"{leg['state']} ({leg['role']})", *rest])


def _languages(b: ViewBuilder, view: View, languages: tuple[str, ...]) -> None:
    """Say in which languages the letter is drawn up; its first one prevails."""
    names = [word(f"language_{code}", b.lang) for code in languages]
    others = names[1:]
    view["languages_note"] = {
        "authoritative": names[0],
        "others": word("and", b.lang, first=others[0], second=others[1]) if len(others) == 2 else "".join(others),
        "single": len(languages) == 1,
    }
    translator = b.name(b.tree.get("translation", {}).get("translator"))
    view["translator_line"] = word("translator", b.lang, name=translator) if translator else ""
