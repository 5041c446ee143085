"""The whole interview with a scripted terminal: what is asked, saved, resumed, changed."""

from __future__ import annotations

import ast
import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer

from drafter.brief import brief_schema, load_brief
from drafter.cli.interview.asker import BackError, Check, Option, PlainAsker, Prompt
from drafter.cli.interview.fill import LEFT, Filler
from drafter.cli.interview.progress import partial_path
from drafter.cli.interview.review import remainder
from drafter.cli.interview.shape import shape_of
from drafter.cli.interview.state import State
from drafter.cli.interview.talk import Answers, talk
from drafter.cli.interview.terminal import open_terminal
from drafter.compose import compose
from drafter.errors import InputError, LibraryError
from drafter.library import Library

TODAY = dt.date(2024, 3, 5)
LIBRARY = Library.load()
BACK, CTRL_C, CTRL_D = object(), object(), object()
ROOT = brief_schema(LIBRARY.slots())
TOPICS = [topic.title for topic in LIBRARY.topics[:3]]


def titled(name: str, number: int = 0, field: str = "") -> str:
    """The title under which a fact, its item `number`, or a field of that item is asked."""
    shape = shape_of(LIBRARY.slots()[name], ROOT, name)
    assert shape is not None
    title = f"{shape.title} 第 {number} 条" if number else shape.title
    if not field:
        return title
    assert shape.item is not None
    return f"{title} · " + next(each.shape.title for each in shape.item.fields if each.name == field)


