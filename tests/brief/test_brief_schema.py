"""The exported schema is valid JSON Schema 2020-12 and speaks Chinese in an editor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from drafter.brief import brief_schema, load_brief
from drafter.brief.schema import resolve_ref
from drafter.errors import BriefError

SLOTS: dict[str, Any] = {"成绩": {"type": "array", "items": {"$ref": "#/$defs/条目"}, "title": "成绩"}}


@pytest.mark.parametrize("slots", [None, {}, SLOTS])
def test_it_is_valid_json_schema(slots: dict[str, Any] | None) -> None:
    schema = brief_schema(slots)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


def test_slots_close_the_facts() -> None:
    facts = brief_schema(SLOTS)["properties"]["要素"]
    assert list(facts["properties"]) == ["成绩"]
    assert facts["additionalProperties"] is False
    assert "properties" not in brief_schema()["properties"]["要素"]
    assert SLOTS["成绩"]["items"] == {"$ref": "#/$defs/条目"}, "what was given stays as it was"


def test_a_caller_may_change_what_it_got() -> None:
    brief_schema()["properties"].clear()
    assert brief_schema()["properties"]


def properties(part: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        for name, value in part.get("properties", {}).items():
            yield f"{path}/{name}", value
        for name, value in part.items():
            yield from properties(value, f"{path}/{name}")
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from properties(value, f"{path}/{index}")


def test_every_key_has_a_title_and_a_description() -> None:
    schema = brief_schema()
    found = [(path, resolve_ref(schema, value)) for path, value in properties(schema)]
    assert len(found) > 60
    assert not [path for path, value in found if not {"title", "description"} <= value.keys()]


def test_the_file_names_no_key_twice(root: Path) -> None:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(dict(pairs)) == len(pairs), [key for key, _ in pairs]
        return dict(pairs)

    json.loads((root / "drafter/brief/schema.json").read_bytes(), object_pairs_hook=once)


def test_references_are_uris() -> None:
    schema = json.dumps(brief_schema(SLOTS), ensure_ascii=False)
    assert "#/$defs/条目" not in schema
    assert "#/$defs/%E6%9D%A1%E7%9B%AE" in schema


def test_examples_are_valid() -> None:
    schema = brief_schema()
    for path, value in properties(schema):
        for example in value.get("examples", ()):
            wrapped = {"$defs": schema["$defs"], "properties": schema["properties"], "allOf": [value]}
            inner = {**wrapped, "properties": {}}
            assert jsonschema.Draft202012Validator({**inner}).is_valid(example), (path, example)


BRIEFS = [
    "场合: 会\n",
    "会议: 甲\n",
    "场合: 会\n标题: [甲, 乙]\n称谓: 同志们\n",
    "场合: 会\n业务: [甲, {素材: 乙, 成绩: 丙, 任务: [丁, {题: 戊, 展: [己]}]}]\n",
    "场合: 会\n板块: [{功能: 甲, 句式: [乙, [丙, '丁?']], 比重: 2, 要素: {甲: 1}, 业务: [甲], 正文: [乙]}]\n",
    "场合: 会\n板块: [{功能: 甲, 措辞: 甲}, {功能: 乙, 措辞: {我们排比: 乙}}]\n",
    "场合: 会\n板块: [{功能: 乙, 措辞: {我们排比: 1}}]\n",
    "场合: 会\n要素: {规模: {数值: 1}}\n",
    "场合: 会\n要素: {规模: [[{数值: 1, 单位: 户}]]}\n",
    "场合: 会\n时长: 1分钟\n篇幅: 1字\n",
    "场合: 会\n措辞种子: 3\n版式: 省总\n备注: ''\n",
    "场合: 会\n单位: {名称: 甲, 层级: 省, 简称: 乙}\n讲话人: {姓名: 王某, 职务: 主席}\n",
    "场合: 会\n语速: 200\n听众: 上级\n语气: 平实\n地点: 甲\n工作: 乙\n",
]


@pytest.mark.parametrize("text", BRIEFS)
def test_another_validator_agrees(text: str) -> None:

    other = jsonschema.Draft202012Validator(brief_schema()).is_valid(yaml.safe_load(text))
    try:
        load_brief(text)
    except BriefError:
        assert not other
    else:
        assert other


FULL = """\
场合: 推进会
要素:
  数: {指标: 甲, 数值: "40,000", 单位: 家, 关系: 达到, 期间: 2024, 比较: 增长一成, 来源: 总结, 核实: true}
  引: {出处: 甲, 时间: 2024, 场合: 乙, 文件: 丙, 要义: 丁, 意义: 戊, 核实: false}
  牌: {名称: 甲, 组成: [乙, 丙], 说明: 丁, 数据: [{指标: 甲, 数值: 1, 单位: 个}]}
  标: {指标: 甲, 关系: 达到, 数值: 90, 单位: "%", 期限: 年底前, 基数: 86%}
  言: {谁: 甲, 内容: 乙}
  意: {动词: 问候, 对象: 甲, 缘由: 乙}
  条: {题: 甲, 句: 乙, 展: [丙], 数据: [], 引语: {出处: 丁, 原文: 戊}}
"""


def test_the_shared_types() -> None:
    names = {"数": "数据", "引": "引用", "牌": "品牌", "标": "目标", "言": "发言", "意": "致意", "条": "条目"}
    slots = {slot: {"$ref": f"#/$defs/{name}"} for slot, name in names.items()}
    assert load_brief(FULL, slots=slots).data["要素"].keys() == names.keys()
    for slot in slots:
        with pytest.raises(BriefError):
            load_brief({"场合": "会", "要素": {slot: {"无此键": "甲"}}}, slots=slots)
    with pytest.raises(BriefError) as caught:
        load_brief(FULL.replace("文件: 丙", "文件: 《丙》"), slots=slots)
    assert "书名号" in caught.value.problems[0].message
