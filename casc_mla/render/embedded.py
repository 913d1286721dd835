"""The request inside its letter: a custom XML part with a hash, without anything of a protected person.

So a letter that was edited can be compared with what it was built from, and a receiving authority can take the data
over without typing them again.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from casc_mla.core.errors import CascError
from casc_mla.render.ooxml import DECLARATION, read_parts

ITEM, PROPERTIES, RELATIONS = "customXml/item1.xml", "customXml/itemProps1.xml", "customXml/_rels/item1.xml.rels"
_NAMESPACE = "urn:casc-mla:request:1"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"


def _digest(tree: dict[str, Any]) -> str:
    """Return the hash of a request; the order of its fields says nothing and does not count."""
    text = json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def embedded_parts(tree: dict[str, Any]) -> dict[str, str | bytes]:
    """Return the parts that carry a request in the order of its file; ``tree`` must hold nothing that is protected."""
    text = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    digest = _digest(tree)
    # The id of the part is made from its content, so that the same request gives the same bytes.
    identity = f"{{{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}}}".upper()
    return {
        ITEM: f'{DECLARATION}<request xmlns="{_NAMESPACE}" sha256="{digest}">{escape(text)}</request>',
        PROPERTIES: f'{DECLARATION}<ds:datastoreItem xmlns:ds="{_STORE}" ds:itemID="{identity}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>',
        RELATIONS: f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATION}" Target="itemProps1.xml"/></Relationships>',
    }


def extract(raw: bytes) -> tuple[dict[str, Any], bool]:
    """Return the request that a letter carries, and whether its hash still fits.

    Raises:
        CascError: the file is no letter of this tool, or the data were removed.

    """
    try:
        parts = read_parts(raw)
        nodes = [
            etree.fromstring(content)
            for name, content in sorted(parts.items())
            if name.startswith("customXml/item") and not name.startswith("customXml/itemProps")
        ]
    except Exception:
        raise CascError("extract.no_document") from None
    for node in nodes:
        if node.tag == f"{{{_NAMESPACE}}}request" and node.text:
            try:
                tree = json.loads(node.text)
            except ValueError:
                break
            if not isinstance(tree, dict):
                break
            return tree, _digest(tree) == node.get("sha256")
    raise CascError("extract.no_data")
