"""The texts of starter files. ‹word› is replaced by `drafter.library.scaffold`; everything else is written as it is."""

from __future__ import annotations

__all__ = ["HEADING", "LIST", "MANIFEST", "OCCASION", "README", "SENTENCE", "TOPIC"]

MANIFEST = """\
# 模板包的说明。# 后面是给人看的话，可以删。
schema: 1                     # 格式的版本，照写
id: ‹id›                      # 模板包的编号：包里每个句式、素材、场合的 id 都以它开头，定了就不再改
version: 0.1.0                # 改文字加末位，加内容加中间，删改内容加首位
title: ‹title›
licence: CC-BY-4.0            # 许可：别人可以怎么用，写 SPDX 名称，如 MIT、CC-BY-4.0
requires: ">=0.1,<1"          # 要求的 drafter 版本
authors: []                   # 作者：[张三, 某某工会]
"""

README = """\
# ‹title›

drafter 的模板包。用的时候：

    drafter draft 素材单.yaml --pack 这个文件夹

往里加内容（都不会覆盖已有的文件）：

    drafter library new 句式 ‹id›.task.my-points --title 三条任务 -o 这个文件夹
    drafter library new 业务素材 ‹id›.my-topic --title 我的业务 -o 这个文件夹
    drafter library new 场合 ‹id›.my-meeting --title 我的会议 -o 这个文件夹

改完检查：

    drafter library check 这个文件夹
"""

LIST = """\
{#---
# 说明部分是 YAML，# 后面是给人看的话，可以删。
id: ‹id›
version: 1.0.0
title: ‹title›                # 素材单和场合里可以直接写这个名称
function: ‹function›          # ‹meaning›；要与所在的文件夹同名
list: 一是                    # 下面“- ”开头的各条怎么编号：一是 一要 第一 首先 （一） 1. 无
slots:                        # 要素：要用到的事实。description 就是一问一答时的问题
  ‹slot›:                     # ‹from›
    type: array
    items: {$ref: "#/$defs/条目"}
    minItems: 1
    maxItems: 6
    title: ‹slot›
    description: 有哪几条？每条先写一个短题，再写一句怎么做。
    examples: [[{题: 摸清底数, 句: 一户一档登记到人}]]
  开场: {type: string, title: 开场的话, description: 先说一句什么？末尾不带句号。, examples: [要把好事办实]}
required: [‹slot›]            # 必填的缺了，文中标【待补】；其余缺了就不写
variants:                     # 措辞：同一个意思的几种说法，模板里用“措辞”来分
  - {key: 甲, tones: [庄重, 平实]}
  - {key: 乙, tones: [鼓动]}
examples:                     # 例子就是测试：给这些要素，就要写出这段文字
  - in: {措辞: 甲, ‹slot›: [{题: 摸清底数, 句: 一户一档登记到人, 展: [每月走访更新]}]}
    out: |
      我们要逐条抓好落实。
      - **摸清底数。**一户一档登记到人。[[每月走访更新。]]
  - in: {措辞: 乙, 开场: 要把好事办实, ‹slot›: [{句: 一户一档登记到人}, {句: 每月走访更新}]}
    out: |
      要把好事办实，说了就干，干就干好！
      - 一户一档登记到人
      - 每月走访更新
---#}
{% if 措辞 == "乙" %}
{{ 开场 or "任务已经明确" }}，说了就干，干就干好！
{% else %}
{% if 开场 %}{{ 开场 }}。{% endif %}我们要逐条抓好落实。
{% endif %}
{% for 条 in ‹slot› %}
- {% if 条.题 %}**{{ 条.题 }}。**{% endif %}{{ 条.句 }}{% if 条.题 or 条.展 %}。{% endif %}
{%- for 句 in 条.展 %}[[{{ 句 }}。]]{% endfor %}

{% endfor %}
"""

