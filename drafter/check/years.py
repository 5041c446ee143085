"""Years that can be worked out: plans, anniversaries, this and last year, deadlines (T004, T005, T009, T010)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from drafter.check.dates import period, sentence, spell, whole
from drafter.check.finding import Edit, Hit
from drafter.check.lazy import lazy
from drafter.chinese.numerals import numeral, parse_numeral

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["anniversary", "past_target", "plan_year", "relative_year"]

_BASE = 1956
"""The n-th five-year plan begins in 1956 + 5(n - 1), from the sixth (1981) on."""

_PLAN = lazy(r"“?((?<!十)[六七八九]五|十[一二三四五六七八九]?五)”?(?:规划|计划|时期)?")
_STAGE = lazy(r"(?:实施)?的?(?:(开局)(?:起步)?之?年|(中期)(?:评估)?之年|(收官)之?年|(最后)一年|第([一二三四五])年)")
_STAGES = {"开局": 1, "中期": 3, "收官": 5, "最后": 5}
_SPAN = lazy(r"(?:规划|计划|时期)?[（(]((?:19|20)\d\d)年?[—－\-～~至到]+((?:19|20)\d\d)年?[）)]")
_YEAR = lazy(r"(?<!\d)((?:19|20)\d\d)年(?!(?:代|来|前|间|以来|\d))")
_NAMED = lazy(r"(?<!\d)((?:19|20)\d\d)年(?:也?是|作为|，?(?:既)?是|，?正值|，?恰逢|，?迎来)[^。；，]{0,12}$")
_THIS = lazy(r"今年[^。；]{0,30}$")
_SOON = lazy(r"(?:即将|将)迎来[^。；，]{0,8}$|(?:喜迎|迎接)[^。；，]{0,8}$")

_FOUNDINGS = (
    ("中国共产党(?:成立|建党)|建党", 1921, "中国共产党成立"),
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
_RELATIVE = lazy(r"(今年|去年|前年|明年)(?:即)?[（(]((?:19|20)\d\d)年?[）)]|(今年|去年|前年|明年)即((?:19|20)\d\d)年")
_SHIFT = {"今年": 0, "去年": -1, "前年": -2, "明年": 1}
_TARGET = lazy(
    r"(?:力争|确保|争取|计划|预计|拟于?|将于|务必)(?:在|于|到)?(?P<year>20\d\d)年(?P<part>底|末|年底|上半年|(?P<month>\d{1,2})月)?"
    r"(?:底|末)?(?:前|之前|以前|，|基本|全面|实现|完成|达到)"
)
_QUOTING = lazy(r"提出|明确|规定|要求|印发|曾|当时|原定|原计划|已经?|去年|前年|完成了|实现了|如期")


def plan_year(text: Text, settings: Settings) -> Iterator[Hit]:
    """T004: 开局之年, 收官之年, 第三年 of a five-year plan that is another year, and spans that are not its own."""
    when = period(text, settings)
    year = when.first.year if when and when.first.year == when.last.year else None
    for at in sorted({at for tail in ("五”", "五规划", "五计划", "五时期") for at in text.find(tail)}):
        plan = _PLAN.search(text.prose, max(0, at - 3), at + 4)
        first = _begin(plan[1]) if plan and plan.end(1) == at + 1 else None
        if plan is None or first is None:
            continue
        name = f"“{plan[1]}”为{first}—{first + 4}年"
        if (span := _SPAN.match(text.prose, plan.end())) and (int(span[1]), int(span[2])) != (first, first + 4):
            edits = (Edit(*span.span(1), str(first)), Edit(*span.span(2), str(first + 4)))
            yield Hit(plan.start(), span.end(), f"{name}，不是{span[1]}—{span[2]}年", edits)
        elif stage := _STAGE.match(text.prose, plan.end()):
            number = "一二三四五".index(stage[5]) + 1 if stage[5] else _STAGES[next(filter(None, stage.groups()))]
            said = _said_year(text, plan.start(), year)
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
        start, _ = sentence(text, at, at)
        for match in _AGE.finditer(text.prose, max(start, at - 30), at + 2):
            _, base, name = _FOUNDINGS[next(n for n in range(len(_FOUNDINGS)) if match[f"f{n}"])]
            count = whole(match["count"])
            said = _said_year(text, match.start(), year)
            if count is None or said is None or said.is_year(base + count) or said.year <= base:
                continue
            right = said.year - base
            what = f"{name}于{base}年，{said.year}-{base}={right}，应为{right}周年"
            new = str(right) if match["count"].isascii() else numeral(right)
            yield Hit(match.start(), match.end(), what, (Edit(*match.span("count"), new),))


def relative_year(text: Text, settings: Settings) -> Iterator[Hit]:
    """T009: 今年（2025年） in a speech of another year, or two of them that contradict each other."""
    when = period(text, settings)
    base = when.first.year if when and when.first.year == when.last.year else None
    origin = f"文稿日期为{base}年"
    places = sorted(at for tail in ("年（", "年(", "年即") for at in text.find(tail))
    for match in filter(None, (_RELATIVE.match(text.prose, max(0, at - 1)) for at in places)):
        word, year = match[1] or match[3], int(match[2] or match[4])
        if base is None:
            base, origin = year - _SHIFT[word], f"前文说{word}是{year}年"
        elif year != base + _SHIFT[word]:
            yield Hit(*match.span(), f"{origin}，“{word}”应是{base + _SHIFT[word]}年，不是{year}年")


def past_target(text: Text, settings: Settings) -> Iterator[Hit]:
    """T010: a deadline to be met that has gone by."""
    when = period(text, settings)
    if when is None or not text.has("20"):
        return
    for match in _TARGET.finditer(text.prose):
        year, part = int(match["year"]), match["part"] or ""
        month = int(match["month"]) if match["month"] else 6 if part == "上半年" else 12
        if (year, month) >= (when.first.year, when.first.month):
            continue
        start, end = sentence(text, *match.span())
        if _QUOTING.search(text.prose, start, match.start()) or _QUOTING.search(text.prose, match.end(), end):
            continue
        due = f"{year}年{month}月"
        yield Hit(*match.span(), f"期限{due}早于文稿日期{spell(when.first)}，仍说“力争、确保”，请核对")
