"""The same quantity with two values in one text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.check.finding import Hit, Level
from drafter.check.lazy import lazy

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text
    from drafter.chinese.quantities import Quantity

__all__ = ["two_values"]

_SIGHTED = lazy(
    r"[0-9](?<=[^\x00-\xff][0-9])[0-9,.]*(?:万亿|[百千]?[万亿])?[余多]?(?![年月日届号期时到0-9])[^\x00-\xff]"
)
_FIGURE = lazy(
    r"[0-9](?<=[\u4e00-\u9fff][0-9])[0-9,.]*(?:万亿|[百千]?[万亿])?[余多]?(?![年月日届号期时到0-9])[\u4e00-\u9fff%％]{1,4}"
)
_CLAUSE = lazy("[。！？；，：\n\u3000]")
_WORDS = lazy("[\u4e00-\u9fff“”]+")
_REACH = 26
_SHORTEST = 4
_LEAD = lazy("^(?:目前|现在|当前|现|如今|至今|截至目前)(?:，)?")
_VERB = lazy("(?:已经|已|现)?(?:达到了?|达|为|是|有|共有|共|总数达|总数为|约为|约)?$")
_SCOPE = lazy(
    "全国|全省|全市|全县|全区|全州|全系统|全行业|全公司|全集团|全校|全院|全镇|我[省市县区州会校院]|本[省市县区会]|总数|总人数"
)
_LOOSE = lazy("[由从在到比较]$|其中|第|每|各|平均|人均|力争|目标|计划|预计|确保|不低于|不少于|至少|新增|另|再|又|分别")
_EVENT = lazy(
    "新|建|举办|开展|培训|走访|慰问|投入|筹|签|办理|受理|调解|组织|帮扶|救助|发放|完成|召开|增|下降|减少|提高|送"
)
_AIM = lazy("力争|目标|计划|预计|确保|争取|要|将|拟|到20")
_TIME = lazy(
    r"\d{4}年|去年|今年|上年|前年|明年|年初|年底|上半年|下半年|[一二三四]季度|\d{1,2}月|十[一二三四五]五|期间|以前|过去|原来|当时|那时"
)
_ENDS = lazy("[。！？；\n]")


def two_values(text: Text, _: Settings) -> Iterator[Hit]:
    """A figure said of the same subject in the same words and of no other time, with two values that cannot agree."""
    prose = text.prose
    said: dict[str, list[tuple[int, str]]] = {}
    for match in _SIGHTED.finditer(prose):
        start = match.start()
        words = _CLAUSE.split(prose[max(0, start - _REACH) : start])[-1]
        if _SHORTEST <= len(words) < _REACH:
            subject = _VERB.sub("", _LEAD.sub("", words))
            if len(subject) >= _SHORTEST:
                said.setdefault(subject, []).append((start, words))
    for subject, places in said.items():
        if len(places) > 1 and _WORDS.fullmatch(subject) and not _LOOSE.search(subject):
            yield from _compared(text, subject, places)


def _compared(text: Text, subject: str, places: list[tuple[int, str]]) -> Iterator[Hit]:
    """The figures of one subject: where each begins, and the words before it in its clause."""
    from drafter.check.figures import agree
    from drafter.chinese.quantities import quantities

    prose = text.prose
    found = {at: words[-1] + match[0] for at, words in places if (match := _FIGURE.match(prose, at))}
    read = {each: next(quantities(each), None) for each in set(found.values())}
    if len(read) < 2:
        return  # the same figure again and again
    seen: dict[str, tuple[int, Quantity, frozenset[str]]] = {}
    for at, words in places:
        figure = read[found[at]] if at in found else None
        if figure is None or not figure.unit or figure.about or figure.start != 1:
            continue
        start = at - len(words)
        before = prose[max(0, start - 60) : start]
        before = _ENDS.split(before)[-1]
        if _AIM.search(before) or before.count("、") > 1:
            continue
        times = frozenset(_TIME.findall(before + words))
        if figure.unit not in seen:
            seen[figure.unit] = (start, figure, times)
            continue
        first_at, first, first_times = seen[figure.unit]
        if (times and first_times and times != first_times) or agree(figure.range(), first.range()):
            continue
        row = text.row(first_at) + 1
        sure = _SCOPE.search(subject) and not _EVENT.search(subject) and times == first_times
        level = None if sure else Level.INFO
        message = f"“{subject}”前文（第{row}行）是{first.text}，这里是{figure.text}"
        yield Hit(at, at + figure.end - 1, message, level=level)
