"""Traditional characters into simplified ones, and the words of Taiwan into those of the mainland.

Two kinds of pages are told apart. Mainland texts that a machine turned into traditional glyphs need the
glyphs alone (OpenCC t2s); texts converted the Taiwan way (資訊, 專案, 支援) need the words as well. For those there
is a table of what an office text may hold: OpenCC's own tw2sp is made for programs and turns 指標 into 指针 and
核心 into 内核. Each changed word goes into the report, since 支援 may have been 支援 to begin with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from drafter.chinese.script import ALSO_SIMPLIFIED, may_be_traditional, simplified

if TYPE_CHECKING:
    from drafter.read._result import Report
    from drafter.read._trace import Traced

__all__ = ["Script", "detect", "simplify"]

Script = str
"""`simplified`, `traditional` (glyphs only) or `taiwan` (glyphs and words)."""

_MARKERS = re.compile(
    "資訊|專案|支援|聯絡|網路|軟體|硬體|品質|藉助|孃家|併[科且在將]|徵文|裡|爲|緻[以力]|程式|行動電話|演算法|視訊|"
    "訊號|數位|智慧財產|計程車|透過|資料庫|螢幕|滑鼠|社羣|範文|麪|週[年末]|鬆懈|捨不得|使用者|物件|釋出|全域性"
)

# Words that only a text converted for Taiwan has, and what the mainland says. Words that both sides use with
# a sense of their own (建立, 核心, 文件, 程序, 指標, 新增, 智慧, 整合, 區域性) are left alone.
_WORDS = dict(
    pair.split("=")
    for pair in [
        "資訊保安=信息安全",
        "資訊科技=信息技术",
        "資訊化=信息化",
        "資訊=信息",
        "專案=项目",
        "支援=支持",
        "聯絡=联系",
        "網際網路=互联网",
        "網路=网络",
        "軟體=软件",
        "硬體=硬件",
        "人工智慧=人工智能",
        "程式=程序",
        "數位化=数字化",
        "數位=数字",
        "訊號=信号",
        "行動網路=移动网络",
        "行動通訊=移动通信",
        "行動電話=移动电话",
        "使用者=用户",
        "伺服器=服务器",
        "寬頻=宽带",
        "頻寬=带宽",
        "螢幕=屏幕",
        "視訊=视频",
        "簡訊=短信",
        "訊息=消息",
        "光碟=光盘",
        "硬碟=硬盘",
        "晶片=芯片",
        "鐳射=激光",
        "奈米=纳米",
        "塑膠=塑料",
        "計程車=出租车",
        "透過=通过",
        "搜尋=搜索",
        "列印=打印",
        "印表機=打印机",
        "許可權=权限",
        "物件=对象",
        "全域性=全局",
        "釋出=发布",
        "社羣=社区",
        "品質=质量",
        "影片=视频",
        "模組=模块",
        "影印=复印",
        "最佳化=优化",
        "部落格=博客",
        "登入=登录",
        "登出=注销",
        "儲存=保存",
        "線上=在线",
        "離線=脱机",
        "裝置=设备",
        "高階=高端",
        "低階=低级",
        "價效比=性价比",
        "連線=连接",
        "雲端計算=云计算",
        "乙太網=以太网",
        "觸控=触摸",
        "防毒=杀毒",
        "駭客=黑客",
        "資料庫=数据库",
        "大資料=大数据",
        "資料探勘=数据挖掘",
        "視覺化=可视化",
        "分散式=分布式",
    ]
)
_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
# The same signs, another word: 聯絡員 is one on both sides.
_SPARED = re.compile("聯絡[員員人點站部]|支援[隊部前]|高階[梯段]|物件[數清]|在線上|線上線下|企業品質")
# A computer file there, a record here: the words around it tell.
_FILE = re.compile("(?<=[印下轉制][發送定])檔案|(?<=政策)檔案|(?<=紅頭)檔案|(?<=》等)檔案|檔案(?=精神|要求|規定)")

# 著 that is no particle (著名, 显著).
_ZHU = re.compile("(?<![显卓名专原论编译昭巨土合遗土])著(?![名作称书述者录])")


def detect(text: str) -> Script:
    """The script of a whole text. One traditional character in fifty makes a text traditional."""
    counts = Counter(text)
    strange = [character for character in counts if may_be_traditional(character)]
    if not strange:
        return "simplified"
    changed = sum(counts[one] for one in strange if one not in ALSO_SIMPLIFIED and simplified(one) != one)
    han = sum(count for character, count in counts.items() if "\u4e00" <= character <= "\u9fff")
    if changed * 50 < han:
        return "simplified"
    return "taiwan" if len(set(_MARKERS.findall(text))) >= 2 else "traditional"


def simplify(text: str) -> str:
    """Simplified glyphs, character by character (the words stay)."""
    return simplified(text) if any(map(may_be_traditional, text)) else text


def convert(lines: Sequence[Traced], script: Script, report: Report) -> list[Traced]:
    """The lines in simplified script; changed words, and changed glyphs of a simplified text, are reported each."""
    result = []
    for line in lines:
        converted = line
        if script == "taiwan":
            converted = _words(line, report)
        if any(map(may_be_traditional, converted.text)):
            converted = _glyphs(converted, script, report)
        if script != "simplified":
            converted = converted.sub(_ZHU, lambda _: "着")
        result.append(converted)
    return result


def _glyphs(line: Traced, script: Script, report: Report) -> Traced:
    text = simplified(line.text)
    if len(text) != len(line.text):  # no rule of t2s changes the length; should one ever, go by characters
        text = "".join(simplified(character)[:1] or character for character in line.text)
    if script == "simplified":
        characters = list(line.text)
        for i, (old, new) in enumerate(zip(line.text, text, strict=True)):
            if old != new and old not in ALSO_SIMPLIFIED:
                report.change("script", line.cut(i, i + 1), new)
                characters[i] = new
        text = "".join(characters)
    return line.put(0, len(text), text)


def _words(line: Traced, report: Report) -> Traced:
    spared = [match.span() for match in _SPARED.finditer(line.text)]

    def word(match: re.Match[str]) -> str | None:
        if any(start <= match.start() < end for start, end in spared):
            return None
        return _WORDS[match[0]]

    for pattern, make in ((_WORD, word), (_FILE, lambda _: "文件")):
        for match in pattern.finditer(line.text):
            after = make(match)
            if after:
                report.change("phrase", line.cut(*match.span()), after)
        line = line.sub(pattern, make)
    for match in re.finditer("檔案", line.text):
        report.doubt("phrase", line.cut(max(0, match.start() - 6), match.end() + 6), "“档案”也可能原作“文件”，请核对")
    return line
