"""`drafter init` and `drafter schema`: a brief to fill in, and the schema that editors complete from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from drafter.brief import Field, brief_schema, load_brief, skeleton
from drafter.cli.console import result, say
from drafter.cli.packs import load_library
from drafter.compose import needs
from drafter.library import ASPECTS
from drafter.write import write_bytes

__all__ = ["write_schema", "write_skeleton"]

_STREAM = Path("-")
_BASICS = (
    ("日期",),
    ("单位", "名称"),
    ("单位", "层级"),
    ("讲话人", "职务"),
    ("讲话人", "姓名"),
    ("会议",),
    ("工作",),
    ("业务",),
)
_ALWAYS = {("单位", "名称"), ("单位", "层级"), ("会议",), ("工作",), ("业务",)}


def write_skeleton(occasion: str, output: Path | None, force: bool, packs: Sequence[Path]) -> int:
    """A commented brief that asks for what this occasion uses."""
    library = load_library(packs)
    chosen = library.occasion(occasion)
    values = {"场合": chosen.title, "听众": chosen.audience, "语气": chosen.tone, "时长": f"{chosen.minutes:g}分钟"}
    asked = {need.path: need for need in needs(load_brief(values), library)}
    fields = [Field.of(path, _described(path), required=path in _ALWAYS) for path in _BASICS]
    for path, need in asked.items():
        if path not in _BASICS:
            required = need.required and path[-1] not in ASPECTS
            fields.append(Field.of(path, dict(need.schema), required=required, used_by=_few(need.used_by)))
    text = skeleton(values, fields)
    if _deliver(text, output, force):
        say(f"已写出 {output}。填好后：drafter draft {output}")
    return 0


def _described(path: tuple[str, ...]) -> dict[str, Any]:
    part: Any = brief_schema()
    for key in path:
        part = part["properties"][key]
    return dict(part)


def _few(names: Sequence[str]) -> list[str]:
    return [*names[:2], f"等 {len(names)} 处"] if len(names) > 3 else list(names)


def write_schema(output: Path | None, force: bool, packs: Sequence[Path]) -> int:
    """The JSON Schema of a brief, with the 要素 of the library found."""
    schema = brief_schema(load_library(packs).slots())
    if _deliver(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", output, force):
        say(f"已写出 {output}。在素材单第一行写：# yaml-language-server: $schema={output}")
    return 0


def _deliver(text: str, output: Path | None, force: bool) -> bool:
    """Write to the file, or print; True where a file was written."""
    if output is None or output == _STREAM:
        result(text.rstrip("\n"))
        return False
    write_bytes(text.encode(), output, force=force)
    return True
