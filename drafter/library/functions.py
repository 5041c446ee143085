"""What a section of a speech does: the closed vocabulary of functions."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FUNCTIONS", "Function"]


class Function(NamedTuple):
    """A function of a section, or with `structural` a kind of pattern that serves every section."""

    code: str
    title: str
    meaning: str
    structural: bool = False


FUNCTIONS = (
    Function("open-thank", "开篇致意", "代表组织向与会者祝贺、感谢、问候、致敬、欢迎"),
    Function("context", "会议背景", "说明会议为什么开、谁召集、主要任务是什么"),
    Function("honor", "表彰通报", "宣布受到表彰的集体和个人"),
    Function("echo", "前序回应", "回应前面的发言、讲话、参观，提出落实"),
    Function("appraise", "总体评价", "对一项工作或一次活动作出总的评价"),
    Function("trans", "过渡引入", "引出下面要讲的几点"),
    Function("achieve", "成绩回顾", "回顾一个时期办成的事"),
    Function("exper", "经验体会", "归纳做法，得出认识"),
    Function("situation", "形势认识", "看清形势变化，讲明工作意义"),
    Function("problem", "问题剖析", "指出差距、矛盾和挑战"),
    Function("spirit", "精神传达", "传达上级精神，引用权威论述"),
    Function("overall", "总体要求", "提出指导思想、思路和主线"),
    Function("goal", "目标指标", "提出要达到的指标和期限"),
    Function("task", "任务部署", "分条部署重点任务"),
    Function("safeguard", "组织保障", "从领导、责任、协同、督查等方面保证落实"),
    Function("self", "自身建设", "加强组织和队伍自身建设"),
    Function("hope", "希望寄语", "向一类或几类人提出希望"),
    Function("arrange", "议程安排", "介绍出席人员，安排议程，宣布纪律"),
    Function("suggest", "意见建议", "向上级或有关方面提出建议"),
    Function("pledge", "表态承诺", "表明态度，作出承诺"),
    Function("addendum", "补充强调", "另外强调一件事，推广一个品牌或经验"),
    Function("call", "结尾号召", "收束全篇，发出号召"),
    Function("wish", "祝愿致谢", "以祝愿和感谢收尾"),
    Function("heading", "标题句式", "各级标题的写法", structural=True),
    Function("front", "文首句式", "标题、称谓等正文之前的写法", structural=True),
)
