"""A brief gives its data, the place and the source text of every value."""

from __future__ import annotations

import datetime
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from drafter.brief import Brief, format_path, load_brief

TEXT = """\
场合: 推进会
日期: 2024-03-05
单位: {名称: 省总工会, 层级: 省}
时长: 12.5分钟
业务:
  - 普法宣传
  - 素材: 工资集体协商
    成绩:
      - 句: 指导企业要约
        数据: [{指标: 覆盖企业, 数值: 40,000, 单位: 家}, {指标: 增幅, 数值: 1.10, 单位: "%"}]
备注: |
  第一行
  第二行
"""
FIGURE = ("业务", 1, "成绩", 0, "数据", 1, "数值")


@pytest.fixture(scope="module")
def brief() -> Brief:
    return load_brief(TEXT, name="甲.yaml")


def test_places(brief: Brief) -> None:
    place = brief.place(FIGURE)
    assert str(place) == "甲.yaml:10:58"
    assert place.source[place.column - 1 : place.end_column - 1] == "1.10"
    assert place.path == "业务[1].成绩[0].数据[1].数值"


def test_the_place_of_what_is_absent_is_that_around_it(brief: Brief) -> None:
    place = brief.place(("单位", "简称"))
    assert (place.line, place.column, place.path) == (3, 5, "单位.简称")
    assert brief.place(("会议",)).line == 1


def test_a_stretch_of_several_lines_ends_with_its_first(brief: Brief) -> None:
    place = brief.place(("备注",))
    assert (place.line, place.source[place.column - 1 : place.end_column - 1]) == (11, "|")


def test_source_text(brief: Brief) -> None:
    assert brief.raw(FIGURE) == "1.10"
    assert brief.get(FIGURE) == 1.1
    assert brief.raw((*FIGURE[:-2], 0, "数值")) == "40"  # in a flow list the comma ends the figure
    assert brief.raw(("单位",)) is None
    assert brief.raw(("无",)) is None
    assert load_brief("场合: 会\n要素: {甲: [true, +5, '007']}\n").raw(("要素", "甲", 1)) == "+5"


def test_texts_have_figures_as_they_stand(brief: Brief) -> None:
    assert brief.texts(FIGURE[:-1]) == {"指标": "增幅", "数值": "1.10", "单位": "%"}
    assert brief.texts()["业务"][0] == "普法宣传"
    assert load_brief({"场合": "会", "要素": {"甲": [True, 8.50, 3]}}).texts(("要素", "甲")) == [True, "8.5", "3"]


def test_get(brief: Brief) -> None:
    assert brief.get("场合") == "推进会"
    assert brief.get(("单位", "层级")) == "省"
    assert brief.get(("业务", 9), "无") == "无"
    assert brief.get(("业务", "0")) is None


def test_parsed_values(brief: Brief) -> None:
    assert (brief.date, brief.minutes, brief.characters) == (datetime.date(2024, 3, 5), 12.5, None)
    bare = load_brief("场合: 会\n篇幅: 3000字\n")
    assert (bare.date, bare.minutes, bare.characters) == (None, None, 3000)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("业务", 1, "素材"), "业务[1].素材"),
        (("要素", "a.b", 0), '要素["a.b"][0]'),
        (("甲 乙",), '["甲 乙"]'),
        (("",), '[""]'),
    ],
)
def test_paths(path: tuple[str | int, ...], text: str) -> None:
    assert format_path(path) == text


def test_a_brief_is_frozen_and_travels(brief: Brief) -> None:
    with pytest.raises(AttributeError):
        brief.name = "乙"  # type: ignore[misc]
    again = pickle.loads(pickle.dumps(brief))  # noqa: S301 - our own
    assert again.data == brief.data
    assert again.place(FIGURE) == brief.place(FIGURE)


def test_importing_it_is_cheap(root: Path) -> None:
    code = "import sys, drafter.brief; print([m for m in ('yaml', 'jsonschema_rs', 'difflib') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
