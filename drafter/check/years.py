"""Years that can be worked out: plans, anniversaries, this and last year, deadlines (T004, T005, T009, T010)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from drafter.check.dates import DIGITS, PAST, Period, period, sentence, spell, whole
from drafter.check.finding import Edit, Hit, Level
from drafter.check.lazy import lazy
from drafter.chinese.numerals import numeral, parse_numeral

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["anniversary", "past_target", "plan_year", "relative_year"]

_BASE = 1956
"""The n-th five-year plan begins in 1956 + 5(n - 1), from the sixth (1981) on."""

_PLAN = lazy(
    r"“?((?<!十)[六七八九]五|十[一二三四五六七八九]?五)”?(?:规划|计划|时期)?|第(十[一二三四五六七八九]?)个五年(?:规划|计划)"
)
_STAGE = lazy(r"(?:实施)?的?(?:(开局)(?:起步)?之?年|(中期)(?:评估)?之年|(收官)之?年|(最后)一年|第([一二三四五])年)")
_STAGES = {"开局": 1, "中期": 3, "收官": 5, "最后": 5}
_SPAN = lazy(r"(?:规划|计划|时期|期间)?[（(]((?:19|20)\d\d)年?[—－\-～~至到]+((?:19|20)\d\d)年?[）)]")
_YEAR = lazy(r"(?<!\d)((?:19|20)\d\d)年(?!(?:代|来|前|间|以来|\d))")
_NAMED = lazy(
    r"(?<!\d)((?:19|20)\d\d)年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:[：:，]$|"
    r"(?:也?是|作为|，?(?:既)?是|，?正值|，?恰逢|，?(?:我们)?(?:即?将)?(?:迎来|喜迎))[^。；，]{0,12}$)"
)
_THIS = lazy(r"今年[^。；]{0,30}$")
_BESIDE = lazy(r"(?P<word>明年|去年)(?:也|既|就|将|，)?(?:是|迎来|作为|恰逢|正值)[^。；，]{0,12}$")
_SOON = lazy(r"(?:即将|将)迎来[^。；，]{0,8}$|(?:喜迎|迎接)[^。；，]{0,8}$")

_FOUNDINGS = (
    ("中国共产党(?:成立|建党)?|建党", 1921, "中国共产党成立"),
    ("辛亥革命", 1911, "辛亥革命"),
    ("五四运动", 1919, "五四运动"),
    ("中国共产主义青年团成立|共青团成立", 1922, "中国共产主义青年团成立"),
    ("(?:京汉铁路工人|二七)大罢工", 1923, "二七大罢工"),
    ("五卅运动", 1925, "五卅运动"),
    ("省港大罢工", 1925, "省港大罢工"),
    ("南昌起义", 1927, "南昌起义"),
    ("遵义会议召开|遵义会议", 1935, "遵义会议"),
    ("全民族抗战爆发|全国抗战爆发", 1937, "全民族抗战爆发"),
    ("毛泽东(?:同志)?诞辰", 1893, "毛泽东诞辰"),
    ("周恩来(?:同志)?诞辰", 1898, "周恩来诞辰"),
    ("刘少奇(?:同志)?诞辰", 1898, "刘少奇诞辰"),
    ("朱德(?:同志)?诞辰", 1886, "朱德诞辰"),
    ("邓小平(?:同志)?诞辰", 1904, "邓小平诞辰"),
    ("孙中山(?:先生)?诞辰", 1866, "孙中山诞辰"),
    ("中华全国总工会成立|全国总工会成立|全总成立|全总建会", 1925, "中华全国总工会成立"),
    ("中国人民解放军建军|建军|人民军队建军", 1927, "中国人民解放军建军"),
    ("红军长征胜利|长征胜利", 1936, "红军长征胜利"),
    ("抗日战争暨世界反法西斯战争胜利|抗日战争胜利|抗战胜利", 1945, "抗战胜利"),
    ("新中国成立|中华人民共和国成立|建国", 1949, "新中国成立"),
    ("抗美援朝出国作战|中国人民志愿军抗美援朝出国作战", 1950, "抗美援朝出国作战"),
    ("(?<![区圳南海西东省市县])改革开放", 1978, "改革开放"),
    ("香港回归祖国|香港回归", 1997, "香港回归"),
    ("澳门回归祖国|澳门回归", 1999, "澳门回归"),
)
_AGE = lazy(
    "(?:" + "|".join(f"(?P<f{n}>{words})" for n, (words, _, _) in enumerate(_FOUNDINGS)) + r")"
    r"(?P<count>\d{1,3}|[一二三四五六七八九十百零〇]{1,6})周年"
)
_HISTORY = lazy(r"去年|前年|以来|围绕|结合|借助|曾|先后|重要讲话|举办|开展|组织|《[^》]*$|“[^”]*$")
_HISTORIC = lazy(r"大会|暨|阅兵|座谈会|以来|以后|后|活动|系列|主题|期间|为契机|时|重要|庆祝|纪念|表彰|（20")
_HAIL = lazy(r"(?:值此|值|适逢|恰逢|正值|迎来|热烈庆祝|喜迎)[^，。；]{0,4}$")
_HAILED = lazy(r"之际|到来之际|[！!]")
_RELATIVE = lazy(
    r"(?P<a>今年|去年|前年|明年)(?:(?:，?即)?[（(]即?|，?即|，?也就是|是(?=20\d\d年(?:[，。；\n]|$)))(?P<b>(?:19|20)\d\d|二[〇○零一二三四五六七八九]{3})年?[）)]?"
    r"|(?P<c>(?:19|20)\d\d)年[（(，]?(?:也就是|即)?(?P<d>今年|去年|前年|明年)(?:[）)]|(?=[，。；\n])|$)"
)
_SHIFT = {"今年": 0, "去年": -1, "前年": -2, "明年": 1}
_TARGET = lazy(
    r"(?:力争|确保|争取|(?<!原)计划|(?<!原)预计|拟于?|将于|务必)(?:在|于|到)?(?P<year>20\d\d)年(?P<part>底|末|年底|上半年|(?P<month>\d{1,2})月)?"
    r"(?:底|末)?(?:前|之前|以前|，|。|$|基本|全面|实现|完成|达到|[^，。；\n]{0,12}(?:实现|完成|达到|建成|覆盖))"
)
_DUE = lazy(
    r"(?:(?P<year>20\d\d)年(?:底|末|年底|年末|(?P<month>1[0-2]|[1-9])月底?)?|“?(?P<plan>十[一二三四五六七八九]?五)”?(?:规划|时期)?末)"
    r"(?P<by>前|之前|以前)?"
)
_MUST = lazy(r"，?[^，。；\n]{0,12}?(?:要(?!求|点|素|闻|员|件|比)|必须|务必|力争|争取|确保|须)")
_AIM = lazy(r"(?:力争|确保|争取|务必|计划|要)(?:在|于|到)?$")
_QUOTING = lazy(r"提出|明确|规定|要求|印发|曾|当时|原定|原计划|已经?|去年|前年|完成了|实现了|如期")


def plan_year(text: Text, settings: Settings) -> Iterator[Hit]:
    """T004: 开局之年, 收官之年, 第三年 of a five-year plan that is another year, and spans that are not its own."""
    when = period(text, settings)
    year = when.first.year if when and when.first.year == when.last.year else None
    for at in sorted({at for tail in ("五”", "五规划", "五计划", "五时期", "个五年") for at in text.find(tail)}):
        plan = _PLAN.search(text.prose, max(0, at - 4), at + 6)
        first = _begin(plan[1] or plan[2] + "五") if plan and at + 1 in (plan.end(1), plan.end(2) + 1) else None
        if plan is None or first is None:
            continue
        name = f"“{plan[1] or plan[2] + '五'}”为{first}—{first + 4}年"
        if (span := _SPAN.match(text.prose, plan.end())) and (int(span[1]), int(span[2])) != (first, first + 4):
            edits = (Edit(*span.span(1), str(first)), Edit(*span.span(2), str(first + 4)))
            yield Hit(plan.start(), span.end(), f"{name}，不是{span[1]}—{span[2]}年", edits)
        elif stage := _STAGE.match(text.prose, plan.end()):
            number = "一二三四五".index(stage[5]) + 1 if stage[5] else _STAGES[next(filter(None, stage.groups()))]
            said = _said_year(text, plan.start(), year)
            if said is None and year and text.prose.startswith(("的今年", "，今年"), stage.end()):
                said = _Said(year, stage.end(), stage.end())
            if said and not said.is_year(first + number - 1):
                yield _stage_hit(plan, stage, said, (first, first + number - 1, number), name)


def _stage_hit(plan: re.Match[str], stage: re.Match[str], said: _Said, years: tuple[int, int, int], name: str) -> Hit:
    year, start, end, _ = said
    first, expected, number = years
    what = f"{name}，第{numeral(number)}年是{expected}年，不是{year}年"
    edits: tuple[Edit, ...] = ()
    if stage[5] and first <= year <= first + 4:
        edits = (Edit(*stage.span(5), numeral(year - first + 1)),)
    elif end > start:
        edits = (Edit(start, end, str(expected)),)
    return Hit(plan.start(), stage.end(), what, edits)


class _Said(NamedTuple):
    """The year that a place speaks of, and where it is written (nowhere for 今年); `soon` may be the next one."""

    year: int
    start: int
    end: int
    soon: bool = False

    def is_year(self, year: int) -> bool:
        return year == self.year or (self.soon and year == self.year + 1)


def _said_year(text: Text, at: int, year: int | None) -> _Said | None:
    """Of which year a place speaks: of one written before it, or of the year of the speech."""
    start, _ = sentence(text, at, at)
    before = text.prose[start:at]
    if match := _NAMED.search(before):
        return _Said(int(match[1]), start + match.start(1), start + match.end(1))
    if year is None or _YEAR.search(before):
        return None
    if match := _BESIDE.search(before):
        return _Said(year + _SHIFT[match["word"]], at, at)
    if _SOON.search(before):
        return _Said(year, at, at, soon=True)
    return _Said(year, at, at) if _THIS.search(before) else None


def _begin(name: str) -> int | None:
    number = parse_numeral(name[:-1])
    return _BASE + 5 * (number - 1) if number and number >= 6 else None


def anniversary(text: Text, settings: Settings) -> Iterator[Hit]:
    """T005: a number of years since a founding that does not fit the year."""
    if not text.has("周年"):
        return
    when = period(text, settings)
    year = when.first.year if when and when.first.year == when.last.year else None
    for at in text.find("周年"):
        start, end = sentence(text, at, at)
        for match in _AGE.finditer(text.prose, max(start, at - 30), at + 2):
            _, base, name = _FOUNDINGS[next(n for n in range(len(_FOUNDINGS)) if match[f"f{n}"])]
            count = whole(match["count"])
            if count is None:
                continue
            said, level = _said_year(text, match.start(), year), None
            if said is None and when and count == when.first.year - base - 1:
                said, level = _last_years(text.prose[start : match.start()], text.prose[match.end() : end], when)
            if said is None or said.is_year(base + count) or said.year <= base:
                continue
            right = said.year - base
            what = f"{name}于{base}年，{said.year}-{base}={right}，应为{right}周年"
            new = str(right) if match["count"].isascii() else numeral(right)
            yield Hit(match.start(), match.end(), what, (Edit(*match.span("count"), new),), level=level)


def _last_years(before: str, after: str, when: Period) -> tuple[_Said | None, Level | None]:
    """The year of the speech, where a number that was right the year before is not spoken of as history."""
    if (
        _YEAR.search(before)
        or _YEAR.search(after)
        or _HISTORY.search(before)
        or _HISTORIC.match(after)
        or PAST.search(after)
    ):
        return None, None
    if _HAIL.search(before) or _HAILED.match(after):
        return _Said(when.first.year, 0, 0), None
    # in spring the year before is still reported on
    return _Said(when.first.year, 0, 0), Level.INFO if when.first.month < 5 else Level.WARNING


def relative_year(text: Text, settings: Settings) -> Iterator[Hit]:
    """T009: 今年（2025年） in a speech of another year, or two of them that contradict each other."""
    when = period(text, settings)
    base = when.first.year if when and when.first.year == when.last.year else None
    origin = f"文稿日期为{base}年"
    places = sorted({at for word in _SHIFT for at in text.find(word)})
    found = (_RELATIVE.match(text.prose, at) or _RELATIVE.search(text.prose, max(0, at - 9), at + 3) for at in places)
    for match in filter(None, found):
        word, year = match["a"] or match["d"], int((match["b"] or match["c"]).translate(DIGITS))
        if base is None:
            base, origin = year - _SHIFT[word], f"前文说{word}是{year}年"
        elif year != base + _SHIFT[word]:
            yield Hit(*match.span(), f"{origin}，“{word}”应是{base + _SHIFT[word]}年，不是{year}年")


def past_target(text: Text, settings: Settings) -> Iterator[Hit]:
    """T010: a deadline to be met that has gone by."""
    when = period(text, settings)
    if when is None or not (text.has("20") or text.has("五”") or text.has("五末")):
        return
    seen: set[int] = set()
    for match in _TARGET.finditer(text.prose):
        seen.add(match.start("year"))
        year, part = int(match["year"]), match["part"] or ""
        month = int(match["month"]) if match["month"] else 6 if part == "上半年" else 12
        if (year, month) >= (when.first.year, when.first.month):
            continue
        if not _quoted_target(text, *match.span()):
            due = f"{year}年{month}月"
            yield Hit(*match.span(), f"期限{due}早于文稿日期{spell(when.first)}，仍说“力争、确保”，请核对")
    for match in _DUE.finditer(text.prose):
        if match.start() in seen or not _to_come(text, match):
            continue
        first = _begin(match["plan"]) if match["plan"] else None
        year = int(match["year"]) if match["year"] else (first or when.first.year) + 4
        month = int(match["month"]) if match["month"] else 12
        if (year, month) < (when.first.year, when.first.month) and not _quoted_target(text, *match.span()):
            due = f"{year}年{month}月"
            start = match.end() - 1 if "”" in match[0] else match.start()  # the plan in its marks is no quotation
            yield Hit(start, match.end(), f"期限{due}早于文稿日期{spell(when.first)}，仍写成要达到的目标，请核对")


def _to_come(text: Text, match: re.Match[str]) -> bool:
    """Whether something is to be reached by then: 到2025年，要达到…, 2025年底前必须…, 力争到“十四五”末."""
    before = text.prose[max(match.start() - 5, 0) : match.start()]
    if _AIM.search(before):
        return bool(match["plan"] or match["by"])
    bounded = match["by"] or before.endswith(("到", "在")) or match[0].endswith(("底", "末"))
    return bool(bounded and not before.endswith(("截至", "直到")) and _MUST.match(text.prose, match.end()))


def _quoted_target(text: Text, start: int, end: int) -> bool:
    """Whether the sentence tells of an aim that was set, or met, before."""
    first, last = sentence(text, start, end)
    return bool(_QUOTING.search(text.prose, first, start) or _QUOTING.search(text.prose, end, last))
