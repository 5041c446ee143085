"""`drafter.toml`: what a folder of texts wants of the checks.

[check]
profile = "公文"                  # 公文 | 新闻 | 网页
stage = "定稿"                    # 草稿 | 定稿
date = "2026-03-05"              # day of the speeches
select = ["P", "N"]              # ids or their beginnings; all without it
ignore = ["P014"]
levels = { S010 = "warning" }    # error | warning | info, also 错误 | 警告 | 提示
limits = { sentence = 120 }
files = { "归档/*" = ["T"] }      # what to ignore where; * stands for any characters of the path
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

from drafter.check.finding import Level
from drafter.check.rule import rulebook
from drafter.check.settings import LIMITS, PROFILES, Settings, Stage
from drafter.errors import InputError, Place, Problem

__all__ = ["FILE", "LEVELS", "Config", "codes", "find_config", "load_config"]

FILE = "drafter.toml"
LEVELS = {
    "错误": Level.ERROR,
    "警告": Level.WARNING,
    "提示": Level.INFO,
    "error": Level.ERROR,
    "warning": Level.WARNING,
    "info": Level.INFO,
}
"""Levels by the names that may be written in commands and settings."""
_KEYS = ("profile", "stage", "date", "select", "ignore", "levels", "limits", "files")


class Config(NamedTuple):
    """Settings for all files, and for some of them codes to ignore."""

    settings: Settings = Settings()
    folder: Path = Path()
    files: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def settings_for(self, path: Path | None) -> Settings:
        """The settings for one file; `files` patterns are matched with its path as seen from the folder."""
        if path is None or not self.files:
            return self.settings
        from fnmatch import fnmatchcase

        try:
            name = path.resolve().relative_to(self.folder.resolve()).as_posix()
        except ValueError:
            name = path.as_posix()
        more = tuple(code for pattern, some in self.files.items() if fnmatchcase(name, pattern) for code in some)
        return self.settings._replace(ignore=(*self.settings.ignore, *more))


def find_config(folder: Path) -> Path | None:
    """The nearest drafter.toml in a folder or above it."""
    folder = folder.resolve()
    return next((path for each in (folder, *folder.parents) if (path := each / FILE).is_file()), None)


def load_config(path: Path) -> Config:
    """Read a drafter.toml. Raises InputError: E160 not readable, E161 not TOML, E162 a key or value that is wrong."""
    import tomllib  # only where there is such a file

    text = _text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        hint = '一行一项，文字和规则要加英文引号，如 profile = "公文"、ignore = ["P014", "C"]'
        raise InputError(Problem("E161", "这里的写法不对", _place(path, text, str(error)), hint)) from error
    if stray := next((key for key in data if key in _KEYS), ""):
        raise InputError(Problem("E162", f"{stray} 不在 [check] 下面", Place(str(path)), "文件第一行写 [check]"))
    return _Reader(path).config(data.get("check", {}))


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        hint = "请核对文件名；设置写在 drafter.toml 里"
        raise InputError(Problem("E160", f"读不了设置：{error.strerror or error}", Place(str(path)), hint)) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    raise InputError(Problem("E160", "读不了设置：不是文本文件", Place(str(path)), "用记事本重写，存成 UTF-8"))


def _place(path: Path, text: str, reason: str) -> Place:
    """Where a TOML parser, which says so in its message only, has stopped: (at line 3, column 7); else the end."""
    lines = text.splitlines()
    found = re.search(r"line (\d+), column (\d+)", reason)
    row, column = (int(found[1]), int(found[2])) if found else (len(lines), len(lines[-1]) + 1 if lines else 1)
    source = lines[row - 1] if 0 < row <= len(lines) else ""
    return Place(str(path), row, column, column + 1, source)


def codes(given: Iterable[str], place: Place | None = None) -> tuple[str, ...]:
    """Ids or beginnings of ids, also several in one text (P,N015). Raises InputError E162 for one that no rule has."""
    known = [rule.id for rule in rulebook().rules]
    found = []
    for code in (each.strip().upper() for text in given for each in text.replace("，", ",").split(",")):
        if not code:
            continue
        if not any(each.startswith(code) for each in known):
            near = _near(code, known, 3)
            hint = f"是不是 {'、'.join(near)}？" if near else "用 drafter check --rules 看有哪些规则"
            raise InputError(Problem("E162", f"没有规则 {code}", place, hint))
        found.append(code)
    return tuple(found)


def _near(word: str, known: Sequence[str], most: int = 1) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(word, known, most)


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path

    def wrong(self, key: str, message: str, hint: str = "") -> InputError:
        return InputError(Problem("E162", message, Place(str(self.path), path=f"check.{key}"), hint))

    def config(self, data: Any) -> Config:
        if not isinstance(data, dict):
            raise self.wrong("", "[check] 要写成一节", "另起一行写 [check]，下面一行一项")
        for key in data:
            if key not in _KEYS:
                near = _near(key, _KEYS)
                raise self.wrong(
                    key, f"不认识的项 {key}", f"是不是 {near[0]}？" if near else "可用：" + "、".join(_KEYS)
                )
        settings = Settings(
            date=self.day(data.get("date")),
            profile=self.choice(data, "profile", PROFILES, "公文"),
            stage=self.choice(data, "stage", get_args(Stage), "定稿"),
            select=self.codes(data, "select"),
            ignore=self.codes(data, "ignore"),
            levels={
                code: LEVELS[self.choice(self.table(data, "levels"), rule, tuple(LEVELS), "")]
                for rule in self.table(data, "levels")
                for code in codes([rule], Place(str(self.path)))
            },
            limits={name: self.number(name, value) for name, value in self.table(data, "limits").items()},
        )
        files = {pattern: self.codes({"files": some}, "files") for pattern, some in self.table(data, "files").items()}
        return Config(settings, self.path.parent, files)

    def table(self, data: Mapping[str, Any], key: str) -> dict[str, Any]:
        value = data.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"{key} 要写成 {{ 名称 = 值 }}")
        return value

    def choice(self, data: Mapping[str, Any], key: str, allowed: tuple[str, ...], default: str) -> Any:
        value = data.get(key, default)
        if value not in allowed:
            raise self.wrong(key, f"{key} 不能是 {value}", "可用：" + "、".join(allowed))
        return value

    def codes(self, data: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(key, f"{key} 要写成一列规则", f'如 {key} = ["P014", "S"]')
        return codes(value, Place(str(self.path)))

    def day(self, value: Any) -> date | None:
        if value is None or type(value) is date:
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.wrong("date", f"date 不是日期：{value}", '写成 date = "2026-03-05"') from None

    def number(self, name: str, value: Any) -> float:
        if name not in LIMITS:
            near = _near(name, tuple(LIMITS))
            hint = f"是不是 {near[0]}？" if near else "可用：" + "、".join(LIMITS)
            raise self.wrong(f"limits.{name}", f"没有限度 {name}", hint)
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise self.wrong(f"limits.{name}", f"{name} 要是大于零的数")
        return float(value)
