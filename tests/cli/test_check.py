"""`drafter check`: what it prints, returns and writes back."""

from __future__ import annotations

import json
import os
from pathlib import Path

import docx
import pytest

from drafter.cli.run import run

TEXT = "关于工会工作的讲话\n各位领导,同志们：\n今天召开会议，抓好任务布署。\n"


@pytest.fixture
def speech(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "讲话.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.usefixtures("speech")
def test_findings_are_shown_with_place_source_and_fix(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "讲话.txt"]) == 1
    said = capsys.readouterr()
    assert "讲话.txt:2:5: [P001]" in said.out
    assert "GB/T 15834-2011" in said.out
    assert "可自动改（--fix）" in said.out
    assert "布署" in said.out
    assert "错误" in said.err
    assert "其中 2 处可用 --fix 改" in said.err


def test_a_clean_text_gives_nothing_and_zero(speech: Path, capsys: pytest.CaptureFixture[str]) -> None:
    speech.write_text("今天，我们召开全市工会工作会议。\n", encoding="utf-8")
    assert run(["check", "讲话.txt", "--level", "warning"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "没有发现问题" in said.err


@pytest.mark.usefixtures("speech")
def test_only_what_was_selected() -> None:
    assert run(["check", "讲话.txt", "--select", "N"]) == 0
    assert run(["check", "讲话.txt", "--ignore", "P,W,S"]) == 0
    assert run(["check", "讲话.txt", "--select", "W002"]) == 1


@pytest.mark.usefixtures("speech")
def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "讲话.txt", "--format", "json", "--select", "P001"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["rule"] == "P001"
    assert (finding["file"], finding["line"], finding["column"]) == ("讲话.txt", 2, 5)
    assert finding["fix"]["edits"][0]["text"] == "，"


@pytest.mark.usefixtures("speech")
def test_sarif_into_a_file_that_is_not_overwritten(tmp_path: Path) -> None:
    assert run(["check", "讲话.txt", "--format", "sarif", "-o", "结果.sarif"]) == 1
    data = json.loads((tmp_path / "结果.sarif").read_text(encoding="utf-8"))
    assert {result["ruleId"] for result in data["runs"][0]["results"]} >= {"P001", "W002"}
    assert run(["check", "讲话.txt", "--format", "sarif", "-o", "结果.sarif"]) == 2


@pytest.mark.usefixtures("speech")
def test_github(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "讲话.txt", "--format", "github", "--select", "P001"]) == 1
    assert capsys.readouterr().out.startswith("::error file=讲话.txt,line=2,")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
def test_fix_keeps_encoding_and_line_ends(speech: Path, encoding: str, capsys: pytest.CaptureFixture[str]) -> None:
    speech.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert run(["check", "讲话.txt", "--fix", "--level", "warning"]) == 0
    fixed = TEXT.replace("领导,", "领导，").replace("布署", "部署").replace("\n", "\r\n")
    assert speech.read_bytes() == fixed.encode(encoding)
    said = capsys.readouterr().err
    assert "+今天召开会议，抓好任务部署。" in said
    assert "改了 2 处" in said


def test_diff_writes_nothing(speech: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "讲话.txt", "--diff"]) == 1
    assert "+各位领导，同志们：" in capsys.readouterr().out
    assert speech.read_text(encoding="utf-8") == TEXT


def test_quotations_titles_and_figures_stay(speech: Path) -> None:
    text = "他说“要布署好,落实好”。依据《布署办法》，共5千3百人。\n"
    speech.write_text(text, encoding="utf-8")
    run(["check", "讲话.txt", "--fix"])
    assert speech.read_text(encoding="utf-8") == text


@pytest.mark.usefixtures("speech")
def test_a_folder_and_a_file_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "~$讲话.docx").write_bytes(b"lock")
    assert run(["check", "."]) == 2
    said = capsys.readouterr()
    assert "坏.docx" in said.err
    assert "[P001]" in said.out
    assert "~$" not in said.err


def test_a_brief_is_composed_and_places_name_their_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                          capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    brief = tmp_path / "素材单.yaml"
    brief.write_text(
        "场合: 推进会\n会议: 全市工会推进会\n板块: [{功能: 任务部署, 正文: [抓好布署。]}]\n", encoding="utf-8"
    )
    assert run(["check", "素材单.yaml", "--select", "W002"]) == 1
    assert "出处：素材单 板块[0].正文[0]" in capsys.readouterr().out
    assert run(["check", "素材单.yaml", "--fix"]) == 2


def test_draft_is_checked_and_an_error_gives_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                 capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "素材单.yaml").write_text(
        "场合: 推进会\n会议: 全市工会推进会\n日期: 2026-03-05\n单位: {名称: 市总工会, 层级: 市}\n"
        "工作: 工会工作\n板块: [{功能: 任务部署, 正文: [抓好布署，抓好任务落实。]}]\n",
        encoding="utf-8",
    )
    assert run(["draft", "素材单.yaml", "-o", "讲话.txt", "--json"]) == 1
    said = capsys.readouterr()
    assert [finding["rule"] for finding in json.loads(said.out)["findings"]] == ["W002"]
    assert "校对：错误 1 处。" in said.err
    assert "讲话.txt:" in said.err
    assert "--fix" not in said.err
    assert run(["draft", "素材单.yaml", "-o", "讲话.txt", "--force", "--no-check"]) == 0
    (tmp_path / "drafter.toml").write_text('[check]\nignore = ["W"]\n', encoding="utf-8")
    assert run(["draft", "素材单.yaml", "-o", "讲话.txt", "--force"]) == 0


