"""Which of the functions a stretch of text has, by its cues, with a confidence."""

from __future__ import annotations

import re

__all__ = ["of_heading", "of_text", "turn"]

# Cues and their weights, gathered over speeches, reports, letters and plans. A cue at the very start counts twice.
_CUES: dict[str, tuple[tuple[str, float], ...]] = {
    "open-thank": (
        (r"我[^。，]{0,6}代表[^。]{2,40}向", 3),
        ("表示[^。]{0,8}(?:祝贺|感谢|欢迎|敬意|慰问)", 2),
        ("致以[^。]{0,14}(?:问候|敬意|祝贺|祝福|慰问|感谢)", 2.5),
        ("(?:热烈|诚挚|衷心|崇高)的?(?:祝贺|欢迎|感谢|问候|敬意)", 1.5),
        ("请允许我", 1.5),
        ("道一声", 1.5),
    ),
    "context": (
        ("(?:今天|这次|本次|此次)[^。]{0,40}(?:召开|举行|集会|会议|大会|齐聚|欢聚)", 2),
        ("主要(?:任务|目的|议题|内容)是", 3),
        ("之际", 1.5),
        ("(?:会议|大会)[^。]{0,16}(?:开幕|闭幕|圆满|结束)", 1.5),
        ("为(?:了)?[^。]{2,40}(?:召开|决定)", 1.5),
        ("目的(?:就)?是", 1.5),
        ("即将(?:到来|来临|闭幕|结束)", 1.2),
        ("具有[^。]{0,10}重要(?:的)?意义", 0.8),
        ("现将[^。]{0,30}(?:汇报|报告|总结)", 1.5),
    ),
    "honor": (("(?:表彰|受表彰|授予|荣获|获奖|通报表扬)", 1.5), ("称号", 1), ("(?:优秀|杰出)?代表。", 0.8)),
    "echo": (
        ("刚才", 3),
        ("讲得很好|完全(?:同意|赞同)|我都赞成", 2),
        ("会后[^。]{0,20}(?:落实|传达|学习)", 1.2),
        ("作了[^。]{0,12}(?:发言|讲话|报告|部署|介绍)", 1.5),
    ),
    "appraise": (
        ("取得了?[^。]{0,16}(?:成效|成绩|进步|成果|胜利|成就)", 1.8),
        ("总的?(?:体)?(?:上)?看", 2),
        ("从[^。，]{2,20}(?:情况|汇报|交流)[^。，]{0,6}看", 2.5),
        ("充分体现|可以说|有目共睹", 1.2),
        ("在[^。]{2,30}(?:领导|指导|支持)下", 1.2),
        ("(?:圆满|顺利)完成", 1),
        ("(?:大会|会议)[^。]{0,16}(?:主题鲜明|内容丰富|意义重大|时间虽短)|是一次[^。]{2,20}(?:大会|会议|盛会)", 3),
        ("这些成绩的取得|成绩的取得", 3),
        ("开得[^。]{0,10}(?:热烈|成功|好|紧张)|(?:非常|十分)成功", 3),
    ),
    "trans": (
        (r"(?:下面|接下来|借此机会)[^。]{0,70}(?:讲|谈|提|强调)[^。]{0,14}(?:意见|要求|希望|建议|问题|点)", 5),
        ("(?:讲|谈|提)[一二三四五六几\\d](?:点|个方面)", 3),
    ),
    "achieve": (
        ("(?:一年来|近年来|几年来|五年来|回顾|过去)", 2),
        ("我们(?:积极|不断|大力|扎实|深入|认真|坚持|还)", 1.5),
        ("(?:共|累计|全年|先后)[^。]{0,14}\\d+[^。]{0,4}(?:人|万元|家|次|场|名|个)", 1.8),
        ("开展了|举办了|建立了|完成了|发放|帮扶|签订|组建", 0.8),
        ("成效(?:显著|明显)|广受|好评", 1),
        ("(?:提高|增长|下降|上升)了?\\d", 1),
    ),
    "exper": (
        ("(?:主要)?(?:体会|经验|启示|做法)(?:是|有|：)", 3),
        ("实践证明|概括(?:起来|为)", 3),
        ("总结经验|总结[^。]{0,8}经验", 1.5),
    ),
    "situation": (
        ("当前|目前", 1.5),
        ("(?:面临|迎来)[^。]{0,16}(?:挑战|机遇|形势)", 2),
        ("(?:重要|重大|深远)(?:的)?(?:意义|影响)", 1.2),
        ("认清|深刻认识|充分认识|必须认识到|要看到", 2),
        ("是[^。]{2,40}(?:需要|必然要求|重要举措|关键|根本|保证|体现|行动|检验)。", 1.5),
        ("随着", 1.2),
        ("新(?:时代|形势|阶段|征程|要求)", 0.6),
        ("关键(?:的)?(?:一年|时期|阶段)", 1.5),
    ),
    "problem": (
        ("(?:但|但是|然而|同时)[^。]{0,14}(?:清醒|看到|认识到|存在)", 3),
        ("(?:问题|不足|差距|短板|薄弱环节|矛盾)", 1),
        ("不容忽视|亟待|有待|滞后|不够|不强|不高|不足|难以|缺乏|困难", 0.7),
        ("有的[^。]{2,40}有的", 2),
        ("事故[^。]{0,10}(?:起|死亡|上升)", 1.2),
        ("存在(?:的)?(?:问题|不足)", 2),
    ),
    "spirit": (
        ("(?:总书记|党中央|中央|国务院|省委|市委)[^。]{0,24}(?:指出|强调|要求|讲话|指示|批示|贺信|会见)", 2.5),
        ("精神[^。]{0,10}(?:贯彻|学习|领会)", 1),
        ("指明了?(?:方向|道路)|根本遵循", 2),
        ("《[^》]+》[^。]{0,8}(?:要求|指出|提出|明确)", 1.2),
    ),
    "overall": (
        ("总体(?:要求|思路|目标)", 4),
        ("指导思想|以[^。]{4,40}为指导", 2),
        ("总的要求|工作思路", 3),
        ("以[^。]{2,20}为(?:主线|核心|目标|动力)", 0.8),
    ),
    "goal": (
        ("(?:达到|突破|不低于|超过|力争|新增|发展)[^。]{0,12}\\d", 1.5),
        ("到[^。]{0,8}(?:年底|20\\d\\d年|末)", 2),
        ("目标(?:是|任务|：)|奋斗目标", 2),
    ),
    "task": (
        ("^(?:要|必须|切实|进一步|着力|全面|大力|深入|加强|强化|推进|推动|落实|抓好|坚持|围绕|聚焦|健全|完善)", 1.8),
        ("(?:各级|各单位|各部门|各地|工会)[^。]{0,16}要", 1.8),
        ("要[^。，]{2,16}", 0.4),
        ("一是要|二是要|一要", 1.5),
        ("切实|着力|进一步", 0.4),
        ("确保", 0.5),
    ),
    "safeguard": (
        ("(?:加强|强化)[^。]{0,6}(?:组织)?领导|压实[^。]{0,6}责任|落实责任|责任制|责任追究|考核|督查|督导|问责", 1.8),
        ("领导小组|指挥部|一把手|第一责任人", 1.5),
        ("(?:传达|贯彻)[^。]{0,10}(?:会议|讲话)精神", 2),
        ("协调配合|齐抓共管|形成合力|经费保障", 1.5),
    ),
    "self": (
        ("自身建设|干部队伍|队伍建设|能力建设|作风建设|素质", 2),
        ("工会干部", 1.2),
        ("学习型|转(?:变)?作风|廉洁", 1),
    ),
    "hope": (("希望", 2), ("(?:寄语|期望|珍惜|发扬|再接再厉|再立新功)", 1.2), ("赛出|争做|争当", 1)),
    "arrange": (
        ("议程|议题", 2),
        ("出席|参加(?:今天|会议|大会)", 2),
        ("(?:请|由)[^。]{2,24}(?:讲话|发言|宣读|报告|颁奖|致辞)", 2.5),
        ("第[一二三四五六七八]+项", 2.5),
        ("纪律|手机", 1),
    ),
    "suggest": (("建议", 2.5), ("(?:探索|形成|建立)[^。]{0,14}机制", 1), ("对策", 2)),
    "pledge": (
        ("我们(?:将|一定|决心|保证)|我(?:将|一定)", 2),
        ("承诺|表态|请[^。]{0,8}放心|保证(?:完成|做到)", 2),
        ("竭诚为", 1.2),
    ),
    "addendum": (("^(?:另外|还要强调|最后[，,]?再?强调|需要强调|特别强调|同时[，,]我再)", 4),),
    "call": (
        ("^(?:同志们|各位|让我们|朋友们)", 1.5),
        ("让我们", 2),
        ("而(?:努力)?奋斗|(?:作出|做出|再创|谱写|开创)[^。]{0,24}(?:贡献|辉煌|篇章|局面)", 2),
        ("任务(?:艰巨|繁重)|使命光荣|责任重大", 2),
        ("紧密团结", 2),
        ("宣布[^。]{0,30}(?:开幕|闭幕)", 1.2),
    ),
    "wish": (
        ("(?:祝愿|预祝|恭祝|祝)[^。]{0,40}(?:成功|快乐|愉快|健康|幸福|顺利|吉祥|进步)", 4),
        ("谢谢(?:大家|各位)?", 2.5),
    ),
}

