"""What a brief says of the whole speech: occasion, unit, speaker, meeting, work, level; guessed from the old text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from drafter.brief import DataPath
    from drafter.library import Library, Occasion
    from drafter.read.brief_sections import Front

__all__ = ["front_data", "guess_occasion", "signature"]

_MEETING = re.compile(
    r"^(?:.{0,14}?同志)?在(?P<meeting>.{4,50}?)(?:会议?|仪式|活动|大会)?上的?(?:讲话|致辞|发言|主持词|讲话提纲|表态发言)"
)
_UNIT = re.compile(
    r"(?P<name>[\u4e00-\u9fff*×xX]{0,12}?(?:总工会|工会联合会|工会委员会|集团公司工会|公司工会|工会|委员会))"
)
_NO_NAME = re.compile("深入|推进|加强|关于|进一步|扎实|切实|努力|全面|做好|创新|如何|浅|试|最新|[市县区]?工会$")
_LEVELS = (
    ("全国", "中华全国|全国总工会|^全总"),
    ("自治区", "自治区"),
    ("省", "省"),
    ("市", "市"),
    ("县", "县"),
    ("区", "区"),
    ("乡镇", "镇|乡"),
    ("街道", "街道"),
    ("企业", "公司|集团|企业|厂"),
)
_POST = re.compile(
    r"(?P<post>.*(?:主席|书记|主任|委员|部长|局长|厅长|处长|科长|会长|经理|董事长|理事长|秘书长|厂长|院长|校长|组长|总裁"
    r"|[省市县区州镇乡]长))[\s　]*(?P<name>[\u4e00-\u9fff×xX*＊]{2,4}(?:同志)?)"
)
_DATE = re.compile(r"^[（(]?\s?([12]\d{3})年(\d{1,2})月(\d{1,2})日\s?[）)]?$")
_WORK = re.compile(r"[\u4e00-\u9fff]{2,14}工作")
_BY_GENRE = {"plan": "年度计划", "summary": "工作总结", "essay": "调研思考", "letter": "慰问信"}
_KINDS = (
    ("现场", "现场会"),
    ("推进", "推进会"),
    ("动员", "动员会"),
    ("表彰|颁奖", "表彰会"),
    ("五一|国际劳动节", "五一庆祝"),
    ("座谈", "座谈会"),
    ("开班|培训", "培训班开班"),
    ("换届|代表大会|职代会|全委会|闭幕|开幕", "换届代表大会"),
    ("竞赛|比赛|启动仪式|运动会", "竞赛启动"),
    ("签约|揭牌|开工|落成", "签约揭牌"),
    ("慰问|感谢信", "慰问信"),
    ("主持词|主持", "主持词"),
    ("表态", "表态发言"),
    ("述职", "述职报告"),
    ("交流|典型|经验", "经验交流"),
    ("总结(?:大?会|讲话)", "总结会"),
    ("部署|工作会议|全会|会议", "部署会"),
    ("调研|督导", "调研座谈"),
    ("计划|要点", "年度计划"),
    ("总结|报告", "工作总结"),
    ("思考|探析|研究|浅谈", "调研思考"),
)


def guess_occasion(title: str, genre: str, library: Library, *, greeted: bool) -> tuple[Occasion, str]:
    """(occasion, question): by the words of the title, else by the kind of text; the question is for the user.

    greeted  the source has a salutation; an occasion that agrees is preferred, that none is invented or lost
    """
    named = [name for words, name in _KINDS if re.search(words, title)]
    if genre in _BY_GENRE and not greeted:
        named.insert(0, _BY_GENRE[genre])
    known = {occasion.title: occasion for occasion in library.occasions}
    options = [known[name] for name in dict.fromkeys(named) if name in known]
    fitting = [option for option in options if bool(option.front["salutation"]) == greeted]
    others = "、".join(option.title for option in options[1:4])
    if fitting:
        sure = fitting[0] is options[0]
        return fitting[0], "" if sure and not others else f"场合是从标题看的，也可能是：{others or '通用'}"
    fallback = library.occasion("drafter.general") if greeted else _without_salutation(library, genre)
    return fallback, "从标题看不出是什么场合，请改成合适的（drafter library list 列出全部）"


def _without_salutation(library: Library, genre: str) -> Occasion:
    options = [occasion for occasion in library.occasions if not occasion.front["salutation"]]
    return next((option for option in options if option.genre == genre), options[-1])


def front_data(
    front: Front, occasion: Occasion, topic: str, *, exact: bool = False
) -> tuple[dict[str, Any], dict[DataPath, str], list[str]]:
    """(data, comments, what of the front matter the occasion has no place for, as lines of text).

    exact  date and speaker are to stand as in the source, without brackets or a space of our own
    """
    data: dict[str, Any] = {"场合": occasion.title}
    comments: dict[DataPath, str] = {}
    left: list[str] = []
    title = "".join(front.title)
    lined = bool(occasion.front["dateline"])
    date = front.meta.get("date")
    if date and not _put_date(data, date.text, lined, exact):
        left.append(date.text)
    speaker = front.meta.get("speaker")
    if speaker and lined:
        data["讲话人"] = _speaker(speaker.text.strip("（）()"), exact)
        comments["讲话人",] = "讲话人照旧稿，请核对"
    elif speaker:
        left.append(speaker.text)
    left += [paragraph.text for kind, paragraph in front.meta.items() if kind not in ("date", "speaker")]
    unit = _unit(title, front)
    if unit:
        level = next((name for name, words in _LEVELS if re.search(words, unit)), "")
        data["单位"] = {"名称": unit, **({"层级": level} if level else {})}
        comments["单位",] = "单位从标题、落款看来，请核对"
    if meeting := _meeting(title):
        data["会议"] = meeting
    if topic or (work := _work(title)):
        data["工作"] = topic or work
        comments["工作",] = "从旧稿看的，请核对"
    if title:
        data["标题"] = title
        comments["标题",] = "照旧稿的标题：年份、会议名称记得改；删掉这一行，由程序按会议拟"
    if front.salutation:
        texts = [paragraph.text.rstrip("：:") for paragraph in front.salutation]
        data["称谓"] = texts[0]
        left += [paragraph.text for paragraph in front.salutation[1:]]
        if not front.salutation[0].text.endswith(("：", ":")):
            comments["称谓",] = f"原文是“{front.salutation[0].text}”，文稿里用冒号"
    return data, comments, left


def _speaker(text: str, exact: bool) -> dict[str, str]:
    """Post and name; a space between them may have gone with the other spaces of the line."""
    match = _POST.fullmatch(text)
    if match and not exact:
        return {"职务": match["post"], "姓名": match["name"]}
    *post, name = re.split(r"[\s　]+", text, maxsplit=1)
    return {"职务": post[0], "姓名": name} if post else {"姓名": name}


def _put_date(data: dict[str, Any], text: str, lined: bool, exact: bool) -> bool:
    match = _DATE.match(text)
    if not match:
        return False
    year, month, day = map(int, match.groups())
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return False
    if exact and lined and not text.startswith(("（", "(")):
        return False
    data["日期"] = f"{year:04}-{month:02}-{day:02}"
    return lined


def _unit(title: str, front: Front) -> str:
    signed = [p.text for p in front.signature if not re.search(r"\d|年", p.text)]
    if signed:
        return signed[0].strip()
    at = title.find("在")
    match = _UNIT.match(title[:at] if at > 0 else title) if at != 0 else None
    speaker = front.meta.get("speaker")
    if not match and speaker:
        match = _UNIT.match(speaker.text.strip("（）()"))
    return match["name"] if match and len(match["name"]) > 3 and not _NO_NAME.match(match["name"]) else ""


def _meeting(title: str) -> str:
    match = _MEETING.match(title)
    if not match:
        return ""
    end = re.search("上的?(?:讲话|致辞|发言|主持词|表态)", title)
    start = title.index("在") + 1
    return title[start : end.start()] if end else ""


def _work(title: str) -> str:
    plain = re.sub(r"[12]\d{3}年度?|全[国省市县区州]|关于|在", "", title)
    match = _WORK.search(plain)
    return re.sub(r"^.*(?:总工会|工会委员会)(?=.{2})", "", match[0]) if match else ""


def signature(front: Front, occasion: Occasion, data: Mapping[str, Any]) -> list[str]:
    """Lines of a signature that the occasion will not print of itself."""
    if occasion.front["signature"] and data.get("单位") and data.get("日期"):
        return [p.text for p in front.signature if p.text not in _printed(data)]
    return [paragraph.text for paragraph in front.signature]


def _printed(data: Mapping[str, Any]) -> tuple[str, ...]:
    year, month, day = (int(part) for part in str(data["日期"]).split("-"))
    return (data["单位"]["名称"], f"{year}年{month}月{day}日")
