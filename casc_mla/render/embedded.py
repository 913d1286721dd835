"""The request inside its letter: a custom XML part with a hash, without anything of a protected person.

So a letter that was edited can be compared with what it was built from, and a receiving authority can take the data
over without typing them again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from casc_mla.core.errors import CascError
from casc_mla.render.ooxml import DECLARATION, parse_xml, read_parts

ITEM, PROPERTIES, RELATIONS = "customXml/item1.xml", "customXml/itemProps1.xml", "customXml/_rels/item1.xml.rels"
_NAMESPACE = "urn:casc-mla:request:1"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"


@dataclass(frozen=True, slots=True)
class Make:
    """How a letter was made from its request; enough to make it again and see what was edited since."""

    version: str
    languages: tuple[str, ...]
    layout: str
    draft: bool = False


def _canonical(tree: dict[str, Any]) -> str:
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def embedded_parts(tree: dict[str, Any], make: Make | None = None) -> dict[str, str | bytes]:
    """Return the parts that carry a request; ``tree`` must hold nothing that is protected."""
    how = {} if make is None else {"version": make.version, "languages": " ".join(make.languages)}
    how |= {} if make is None else {"layout": make.layout, "draft": "true" if make.draft else "false"}
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in how.items())
    # The fields keep the order of the file, in which a letter prints some of them; the hash does not depend on it.
    text = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(_canonical(tree).encode("utf-8")).hexdigest()
    # The id of the part is made from its content, so that the same request gives the same bytes.
    identity = f"{{{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}}}".upper()
    return {
        ITEM: f'{DECLARATION}<request xmlns="{_NAMESPACE}" sha256="{digest}"{attributes}>{escape(text)}</request>',
        PROPERTIES: f'{DECLARATION}<ds:datastoreItem xmlns:ds="{_STORE}" ds:itemID="{identity}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>',
        RELATIONS: f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATION}" Target="itemProps1.xml"/></Relationships>',
    }


def _carrier(raw: bytes) -> etree._Element:
    try:
        parts = read_parts(raw)
        nodes = [
            parse_xml(content)
            for name, content in sorted(parts.items())
            if name.startswith("customXml/item") and not name.startswith("customXml/itemProps")
        ]
    except Exception:
        raise CascError("extract.no_document") from None
    for node in nodes:
        if node.tag == f"{{{_NAMESPACE}}}request" and node.text:
            return node
    raise CascError("extract.no_data")


def extract(raw: bytes) -> tuple[dict[str, Any], bool]:
    """Return the request that a letter carries, and whether its hash still fits.

    Raises:
        CascError: the file is no letter of this tool, or the data were removed.

    """
    node = _carrier(raw)
    try:
        tree = json.loads(node.text or "")
    except ValueError:
        raise CascError("extract.no_data") from None
    if not isinstance(tree, dict):
        raise CascError("extract.no_data")
    digest = hashlib.sha256(_canonical(tree).encode("utf-8")).hexdigest()
    return tree, digest == node.get("sha256")


def made(raw: bytes) -> Make:
    """Return how the letter was made.

    Raises:
        CascError: the file is no letter of this tool, or the data were removed.

    """
    node = _carrier(raw)
    languages = tuple(str(node.get("languages", "")).split())
    if not languages:
        raise CascError("extract.no_data")
    return Make(str(node.get("version", "")), languages, str(node.get("layout", "")), node.get("draft") == "true")
