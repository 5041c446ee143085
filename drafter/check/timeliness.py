"""What was not yet there, is over, or has another name on the day of the speech (T001–T003, T006).

Only rows of the table that were confirmed may find more than an info.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from drafter.check.dated import EVENTS, Occurrence, Row, following, occurrences, rows, until
from drafter.check.dates import PAST, PRESENT, Period, names_earlier_year, period, sentence, spell
from drafter.check.finding import Edit, Hit, Level
from drafter.check.lazy import lazy

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["coming", "current", "met_already", "not_yet", "outdated", "renamed"]

_YEAR = timedelta(days=365)
_GRACE = timedelta(days=60)
_LASTING = ("campaign", "phrase", "label", "plan", "term")
_NEAR = 18
"""Characters on either side in which words say now, past or still to come."""

_AFTER = lazy(r"(?![^，。；\n]{0,4}将)[^，。；\n]{0,4}(?:精神|以来|报告|提出|闭幕|作出|部署|指出|强调|决定|决议|通过)")
_SPIRIT = lazy(r"[^。；\n]{0,30}精神")
_SOON = lazy(r"即将|将(?:于|在|要)?(?:[^，。；]{0,12})召开|迎接|喜迎|筹备|召开在即|开幕在即|召开前夕")
_AFTERWARDS = lazy(r"[^，。；]{0,6}(?:召开|开幕|前夕|到来)")
_COMING = lazy(r"(?:即将|将要?|将于[^，。；]{0,12})(?:召开|举行|开幕)的[^，。；]{0,6}$")
_COMES = lazy(r"(?:即将|将)(?:胜利|隆重)?(?:召开|开幕)|召开在即|开幕在即|召开前夕")
_WELCOME = lazy(r"(?:迎接|喜迎)[^，。；“”]{0,4}$")
_CELEBRATED = lazy(r"[^，。；]{0,10}(?:活动|主题|期间|之际|征文|演讲|以来|时|后)")
_JUST = lazy(r"(?:刚刚|刚|昨天|昨日|今天|日前|前不久|不久前|日前|近日)(?:胜利|圆满)?(?:闭幕|召开|结束)")
_CARRY = lazy(r"实施|落实|推进|推动|启动|编制|围绕|谋划|紧扣|对接")
_INTO = lazy(r"(?:(?<!需)要(?!求)|应当?|拟|争取|力争|必须|推动)[^，。；已]{0,14}(?:纳入|列入)$")
_LAST_LAP = lazy(r"(?:抓好|打好|做好|决胜|冲刺|抓紧|完成|确保)$")
_TO_THE_END = lazy(r"(?:规划|计划)?的?(?:胜利|圆满|顺利|高质量)?收官(?!以来|后|之后|之年)(?=[，。；、！工]|$)")
_CARRIED = lazy(r"”?(?:规划|计划)?的?(?:全面|深入|组织)?(?:启动|编制|实施)(?!以来|情况|取得|期|完成|结束|五年|评估)")
_LOOK_BACK = lazy(
    r"”?(?:规划|计划)?(?:确定|提出)?的?(?:各项|主要)?(?:目标|任务|指标)*(?:实施|执行|落实|完成)?"
    r"(?:期间|时期|以来|末|收官|结束|情况|取得|圆满|顺利|胜利|完成|评估|五年)"
)
_GOING = lazy(
    r"[^，。；]{0,8}(?:正在|深入开展|扎实推进)|[^，。；]{0,6}(?:进入|到了|处于)[^，。；]{0,6}(?:决胜|关键|攻坚|冲刺)"
)
_REACHED = lazy(r"(?:(?<!确保)(?<!力争)如期[^，。；]{0,4}|(?:打赢|实现|取得|完成|经历|夺取)了[^，。；]{0,6})$")
_PLAN_TIME = lazy(r"(十[一二三四五]?五)”?(?:时期|期间)")
_CALL = lazy(
    r"团结在|夺取|决胜|决战|致力于|服务于|打赢|打好|助力|投身|聚焦|推进|推动|确保|加快|实现$|为(?:了?实现|推动|推进|夺取|确保|如期)?$"
)


def not_yet(text: Text, settings: Settings) -> Iterator[Hit]:
    """T001: an expression that did not yet exist on the day of the speech."""
    when = period(text, settings)
    if when is None:
        return
    for each in occurrences(text):
        row = each.row
        if row.since is None or row.since <= when.last:
            continue
        if row.kind in EVENTS and not _spoken_of(text, each, row.since, when):
            continue
        early = row.kind not in EVENTS and when.last >= row.since - _GRACE
        sure = row.confirmed and row.kind not in ("label", "plan", "term") and not early
        level = Level.INFO if not sure else Level.WARNING if row.kind == "campaign" else None
        if row.kind == "label" and row.confirmed and not early and _in_quotes(text, each):
            level = Level.WARNING  # in quotes it is hardly anything else
        if row.kind == "plan" and row.confirmed and row.since - when.last > _YEAR:
            level = Level.WARNING  # nobody looks that far ahead
        what = f"{_quote(text, each)}{spell(row.since)}起才有，早于此的{_when(when)}文稿不应出现{until()}"
        yield Hit(each.start, each.end, what, level=level, source=row.document)


def _in_quotes(text: Text, each: Occurrence) -> bool:
    marks = text.prose[max(each.start - 1, 0) : each.start + 1], text.prose[each.end - 1 : each.end + 1]
    return "“" in marks[0] and "”" in marks[1]


def outdated(text: Text, settings: Settings) -> Iterator[Hit]:
    """T002: a congress, campaign, plan or phrase that is over, spoken of as what is done now."""
    when = period(text, settings)
    if when is None:
        return
    last_of_list = {each.start: each for each in occurrences(text) if each.row.kind in EVENTS}
    for each in occurrences(text):
        row = each.row
        if each.start in last_of_list:
            if last_of_list[each.start] is each:
                yield from _superseded(text, each, when)
        elif row.kind not in _LASTING or _led(row):
            continue
        elif row.until and row.until < when.first and current(text, each, when):
            sure = row.confirmed and row.kind not in ("label", "term")
            better = f"，现称“{row.replacement}”" if row.replacement else ""
            over = f"{_quote(text, each)}到{spell(row.until)}为止{better}"
            what = f"{over}；文稿日期为{_when(when)}，不宜当作现行工作{until()}"
            yield Hit(each.start, each.end, what, level=None if sure else Level.INFO, source=row.document)


def renamed(text: Text, settings: Settings) -> Iterator[Hit]:
    """T003: a body under the name it had before."""
    when = period(text, settings)
    if when is None:
        return
    for each in occurrences(text):
        row = each.row
        if not (row.kind == "rename" or _led(row)) or row.until is None or when.first <= row.until:
            continue
        if _earlier(text, each, when) if _led(row) else _past(text, each, when):
            continue
        what = f"“{{原}}”用到{spell(row.until)}，{_when(when)}应称“{row.replacement}”{until()}"
        edits = (Edit(each.start, each.end, row.replacement),)
        yield Hit(each.start, each.end, what, edits, level=None if row.confirmed else Level.INFO, source=row.document)


def _led(row: Row) -> bool:
    """Whether it is the former name of the leadership of today, which is written otherwise of the years before too."""
    return row.kind == "phrase" and row.expression.startswith("以习近平") and bool(row.replacement)


def _earlier(text: Text, each: Occurrence, when: Period) -> bool:
    """Whether the sentence names an earlier year."""
    return any(names_earlier_year(words, when.first.year) for words in _around(text, each))


def met_already(text: Text, settings: Settings) -> Iterator[Hit]:
    """T006: a meeting said to be coming that is over, or said to be just over long after."""
    when = period(text, settings)
    if when is None:
        return
    for each in occurrences(text):
        row = each.row
        if row.kind in EVENTS and row.until and row.since and (said := _said(text, each, when)):
            held = f"{row.name}的会期是{spell(row.since)}至{spell(row.until)}，文稿日期为{_when(when)}{until()}"
            yield Hit(
                each.start,
                each.end,
                f"说“{said}”，但{held}",
                level=None if row.confirmed else Level.INFO,
                source=row.document,
            )


def _said(text: Text, each: Occurrence, when: Period) -> str:
    """What is said of a meeting and cannot be so on that day; "" for nothing."""
    before, after = _around(text, each)
    since, last = each.row.since or date.min, each.row.until or date.max
    if when.first > last and not names_earlier_year(before, when.first.year):
        if _COMING.search(before) or _COMES.match(after):
            return "即将召开"
        if _WELCOME.search(before) and not _CELEBRATED.match(after) and not _past(text, each, when):
            return _WELCOME.search(before)[0][:2]  # type: ignore[index]
    if when.first > last + _YEAR / 2 and _JUST.search(before[-10:]):
        return "刚刚闭幕"
    return "闭幕" if since <= when.last < last and re.match(r"(?:胜利|圆满)?闭幕", after) else ""


def _superseded(text: Text, each: Occurrence, when: Period) -> Iterator[Hit]:
    """A congress or plenum whose spirit is to be carried out more than a year after the next congress."""
    after_it = following(each.row)
    if after_it is None or after_it.until is None or when.first <= after_it.until + _YEAR:
        return
    if not current(text, each, when):
        return
    kind, since = after_it.kind, after_it.since or date.max
    later = [row for row in rows() if row.kind == kind and row.since and row.since >= since]
    start, end = sentence(text, each.start, each.end)
    if any(mate.row in later for mate in occurrences(text) if start <= mate.start < end):
        return
    newest = [row for row in later if row.until and row.until < when.first][-1]
    what = (
        f"{each.row.name}于{_day(each.row)}召开，此后已开过{newest.name}（{_day(newest)}）；"
        f"文稿日期为{_when(when)}，仍作为当前要贯彻的精神，请核对{until()}"
    )
    yield Hit(
        each.start,
        each.end,
        what,
        level=None if each.row.confirmed and newest.confirmed else Level.INFO,
        source=each.row.document,
    )


def _day(row: Row) -> str:
    return spell(row.since) if row.since else ""


def coming(text: Text, each: Occurrence) -> bool:
    """Whether a meeting is spoken of as one to come."""
    before, after = _around(text, each)
    return bool(_SOON.search(before[-_NEAR:]) or _AFTERWARDS.match(after))


def _spoken_of(text: Text, each: Occurrence, since: date, when: Period) -> bool:
    """Whether a coming event is spoken of as if it had been: one far off, or with its spirit, its report."""
    if coming(text, each):
        return False
    return since - when.last > _YEAR * 2 or _AFTER.match(_around(text, each)[1]) is not None


def current(text: Text, each: Occurrence, when: Period | None = None) -> bool:
    """Whether an expression is spoken of as what is done now (on that day), not as history."""
    before, after = _around(text, each)
    near = before[-_NEAR:]
    if _past(text, each, when):
        return False
    if each.row.kind in EVENTS:
        return bool(PRESENT.search(near) and _SPIRIT.match(after))
    if each.row.kind == "plan":
        if _INTO.search(near) or (_LAST_LAP.search(near) and _TO_THE_END.match(after)):
            return True
        return bool(_CARRY.search(near) or _CARRIED.match(after)) and not _LOOK_BACK.match(after)
    return bool(PRESENT.search(near) or _CALL.search(near) or _GOING.match(after))


def _past(text: Text, each: Occurrence, when: Period | None) -> bool:
    """Whether words near by say that it is spoken of as history, or the sentence is about an earlier year."""
    before, after = _around(text, each)
    near = before[-_NEAR:], after[:_NEAR]
    if any(map(PAST.search, near)) or _REACHED.search(near[0]) or _plan_is_over(before, each, when):
        return True
    if when is None:
        return any(names_earlier_year(words, None) for words in near)
    return names_earlier_year(before, when.first.year) or names_earlier_year(near[1], when.first.year)


def _plan_is_over(before: str, each: Occurrence, when: Period | None) -> bool:
    """Whether the sentence is about the time of a plan that is over: “十四五”时期，我们……"""
    times = _PLAN_TIME.findall(before) if when and each.row.kind != "plan" else ()
    over = {row.id for row in rows() if row.kind == "plan" and row.until and when and row.until < when.first}
    return any(f"plan-{time}" in over for time in times)


def _around(text: Text, each: Occurrence) -> tuple[str, str]:
    """The sentence before and after an expression; its own quotation marks belong to it."""
    start, end = sentence(text, each.start, each.end)
    return text.prose[start : each.start].rstrip("“"), text.prose[each.end : end].lstrip("”")


def _quote(text: Text, each: Occurrence) -> str:
    there = text.prose[each.start : each.end]
    if there[0] == "“" and there.index("”") == len(there) - 1:
        return there
    return "“" + there.replace("“", "‘").replace("”", "’") + "”"


def _when(when: Period) -> str:
    if when.day:
        return spell(when.day)
    return (
        f"{when.first.year}年"
        if when.last.month - when.first.month == 11
        else f"{when.first.year}年{when.first.month}月"
    )
