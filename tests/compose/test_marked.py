"""Marked text: origins survive a template, and only a pattern's own text can be markup."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drafter.compose.marked import Line, LineKind, Listing, Marks, Piece, read
from drafter.document import Origin, OriginKind, System

FACT = Origin(OriginKind.BRIEF, "要素.甲")
LISTING = Listing("mini.task.lines", System.YISHI)
plain = st.text(st.characters(exclude_categories=("Cs", "Co")), max_size=40)


def text(line: Line) -> str:
    return "".join(piece.text for piece in line.pieces())


def test_outside_marks_is_the_pattern() -> None:
    marks = Marks()
    (line,) = read(f"抓好{marks.tag('走访', FACT)}。", marks, LISTING)
    assert [(piece.text, piece.origin) for piece in line.pieces()] == [
        ("抓好", Origin(OriginKind.PATTERN, "mini.task.lines")),
        ("走访", FACT),
        ("。", Origin(OriginKind.PATTERN, "mini.task.lines")),
    ]


@given(plain)
def test_a_value_is_never_markup(value: str) -> None:
    marks = Marks()
    lines = read(f"前{marks.tag(value, FACT)}后", marks, LISTING)
    assert all(line.kind is LineKind.TEXT for line in lines)
    pieces = [piece for line in lines for piece in line.pieces()]
    assert "".join(piece.text for piece in pieces) == f"前{value}后".replace("\n", "")
    assert all(piece.optional is None and not piece.head for piece in pieces)
    assert all(piece.origin == FACT for piece in pieces[1:-1])


def test_markup_of_the_pattern() -> None:
    marks = Marks()
    lines = read("# 小标题\n\n- **摸底。**逐户走访。[[1|一户一档。]]  \n正文。", marks, LISTING)
    assert [line.kind for line in lines] == [LineKind.HEADING, LineKind.ITEM, LineKind.TEXT]
    pieces = list(lines[1].pieces())
    assert [(piece.text, piece.head) for piece in pieces] == [
        ("摸底。", True),
        ("逐户走访。", False),
        ("一户一档。", False),
        ("", False),
    ]
    assert pieces[2].optional is not None
    assert pieces[2].optional.rank == 1


def test_optional_parts_nest() -> None:
    (line,) = read("甲[[乙[[1|丙]]丁]]", Marks(), LISTING)
    outer, inner, again = (piece.optional for piece in list(line.pieces())[1:])
    assert outer is again
    assert inner is not None
    assert inner.parent is outer


def test_a_newline_in_a_value_is_a_new_line_of_the_same_kind() -> None:
    marks = Marks()
    lines = read("- " + marks.tag("甲\n乙", FACT), marks, LISTING)
    assert [(line.kind, text(line)) for line in lines] == [(LineKind.ITEM, "甲"), (LineKind.ITEM, "乙")]


def test_a_nested_pattern_brings_its_own_listing() -> None:
    marks = Marks()
    inner = Listing("mini.task.wants")
    nested = marks.tag("- 要甲\n- 要乙", inner)
    (line,) = read(f"- 摸底：{nested}", marks, LISTING)
    head, *items = line.parts
    assert isinstance(head, Piece)
    assert head.text == "摸底："
    assert [(item.kind, item.listing.pattern) for item in items if isinstance(item, Line)] == [
        (LineKind.ITEM, "mini.task.wants"),
        (LineKind.ITEM, "mini.task.wants"),
    ]


def test_a_row_of_a_table_parts_its_cells_with_tabs() -> None:
    marks = Marks()
    (line,) = read(f"| {marks.tag('建会|率', FACT)} | 85 |", marks, LISTING)
    assert line.kind is LineKind.ROW
    assert text(line) == "建会|率\t85"