@pytest.mark.usefixtures("speech")
def test_a_marked_copy_of_a_text(tmp_path: Path) -> None:
    assert run(["check", "讲话.txt", "--marked", "批注.docx", "--level", "error"]) == 1
    said = [comment.text for comment in docx.Document(str(tmp_path / "批注.docx")).comments]
    assert any("P001" in each for each in said)
    assert any("部署" in each for each in said)


@pytest.mark.usefixtures("speech")
def test_settings_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "drafter.toml").write_text('[check]\nselect = ["N"]\n', encoding="utf-8")
    assert run(["check", "讲话.txt"]) == 0
    assert run(["check", "讲话.txt", "--select", "P001"]) == 1


@pytest.mark.usefixtures("speech")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "[E602] 没有写要查的文件"),
        (["讲话.txt", "--select", "Q1"], "没有规则 Q1"),
        (["讲话.txt", "--date", "去年"], "--date 不是日期"),
        (["无.txt"], "无.txt: [E150] 打不开文件：没有这个文件"),
        (["讲话.txt", "讲话.txt", "--marked", "批注.docx"], "一次只能批注一个文件"),
        (["讲话.txt", "--marked", "批注.txt"], "批注稿是 .docx 文件"),
        (["讲话.txt", "--suggested"], "要同 --fix 或 --diff 一起用"),
        (["讲话.txt", "--level", "致命"], "可用：错误、警告、提示"),
        (["讲话.txt", "--config", "无.toml"], "没有这个文件"),
    ],
)
def test_mistakes_in_the_command(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_rules_and_their_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--rules"]) == 0
    assert "P001" in capsys.readouterr().out
    assert run(["check", "--explain", "N015"]) == 0
    assert "公历" in capsys.readouterr().out
    assert run(["check", "--explain", "P001,S012"]) == 0
    said = capsys.readouterr().out
    assert "半角“…”，应为“…”" in said
    assert "空着没有填的地方\n" in said
    assert run(["check", "--rules"]) == 0
    assert "{" not in capsys.readouterr().out
    assert run(["check", "--rules", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["rules"]) > 100


@pytest.mark.usefixtures("speech")
def test_levels_by_either_name(capsys: pytest.CaptureFixture[str]) -> None:
    for level in ("错误", "error"):
        assert run(["check", "讲话.txt", "--level", level]) == 1
        assert "提示：" not in capsys.readouterr().out


@pytest.mark.usefixtures("speech")
def test_fixes_and_the_day_go_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "讲话.txt", "--diff", "-o", "改动.txt"]) == 1
    assert "+各位领导，同志们：" in (tmp_path / "改动.txt").read_text(encoding="utf-8")
    assert run(["check", "讲话.txt", "--dating", "-o", "日期.txt"]) == 0
    assert "讲话.txt：" in (tmp_path / "日期.txt").read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("speech")
def test_old_formats_in_a_folder_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "旧稿.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "~$旧稿.doc").write_bytes(b"lock")
    assert run(["check", ".", "--level", "错误"]) == 1
    assert "跳过 1 个不能直接查的文件（旧稿.doc）" in capsys.readouterr().err


@pytest.mark.usefixtures("speech")
def test_files_that_cannot_be_read_stand_in_the_reports(capsys: pytest.CaptureFixture[str]) -> None:
    def said(form: str) -> str:
        assert run(["check", "无.txt", "讲话.txt", "--format", form]) == 2
        said = capsys.readouterr()
        assert "检查了 1 个文件，1 个读不了：" in said.err
        return said.out

    data = json.loads(said("json"))
    assert data["files"] == ["讲话.txt"]
    assert [(each["file"], each["code"]) for each in data["unread"]] == [("无.txt", "E150")]
    (invocation,) = json.loads(said("sarif"))["runs"][0]["invocations"]
    assert not invocation["executionSuccessful"]
    assert invocation["toolExecutionNotifications"][0]["descriptor"]["id"] == "E150"
    assert said("github").startswith("::error file=无.txt,title=E150::")


def test_blanks_in_the_words_of_a_brief_are_errors_and_gaps_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "素材单.yaml").write_text(
        "场合: 推进会\n会议: 全市工会推进会\n单位: {名称: 市总工会, 层级: 市}\n工作: 工会工作\n"
        "板块: [{功能: 任务部署, 正文: [XX公司工会要抓好落实，完成【待补：数值】。]}]\n",
        encoding="utf-8",
    )
    assert run(["draft", "素材单.yaml", "-o", "讲话.txt", "--json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["rule"], finding["text"]) == ("S012", "XX")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="whoever may do all may write all")
def test_a_read_only_file_is_not_written_over(speech: Path, capsys: pytest.CaptureFixture[str]) -> None:
    speech.chmod(0o444)
    assert run(["check", "讲话.txt", "--fix"]) == 2
    assert "文件是只读的" in capsys.readouterr().err
    assert speech.read_text(encoding="utf-8") == TEXT


def test_a_switch_without_effect_is_named(speech: Path, capsys: pytest.CaptureFixture[str]) -> None:
    speech.write_text(
        "今天，开会。\n<!-- check: off P999 -->\n<!-- check: offf P014 -->\n<!-- check： off P014 -->\n",
        encoding="utf-8",
    )
    run(["check", "讲话.txt"])
    said = capsys.readouterr().err
    assert "讲话.txt:2:1: [E162] 没有规则 P999" in said
    assert "讲话.txt:3:1: [E163]" in said
    assert "讲话.txt:4:1: [E163]" in said
    speech.write_text(
        "今天,开会。<!-- check: off-line -->\n<!--check:off p001，N-->\n今天,开会。\n<!-- check: on P001, N -->\n",
        encoding="utf-8",
    )
    assert run(["check", "讲话.txt"]) == 0
    assert "[E16" not in capsys.readouterr().err
