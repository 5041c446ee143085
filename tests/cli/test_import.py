"""`drafter import` from the command line: what it writes, says and returns."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
import yaml

from drafter.cli.run import run

OLD = """\
在2024年全市工会组建工作推进会上的讲话

同志们：

今天召开全市工会组建工作推进会。

一、回顾过去，组建工作成效显著

2024年，全市新建工会312家，发展会员40,000名，“小三级”工会延伸到了每个镇街。

二、突出重点，抓好下一步任务

一是抓住大企业。把百人以上的企业逐家走到，哪家没建，为什么没建，要心中有数。

二是抓住新业态。外卖、快递、网约车的职工在哪里，工会就建到哪里。

三是抓住规范。按照《企业工会工作条例》，把会议、经费、换届这些事一件一件办规矩。
"""


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "去年讲话.txt"
    path.write_text(OLD, encoding="utf-8")
    return path


def paragraphs_of(path: Path) -> list[str]:
    xml = zipfile.ZipFile(path).read("word/document.xml").decode()
    found = re.findall(r"<w:p[ >].*?</w:p>", xml, re.DOTALL)
    return [text for each in found if (text := "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", each)))]


def test_it_writes_a_brief_that_drafts(old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(old)]) == 0
    said = capsys.readouterr().err
    assert "已写出" in said
    assert "标题、先后、数字、引号里的话与旧稿一致" in said
    assert "第9行 数据 312家" in said
    brief = tmp_path / "去年讲话.yaml"
    data = yaml.safe_load(brief.read_text(encoding="utf-8"))
    assert data["场合"] == "推进会"
    assert run(["draft", str(brief), "-o", "今年讲话.txt"]) == 0
    text = (tmp_path / "今年讲话.txt").read_text(encoding="utf-8")
    for words in (
        "一、回顾过去",
        "二、突出重点",
        "312家",
        "40,000名",
        "“小三级”",
        "三是抓住规范",
        "《企业工会工作条例》",
    ):
        assert words in text


def test_the_brief_says_where_its_facts_come_from(old: Path, tmp_path: Path) -> None:
    run(["import", str(old), "-o", "素材单.yaml"])
    text = (tmp_path / "素材单.yaml").read_text(encoding="utf-8")
    assert "来源: 旧稿第9行" in text
    assert "核实: false" in text
    assert "要核实：2024年（第9行）、312家（第9行）" in text


def test_kept_text_goes_through_word_for_word(tmp_path: Path, old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["import", str(old), "-o", "一.yaml"])
    run(["draft", "一.yaml", "-o", "一.docx"])
    capsys.readouterr()
    assert run(["import", "一.docx", "--keep-text", "-o", "二.yaml"]) == 0
    assert "完全相同" in capsys.readouterr().err
    run(["draft", "二.yaml", "-o", "二.docx"])
    assert paragraphs_of(tmp_path / "二.docx") == paragraphs_of(tmp_path / "一.docx")


def test_nothing_is_overwritten_without_force(old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    brief = tmp_path / "去年讲话.yaml"
    brief.write_text("我的", encoding="utf-8")
    assert run(["import", str(old)]) == 2
    assert "--force" in capsys.readouterr().err
    assert brief.read_text(encoding="utf-8") == "我的"
    assert run(["import", str(old), "--force"]) == 0
    assert "场合" in brief.read_text(encoding="utf-8")


def test_a_brief_is_no_word_file(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(old), "-o", "新稿.docx"]) == 2
    assert "drafter draft" in capsys.readouterr().err
    assert not Path("新稿.docx").exists()


def test_the_clean_text(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old.write_text(OLD.replace("同志们：", "同志们(zhì):"), encoding="utf-8")
    assert run(["import", str(old), "--text"]) == 0
    told = capsys.readouterr()
    assert told.out.split("\n") == [line for line in OLD.split("\n") if line] + [""]
    assert "注音 1 处" in told.err


def test_the_outline_is_indented_and_knows_its_lines(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["import", str(old), "--outline"])
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "在2024年全市工会组建工作推进会上的讲话"
    heading = next(line for line in told if line.startswith("一、回顾过去，组建工作成效显著"))
    assert heading.removeprefix("一、回顾过去，组建工作成效显著").startswith("  （第 7 行，成绩回顾 0.")
    assert "，回顾成绩式标题 0." in heading
    assert any(line.startswith("  一是抓住大企业") for line in told)


def test_json_has_blocks_report_and_facts(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(old), "--json", "--year", "2027"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"schema_version", "blocks", "removed", "changed", "doubtful", "facts", "years"} <= told.keys()
    figure = next(fact for fact in told["facts"] if fact["kind"] == "figure")
    assert (figure["value"], figure["unit"], figure["line"], figure["verified"]) == ("312", "家", 9, False)
    assert [year["line"] for year in told["years"]] == [1, 9]


def test_year_lists_every_place_and_moves_nothing(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["import", str(old), "--year", "2027"])
    said = capsys.readouterr().err
    assert "这 2 处写到年份、日期" in said
    assert "第1行 2024年：在【2024年】全市工会组建" in said
    assert "2027" not in (tmp_path / "去年讲话.yaml").read_text(encoding="utf-8")


def test_blanks_of_the_source_are_asked_for(old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old.write_text(OLD.replace("312家", "XX家"), encoding="utf-8")
    assert run(["import", str(old)]) == 1
    assert "留空 1 处" in capsys.readouterr().err
    assert "【待补：数据】家" in (tmp_path / "去年讲话.yaml").read_text(encoding="utf-8")


def test_an_occasion_of_ones_own(old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(old), "--occasion", "动员会"]) == 0
    assert yaml.safe_load((tmp_path / "去年讲话.yaml").read_text(encoding="utf-8"))["场合"] == "动员会"
    assert run(["import", str(old), "--occasion", "没有的会", "--force"]) == 2
    assert "没有的会" in capsys.readouterr().err


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("name", ["没有.docx", "图片.png"])
def test_what_cannot_be_read_is_status_two(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    if name.endswith("png"):
        Path(name).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert run(["import", name]) == 2
    assert capsys.readouterr().err.strip()


SHORT = """\
在全区工会工作会议上的讲话
同志们：
{opening}
一、成绩来之不易
2022年，全区新建工会128家，其中国有企业12家、民营企业86家。会员由1.0万人增加到1.2万人，增长15%。慰问职工3600人。
谢谢大家！
"""


@pytest.mark.parametrize(
    "opening",
    [
        "今天，我们在这里召开全区工会工作会议。",
        "在此，我代表区总工会，向劳模表示祝贺！向职工致以问候！向企业表示感谢！向基层致以敬意！",
    ],
)
def test_words_of_the_forms_push_no_fact_out(
    opening: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "旧稿.txt").write_text(SHORT.format(opening=opening), encoding="utf-8")
    run(["import", "旧稿.txt", "-o", "素材单.yaml"])
    capsys.readouterr()
    run(["draft", "素材单.yaml", "-o", "新稿.txt"])
    assert "没有用上" not in capsys.readouterr().err
    made = (tmp_path / "新稿.txt").read_text(encoding="utf-8")
    for figure in ("128家", "12家", "86家", "1.0万人", "1.2万人", "15%", "3600人"):
        assert figure in made
    assert "前一" not in made  # of the meeting only what the source says


def test_no_figure_is_lost_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "旧稿.txt").write_text(
        "在全区工会工作会议上的讲话\n（2023年3月8日）\n同志们：\n今天，我们在这里召开全区工会工作会议。下面，我讲两点意见。\n"
        "一、肯定成绩，认清形势\n2022年，全区新建工会128家，其中国有企业12家、民营企业86家。会员由1.0万人增加到1.2万人，增长15%。\n"
        "二、加强领导，形成合力\n各级工会要加强领导。谢谢大家！\n",
        encoding="utf-8",
    )
    run(["import", "旧稿.txt", "-o", "素材单.yaml"])
    said = capsys.readouterr().err.partition("试排：")[2]
    assert said
    run(["draft", "素材单.yaml", "-o", "新稿.txt"])
    made = (tmp_path / "新稿.txt").read_text(encoding="utf-8")
    for figure in ("128家", "12家", "86家", "1.0万人", "1.2万人", "15%"):
        assert figure in made or figure in said
