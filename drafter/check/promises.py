"""Announced numbers, and whether the text keeps them: points, members of a list, parts of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.check.finding import Hit, Level
from drafter.check.lazy import lazy
from drafter.check.skeleton import Heading, Skeleton, Step, skeleton, value

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["listed", "members", "points"]

_COUNT = r"([一二两三四五六七八九十]{1,2}|\d{1,2})"
_PROMISE = lazy(
    _COUNT + "[ ]?(?:点|个方面|个问题|个意思|条|句话|件事|方面)的?"
    "(?:意见|要求|建议|体会|看法|想法|希望|认识|打算|工作|内容|情况|问题|感受)?"
)
_SPEAKS = lazy("(?:再|主要|着重|重点|简要|先|就)?(?:讲|谈|强调|提出|提|说|汇报|报告)(?:以下|如下|这么|这样|这)?[ ]?$")
_LONGEST_LEAD = 8
_UNITS = ("点", "方面", "个问题", "句话", "件事", "个意思")
_NUMBERS = frozenset("一二两三四五六七八九十0123456789个 ")
_MINE = lazy("下面|接下来|这里|我|借此|借这个|主要|着重|重点|现就|再|最后|简要|先|现将")
_THEIRS = lazy("刚才|总书记|书记.{0,6}[讲提]|主席.{0,6}[讲提]|会上|会前|曾|讲了|提了|提出了|强调了|讲过|指出")
_LISTED = lazy(
    r"(?:以下|如下|下列|下面|主要有)"
    + _COUNT
    + r"(?:个方面|方面|大项|项|个|条|点|大|种|类|件)的?([^\s，。；：:、]{0,8})[：:]"
)
_ANNOUNCED = lazy(
    _COUNT
    + r"(个方面|方面|个问题|个环节|点|项|条|件|种|个(?:重点|到位|关系|更加|提升|坚持|关键|突破|转变|结合|抓手|目标"
    r"|原则|要求|层面|阶段|步骤|维度|必须|进一步|强化|聚焦|着力|确保|务必|加强|带头|突出|注重))"
    r"[^。：；，、\n\d]{0,12}([。：；，\n])[ \t\n\u3000#*]*\Z"
)
_REFERS = lazy(r"(?:[第这那前后每各余\d一二三四五六七八九十百千点多]|上述|以上|其中|其他|另外)$")
_TOLD = ("了", "过")
_NEAREST = 45
_LONGEST_LIST = 3000
_OPEN, _CLOSE = "（(《“‘〔【", "）)》”’〕】"
_BRACKET = lazy(r"[（(]((?:即|分别是|是指|指|包括)?[^（）()\n]{3,120})[）)]")
_NAMED = lazy(
    r"(?:[“「‘\"]([二两双三四五六七八九十])(个?)([^”“」’\"\n]{1,8})[”」’\"][\u4e00-\u9fff]{0,6}|"
    r"(?<![第前后这那百千万十])([二两三四五六七八九十])(项|大|类|种)([\u4e00-\u9fff]{2,4}))$"
)
_LONGEST_NAME = 20
_SPELT_OUT = lazy(
    r"“([二两双三四五六七八九十])(个?)([^”“\n]{1,8})”(?:[\u4e00-\u9fff]{0,4}?)"
    r"(?:[：:]|，?(?:即|分别是|就是)[：:，]?)([^。；\n]{3,60})(?=[。；\n]|$)"
)
_SHARED = lazy(r"([两二三四五六七八九十])(个|种|大|项)([\u4e00-\u9fff]{2,4})[”」]?$")
_LONGEST_LIST = 120
_JOINED = lazy("[、，；,;和与及等]|简称|以下|下同|[见指含]")
_NO_COUNT = lazy("^[一二三四五六七八九十·.月日年季]|[月日年]$")
_NUMERAL = lazy("[一二两三四五六七八九十]")
_NUMERALS = frozenset("二两双三四五六七八九十")
_COLONS = frozenset("：:即是")
_ONES = ("一", "一批")
_ENUMERATED = lazy(r"一是|[（(]一[）)]|1[.．、]|①|第一[，、]|首先[，、]|其一")


def points(text: Text, _: Settings) -> Iterator[Hit]:
    """S007: 讲三点意见 is followed by three."""
    frame = skeleton(text)
    prose = text.prose
    rows = {text.row(at) for unit in _UNITS for at in text.find(unit) if prose[at - 1 : at] in _NUMBERS}
    for match in (match for row in sorted(rows) for match in _PROMISE.finditer(prose, *text.bounds(row))):
        speaks = _SPEAKS.search(prose[max(match.start() - _LONGEST_LEAD, 0) : match.start()])
        promised = value(match[1])
        if not speaks or not promised or match[0][-1] == "条" or prose.startswith("了", match.end()):
            continue
        at = match.start() - len(speaks[0])
        before = prose[frame.sentence(at)[0] : match.start()]
        if not (_MINE.search(before) or before.strip() == speaks[0].strip()) or _THEIRS.search(before):
            continue
        found = _following(frame, match.end(), promised)
        if found and found[0] != promised:
            count, first, last = found
            message = f"说的是{match[1]}{_unit(match[0])}，后面有{count}{_unit(match[0])}（“{first}”到“{last}”）"
            yield Hit(at, match.end(), message, level=Level.INFO if frame.cut and count < promised else None)


def _unit(said: str) -> str:
    for unit in ("个方面", "方面", "个问题", "个意思", "句话", "件事", "条"):
        if unit in said:
            return unit
    return "点"


def _following(frame: Skeleton, at: int, promised: int) -> tuple[int, str, str] | None:
    """(number, first and last mark) of the list that a promise announces: headings, or counting words beside it."""
    above = frame.above(at)
    parent = above[0] if above else None
    limit = frame.home(parent)[0].scope(frame.home(parent)[1])[1] if parent else len(frame.prose)
    line_end = frame.line(at)[1]
    here = frame.steps_between(at, line_end)
    if len(here) > 1 or (here and here[0].family != "首先"):
        found = _counted(frame, at, min(limit, frame.section(at)[1]), promised)
        if found:
            return found
    first = next((each for each in frame.headings_between(at, limit) if each.ordinal == 1), None)
    if not first:
        return _counted(frame, at, min(limit, frame.section(at)[1]), promised)
    run = frame.run(line_end, first.start)
    own = bool(run) and run[0].family != "首先" and frame.prose[run[0].start - 1] in "\n \u3000"
    # 第一，…… may have headings of its own below it
    found = _counted(frame, line_end, limit if own else first.start, promised)
    if found:
        return found
    headings = frame.home(first)[0].headings
    return len(headings), _written(frame, headings[0]), _written(frame, headings[-1])


def _counted(frame: Skeleton, start: int, end: int, promised: int) -> tuple[int, str, str] | None:
    """The same of the first run of counting words, None where fewer than two stand there."""
    runs = (frame.run(start, end), frame.run(start, end, through=True))
    run = next((run for run in runs if len(run) == promised), runs[0])
    return (len(run), _said(frame, run[0]), _said(frame, run[-1])) if len(run) > 1 else None


def _said(frame: Skeleton, step: Step) -> str:
    return frame.prose[step.start : step.end]


def _written(frame: Skeleton, heading: Heading) -> str:
    return frame.prose[heading.start : heading.text_start].strip()


def listed(text: Text, _: Settings) -> Iterator[Hit]:
    """S008: 以下三项：A、B、C has three, and so has what is counted out right after 做好三项工作。"""
    frame = skeleton(text)
    told = set()
    for match in _LISTED.finditer(text.prose):
        count = value(match[1])
        end = _sentence_end(text.prose, match.end())
        if not count or end - match.end() > _LONGEST_LIST:
            continue
        stretch = text.prose[match.end() : end]
        if not stretch.strip() or _ENUMERATED.match(stretch):
            found = _following(frame, match.end(), count)
            counts = (
                {found[0]}
                if found and text.prose[match.end() : end + _NEAREST].lstrip().startswith(found[1])
                else set()
            )
            told.add(text.row(match.start()))
        else:
            counts = _counts(stretch)
        if counts and count not in counts:
            level = Level.INFO if frame.cut and max(counts) < count else None
            yield Hit(*match.span(), f"说的是{match[1]}项，后面列了{_spoken(counts)}项", level=level)
    for step in frame.steps:
        if step.ordinal == 1 and step.family != "首先":
            end = frame.section(step.start)[1]
            counts = {len(frame.run(step.start, end)), len(frame.run(step.start, end, through=True))}
            last = _said(frame, frame.run(step.start, end)[-1])
            yield from _announced(text, step.start, told, counts, last, cut=frame.cut)
    for siblings in frame.lists:
        first, final = siblings.headings[0], siblings.headings[-1]
        if first.ordinal == 1 and final.ordinal == len(siblings.headings):
            last = _written(frame, final)
            yield from _announced(text, first.start, told, {final.ordinal}, last, cut=frame.cut)


def _announced(text: Text, at: int, told: set[int], counts: set[int], last: str, *, cut: bool = False) -> Iterator[Hit]:
    """A number right before the first item of a list, compared with the number of the items."""
    match = _ANNOUNCED.search(text.prose, max(at - _NEAREST, 0), at)
    if not match or max(counts) < 2 or text.row(match.start()) in told:
        return
    before = text.prose[max(match.start() - _LONGEST_LEAD, 0) : match.start()]
    count = value(match[1])
    if match[3] != "：" and before.endswith(_TOLD):
        return  # 办了两件实事。 tells what was done
    if count and count > 1 and count not in counts and not _REFERS.search(before) and not _SPEAKS.search(before):
        message = f"说的是{match[1]}{match[2]}，后面列了{min(counts)}{match[2]}（到“{last}”）"
        level = Level.INFO if cut and max(counts) < count else Level.WARNING
        yield Hit(match.start(1), match.end(2), message, level=level)


def _sentence_end(prose: str, start: int) -> int:
    last = start + _LONGEST_LIST + 1
    ends = [end for end in (prose.find(mark, start, last) for mark in "。！？\n") if end >= 0]
    return min(ends, default=min(last, len(prose)))


def _spoken(counts: set[int]) -> str:
    return "或".join(map(str, sorted(counts)))


def _counts(list_: str) -> set[int]:
    """How many members a list may have; empty where that is not certain."""
    flat = _flat(list_)
    if _ENUMERATED.search(flat):
        return set()
    if "；" in flat or ";" in flat:
        return {len([part for part in re.split("[；;]", flat) if part.strip()])}
    if "，" in flat or "," in flat or "、" not in flat:
        return set()
    parts = flat.rstrip("等 ").split("、")
    if any(len(part) > 20 for part in parts) or "等" in flat[-3:]:
        return set()
    joined = len(re.findall("[和与及]", parts[-1]))
    return set(range(len(parts), len(parts) + joined + 1))


def _flat(text: str) -> str:
    """The text with all that stands in brackets, quotes and titles as one character each."""
    depth, flat = 0, []
    for char in text:
        if char in _OPEN:
            depth += 1
            if depth == 1:
                flat.append("＊")
        elif char in _CLOSE and depth:
            depth -= 1
        elif not depth:
            flat.append(char)
    return "".join(flat)


def members(text: Text, _: Settings) -> Iterator[Hit]:
    """S009: “四送”（…） has four."""
    prose = text.prose
    for bracket in _BRACKET.finditer(prose):
        before = prose[max(bracket.start() - _LONGEST_NAME, 0) : bracket.start()]
        named = None if _NUMERALS.isdisjoint(before) else _NAMED.search(before)
        if named:
            start = bracket.start() - len(named[0])
            number, unit, name = named.groups()[:3] if named[1] else named.groups()[3:]
            yield from _compared(number, unit, name, bracket[1], start, bracket.end())
    last = 0
    for at in sorted(at for numeral in _NUMERALS for at in text.find("“" + numeral)):
        colon = at >= last and not _COLONS.isdisjoint(prose[at : at + _LONGEST_NAME])
        match = _SPELT_OUT.match(prose, at) if colon else None
        last = match.end() if match else last
        if match and "，" not in match[4]:
            yield from _compared(match[1], match[2], match[3], match[4], *match.span())
    for end in (at for mark in "：:" for at in text.find(mark)):
        before = prose[max(end - 8, 0) : end]
        named = None if _NUMERALS.isdisjoint(before) else _SHARED.search(before)
        if named:
            yield from _alike(prose, named, end)


def _alike(prose: str, named: re.Match[str], colon: int) -> Iterator[Hit]:
    """五个坚持：坚持……，坚持…… where every member begins, or every one ends, with the word that is counted."""
    near = prose[colon + 1 : colon + 2 + _LONGEST_LIST]
    end = colon + 1 + _sentence_end(near, 0)
    list_ = prose[colon + 1 : end].strip()
    parts = [part.strip("”“ ") for part in re.split("[，；、,;]", list_) if part.strip()]
    if len(parts) < 2 or len(list_) > _LONGEST_LIST or list_.endswith("等"):
        return
    word = named[3] if all(named[3] in part for part in parts) else named[3][-2:]
    if not (all(part.startswith(word) for part in parts) or all(part.endswith(word) for part in parts)):
        return
    count = value(named[1])
    if count and count not in (len(parts), list_.count(word)) and not prose.startswith(word, end + 1):
        start = colon - len(named[0])
        message = f"“{named[1]}{named[2]}{named[3]}”应有{count}项，列了{len(parts)}项"
        yield Hit(start, colon, message)


def _compared(number: str, unit: str, name: str, list_: str, start: int, end: int) -> Iterator[Hit]:
    count = 2 if number == "双" else value(number)
    ones = unit == "个" and name in _ONES  # 三个一, 五个一批
    if not count or (not ones and _NO_COUNT.search(name)):
        return
    wanted = {count}
    others = [] if ones else [value(each) or 0 for each in _NUMERAL.findall(name.replace("一体", ""))]
    if others and number == "双":
        return  # 双措并举、二次覆盖 are not counted together
    if others:
        wanted = {count + sum(others)}  # 三重一大, 两不愁三保障
        if others == [count]:
            wanted.add(count)  # 三比三看: 比学习看素质、……
    found = _member_counts(list_)
    if not found and len(name) > 1 and name[-2:] in list_ and not _JOINED.search(list_):
        found = {1}
    if found and not found & wanted:
        message = f"“{number}{unit}{name}”应有{_spoken(wanted)}项，列了{_spoken(found)}项"
        yield Hit(start, end, message)


def _member_counts(list_: str) -> set[int]:
    list_ = re.sub("^(?:即|分别是|是指|指|包括)[：:]?", "", list_)
    flat = _flat(list_)
    if re.search("^(?:不?含|其中|除|见|指的是)|简称|下同|以下|参见|见第|等$|……", flat):
        return set()
    counts = {len([part for part in flat.split(mark) if part.strip()]) for mark in "、；，,;" if mark in flat}
    if not counts:
        return set()
    counts.add(len([part for part in re.split("[、；，,;]", flat) if part.strip()]))
    last = re.split("[、；，,;]", flat)[-1]
    if re.search("[和与及]", last):
        counts.add(max(counts) + 1)
    return counts
