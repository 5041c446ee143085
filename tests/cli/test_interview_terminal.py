"""The interview at a real terminal: Chinese typed and deleted, menus, Ctrl-C, kill -9, resuming."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from drafter.brief import load_brief
from drafter.cli.interview.asker import BackError, Option, Prompt
from drafter.cli.interview.progress import partial_path
from drafter.cli.interview.terminal import TerminalAsker
from drafter.library import Library

UP, DOWN, ENTER, BACKSPACE, CTRL_C, CTRL_D = "\x1b[A", "\x1b[B", "\r", "\x7f", "\x03", "\x04"
OPTIONS = [Option("省级", "省"), Option("市级", "市"), Option("县级", "县")]


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe:
        yield pipe


@pytest.fixture
def asker(keys: PipeInput) -> TerminalAsker:
    return TerminalAsker(input=keys, output=DummyOutput())


def accepts(_: str) -> str:
    return ""


def test_three_backspaces_delete_three_characters(keys: PipeInput, asker: TerminalAsker) -> None:
    keys.send_text("全省工会推进会议好" + BACKSPACE * 3 + ENTER)
    assert asker.text(Prompt("会议"), accepts) == "全省工会推进"


def test_a_refused_line_is_there_to_be_corrected(keys: PipeInput, asker: TerminalAsker) -> None:
    keys.send_text("3月5" + ENTER + BACKSPACE * 3 + "今天" + ENTER)
    assert asker.text(Prompt("日期", hint="如：2024-03-05"), lambda line: "" if line == "今天" else "不对") == "今天"


def test_pasted_lines_come_as_one_answer(keys: PipeInput, asker: TerminalAsker) -> None:
    keys.send_text("\x1b[200~摸清底数\n送课下企业\x1b[201~" + ENTER)
    assert asker.text(Prompt("成绩 第 1 条"), accepts) == "摸清底数\n送课下企业"


def test_only_a_change_starts_with_a_text(keys: PipeInput, asker: TerminalAsker) -> None:
    keys.send_text("议" + ENTER + ENTER)
    assert asker.text(Prompt("会议", initial="推进会"), accepts) == "推进会议"
    assert asker.text(Prompt("会议"), accepts) == ""


def test_menus(keys: PipeInput, asker: TerminalAsker) -> None:
    keys.send_text(DOWN + ENTER + ENTER + UP + ENTER)
    assert asker.choose(Prompt("层级"), OPTIONS) == "市"
    assert asker.choose(Prompt("层级", hint="回车"), OPTIONS, "县") == "县"
    assert asker.choose(Prompt("层级"), OPTIONS, "县") == "市"


def test_several(keys: PipeInput, asker: TerminalAsker) -> None:
    keys.send_text(" " + DOWN + DOWN + " " + ENTER)
    assert asker.several(Prompt("业务"), OPTIONS) == ["省", "县"]
    keys.send_text(" " + ENTER)
    assert asker.several(Prompt("业务"), OPTIONS, ["省", "市"]) == ["市"]


def test_nothing_selected_is_asked_back_once(keys: PipeInput, asker: TerminalAsker) -> None:
    keys.send_text(ENTER + " " + ENTER + ENTER + ENTER)
    assert asker.several(Prompt("业务"), OPTIONS) == ["省"]
    assert asker.several(Prompt("业务"), OPTIONS) == []


@pytest.mark.parametrize(("key", "error"), [(CTRL_C, KeyboardInterrupt), (CTRL_D, EOFError), ("<", BackError)])
def test_ways_out_of_every_question(
    keys: PipeInput, asker: TerminalAsker, key: str, error: type[BaseException]
) -> None:
    questions: list[Callable[[], object]] = [
        lambda: asker.choose(Prompt("层级"), OPTIONS),
        lambda: asker.several(Prompt("业务"), OPTIONS),
    ]
    if key != "<":
        questions.append(lambda: asker.text(Prompt("会议"), accepts))
    for question in questions:
        keys.send_text(key)
        with pytest.raises(error):
            question()


# -- a pseudo terminal ---------------------------------------------------------------------------

pexpect = pytest.importorskip("pexpect", reason="no pseudo terminals here")

RUNNER = """
import sys
from pathlib import Path
import typer
from drafter.brief import dump
from drafter.cli.console import safe_streams
from drafter.cli.interview import forget, interview
from drafter.library import Library

safe_streams()
path = Path(sys.argv[1])
try:
    answers = interview(path, Library.load(), "推进会", "--resume" in sys.argv)
except typer.Exit as stop:
    sys.exit(stop.exit_code)