class Script:
    """A terminal that answers by the title of the question; what is not in the script is skipped."""

    def __init__(self, *answers: tuple[str, object]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.initial: dict[str, str] = {}
        self.refused: list[str] = []
        self.told: list[str] = []

    def _next(self, title: str) -> Any:
        for index, (name, answer) in enumerate(self.answers):
            if name == title:
                del self.answers[index]
                if answer is BACK:
                    raise BackError
                if answer is CTRL_C:
                    raise KeyboardInterrupt
                if answer is CTRL_D:
                    raise EOFError
                return answer
        return None

    def text(self, prompt: Prompt, check: Check) -> str:
        self.asked.append(prompt.title)
        self.initial[prompt.title] = prompt.initial
        while True:
            line = self._next(prompt.title)
            line = "" if line is None else str(line)
            reason = check(line)
            if not reason:
                return line
            assert line, f"{prompt.title}: an empty line is refused and the script has no other: {reason}"
            self.refused.append(reason)

    def choose(self, prompt: Prompt, options: Sequence[Option], usual: str = "") -> str:
        self.asked.append(prompt.title)
        answer = self._next(prompt.title)
        if answer is None:
            return usual or options[-1].value
        return next(option.value for option in options if option.label.startswith(answer))

    def several(self, prompt: Prompt, options: Sequence[Option], chosen: Iterable[str] = ()) -> list[str]:
        self.asked.append(prompt.title)
        answer = self._next(prompt.title)
        if answer is None:
            return list(chosen)
        return [option.value for option in options if option.label.startswith(tuple(answer))]

    def tell(self, text: str) -> None:
        self.told.append(text)

    def done(self, title: str, text: str, instead: str = "跳过") -> None:
        self.told.append(f"{title}={text or instead}")

    def table(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        self.told += [f"{title}|{name}|{text}" for name, text in rows]


def run(path: Path, script: Script, *, occasion: str | None = "推进会", resume: bool = False) -> Answers:
    return talk(script, State(LIBRARY, TODAY), path, occasion, resume)


def stopped(path: Path, script: Script, **settings: Any) -> int:
    with pytest.raises(typer.Exit) as caught:
        run(path, script, **settings)
    return int(caught.value.exit_code)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "素材单.yaml"


BASICS = (
    ("会议", "2024年全市工会工作推进会"),
    ("工作", "工会组织建设工作"),
    ("单位", "市总工会"),
    ("单位层级", "市"),
    ("讲话人职务", "市总工会副主席"),
    ("日期", "2024.3.5"),
    ("时长", "20"),
)


def test_answers_become_a_brief(path: Path) -> None:
    script = Script(*BASICS, ("业务", TOPICS[:2]), ("下一步", "生成文稿"))
    answers = run(path, script)
    assert answers.speech
    assert answers == {
        "场合": "推进会",
        "会议": "2024年全市工会工作推进会",
        "工作": "工会组织建设工作",
        "单位": {"名称": "市总工会", "层级": "市"},
        "讲话人": {"职务": "市总工会副主席"},
        "日期": "2024-03-05",
        "听众": "下级",
        "语气": "庄重",
        "时长": "20分钟",
        "业务": TOPICS[:2],
    }
    assert compose(load_brief(answers, slots=LIBRARY.slots()), LIBRARY).blocks


def test_nothing_is_asked_twice(path: Path) -> None:
    script = Script(("下一步", "只存素材单"))
    assert not run(path, script).speech
    assert len(script.asked) == len(set(script.asked))


def test_an_unknown_occasion_is_an_error(path: Path) -> None:
    with pytest.raises(LibraryError):
        run(path, Script(), occasion="茶话会推进会座谈会")


def test_the_occasion_is_asked_where_it_is_not_given(path: Path) -> None:
    script = Script(("场合", "推进会"), ("下一步", "只存素材单"))
    assert run(path, script, occasion=None)["场合"] == "推进会"


def test_a_list_of_figures_field_by_field(path: Path) -> None:
    script = Script(
        (titled("目标", 1, "指标"), "建会率"),
        (titled("目标", 1, "数值"), "９５％"),
        (titled("目标", 1, "期限"), "年底前"),
        (titled("目标", 1, "关系"), "达到"),
        (titled("目标", 2, "指标"), "培训职工"),
        (titled("目标", 2, "数值"), "40,000"),
        (titled("目标", 2, "单位"), "\x07"),  # refused, as an empty line would be
        (titled("目标", 2, "单位"), "人次"),
        (titled("目标", 2, "期限"), "年底前"),
        ("下一步", "只存素材单"),
    )
    goals = run(path, script)["要素"]["目标"]
    assert goals == [
        {"指标": "建会率", "数值": 95, "单位": "%", "期限": "年底前", "关系": "达到"},
        {"指标": "培训职工", "数值": "40,000", "单位": "人次", "期限": "年底前"},
    ]
    assert len(script.refused) == 1


def test_wrong_answers_are_answered_at_once(path: Path) -> None:
    script = Script(
        ("日期", "3月5日"), ("日期", "今天"), ("时长", "很短"), ("时长", "15分钟"), ("下一步", "只存素材单")
    )
    answers = run(path, script)
    assert (answers["日期"], answers["时长"]) == ("2024-03-05", "15分钟")
    assert len(script.refused) == 2


def test_entries_one_by_one_or_pasted(path: Path) -> None:
    script = Script(
        (titled("成绩", 1), "摸清家底：一企一档建台账。每月更新。"),
        (titled("成绩", 2), "送课下企业\n推动百人以上企业全部建会"),
        ("下一步", "只存素材单"),
    )
    assert run(path, script)["要素"]["成绩"] == [
        {"题": "摸清家底", "句": "一企一档建台账", "展": ["每月更新"]},
        "送课下企业",
        "推动百人以上企业全部建会",
    ]


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_an_interruption_loses_nothing(path: Path, key: object, capsys: pytest.CaptureFixture[str]) -> None:
    script = Script(
        ("会议", "推进会议"),
        (titled("目标", 1, "指标"), "建会率"),
        (titled("目标", 1, "数值"), "95"),
        (titled("目标", 1, "单位"), key),
    )
    assert stopped(path, script) == 130
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert str(partial_path(path)) in said
    assert "--resume" in said

    again = Script(
        (titled("目标", 1, "单位"), "%"),
        (titled("目标", 1, "期限"), "年底前"),
        ("下一步", "只存素材单"),
    )
    answers = run(path, again, resume=True, occasion=None)
    assert answers["会议"] == "推进会议"
    assert answers["要素"]["目标"] == [{"指标": "建会率", "数值": 95, "单位": "%", "期限": "年底前"}]
    assert not {"会议", "工作", "日期", titled("目标", 1, "指标"), titled("目标", 1, "数值")} & set(again.asked)
    assert any("接着上次" in text for text in again.told)


def test_each_line_is_on_the_disk_before_the_next_question(path: Path) -> None:
    seen: list[str] = []

    class Watching(Script):
        def text(self, prompt: Prompt, check: Check) -> str:
            partial = partial_path(path)
            seen.append(partial.read_text(encoding="utf-8") if partial.exists() else "")
            return super().text(prompt, check)

    run(path, Watching(("会议", "甲会"), (titled("成绩", 1), "送课下企业"), ("下一步", "只存素材单")))
    assert "场合: 推进会" in seen[0]
    assert "甲会" in seen[1]
    assert any("送课下企业" in text and "要素" not in text.split("\n场合")[1] for text in seen)


def test_leaving_before_any_answer_saves_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert stopped(path, Script(("场合", CTRL_C)), occasion=None) == 130
    assert not partial_path(path).exists()
    assert "没有" in capsys.readouterr().err


def test_an_earlier_progress_is_never_overwritten(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = f"{partial_path(path)} 里有上次没答完的进度"
    assert stopped(path, Script(("会议", "甲会"), ("工作", CTRL_C))) == 130
    before = partial_path(path).read_bytes()

    assert stopped(path, Script((question, "退出")), occasion="推进会") == 0
    assert partial_path(path).read_bytes() == before

    assert run(path, Script((question, "接着"), ("下一步", "只存素材单")), occasion=None)["会议"] == "甲会"
    partial_path(path).write_bytes(before)
    answers = run(path, Script((question, "重新"), ("会议", "乙会"), ("下一步", "只存素材单")))
    assert answers["会议"] == "乙会"
    assert path.with_name("素材单.yaml.partial.1").read_bytes() == before
    assert "drafter new" in capsys.readouterr().err


def test_resume_without_a_progress_begins_anew(path: Path) -> None:
    script = Script(("会议", "甲会"), ("下一步", "只存素材单"))
    assert run(path, script, resume=True)["会议"] == "甲会"
    assert any("没有找到" in text for text in script.told)


def test_back_shows_the_answer_before(path: Path) -> None:
    script = Script(
        ("会议", "甲会"), ("工作", BACK), ("会议", "乙会"), ("工作", "组织建设工作"), ("下一步", "只存素材单")
    )
    answers = run(path, script)
    assert (answers["会议"], answers["工作"]) == ("乙会", "组织建设工作")
    assert script.initial["会议"] == "甲会"


def test_back_inside_a_list_takes_the_last_item_up_again(path: Path) -> None:
    script = Script(
        (titled("成绩", 1), "摸清家底"),
        (titled("成绩", 2), "送课下企"),
        (titled("成绩", 3), BACK),
        (titled("成绩", 2), "送课下企业"),
        ("下一步", "只存素材单"),
    )
    # the list may ask for more items than two: then it is left with a second empty line and stays in the progress
    answers = run(path, script)
    assert "送课下企业" in str(answers)
    assert "送课下企'" not in str(answers)


def test_help_tells_more_and_asks_again(path: Path) -> None:
    script = Script(("会议", "?"), ("会议", "甲会"), ("下一步", "只存素材单"))
    assert run(path, script)["会议"] == "甲会"
    assert any("说明" in text for text in script.told)


def test_optional_facts_are_offered_once_and_only_the_chosen_are_asked(path: Path) -> None:
    script = Script(
        ("业务", TOPICS[:1]),
        ("还可以补充", [TOPICS[0]]),
        (f"{TOPICS[0]} · 成绩 第 1 条", "送课下企业"),
        ("下一步", "只存素材单"),
    )
    answers = run(path, script)
    assert answers["业务"] == [{"素材": TOPICS[0], "成绩": ["送课下企业"]}]
    assert script.asked.count("还可以补充") == 1
    asked_after = script.asked[script.asked.index("还可以补充") + 1 :]
    assert all(title.startswith((TOPICS[0], "下一步")) for title in asked_after)


def test_the_review_lists_answers_and_gaps_and_changes_return_to_it(path: Path) -> None:
    script = Script(
        ("会议", "甲会"),
        ("讲话人姓名", ""),
        ("业务", TOPICS[:2]),
        ("下一步", "修改"),
        ("修改哪一项", "会议"),
        ("会议", "乙会"),
        ("下一步", "修改"),
        ("修改哪一项", "业务"),
        ("业务", TOPICS[1:]),
        ("下一步", "修改"),
        ("修改哪一项", "讲话人姓名"),
        ("讲话人姓名", "王某"),
        ("下一步", "生成文稿"),
    )
    answers = run(path, script)
    assert (answers["会议"], answers["业务"], answers["讲话人"]) == ("乙会", TOPICS[1:], {"姓名": "王某"})
    assert "请过目|会议|甲会" in script.told
    assert "请过目|会议|乙会" in script.told
    assert any("待补" in text and "工作" in text for text in script.told)


def test_items_of_a_list_are_changed_one_by_one(path: Path) -> None:
    script = Script(
        (titled("发言", 1, "谁"), "市南区"),
        (titled("发言", 1, "内容"), "介绍做法"),
        (titled("发言", 2, "谁"), "市北区"),
        (titled("发言", 2, "内容"), "介绍经验"),
        ("下一步", "修改"),
        ("修改哪一项", titled("发言")),
        (titled("发言"), "1. 市南区"),
        (titled("发言", 1, "谁"), "市南区总工会"),
        (titled("发言", 1, "内容"), "介绍做法"),
        (titled("发言"), "2. 市北区"),
        (titled("发言", 2, "谁"), ""),
        (titled("发言"), "再加"),
        (titled("发言", 2, "谁"), "市西区"),
        (titled("发言", 2, "内容"), "介绍体会"),
        (titled("发言"), "改好了"),
        ("下一步", "只存素材单"),
    )
    assert run(path, script)["要素"]["发言"] == [
        {"谁": "市南区总工会", "内容": "介绍做法"},
        {"谁": "市西区", "内容": "介绍体会"},
    ]


def test_a_list_too_short_can_be_left_and_is_not_lost() -> None:
    name = "经验"
    assert int(LIBRARY.slots()[name]["minItems"]) > 1
    state = State(LIBRARY, TODAY, {"场合": "推进会"})
    script = Script((titled(name, 1), "书记主席一起上"), ("下一步", "只存素材单"))
    shape = shape_of(LIBRARY.slots()[name], ROOT, name)
    assert shape is not None
    where = ("要素", name)
    got = Filler(script, state.fault, TODAY).fill(
        shape, where, Prompt(shape.title), "", None, lambda part: state.open.update({where: part})
    )
    assert got is LEFT
    assert any("再回车一次" in text for text in script.told)
    state.skipped.add(where)
    left = remainder(state)
    assert "要素" not in left
    assert "书记主席一起上" in left["备注"]
    assert load_brief(left, slots=LIBRARY.slots()).data == left


def test_leaving_from_the_review_keeps_the_progress(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert stopped(path, Script(("会议", "甲会"), ("下一步", "退出"))) == 0
    assert "甲会" in partial_path(path).read_text(encoding="utf-8")
    assert "接着做：drafter new" in capsys.readouterr().err


def plain(lines: Iterable[object]) -> PlainAsker:
    given = iter(lines)

    def read(prompt: str) -> str:
        assert prompt
        line = next(given)
        if line is CTRL_D:
            raise EOFError
        return str(line)

    return PlainAsker(read)


def always(reason: str) -> Callable[[str], str]:
    return lambda line: reason if line == "错" else ""


def test_the_plain_terminal_never_fills_in(capsys: pytest.CaptureFixture[str]) -> None:
    asker = plain(["错", " 甲会 ", "", "-", "乙会"])
    assert asker.text(Prompt("会议"), always("不对")) == "甲会"
    assert asker.text(Prompt("会议", initial="甲会"), always("不对")) == "甲会"
    assert asker.text(Prompt("会议", initial="甲会"), always("不对")) == ""
    assert asker.text(Prompt("会议", initial="甲会"), always("不对")) == "乙会"
    assert "不对" in capsys.readouterr().out


def test_the_plain_terminal_chooses_by_number() -> None:
    options = [Option("省", "1省"), Option("市", "2市"), Option("县", "3县")]
    asker = plain(["9", "x", "2", "", "1，3", "4", "", "0", "", "<"])
    assert asker.choose(Prompt("层级"), options) == "2市"
    assert asker.choose(Prompt("层级"), options, "3县") == "3县"
    assert asker.several(Prompt("层级"), options) == ["1省", "3县"]
    assert asker.several(Prompt("层级"), options, ["2市"]) == ["2市"]
    assert asker.several(Prompt("层级"), options, ["2市"]) == []
    assert asker.several(Prompt("层级"), options) == []
    with pytest.raises(BackError):
        asker.choose(Prompt("层级"), options)


def test_the_interview_on_the_plain_terminal(path: Path) -> None:
    titles = [occasion.title for occasion in LIBRARY.occasions]
    number = str(titles.index("推进会") + 1)
    with pytest.raises(typer.Exit) as caught:
        talk(plain([number, "甲会", CTRL_D]), State(LIBRARY, TODAY), path, None, False)
    assert caught.value.exit_code == 130
    assert load_brief(partial_path(path)).data == {"场合": "推进会", "会议": "甲会"}


def test_without_a_terminal_it_refuses_and_says_how_else() -> None:
    with pytest.raises(InputError) as caught:
        open_terminal()
    said = str(caught.value)
    assert "drafter init" in said
    assert "--answers" in said


def test_every_text_can_be_shown_on_a_gbk_console(root: Path) -> None:
    for file in sorted((root / "drafter" / "cli" / "interview").glob("*.py")):
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                shown = '"""' not in (ast.get_source_segment(text, node) or "")
                assert not shown or node.value.encode("gbk", "replace").decode("gbk") == node.value, (file, node.value)


def test_it_needs_no_terminal_library_to_be_imported() -> None:
    names = "'questionary', 'rich', 'prompt_toolkit'"
    code = f"import sys, drafter.cli.interview; print([name for name in ({names}) if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
