"""Literal text of templates, and what in it would be a fact that no brief has given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import nodes

__all__ = ["invented", "literals"]

_RANK = re.compile(r"\[\[[0-9]\|")  # the mini-markup of an optional sentence
_FACT = re.compile(
    "[0-9０-９]+"
    "|[〇○]+"
    "|[一二三四五六七八九十百千万]{2,}(?=[年月日号届大个名户项条家次亿元])"
    "|[一二三四五六七八九十]+月(?:份|[一二三四五六七八九十])"
    "|[A-Za-zＡ-Ｚａ-ｚ]+"
    '|[《》“”‘’「」"]'
)
_OPENING, _CLOSING = "《“‘", "》”’"
_NOT_PRINTED = (nodes.Compare, nodes.Test, nodes.Include, nodes.Import, nodes.FromImport)


def invented(text: str) -> Iterator[tuple[str, int]]:
    """(fragment, lines before it) for each digit run, date, Latin word, quotation or title mark.

    Marks that stand right before or after a value (《{{ 文件 }}》) quote the brief and are let pass: they are the last
    or the first character of the text.
    """
    text = _RANK.sub(lambda match: " " * len(match[0]), text)
    start = 1 if text[:1] and text[0] in _CLOSING else 0
    end = len(text) - (1 if len(text) > start and text[-1] in _OPENING else 0)
    for match in _FACT.finditer(text, start, end):
        yield match[0], text.count("\n", 0, match.start())


def literals(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """(text, line) of everything that a template may print of its own."""
    yield from _walk(tree, 1)


def _walk(node: nodes.Node, line: int) -> Iterator[tuple[str, int]]:
    line = node.lineno or line
    if isinstance(node, nodes.TemplateData):
        yield node.data, line
    elif isinstance(node, nodes.Const):
        if isinstance(node.value, str):
            yield node.value, line
    elif isinstance(node, nodes.Getitem):
        yield from _walk(node.node, line)
    elif not isinstance(node, _NOT_PRINTED):
        for child in node.iter_child_nodes():
            yield from _walk(child, line)
