"""What of an old text goes where in its brief: titles, keywords and authors, parts of a chapter."""

from __future__ import annotations

import pytest

from drafter.brief import load_brief
from drafter.compose import compose
from drafter.library import Library
from drafter.read import read
from drafter.read.brief_out import differences, recast

PLAIN = "各级工会要把服务送到车间，把职工的事记在本子上，件件有回音，桩桩有着落，年底一件一件对账。"


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load()


def brief_of(library: Library, *lines: str) -> dict[str, object]:
    return recast(read("\n\n".join(lines).encode(), name="旧稿.txt"), library).data


def test_of_several_titles_one_is_the_title(library: Library) -> None:
    data = brief_of(
        library, "总工会服务工作总结", "甲乙区总工会服务工作总结", "总工会服务工作总结", PLAIN, "一、开展走访", PLAIN
    )
    assert data["标题"] == "甲乙区总工会服务工作总结"


def test_keywords_and_author_are_a_remark(library: Library) -> None:
    data = brief_of(library, "深入推进工会服务的思考", "关键词：工会 服务", "文/张某某", PLAIN, "一、强化服务", PLAIN)
    assert data["备注"] == "旧稿题下还有：关键词：工会服务；文/张某某"
    assert "张某某" not in str(data["板块"])
    assert "单位" not in data  # 深入推进工会 is no name


def test_a_chapter_on_the_situation_turns_to_the_problems(library: Library) -> None:
    data = brief_of(
        library,
        "在全市工会服务工作推进会上的讲话",
        "同志们：",
        "一、认清形势，提高对服务工作的认识",
        "当前，职工队伍的结构有了新的变化，服务工作面临新的机遇，是做好全局工作的需要。",
        "但是我们也要清醒地看到，服务工作还存在不少问题和短板，有的地方不够重视，有的地方缺乏办法，亟待改进。",
        "二、抓好落实，把服务送到车间",
        PLAIN,
    )
    boards = data["板块"]
    assert isinstance(boards, list)
    assert [(board["功能"], board["标题"]) for board in boards] == [
        ("形势认识", "认清形势，提高对服务工作的认识"),
        ("问题剖析", "无"),
        ("任务部署", "抓好落实，把服务送到车间"),
    ]


def test_the_general_line_of_a_plan_is_told_from_what_leads_to_it(library: Library) -> None:
    data = brief_of(
        library,
        "甲乙区总工会年度工作计划",
        "这一年是全面完成规划的关键之年。全年工作的总体要求是：以服务职工为主线，抓基层，打基础，求实效。",
        "一、把服务送到车间",
        PLAIN,
    )
    boards = data["板块"]
    assert isinstance(boards, list)
    assert [board["功能"] for board in boards][:2] == ["会议背景", "总体要求"]


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("市总工会党组书记、副主席  陈立新", {"职务": "市总工会党组书记、副主席", "姓名": "陈立新"}),
        ("市总工会主席　赵某某", {"职务": "市总工会主席", "姓名": "赵某某"}),
        ("（县长 钱宁）", {"职务": "县长", "姓名": "钱宁"}),
        ("孙大海", {"姓名": "孙大海"}),
    ],
)
def test_the_post_of_a_speaker_is_told_from_the_name(line: str, speaker: dict[str, str], library: Library) -> None:
    data = brief_of(library, "在全市工会工作会议上的讲话", line, "同志们：", PLAIN)
    assert data["讲话人"] == speaker


@pytest.mark.parametrize("date", ["2026年3月8日", "（2026年3月8日）"])
def test_the_date_under_the_title_is_no_paragraph(date: str, library: Library) -> None:
    data = brief_of(library, "在全市工会工作会议上的讲话", "市总工会主席 陈立新", date, "同志们：", PLAIN)
    assert data["日期"] == "2026-03-08"
    assert "2026年" not in str(data["板块"])


def test_a_speaker_kept_word_for_word_has_no_space_of_ours(library: Library) -> None:
    source = "\n\n".join(["在全市工会工作会议上的讲话", "（2026年3月8日）", "市总工会主席陈立新", "同志们：", PLAIN])
    made = recast(read(source.encode(), name="旧稿.txt"), library, keep_text=True)
    assert not differences(compose(load_brief(made.data), library), made)