path.write_text(dump(answers), encoding="utf-8")
forget(path)
print("存好了", answers.speech)
"""
LIBRARY = Library.load()


ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\r")


class Terminal:
    """A program on a pseudo terminal; what it shows, without colours and movements."""

    def __init__(self, folder: Path, root: Path, *command: str, encoding: str = "utf-8", **environ: str) -> None:
        env = {
            **os.environ,
            "PYTHONPATH": str(root),
            "TERM": "xterm",
            "LC_ALL": "C.UTF-8",
            "PROMPT_TOOLKIT_NO_CPR": "1",
        }
        self.child = pexpect.spawn(
            sys.executable,
            list(command),
            cwd=str(folder),
            env={**env, "PYTHONUTF8": "1", **environ},
            encoding=encoding,
            dimensions=(50, 120),
        )
        self._seen = ""

    def until(self, *texts: str) -> None:
        """Wait for the texts, one after the other, behind what was waited for before."""
        for text in texts:
            limit = time.monotonic() + 20
            while text not in self._seen:
                assert time.monotonic() < limit, f"{text!r} is not in {self._seen[-2000:]!r}"
                self._read()
            self._seen = self._seen.partition(text)[2]

    def _read(self) -> None:
        try:
            self._seen = ESCAPE.sub("", self._seen + self.child.read_nonblocking(4096, timeout=20))
        except (pexpect.EOF, pexpect.TIMEOUT) as error:
            raise AssertionError(f"{type(error).__name__} after {self._seen[-2000:]!r}") from None

    def type(self, text: str) -> None:
        self.child.send(text)

    def answer(self, question: str, keys: str) -> None:
        """Wait until the question and its prompt stand there, then type."""
        self.until(f"? {question}", "\n> ")
        self.type(keys)

    def pick(self, question: str, last: str, keys: str) -> None:
        """Wait until the menu with its `last` line stands there, then type."""
        self.until(f"? {question}", last)
        self.type(keys)

    def skip_to(self, title: str) -> None:
        """Leave the questions empty that come before `title`."""
        while True:
            self.until("\n? ")
            while "\n" not in self._seen:
                self._read()
            if self._seen.startswith(title):
                return
            self.until("\n> ")
            self.type(ENTER)

    def end(self) -> int:
        """The exit status."""
        try:
            self.child.expect(pexpect.EOF, timeout=20)
            self._seen += ESCAPE.sub("", self.child.before or "")
        finally:
            self.child.close(force=True)
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)


@pytest.fixture
def start(tmp_path: Path, root: Path) -> Iterator[Callable[..., Terminal]]:
    (tmp_path / "runner.py").write_text(RUNNER, encoding="utf-8")
    terminals = []

    def spawn(*options: str, name: str = "素材单.yaml", command: Sequence[str] = (), **settings: str) -> Terminal:
        command = command or [str(tmp_path / "runner.py"), name, *options]
        terminals.append(Terminal(tmp_path, root, *command, **settings))
        return terminals[-1]

    yield spawn
    for terminal in terminals:
        terminal.child.close(force=True)


def saved(folder: Path, name: str = "素材单.yaml.partial") -> dict[str, Any]:
    return load_brief(folder / name, slots=LIBRARY.slots()).data


@pytest.mark.terminal
def test_typed_interrupted_and_resumed(start: Callable[..., Terminal], tmp_path: Path) -> None:
    screen = start()
    screen.answer("会议", "2024年全市工会推进会议好的" + BACKSPACE * 3 + ENTER)
    screen.answer("工作", "工会组织建设工作" + ENTER)
    screen.answer("单位", "市总" + CTRL_C)
    screen.until("接着做：drafter new -o 素材单.yaml --resume")
    assert screen.end() == 130
    assert saved(tmp_path) == {"场合": "推进会", "会议": "2024年全市工会推进会", "工作": "工会组织建设工作"}
    assert partial_path(tmp_path / "素材单.yaml").stat().st_mode & 0o777 == 0o600

    screen = start("--resume")
    screen.until("接着上次做：已答 3 项")
    screen.answer("单位", "市总工会" + ENTER)
    screen.pick("单位层级", "其他（自己写）", DOWN + ENTER)
    screen.answer("讲话人职务", "市总工会副主席" + ENTER)
    screen.answer("讲话人姓名", ENTER)
    screen.answer("日期", "3月5日" + ENTER)
    screen.until("日期要写全年、月、日", "\n> ")
    screen.type(BACKSPACE * 4 + "2024.3.5" + ENTER)
    screen.pick("听众", "（这个场合的常规）", ENTER)
    screen.pick("语气", "（这个场合的常规）", ENTER)
    screen.answer("时长", "15" + ENTER)
    screen.pick("业务", LIBRARY.topics[0].title, " " + ENTER)
    screen.until(f"业务：{LIBRARY.topics[0].title}", "? ")
    screen.type(CTRL_D)
    assert screen.end() == 130
    assert saved(tmp_path) == {
        "场合": "推进会",
        "会议": "2024年全市工会推进会",
        "工作": "工会组织建设工作",
        "单位": {"名称": "市总工会", "层级": "市"},
        "讲话人": {"职务": "市总工会副主席"},
        "日期": "2024-03-05",
        "听众": "下级",
        "语气": "庄重",
        "时长": "15分钟",
        "业务": [LIBRARY.topics[0].title],
    }


def basics_skipped(folder: Path) -> None:
    """A progress in which the first questions are left empty."""
    names = ["会议", "工作", "单位.名称", "讲话人.职务", "讲话人.姓名", "日期", "听众", "语气", "时长", "业务"]
    memory = json.dumps({"skipped": [name.split(".") for name in names]})
    text = f"# drafter-new {memory}\n场合: 推进会\n"
    (folder / "素材单.yaml.partial").write_text(text, encoding="utf-8")


@pytest.mark.terminal
def test_items_reviewed_changed_finished(start: Callable[..., Terminal], tmp_path: Path) -> None:
    basics_skipped(tmp_path)
    screen = start("--resume")
    screen.skip_to("成绩 第 1 条")
    screen.until("\n> ")
    screen.type("摸清家底：一企一档建台账" + ENTER)
    screen.answer("成绩 第 2 条", "送课下企业" + ENTER)
    screen.answer("成绩 第 3 条", "办好了实事好" + BACKSPACE + ENTER)
    screen.answer("成绩 第 4 条", ENTER)
    screen.until("√ 成绩")
    screen.skip_to("还可以补充")
    screen.until("回车确定")
    screen.type(ENTER + ENTER)
    screen.until("请过目", "办好了实事", "文稿里会标【待补】")
    screen.pick("下一步", "退出（保留进度）", DOWN + ENTER)
    screen.pick("修改哪一项", "不改了", DOWN + ENTER)
    screen.pick("成绩", "改好了", DOWN + ENTER)
    screen.answer("成绩 第 2 条", "都去" + ENTER)
    screen.pick("成绩", "改好了", UP + ENTER)
    screen.pick("下一步", "退出（保留进度）", DOWN * 2 + ENTER)
    screen.until("存好了 False")
    assert screen.end() == 0
    finished = saved(tmp_path, "素材单.yaml")
    assert finished["要素"]["成绩"] == [{"题": "摸清家底", "句": "一企一档建台账"}, "送课下企业都去", "办好了实事"]
    assert not partial_path(tmp_path / "素材单.yaml").exists()


@pytest.mark.terminal
def test_a_kill_loses_no_more_than_the_line(start: Callable[..., Terminal], tmp_path: Path) -> None:
    screen = start()
    screen.answer("会议", "全市工会推进会" + ENTER)
    screen.answer("工作", "写到一半")
    screen.until("写到一半")
    screen.child.kill(signal.SIGKILL)
    screen.end()
    assert saved(tmp_path) == {"场合": "推进会", "会议": "全市工会推进会"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["runner.py", "素材单.yaml.partial"]

    screen = start()
    screen.until("里有上次没答完的进度", "退出")
    screen.type(ENTER)
    screen.answer("工作", "组织建设工作" + ENTER)
    screen.answer("单位", CTRL_C)
    assert screen.end() == 130
    assert saved(tmp_path) == {"场合": "推进会", "会议": "全市工会推进会", "工作": "组织建设工作"}


@pytest.mark.terminal
def test_a_terminal_that_cannot_move_its_cursor(start: Callable[..., Terminal], tmp_path: Path) -> None:
    screen = start(TERM="dumb")
    screen.until("\n会议", "> ")
    screen.type("全市推进会议好的" + BACKSPACE * 3 + ENTER)
    screen.until("\n工作", "> ")
    screen.type(CTRL_D)
    screen.until("--resume")
    assert screen.end() == 130
    assert saved(tmp_path) == {"场合": "推进会", "会议": "全市推进会"}


@pytest.mark.terminal
@pytest.mark.skipif(not sys.executable.isascii(), reason="the path of this Python is not the same bytes in GBK")
def test_a_gbk_console(start: Callable[..., Terminal], tmp_path: Path) -> None:
    screen = start(name="brief.yaml", encoding="gbk", PYTHONUTF8="0", PYTHONIOENCODING="gbk")
    screen.answer("会议", "全市推进会议好的" + BACKSPACE * 3 + ENTER)
    screen.until("√ 会议：全市推进会")
    screen.answer("工作", CTRL_C)
    screen.until("接着做")
    assert screen.end() == 130
    assert saved(tmp_path, "brief.yaml.partial") == {"场合": "推进会", "会议": "全市推进会"}


@pytest.mark.terminal
def test_the_command_writes_brief_and_speech(start: Callable[..., Terminal], tmp_path: Path) -> None:
    basics_skipped(tmp_path)
    screen = start(command=["-m", "drafter", "new", "--resume"])
    screen.skip_to("还可以补充")
    screen.until("回车确定")
    screen.type(ENTER + ENTER)
    screen.pick("下一步", "退出（保留进度）", ENTER)
    assert screen.end() == 1
    assert saved(tmp_path, "素材单.yaml") == {"场合": "推进会"}
    assert (tmp_path / "素材单.docx").read_bytes().startswith(b"PK")
    assert not partial_path(tmp_path / "素材单.yaml").exists()


def test_the_command_without_a_terminal(tmp_path: Path, root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "drafter", "new", "-o", "稿.yaml"],
        input="推进会\n甲会\n",
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1"},
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "drafter init" in done.stderr
    assert "--answers" in done.stderr
    assert not list(tmp_path.iterdir())
