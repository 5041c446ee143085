"""Figures of one sentence that can be worked out of each other: growth, sums, shares. Messages show the calculation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from drafter.check.figures import FIGURE, Figured, agree, counted, sentences, shown
from drafter.check.finding import Hit, Level
from drafter.check.lazy import lazy
from drafter.chinese.quantities import PERCENT, POINTS, TIMES, Quantity, plain

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["growth", "shares", "total"]

_RISE = "增长|增加|上升|提高|提升|扩大|攀升|跃升|发展"
_FALL = "下降|减少|降低|压降|压减|缩减|缩短|降"
_GROWTH_WORDS = (
    *(verb + to for verb in f"{_RISE}|{_FALL}".split("|") for to in "到至为"), "基础上", "原有", "现有", "已有",
    "比上年", "比去年", "较上年", "较去年", "同比", "降至", "降到", "降为", "翻一", "翻两", "翻了",
    "到会率", "出席率", "参会率", "出勤率", "完成率",
    "办结率", "结案率", "化解率", "调解率", "成功率", "调处率", "落实率", "整改率", "合格率", "满意率", "签订率",
    "入会率", "建会率", "参训率", "参与率", "通过率", "回复率", "答复率", "采纳率", "受理率", "就业率",
)  # fmt: skip
_F = FIGURE
_N = r"[^，。：（）\ue000-\uf8ff]"
_NOW = r"(?P<now>[0-9]{4}年(?:[底末]|[0-9]{1,2}月底?)?的?|(?:今年|目前|现在)的?)?"
# 由A增长到B，(比上年)增长C
_FROM_TO = lazy(
    rf"[由从](?P<since>{_N}{{0,10}}?)(?P<a>{_F})(?P<gap>{_N}{{0,10}}?)(?:{_RISE}|{_FALL})(?:到了|到|至|为){_NOW}(?P<b>{_F})(?P<rest>{_N}{{0,4}}，(?:{_N}{{0,8}}，)?)"
    rf"(?P<lead>{_N}{{0,8}}?)(?P<verb>{_RISE}|{_FALL}|增幅|降幅|净增|新增)(?:了|达到|达|为|是)?(?P<c>{_F})(?!点)"
)
# (比上年)增长C，由A增长到B
_FIRST_SHARE = lazy(
    rf"(?P<verb>{_RISE}|{_FALL}|净增|新增)(?:了|达到|达)?(?P<c>{_F})，{_N}{{0,4}}?[由从]"
    rf"(?P<since>{_N}{{0,10}}?)(?P<a>{_F})(?P<gap>{_N}{{0,10}}?)(?:{_RISE}|{_FALL})(?:到了|到|至|为)(?P<b>{_F})"
)
# 由A增长到B，翻了一番 / 是原来的C倍
_MULTIPLE = lazy(
    rf"[由从](?P<a>{_F}){_N}{{0,10}}?(?:{_RISE})(?:到|至|为)(?P<b>{_F}){_N}{{0,2}}，{_N}{{0,6}}?(?:翻了?(?P<twice>[一两])番(?!多)|(?:是|为)(?:原来|过去|上年|去年)的(?P<c>{_F}))"
)
# 原有A，新增B，现有C ; 在A的基础上增加B，达到C
_BASE = lazy(
    rf"(?:(?:原有|原来有|现有|已有){_N}{{0,6}}?(?P<a>{_F}){_N}{{0,6}}?，|在{_N}{{0,8}}?(?P<a2>{_F}){_N}{{0,6}}?的?基础上，?)"
    rf"{_N}{{0,6}}?(?P<verb>新增加?|增加|净增|再增|减少|新建|新发展)了?{_N}{{0,4}}?(?P<c>{_F}){_N}{{0,2}}，{_N}{{0,8}}?"
    rf"(?:达到了?|达|增至|增加到|增长到|减少到|减至|总数为|总数达|现有|共有){_N}{{0,6}}?(?P<b>{_F})"
)
# B，比上年增加C，增长P% (or the other way round)
_GAINED = lazy(
    rf"(?P<b>{_F}){_N}{{0,4}}，(?:同?[比较]{_N}{{0,8}}?)(?P<verb>{_RISE}|{_FALL}|净增|新增)(?:了)?(?P<c>{_F}){_N}{{0,2}}，"
    rf"(?:{_N}{{0,4}}?)(?P<again>{_RISE}|{_FALL}|增幅|降幅|净增)(?:了|达到|达|为|是)?(?P<p>{_F})"
)
# 今年B，去年A，同比增长C ; B，比去年的A增长C
_YEARS = lazy(
    rf"(?:今年|本年度?){_N}{{0,12}}?(?P<b>{_F}){_N}{{0,6}}，(?:去年|上年)(?:同期)?{_N}{{0,12}}?(?P<a>{_F}){_N}{{0,6}}，(?:同比|比去年|比上年)?(?P<verb>{_RISE}|{_FALL})(?:了|达到|达|为)?(?P<c>{_F})(?!点)"
)
_AGAINST = lazy(
    rf"(?P<b>{_F}){_N}{{0,4}}，[比较](?:去年|上年)(?:同期)?(?:的|为)(?P<a>{_F})(?P<verb>{_RISE}|{_FALL})(?:了|达到|达|为)?(?P<c>{_F})(?!点)"
)
# 翻C番，由A增长到B
_TWICE_FIRST = lazy(
    rf"翻了?(?P<twice>[一两])番，{_N}{{0,6}}?[由从]{_N}{{0,8}}?(?P<a>{_F}){_N}{{0,10}}?(?:{_RISE})(?:到|至|为)(?P<b>{_F})(?P<c>)"
)
# 应到A，实到B，到会率C
_RATE = lazy(
    rf"(?:应到|应出席|应参加|计划)(?:会|建会|完成|培训)?{_N}{{0,4}}?(?P<a>{_F}){_N}{{0,4}}，(?:实到|实际出席|实际参加|实际完成|实际建会|实际|完成)(?:会)?{_N}{{0,4}}?(?P<b>{_F}){_N}{{0,4}}，(?:到会率|出席率|参会率|出勤率|完成率)(?:为|达到?|是)?(?P<c>{_F})"
)
# 收到A，办结B，办结率C
_SHARE_DONE = lazy(
    rf"(?P<a>{_F}){_N}{{0,4}}，(?:已|共|现已|已经|全部|实际)?(?P<done>[\u4e00-\u9fff]{{2,4}}?)了?(?P<b>{_F}){_N}{{0,2}}，(?P=done)率(?:为|达到?|是)?(?P<c>{_F})"
)
_FAR = 4
"""Percentage points that rounding of the two figures seldom explains."""
_PERIODS = lazy("年均|月均|平均|环比|目标|其中|人均")
_LAST_YEAR = lazy("同比|比上年|比去年|较上年|较去年|同期")

_OF_WHICH = lazy("(?:其中|包括)[：:，]?")
_PART = lazy(rf"{_N}{{0,16}}?({_F})")
_PART_BREAK = lazy("占|同比|增长|增加|下降|减少|比上年|较上年|累计|达到|人均|平均|新增|其中|最|超过")
_CLOSED = lazy(
    rf"(?P<parts>{_F}(?:[、和及，与]|，(?:以及|和)){_N}{{0,10}}{_F}(?:[、和及，与]{_N}{{0,10}}{_F})*){_N}{{0,2}}，?(?:三项|两项|四项|各项)?(?:合计|共计|总计){_N}{{0,8}}?(?P<total>{_F})"
)
_TOGETHER = lazy(rf"(?P<parts>{_F}(?:、{_N}{{0,10}}{_F})+)，共(?:有)?(?P<total>{_F})(?=[，。；]|$)")
_LISTED = lazy(
    rf"(?:共|合计|共计|总计|总共){_N}{{0,12}}?(?P<total>{_F}){_N}{{0,6}}，(?P<lead>[^，。：（）]{{0,16}}?)分别(?:为|是|有|达)?{_N}{{0,6}}?(?P<parts>{_F}(?:[、和]{_N}{{0,8}}{_F})+)"
)
_WHOLE = (
    ("男", "女"),
    ("城镇", "农村"),
    ("线上", "线下"),
    ("省内", "省外"),
    ("市内", "市外"),
    ("国内", "国外"),
    ("城市", "农村"),
)
_CROSSING = lazy(
    "女|党员|团员|青年|学历|职称|少数民族|农民工|一线|困难|残疾|岁|大专|本科|劳模|高级|重点|代表|骨干|规模以上|小微|高新|上市|建会|签订|参加|以上|以下|出口"
)
# answers of a survey, of which one person may give several
_ANSWERS = lazy("希望|选择|认为|愿意|关注|看重|最想|喜欢|需要")

_SHARE_LIST = lazy(rf"(?:{_N}{{0,12}}占(?:比)?(?:为|达)?{_F}[、和]){{1,8}}{_N}{{0,12}}占(?:比)?(?:为|达)?{_F}")
_SHARES_EACH = lazy(
    rf"(?:分别占(?:比|到|了|总数的|{_N}{{0,8}}的)?|(?:比重|构成比|占比)分别(?:为|是|达到?))({_F}(?:[、，和]{{1,2}}{_F})+)"
)
# shares of things of one kind: their names end alike, or are known to leave no overlap
_SHARE_KIND = lazy(
    rf"{_N}{{0,12}}?(?P<kind>企业|产业|单位|机关|的)占(?:比)?(?:为|达)?{_F}(?:，{_N}{{1,12}}?(?P=kind)占(?:比)?(?:为|达)?{_F}){{1,8}}"
)
_SHARE_SIDES = lazy(rf"男(?:性|职工|会员|工)?占(?:比)?{_F}[，、]女(?:性|职工|会员|工)?占(?:比)?{_F}")


def growth(text: Text, _: Settings) -> Iterator[Hit]:
    """A from, a to and an increment, a percentage or a multiple in one sentence that do not fit."""
    for sentence in sentences(text, _GROWTH_WORDS, 2):
        words = sentence.words
        seen: set[tuple[int, int]] = set()
        for pattern, judge in _JUDGES:
            for match in pattern.finditer(words):
                message = judge(sentence, match)
                doubtful = _LAST_YEAR.search(match[0]) or "可能因四舍五入" in message or pattern is _SHARE_DONE
                level = Level.WARNING if doubtful else None
                place = sentence.place(*sentence.all(match[0]))
                if message and place not in seen:
                    seen.add(place)
                    yield Hit(*place, message, level=level)


def _change(sentence: Figured, match: re.Match[str]) -> str:
    """What is wrong with from A to B, a change of C; "" for nothing."""
    a, b, c = (sentence.figure(match[name]) for name in "abc")
    if a.about or b.about or c.about or (a.unit and a.unit != b.unit):
        return ""
    if _PERIODS.search(match[0]) or (_LAST_YEAR.search(match[0]) and _long_ago(match)):
        return ""
    down = bool(re.fullmatch(_FALL + "|降幅", match["verb"]))
    low, high, other = (b, a, "减少") if down else (a, b, "增加")
    if c.unit == TIMES:
        return _ratio(low, high, c, add=1)
    if c.unit == PERCENT and b.unit != PERCENT:
        return _percent(a, b, c, down)
    difference = high.value - low.value
    spread = (high.range()[0] - low.range()[1], high.range()[1] - low.range()[0])
    if b.unit == PERCENT and c.unit in (POINTS, PERCENT):
        if c.unit == PERCENT and c.value != difference and agree(_percent_range(a, b, down), c.range()):
            return ""
        sum_ = f"{plain(high.value)}%−{plain(low.value)}%＝{plain(difference)}个百分点"
        if not agree(spread, c.range()):
            return f"{sum_}，文中是{c.text}"
        return f"{sum_}，不是{c.text}：两个百分数之差用“个百分点”" if c.unit == PERCENT else ""
    if c.unit == b.unit and not agree(spread, c.range()):
        return f"{shown(high.value, high)}−{shown(low.value, low)}＝{shown(difference, c)}，文中{other}{c.text}"
    return ""


def _long_ago(match: re.Match[str]) -> bool:
    """Whether the first figure is said to be of a year that need not be the last one."""
    words = match.groupdict()
    since, now = (re.search(r"(\d{4})年", words.get(name) or "") for name in ("since", "now"))
    if since and now:
        return int(now[1]) - int(since[1]) != 1
    return "年" in (words.get("since") or "").replace("去年", "")


def _rate(sentence: Figured, match: re.Match[str]) -> str:
    """What is wrong with what was to be, what is, and the one as a share of the other; "" for nothing."""
    a, b, c = (sentence.figure(match[name]) for name in "abc")
    if not (counted(a) and counted(b)) or a.unit != b.unit or c.unit != PERCENT or c.about or a.range()[0] <= 0:
        return ""
    (a0, a1), (b0, b1) = a.range(), b.range()
    if agree((b0 * 100 / a1, b1 * 100 / a0), c.range()):
        return ""
    return f"{shown(b.value, b)}÷{shown(a.value, a)}＝{plain(b.value * 100 / a.value, 1)}%，文中是{c.text}"


def _percent(a: Quantity, b: Quantity, c: Quantity, down: bool) -> str:
    sign = -1 if down else 1
    if a.value <= 0:
        return ""
    if agree(_percent_range(a, b, down), c.range()):
        apart = abs(sign * (b.value - a.value) * 100 / a.value - c.value)
        if apart < _FAR or apart * 10 < c.value:
            return ""
    expected = a.value * (100 + sign * c.value) / 100
    real = sign * (b.value - a.value) * 100 / a.value
    name = ("增长" if sign > 0 else "下降") if real >= 0 else ("下降" if sign > 0 else "增长")
    mark = "＋" if sign > 0 else "−"
    rounded = "（可能因四舍五入）" if agree(_percent_range(a, b, down), c.range()) else ""
    return (
        f"{shown(a.value, a)}×（1{mark}{c.text}）＝{shown(expected, b)}，文中是{b.text}；"
        f"由{a.text}到{b.text}，实际{name}{plain(abs(real), 1)}%{rounded}"
    )


def _percent_range(a: Quantity, b: Quantity, down: bool) -> tuple[Fraction, Fraction]:
    """(least, greatest) change from a to b in percent, given how they may have been rounded."""
    (a0, a1), (b0, b1) = a.range(), b.range()
    if a0 <= 0:
        return Fraction(0), Fraction(10**9)
    ends = ((b0 - a1) * 100 / a1, (b1 - a0) * 100 / a0)
    return (-ends[1], -ends[0]) if down else ends


def _ratio(low: Quantity, high: Quantity, c: Quantity, add: int) -> str:
    if low.range()[0] <= 0:
        return ""
    spread = (high.range()[0] / low.range()[1] - add, high.range()[1] / low.range()[0] - add)
    if agree(spread, c.range()):
        return ""
    real = high.value / low.value
    minus = f"−1＝{plain(real - 1)}倍" if add else ""
    return f"{shown(high.value, high)}÷{shown(low.value, low)}＝{plain(real)}{minus or '倍'}，文中是{c.text}"


def _multiple(sentence: Figured, match: re.Match[str]) -> str:
    a, b = sentence.figure(match["a"]), sentence.figure(match["b"])
    if a.about or b.about or (a.unit and a.unit != b.unit) or a.value <= 0:
        return ""
    if match["c"]:
        c = sentence.figure(match["c"])
        return _ratio(a, b, c, add=0) if c.unit == TIMES and not c.about else ""
    times = 2 if match["twice"] == "一" else 4
    real = b.value / a.value
    if Fraction(95, 100) * times <= real <= Fraction(115, 100) * times:
        return ""
    return f"翻{match['twice']}番是{times}倍，{b.text}÷{a.text}＝{plain(real)}倍"


def _sum(sentence: Figured, match: re.Match[str]) -> str:
    """What is wrong with a base, an increment and a result; "" for nothing."""
    a, b, c = (sentence.figure(char) for char in (match["a"] or match["a2"], match["b"], match["c"]))
    if not (counted(a) and counted(b) and counted(c) and a.unit == b.unit == c.unit):
        return ""
    if "减" in match["verb"]:
        result, mark = a.value - c.value, "−"
        spread = (a.range()[0] - c.range()[1], a.range()[1] - c.range()[0])
    else:
        result, mark = a.value + c.value, "＋"
        spread = (a.range()[0] + c.range()[0], a.range()[1] + c.range()[1])
    if agree(spread, b.range()):
        return ""
    return f"{shown(a.value, a)}{mark}{shown(c.value, c)}＝{shown(result, b)}，文中是{b.text}"


def _gain(sentence: Figured, match: re.Match[str]) -> str:
    """What is wrong with a result, its increment and the increment as a share; "" for nothing."""
    b, c, p = (sentence.figure(match[name]) for name in "bcp")
    if c.unit == PERCENT:
        c, p = p, c
    if not (counted(b) and counted(c)) or b.unit != c.unit or p.unit != PERCENT or p.about:
        return ""
    down = bool(re.fullmatch(_FALL, match["verb"]))
    base = b.value + c.value if down else b.value - c.value
    if base <= 0:
        return ""
    (b0, b1), (c0, c1) = b.range(), c.range()
    low, high = (b1 + c0, b0 + c1) if down else (b1 - c0, b0 - c1)
    if high <= 0 or agree((c0 * 100 / low, c1 * 100 / high), p.range()):
        return ""
    mark = "＋" if down else "−"
    real = plain(c.value * 100 / base, 1)
    return f"{shown(c.value, c)}÷（{shown(b.value, b)}{mark}{shown(c.value, c)}）＝{real}%，文中是{p.text}"


_JUDGES = (
    (_FROM_TO, _change),
    (_FIRST_SHARE, _change),
    (_MULTIPLE, _multiple),
    (_BASE, _sum),
    (_GAINED, _gain),
    (_YEARS, _change),
    (_AGAINST, _change),
    (_TWICE_FIRST, _multiple),
    (_RATE, _rate),
    (_SHARE_DONE, _rate),
)


def total(text: Text, _: Settings) -> Iterator[Hit]:
    """Parts that exceed their total, or are said to be all of it and do not add up to it."""
    for sentence in sentences(text, ("其中", "合计", "共计", "总计", "分别", "包括", "，共"), 2):
        for match in _CLOSED.finditer(sentence.words):
            yield from _added(sentence, sentence.figure(match["total"]), sentence.all(match["parts"]), whole=True)
        for match in _TOGETHER.finditer(sentence.words):
            parts = sentence.all(match["parts"])
            yield from _added(sentence, sentence.figure(match["total"]), parts, whole=True, level=Level.WARNING)
        for match in _LISTED.finditer(sentence.words):
            yield from _added(sentence, sentence.figure(match["total"]), sentence.all(match["parts"]), whole=True)
        for match in _OF_WHICH.finditer(sentence.words):
            yield from _of_which(sentence, match)


def _of_which(sentence: Figured, match: re.Match[str]) -> Iterator[Hit]:
    """Parts named after a total that stands before them, the nearest of the same unit that they could be parts of."""
    first = _PART.match(sentence.words, match.end())
    if not first:
        return
    names, parts = _parts(sentence, sentence.words[match.end() :], sentence.figure(first[1]).unit)
    if not parts:
        return
    said = bool(re.search("其余|其他|余下|剩余", names[-1])) or (
        len(parts) == 2 and any(all(any(side in name for name in names) for side in sides) for sides in _WHOLE)
    )
    before = [f for f in sentence.all(sentence.words[: match.start()])[-3:] if f.unit == parts[0].unit]
    found = [list(_added(sentence, total, parts, whole=said, names=names)) for total in reversed(before)]
    if found and all(found):
        yield found[0][0]


def _parts(sentence: Figured, words: str, unit: str) -> tuple[list[str], list[Quantity]]:
    """The members of a list of parts, up to the first that is none: (their words, their figures)."""
    names: list[str] = []
    parts: list[Quantity] = []
    at = 0
    while match := _PART.match(words, at):
        figure = sentence.figure(match[1])
        if _PART_BREAK.search(match[0]) or figure.unit != unit:
            break
        names.append(match[0][:-1])
        parts.append(figure)
        at = match.end()
        if words[at : at + 1] not in ("、", "，", "和"):
            break
        at += 1
    return names, parts


def _added(
    sentence: Figured,
    total: Quantity,
    parts: list[Quantity],
    *,
    whole: bool,
    names: list[str] | None = None,
    level: Level | None = None,
) -> Iterator[Hit]:
    if not parts or total.about or any(part.about or part.unit != total.unit for part in parts) or not counted(total):
        return
    sum_ = sum((part.value for part in parts), Fraction(0))
    least = sum((part.range()[0] for part in parts), Fraction(0))
    most = sum((part.range()[1] for part in parts), Fraction(0))
    shown_sum = "＋".join(plain(part.value) for part in parts) if total.value < 10**4 else ""
    shown_sum = shown_sum or "＋".join(shown(part.value, part) for part in parts)
    place = sentence.place(total, *parts)
    message = f"{shown_sum}＝{shown(sum_, total)}，合计写的是{total.text}"
    biggest = max(parts, key=lambda part: part.value)
    if biggest.range()[0] > total.range()[1]:
        yield Hit(*place, f"其中的{biggest.text}多于总数{total.text}", level=level)
    elif whole and len(parts) > 1:
        if not agree((least, most), total.range()):
            yield Hit(*place, message, level=level)
    elif len(parts) > 1 and least > total.range()[1]:
        crossing = any(_CROSSING.search(name) for name in names or ())
        if not crossing:
            sure = re.search("元|吨|亩|米", total.unit)
            yield Hit(*place, f"{message}：各项之和多于总数", level=level if sure else Level.WARNING)


def shares(text: Text, _: Settings) -> Iterator[Hit]:
    """Shares in one list that add up to more than 100%, or to a little less."""
    for sentence in sentences(text, ("占", "比重"), 2):
        for pattern in (_SHARE_LIST, _SHARES_EACH, _SHARE_KIND, _SHARE_SIDES):
            for match in pattern.finditer(sentence.words):
                parts = sentence.all(match[0])
                if len(parts) < 2 or any(part.unit != PERCENT or part.about for part in parts):
                    continue
                sum_ = sum(part.value for part in parts)
                slack = max(Fraction(1, 2), sum((part.digit for part in parts), Fraction(0)) * Fraction(3, 5))
                added = "＋".join(f"{plain(part.value)}%" for part in parts) + f"＝{plain(Fraction(sum_))}%"
                if sum_ > 100 + slack:
                    before = sentence.words[max(0, match.start() - 30) : match.start()]
                    crossing = pattern is not _SHARE_SIDES and _CROSSING.search(before + match[0])
                    level = Level.INFO if crossing or _ANSWERS.search(before + match[0]) else None
                    yield Hit(*sentence.place(*parts), f"{added}，超过100%", level=level)
                elif len(parts) > 2 and 100 - slack > sum_ >= 95:
                    yield Hit(*sentence.place(*parts), f"{added}，不足100%", level=Level.INFO)
