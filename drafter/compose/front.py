"""What stands before and after the sections: title, date, speaker, salutation, signature.

Speeches carry date and speaker under the title, papers and letters a signature with the date at the end
(GB/T 9704-2012, 7.3.5; for speeches: practice).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.brief import Brief, format_path
from drafter.compose.computed import date_text
from drafter.document import Block, Origin, OriginKind, Role, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from drafter.library import Occasion

__all__ = ["closing", "opening"]

_PUNCTUATION = Origin(OriginKind.COMPUTED, "标点")
_SPACE = Origin(OriginKind.COMPUTED, "空格")


def opening(brief: Brief, front: Mapping[str, Any], made: Callable[[str, Role], Block]) -> Iterator[Block]:
    """The blocks before the first section. `made(id, role)` renders a front pattern."""
    if title := brief.data.get("标题"):
        text = "\n".join(title) if isinstance(title, list) else title
        yield Block(Role.TITLE, (_span(text, "标题"),))
    else:
        yield made(front["title"], Role.TITLE)
    if front["dateline"]:
        if brief.date:
            spans = (Span("（", _PUNCTUATION), _span(date_text(brief.date), "日期"), Span("）", _PUNCTUATION))
            yield Block(Role.DATE, spans)
        if speaker := _speaker(brief):
            yield Block(Role.SPEAKER, speaker)
    if front["salutation"]:
        yield made(front["salutation"], Role.SALUTATION)


def closing(brief: Brief, occasion: Occasion) -> Iterator[Block]:
    """署名 and 成文日期, where the occasion wants them: in a letter always, else where the brief gives both."""
    unit = (brief.data.get("单位") or {}).get("名称")
    if not occasion.front["signature"] or (occasion.genre != "letter" and not (unit and brief.date)):
        return
    yield Block(Role.SIGNATURE, (_span(unit, "单位", "名称") if unit else _gap("署名", "单位", "名称"),))
    yield Block(Role.SIGNATURE, (_span(date_text(brief.date), "日期") if brief.date else _gap("成文日期", "日期"),))


def _speaker(brief: Brief) -> tuple[Span, ...]:
    speaker = brief.data.get("讲话人") or {}
    spans = [_span(speaker[key], "讲话人", key) for key in ("职务", "姓名") if speaker.get(key)]
    if len(spans) == 2:
        spans.insert(1, Span("　", _SPACE))
    return tuple(spans)


def _span(text: str, *path: str | int) -> Span:
    return Span(text, Origin(OriginKind.BRIEF, format_path(path)))


def _gap(title: str, *path: str) -> Span:
    return Span(f"【待补：{title}】", Origin(OriginKind.MISSING, format_path(path)))
