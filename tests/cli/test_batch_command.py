"""`drafter batch`: options, exit states, what is said."""

from __future__ import annotations

import json
import os
import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from drafter.cli.run import run

if TYPE_CHECKING:
    from pathlib import Path

BRIEF = """\
场合: 推进会
单位: {名称: 甲县总工会, 层级: 县}
会议: 甲县工会工作推进会
工作: 工会工作
篇幅: 900字
业务: [普法宣传]
要素:
  发言: [{谁: 东城区总工会, 内容: 介绍了做法}]
  目标: [{指标: 建会率, 关系: 超过, 数值: 85, 单位: "%", 期限: 今年年底}]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "单").mkdir()
    for name in "甲乙丙":
        (tmp_path / "单" / f"{name}.yaml").write_text(BRIEF.replace("甲县", f"{name}县"), encoding="utf-8")
    return tmp_path


def test_all_done(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", "单", "-o", "稿", "--to", "txt", "--name", "{会议}", "--report", "结果.json"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "共 3 篇：写好 3 篇，在 稿" in said.err
    names = sorted(path.name for path in (folder / "稿").glob("*.txt"))
    assert names == ["丙县工会工作推进会.txt", "乙县工会工作推进会.txt", "甲县工会工作推进会.txt"]
    report = json.loads((folder / "结果.json").read_text(encoding="utf-8"))
    assert report["summary"]["written"] == 3
    assert report["documents"][0]["characters"] > 500
    assert run(["batch", "单", "-o", "稿", "--to", "txt", "--name", "{会议}"]) == 2
    assert "E712" in capsys.readouterr().err
    assert run(["batch", "单", "-o", "稿", "--to", "txt", "--name", "{会议}", "--resume"]) == 0
    assert "3 篇没有变" in capsys.readouterr().err


def test_gaps_and_errors_return_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = BRIEF.replace("  发言: [{谁: 东城区总工会, 内容: 介绍了做法}]\n", "")
    (folder / "单" / "甲.yaml").write_text(text, encoding="utf-8")
    assert run(["batch", "单/甲.yaml", "-o", "一", "--to", "txt"]) == 1
    assert "待补" in capsys.readouterr().err
    (folder / "单" / "甲.yaml").write_text("场合: 推进会\n听众: 同级\n", encoding="utf-8")
    assert run(["batch", "单", "-o", "二", "--to", "txt", "--dry-run"]) == 1
    said = capsys.readouterr().err
    assert "甲.yaml:2:5: [E204]" in said
    assert "查过 2 篇，没有写文件；1 篇有错" in said
    assert not (folder / "二").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["没有"], 2, "E101"),
        ([], 2, "E719"),
        (["单", "--table", "表.csv"], 2, "E719"),
        (["单", "--brief", "单/甲.yaml"], 2, "E719"),
        (["单", "--name", "../{会议}"], 2, "E709"),
        (["单", "--name", "{没有}"], 2, "E709"),
        (["单", "--name", "同名"], 2, "E711"),
        (["单", "--cluster", "tcp://127.0.0.1:1"], 2, "E716"),
        (["单", "--report", "结果.pdf"], 2, "E719"),
        (["--table", "表.csv", "--brief", "坏.yaml"], 3, "E201"),
        (["单", "--jobs", "-1"], 2, "E604"),
    ],
)
def test_what_stops_a_batch(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, code: str
) -> None:
    (folder / "坏.yaml").write_text("场合: 推进会\n单卫: 甲\n", encoding="utf-8")
    (folder / "表.csv").write_text("单位.名称\n甲\n", encoding="utf-8")
    if "--cluster" in arguments:
        pytest.importorskip("distributed")
    assert run(["batch", *arguments, "-o", "稿"]) == status
    assert f"[{code}]" in capsys.readouterr().err
    assert not list((folder / "稿").glob("*.docx"))


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminal")
def test_the_bar_is_for_terminals_only(folder: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import pexpect

    command = ["-m", "drafter", "batch", "单", "-o", "稿", "--to", "txt"]
    env = {**os.environ, "PYTHONPATH": str(root), "TERM": "xterm", "PYTHONUTF8": "1"}
    shown = pexpect.run(shlex.join([sys.executable, *command]), cwd=str(folder), env=env, encoding="utf-8", timeout=30)
    assert "3/3" in shown
    assert "每秒" in shown
    assert "还要" in shown
    assert run(["batch", "单", "-o", "又", "--to", "txt"]) == 0
    assert "还要" not in capsys.readouterr().err
