"""What is asked next, and how an answer becomes data of a brief."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter.brief import brief_schema, load_brief
from drafter.cli.interview.progress import forget, load, partial_path, resume_command, save
from drafter.cli.interview.shape import Kind, shape_of
from drafter.cli.interview.state import Ask, Offer, State
from drafter.compose import compose
from drafter.errors import BriefError, OutputError
from drafter.library import Library

TODAY = dt.date(2024, 3, 5)
LIBRARY = Library.load()


def begun(**data: object) -> State:
    return State(LIBRARY, TODAY, {"场合": "推进会", **data})


def basics_done() -> State:
    state = begun(会议="全市工会工作推进会", 工作="工会组织建设工作")
    state.skipped = {ask.path for ask in state.basics() if state.value(ask.path) is None}
    return state


def test_every_fact_of_the_library_can_be_asked() -> None:
    root = brief_schema(LIBRARY.slots())
    assert [name for name, schema in LIBRARY.slots().items() if shape_of(schema, root, name) is None] == []


def test_shared_types_are_followed() -> None:
    root = brief_schema()
    figures = shape_of({"type": "array", "items": {"$ref": "#/$defs/数据"}}, root, "数据")
    assert figures is not None
    assert figures.item is not None
    kinds = {field.name: (field.shape.kind, field.required) for field in figures.item.fields}
    assert kinds["指标"] == (Kind.TEXT, True)
    assert kinds["数值"] == (Kind.FIGURE, True)
    assert kinds["比较"] == (Kind.TEXT, False)
    assert "来源" not in kinds


@pytest.mark.parametrize(
    "schema", [{"type": "object", "additionalProperties": {}}, {"type": "array", "items": {"$ref": "#/$defs/事实"}}]
)
def test_what_has_no_fields_is_not_asked(schema: dict[str, object]) -> None:
    assert shape_of(schema, brief_schema(), "x") is None


def test_the_occasion_is_asked_first() -> None:
    step = State(LIBRARY, TODAY).next()
    assert isinstance(step, Ask)
    assert step.path == ("场合",)
    assert "推进会" in step.shape.choices


def test_a_level_without_its_unit_is_not_asked() -> None:
    state = begun()
    state.answer(("单位", "名称"), None)
    assert not any(state.waiting(ask) for ask in state.basics() if ask.path == ("单位", "层级"))
    state.answer(("单位", "名称"), "市总工会")
    assert any(state.waiting(ask) for ask in state.basics() if ask.path == ("单位", "层级"))
    state.answer(("单位", "层级"), "市")
    state.answer(("单位", "名称"), "")
    assert "单位" not in state.data


def test_required_facts_come_before_the_offer_and_end() -> None:
    state = basics_done()
    seen = []
    while isinstance(step := state.next(), Ask):
        seen.append(step.path)
        state.answer(step.path, None)
    assert ("要素", "成绩") in seen
    assert len(seen) == len(set(seen))
    assert isinstance(step, Offer)
    state.offered = "推进会"
    assert state.next() is None


def test_a_key_of_the_brief_is_never_asked_again_as_a_fact() -> None:
    state = basics_done()
    state.answer(("会议",), None)
    state.answer(("工作",), None)
    asked = {ask.path for ask in state.wanted() if state.waiting(ask)}
    assert not asked & {("要素", "会议"), ("要素", "工作"), ("会议",), ("工作",)}


def test_topics_answer_what_they_can() -> None:
    state = basics_done()
    before = {ask.path for ask in state.wanted()}
    state.answer(("业务",), [topic.title for topic in LIBRARY.topics[:3]])
    after = {ask.path for ask in state.wanted()}
    assert ("要素", "成绩") in before - after


def test_own_facts_of_a_topic_go_into_its_item_and_survive_a_new_choice() -> None:
    state = basics_done()
    one, two, three = (topic.title for topic in LIBRARY.topics[:3])
    state.answer(("业务",), [one, two])
    state.answer(("业务", two, "成绩"), ["送课下企业"])
    assert state.data["业务"] == [one, {"素材": two, "成绩": ["送课下企业"]}]
    state.answer(("业务",), [two, three])
    assert state.data["业务"] == [{"素材": two, "成绩": ["送课下企业"]}, three]
    state.answer(("业务", two, "成绩"), None)
    assert state.data["业务"] == [two, three]


def test_a_number_of_characters_replaces_the_minutes() -> None:
    state = begun()
    state.answer(("时长",), "3000字")
    assert (state.data.get("篇幅"), state.data.get("时长")) == ("3000字", None)
    state.answer(("时长",), "15分钟")
    assert (state.data.get("篇幅"), state.data.get("时长")) == (None, "15分钟")


def test_undo_names_the_question_before() -> None:
    state = begun()
    state.answer(("会议",), "推进会议")
    state.answer(("工作",), None)
    assert state.undo() == ("工作",)
    assert ("工作",) not in state.skipped
    assert state.undo() == ("会议",)
    assert state.undo() is None


def test_faults_are_those_of_the_reader() -> None:
    state = begun()
    assert "控制字符" in state.fault(("会议",), "推进\x07会")
    assert state.fault(("会议",), "推进会议") == ""
    path = ("要素", "目标", 4)
    assert state.fault((*path, "指标"), "建会率", partial=True) == ""
    assert "缺少" in state.fault(path, {"指标": "建会率", "数值": 95, "单位": "%"})
    assert "单位" in state.fault(path, {"指标": "建会率", "数值": 95, "期限": "年底前"})
    assert state.data == {"场合": "推进会"}


def test_an_offer_holds_each_topic_once() -> None:
    state = basics_done()
    state.answer(("业务",), [LIBRARY.topics[0].title])
    while isinstance(step := state.next(), Ask):
        state.answer(step.path, None)
    assert isinstance(step, Offer)
    labels = [label for _, label in step.choices]
    assert sum(label.startswith(LIBRARY.topics[0].title) for label in labels) == 1
    assert len(labels) == len(set(labels))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(["会议", "工作", "地点"]), st.text(min_size=1)),
    st.text(),
)
def test_progress_survives_whatever_was_typed(tmp_path: Path, texts: dict[str, str], half: str) -> None:
    state = begun()
    for key, text in texts.items():
        if not state.fault((key,), text):
            state.answer((key,), text)
    state.answer(("讲话人", "姓名"), None)
    state.open[("要素", "目标")] = [{"指标": half, "数值": None}]
    state.offered, state.chosen = "推进会", [("要素", "数据")]
    save(state, tmp_path / "稿.yaml")
    again = State(LIBRARY, TODAY)
    load(again, tmp_path / "稿.yaml")
    assert again.data == state.data
    assert (again.skipped, again.open) == (state.skipped, state.open)
    assert (again.offered, again.chosen) == (state.offered, state.chosen)


def test_a_progress_is_a_brief_that_can_be_drafted(tmp_path: Path) -> None:
    state = basics_done()
    save(state, tmp_path / "稿.yaml")
    partial = partial_path(tmp_path / "稿.yaml")
    assert partial.stat().st_mode & 0o777 == 0o600
    assert compose(load_brief(partial, slots=LIBRARY.slots()), LIBRARY).blocks
    assert [path.name for path in tmp_path.iterdir()] == ["稿.yaml.partial"]
    forget(tmp_path / "稿.yaml")
    forget(tmp_path / "稿.yaml")
    assert not partial.exists()


def test_figures_written_by_hand_into_a_progress_keep_their_form(tmp_path: Path) -> None:
    text = "场合: 推进会\n要素:\n  数据:\n    - {指标: 投入, 数值: 1.10, 单位: 亿元}\n"
    (tmp_path / "稿.yaml.partial").write_text(text, encoding="utf-8")
    state = State(LIBRARY, TODAY)
    load(state, tmp_path / "稿.yaml")
    save(state, tmp_path / "稿.yaml")
    assert load_brief(tmp_path / "稿.yaml.partial").raw(("要素", "数据", 0, "数值")) == "1.10"


def test_a_progress_spoilt_by_hand_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "稿.yaml.partial").write_text("场合: 推进会\n会仪: 甲\n", encoding="utf-8")
    with pytest.raises(BriefError) as caught:
        load(State(LIBRARY, TODAY), tmp_path / "稿.yaml")
    assert caught.value.problems[0].place is not None
    assert caught.value.problems[0].place.line == 2


def test_a_progress_that_cannot_be_saved_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="E612"):
        save(begun(), tmp_path / "没有" / "稿.yaml")


def test_the_command_to_go_on_can_be_pasted() -> None:
    assert resume_command(Path("素材单.yaml"), LIBRARY) == "drafter new -o 素材单.yaml --resume"
    assert "'我的 稿.yaml'" in resume_command(Path("我的 稿.yaml"), LIBRARY) or '"我的 稿.yaml"' in resume_command(
        Path("我的 稿.yaml"), LIBRARY
    )
