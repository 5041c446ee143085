"""The last look: what was answered, what will be marked, and which answers can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drafter.cli.interview.typed import show
from drafter.compose import compose

if TYPE_CHECKING:
    from drafter.brief import DataPath
    from drafter.cli.interview.state import State

__all__ = ["Row", "Summary", "remainder", "rows", "summary"]

_LONG = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One answer, or one question left empty (`text` is "")."""

    path: DataPath
    title: str
    text: str

    @property
    def label(self) -> str:
        text = self.text.replace("\n", " ") or "（没有写）"
        return f"{self.title}：{text if len(text) <= _LONG else text[: _LONG - 1] + '…'}"


@dataclass(frozen=True, slots=True)
class Summary:
    """gaps: what the speech will mark 【待补】; notes: what the composer says of the length."""

    gaps: tuple[str, ...]
    notes: tuple[str, ...]


def rows(state: State) -> list[Row]:
    """Everything answered in the order of the questions, then what was skipped."""
    found = {row.path: row for row in (*_answered(state), *_facts(state))}
    known = {str(path[0]) for path in found} | {"要素", "篇幅"}
    others = [Row((name,), name, _numbered(value)) for name, value in state.data.items() if name not in known]
    titles = {ask.path: ask.shape.title for ask in state.basics()}
    skipped = [
        Row(path, titles.get(path) or _title(path, state), _numbered(state.open.get(path)))
        for path in sorted(state.skipped, key=str)
        if path not in found
    ]
    return [*found.values(), *others, *skipped]


def _answered(state: State) -> Iterator[Row]:
    for ask in state.basics():
        if (value := state.value(ask.path)) is not None:
            yield Row(ask.path, ask.shape.title, _topics(value) if ask.path == ("业务",) else show(value))


def _facts(state: State) -> Iterator[Row]:
    for item in state.data.get("业务") or ():
        for aspect, value in item.items() if isinstance(item, dict) else ():
            if aspect != "素材":
                path = ("业务", item["素材"], aspect)
                yield Row(path, _title(path, state), _numbered(value))
    for name, value in (state.data.get("要素") or {}).items():
        yield Row(("要素", name), _title(("要素", name), state), _numbered(value))


def _title(path: DataPath, state: State) -> str:
    if path[0] == "要素" and (title := state.slots.get(str(path[1]), {}).get("title")):
        return str(title)
    return " · ".join(map(str, path[1:] if len(path) > 1 else path))


def summary(state: State) -> Summary:
    """What the composer makes of it. Raises BriefError or LibraryError where it cannot compose."""
    document = compose(state.brief(), state.library)
    gaps = dict.fromkeys(span.text.strip("【】").removeprefix("待补：") for _, span in document.gaps())
    return Summary(tuple(gaps), tuple(note.message for note in document.notes if note.code == "length"))


def remainder(state: State) -> dict[str, Any]:
    """The brief: the answers, and in 备注 what was begun and is not yet enough to stand in it."""
    left = [f"未写完的{path[-1]}：{text}" for path, value in state.open.items() if (text := show(value))]
    if not left:
        return dict(state.data)
    return {**state.data, "备注": "\n".join(filter(None, [state.data.get("备注", ""), *left]))}


def _topics(items: list[Any]) -> str:
    return "、".join(item["素材"] if isinstance(item, dict) else item for item in items)


def _numbered(value: Any) -> str:
    if isinstance(value, list) and len(value) > 1:
        return "\n".join(f"{number}. {show(each)}" for number, each in enumerate(value, 1))
    return show(value)
