"""A miniature pack: enough to show how sections, lists, optional parts and gaps are composed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drafter.library import Library

if TYPE_CHECKING:
    from pathlib import Path

PACK = {
    "pack.yaml": "schema: 1\nid: mini\nversion: 1.0.0\ntitle: 小样\nlicence: MIT\nrequires: '>=0.1'\nauthors: [甲]\n",
    "patterns/call/short.j2": """{#---
id: mini.call.short
version: 1.0.0
title: 短号召
function: call
slots:
  愿景: {type: string, title: 愿景}
required: [愿景]
examples: [{in: {愿景: 新气象}, out: 让我们干出新气象！}]
---#}
让我们干出{{ 愿景 }}！
""",
    "patterns/task/lines.j2": """{#---
id: mini.task.lines
version: 1.0.0
title: 分条任务
function: task
list: 一是
slots:
  任务: {type: array, items: {$ref: "#/$defs/条目"}, title: 任务}
required: [任务]
variants: [{key: 甲, tones: [庄重]}, {key: 乙, tones: [平实]}]
examples: [{in: {任务: [摸底]}, out: "这几件事要抓好。\\n- 摸底"}]
---#}
{% if 措辞 == "乙" %}这几件事记牢。{% else %}这几件事要抓好。{% endif %}

{% for 条 in 任务 %}
- {{ 条.句 }}{% if 条.展 %}。{% for 句 in 条.展 %}[[{{ 句 }}。]]{% endfor %}{% endif %}

{% endfor %}
""",
    "patterns/task/paren.j2": """{#---
id: mini.task.paren
version: 1.0.0
title: 括号任务
function: task
list: （一）
slots:
  任务: {type: array, items: {$ref: "#/$defs/条目"}, title: 任务}
required: [任务]
examples: [{in: {任务: [{题: 摸底, 句: 逐户走访}]}, out: "- **摸底。**逐户走访"}]
---#}
{% for 条 in 任务 %}
- **{{ 条.题 }}。**{{ 条.句 }}。{% for 句 in 条.展 %}[[{{ 句 }}。]]{% endfor %}

{% endfor %}
""",
    "patterns/task/wants.j2": """{#---
id: mini.task.wants
version: 1.0.0
title: 要清单
function: task
slots:
  要求: {type: array, items: {type: string}, title: 要求}
required: [要求]
examples: [{in: {要求: [摸底]}, out: "- 要摸底"}]
---#}
{% for 句 in 要求 %}
- 要{{ 句 }}
{% endfor %}
""",
    "patterns/goal/figures.j2": """{#---
id: mini.goal.figures
version: 1.0.0
title: 目标
function: goal
slots:
  目标: {type: array, items: {$ref: "#/$defs/目标"}, title: 目标}
required: [目标]
examples: [{in: {目标: [{指标: 建会率, 关系: 超过, 数值: 85, 单位: "%", 期限: 年底}]}, out: 到年底，建会率超过85%。}]
---#}
{% for 标 in 目标 %}到{{ 标.期限 }}，{{ 标.文 }}{% if not loop.last %}；{% endif %}{% endfor %}。
""",
    "patterns/trans/points.j2": """{#---
id: mini.trans.points
version: 1.0.0
title: 过渡
function: trans
examples: [{in: {点数: 三, 工作: 工会工作}, out: 下面，就工会工作讲三点意见。}]
---#}
下面，就{{ 工作 }}讲{{ 点数 }}点意见。
""",
    "patterns/heading/do.j2": """{#---
id: mini.heading.do
version: 1.0.0
title: 抓好任务
function: heading
serves: [task]
examples: [{in: {工作: 工会工作}, out: 突出重点，抓好工会工作}]
---#}
突出重点，抓好{{ 工作 }}
""",
    "topics/visit.yaml": """id: mini.visit
version: 1.0.0
title: 走访
aliases: [家访]
noun: 走访工作
成绩:
  - {题: 走得勤, 句: 走村入户问冷暖, 展: [一家一家记在本上]}
形势:
  - {题: 盼头多, 句: 职工的盼头更多了}
问题:
  - {题: 有空当, 句: 有的地方走得少}
任务:
  - 题: 抓实走访，问清冷暖
    句: 把走访排进日程
    展: [每户每季至少到一次, 听到的难处当天登记, 能办的当场就办, 办不了的说明缘由]
保障:
  - {题: 有人管, 句: 定人定户}
""",
    "topics/learn.yaml": """id: mini.learn
version: 1.0.0
title: 学习
noun: 学习工作
成绩:
  - {题: 学得实, 句: 办起职工夜校}
形势:
  - {题: 学得新, 句: 新本领学得快}
问题:
  - {题: 有短板, 句: 课程还不够}
任务:
  - 题: 办好夜校，提升本领
    句: 把课开到车间去
    展: [课表由职工来点, 老师从师傅里请, 学得好的给奖励]
保障:
  - {题: 有钱办, 句: 列支学习经费}
""",
    "occasions/drive.yaml": """id: mini.drive
version: 1.0.0
title: 推进会
genre: speech
audience: 下级
tone: 庄重
rate: 180
minutes: 2
sections:
  - {功能: 过渡引入, 句式: [mini.trans.points], 比重: 5}
  - {功能: 任务部署, 标题: mini.heading.do, 句式: [mini.task.lines, "mini.goal.figures?"], 比重: 80}
  - {功能: 结尾号召, 句式: [mini.call.short], 比重: 15}
""",
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The folder of the miniature pack."""
    root = tmp_path / "mini"
    for name, text in PACK.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def library(pack: Path) -> Library:
    """The miniature pack before the built-in one."""
    return Library.load(packs=[pack])
