"""Page formats: the layout of a copy as data, read strictly.

A format is a YAML file: sizes in millimetres, type in points, indents in characters. It may build on
another one (`extends: gbt9704`) and then states only what differs. Inside, a format is one flat mapping
(`page.top` → 37), so that merging two of them and comparing one with the standard are a loop each.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.errors import LibraryError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

__all__ = ["STYLES", "Format", "Value", "load_format"]

Value = str | float | bool | tuple[str, ...]

STYLES = (
    *("title", "subtitle", "date", "speaker", "salutation", "body"),
    *("heading1", "heading2", "heading3", "heading4", "lead", "signature", "table", "table-head"),
)
_MAX_DEPTH = 4
_MAX_BYTES = 64_000


# how a value is checked: what is right, in Chinese, and a function that gives the value or None
_Kind = tuple[str, Callable[[Any], Value | None]]


class Format(NamedTuple):
    """One page format. `values` maps dotted keys to values; it always holds every key of the schema."""

    id: str
    title: str
    values: Mapping[str, Value]
    cache_key: str

    def number(self, key: str) -> float:
        value = self.values[key]
        assert isinstance(value, (int, float))  # noqa: S101 - the reader has checked the types
        return value

    def text(self, key: str) -> str:
        return str(self.values[key])

    def flag(self, key: str) -> bool:
        return self.values[key] is True

    def words(self, key: str) -> tuple[str, ...]:
        value = self.values[key]
        assert isinstance(value, tuple)  # noqa: S101
        return value


def _number(low: float, high: float) -> _Kind:
    def read(value: Any) -> Value | None:
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return value if is_number and low <= value <= high else None

    return (f"{low:g}到{high:g}之间的数", read)


def _whole(low: int, high: int) -> _Kind:
    return (
        f"{low}到{high}之间的整数",
        lambda value: (
            value if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high else None
        ),
    )


def _choice(*allowed: str) -> _Kind:
    return ("、".join(allowed) + "之一", lambda value: value if value in allowed else None)


def _order(*allowed: str) -> _Kind:
    def read(value: Any) -> Value | None:
        return tuple(value) if isinstance(value, list) and sorted(map(str, value)) == sorted(allowed) else None

    return (f"[{', '.join(allowed)}]的一种排列", read)


def _page_number(value: Any) -> Value | None:
    return value if isinstance(value, str) and value.count("{page}") == 1 and value.count("{pages}") <= 1 else None


_FLAG = ("true或false", lambda value: value if isinstance(value, bool) else None)
_TEXT = ("文字", lambda value: value if isinstance(value, str) and value else None)
# Word refuses font names of 32 characters and more
_FONT = ("字体名（不超过31个字）", lambda value: value if isinstance(value, str) and 0 < len(value) < 32 else None)

_SCHEMA: dict[str, _Kind] = {
    "id": _TEXT,
    "version": _TEXT,
    "title": _TEXT,
    "reading": _FLAG,
    "page.width": _number(100, 500),
    "page.height": _number(100, 600),
    **{f"page.{edge}": _number(0, 150) for edge in ("top", "bottom", "left", "right", "footer")},
    "page.mirror": _FLAG,
    "grid.lines": _whole(5, 60),
    "grid.characters": _whole(5, 80),
    "grid.method": _choice("grid", "spacing"),
    "latin": ("字体名，或者空", lambda value: value if isinstance(value, str) and len(value) < 32 else None),
    "front.order": _order("date", "speaker"),
    "front.before": _whole(0, 5),
    "front.after": _whole(0, 5),
    "number.text": ("含有{page}的文字（总页数写{pages}）", _page_number),
    "number.place": _choice("outside", "center"),
    "number.inset": _number(0, 10),
    "number.font": _FONT,
    "number.size": _number(5, 72),
}
_STYLE_SCHEMA = {
    "font": _FONT,
    "size": _number(5, 72),
    "bold": _FLAG,
    "align": _choice("left", "center", "right", "both"),
    "indent": _number(0, 10),
    "line": _number(0, 200),
}
_SCHEMA |= {f"styles.{style}.{key}": kind for style in STYLES for key, kind in _STYLE_SCHEMA.items()}
_GROUPS = {key[:at] for key in _SCHEMA for at, char in enumerate(key) if char == "."}


def load_format(name: str | Path = "gbt9704", folders: Sequence[Traversable] = ()) -> Format:
    """The format of that name, or in that file.

    A `Path`, or a text with a path separator or ending in .yaml, is a file; anything else is the name of a
    file in `folders` (those of packs, first wins) or of a built-in one.

    Raises LibraryError with every problem of the file (E380–E385; E311 for broken YAML).
    """
    if isinstance(name, Path) or "/" in name or "\\" in name or name.endswith((".yaml", ".yml")):
        return _load(Path(name), str(name), tuple(folders))
    return _by_name(name, tuple(folders))


@cache
def _by_name(name: str, folders: tuple[Traversable, ...]) -> Format:
    return _load(_find(name, folders, None), f"{name}.yaml", folders)


def _find(name: str, folders: tuple[Traversable, ...], place: Place | None) -> Traversable:
    from drafter.library.data import data_root

    known: list[str] = []
    for folder in (*folders, data_root() / "templates" / "formats"):
        if not folder.is_dir():
            continue
        if (file := folder / f"{name}.yaml").is_file():
            return file
        known += (entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    hint = _nearest(name, known) or "现有版式：" + "、".join(sorted(set(known)))
    raise LibraryError(Problem("E380", f"没有叫“{name}”的版式", place, hint))


def _load(file: Traversable, label: str, folders: tuple[Traversable, ...]) -> Format:
    import zlib

    values: dict[str, Value] = {}
    problems: list[Problem] = []
    key, depth = 0, 0
    above: tuple[str, Place] | None = None
    root = Place(label)
    while True:
        data = _read(file, label)
        key = zlib.crc32(data, key)
        own, above = _parse(data, label, problems)
        values = own | values
        if above is None or problems:
            break
        name, place = above
        if (depth := depth + 1) > _MAX_DEPTH:
            raise LibraryError(Problem("E385", "版式一层套一层，套得太深或者绕了回来", place, "检查各文件的extends"))
        file, label = _find(name, folders, place), f"{name}.yaml"
    if not problems:
        missing = [name for name in _SCHEMA if name not in values]
        if missing:
            hint = "补上这几项，或者写一行extends: gbt9704"
            problems.append(Problem("E384", "版式缺少：" + "、".join(missing), root, hint))
    if problems:
        raise LibraryError(*problems)
    return Format(str(values["id"]), str(values["title"]), MappingProxyType(values), f"{key:08x}")


def _read(file: Traversable, label: str) -> bytes:
    try:
        data = file.read_bytes()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        message = "没有这个版式文件" if missing else f"版式文件读不了：{error.strerror or error}"
        raise LibraryError(Problem("E380", message, Place(label), "检查文件名和权限")) from error
    if len(data) > _MAX_BYTES:
        raise LibraryError(Problem("E381", "版式文件太大，不像是版式", Place(label), "版式文件一般不到5 KB"))
    return data


def _parse(data: bytes, label: str, problems: list[Problem]) -> tuple[dict[str, Value], tuple[str, Place] | None]:
    """The values stated in one file and what it extends; problems are added to the list."""
    from drafter.library.strict_yaml import read_yaml

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LibraryError(Problem("E381", "版式文件不是UTF-8编码", Place(label), "另存为UTF-8再试")) from error
    tree, numbers = read_yaml(text, label)
    if not isinstance(tree, dict):
        raise LibraryError(Problem("E381", "版式文件应当是“键: 值”的形式", Place(label), "参看gbt9704.yaml"))
    rows = text.split("\n")
    values: dict[str, Value] = {}
    above: tuple[str, Place] | None = None
    for key, path, value in _entries(tree, ()):
        line = numbers.get(path, 0)
        column = rows[line - 1].find(path[-1]) + 1
        place = Place(label, line, column, column + len(path[-1]) if column else 0, rows[line - 1], key)
        if key == "extends" and isinstance(value, str):
            above = (value, place)
            continue
        checked, problem = _check(key, value, place)
        if checked is not None:
            values[key] = checked
        if problem:
            problems.append(problem)
    return values, above


def _check(key: str, value: Any, place: Place) -> tuple[Value | None, Problem | None]:
    if key in _GROUPS:
        wrong = not isinstance(value, dict)
        return None, Problem("E383", f"“{key}”下面应当是“键: 值”", place, "参看gbt9704.yaml") if wrong else None
    if key == "extends":
        return None, Problem("E383", "extends应当是另一个版式的名称", place, "例如extends: gbt9704")
    kind = _SCHEMA.get(key)
    if kind is None:
        hint = _nearest(key, [*_SCHEMA, *_GROUPS, "extends"]) or "删去这一项"
        return None, Problem("E382", f"版式里没有“{key}”这一项", place, hint)
    wants, read = kind
    checked = read(value)
    if checked is not None:
        return checked, None
    return None, Problem("E383", f"“{key}”应当是{wants}，现在是{_shown(value)}", place, "改成允许的值")


def _entries(tree: Mapping[str, Any], prefix: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """(dotted key, path, value) of each entry; a known group comes before its entries."""
    for name, value in tree.items():
        path = (*prefix, name)
        key = ".".join(path)
        yield key, path, value
        if key in _GROUPS and isinstance(value, dict):
            yield from _entries(value, path)


def _shown(value: object) -> str:
    if value is None:
        return "空的"
    if isinstance(value, (list, dict)):
        return "一组值"
    return f"“{value}”"


def _nearest(name: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    matches = get_close_matches(name, known, n=1, cutoff=0.6)
    if not matches and "." not in name:
        tails = {key.rpartition(".")[2]: key for key in reversed(known)}
        matches = [tails[tail] for tail in get_close_matches(name, tails, n=1, cutoff=0.6)]
    return f"是不是想写“{matches[0]}”？" if matches else ""
