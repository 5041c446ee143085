"""What templates, web pages, scanners and broken encodings leave behind in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from drafter.check.finding import Edit, FixKind, Hit, Level
from drafter.check.lazy import lazy
from drafter.chinese.script import traditional

if TYPE_CHECKING:
    from drafter.check.settings import Settings
    from drafter.check.text import Text

__all__ = ["blanks", "censored", "entities", "glyphs", "invisible", "noise", "pictures", "pinyin"]

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"

_GAP = "【待补"
_GAPS = lazy("【待补(?:：([^】\n]{0,40}))?】")
_MOST_NAMED = 5
_SIGNED = lazy("(?:签[字名章]|盖章|公章|填[表报写]日期|申请日期)[）)]?[：:][^\n]*$")
_LATIN = lazy("[A-Za-z]")
_BLANKS = (
    (("XX", "Xx", "xx", "ＸＸ", "××", "✕✕", "＊＊"), lazy("[XxＸ×✕＊]{2,}"), None),
    (("年X", "年x", "年×", "年Ｘ", "月X", "月x", "月×", "月Ｘ"), lazy("[年月][XxＸ×](?=[月日])"), None),
    (("某某",), lazy("某某+"), None),
    (("某市", "某县", "某区", "某省"), lazy("(?<!某)某[省市县区](?!的?一)"), Level.INFO),
    (("___", "＿＿"), lazy("_{3,}|＿{2,}"), None),
    (("【】", "【 ", "【\u3000"), lazy("【[ \u3000]*】"), None),
    (("（）", "（ ", "（\u3000"), lazy("（[ \u3000]*）"), None),
    (("{{",), lazy(r"\{\{[^{}\n]*\}\}"), None),
    (("待补充", "待定稿"), lazy("待补充|待定稿"), None),
    (("此处",), lazy("此处(?:插入|填写|补充|省略|略(?=[）)。]))"), None),
    (("TODO", "TBD"), lazy(r"\b(?:TODO|TBD)\b"), None),
    (("年 ", "年\u3000", "年月"), lazy("年[ \u3000]+月[ \u3000]+日|(?<=[0-9])年[ \u3000]*月[ \u3000]*日"), None),
    (("〔〕", "〔 ", "〔\u3000", "〕 ", "〕\u3000"), lazy("〔[ \u3000]*〕|〕[ \u3000]+号"), None),
    (("X号", "x号", "×号", "Ｘ号"), lazy("(?<=〕)[XxＸ×]号"), None),
    (("X%", "x%", "×%", "Ｘ%", "X％", "×％"), lazy("(?<![0-9A-Za-z])[XxＸ×][%％]"), None),
    (("X年", "x年", "×年", "Ｘ年"), lazy("(?<=[0-9〇○零一二])[XxＸ×](?=年)"), None),
    (("__",), lazy(r"(?<=[\u4e00-\u9fff])__(?=[%％户人家个万元年月日名次件项])"), None),
    (("○○", "〇〇"), lazy("(?<![一二三四五六七八九十0-9])[○〇]{2,}(?![一二三四五六七八九年后])"), None),
    (("□□",), lazy("□{2,}"), None),
    (("请输入", "请填写"), lazy("请(?:输入|填写)(?:标题|内容|姓名|单位|文字|正文|日期)(?:名称)?"), None),
    (
        (
            "名称】",
            "名称]",
            "名称）",
            "名称>",
            "名称}",
            "姓名】",
            "姓名]",
            "姓名）",
            "全称】",
            "全称]",
            "[填写",
            "【填写",
            "${",
        ),
        lazy(
            r"[\[【（{<＜](?:请填写|填写)?(?:单位|公司|部门|会议|领导|活动)(?:名称|全称|姓名)[\]】）}>＞]"
            r"|[\[【]填写[^\]】\n]{1,10}[\]】]|\$\{\w{1,20}\}"
        ),
        None,
    ),
    (
        ("   ", "\u3000\u3000\u3000"),
        lazy("[ \u3000](?<=[\u4e00-\u9fff].)[ \u3000]{2,}(?=(?:家|人|户|名|个|次|件|万元|项|场)(?:[，。；、]|$))"),
        None,
    ),
    (("某领导", "某同志", "某单位"), lazy("某(?:领导|同志|单位)"), Level.INFO),
)


def blanks(text: Text, settings: Settings) -> Iterator[Hit]:
    """S012: blanks that nobody filled. Those that drafter marks itself are told once, as an info."""
    if text.has(_GAP):
        yield from _gaps(text)
    prose = text.prose
    for literals, shape, level in _BLANKS:
        if not any(text.has(literal) for literal in literals):
            continue
        for match in shape.finditer(prose):
            start, end = match.span()
            around = prose[max(start - 1, 0) : start] + prose[end : end + 1]
            if _LATIN.search(around) and _LATIN.match(match[0]):
                continue  # a part of a word
            if prose[max(start - 3, 0) : start] == "同志为" or _SIGNED.search(prose[max(start - 12, 0) : start]):
                continue  # S025; a line to sign on stays empty
            yield Hit(start, end, level=Level.INFO if settings.stage == "草稿" else level)


def _gaps(text: Text) -> Iterator[Hit]:
    gaps = list(_GAPS.finditer(text.prose))
    if gaps:
        names = list(dict.fromkeys(match[1] for match in gaps if match[1]))
        shown = "、".join(names[:_MOST_NAMED]) + ("等" if len(names) > _MOST_NAMED else "")
        message = f"有{len(gaps)}处等着补：{shown}" if shown else f"有{len(gaps)}处等着补"
        yield Hit(*gaps[0].span(), f"{message}，补齐后再定稿", level=Level.INFO)


def glyphs(text: Text, _: Settings) -> Iterator[Hit]:
    """S018: traditional characters; a paragraph that is full of them is one finding."""
    pairs = traditional(text.characters)
    places = [match.start() for match in re.finditer(f"[{''.join(pairs)}]", text.prose)] if pairs else []
    if doubtful := text.characters & _IN_WORDS.keys():
        found_in = (match.start() for match in re.finditer(f"[{''.join(doubtful)}]", text.prose))
        places = sorted({*places, *(at for at in found_in if _WORDS.match(text.prose, at))})
        pairs = {**_IN_WORDS, **pairs}
    rows: dict[int, list[int]] = {}
    for at in places:
        rows.setdefault(text.row(at), []).append(at)
    for row, found in rows.items():
        edits = tuple(Edit(at, at + 1, pairs[text.prose[at]]) for at in found)
        start, end = text.bounds(row)
        if len(found) * 20 < end - start or len(found) < 3:
            for edit in edits:
                message = f"“{text.prose[edit.start]}”是繁体字，应为“{edit.text}”"
                yield Hit(edit.start, edit.end, message, (edit,))
            continue
        loose = [e for e in edits if not text.quoted.touch(e.start, e.end) and not text.titled.touch(e.start, e.end)]
        yield Hit(found[0], found[-1] + 1, f"这一段有{len(found)}个繁体字，应改为简体字", tuple(loose))


_IN_WORDS = dict(zip("後於瞭佈佔採夥餘徵麼麽鍾乾著", "后于了布占采伙余征么么钟干着", strict=True))
_WORDS = lazy(
    r"(?<=[以之今最然前先背落年月日天会])後(?!藤)|後(?=[勤来面续期果代方退台卫备顾援])|於(?=[是此今])|(?<=[由关对至属处位等大小高低基善勇敢易便在])於"
    r"|瞭(?=[解如])|(?<=明)瞭|(?<=[公发宣散颁分])佈|佈(?=[置局告])|佔(?=[有领据全总比])|採(?=[取用购访集纳])|夥(?=伴)|(?<=[合大])夥"
    r"|餘(?=[额地款])|(?<=[其剩业])餘|徵(?=[求集收文订兵税])|(?<=[象特])徵|(?<=[什甚怎那这要多])[麼麽]|(?<=分)鍾|鍾(?=头)"
    r"|乾(?=[淨净燥杯])|(?<=饼)乾|(?<=[看听跟随沿顺围接拿有意味朝向抓])著(?![名作书述录称者译])"
)
"""Characters that names and set words of simplified texts have too: only in words where they are wrong."""


_TONES = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ")
_PINYIN = lazy(rf"(?<=[{_HAN}])[（(][ ]?[a-zɡɑêüńňǹḿāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{{1,6}}[ ]?[）)]")


def pinyin(text: Text, _: Settings) -> Iterator[Hit]:
    """S019: pinyin in brackets after a character."""
    if text.characters.isdisjoint(_TONES):
        return
    for match in _PINYIN.finditer(text.prose):
        if not _TONES.isdisjoint(match[0]):
            yield Hit(*match.span(), edits=(Edit(*match.span(), ""),))


_ENTITY = lazy(
    r"&(?:nbsp|ldquo|rdquo|lsquo|rsquo|hellip|mdash|ndash|middot|amp|lt|gt|quot|emsp|ensp|bull|times|laquo|raquo|deg|copy|reg|"
    r"yen|sect|thinsp|zwnj|rarr|larr|le|ge|apos|bdquo|sbquo|permil|yuml|divide|plusmn);"
    r"|&#(?:\d{2,6}|x[0-9A-Fa-f]{2,5});"
    r"|</?(?:p|br|div|span|strong|em|b|i|u|font|table|tbody|thead|tr|td|th|a|img|ul|ol|li|h[1-6]"
    r"|center|section|article|blockquote|sup|sub|hr|pre|o:p|st1:\w+|script|style|iframe|label|input)(?:\s[^<>\n]{0,200})?/?>"
)


def entities(text: Text, _: Settings) -> Iterator[Hit]:
    """S020: HTML in a text."""
    if "&" not in text.characters and "<" not in text.characters:
        return
    import html

    for match in _ENTITY.finditer(text.prose):
        better = "" if match[0][0] == "<" else html.unescape(match[0]).replace("\xa0", " ")
        better = "" if better in "\u2002\u2003\u2009\u200c " else better
        message = f"网页代码“{match[0]}”" + (f"，应为“{better}”" if better else "，应删去")
        yield Hit(*match.span(), message, (Edit(*match.span(), better),))


_INVISIBLE = (
    "\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff\xad\u2028\u2029"
)
_UNSEEN = lazy(f"[{_INVISIBLE}]+|[\ue000-\uf8ff\ufffd]+")


def invisible(text: Text, _: Settings) -> Iterator[Hit]:
    """S022: characters that cannot be seen, and those that stand for a lost one."""
    characters = text.characters
    if characters.isdisjoint(_INVISIBLE) and "\ufffd" not in characters and not any(
        "\ue000" <= each <= "\uf8ff" for each in characters
    ):  # fmt: skip
        return
    for match in _UNSEEN.finditer(text.prose):
        start, end = match.span()
        if match[0][0] in _INVISIBLE:
            codes = "、".join(dict.fromkeys(f"U+{ord(char):04X}" for char in match[0]))
            yield Hit(start, end, f"看不见的字符（{codes}），应删去", (Edit(start, end, ""),))
        else:
            what = "乱码" if match[0][0] == "\ufffd" else "字体私用"
            yield Hit(start, end, f"{what}字符（U+{ord(match[0][0]):04X}），原来的字已丢失，请查原文补上")


_NOISE = lazy(r"[!-~] {1,2}[!-~]{1,2}(?: {1,2}[!-~]{1,3}){2,} ?")
_SIGNS = lazy(r"[!-/:-@\[-`{-~]")


def noise(text: Text, _: Settings) -> Iterator[Hit]:
    """S024: what a forum mixes into a text against copying."""
    if " " not in text.characters:
        return
    prose = text.prose
    for match in _NOISE.finditer(prose):
        start, end = match.span()
        before = prose[start - 1 : start] if start else ""
        if before == " ":
            before, start = prose[start - 2 : start - 1], start - 1
        if not before or before.isascii() or len(_SIGNS.findall(match[0])) < 2:
            continue
        yield Hit(start, end, edits=(Edit(start, end, ""),))


_CENSORED = lazy(r"同志为[XxＸ×*＊]{2,}|\*{2,}|习[×*＊](?=平|主席|总书记)")
_BESIDE = lazy(f"[{_HAN}“”（）]")
_BOLD = lazy(r"\*\*[^*\n]+\*\*|\*\*\*[^*\n]+\*\*\*")
_BOLD_LINE = lazy(r"^[ \t\u3000]*\*\*[^*\n]+\*\*[ \t]*$", re.MULTILINE)


def censored(text: Text, _: Settings) -> Iterator[Hit]:
    """S025: marks in the place of a name or a year; pairs of ** are bold type in markdown, or round a whole line."""
    shape = _BOLD if text.kind == "md" else _BOLD_LINE
    bold = [match.span() for match in shape.finditer(text.prose)]
    for match in _CENSORED.finditer(text.prose):
        first, last = match.span()
        beside = text.prose[max(first - 2, 0) : first].rstrip(" ")[-1:] + text.prose[last : last + 2].lstrip(" ")[:1]
        if any(start <= first < end for start, end in bold) or not _BESIDE.search(beside + match[0][:1]):
            continue
        yield Hit(first, last)


_PICTURES = lazy(
    "[\u25a0\u25b2\u25bc\u25c6\u25c7\u25cf\u203b\u32a3\u2600-\u27bf\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff][\ufe0f\u200d\u2600-\u27bf\U0001f300-\U0001faff]*"
)
_DINGBATS = frozenset("■▲▼◆◇●※㊣").union(map(chr, range(0x2600, 0x27C0)))


def pictures(text: Text, _: Settings) -> Iterator[Hit]:
    """S027: emoji and dingbats."""
    if text.characters.isdisjoint(_DINGBATS) and max(text.characters, default="") < "\U0001f1e6":
        return
    for match in _PICTURES.finditer(text.prose):
        yield Hit(*match.span(), edits=(Edit(*match.span(), ""),), fix=FixKind.SUGGESTED)
