"""What compositions share is bounded and never mixed up."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

from drafter.brief import load_brief
from drafter.compose import compose
from drafter.compose.memo import Recent, memo_of
from drafter.library import Library

if TYPE_CHECKING:
    from pathlib import Path

BRIEF = {"场合": "mini.drive", "会议": "全市走访推进会", "工作": "走访工作", "业务": ["走访", "学习"]}


def test_the_values_used_last_are_kept() -> None:
    recent: Recent[int] = Recent(2)
    assert [recent.find(key, lambda key=key: len(key)) for key in ("a", "bb", "a", "ccc")] == [1, 2, 1, 3]
    assert list(recent) == ["a", "ccc"]
    assert recent.find("a", lambda: 9) == 1
    assert recent.find("bb", lambda: 9) == 9


def test_a_passage_of_other_values_is_another_passage(library: Library) -> None:
    memo, pattern = memo_of(library), library.pattern("mini.heading.do")
    first = memo.passage(library, pattern, {"工作": "走访工作", "会议": "甲"}, 0)
    assert memo.passage(library, pattern, {"工作": "走访工作", "会议": "乙"}, 0) is first  # it never prints 会议
    assert memo.passage(library, pattern, {"工作": "走访工作"}, 1) is not first
    other = memo.passage(library, pattern, {"工作": "学习工作"}, 0)
    assert ["".join(piece.text for piece in line.pieces()) for line in other.lines] == ["突出重点，抓好学习工作"]


def test_nothing_grows_for_ever(library: Library) -> None:
    for number in range(60):
        notes = [{"句": f"第{at}件事", "来源": f"第{number}号文第{at}条"} for at in range(200)]
        section = {"功能": "任务部署", "句式": ["mini.task.lines"], "要素": {"任务": notes}}
        compose(load_brief({**BRIEF, "板块": [section]}), library)
    assert len(memo_of(library).marks.entries) < 10_400


def test_a_library_that_is_let_go_takes_its_memo_along(pack: Path) -> None:
    library = Library.load(packs=[pack])
    compose(load_brief(BRIEF), library)
    memo = weakref.ref(memo_of(library))
    del library
    gc.collect()
    assert memo() is None
