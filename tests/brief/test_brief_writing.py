"""`dump` and `skeleton` write what `load_brief` reads."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drafter.brief import Field, dump, load_brief, skeleton

AWKWARD = [
    "no", "yes", "on", "y", "null", "~", "true", "1.10", "0012", "12", "-3", "2024-03-05",
    "8:30", "40,000", "1e3", "0x1F", "甲: 乙", "甲:", ": 甲", "- 甲", "-", "? 甲", "# 甲",
    "甲 # 乙", "甲#乙", "“甲”", '"甲"', "'甲'", "《甲》", "甲\n乙", "甲\n乙\n", "甲\n\n乙\n\n", "\n甲",
    " 甲", "甲 ", "甲\n  乙", "  甲\n乙", "甲 \n乙", "\t甲", "甲\t乙", "[甲]", "{甲}", "*甲", "&甲",
    "!甲", "%", "8.5%", "@甲", "`甲`", "|", ">", "---", "--- 甲", "...", "=", "<<", "甲：乙", "",
    " ", "\r\n", "甲\r乙", "\u2028", "\ufeff", "\u00a0", "\u3000", "😀", "\\", "\\n", ",",
    "甲, 乙", ".inf", "+",
    "a" * 2000,
]  # fmt: skip

TEXT = st.sampled_from(AWKWARD) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=[chr(c) for c in (*range(9), 11, 12, *range(14, 32))])
).filter(lambda text: not any(0x7F <= ord(c) <= 0x9F or c in "\ufffe\uffff" or ord(c) >= 0xF0000 for c in text))
NUMBER = st.integers(-(10**17), 10**17) | st.floats(-1e15, 1e15, allow_subnormal=False)
KEY = TEXT.filter(str.strip)
VALUE = st.recursive(
    TEXT | NUMBER | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY.filter(lambda k: k != "数值"), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEY.filter(lambda key: key != "数值"), VALUE, max_size=5), TEXT)
def test_what_is_written_is_read_again(facts: dict[str, Any], note: str) -> None:
    data = {"场合": "推进会", "备注": note, "要素": facts}
    written = dump(data)
    assert load_brief(written).data == data
    assert dump(load_brief(written)) == written


@pytest.mark.parametrize("text", AWKWARD)
def test_other_readers_take_a_text_for_a_text(text: str) -> None:
    data = {"场合": "会", "备注": text, "要素": {"甲": [text]}}
    assert load_brief(dump(data)).data == data
    if text != "2024-03-05":  # a date to YAML 1.1, left plain as every brief writes it
        assert yaml.load(dump(data), Loader=yaml.SafeLoader) == data


def test_it_is_tidy() -> None:
    data = {
        "场合": "推进会",
        "日期": datetime.date(2024, 3, 5),
        "单位": {"名称": "省总工会", "层级": "省", "简称": None},
        "业务": ["普法", {"素材": "协商", "成绩": [{"句": "甲", "展": []}]}],
        "要素": {"数": [[1, 2.50], {}], "话": "一\n\n二"},
        "备注": "时间: 明天",
    }
    comments = {(): "一份\n素材单", ("日期",): "哪天", ("业务", 1): "第二项", ("业务", 1, "成绩"): "办成的"}
    written = dump(data, comments)
    assert written == (
        "# 一份\n# 素材单\n"
        "场合: 推进会\n"
        "# 哪天\n"
        "日期: 2024-03-05\n"
        "单位:\n  名称: 省总工会\n  层级: 省\n"
        "业务:\n  - 普法\n"
        "  # 第二项\n  - 素材: 协商\n    # 办成的\n    成绩:\n      - 句: 甲\n        展: []\n"
        "要素:\n  数:\n    - - 1\n      - 2.5\n    - {}\n  话: |-\n    一\n\n    二\n"
        '备注: "时间: 明天"\n'
    )
    assert load_brief(written).date == datetime.date(2024, 3, 5)


def test_figures_keep_their_text() -> None:
    text = "场合: 会\n要素:\n  数值组:\n    - 1.10\n    - +5\n    - 40,000\n    - '007'\n"
    again = load_brief(dump(load_brief(text)))
    assert [again.raw(("要素", "数值组", i)) for i in range(4)] == ["1.10", "+5", "40,000", "007"]
    assert again.data == load_brief(text).data


def test_a_comment_before_the_first_key_of_an_item() -> None:
    written = dump({"业务": [{"素材": "甲"}]}, {("业务", 0): "一", ("业务", 0, "素材"): "二"})
    assert written == "业务:\n  # 一\n    # 二\n  - 素材: 甲\n"
    assert yaml.safe_load(written) == {"业务": [{"素材": "甲"}]}


def test_small_and_large_numbers() -> None:
    data = {"场合": "会", "要素": {"甲": [1e-7, 1e15, -0.5, 10**17, 3.0]}}
    assert load_brief(dump(data)).data == data


def test_nothing() -> None:
    assert dump({}) == "{}\n"


def test_what_is_no_data_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        dump({"甲": {1, 2}})


FIELDS = [
    Field(("会议",), "会议名称", "这次会议叫什么？", "全省工会权益保障工作推进会", required=True),
    Field(("单位", "名称"), "单位", "讲话人在哪个单位？", "省总工会", required=True),
    Field(("单位", "层级"), "层级"),
    Field(("要素", "成绩"), "成绩", "这段时间办成了哪几件事？", [{"题": "底数更清", "句": "一户一档"}], required=True),
    Field(("要素", "目标"), "目标", "到什么时候做到多少？\n没有就不填。", {"指标": "签订率", "数值": 90, "单位": "%"}),
    Field(("业务", 0, "成绩"), "工资集体协商的成绩", "这项业务办成了什么？"),
    Field(("听众",), "听众", "讲给谁听？", "下级"),
]
KNOWN = {"语气": "庄重", "场合": "推进会", "业务": ["工资集体协商"], "单位": {"层级": "省", "名称": "省总: 工会"}}


def test_a_skeleton_loads_as_it_is() -> None:
    text = skeleton(KNOWN, FIELDS)
    assert load_brief(text).data == KNOWN
    assert text.startswith("# yaml-language-server: $schema=素材单.schema.json\n")
    assert list(load_brief(text).data) == ["场合", "单位", "语气", "业务"], "in the order of the schema"


def test_a_skeleton_asks_what_is_missing() -> None:
    lines = skeleton(KNOWN, FIELDS, head="推进会讲话").splitlines()
    assert lines[1] == "# 推进会讲话"
    for expected in (
        "# 会议名称（必填）：这次会议叫什么？",
        "# 例：全省工会权益保障工作推进会",
        "#会议:",
        "  # 成绩（必填）：这段时间办成了哪几件事？",
        "  #   - 题: 底数更清",
        "  #成绩:",
        "  # 目标（可不填）：到什么时候做到多少？",
        "  # 没有就不填。",
        "  # 单位：讲话人在哪个单位？",
        "# 工资集体协商的成绩（可不填）：这项业务办成了什么？",
    ):
        assert expected in lines
    assert "# 例：省总工会" not in "\n".join(lines), "what is filled in needs no example"


def test_filling_in_is_deleting_the_mark() -> None:
    text = skeleton(KNOWN, FIELDS).replace("#会议:", "会议: 甲").replace("  #成绩:", "  成绩: [乙]")
    data = load_brief(text).data
    assert (data["会议"], data["要素"]) == ("甲", {"成绩": ["乙"]})
    opened = skeleton(KNOWN, FIELDS).replace("#会议:", "会议:").replace("  #成绩:", "  成绩:")
    assert load_brief(opened).data == {**KNOWN, "要素": {}} or load_brief(opened).data == KNOWN


def test_a_field_in_the_words_of_its_schema() -> None:
    made = Field.of(("要素", "规模"), {"$ref": "#/$defs/数据", "title": "规模"}, required=True, used_by=["甲", "乙"])
    assert (made.title, made.required) == ("规模", True)
    assert made.question.endswith("（用在：甲、乙）")
    assert made.example["单位"] == "户"
    bare = Field.of(("要素", "话"), {"type": "string"})
    assert (bare.title, bare.question, bare.example) == ("话", "", None)


@given(
    st.dictionaries(KEY.filter(lambda key: key != "数值"), VALUE, max_size=3), st.lists(KEY, max_size=3), TEXT, VALUE
)
def test_any_skeleton_loads(facts: dict[str, Any], names: list[str], words: str, example: Any) -> None:
    values = {"场合": "推进会", "要素": facts, "备注": words}
    fields = [Field(("要素", name), words, words, example) for name in names] + [
        Field(("会议",), words, words, example)
    ]
    found = load_brief(skeleton(values, fields)).data
    assert {"要素": {}, **found} == values
