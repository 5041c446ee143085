"""The locked environment: plain data in, text out, bounded work; every failure is a LibraryError with its line.

The cost of a rendering is counted in units of about one character of output: what loops, macros and
includes could print is charged before they start, what expressions print when they print it. That bounds
time and memory, which jinja2's own sandbox does not.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from drafter.errors import LibraryError, Place, Problem
from drafter.library.bytecode import BytecodeCache
from drafter.library.names import near
from drafter.library.plain import kind, plain_mapping, tidy
from drafter.library.subset import FILTERS, LOOP_ATTRIBUTES, TESTS, inspect, meter

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

__all__ = ["MAX_OUTPUT", "MAX_SOURCE", "Sandbox"]

MAX_SOURCE = 100_000  # characters of one template
MAX_OUTPUT = 200_000  # characters of one rendering
_BUDGET = 1_000_000
_MAX_NUMBER = 10**15
_STEP = 20  # one turn of a loop, one call of a macro
_TEMPLATE = 5_000  # one include or import: about the work of loading a file


class _UnknownNameError(jinja2.UndefinedError):
    """A name or key that is not there; `owner` is the mapping it was looked for in, None for the context."""

    def __init__(self, name: object, owner: object, message: str | None = None) -> None:
        super().__init__(message)
        self.name, self.owner = name, owner


class _ExhaustedError(Exception):
    """More work or text than a rendering may cost."""


class _RefusedError(Exception):
    """An operation on values that the subset does not have."""


class _Missing(jinja2.StrictUndefined):
    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = jinja2.utils.missing,
        name: str | None = None,
        exc: type[jinja2.TemplateRuntimeError] = jinja2.UndefinedError,
    ) -> None:
        del exc
        owner = None if obj is jinja2.utils.missing else obj
        super().__init__(hint, obj, name, partial(_UnknownNameError, name, owner))  # type: ignore[arg-type]


class _Fuel(threading.local):
    left = _BUDGET


class Sandbox(ImmutableSandboxedEnvironment):
    """Renders the templates of one pack.

    `sources` maps a path inside the pack (`patterns/achieve/we-parallel.j2`) to the text of the template,
    `show` turns such a path into what error messages call it. `cache` is a folder for compiled
    templates, None for no cache.
    """

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self, sources: Mapping[str, str], show: Callable[[str], str], cache: Path | None = None) -> None:
        super().__init__(
            undefined=_Missing,
            autoescape=False,
            auto_reload=False,
            finalize=self._printable,
            loader=jinja2.FunctionLoader(self._source),
            bytecode_cache=BytecodeCache(cache) if cache else None,
        )
        self._sources, self._show = sources, show
        self._fuel = _Fuel()
        self.globals.clear()
        self.filters = {name: getattr(self, f"_filter_{name}") for name in FILTERS}
        self.tests = {name: getattr(self, f"_test_{name}") for name in TESTS}

    def text(self, name: str, context: Mapping[str, Any]) -> str:
        """The rendering of template `name`, tidied. Raises LibraryError (E330–E336)."""
        data = plain_mapping(context)
        self._fuel.left = _BUDGET
        pieces: list[str] = []
        size = 0
        try:
            template = self.get_template(name)
            for piece in template.root_render_func(template.new_context(data)):
                size += len(piece)
                if size > MAX_OUTPUT:
                    raise _ExhaustedError(f"输出超过 {MAX_OUTPUT} 个字符")
                pieces.append(piece)
        except LibraryError:
            raise
        except Exception as error:
            raise LibraryError(self._explain(error, name, data)) from error
        return tidy("".join(pieces))

    def verify(self, name: str) -> list[Problem]:
        """What is wrong with the text of template `name` before it is ever rendered; [] where nothing is."""
        try:
            self.get_template(name)
        except LibraryError as error:
            return list(error.problems)
        except Exception as error:
            return [self._explain(error, name, {})]
        return []

    def tree(self, name: str) -> nodes.Template:
        """The syntax tree of template `name` as it was written."""
        return super()._parse(self._sources[name], name, self._show(name))

    def names(self, name: str) -> set[str]:
        """The names that template `name`, with what it includes, takes from its context."""
        from jinja2.meta import find_undeclared_variables

        found: set[str] = set()
        waiting, seen = [name], {name}
        while waiting:
            tree = self.tree(waiting.pop())
            found |= find_undeclared_variables(tree)
            parts = {include.template.as_const() for include in tree.find_all(nodes.Include)} - seen
            waiting += parts
            seen |= parts
        return found

    # -- compiling ---------------------------------------------------------------------------

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = self._sources.get(name)
        return None if source is None else (source, self._show(name), lambda: True)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if len(source) > MAX_SOURCE:
            place = Place(filename or "")
            raise LibraryError(Problem("E333", f"模板超过 {MAX_SOURCE} 个字符", place, "拆成几个句式"))
        tree = super()._parse(source, name, filename)
        wrong = inspect(tree)
        for statement in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport)):
            target = getattr(statement, "template", None)
            if isinstance(target, nodes.Const) and target.value not in self._sources:
                wrong.append((statement.lineno, f"模板包里没有文件 {target.value}"))
        if wrong:
            raise LibraryError(*(self._problem("E331", message, name, line) for line, message in wrong))
        return meter(tree)

    # -- what compiled templates call ------------------------------------------------------------

    def _charge(self, units: int) -> None:
        self._fuel.left -= units
        if self._fuel.left < 0:
            raise _ExhaustedError("循环、宏或文字太多")

    def call(self, context: jinja2.runtime.Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Values are plain data, so that a method of ours can only be what `meter` has put there, without keywords."""
        if getattr(obj, "__self__", None) is self:
            return obj(*args)
        return super().call(context, obj, *args, **kwargs)

    def enter_template(self, weight: int) -> str:
        self._charge(_TEMPLATE + weight)
        return ""

    def enter_macro(self, weight: int) -> str:
        self._charge(_STEP + weight)
        return ""

    def enter_loop(self, items: Any, weight: int) -> list[Any]:
        _defined(items)
        if not isinstance(items, list):
            raise _RefusedError(f"for 只能用于列表，这里是{_kind(items)}")
        self._charge((_STEP + weight) * len(items))
        return items

    def concatenate(self, *parts: Any) -> str:
        return "".join(map(self._printable, parts))

    def compare(self, left: Any, operator: str, right: Any) -> bool:
        for value in (left, right):
            _defined(value)
        if operator in ("in", "notin"):
            return self._contains(right, left) is (operator == "in")
        if not (_is_scalar(left) and _is_scalar(right)):
            raise _RefusedError(f"只能比较文字和数，这里是{_kind(left)}和{_kind(right)}")
        return bool(_COMPARISONS[operator](left, right))

    def _contains(self, whole: Any, part: Any) -> bool:
        if isinstance(whole, str) and not isinstance(part, str):
            raise _RefusedError(f"in 的左边要是文字，这里是{_kind(part)}")
        if isinstance(whole, list):
            self._charge(len(whole))
            return any(_is_scalar(item) and item == part for item in whole)
        if isinstance(whole, (str, dict)) and _is_scalar(part):
            return part in whole
        raise _RefusedError(f"in 不能用于{_kind(whole)}")

    def _printable(self, value: Any) -> str:
        """What `{{ value }}` prints. Only text and numbers print the same in every engine."""
        _defined(value)
        if not isinstance(value, (str, int, float)) or isinstance(value, bool):
            raise _RefusedError(f"不能直接输出{_kind(value)}")
        text = str(value)
        self._charge(len(text))
        return text

    def getattr(self, obj: Any, attribute: str) -> Any:
        _defined(obj)
        if isinstance(obj, LoopContext):
            if attribute in LOOP_ATTRIBUTES:
                return getattr(obj, attribute)
            raise _RefusedError(f"loop 没有 {attribute}（可用：{'、'.join(sorted(LOOP_ATTRIBUTES))}）")
        if isinstance(obj, jinja2.environment.TemplateModule):
            exported = vars(obj)
            return exported[attribute] if attribute in exported else self.undefined(name=attribute, obj=exported)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        _defined(obj)
        _defined(argument)
        if isinstance(obj, dict) and _is_scalar(argument):
            return obj[argument] if argument in obj else self.undefined(obj=obj, name=argument)
        if isinstance(obj, (list, str)) and isinstance(argument, int):
            return obj[argument] if -len(obj) <= argument < len(obj) else self.undefined(obj=obj, name=str(argument))
        raise _RefusedError(f"{_kind(obj)}没有 {argument}")

    def call_binop(self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any) -> Any:
        for value in (left, right):
            _defined(value)
        texts = isinstance(left, str) and isinstance(right, str)
        if operator == "+" and (texts or (isinstance(left, list) and isinstance(right, list))):
            self._charge(len(left) + len(right))
            return left + right
        if not (_is_number(left) and _is_number(right)):
            raise _RefusedError(f"{operator} 不能用于{_kind(left)}和{_kind(right)}")
        result = super().call_binop(context, operator, left, right)
        if abs(result) > _MAX_NUMBER:
            raise _ExhaustedError("得出的数太大")
        return result

    # -- filters and tests -------------------------------------------------------------------------

    def _filter_join(self, items: Any, separator: str = "") -> str:
        _defined(items)
        if not isinstance(items, list):
            raise _RefusedError(f"join 只能用于列表，这里是{_kind(items)}")
        self._charge(len(items) * len(self._printable(separator)))
        return separator.join(map(self._printable, items))

    def _filter_length(self, value: Any) -> int:
        _defined(value)
        if not isinstance(value, (list, str, dict)):
            raise _RefusedError(f"length 不能用于{_kind(value)}")
        return sum(not ord(char) >= 0xF0000 for char in value) if isinstance(value, str) else len(value)

    def _filter_default(self, value: Any, other: Any = "", empty_too: bool = False) -> Any:
        return other if isinstance(value, Undefined) or (empty_too and not value) else value

    def _filter_first(self, items: Any) -> Any:
        return self._at(items, 0, "first")

    def _filter_last(self, items: Any) -> Any:
        return self._at(items, -1, "last")

    def _at(self, items: Any, index: int, name: str) -> Any:
        _defined(items)
        if not isinstance(items, (list, str)):
            raise _RefusedError(f"{name} 不能用于{_kind(items)}")
        return items[index] if items else self.undefined(obj=items, name=name)

    def _test_defined(self, value: Any) -> bool:
        return not isinstance(value, Undefined)

    def _test_none(self, value: Any) -> bool:
        return value is None

    def _test_equalto(self, value: Any, other: Any) -> bool:
        return self.compare(value, "eq", other)

    # -- errors --------------------------------------------------------------------------------------

    def _explain(self, error: Exception, name: str, data: Mapping[str, Any]) -> Problem:
        """The problem that an exception of jinja2, Python or our own means, at its line of the template."""
        name, line = _last_line(error.__traceback__, name)
        if isinstance(error, jinja2.TemplateSyntaxError):
            # jinja2's lexer gives the file's name in place of the template's
            known = {self._show(path): path for path in self._sources}
            name = known.get(error.name or "", error.name or name)
            return self._problem("E330", _syntax(error.message or ""), name, error.lineno)
        if isinstance(error, jinja2.TemplateNotFound):
            return self._problem("E334", f"模板包里没有文件 {error.name}", name, line)
        if isinstance(error, _UnknownNameError):
            return self._unknown(error, name, line, data)
        if isinstance(error, _ExhaustedError):
            return self._problem("E333", f"模板要做的事太多：{error}", name, line, "检查循环和宏是否自己套自己")
        if isinstance(error, (RecursionError, MemoryError)):
            return self._problem("E333", "模板嵌套太深", name, line, "检查宏和 include 是否自己套自己")
        if isinstance(error, SyntaxError):
            return self._problem("E330", "模板嵌套太深或写法无法编译", name, 0)
        if isinstance(error, (SecurityError, _RefusedError)):
            return self._problem("E335", str(error), name, line)
        return self._problem("E335", f"模板算不下去：{error}", name, line)

    def _unknown(self, error: _UnknownNameError, name: str, line: int, data: Mapping[str, Any]) -> Problem:
        if error.owner is None:
            return self._problem("E332", f"没有要素「{error.name}」", name, line, near(str(error.name), data))
        if isinstance(error.owner, dict):
            hint = near(str(error.name), [key for key in error.owner if isinstance(key, str)])
            return self._problem("E332", f"这一项里没有「{error.name}」", name, line, hint)
        return self._problem("E332", f"列表是空的，或没有第 {error.name} 项", name, line, "先用 if 判断")

    def _problem(self, code: str, message: str, name: str | None, line: int, hint: str = "") -> Problem:
        lines = self._sources.get(name or "", "").split("\n")
        source = lines[line - 1] if 0 < line <= len(lines) else ""
        return Problem(code, message, Place(self._show(name or ""), line, source=source), hint)


