"""Loading, looking up and rendering, on miniature packs written here."""

from __future__ import annotations

import pytest

from drafter.document import System
from drafter.errors import LibraryError
from drafter.library import ASPECTS, FUNCTIONS, Library, PackOrigin

PATTERN = """{#---
id: mini.achieve.parallel
version: 1.0.0
code: P96
title: 迷你排比
function: achieve
list: 一是
slots:
  成绩: {type: array, items: {$ref: "#/$defs/条目"}, minItems: 1, title: 成绩, description: 办成了什么？}
  期间: {type: string, title: 期间, description: 哪段时间？}
required: [成绩]
variants:
  - {key: 甲, tones: [庄重]}
  - {key: 乙}
examples:
  - {in: {成绩: [摸清底数]}, out: "- 我们摸清底数"}
---#}
{% if 期间 %}{{ 期间 }}：{% endif %}
{% for 条 in 成绩 %}
- 我们{% if 条.题 %}**{{ 条.题 }}。**{% endif %}{{ 条.句 }}
{% endfor %}
"""
TOPIC = """id: mini.pay
version: 1.0.0
title: 迷你工资
aliases: [小工资]
noun: 工资工作
""" + "\n".join(f"{aspect}:\n  - {{题: 甲, 句: 把{aspect}讲清, 展: [再讲一句], 语气: 平实}}" for aspect in ASPECTS)
OCCASION = """id: mini.meeting
version: 1.0.0
title: 迷你会
aliases: [小会]
sections:
  - {功能: 成绩回顾, 句式: [[迷你排比, mini.achieve.parallel?]], 比重: 2, 必需: true}
"""
MANIFEST = "schema: 1\nid: mini\nversion: 1.0.0\ntitle: 迷你\nlicence: MIT\n"


@pytest.fixture
def pack(tmp_path):
    root = tmp_path / "mini"
    for name, text in {
        "pack.yaml": MANIFEST,
        "patterns/achieve/parallel.j2": PATTERN,
        "topics/pay.yaml": TOPIC,
        "occasions/meeting.yaml": OCCASION,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def library(pack):
    return Library.load([pack])


def test_a_pattern_is_found_by_id_code_and_title(library):
    pattern = library.pattern("mini.achieve.parallel")
    assert library.pattern("P96") is library.pattern("p96") is library.pattern(" 迷你排比") is pattern
    assert (pattern.function, pattern.serves, pattern.list, pattern.required) == (
        "achieve",
        ("achieve",),
        System.YISHI,
        ("成绩",),
    )
    assert (pattern.pack, pattern.origin, pattern.line) == ("mini", PackOrigin.GIVEN, 17)


def test_a_topic_is_found_by_alias_and_noun(library):
    topic = library.topic("小工资")
    assert library.topic("工资工作") is library.topic("mini.pay") is topic
    wording = topic.aspects["成绩"][0]
    assert (wording.title, wording.sentence, wording.more, wording.tones) == (
        "甲",
        "把成绩讲清",
        ("再讲一句",),
        ("平实",),
    )


def test_an_occasion_keeps_its_sections_as_written(library):
    occasion = library.occasion("小会")
    assert occasion.sections == (
        {"功能": "成绩回顾", "句式": [["迷你排比", "mini.achieve.parallel?"]], "比重": 2, "必需": True},
    )
    assert (occasion.genre, occasion.audience, occasion.tone, occasion.rate) == ("speech", "下级", "庄重", 180)


def test_functions_have_one_title_each():
    assert len(FUNCTIONS) == 25
    assert sum(function.structural for function in FUNCTIONS) == 2
    assert len({function.title for function in FUNCTIONS}) == len({function.code for function in FUNCTIONS}) == 25


def test_a_function_is_found_by_code_and_title(library):
    assert library.function("OPEN_THANK") is library.function("开篇致意")
    with pytest.raises(LibraryError, match="是不是「任务部署」") as raised:
        library.function("任务布署")
    assert raised.value.problems[0].code == "E305"


@pytest.mark.parametrize("find", ["pattern", "topic", "occasion", "pack"])
def test_an_unknown_name_is_an_error_with_a_near_one(library, find):
    known = {"pattern": "迷你排", "topic": "迷你工", "occasion": "迷你", "pack": "minj"}[find]
    with pytest.raises(LibraryError) as raised:
        getattr(library, find)(known)
    assert raised.value.problems[0].code == "E305"
    assert "是不是" in raised.value.problems[0].hint


def test_rendering_fills_what_may_be_absent(library):
    assert library.render("P96", {"成绩": ["摸清底数", {"题": "守", "句": "守住底线"}]}) == (
        "- 我们摸清底数\n- 我们**守。**守住底线"
    )
    assert library.render("P96", {"成绩": ["办成实事"], "期间": "一年来"}) == "一年来：\n- 我们办成实事"


def test_a_required_slot_that_is_absent_is_an_error_at_its_line(library, pack):
    with pytest.raises(LibraryError) as raised:
        library.render("P96", {})
    problem = raised.value.problems[0]
    assert (problem.code, problem.message) == ("E332", "没有要素「成绩」")
    assert str(problem.place) == f"{pack / 'patterns/achieve/parallel.j2'}:19"
    assert problem.place.source == "{% for 条 in 成绩 %}"


def test_slots_and_shared_types(library):
    assert library.slots()["期间"]["type"] == "string"
    assert {"条目", "数据", "引用", "品牌", "目标", "发言", "致意"} <= set(library.defs)


def test_the_builtin_library_loads():
    library = Library.load()
    assert library.packs[-1].id == "drafter"
    assert library.packs[-1].origin is PackOrigin.BUILTIN
