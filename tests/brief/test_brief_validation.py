"""Each fault of content has its own message, place, code and hint; all come at once, in source order."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.brief import load_brief, load_slots
from drafter.brief.hints import date, written_form
from drafter.errors import BriefError, LibraryError, Problem

SLOTS: dict[str, dict[str, Any]] = {
    "成绩": {"type": "array", "items": {"$ref": "#/$defs/条目"}, "minItems": 3, "maxItems": 7, "title": "成绩"},
    "目标": {"$ref": "#/$defs/目标"},
    "规模": {"$ref": "#/$defs/数据"},
    "口号": {"type": "string", "maxLength": 4, "minLength": 2},
    "几条": {"type": "integer", "maximum": 9, "multipleOf": 3},
}


def problems(source: str | Mapping[str, Any], slots: Mapping[str, Any] | None = None) -> tuple[Problem, ...]:
    with pytest.raises(BriefError) as caught:
        load_brief(source, slots=slots)
    return caught.value.problems


def in_facts(value: str) -> str:
    return f"场合: 会\n要素:\n  {value}\n"


# code, line, column, end column, words of the message, words of the hint
INVALID = {
    "unknown key": ("场合: 会\n标提: 甲\n", "E201", 2, 1, 3, "“标提”", "是不是“标题”？"),
    "unknown key, nothing near": ("场合: 会\nxyz: 甲\n", "E201", 2, 1, 4, "“xyz”", "可用的键：场合、日期"),
    "unknown inner key": ("场合: 会\n单位: {名称: 甲, 级别: 省}\n", "E201", 2, 13, 15, "“级别”", "层级"),
    "no blank after a dash": ("场合: 会\n业务:\n- 甲\n-乙: 丙\n", "E201", 4, 1, 3, "“-乙”", "“-”后面要空一格"),
    "missing key": ("会议: 甲\n", "E202", 1, 1, 2, "素材单缺少“场合”", "场合: 推进会"),
    "missing inner key": ("场合: 会\n单位: {层级: 省}\n", "E202", 2, 1, 3, "“单位”缺少“名称”", "名称: 省总工会"),
    "missing in an item": ("场合: 会\n板块:\n  - 标题: 甲\n", "E202", 3, 5, 6, "“板块[0]”缺少“功能”", "功能"),
    "list wanted": ("场合: 会\n业务: 普法\n", "E203", 2, 5, 7, "“业务”应是列表，这里是“普法”", "[普法]"),
    "mapping wanted": ("场合: 会\n单位: 省总\n", "E203", 2, 5, 7, "“单位”应是一组“键: 值”", "{名称: 省总}"),
    "integer wanted": ("场合: 会\n语速: 快\n", "E203", 2, 5, 6, "应是整数，这里是“快”", "只写数字"),
    "whole number wanted": ("场合: 会\n语速: 200.5\n", "E203", 2, 5, 10, "应是整数，这里是数 200.5", ""),
    "text wanted": ("场合: 会\n会议: 2024\n", "E203", 2, 5, 9, "应是文字，这里是数 2024", '加引号："2024"'),
    "text wanted, truth given": ("场合: 会\n会议: true\n", "E203", 2, 5, 9, "这里是true", "加引号"),
    "text wanted, mapping given": ("场合: 会\n会议: {甲: 乙}\n", "E203", 2, 5, 11, "应是文字", "加上英文引号"),
    "text wanted, list given": ("场合: 会\n会议: [甲]\n", "E203", 2, 5, 8, "应是文字，这里是列表", "不用列表"),
    "list wanted, mapping given": ("场合: 会\n板块: {功能: 甲}\n", "E203", 2, 5, 12, "应是列表", "- "),
    "truth wanted": ("场合: 会\n业务:\n- {素材: 甲, 成绩: {句: 乙, 核实: 是}}\n",
                     "E203", 3, 26, 27, "应是true 或 false", "true"),
    "no value in a list": ("场合: 会\n业务: [甲, ~]\n", "E203", 2, 9, 10, "这里是空的", "写上内容"),
    "bad choice": ("场合: 会\n听众: 下属\n", "E204", 2, 5, 7, "不能是“下属”", "是不是“下级”？可选：上级、平级、下级"),
    "bad choice, nothing near": ("场合: 会\n语气: 激昂\n", "E204", 2, 5, 7, "“激昂”", "可选：庄重、平实、鼓动"),
    "no such day": ("场合: 会\n日期: 2024-02-30\n", "E205", 2, 5, 15, "“2024-02-30”不存在", "2024年2月只有 29 天"),
    "no such month": ("场合: 会\n日期: 2024-13-01\n", "E205", 2, 5, 15, "不存在", "没有 13 月"),
    "Chinese date": ("场合: 会\n日期: 2024年3月5日\n", "E205", 2, 5, 14, "写法不对", "写成 2024-03-05"),
    "slashes": ("场合: 会\n日期: 2024/3/5\n", "E205", 2, 5, 13, "写法不对", "写成 2024-03-05"),
    "date as a number": ("场合: 会\n日期: 20240305\n", "E205", 2, 5, 13, "写法不对", "写成 2024-03-05"),
    "no date at all": ("场合: 会\n日期: 明天\n", "E205", 2, 5, 7, "“明天”写法不对", "年-月-日"),
    "figure without unit": (in_facts("规模: {指标: 困难职工, 数值: 312}"),
                            "E206", 3, 22, 25, "数值 312 没有单位", "单位: 户"),
    "figure keeps its text": (in_facts("规模: [{数值: 1.10}]"), "E206", 3, 13, 17, "数值 1.10 没有单位", '单位: "%"'),
    "unit in the figure": (in_facts("规模: {数值: 312户}"), "E206", 3, 12, 16, "312户 没有单位", "数值: 312，单位: 户"),
    "per cent in the figure": (in_facts("规模: {数值: 8.5%}"), "E206", 3, 12, 16, "8.5%", '数值: 8.5，单位: "%"'),
    "both lengths": ("场合: 会\n时长: 15分钟\n篇幅: 3000字\n", "E207", 3, 1, 3, "只能写一个", "删掉“时长”或“篇幅”"),
    "minutes": ("场合: 会\n时长: 15分\n", "E208", 2, 5, 8, "“15分”写法不对", "写成 15分钟"),
    "minutes as a number": ("场合: 会\n时长: 15\n", "E208", 2, 5, 7, "“15”写法不对", "写成 15分钟"),
    "no minutes": ("场合: 会\n时长: 0分钟\n", "E208", 2, 5, 8, "写法不对", "分钟"),
    "characters": ("场合: 会\n篇幅: 3000\n", "E208", 2, 5, 9, "“3000”写法不对", "写成 3000字"),
    "topics run together": ("场合: 会\n业务: [普法，帮扶]\n", "E208", 2, 6, 11, "分开写", ""),
    "two lines": ('场合: 会\n会议: "甲\\n乙"\n', "E208", 2, 5, 11, "不能换行", ""),
    "too slow": ("场合: 会\n语速: 99\n", "E209", 2, 5, 7, "不能小于 100", ""),
    "too fast": ("场合: 会\n语速: 301\n", "E209", 2, 5, 8, "不能大于 300", ""),
    "no items": ("场合: 会\n业务: []\n", "E210", 2, 5, 7, "至少要有 1 项，现在 0 项", "再补 1 项"),
    "empty text": ("场合: 会\n会议: '  '\n", "E211", 2, 5, 9, "空", ""),
    "empty text of many lines": ("场合: 会\n板块:\n- {功能: 甲, 正文: ['']}\n",
                                 "E211", 3, 16, 18, "空", ""),
    "quote and gist": ("场合: 会\n业务: [{素材: 甲, 成绩: {句: 乙, 引语: {出处: 丙, 原文: 丁, 要义: 戊}}}]\n",
                       "E207", 2, 44, 46, "“原文”和“要义”只能写一个", "删掉“原文”或“要义”"),
    "entry without content": ("场合: 会\n业务: [{素材: 甲, 成绩: [{来源: 乙}]}]\n", "E213", 2, 19, 26, "没有内容", ""),
    "typo in an item": ("场合: 会\n业务:\n- 素才: 甲\n  素材: 甲\n", "E201", 3, 3, 5, "“素才”", "可用的键：素材"),
    "colon in an entry": ("场合: 会\n业务:\n- 素材: 甲\n  成绩:\n  - 做法: 好\n",
                          "E203", 5, 5, 10, "应是文字", "英文引号"),
}  # fmt: skip


@pytest.mark.parametrize("case", INVALID.values(), ids=INVALID)
def test_invalid(case: tuple[str, str, int, int, int, str, str]) -> None:
    source, code, line, column, end, message, hint = case
    (problem,) = problems(source)
    place = problem.place
    assert place
    assert (problem.code, place.line, place.column, place.end_column) == (code, line, column, end)
    assert message in problem.message
    assert hint in problem.hint
    assert place.source == source.split("\n")[line - 1]
    (problem.message + problem.hint).encode("gbk", "strict")
    assert "schema" not in problem.message.lower()


SLOT_FAULTS = {
    "unknown fact": ("{成就: [甲]}", "E201", "“成就”", "是不是“成绩”？可用的键：成绩、目标"),
    "too few": ("{成绩: [甲, 乙]}", "E210", "“要素.成绩”至少要有 3 项，现在 2 项", "再补 1 项"),
    "too many": ("{成绩: [甲, 乙, 丙, 丁, 戊, 己, 庚, 辛]}", "E210", "最多只能有 7 项，现在 8 项", "删去 1 项"),
    "shared type": ("{目标: {指标: 甲, 数值: 90, 单位: '%'}}", "E202", "“要素.目标”缺少“期限”", "年底前"),
    "unit": ("{规模: {指标: 甲, 数值: 90}}", "E206", "数值 90 没有单位", "单位"),
    "long": ("{口号: 甲乙丙丁戊}", "E211", "最多只能有 4 个字，现在 5 个字", "删去 1 个字"),
    "short": ("{口号: 甲}", "E211", "至少要有 2 个字，现在 1 个字", "再补 1 个字"),
    "no text": ("{口号: ''}", "E211", "是空的", "写上内容"),
    "multiple": ("{几条: 4}", "E209", "要是 3 的倍数", ""),
    "full-width colon": ("{规模: 指标：甲}", "E111", "“指标”后面用了全角冒号", "指标: "),
}


@pytest.mark.parametrize("case", SLOT_FAULTS.values(), ids=SLOT_FAULTS)
@pytest.mark.parametrize("form", ["场合: 会\n要素: {}\n", "场合: 会\n板块: [{{功能: 甲, 要素: {}}}]\n"])
def test_the_library_says_what_a_fact_looks_like(case: tuple[str, str, str, str], form: str) -> None:
    facts, code, message, hint = case
    (problem,) = problems(form.format(facts), SLOTS)
    assert problem.code == code
    assert message.replace("要素.", "") in problem.message.replace("板块[0].", "").replace("要素.", "")
    assert hint in problem.hint


def test_facts_are_open_without_a_library() -> None:
    text = "场合: 会\n要素: {随便: [{甲: 1}, 2, 乙], 成绩: [甲]}\n"
    assert load_brief(text).data["要素"]["随便"] == [{"甲": 1}, 2, "乙"]


def test_the_facts_of_one_pattern() -> None:
    text = "规模: {指标: 甲, 数值: 1.10, 单位: 家}\n"
    assert load_slots(text, SLOTS) == {"规模": {"指标": "甲", "数值": "1.10", "单位": "家"}}
    assert load_slots({"口号": "加油"}, SLOTS) == {"口号": "加油"}
    with pytest.raises(BriefError) as caught:
        load_slots(text.replace(", 单位: 家", "") + "成就: 甲\n", SLOTS, name="甲.yaml")
    assert [(p.code, str(p.place)) for p in caught.value.problems] == [
        ("E206", "甲.yaml:1:17"),
        ("E201", "甲.yaml:2:1"),
    ]


def test_a_slot_that_is_no_schema_is_the_librarys_fault() -> None:
    for slot in ({"type": "文字"}, {"$ref": "#/$defs/无"}):
        with pytest.raises(LibraryError) as caught:
            load_brief("场合: 会\n", slots={"甲": slot})
        assert caught.value.problems[0].code == "E399"


def test_other_slots_are_another_schema() -> None:
    text = "场合: 会\n要素: {甲: 1}\n"
    slots: dict[str, Any] = {"甲": {"type": "integer"}}
    assert load_brief(text, slots=slots)
    assert problems(text, {"乙": {"type": "integer"}})[0].code == "E201"
    slots["甲"] = {"type": "string"}
    assert problems(text, slots)[0].code == "E203"
    assert load_brief(text)


def test_all_faults_at_once_in_source_order() -> None:
    text = (
        "标提: 甲\n"
        "日期: 2024-02-30\n"
        "听众: 下属\n"
        "业务:\n"
        "  - 素材: 甲\n"
        "    成绩: [{句: 乙, 数据: [{指标: 丙, 数值: 5}, {数值: 6}]}]\n"
        "    难题: 丁\n"
        "语速: 5000\n"
    )
    found = [(p.code, p.place.line, p.place.column) for p in problems(text) if p.place]
    assert found == [
        ("E201", 1, 1),
        ("E202", 1, 1),
        ("E205", 2, 5),
        ("E204", 3, 5),
        ("E206", 6, 34),
        ("E202", 6, 38),
        ("E206", 6, 43),
        ("E201", 7, 5),
        ("E209", 8, 5),
    ]
    paths = [p.place.path for p in problems(text) if p.place]
    assert paths[4] == "业务[0].成绩[0].数据[0].数值"


def test_the_branch_that_was_meant_is_explained() -> None:
    (problem,) = problems("场合: 会\n业务:\n  - 素材: 甲\n    成绩: {句: 乙, 展: 丙}\n")
    assert (problem.code, problem.message) == ("E203", "“业务[0].成绩.展”应是列表，这里是“丙”")


def test_a_wrong_kind_names_all_kinds() -> None:
    (problem,) = problems("场合: 会\n标题: 12\n")
    assert problem.message == "“标题”应是文字或列表，这里是数 12"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("15", "15分钟"),
        ("15 分钟", "15分钟"),
        ("１５分钟", "15分钟"),
        ("十五分钟", "15分钟"),
        ("约15分钟", "15分钟"),
        ("15min", "15分钟"),
        ("1小时", "60分钟"),
        ("1个小时", "60分钟"),
        ("1.5小时", "90分钟"),
        ("半小时", "30分钟"),
        ("半个小时", "30分钟"),
        ("一刻钟", "15分钟"),
        ("很久", "15分钟"),
        ("-3", "15分钟"),
    ],
)
def test_minutes_as_people_write_them(text: str, hint: str) -> None:
    assert written_form(("时长",), text, text) == ("E208", f"时长“{text}”写法不对", f"写成 {hint}")


@pytest.mark.parametrize(
    ("text", "hint"),
    [("3000", "3000字"), ("3,000字", "3000字"), ("3000 字", "3000字"), ("三千字", "3000字"), ("3千字", "3000字"),
     ("1万字", "10000字"), ("3000字左右", "3000字"), ("很长", "3000字")],
)  # fmt: skip
def test_lengths_as_people_write_them(text: str, hint: str) -> None:
    assert written_form(("篇幅",), text, text) == ("E208", f"篇幅“{text}”写法不对", f"写成 {hint}")


@given(st.text(max_size=30))
def test_any_date_or_amount_gets_an_answer(text: str) -> None:
    assert all(date(text))
    for key in ("时长", "篇幅", "日期"):
        written_form((key,), text, text)


class TestMappings:
    def test_the_same_without_places(self) -> None:
        found = problems({"听众": "下属", "要素": {"规模": {"数值": Decimal("1.10")}}})
        assert [(p.code, str(p.place), p.place and p.place.path) for p in found] == [
            ("E202", "素材单", ""),
            ("E204", "素材单", "听众"),
            ("E206", "素材单", "要素.规模.数值"),
        ]
        assert "1.10" in found[2].message

    def test_plain_data_is_copied(self) -> None:
        given_data = {"场合": "会", "日期": datetime.date(2024, 3, 5), "业务": ("甲", "乙"), "会议": None, "语速": 200}
        brief = load_brief(given_data, name="行 3")
        assert brief.data == {"场合": "会", "日期": "2024-03-05", "业务": ["甲", "乙"], "语速": 200}
        assert brief.name == "行 3"
        assert brief.date == datetime.date(2024, 3, 5)

    def test_moments(self) -> None:
        data = {"场合": "会", "日期": datetime.datetime(2024, 3, 5), "备注": datetime.datetime(2024, 3, 5, 9, 30)}
        assert load_brief(data).data == {"场合": "会", "日期": "2024-03-05", "备注": "2024-03-05 09:30"}

    @pytest.mark.parametrize(
        ("value", "code"),
        [({1, 2}, "E212"), (object(), "E212"), (float("nan"), "E212"), (Decimal("Infinity"), "E212"), (b"x", "E212"),
         ({1: 2}, "E120"), ({"": 2}, "E120"), ("\0", "E104"), ({"\ud800": 1}, "E104"), ("\U000f0001", "E105")],
    )  # fmt: skip
    def test_what_is_not_plain_is_refused_with_its_path(self, value: object, code: str) -> None:
        (problem,) = problems({"场合": "会", "要素": {"甲": value}})
        assert problem.code == code
        assert problem.place
        assert problem.place.path.startswith("要素.甲")
        assert problem.hint

    def test_a_mapping_that_holds_itself(self) -> None:
        loop: dict[str, Any] = {"场合": "会"}
        loop["要素"] = loop
        assert problems(loop)[0].code == "E118"
        assert problems({"场合": "会", "要素": {"甲": list(range(30_000))}})[0].code == "E119"

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
            max_leaves=8,
        )
    )
    def test_any_mapping_is_a_brief_or_a_brief_error(self, value: Any) -> None:
        keys = ["场合", "单位", "标题", "业务", "要素", "板块", "时长", "日期", "语速"]
        with contextlib.suppress(BriefError):
            load_brief(dict.fromkeys(keys, value))