_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "lteq": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "gteq": lambda a, b: a >= b,
}


def _defined(value: Any) -> None:
    if isinstance(value, Undefined):
        value._fail_with_undefined_error()


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float))


def _kind(value: Any) -> str:
    machinery = isinstance(value, (Macro, LoopContext, jinja2.environment.TemplateModule))
    return "宏或循环变量" if machinery else kind(value)


def _last_line(traceback: TracebackType | None, name: str) -> tuple[str, int]:
    """Template and line of the innermost frame that runs template code; (name, 0) where none does."""
    line = 0
    while traceback is not None:
        template = traceback.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, jinja2.Template) and template.name:
            name, line = template.name, template.get_corresponding_lineno(traceback.tb_lineno)
        traceback = traceback.tb_next
    return name, line


_SYNTAX = (
    ("unexpected end of template", "模板没有写完，有标签没有结束"),
    ("Unexpected end of template", "模板没有写完，有标签没有结束"),
    ("Encountered unknown tag", "不认识的标签，或多了一个结束标签"),
    ("Missing end of comment", "注释没有用 #} 结束"),
    ("expected token", "写法不对"),
    ("unexpected char", "有不该出现的字符"),
    ("unexpected", "写法不对"),
)


def _syntax(message: str) -> str:
    chinese = next((text for start, text in _SYNTAX if message.startswith(start)), "写法不对")
    return f"模板语法：{chinese}（{message}）"
