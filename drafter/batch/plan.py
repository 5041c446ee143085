"""What a batch is going to do, before it does anything: every item with its output name, on disk and not in memory."""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

from drafter.batch.names import NameTemplate, folded, wrong_name
from drafter.batch.shape import Shape, Shapes, steps_of
from drafter.batch.sources import Item, bad_name, field_text
from drafter.errors import InputError, OutputError, Place, Problem

__all__ = ["Plan"]

_SHOWN = 20
_BUCKETS = 16
_PLACE_FIELDS = ("文件", "文件夹", "行")


class Plan:
    """Items and names in order; read as often as one likes, closed after use."""

    def __init__(self, items: Iterable[Item], name: str, suffix: str, base: dict[str, Any], shapes: Shapes) -> None:
        """Raises InputError: E709 (a field of `name` that nothing has), E711 (one name twice), and as `items`."""
        template = NameTemplate.parse(name) if name else None
        self.count = 0
        self._spool: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the plan is
        self._hashes = [array("Q") for _ in range(_BUCKETS)]
        unknown = set(template.fields if template else ())
        unknown -= {field for field in unknown if field in _PLACE_FIELDS or _is_known(field, shapes)}
        try:
            for item in items:
                unknown -= item.fields.keys()
                self._put(*_named(item, template, suffix, base))
            if unknown and self.count:
                hint = "写表头里有的列，或素材单的键，如 {会议}、{单位.名称}；还有 {文件}、{文件夹}、{行}"
                raise InputError(Problem("E709", f"--name 里的 {{{min(unknown)}}} 不知道是什么", None, hint))
            self._refuse_duplicates()
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Iterator[tuple[Item, str]]:
        """(item, output name); the name is "" for an item that cannot be written."""
        self._spool.seek(0)
        for _ in range(self.count):
            item, name = pickle.load(self._spool)  # noqa: S301 - our own nameless file
            yield Item(*item), name

    def close(self) -> None:
        self._spool.close()

    def refuse_existing(self, folder: Path) -> None:
        """Raises OutputError E712 where an output is there already."""
        if not folder.is_dir():
            return
        with os.scandir(folder) as entries:
            present = {folded(entry.name) for entry in entries}
        if not present:
            return
        taken = [name for _, name in self if name and folded(name) in present]
        if taken:
            hint = "接着上次的做加 --resume；全部重写加 --force；或换一个文件夹"
            shown = "、".join(taken[:5]) + (f" 等 {len(taken)} 个" if len(taken) > 5 else "")
            what = f"文件夹里已经有同名的文件：{shown}；一个也没有写"
            raise OutputError(Problem("E712", what, Place(str(folder)), hint))

    def _put(self, item: Item, name: str) -> None:
        self._spool.write(pickle.dumps((tuple(item), name), pickle.HIGHEST_PROTOCOL))
        self.count += 1
        if name:
            number = _number(name)
            self._hashes[number % _BUCKETS].append(number)

    def _refuse_duplicates(self) -> None:
        twice: set[int] = set()
        for bucket in self._hashes:
            ordered = sorted(bucket)
            twice.update(a for a, b in pairwise(ordered) if a == b)
        self._hashes = []
        if not twice:
            return
        first: dict[str, str] = {}
        problems: list[Problem] = []
        for item, name in self:
            if not name or _number(name) not in twice:
                continue
            before = first.setdefault(folded(name), item.source)
            if before != item.source and len(problems) < _SHOWN:
                hint = '用 --name 加上能区分的键，如 "{单位.名称}-{会议}" 或 "{会议}-{行}"'
                what = f"输出文件重名：{name}（{before} 也是这个名字）；一个也没有写"
                problems.append(Problem("E711", what, Place(item.source), hint))
        raise InputError(*problems)


def _is_known(field: str, shapes: Shapes) -> bool:
    steps = steps_of(field)
    return bool(steps) and isinstance(shapes.find(steps or ())[1], Shape)


def _number(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(folded(name).encode(), digest_size=8).digest(), "big")


def _named(item: Item, template: NameTemplate | None, suffix: str, base: dict[str, Any]) -> tuple[Item, str]:
    """The item and its name; without a name where it cannot have one or cannot be written anyway."""
    if not item.stem:
        return item, ""
    if template is None:
        name, lacking = item.stem, ""
    else:
        name, lacking = template.fill(lambda field: field_text(item, field, base))
    if lacking:
        if item.problems or (item.kind != "row" and not item.data(base)):
            return item, ""  # it cannot be read, and that is what will be said
        hint = "填上，或在 --name 里换一个键"
        return bad_name(item, Problem("E710", f"“{lacking}”是空的，起不了文件名", None, hint), lacking), ""
    name = name if name.lower().endswith(suffix) else name + suffix
    if why := wrong_name(name):
        hint = "改掉这一格，或在 --name 里换一个键"
        field = template.fields[0] if template and template.fields else ""
        return bad_name(item, Problem("E710", f"不能用作文件名：“{name[:60]}”{why}", None, hint), field), ""
    return item, "" if item.problems else name
