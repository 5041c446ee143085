"""What is read, and how each unreadable or ill-formed brief is explained: code, place, message, hint."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from drafter.brief import load_brief
from drafter.brief.model import Mark
from drafter.brief.reader import MAX_DEPTH, MAX_NODES, read_tree, resolve
from drafter.brief.source import MAX_BYTES, Source, open_source
from drafter.errors import BriefError, DrafterError, InputError, Problem


def problems(source: Path | str | bytes) -> tuple[Problem, ...]:
    with pytest.raises((BriefError, InputError)) as caught:
        load_brief(source)
    return caught.value.problems


def refusal(source: str | bytes, *, pure: bool = False) -> BriefError | InputError | None:
    """The error of a source, None where it is a brief; any other exception is a failure."""
    try:
        if pure:
            tree = read_tree(open_source(source, "甲"), pure=True)
            return BriefError(*tree.problems) if tree and tree.problems else None
        load_brief(source)
    except (BriefError, InputError) as error:
        return error
    return None


def located(source: Path | str | bytes) -> list[tuple[str, int, int]]:
    return [(p.code, p.place.line, p.place.column) for p in problems(source) if p.place]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("no", "no"),
        ("on", "on"),
        ("y", "y"),
        ("0", 0),
        ("-12", -12),
        ("0012", "0012"),
        ("010", "010"),
        ("1.10", 1.1),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("1.", "1."),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("40,000", "40,000"),
        ("8:30", "8:30"),
        ("190:20:30", "190:20:30"),
        ("2024-01-05", "2024-01-05"),
        ("~", None),
        ("null", None),
        ("", None),
        ("110101199003071234567", "110101199003071234567"),
        ("９", "９"),
        ("=", "="),
    ],
)
def test_plain_scalars(text: str, value: object) -> None:
    found = resolve(text)
    assert found == value
    assert type(found) is type(value)


def test_a_quoted_number_is_text() -> None:
    assert load_brief("场合: 会\n备注: '12'\n").data["备注"] == "12"


def test_a_key_without_a_value_is_not_given() -> None:
    brief = load_brief("场合: 会\n会议:\n单位: ~\n要素: {成绩: }\n")
    assert brief.data == {"场合": "会", "要素": {}}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(encoding: str) -> None:
    bom = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    brief = load_brief(bom + "场合: 推进会\r\n会议: 甲\r\n".encode(encoding))
    assert brief.data == {"场合": "推进会", "会议": "甲"}
    assert not brief.notes
    assert brief.place(("会议",)).column == 5


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_a_gbk_file_is_read_and_noted(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "素材单.yaml"
    path.write_bytes("场合: 推进会\n会议: 权益保障\n".encode(encoding))
    brief = load_brief(path)
    assert brief.data == {"场合": "推进会", "会议": "权益保障"}
    (note,) = brief.notes
    assert note.code == "encoding"
    assert "GBK" in note.message
    assert "UTF-8" in note.message


def test_text_may_begin_with_a_byte_order_mark() -> None:
    assert load_brief("\ufeff场合: 会\n").data == {"场合": "会"}


def test_the_place_names_the_file_as_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("场合: 会\n标提: 甲\n", encoding="utf-8")
    assert str(problems(path)[0].place) == f"{path}:2:1"
    with pytest.raises(BriefError) as caught:
        load_brief(path, name="甲.yaml")
    assert str(caught.value).startswith("甲.yaml:2:1: [E201]")


# code, line, column, end column, words of the message, words of the hint
ILL_FORMED = {
    "broken quote": ('场合: 会\n会议: "甲\n', "E110", 2, 5, "引号没有配对", "补上"),
    "open bracket": ("场合: 会\n业务: [甲, 乙\n会议: 丙\n", "E110", 2, 5, "[", "英文逗号"),
    "open brace": ("场合: 会\n单位: {名称: 甲\n", "E110", 2, 5, "{", "英文逗号"),
    "colon in text": ("场合: 会\n会议: 甲: 乙\n", "E110", 2, 6, "冒号", "引号"),
    "no key": ("场合: 会\n甲乙丙\n会议: 丁\n", "E110", 2, 1, "不是“键: 值”", "冒号"),
    "indent": ("单位:\n    名称: 甲\n  层级: 省\n", "E110", 3, 3, "对齐", "左边要对齐"),
    "list not aligned": ("业务:\n  - 甲\n  乙: 丙\n", "E110", 3, 3, "列表", "- "),
    "percent": ("场合: 会\n单位: %\n", "E110", 2, 5, "不能以这个符号开头", '"%"'),
    "at": ("场合: @甲\n", "E110", 1, 5, "不能以这个符号开头", "引号"),
    "star": ("场合: **重要**\n", "E110", 1, 5, "引用", "引号"),
    "escape": ('场合: "\\q"\n', "E110", 1, 6, "\\", "单引号"),
    "list on the line of its key": ("业务: - 甲\n", "E110", 1, 5, "另起一行", "换行"),
    "full-width colon": ("场合: 会\n会议：甲\n工作: 乙\n", "E111", 2, 3, "“会议”后面用了全角冒号", "会议: "),
    "full-width colon above": ("场合：会\n会议: 甲\n", "E111", 1, 3, "“场合”后面用了全角冒号", "场合: "),
    "full-width colon inside": ("场合: 会\n单位:\n  名称：甲\n", "E111", 3, 3, "“名称”后面用了全角冒号", "名称: "),
    "tab": ("场合: 会\n单位:\n\t名称: 甲\n", "E112", 3, 1, "Tab", "空格"),
    "tab after blanks": ("单位:\n  名称: 甲\n \t层级: 省\n", "E112", 3, 2, "Tab", "空格"),
    "empty": ("", "E113", 1, 1, "空的", "场合: 推进会"),
    "only comments": ("# 还没写\n\n", "E113", 1, 1, "空的", "场合: 推进会"),
    "root is a list": ("- 场合: 会\n", "E114", 1, 1, "列表", "键: 值"),
    "root is text": ("推进会\n", "E114", 1, 1, "一段文字", "键: 值"),
    "root is a file name": ("素材单.yaml", "E114", 1, 1, "一段文字", "Path"),
    "duplicate key": ("场合: 会\n会议: 甲\n场合: 乙\n", "E115", 3, 1, "键“场合”重复", "第 1 行第 1 列"),
    "foreign tag": ("场合: 会\n备注: !!python/object:os.system 甲\n", "E116", 2, 5, "!!python/object", "删掉"),
    "own tag": ("场合: !甲 会\n", "E116", 1, 5, "标签", "引号"),
    "tag on a mapping": ("场合: 会\n单位: !!python/dict {名称: 甲}\n", "E116", 2, 5, "!!python/dict", "删掉"),
    "wrong core tag": ("场合: 会\n语速: !!int 快\n", "E116", 2, 5, "!!int", "删掉"),
    "self alias": ("要素: &甲 [1]\n", "E110", 1, 5, "引用", "引号"),
    "alias loop": ("场合: 会\n要素: &a {甲: [*a]}\n", "E117", 2, 13, "引用了它自己", "再写一遍"),
    "unknown alias": ("场合: *a\n", "E117", 1, 5, "没有定义", "再写一遍"),
    "key is a list": ("场合: 会\n? [甲]\n: 乙\n", "E120", 2, 3, "键必须是文字", "引号"),
    "no key before the colon": ("场合: 会\n: 乙\n", "E120", 2, 1, "没有键", "键: 值"),
    "empty key": ("场合: 会\n'': 乙\n", "E120", 2, 1, "没有键", "键: 值"),
    "merge": ("场合: 会\n<<: {会议: 甲}\n", "E120", 2, 1, "<<", "再写一遍"),
    "second document": ("场合: 会\n---\n场合: 乙\n", "E121", 2, 1, "只能写一份", "---"),
    "no blank after the colon": ("场合:会\n会议: 甲\n", "E122", 1, 3, "没有空格", "场合: "),
    "no blank after any colon": ("场合:会\n会议:甲\n", "E122", 1, 3, "没有空格", "场合: "),
    "control character": ("场合: 会\n会议: 甲\x07乙\n", "E104", 2, 6, "U+0007", "删掉"),
    "NUL": ("场合: 会\n会议: 甲\0乙\n", "E104", 2, 6, "U+0000", "UTF-8"),
    "NUL by escape": ('场合: "会\\0"\n', "E104", 1, 5, "U+0000", "UTF-8"),
    "private plane": ("场合: \U000f0000\n", "E105", 1, 5, "U+F0000", "删掉"),
    "private plane by escape": ('场合: "\\U00100000"\n', "E105", 1, 5, "U+100000", "删掉"),
    "surrogate": ("场合: \ud800\n", "E104", 1, 5, "U+D800", "删掉"),
    "deep": ("[" * 100_000, "E118", 1, MAX_DEPTH + 1, "嵌套", "括号"),
    "deep block": ("- " * 40 + "甲", "E118", 1, 2 * MAX_DEPTH + 1, "嵌套", "缩进"),
    "many": ("场合: 会\n业务:\n" + "- 甲\n" * MAX_NODES, "E119", MAX_NODES - 2, 3, "超过", "几份"),
}  # fmt: skip


@pytest.mark.parametrize("case", ILL_FORMED.values(), ids=ILL_FORMED)
def test_ill_formed(case: tuple[str, str, int, int, str, str]) -> None:
    source, code, line, column, message, hint = case
    first = problems(source)[0]
    assert first.place
    assert (first.code, first.place.line, first.place.column) == (code, line, column)
    assert message in first.message
    assert hint in first.hint
    assert first.place.end_column > first.place.column
    first.message.encode("gbk", "strict")
    first.hint.encode("gbk", "strict")


@pytest.mark.parametrize("case", [c for c in ILL_FORMED.values() if c[1] != "E105"], ids=lambda c: c[1])
def test_without_libyaml_the_same_is_refused(case: tuple[str, str, int, int, str, str]) -> None:
    source, code = case[:2]
    if len(source) > 20_000:
        source = source[:20_000]
    error = refusal(source, pure=True)
    # one long text, and nothing, are well-formed; the refusal comes after the parser
    assert error.problems[0].code == code if error else code in ("E111", "E113", "E114", "E119", "E122")


def test_every_line_with_a_full_width_colon_is_named_at_once() -> None:
    assert located("场合：会\n会议：甲\n单位：乙\n") == [("E111", 1, 3), ("E111", 2, 3), ("E111", 3, 3)]
    assert located("场合: 会\n会议：甲\n单位：乙\n工作: 丙\n") == [("E111", 2, 3), ("E111", 3, 3)]


def test_a_full_width_colon_in_a_text_is_no_fault() -> None:
    text = "场合: 会\n备注: 时间：三月\n要素:\n  要点:\n    - 第一：好\n"
    assert load_brief(text).data["要素"] == {"要点": ["第一：好"]}


def test_an_alias_bomb_is_refused_quickly() -> None:
    lines = ["场合: 会", "要素:", "  a0: &a0 [甲, 乙]"]
    lines += [f"  a{i}: &a{i} [" + ", ".join([f"*a{i - 1}"] * 9) + "]" for i in range(1, 12)]
    (problem,) = problems("\n".join(lines))
    assert problem.code == "E119"
    assert str(MAX_NODES) in problem.message
    assert "*" in problem.hint


def test_aliases_that_nest_too_deeply_are_refused() -> None:
    half = "[" * 20 + "%s" + "]" * 20
    assert located(f"场合: 会\n要素: {{a: &a {half % '甲'}, b: {half % '*a'}}}\n")[0][0] == "E118"


def test_an_alias_is_written_out() -> None:
    brief = load_brief("场合: 会\n要素:\n  甲: &x [1.10]\n  乙: *x\n")
    assert brief.data["要素"] == {"甲": [1.1], "乙": [1.1]}
    assert brief.data["要素"]["甲"] is not brief.data["要素"]["乙"]
    assert brief.raw(("要素", "乙", 0)) == "1.10"


def test_core_tags_are_allowed() -> None:
    assert load_brief("场合: !!str 12\n语速: !!int 200\n备注: ! '12'\n").data == {
        "场合": "12",
        "语速": 200,
        "备注": "12",
    }


def test_structure_and_schema_faults_come_together_in_source_order() -> None:
    text = "日期: 2024-02-30\n场合: 会\n听众: 下属\n场合: 乙\n备注: !!python/name:os.x 甲\n标提: 丙\n"
    assert located(text) == [("E205", 1, 5), ("E204", 3, 5), ("E115", 4, 1), ("E116", 5, 5), ("E201", 6, 1)]


def test_all_bad_characters_are_named() -> None:
    assert located("场合: \x01\n会议: 甲\x02\x03\n") == [("E104", 1, 5), ("E104", 2, 6), ("E104", 2, 7)]
    assert len(problems("\0" * 1000)) == 20


class TestFiles:
    def test_absent(self, tmp_path: Path) -> None:
        (problem,) = problems(tmp_path / "无.yaml")
        assert (problem.code, problem.hint) == ("E101", "检查文件名和所在文件夹")
        assert "找不到" in problem.message

    def test_a_folder(self, tmp_path: Path) -> None:
        (problem,) = problems(tmp_path)
        assert problem.code == "E101"
        assert "是文件夹" in problem.message

    def test_an_impossible_name(self) -> None:
        assert problems(Path("a\0b"))[0].code == "E101"
        assert problems(Path("长" * 4000))[0].code == "E101"

    def test_ten_megabytes(self, tmp_path: Path) -> None:
        path = tmp_path / "大.yaml"
        path.write_bytes(b"# " + b"a" * 10_000_000)
        (problem,) = problems(path)
        assert (problem.code, problem.place and problem.place.line) == ("E103", 0)
        assert "超过 1 MB" in problem.message
        assert problem.hint
        assert problems("#" * (MAX_BYTES + 1))[0].code == "E103"
        assert problems("字" * (MAX_BYTES // 2))[0].code == "E103"

    @pytest.mark.parametrize("magic", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-1.7"])
    def test_an_office_file(self, magic: bytes) -> None:
        with pytest.raises(InputError) as caught:
            load_brief(magic + b"\0" * 100)
        (problem,) = caught.value.problems
        assert problem.code == "E102"
        assert "不是素材单" in problem.message
        assert "编辑器" in problem.hint

    @pytest.mark.parametrize("raw", [b"\xff\xff\0", b"\x81", b"\xff\xfe\0\xd8\0\xd8", "甲".encode("gbk") + b"\0"])
    def test_no_known_encoding(self, raw: bytes) -> None:
        with pytest.raises(InputError) as caught:
            load_brief(raw)
        assert caught.value.problems[0].code == "E102"
        assert "UTF-8" in caught.value.problems[0].hint


@given(st.binary(max_size=300))
def test_any_bytes_are_a_brief_or_one_of_two_errors(raw: bytes) -> None:
    error = refusal(raw)
    if error is not None:
        assert error.problems
        assert all(p.code and p.message and p.place for p in error.problems)


FRAGMENTS = st.sampled_from(
    ["场合", "会议", "要素", "数值", "数据", "业务", ": ", "：", ":", "- ", "-", "[", "]", "{", "}", "\n", "\n  ",
     "\n\t", "\r", ", ", "，", "&a ", "*a", "!!str ", "!x ", "'", '"', "|", ">", "#", " #", "? ", "%", "@", "1.10",
     "0012", "true", "~", "甲乙", "2024-03-05", "\\x00", "\\", "---\n",
     "...\n", "<<", "\u2028", "\ufeff", "\x85", "😀", "\U000f0000"]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=30).map("".join), st.booleans())
def test_any_text_is_a_brief_or_a_brief_error(text: str, pure: bool) -> None:
    error = refusal("场合: 会\n" + text, pure=pure)
    places = [p.place for p in error.problems] if error else []
    assert all(place and place.line >= 0 and place.column <= len(place.source) + 1 for place in places)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=40))
def test_marks_point_at_the_text_they_belong_to(text: str) -> None:
    text = "".join(c for c in unicodedata.normalize("NFC", text) if c not in "\u2028\u2029'")
    brief = load_brief(f"场合: 会\n备注: '{text}' # 完\n")
    place = brief.place(("备注",))
    assert place.source[place.column - 1 : place.end_column - 1] == f"'{text}'"


def test_a_place_past_the_end_is_clamped() -> None:
    place = Source("甲", "一\n", ("一", "")).place(Mark(9, 9, 9, 10))
    assert (place.line, place.column, place.source) == (2, 1, "")


def test_errors_are_of_the_one_tree() -> None:
    for raw in (b"\xff\xff\0", b"[", b""):
        with pytest.raises(DrafterError):
            load_brief(raw)


def test_libyaml_is_used_where_it_is_there() -> None:
    if not yaml.__with_libyaml__:
        pytest.skip("PyYAML without libyaml")
    big = "场合: 会\n要素:\n" + "".join(f"  键{i}: 一户一档摸清困难职工底数\n" for i in range(3000))
    assert len(load_brief(big).data["要素"]) == 3000
