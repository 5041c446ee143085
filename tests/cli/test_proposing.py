"""`drafter library new --from`: a section of an old text as a pattern that says it again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drafter.cli.run import run
from drafter.library import Library, Pattern, check
from drafter.read import read
from drafter.read.facts import facts_in
from drafter.read.propose import propose, sections_of

OLD = """\
在2024年全市工会组建工作推进会上的讲话

同志们：

今天召开全市工会组建工作推进会。

一、回顾过去，组建工作成效显著

2024年，甲乙市总工会新建工会312家，发展会员40,000名，“小三级”工会延伸到了每个镇街。张某某同志总结的“小三级”做法，覆盖率达到85.50%。

二、突出重点，抓好下一步任务

各级工会要按照《企业工会工作条例》，把几件事办好。

一是抓住大企业。到2025年底，把百人以上的312家企业逐家走到，哪家没建，为什么没建，要心中有数。

二是抓住新业态。外卖、快递、网约车的职工在哪里，工会就建到哪里，用好APP和“码上入会”。

三是抓住规范。按照《企业工会工作条例》，把会议、经费、换届这些事一件一件办规矩。
"""
LISTED = "一是摸清底数，建好台账；二是送去关爱，常走常访；三是跟踪问效，有始有终。"


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "旧讲话.txt"
    path.write_text(OLD, encoding="utf-8")
    return path


def proposed(name: str = "我的模板/patterns/task/old-points.j2", section: int = 2, *more: str) -> int:
    return run(["library", "new", "--from", "旧讲话.txt", "--section", str(section), "-o", name, *more])


def pattern_in(folder: str = "我的模板") -> tuple[Library, Pattern]:
    library = Library.load([Path(folder)])
    own = next(pack.id for pack in library.packs if pack.title == folder)
    return library, next(pattern for pattern in library.patterns if pattern.pack == own)


def literal(library: Library, pattern: Pattern) -> str:
    """The template without what it prints of the brief."""
    source = library.sources(pattern.pack)[pattern.file]
    return re.sub(r"\{\{.*?\}\}", "", source.split("---#}\n", 1)[1])


@pytest.mark.usefixtures("old")
def test_the_example_gives_the_section_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert proposed() == 0
    said = capsys.readouterr().err
    assert "一字不差" in said
    assert "突出重点，抓好下一步任务" in said
    library, pattern = pattern_in()
    assert (pattern.id, pattern.function) == ("my.task.old-points", "task")
    text = library.render(pattern, pattern.examples[0]["in"]).split("\n")
    paragraphs = OLD.split("二、突出重点，抓好下一步任务\n\n")[1].strip().split("\n\n")
    assert text[0] == paragraphs[0]
    marks = ("一是", "二是", "三是")
    for line, mark, paragraph in zip(text[1:], marks, paragraphs[1:], strict=True):
        assert line.startswith("- **抓住")
        assert mark + line.removeprefix("- ").replace("**", "") + "。" == paragraph
    assert pattern.list.value == "yishi"
    assert check(library, "my") == []
    assert run(["library", "check", "我的模板"]) == 0


@pytest.mark.usefixtures("old")
@pytest.mark.parametrize("section", [1, 2])
def test_no_fact_of_the_source_stays_in_the_wording(section: int) -> None:
    assert proposed("我的模板", section) == 0
    library, pattern = pattern_in()
    wording = literal(library, pattern)
    source = OLD.split("一、")[1].split("二、", maxsplit=1)[0] if section == 1 else OLD.split("二、突出")[1]
    facts = [fact for fact in facts_in(source) if fact.line == 0]
    assert {fact.kind for fact in facts} >= {"figure", "brand"}
    for fact in facts:
        assert fact.text not in wording, fact
    assert "APP" not in wording
    assert not re.search(r"\d", wording)
    assert set(pattern.required) == set(pattern.slots) == set(pattern.examples[0]["in"])
    for schema in pattern.slots.values():
        assert schema["description"].endswith(("？", "。"))
    assert any(schema.get("$ref", "").endswith("/数据") for schema in pattern.slots.values())
    assert any(schema.get("$ref", "").endswith("/品牌") for schema in pattern.slots.values())


@pytest.mark.usefixtures("old")
def test_the_same_fact_is_one_slot_and_each_figure_its_own() -> None:
    proposed()
    _, pattern = pattern_in()
    given = pattern.examples[0]["in"]
    assert [value for value in given.values() if value == "企业工会工作条例"] == ["企业工会工作条例"]
    proposed("别的模板", 1)
    _, other = pattern_in("别的模板")
    figures = {value["数值"]: value for value in other.examples[0]["in"].values() if "数值" in value}
    assert figures["40,000"] == {"指标": "发展会员", "数值": "40,000", "单位": "名"}
    assert figures["85.50"]["单位"] == "%"


@pytest.mark.usefixtures("old")
def test_the_pattern_drafts_with_the_facts_of_this_year(tmp_path: Path) -> None:
    proposed("我的模板", 1, "--title", "成绩老写法")
    library, pattern = pattern_in()
    given = pattern.examples[0]["in"]
    given = {name: {**value, "数值": "51,000"} if "40,000" in str(value) else value for name, value in given.items()}
    brief = ["场合: 推进会", "会议: 今年的会", "板块:", "  - 功能: 成绩回顾", "    句式: [成绩老写法]", "    要素:"]
    for name, value in given.items():
        brief.append(f"      {name}: {value if isinstance(value, str) else str(value).replace(chr(39), chr(34))}")
    (tmp_path / "素材单.yaml").write_text("\n".join(brief) + "\n", encoding="utf-8")
    assert library.packs
    assert run(["draft", "素材单.yaml", "--pack", "我的模板", "-o", "讲话.txt"]) in (0, 1)
    assert "发展会员51,000名，“小三级”工会延伸到了每个镇街。" in (tmp_path / "讲话.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("old")
def test_without_a_section_the_sections_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["library", "new", "--from", "旧讲话.txt"]) == 2
    said = capsys.readouterr().err
    assert "--section" in said
    assert "1  回顾过去，组建工作成效显著（第 7 行）" in said
    assert "2  突出重点，抓好下一步任务（第 11 行）" in said
    assert proposed(section=3) == 2
    assert "没有第 3 部分" in capsys.readouterr().err
    assert not Path("我的模板").exists()


@pytest.mark.usefixtures("old")
def test_nothing_is_overwritten_without_force(capsys: pytest.CaptureFixture[str]) -> None:
    assert proposed() == 0
    file = Path("我的模板/patterns/task/old-points.j2")
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace("要心中有数", "要心里有数"), encoding="utf-8")
    assert proposed() == 2
    assert "要心里有数" in file.read_text(encoding="utf-8")
    assert proposed("我的模板/patterns/task/old-points.j2", 2, "--force") == 0
    assert file.read_text(encoding="utf-8") == before
    capsys.readouterr()
    assert run(["library", "new", "句式", "my.task.other", "--title", "别的", "--force"]) == 2
    assert "--from" in capsys.readouterr().err


@pytest.mark.usefixtures("old")
def test_where_it_goes() -> None:
    assert run(["library", "new", "模板包", "模板", "--id", "acme"]) == 0
    assert proposed("模板", 1, "--title", "甲") == 0
    assert Path("模板/patterns/achieve/section-1.j2").is_file()
    assert proposed("模板/task-points.j2", 2) == 0
    assert Path("模板/patterns/task/task-points.j2").is_file()
    assert proposed("模板/老任务.j2", 2) == 0
    assert Library.load([Path("模板")]).pattern("老任务").id == "acme.task.section-2"
    assert (
        run(["library", "new", "句式", "acme.safeguard.late", "--from", "旧讲话.txt", "--section", "2", "-o", "模板"])
        == 0
    )
    assert Path("模板/patterns/safeguard/late.j2").is_file()
    assert run(["library", "check", "模板"]) == 0
    assert run(["library", "new", "业务素材", "acme.a", "--from", "旧讲话.txt", "--section", "2", "-o", "模板"]) == 2


@pytest.mark.usefixtures("old")
def test_a_folder_that_is_no_pack_is_not_filled_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["library", "new", "--from", "旧讲话.txt", "--section", "2"]) == 2
    assert "pack.yaml" in capsys.readouterr().err
    assert [path.name for path in Path().iterdir()] == ["旧讲话.txt"]


@pytest.mark.usefixtures("old")
def test_a_file_outside_a_pack_is_that_very_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert proposed("甲.j2", 2) == 0
    assert sorted(path.name for path in Path().iterdir()) == ["旧讲话.txt", "甲.j2"]
    text = Path("甲.j2").read_text(encoding="utf-8")
    assert "id: my.task.section-2" in text
    assert "title: 甲" in text
    assert "-o 我的模板/patterns/task/section-2.j2" in capsys.readouterr().err
    assert proposed("甲.j2", 2) == 2
    assert proposed("甲.j2", 2, "--force") == 0
    assert proposed("别处/old-points.j2", 2, "--title", "老任务") == 0
    assert [path.name for path in Path("别处").iterdir()] == ["old-points.j2"]
    assert proposed("我的模板/patterns/task/section-2.j2", 2) == 0
    assert Path("我的模板/pack.yaml").is_file()


def one_section(*paragraphs: str) -> list[str]:
    text = "关于做好工会工作的讲话\n\n同志们：\n\n一、总结工作\n\n" + "\n\n".join(paragraphs)
    (section,) = sections_of(read(text.encode(), name="旧稿.txt"))
    made = propose(section, "成绩回顾")
    assert made.text == paragraphs
    return made.body.split("\n")


def test_a_chapter_is_one_section_also_where_it_turns_to_the_problems() -> None:
    chapter = (
        "一、认清形势，提高对服务工作的认识",
        "当前，职工队伍的结构有了新的变化，服务工作面临新的机遇，是做好全局工作的需要。",
        "但是我们也要清醒地看到，服务工作还存在不少问题和短板，有的地方不够重视，有的地方缺乏办法，亟待改进。",
    )
    after = ("二、抓好落实，把服务送到车间", "各级工会要切实把服务送到车间，要把职工的事记在本子上，要件件有回音。")
    text = "\n\n".join(
        ["在全市工会服务工作推进会上的讲话", "同志们：", *chapter, *after, "同志们，让我们携手前进，再创新局面！"]
    )
    first, second = sections_of(read(text.encode(), name="旧稿.txt"))
    assert propose(first, "形势认识").text == chapter[1:]
    assert propose(second, "任务部署").text == after[1:]


def test_items_inside_a_paragraph_become_items() -> None:
    assert one_section(f"今后主要做三件事。{LISTED}") == [
        "今后主要做三件事。",
        "- 摸清底数，建好台账",
        "- 送去关爱，常走常访",
        "- 跟踪问效，有始有终",
    ]


def test_what_reads_as_markup_becomes_a_slot() -> None:
    (line,) = one_section(
        "职工的事情要办好，{{ 这里 }}照登记表填，登记以后再送到车间，每月回头看一看，看过了再记下来。"
    )
    assert line.count("{{") == 2
    assert "{{ 这里 }}" not in line


def test_masked_words_are_asked_for() -> None:
    paragraph = "去年**区工会的工作有了很大进展，职工满意，工会的干部队伍也更齐整了。"
    text = f"关于做好工会工作的讲话\n\n同志们：\n\n一、总结工作\n\n{paragraph}"
    (section,) = sections_of(read(text.encode(), name="旧稿.txt"))
    made = propose(section, "成绩回顾")
    assert made.example == {"成绩地名一": "某某"}
    assert made.out == paragraph.replace("**", "某某")
