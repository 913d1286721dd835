"""Composed templates compiled once and rendered safely; the only module that knows docxtpl and Jinja.

A template is code, so it runs in an immutable sandbox that knows no globals and no filters, over plain data; an
undefined name is an error, and every value is escaped.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from casc_mla.core.errors import DefectError
from casc_mla.render.compose import compose
from casc_mla.render.kept import compiled_before, keep

#: What a template may say; no call, no filter, no import, no macro, no assignment.
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.With,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return the environment that every template runs in."""
    env = ImmutableSandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)
    env.globals.clear()
    env.filters.clear()
    return env


def patch(xml: str) -> str:
    """Return Word XML with docxtpl's repairs: tags freed of run breaks, paragraph and row tags unwrapped."""
    from docxtpl import DocxTemplate  # imported only where something is compiled, for it takes its time

    patched: str = DocxTemplate.patch_xml(None, xml)  # the method reads nothing of its object
    return patched


def compile_part(name: str, xml: str) -> jinja2.Template:
    """Return a compiled part of a template.

    Raises:
        DefectError: the part holds a tag that does not parse or is not allowed.

    """
    env = environment()
    before = compiled_before(env, xml)
    if before is not None:
        return before
    source = patch(xml)
    try:
        tree = env.parse(source)
        for text in tree.find_all(nodes.TemplateData):
            # Half a tag that Word has torn apart would be printed as it is.
            if any(mark in text.data for mark in ("{{", "}}", "{%", "%}")):
                raise DefectError("template.torn_tag", part=name)
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.Getattr) and node.attr.startswith("_")):
                raise DefectError("template.tag_not_allowed", part=name, tag=type(node).__name__)
        return keep(env, xml, tree)
    except jinja2.TemplateSyntaxError as error:
        raise DefectError("template.syntax", part=name, detail=error.message or "") from None


@cache
def compiled(
    kind: str,
    languages: tuple[str, ...],
    layout: str,
    forms: tuple[str, ...],
    printed: tuple[str, ...] = (),
    wide: bool = False,
) -> dict[str, jinja2.Template]:
    """Return the compiled parts of a composed template; compiled once for each combination."""
    composed = compose(kind, languages, layout, forms, printed, wide)
    return {name: compile_part(name, xml) for name, xml in composed.tagged.items()}


def render_part(name: str, template: jinja2.Template, context: dict[str, Any]) -> str:
    """Return a rendered part.

    Raises:
        DefectError: the template names something that no request has.

    """
    try:
        return template.render(context)
    except jinja2.UndefinedError as error:
        raise DefectError("template.undefined", part=name, detail=error.message or "") from None
    except jinja2.TemplateError as error:
        raise DefectError("template.syntax", part=name, detail=error.message or "") from None
