"""The facts of an old text, each with its place: figures, targets, dates, bodies, persons, documents, brands, blanks.

An old text proves nothing about this year: whoever lifts a fact out of it marks it as not verified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.read._result import Imported

__all__ = ["FACT_KINDS", "MASK", "Fact", "brands", "digits", "facts", "facts_in", "fill_blanks", "years"]

FACT_KINDS = {
    "figure": "数据",
    "target": "目标",
    "date": "日期",
    "organisation": "单位",
    "person": "人名",
    "document": "文件",
    "brand": "品牌",
    "blank": "留空",
}
"""Kinds of facts, code and Chinese name."""

RELATIONS = (
    "达到|超过|突破|不低于|不少于|不高于|不足|低于|高于|新增|增长|增加|提高|上升|下降|减少|降低|占|为|超|达|共|近|约"
)
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?|百分之[零一二三四五六七八九十百点]+"
_UNIT = (
    "%|‰|％|个百分点|[多余]?(?:万|亿|千|百)?(?:元|人次|人|名|户|家|个|件|份|次|场|期|项|条|起|门|本|套|支|台|所|处|吨|公里|平方米"
    "|亩|周岁|岁|天|小时|倍|位|批|类|篇|册|对|间|座|级|成)|[万亿]"
)
FIGURE = re.compile(rf"(?P<value>{_NUMBER})(?P<unit>{_UNIT})?")
DATE = re.compile(
    r"(?:[12１２]\d{3}年(?:\d{1,2}月(?:\d{1,2}日)?|底|末|初|上半年|下半年)?|\d{1,2}月(?:\d{1,2}日|底|末|初|份|[上中下]旬)"
    rf"|[12]\d{{3}}[-—–－至~～](?:[12]\d{{3}}(?:年|(?!\d|[多余]|{_UNIT}))|\*+年度?)"
    r"|[12]\d{3}年度|[一二三四]季度)"
    r"(?:[-—–至到](?:\d{1,2}月)?\d{1,2}日)?"
)
MASK = re.compile(
    r"20[xX×*＊○〇]{1,2}|[xX×]{2,}|(?<![A-Za-z])[xX](?=[市县区省镇年月日])|[*＊]{2,}|☆{1,}|_{3,}|×+|[Ｘ]{1,}|(?<=[，。；、])\.(?=[万亿]?元|%)"
)
_PERIOD = re.compile(
    r"近年来|今年以来|去年以来|一年来|[近过][一二三四五六两几]年来?|\d+年来|今年|去年|全年|上半年|下半年|目前|截至[^，。]{2,12}"
    r"|[12]\d{3}年(?:以来|起|底)?|“?十[一二三四五]五”?(?:期间|以来)"
)
_DEADLINE = re.compile(
    r"(?:到|在|至)?(?:(?:[12]\d{3}|今|明|本)年(?:年?底|末|内|\d{1,2}月底?)?|年(?:年?底|末|内))(?:以?前|之前)?"
)
_ORGANISATION = re.compile(
    r"(?:中华全国|全国|[\u4e00-\u9fff]{0,8}?(?:省|自治区|市|县|区|镇|街道|集团|公司))?"
    r"(?:总工会|工会联合会|工会委员会|人力资源和社会保障[厅局]|人社[厅局]|劳动局|教育局|司法局|财政局|人民法院|人民政府|市委|省委|县委|区委|妇联|团委)"
)
_PERSON = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{1,3}某{1,2}|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,3}(?=总书记|同志[，。、作在])"
    r"|(?<=主席|书记|市长|省长|县长|区长|部长|局长|主任)[\u4e00-\u9fff]{2,3}(?=同志|作[了重]|[指]出|强调|出席)"
)
_LEADING = re.compile(r"^.*?(?:按照|以及|会同|联合|通过|代表|[和在由向对与为的是及把让使请])(?=[\u4e00-\u9fff]{3})")
_DOCUMENT = re.compile(r"《([^《》\n]{2,60})》(?:（[^（）]{2,30}号）)?")
_BRAND = re.compile(r"“([^“”\n]{1,24})”")
_PARTS = re.compile(
    r"^[^。；]{0,8}?(?:即|由|包括|就是|是指)[“]?([^。；，]{2,60}?)(?:[一二三四五六两]?(?:个?部分|项|方面)?(?:组成|构成)|[，。；])"
)
_ITEM = re.compile(r"(?:^|(?<=[：\n]))\s*[（(]?\d{1,2}(?:[、．）)]|\.(?!\d))")  # 1、 （2） 3. at the start of an item
_NO_FIGURE = re.compile(r"[+届]|年(?:以?来)")
_IN_A_WORD = re.compile(r"[第A-Za-z+\-]")
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?")
_CLAUSE_START = re.compile(r"[，、：；（“]")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the source and where it stands.

    text       as it reads there (85%, 2024年3月, 《工会法》, “四送”)
    line       physical line, from 1
    indicator  of a figure: what it counts; relation, value, unit: 超过 85 %
    period     of a figure: the time it is of; deadline: of a target
    parts      of a brand: what it is made of
    wanted     of a blank: what kind of thing is to be put there
    """

    kind: str
    text: str
    line: int
    start: int = 0
    indicator: str = ""
    relation: str = ""
    value: str = ""
    unit: str = ""
    period: str = ""
    deadline: str = ""
    parts: tuple[str, ...] = ()
    wanted: str = ""

    def __str__(self) -> str:
        about = "，".join(each for each in (self.period, self.indicator, self.deadline, self.wanted) if each)
        about += f"＝{'、'.join(self.parts)}" if self.parts else ""
        return f"{FACT_KINDS[self.kind]} {self.text}" + (f"（{about}）" if about else "")


