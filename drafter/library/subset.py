"""The portable subset of Jinja: what a template may use, and the rewriting that lets its cost be counted.

A template that keeps to the subset renders the same in jinja2 and in minijinja, and has no way to
reach anything but plain data. `inspect` lists what is outside the subset; `meter` rewrites the syntax
tree so that every loop, macro, comparison and concatenation passes through the environment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
from typing import Any, cast

__all__ = ["FILTERS", "LOOP_ATTRIBUTES", "TESTS", "inside", "inspect", "meter"]

FILTERS = frozenset({"default", "first", "join", "last", "length"})
TESTS = frozenset({"defined", "equalto", "none"})
LOOP_ATTRIBUTES = frozenset({"first", "index", "index0", "last", "length"})

_STATEMENTS = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.For,
    nodes.If,
    nodes.Macro,
    nodes.Assign,
    nodes.AssignBlock,
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
)
_EXPRESSIONS = (
    nodes.Name,
    nodes.Const,
    nodes.List,
    nodes.Dict,
    nodes.Pair,
    nodes.Keyword,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Call,
    nodes.Filter,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Concat,
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.FloorDiv,
    nodes.Mod,
    nodes.Neg,
    nodes.Pos,
)
_ALLOWED = frozenset(_STATEMENTS + _EXPRESSIONS)
_SPECIAL_NAMES = frozenset({"caller", "kwargs", "self", "super", "varargs"})
_NAMES = {
    "Slice": "切片 [a:b]",
    "Pow": "乘方 **",
    "CallBlock": "{% call %}",
    "FilterBlock": "{% filter %}",
    "With": "{% with %}",
    "Extends": "{% extends %}",
    "Block": "{% block %}",
    "Tuple": "元组 (a, b)",
    "NSRef": "namespace",
    "Scope": "{% autoescape %}",
    "ScopedEvalContextModifier": "{% autoescape %}",
}

Violation = tuple[int, str]


def inspect(tree: nodes.Template) -> list[Violation]:
    """(line, what is wrong in Chinese) for everything outside the subset, in reading order."""
    macros = {macro.name for macro in tree.find_all(nodes.Macro)}
    modules: set[str] = set()
    for statement in tree.find_all((nodes.FromImport, nodes.Import)):
        if isinstance(statement, nodes.Import):
            modules.add(statement.target)
        elif isinstance(statement, nodes.FromImport):
            macros.update(name if isinstance(name, str) else name[1] for name in statement.names)
    found = [
        (line, message) for node, line in _walk(tree, 1) for message in _violations(node, macros, modules) if message
    ]
    for child in (child for output in tree.find_all(nodes.Output) for child in output.nodes):
        if isinstance(child, nodes.Const) and not isinstance(child.value, str):
            found.append((child.lineno, "不能直接输出数字、真假值或空值"))
    return sorted(found)


def _walk(node: nodes.Node, line: int) -> Iterator[tuple[nodes.Node, int]]:
    """Every node with its line; some have none of their own."""
    line = node.lineno or line
    yield node, line
    for child in node.iter_child_nodes():
        yield from _walk(child, line)


def _violations(node: nodes.Node, macros: set[str], modules: set[str]) -> Iterator[str]:
    if type(node) not in _ALLOWED:
        name = type(node).__name__
        yield f"不能用{_NAMES.get(name, name)}"
    elif isinstance(node, nodes.Call):
        yield from _call(node, macros, modules)
    elif type(node) in _RULES:
        yield from _RULES[type(node)](node)


def _unlisted(kind: str, name: str, allowed: frozenset[str]) -> str:
    return "" if name in allowed else f"{kind} {name} 不在允许之列（可用：{'、'.join(sorted(allowed))}）"


def _private(name: object) -> str:
    hidden = isinstance(name, str) and (name.startswith("_") or name in _SPECIAL_NAMES)
    return f"不能用名字 {name}" if hidden else ""


def _filter(node: nodes.Filter) -> Iterator[str]:
    yield _unlisted("过滤器", node.name, FILTERS)
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        yield f"过滤器 {node.name} 的参数只能按位置写"


def _for(node: nodes.For) -> Iterator[str]:
    yield "for 的循环变量只能是一个名字" if not isinstance(node.target, nodes.Name) else ""
    yield "不能用 recursive 循环" if node.recursive else ""


def _set(node: nodes.Assign | nodes.AssignBlock) -> Iterator[str]:
    yield "set 只能给一个名字" if not isinstance(node.target, nodes.Name) else ""


def _call(node: nodes.Call, macros: set[str], modules: set[str]) -> Iterator[str]:
    target = node.node
    by_name = isinstance(target, nodes.Name) and target.name in macros
    by_module = (
        isinstance(target, nodes.Getattr) and isinstance(target.node, nodes.Name) and target.node.name in modules
    )
    if not (by_name or by_module):
        yield "只能调用宏，不能调用方法或函数"
    if node.dyn_args or node.dyn_kwargs:
        yield "调用宏时不能用 * 或 ** 展开参数"


def _inclusion(node: nodes.Include | nodes.Import | nodes.FromImport) -> Iterator[str]:
    name = node.template.value if isinstance(node.template, nodes.Const) else None
    if not isinstance(name, str):
        yield "include 和 import 只能写固定的文件名"
    elif not inside(name):
        yield f"只能引用本模板包里的文件，不能是 {name}"
    if isinstance(node, nodes.Include):
        yield "include 不能用 ignore missing" if node.ignore_missing else ""
        yield "include 不能用 without context" if not node.with_context else ""
    elif node.with_context:
        yield "import 不能用 with context"


_RULES: dict[type[nodes.Node], Callable[[Any], Iterator[str]]] = {
    nodes.Filter: _filter,
    nodes.Test: lambda node: iter([_unlisted("测试", node.name, TESTS)]),
    nodes.Name: lambda node: iter([_private(node.name)]),
    nodes.Getattr: lambda node: iter([_private(node.attr)]),
    nodes.Getitem: lambda node: iter([_private(node.arg.value) if isinstance(node.arg, nodes.Const) else ""]),
    nodes.For: _for,
    nodes.Assign: _set,
    nodes.AssignBlock: _set,
    nodes.CondExpr: lambda node: iter(["" if node.expr2 else "行内 if 要写 else"]),
    nodes.Compare: lambda node: iter(["" if len(node.ops) == 1 else "比较不能连写，请用 and 分开"]),
    nodes.Include: _inclusion,
    nodes.Import: _inclusion,
    nodes.FromImport: _inclusion,
}


def inside(name: str) -> bool:
    """A plain relative path: no `..`, no root, no drive, no backslash."""
    return not ({"", ".", ".."} & set(name.split("/")) or "\\" in name or ":" in name)


def meter(tree: nodes.Template) -> nodes.Template:
    """The tree with its costs made visible: see `Sandbox.enter_*`, `compare`, `concatenate`."""
    return cast("nodes.Template", _Meter().visit(tree))


class _Meter(NodeTransformer):
    def visit_Template(self, node: nodes.Template) -> nodes.Template:  # noqa: N802 (name set by jinja2)
        self.generic_visit(node)
        node.body.insert(0, _tick("enter_template", node))
        return node

    def visit_Macro(self, node: nodes.Macro) -> nodes.Macro:  # noqa: N802
        self.generic_visit(node)
        node.body.insert(0, _tick("enter_macro", node))
        return node

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802
        self.generic_visit(node)
        node.iter = _ask("enter_loop", node, node.iter, nodes.Const(_weight(node)))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Call:  # noqa: N802
        self.generic_visit(node)
        return _ask("concatenate", node, *node.nodes)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Call:  # noqa: N802
        self.generic_visit(node)
        operand = node.ops[0]
        return _ask("compare", node, node.expr, nodes.Const(operand.op), operand.expr)


def _ask(method: str, node: nodes.Node, *arguments: nodes.Node) -> nodes.Call:
    call = nodes.Call(nodes.EnvironmentAttribute(method), list(arguments), [], None, None)
    call.set_lineno(node.lineno)
    return call


def _tick(method: str, node: nodes.Node) -> nodes.Output:
    output = nodes.Output([_ask(method, node, nodes.Const(_weight(node)))])
    output.set_lineno(node.lineno)
    return output


def _weight(node: nodes.Node) -> int:
    """Characters of literal text inside: they are printed without passing through the environment."""
    literal = sum(len(data.data) for data in node.find_all(nodes.TemplateData))
    return literal + sum(len(c.value) for c in node.find_all(nodes.Const) if isinstance(c.value, str))