_HEADS: tuple[tuple[str, str], ...] = (
    ("self", "自身建设|干部队伍|队伍建设|能力建设|作风建设|机关建设|工会干部"),
    ("context", "背景|概况"),
    ("appraise", "圆满成功|总体评价|基本情况"),
    ("problem", "问题|不足|差距|短板|困难|挑战|严峻|教训|滞后|难点|制约"),
    ("exper", "经验|体会|启示"),
    ("goal", "目标|指标"),
    ("overall", "总体要求|指导思想|总体思路|总体目标|明确思路|基本原则|工作思路"),
    ("suggest", "建议|对策"),
    (
        "situation",
        "认清|认识|形势|审时度势|意义|背景|定位|方位|政治站位|重要性|必要性|责任感|紧迫感|使命感|决心|现状|为镜|机遇",
    ),
    (
        "achieve",
        "回顾|成效|成绩|进展|取得|肯定|广受|主要做法|工作开展情况|完成情况|扎实开展|稳步推进|送温暖|好评|历史性|完成了",
    ),
    ("self", "自身建设|干部队伍|队伍建设|能力建设|作风建设|机关建设|自身"),
    (
        "safeguard",
        "组织领导|加强领导|领导责任|强化(?:组织)?保障|组织保障|工作保障|保障措施|责任落实|落实责任|压实责任|督查|督导|合力|组织保证|强化领导|落到实处|抓落实|齐抓共管",
    ),
    ("hope", "希望|弘扬|牢记|珍惜|争当|争做|赛出|发扬"),
    ("spirit", "学习贯彻|精神实质|重要讲话|重要论述"),
    ("appraise", "圆满成功|总体评价|基本情况"),
    ("context", "目的|概况"),
    ("pledge", "承诺|表态"),
)

