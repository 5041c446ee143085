"""Bad input, end to end: message, place, code, exit status, and no file left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.cli.run import run

GOOD = "场合: 推进会\n会议: 全市工作推进会\n工作: 工会工作\n业务: [普法宣传]\n"
LAUGHS = "甲: &a [笑, 笑, 笑, 笑, 笑, 笑, 笑, 笑]\n" + "".join(
    f"{name}: &{mark} [{', '.join(['*' + before] * 8)}]\n"
    for name, mark, before in (("乙", "b", "a"), ("丙", "c", "b"), ("丁", "d", "c"), ("戊", "e", "d"))
)

BAD_BRIEFS = [
    # name, text, exit status, code, place, words of the message
    ("unknown key", GOOD + "标提: 讲话\n", 3, "E201", "5:1", "是不是“标题”"),
    ("missing key", "会议: 全市工作推进会\n", 3, "E202", "1:1", "缺少“场合”"),
    ("wrong type", GOOD + "语速: 快\n", 3, "E203", "5:5", "“语速”应是"),
    ("no such date", GOOD + "日期: 2024-02-30\n", 3, "E205", "5:5", "只有 29 天"),
    (
        "figure without unit",
        GOOD + "要素:\n  数据:\n    - {指标: 摘帽困难职工, 数值: 312}\n",
        3,
        "E206",
        "7:24",
        "数值 312 没有单位",
    ),
    ("unknown slot", GOOD + "要素:\n  发言人: 甲\n", 3, "E201", "6:3", "是不是“发言”"),
    ("unknown occasion", GOOD.replace("推进会\n会", "推动会\n会"), 3, "E305", "1:5", "是不是「推进会」"),
    ("unknown topic", GOOD.replace("普法宣传", "普法宣讲"), 3, "E305", "4:6", "是不是「普法宣传」"),
    (
        "unknown pattern",
        GOOD + "板块:\n  - 功能: 任务部署\n    句式: [小标题条木]\n",
        3,
        "E305",
        "7:10",
        "是不是「小标题条目」",
    ),
    ("broken YAML", GOOD + "业务素材: [甲, 乙\n", 3, "E110", "5:7", "没有配对"),
    ("empty file", "", 3, "E113", "1:1", "素材单是空的"),
    ("full-width colon", GOOD + "地点：会堂\n", 3, "E111", "5:3", "全角冒号"),
    ("tab", GOOD + "要素:\n\t背景: 甲\n", 3, "E112", "6:1", "Tab"),
    ("duplicate key", GOOD + "会议: 另一个会\n", 3, "E115", "5:1", "“会议”"),
    ("alias bomb", GOOD + LAUGHS, 3, "E119", "5:20", "层层套用"),
    ("deep", "[" * 100_000, 3, "E118", "1:", "30"),
    ("huge", GOOD + "备注: " + "长" * 4_000_000, 2, "E103", "", "1 MB"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "status", "code", "place", "words"), [row[1:] for row in BAD_BRIEFS], ids=[row[0] for row in BAD_BRIEFS]
)
def test_a_bad_brief(  # noqa: PLR0917
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, status: int, code: str, place: str, words: str
) -> None:
    (folder / "素材单.yaml").write_text(text, encoding="utf-8")
    assert run(["draft", "素材单.yaml", "-o", "讲话.docx"]) == status
    said = capsys.readouterr()
    assert said.out == ""
    assert f"[{code}]" in said.err
    assert f"素材单.yaml:{place}" in said.err if place else "素材单.yaml" in said.err
    assert words in said.err
    assert [path.name for path in folder.iterdir()] == ["素材单.yaml"]


def test_all_errors_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "素材单.yaml").write_text(GOOD + "标提: 甲\n日期: 2024-13-01\n语速: 快\n", encoding="utf-8")
    assert run(["draft", "素材单.yaml"]) == 3
    said = capsys.readouterr().err
    assert [code for code in ("E201", "E205", "E203") if code in said] == ["E201", "E205", "E203"]
    assert "共 3 处问题" in said


def test_a_gbk_file_is_read(folder: Path) -> None:
    (folder / "素材单.yaml").write_bytes(GOOD.encode("gb18030"))
    assert run(["draft", "素材单.yaml", "-o", "讲话.txt"]) == 1
    assert "全市工作推进会" in (folder / "讲话.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("旧稿.docx", b"PK\x03\x04", 2, "E102"),
        ("旧稿.doc", b"\xd0\xcf\x11\xe0", 2, "E102"),
        ("旧稿.txt", "在推进会上的讲话\n发布时间：3月9日\n来源：办公室\n".encode(), 3, "E114"),
        ("旧稿.md", "# 在推进会上的讲话\n同志们：\n".encode("gb18030"), 3, "E114"),
    ],
)
def test_a_manuscript_is_sent_to_import(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, status: int, code: str
) -> None:
    (folder / name).write_bytes(data)
    assert run(["draft", name]) == status
    said = capsys.readouterr().err
    assert f"[{code}]" in said
    assert "drafter import 旧稿." in said
    assert "全角冒号" not in said


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_brief_in_a_text_file_keeps_its_own_problems(
    folder: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    (folder / "素材.txt").write_bytes((GOOD + "地点：会堂\n").encode(encoding))
    assert run(["draft", "素材.txt"]) == 3
    said = capsys.readouterr().err
    assert "[E111]" in said
    assert "import" not in said


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="needs the null device")
def test_a_device_is_written_to(brief: Path, folder: Path) -> None:
    assert run(["draft", str(brief), "-o", "/dev/null", "--trace", "/dev/null"]) == 1
    assert [path.name for path in folder.iterdir()] == [brief.name]


def test_a_missing_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["draft", "没有.yaml"]) == 2
    assert "[E101]" in capsys.readouterr().err
    assert not list(folder.iterdir())


@pytest.fixture
def brief(folder: Path) -> Path:
    path = folder / "素材单.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_an_existing_output_is_kept(brief: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "讲话.docx").write_text("改过的稿子", encoding="utf-8")
    assert run(["draft", str(brief), "-o", "讲话.docx"]) == 2
    said = capsys.readouterr().err
    assert "讲话.docx" in said
    assert "--force" in said
    assert (folder / "讲话.docx").read_text(encoding="utf-8") == "改过的稿子"
    assert run(["draft", str(brief), "-o", "讲话.docx", "--force"]) == 1
    assert (folder / "讲话.docx").read_bytes()[:2] == b"PK"


def test_without_an_output_a_free_name_is_taken(brief: Path, folder: Path) -> None:
    for _ in range(2):
        assert run(["draft", str(brief)]) == 1
    assert {path.name for path in folder.iterdir()} == {"素材单.yaml", "素材单.docx", "素材单(2).docx"}


def test_a_missing_output_folder(brief: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["draft", str(brief), "-o", "没有/讲话.docx"]) == 2
    assert "没有" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == [brief.name]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody can write to")
def test_an_output_folder_that_cannot_be_written(brief: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["draft", str(brief), "-o", "/proc/讲话.docx"]) == 2
    said = capsys.readouterr().err
    assert "[E5" in said
    assert "/proc" in said


def test_an_output_that_is_no_file(brief: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "讲话.docx").mkdir()
    assert run(["draft", str(brief), "-o", "讲话.docx", "--force"]) == 2
    assert "[E5" in capsys.readouterr().err
    assert not list((folder / "讲话.docx").iterdir())


TEMPLATE = """{#---
id: bad.call.one
version: 1.0.0
title: 坏句式
function: call
slots: {愿景: {type: string, title: 愿景}}
required: [愿景]
examples: [{in: {愿景: 甲}, out: 甲}]
---#}
"""
BAD_TEMPLATES = [
    ("syntax error", "{% if 愿景 %}\n甲", "E330", "one.j2:1"),
    ("undefined slot", "{{ 愿景 }}\n{{ 远景 }}", "E33", "one.j2:11"),
    ("endless loop", "{% macro 转(数) %}{{ 转(数) }}{% endmacro %}{{ 转(愿景) }}", "E333", "one.j2"),
    ("attribute escape", "{{ 愿景.__class__.__mro__ }}", "E331", "one.j2:10"),
]


@pytest.mark.parametrize(
    ("body", "code", "place"), [row[1:] for row in BAD_TEMPLATES], ids=[row[0] for row in BAD_TEMPLATES]
)
def test_a_bad_template(
    brief: Path, folder: Path, capsys: pytest.CaptureFixture[str], body: str, code: str, place: str
) -> None:
    pack = folder / "bad"
    (pack / "patterns" / "call").mkdir(parents=True)
    manifest = "schema: 1\nid: bad\nversion: 1.0.0\ntitle: 坏包\nlicence: MIT\nrequires: '>=0.1'\nauthors: [甲]\n"
    (pack / "pack.yaml").write_text(manifest, encoding="utf-8")
    (pack / "patterns" / "call" / "one.j2").write_text(TEMPLATE + body, encoding="utf-8")
    brief.write_text(GOOD + "要素: {愿景: 新局面}\n板块: [{功能: 结尾号召, 句式: [bad.call.one]}]\n", encoding="utf-8")
    assert run(["draft", str(brief), "-o", "讲话.docx", "--pack", "bad"]) == 2
    said = capsys.readouterr().err
    assert f"[{code}" in said
    assert place in said
    assert {path.name for path in folder.iterdir()} == {"bad", brief.name}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["draft"], "E602", "素材单"),
        (["draf"], "E603", "draft"),
        (["draft", "x", "--outptu", "y"], "E601", "--output"),
        (["draft", "x", "--copy", "报送"], "E604", "报审"),
        (["import", "x", "--year", "今年"], "E604", "今年 不是数"),
        (["import", "x", "--year", "12345"], "E604", "12345 不在 0 到 2999 之间"),
        (["import", "x", "y"], "E606", "多了 y"),
        (["check", "x", "--fix=y"], "E605", "--fix 后面不用写值"),
        (["library", "show", "我们排队"], "E609", "我们排比"),
        (["library", "list", "场所"], "E608", "场合"),
        (["init", "推动会"], "E305", "推进会"),
        (["new", "-o", "甲.yaml"], "E611", "--answers"),
    ],
)
def test_a_wrong_command_line(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str, words: str
) -> None:
    assert run(arguments) == 2
    said = capsys.readouterr().err
    assert f"[{code}]" in said
    assert words in said
    assert not list(folder.iterdir())


def test_no_result_is_written_over_another_or_over_the_brief(
    brief: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (
        ["-o", "稿.txt", "--trace", "稿.txt"],
        ["-o", brief.name, "--to", "txt"],
        ["-o", "稿.txt", "--trace", brief.name],
        ["-o", "-", "--json", "--to", "txt"],
        ["-o", "-", "--trace", "-", "--to", "txt"],
    ):
        assert run(["draft", brief.name, "--force", *arguments]) == 2
        assert "[E61" in capsys.readouterr().err
    (folder / "出处.json").write_text("{}", encoding="utf-8")
    assert run(["draft", brief.name, "-o", "稿.txt", "--trace", "出处.json"]) == 2
    assert {path.name for path in folder.iterdir()} == {brief.name, "出处.json"}
    assert brief.read_text(encoding="utf-8") == GOOD
