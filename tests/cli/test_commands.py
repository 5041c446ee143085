"""The commands on good input: what they write, print and return."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
import yaml

from drafter.cli.run import run

if TYPE_CHECKING:
    from pathlib import Path

BRIEF = """\
场合: 推进会
日期: 2025-03-12
单位: {名称: 市总工会, 层级: 市}
会议: 2025年全市工会工作推进会
工作: 工会工作
时长: 6分钟
业务: [普法宣传, 劳动争议调处]
要素:
  发言: [{谁: 东城区总工会, 内容: 介绍了做法}]
  目标: [{指标: 建会率, 关系: 超过, 数值: 85, 单位: "%", 期限: 今年年底, 核实: false}]
"""


@pytest.fixture
def brief(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "素材单.yaml"
    path.write_text(BRIEF, encoding="utf-8")
    return path


def test_draft_says_how_long_it_is(brief: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["draft", str(brief), "-o", "讲话.docx"]) == 0
    said = capsys.readouterr().err
    assert "已写出 讲话.docx（报审稿）" in said
    assert "约 6 分钟" in said
    assert "“核实: false”" in said
    assert zipfile.is_zipfile(tmp_path / "讲话.docx")


def test_strict_returns_one_for_any_note(brief: Path) -> None:
    assert run(["draft", str(brief), "-o", "讲话.txt", "--strict"]) == 1


@pytest.mark.parametrize("form", ["md", "txt", "html", "json"])
def test_every_form_carries_the_same_text(brief: Path, tmp_path: Path, form: str) -> None:
    assert run(["draft", str(brief), "-o", f"讲话.{form}"]) == 0
    text = (tmp_path / f"讲话.{form}").read_text(encoding="utf-8")
    for words in ("2025年全市工会工作推进会", "东城区总工会介绍了做法", "85%"):
        assert words in text.replace("</span>", "").replace("<span>", "") or form == "json"
    if form == "json":
        whole = "".join(block["text"] for block in json.loads(text)["blocks"])
        assert "建会率超过85%" in whole


def test_draft_as_json(brief: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["draft", str(brief), "-o", "讲话.docx", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["schema_version"] == 1
    assert said["output"] == "讲话.docx"
    assert said["gaps"] == []
    assert abs(said["minutes"] - 6) < 0.4


def test_the_trace_accounts_for_every_character(brief: Path, tmp_path: Path) -> None:
    assert run(["draft", str(brief), "-o", "讲话.txt", "--trace", "出处.json"]) == 0
    trace = json.loads((tmp_path / "出处.json").read_text(encoding="utf-8"))
    text = (tmp_path / "讲话.txt").read_text(encoding="utf-8")
    for paragraph in trace["paragraphs"]:
        assert paragraph["runs"][0]["start"] == 0
        ends = [run_["end"] for run_ in paragraph["runs"]]
        assert [run_["start"] for run_ in paragraph["runs"]] == [0, *ends[:-1]]
        assert ends[-1] == len(paragraph["text"])
        assert paragraph["text"].replace("\n", "") in text.replace("\n", "")
    kinds = {run_["origin"]["kind"] for paragraph in trace["paragraphs"] for run_ in paragraph["runs"]}
    assert kinds == {"brief", "pattern", "topic", "computed"}


def test_the_seed_moves_the_wording_and_only_that(brief: Path, tmp_path: Path) -> None:
    texts = []
    for seed in ("", "甲", "乙"):
        assert run(["draft", str(brief), "-o", f"{seed}稿.txt", "--seed", seed]) == 0
        texts.append((tmp_path / f"{seed}稿.txt").read_text(encoding="utf-8"))
    assert len(set(texts)) == 3
    assert all("建会率超过85%" in text for text in texts)


def test_three_copies(brief: Path, tmp_path: Path) -> None:
    for copy in ("报审", "核稿", "朗读"):
        assert run(["draft", str(brief), "-o", f"{copy}.docx", "--copy", copy]) == 0
    comments = zipfile.ZipFile(tmp_path / "核稿.docx").read("word/comments.xml").decode()
    assert "要素.目标[0].数值" in comments
    assert "未核实" in comments
    assert "word/comments.xml" not in zipfile.ZipFile(tmp_path / "报审.docx").namelist()


def test_stdin_to_stdout(brief: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "drafter", "draft", "-", "-o", "-"],
        input=brief.read_bytes(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert zipfile.is_zipfile(io.BytesIO(done.stdout))
    assert "标准输出" in done.stderr.decode()


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_console_that_cannot_show_it_all(brief: Path, encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "drafter", "draft", str(brief), "-o", "讲话.docx"],
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.usefixtures("brief")
def test_init_gives_a_brief_that_drafts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "现场会", "-o", "空白.yaml"]) == 0
    text = (tmp_path / "空白.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["场合"] == "现场会"
    for key in ("会议", "业务", "发言", "目标"):
        assert f"#{key}:" in text
    capsys.readouterr()
    assert run(["draft", "空白.yaml", "-o", "空白.docx"]) == 1
    assert "待补" in capsys.readouterr().err
    assert run(["init", "现场会", "-o", "空白.yaml"]) == 2


def test_new_from_answers(brief: Path, tmp_path: Path) -> None:
    assert run(["new", "--answers", str(brief), "-o", "新.yaml"]) == 0
    assert (tmp_path / "新.docx").exists()
    assert yaml.safe_load((tmp_path / "新.yaml").read_text(encoding="utf-8"))["会议"] == "2025年全市工会工作推进会"


def test_schema_knows_the_slots(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert {"发言", "目标", "成绩"} <= set(schema["properties"]["要素"]["properties"])


def test_library_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["library", "list"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert {row[0] for row in rows} == {"场合", "句式", "标题", "业务素材", "功能"}
    assert ["业务素材", "drafter.wage-bargaining", "工资集体协商"] in [row[:3] for row in rows]
    assert run(["library", "list", "场合", "--json"]) == 0
    assert {each["title"] for each in json.loads(capsys.readouterr().out)["occasions"]} >= {"推进会", "现场会"}


@pytest.mark.parametrize("name", ["P06", "我们排比", "drafter.achieve.we-parallel", "工资集体协商", "推进会"])
def test_library_show(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(["library", "show", name]) == 0
    assert "版本" in capsys.readouterr().out
    assert run(["library", "show", name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"].startswith("drafter.")


def test_library_search(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["library", "search", "协商", "账本"]) == 0
    assert "drafter.wage-bargaining" in capsys.readouterr().out
    assert run(["library", "search", "查无此词"]) == 1


@pytest.mark.usefixtures("brief")
def test_library_render(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["library", "render", "过渡几点"]) == 0
    assert "意见" in capsys.readouterr().out
    (tmp_path / "要素.yaml").write_text("有的: [只建会不开会, 只收费不办事]\n", encoding="utf-8")
    assert run(["library", "render", "有的列举", "--data", "要素.yaml"]) == 0
    assert "只收费不办事" in capsys.readouterr().out
    (tmp_path / "要素.yaml").write_text("有得: [甲]\n", encoding="utf-8")
    assert run(["library", "render", "有的列举", "--data", "要素.yaml"]) == 3
    assert "有的" in capsys.readouterr().err


def test_library_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["library", "check"]) == 0
    assert "没有问题" in capsys.readouterr().err
    assert run(["library", "check", "没有的包"]) == 1
    said = capsys.readouterr().err
    assert "没有这个模板包" in said
    assert "检查了" not in said


@pytest.mark.parametrize(
    "command", [[], ["draft"], ["init"], ["new"], ["schema"], ["check"], ["library"], ["library", "render"]]
)
def test_help_teaches_in_chinese(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", "drafter", *command, "--help"], capture_output=True, check=False)
    assert done.returncode == 0
    text = done.stdout.decode()
    assert "显示帮助" in text
    assert "Show this message" not in text
    assert "Options" not in text
    assert "Install" not in text
    assert "…" not in text.replace("文件…", "").replace("“……”", "")  # nothing is cut at the edge


def test_the_last_net(brief: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("drafter.cli.draft.compose", lambda *_: 1 / 0)
    assert run(["draft", str(brief), "-o", "讲话.docx"]) == 70
    said = capsys.readouterr().err
    assert "[E690]" in said
    assert "Traceback" not in said
    monkeypatch.setattr("drafter.cli.draft.compose", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    assert run(["draft", str(brief), "-o", "讲话.docx"]) == 130
    assert "已中断" in capsys.readouterr().err