HEADING = """\
{#---
# 说明部分是 YAML，# 后面是给人看的话，可以删。标题不带编号，也不带句号：“一、”由程序加。
id: ‹id›
version: 1.0.0
title: ‹title›
function: heading             # 标题句式；场合和素材单的“标题”里写它的 id 或名称
slots:
  工作: {type: string, title: 工作, description: 标题里说的是哪项工作？, examples: [职工服务工作]}
required: [工作]
variants:                     # 一篇里的几个标题会选同一个 key，句式才整齐
  - {key: 甲, tones: [庄重]}
  - {key: 乙, tones: [平实, 鼓动]}
examples:
  - {in: {措辞: 甲, 工作: 职工服务工作}, out: "突出重点，把职工服务工作落到实处"}
  - {in: {措辞: 乙, 工作: 职工服务工作}, out: "往前走，把职工服务工作办到心坎上"}
---#}
{% if 措辞 == "甲" %}突出重点，把{{ 工作 }}落到实处{% else %}往前走，把{{ 工作 }}办到心坎上{% endif %}
"""

SENTENCE = """\
{#---
# 说明部分是 YAML，# 后面是给人看的话，可以删。文首句式写标题或称谓，只能有一行。
id: ‹id›
version: 1.0.0
title: ‹title›
function: front               # ‹meaning›
slots:
  称谓: {type: array, items: {type: string}, title: 称谓, description: 怎么称呼听众？, examples: [[各位代表, 同志们]]}
examples:
  - {in: {称谓: [各位代表, 同志们]}, out: "各位代表、同志们："}
  - {in: {听众: 下级}, out: "同志们："}
---#}
{% if 称谓 %}{{ 称谓|join("、") }}：{% else %}同志们：{% endif %}
"""

TOPIC = """\
# 业务素材：一项业务的通行说法。# 后面是给人看的话，可以删。
# 只写这项工作本来就该怎么做，不写做成了什么：数字、日期、单位、文件都由素材单给。
# 五个方面各写一种以上的说法，每种：题（短标题）、句（一两个分句，末尾不带标点）、展（展开的句子，可多可少）。
id: ‹id›
version: 1.0.0
title: ‹title›
aliases: []                   # 别名：[简称, 俗称]
noun: ‹noun›                  # 放进句子里怎么说，如“推动‹noun›”

成绩:                         # 素材单没写自己的做法时才用，并请人确认
  - 题: ‹bare›有了章法
    句: 把‹bare›的责任定到人，哪一步谁来做都写得明白
    展:
      - 遇到难处先报上来，大家一起想办法

形势:
  - 题: 职工的期待更具体
    句: 说到‹bare›，职工看的是身边的变化，问的是什么时候能办到
    展:
      - 期待具体了，我们的办法也要跟着具体

问题:
  - 题: 落实不够均衡
    句: ‹bare›在有的地方还停在纸上，职工感觉不到
    展:
      - 根子在于责任没有压到岗位

任务:
  - 题: 抓实‹bare›
    句: 把‹bare›要做的事列成清单，一件一件定人、定时
    展:
      - 做完一件销一件，做不到的说明原因

保障:
  - 题: 责任到人
    句: ‹bare›有人牵头、有人经办，也有人回头查
    展:
      - 查出的问题当面说清，限期改好
"""

OCCASION = """\
# 场合：一类会议讲话的骨架。# 后面是给人看的话，可以删。
id: ‹id›
version: 1.0.0
title: ‹title›
aliases: []                   # 别名
genre: speech
audience: 下级                # 对谁讲：上级 平级 下级
tone: 庄重                    # 语气：庄重 平实 鼓动
rate: 180                     # 每分钟念多少字
minutes: 10                   # 一般讲多长
sections:                     # 板块，按先后。句式写 id 或名称；加 ? 的，有素材才写；[甲, 乙] 两句连成一段
  - 功能: 会议背景
    句式: [drafter.context.anchor]
    比重: 5                   # 占全篇的份额，各板块相对而言
  - 功能: 成绩回顾
    标题: drafter.heading.h-b # 标题句式，或直接写一句标题；不写就没有标题
    句式: [drafter.achieve.lead, drafter.achieve.we-parallel, "drafter.achieve.metrics?"]
    比重: 30
  - 功能: 问题剖析
    标题: drafter.heading.h-a
    句式: [drafter.problem.list]
    比重: 20
  - 功能: 任务部署
    标题: drafter.heading.h-c
    句式: [drafter.task.lead, drafter.task.points]
    比重: 40
  - 功能: 结尾号召
    句式: [drafter.call.pivot]
    比重: 5
"""
