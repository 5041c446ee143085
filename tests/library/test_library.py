"""Loading, looking up and rendering, on miniature packs written here."""

from __future__ import annotations

import pytest

from drafter.document import System
from drafter.errors import LibraryError
from drafter.library import FUNCTIONS, Library, PackOrigin


@pytest.fixture
def pack(make_pack):
    return make_pack()


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