def facts(imported: Imported) -> tuple[Fact, ...]:
    """All facts of the piece that was chosen, in the order of the text."""
    found: list[Fact] = []
    for passage in imported.passages:
        if passage.piece != imported.piece or passage.aside:
            continue
        text = passage.text.text
        place = [imported.lines.line(at) for at in passage.text.at]
        for fact in facts_in(text, passage.line):
            line = place[fact.start] if fact.start < len(place) else passage.line
            found.append(fact if line == fact.line else _at(fact, line))
    return tuple(found)


def facts_in(text: str, line: int = 0) -> tuple[Fact, ...]:
    """The facts of one stretch of text, in its order."""
    taken: list[tuple[int, int]] = []
    found = [*_blanks(text, line)]
    for match in DATE.finditer(text):
        taken.append(match.span())
        found.append(Fact("date", match[0], line, match.start()))
    found += (Fact("document", match[0], line, match.start()) for match in _DOCUMENT.finditer(text))
    for match in _BRAND.finditer(text):
        parts = _PARTS.match(text[match.end() :])
        inner = re.split("[、”“]+", parts[1].strip("“”")) if parts else []
        kept = tuple(part for part in inner if part) if len(inner) > 1 else ()
        found.append(Fact("brand", match[0], line, match.start(), parts=kept))
    found += _figures(text, line, taken)
    for match in _ORGANISATION.finditer(text):
        name = _LEADING.sub("", match[0])
        found.append(Fact("organisation", name, line, match.end() - len(name)))
    found += (Fact("person", match[0], line, match.start()) for match in _PERSON.finditer(text))
    return tuple(sorted(found, key=lambda fact: fact.start))


def digits(text: str) -> list[str]:
    """The runs of Arabic figures of a text, a thousands separator and a decimal point within them."""
    return re.findall(r"\d+(?:[,.]\d+)*", text)


def brands(text: str) -> list[str]:
    """What stands in quotation marks."""
    return re.findall("“([^“”]*)”", text)