_HEAD_RULES = tuple((function, re.compile(pattern)) for function, pattern in _HEADS)
_CUE_RULES = {f: tuple((re.compile(p), w) for p, w in cues) for f, cues in _CUES.items()}
# How much a place in the text, or a kind of text, speaks for a function or against it.
_PLACE = {
    "open": dict.fromkeys(
        ("open-thank", "context", "honor", "echo", "appraise", "trans", "achieve", "situation", "overall", "spirit"),
        1.6,
    )
    | {"arrange": 1.6, "call": 0.4, "wish": 0.4},
    "end": dict.fromkeys(("call", "wish", "hope", "addendum"), 1.6) | {"context": 0.5, "echo": 0.5},
    "": {"call": 0.4, "wish": 0.4, "context": 0.5, "open-thank": 0.5, "echo": 0.5},
}
_GENRE = {"summary": {"achieve": 1.4, "appraise": 1.4}, "plan": {"task": 1.4, "goal": 1.4, "overall": 1.4}}


def of_text(text: str, place: str = "", genre: str = "", inherited: str = "") -> tuple[str, float]:
    """(function, confidence) of a stretch of body text.

    place      `open` before the first heading, `end` for the last paragraphs, else ""
    inherited  function of the section that the text stands in
    """
    scores: dict[str, float] = {}
    head = text[:160]
    for function, cues in _CUE_RULES.items():
        score = sum(
            weight * (2 if (m := cue.search(head)) and m.start() < 3 else 1) for cue, weight in cues if cue.search(text)
        )
        if score:
            scores[function] = score
    for weights in (_PLACE[place], _GENRE.get(genre, {})):
        scores = {function: score * weights.get(function, 1) for function, score in scores.items()}
    if inherited:
        scores[inherited] = scores.get(inherited, 0) + 4.5
    if not scores:
        return inherited, 0.3 if inherited else 0.0
    best, second = sorted(scores.values(), reverse=True)[:2] if len(scores) > 1 else (max(scores.values()), 0.0)
    function = max(scores, key=lambda f: scores[f])
    return function, round(min(0.95, 0.35 + 0.6 * (best - second) / best + 0.02 * best), 2)


def of_heading(text: str, genre: str = "", inherited: str = "") -> tuple[str, float]:
    """(function, confidence) of a heading."""
    for function, rule in _HEAD_RULES:
        if rule.search(text):
            if function in ("hope", "achieve") and genre == "plan":
                continue
            return function, 0.75
    if genre == "summary":
        return inherited or "achieve", 0.6
    if inherited:
        return inherited, 0.6
    return "task", 0.5


def turn(sentence: str, rules: tuple[tuple[str, re.Pattern[str]], ...]) -> str:
    """The function that the start of a sentence announces."""
    return next((function for function, rule in rules if rule.match(sentence)), "")
