"""Changing a list that is written already: one item, more items, fewer items."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from drafter.cli.interview.asker import BackError, Option, Prompt
from drafter.cli.interview.fill import LEFT, Filler
from drafter.cli.interview.shape import Kind
from drafter.cli.interview.typed import entry_text, show

if TYPE_CHECKING:
    from drafter.cli.interview.state import Ask

__all__ = ["edit_list"]

_LONG = 40


def edit_list(filler: Filler, ask: Ask, items: list[Any], change: Callable[[Ask, list[Any]], None]) -> None:
    """Let the person change items until they are content; `change` is called with the whole list after each."""
    shape = ask.shape
    assert shape.item is not None  # noqa: S101 - asked for lists only
    while True:
        options = [Option(f"{number}. {_short(item)}", str(number - 1)) for number, item in enumerate(items, 1)]
        options += [Option("再加几条", "more"), Option("改好了", "done")]
        try:
            chosen = filler.asker.choose(Prompt(shape.title, "改哪一条？"), options, "" if items else "more")
        except BackError:
            return
        if chosen == "done":
            return
        try:
            if chosen == "more":
                got = filler.fill(shape, ask.path, Prompt(shape.title), "", items, lambda part: change(ask, part))
                items = items if got is None or got is LEFT else got
            else:
                items = _one(filler, ask, items, int(chosen))
        except BackError:
            continue
        change(ask, items)


def _one(filler: Filler, ask: Ask, items: list[Any], index: int) -> list[Any]:
    """The list with one item changed, or without it where it was emptied."""
    item = ask.shape.item
    assert item is not None  # noqa: S101
    if item.kind is Kind.ENTRY and not entry_text(items[index]):
        filler.asker.tell("  这一条写得细（带数据或引语），请存盘后在素材单里改")
        return items
    prompt = Prompt(f"{ask.shape.title} 第 {index + 1} 条")
    path = (*ask.path, index)
    got = filler.fill(item, path, prompt, "清空再回车，就删掉这一条", items[index], lambda _: None, edit=True)
    return [*items[:index], *([] if got in (None, LEFT) else [got]), *items[index + 1 :]]


def _short(item: Any) -> str:
    text = show(item).replace("\n", " ")
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"