def years(text: str) -> list[tuple[int, str]]:
    """Every place that names a year or a date, or counts from one: (offset, words)."""
    rule = re.compile(
        rf"{DATE.pattern}|(?<![\d,.])(?:19|20)\d{{2}}(?!\d|[,.]\d|[多余]|{_UNIT})|今年|去年|明年|本年度?|前年|上年|近[一二两三四五六]年来?|[过近]去?的?[一二三四五]年"
        r"|第?[一二三四五六七八九十]+届(?=[^，。]{0,4}[一二三四五六七八九十]中全会)|“?十[一二三四五]五”?|二十大|十[六七八九]大|\d+周年|20[xX×*]{2}年?"
    )
    return [(match.start(), match[0]) for match in rule.finditer(text)]


def fill_blanks(text: str) -> str:
    """Masked words as marked gaps: **年 → 【待补：年份】年."""
    for blank in reversed(_blanks(text, 0)):
        text = f"{text[: blank.start]}【待补：{blank.wanted}】{text[blank.start + len(blank.text) :]}"
    return text


def _blanks(text: str, line: int) -> list[Fact]:
    return [Fact("blank", m[0], line, m.start(), wanted=_wanted(text, *m.span())) for m in MASK.finditer(text)]


def _wanted(text: str, start: int, end: int) -> str:
    """What was masked, told by what stands beside it."""
    after = text[end : end + 4]
    if text[start:end].startswith("20") or after.startswith(("年", "—", "－", "年度")):
        return "年份"
    if after.startswith(("月", "日")):
        return "日期"
    if re.match(_UNIT, after) and not after.startswith(("级", "处", "期", "项", "成")):
        return "数据"
    if after.startswith(("同志", "主席", "书记", "市长", "县长")):
        return "姓名"
    if re.match("[省市县区镇乡村]|新区|街道|地区", after):
        return "地名"
    if re.match("工会|公司|集团|单位|局|学校|医院|企业", after):
        return "单位"
    return "名称"


def _figures(text: str, line: int, taken: list[tuple[int, int]]) -> Iterator[Fact]:
    items = {place for match in _ITEM.finditer(text) for place in range(*match.span())}
    for sentence in _SENTENCE.finditer(text):
        for match in FIGURE.finditer(sentence[0]):
            start = sentence.start() + match.start()
            if any(a <= start < b for a, b in taken) or _IN_A_WORD.search(text[max(0, start - 1) : start]):
                continue
            if _NO_FIGURE.match(text, start + len(match[0])) or start in items:
                continue
            before = sentence[0][: match.start()]
            indicator, relation = _indicator(before)
            period = [each[0] for each in _PERIOD.finditer(before)]
            deadline = [each[0] for each in _DEADLINE.finditer(before) if each[0].startswith(("到", "至", "在"))]
            aim = bool(re.search("要|力争|目标|确保|计划|达到", before)) and bool(deadline)
            value, unit = match["value"], match["unit"] or ""
            yield Fact(
                "target" if aim else "figure", match[0], line, start, indicator, relation, value, unit,
                period[-1] if period and not aim else "", deadline[-1] if aim else "",
            )  # fmt: skip


def _indicator(before: str) -> tuple[str, str]:
    """What a figure counts, from the words before it, and how it is said of it."""
    clause = _CLAUSE_START.split(before)[-1]
    relation = re.search(rf"(?:{RELATIONS})了?$", clause)
    words = clause[: relation.start()] if relation else clause
    words = re.sub(r"^.*\d[\d.,]*(?:万|亿)?[^\d]{0,3}(?=[\u4e00-\u9fff]{3})", "", words)
    words = re.sub(r"^(?:年|以来|的)+", "", words[-20:]).strip("的了（）“”")
    if len(words) < 2:
        clauses = [each for each in _CLAUSE_START.split(before)[:-1] if len(each) > 1]
        words = (clauses[-1][-16:] if clauses else "") + words
    return words, relation[0].rstrip("了") if relation else ""


def _at(fact: Fact, line: int) -> Fact:
    from dataclasses import replace

    return replace(fact, line=line)
