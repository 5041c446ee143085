"""From a shape to a value, one line at a time, with whatever terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from drafter.cli.interview.asker import Asker, BackError, Option, Prompt
from drafter.cli.interview.shape import Field, Kind, Shape, example
from drafter.cli.interview.typed import READERS, WrongError, entry_text, figure_and_unit, show, split_lines

if TYPE_CHECKING:
    from drafter.brief import DataPath

__all__ = ["LEFT", "Filler"]

LEFT = object()
"""The person left a list that has too few items to be valid."""

_BACK, _HELP = ("<", "＜"), ("?", "？")
_SKIP, _OTHER = "\0skip", "\0other"

Keep = Callable[[Any], None]
Fault = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Filler:
    """Asks for values.

    fault   State.fault: (path, value, partial=…) → why it cannot stand there
    """

    asker: Asker
    fault: Fault
    today: dt.date

    def fill(
        self,
        shape: Shape,
        path: DataPath,
        prompt: Prompt,
        empty: str,
        value: Any,
        keep: Keep,
        *,
        usual: str = "",
        edit: bool = False,
    ) -> Any:
        """The value for `path`, None for an empty answer, LEFT for a list given up.

        empty   what an empty answer means, said under the question
        value   what is there already: the former answer, or the part of a list or group that was begun
        keep    is called with the unfinished value after every line of a list or group
        usual   the choice to begin with
        edit    every field of a group is shown again, not only those still open

        Raises BackError where the person wants the question before.
        """
        if shape.kind is Kind.LIST and shape.item and shape.item.kind is Kind.CHOICE:
            options = [Option(each, each) for each in shape.item.choices]
            names = [item["素材"] if isinstance(item, dict) else item for item in value or ()]
            return self.asker.several(replace(prompt, hint=empty), options, names) or None
        if shape.kind is Kind.LIST:
            return self._list(shape, path, prompt, empty, list(value or ()), keep)
        if shape.kind is Kind.GROUP:
            return self._group(shape, path, prompt, empty, dict(value or {}), keep, edit=edit)
        if shape.kind is Kind.CHOICE:
            return self._choice(shape, path, prompt, empty, value, usual)
        if shape.kind is Kind.FLAG:
            options = [Option("是", "是"), Option("否", "否"), Option("跳过", _SKIP)]
            chosen = self.asker.choose(prompt, options, {True: "是", False: "否"}.get(value, ""))
            return None if chosen == _SKIP else chosen == "是"
        return self._scalar(shape, path, prompt, empty, value)

    # -- one line --------------------------------------------------------------------------------

    def _scalar(self, shape: Shape, path: DataPath, prompt: Prompt, empty: str, value: Any, must: str = "") -> Any:
        def read(text: str) -> Any:
            return READERS[shape.kind](text, self.today)

        def check(text: str) -> str:
            if not text:
                return must
            try:
                return self.fault(path, read(text), partial=True)
            except WrongError as error:
                return str(error)

        prompt = replace(prompt, hint=self._hint(shape, empty), initial=_initial(shape, value))
        text = self._line(shape, prompt, check)
        return read(text) if text else None

    def _hint(self, shape: Shape, empty: str) -> str:
        said = example(shape)
        if shape.kind is Kind.DATE:
            said = f"{said or '2024-03-05'}；输入“今天”就是 {self.today.isoformat()}"
        return "；".join(filter(None, [f"如：{said}" if said else "", empty]))

    def _line(self, shape: Shape, prompt: Prompt, check: Callable[[str], str]) -> str:
        while True:
            text = self.asker.text(prompt, lambda line: "" if line in (*_BACK, *_HELP) else check(line))
            if text in _BACK:
                raise BackError
            if text not in _HELP:
                return text
            self.asker.tell(_explained(shape))

    def _choice(self, shape: Shape, path: DataPath, prompt: Prompt, empty: str, value: Any, usual: str) -> Any:
        notes = shape.notes or ["（这个场合的常规）" if each == usual else "" for each in shape.choices]
        options = [Option(each + note, each) for each, note in zip(shape.choices, notes, strict=True)]
        if shape.open:
            options.append(Option("其他（自己写）", _OTHER))
        if empty:
            options.append(Option("跳过", _SKIP))
        known = {option.value for option in options}
        start = next((each for each in (value, usual) if each in known), "")
        chosen = self.asker.choose(replace(prompt, hint=empty), options, start)
        if chosen == _OTHER:
            return self._scalar(replace(shape, kind=Kind.TEXT), path, prompt, empty, value)
        return None if chosen == _SKIP else chosen

    # -- lists -----------------------------------------------------------------------------------

    def _list(self, shape: Shape, path: DataPath, prompt: Prompt, empty: str, items: list[Any], keep: Keep) -> Any:
        item = shape.item
        items = [_filled(each) if isinstance(each, dict) and each is not items[-1] else each for each in items]
        assert item is not None  # noqa: S101 - the kind says so
        warned = False
        begun = items.pop() if items and self._unfinished(item, path, items) else None
        prompt = self._introduce(shape, prompt, items, begun)
        while not (shape.most and len(items) >= shape.most):
            number = len(items)
            ask = replace(
                prompt, title=f"{prompt.title} 第 {number + 1} 条", question="" if number else prompt.question
            )
            ending = "写完了就直接回车" if items else empty
            try:
                got = self._item(item, (*path, number), ask, ending, begun, _after(items, keep))
            except BackError:
                if not items:
                    raise
                begun = items.pop()
                keep([*items])
                continue
            begun = None
            if got is None:
                if not items:
                    return None
                why = self.fault(path, items)
                if not why:
                    return items
                if warned:
                    return LEFT
                warned = True
                self.asker.tell(f"  {why}。再回车一次就先放下：写好的留在进度里，文稿里标【待补】")
                continue
            warned = False
            items += got if isinstance(got, _Lines) else [got]
            keep([*items])
        return items

    def _introduce(self, shape: Shape, prompt: Prompt, items: list[Any], begun: Any) -> Prompt:
        """Say once what the list is for and what it has; the questions of its fields follow."""
        if shape.item and shape.item.kind is Kind.GROUP and prompt.question:
            said = example(shape)
            self.asker.tell(f"  {prompt.title}：{prompt.question}" + (f"\n  如：{said}" if said else ""))
            prompt = replace(prompt, question="")
        if begun:
            self.asker.tell(f"  第 {len(items) + 1} 条已写：{show(begun)}")
        if items:
            self.asker.tell(f"  {shape.title}已有 {len(items)} 条，接着写")
        return prompt

    def _item(self, shape: Shape, path: DataPath, prompt: Prompt, ending: str, value: Any, keep: Keep) -> Any:
        if shape.kind is Kind.GROUP:
            return self._group(shape, path, prompt, ending, dict(value or {}), keep)
        if shape.kind is Kind.LIST:
            return self._list(shape, path, prompt, ending, list(value or ()), keep)
        if shape.kind not in (Kind.TEXT, Kind.ENTRY):
            return self.fill(shape, path, prompt, ending, value, keep)

        def read(text: str) -> _Lines:
            return _Lines(READERS[shape.kind](line, self.today) for line in split_lines(text))

        def check(text: str) -> str:
            return next((why for part in read(text) if (why := self.fault(path, part, partial=True))), "")

        said = example(shape) if path[-1] == 0 else ""
        hint = "；".join(filter(None, [f"如：{said}" if said else "", ending]))
        text = self._line(shape, replace(prompt, hint=hint, initial=_initial(shape, value)), check)
        return read(text) if text else None

    def _unfinished(self, item: Shape, path: DataPath, items: list[Any]) -> bool:
        return item.kind in (Kind.GROUP, Kind.LIST) and bool(self.fault((*path, len(items) - 1), items[-1]))

    # -- groups ----------------------------------------------------------------------------------

    def _group(
        self,
        shape: Shape,
        path: DataPath,
        prompt: Prompt,
        empty: str,
        value: dict[str, Any],
        keep: Keep,
        *,
        edit: bool = False,
    ) -> Any:
        """Field by field; an empty first field is an empty group. None marks a field that was skipped."""
        fields = sorted(shape.fields, key=lambda field: not field.required)
        index = 0 if edit else next((i for i, field in enumerate(fields) if field.name not in value), 0)
        again = False
        while index < len(fields):
            field = fields[index]
            if self._excluded(shape, field, value) or (not again and not edit and field.name in value and index > 0):
                index += 1
                continue
            try:
                got = self._field(field, path, prompt, empty if index == 0 else "", value, keep)
            except BackError:
                if index == 0:
                    raise
                index, again = _before(fields, index, value), True
                continue
            again = False
            if got is None and index == 0:
                return None
            value[field.name] = got
            if field.name == "数值" and "单位" not in value:
                number, unit = figure_and_unit(got)
                if unit:
                    value.update(数值=number, 单位=unit)
            keep({**value})
            index += 1
            if index == len(fields) and (why := self.fault(path, _filled(value))):
                self.asker.tell(f"  {why}")
                index, again = 0, True
        return _filled(value)

    def _field(
        self, field: Field, path: DataPath, prompt: Prompt, empty: str, value: dict[str, Any], keep: Keep
    ) -> Any:
        def kept(part: Any) -> None:
            keep({**value, field.name: part})

        shape, before = field.shape, value.get(field.name)
        ask = Prompt(f"{prompt.title} · {shape.title}", shape.question if shape.question else prompt.question)
        inner = (*path, field.name)
        ending = empty or ("" if field.required else "回车跳过")
        if shape.kind in READERS:
            must = f"“{shape.title}”不能空着；不要这一条就输入 < 退回去" if field.required and not empty else ""
            return self._scalar(shape, inner, ask, ending, before, must)
        got = self.fill(shape, inner, ask, ending, before, kept)
        return None if got is LEFT else got

    @staticmethod
    def _excluded(shape: Shape, field: Field, value: dict[str, Any]) -> bool:
        others = {name for names in shape.either if field.name in names for name in names - {field.name}}
        return any(value.get(name) is not None for name in others)


def _after(before: list[Any], keep: Keep) -> Keep:
    """Keep an unfinished item behind those that are done."""
    items = [*before]
    return lambda part: keep([*items, part])


class _Lines(list[Any]):
    """Several items from one paste."""


def _initial(shape: Shape, value: Any) -> str:
    """A former answer as it was typed."""
    if value is None:
        return ""
    return entry_text(value) if shape.kind is Kind.ENTRY else str(value)


def _before(fields: list[Field], index: int, value: dict[str, Any]) -> int:
    """The field asked before, passing over what was never asked."""
    index -= 1
    while index > 0 and fields[index].name not in value:
        index -= 1
    return index


def _filled(value: dict[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in value.items() if part not in (None, "", [], {})}


def _explained(shape: Shape) -> str:
    lines = [f"  说明：{shape.question or shape.title}"]
    lines += [f"  例：{text}" for given in shape.examples if (text := show(given))]
    return "\n".join(lines)
