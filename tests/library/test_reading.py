"""What is wrong with the files of a pack: code, line, hint; all of it at once."""

from __future__ import annotations

import pytest

from drafter.errors import LibraryError
from drafter.library import Library
from drafter.library.strict_yaml import read_yaml

PATTERN = "patterns/achieve/parallel.j2"
TOPIC = "topics/pay.yaml"
OCCASION = "occasions/meeting.yaml"
FRONT = "{#---\nid: mini.achieve.other\nversion: 1.0.0\ntitle: 另一个\nfunction: achieve\n---#}\n"

# what is changed → code, line, part of the message or hint
WRONG = {
    "no manifest": ({"pack.yaml": None}, "E301", 0, "没有 pack.yaml"),
    "requirement not met": (
        {"pack.yaml": ("licence: MIT", "licence: MIT\nrequires: 大概新一点")}, "E302", 6, "requires 看不懂"),
    "bad pack id": ({"pack.yaml": ("id: mini", "id: Mini Pack")}, "E314", 2, "小写"),
    "unknown schema": ({"pack.yaml": ("schema: 1", "schema: 2")}, "E313", 1, "schema"),
    "not SemVer": ({"pack.yaml": ("version: 1.0.0", "version: 1.0")}, "E315", 3, "1.0.0"),
    "unknown key": ({"pack.yaml": ("licence: MIT", "licence: MIT\nauthor: 某")}, "E313", 6, "authors"),
    "not YAML": ({TOPIC: ("title: 迷你工资", "title: [")}, "E311", 5, "写法不对"),
    "full-width colon": ({TOPIC: ("title: 迷你工资", "title：迷你工资")}, "E311", 3, "全角"),
    "duplicate key": ({TOPIC: ("noun:", "title:")}, "E311", 5, "重复"),
    "alias": ({TOPIC: ("title: 迷你工资", "title: &a 迷你工资")}, "E311", 3, "引用"),
    "tag": ({TOPIC: ("title: 迷你工资", "title: !!python/name:os.system 迷你")}, "E311", 3, "标签"),
    "not text": ({TOPIC: ("title: 迷你工资", "title: 12")}, "E313", 3, "title 要写文字"),
    "empty": ({TOPIC: ("title: 迷你工资", "title:")}, "E313", 3, "title 是空的"),
    "aspect missing": ({TOPIC: ("保障:", "保证:")}, "E313", 14, "保障"),
    "aspect empty": ({TOPIC: ("保障:\n  - {题: 甲, 句: 把保障讲清, 展: [再讲一句], 语气: 平实}", "保障: []")},
                     "E319", 14, "保障"),
    "unknown tone": ({TOPIC: ("句: 把保障讲清, 展: [再讲一句], 语气: 平实", "句: 甲, 语气: 平静")}, "E313", 15, "平实"),
    "id of another pack": ({TOPIC: ("id: mini.pay", "id: other.pay")}, "E314", 1, "mini.pay"),
    "id of another file": ({TOPIC: ("id: mini.pay", "id: mini.wage")}, "E314", 1, "mini.pay"),
    "id of another folder": ({PATTERN: ("id: mini.achieve.parallel", "id: mini.task.parallel")},
                             "E314", 2, "mini.achieve"),
    "no front matter": ({PATTERN: "我们\n"}, "E312", 1, "没有说明"),
    "front matter not closed": ({PATTERN: ("---#}", "#}")}, "E312", 1, "没有说明"),
    "front matter broken": ({PATTERN: ("code: P96", "code: [P96")}, "E311", 5, "写法不对"),
    "unknown function": ({PATTERN: ("function: achieve", "function: archive")}, "E317", 6, "achieve"),
    "function of another folder": ({PATTERN: ("function: achieve", "function: task")}, "E314", 6, "achieve"),
    "unknown list": ({PATTERN: ("list: 一是", "list: 一事")}, "E313", 7, "是不是"),
    "unknown layout": ({PATTERN: ("list: 一是", "layout: inlin")}, "E313", 7, "inline"),
    "required is no slot": ({PATTERN: ("required: [成绩]", "required: [成果]")}, "E313", 11, "成绩"),
    "slot is no schema": ({PATTERN: ("slots:", "slots:\n  说明: 文字")}, "E313", 9, "JSON Schema"),
    "key in a variant": ({PATTERN: ("{key: 乙}", "{key: 乙, tone: 平实}")}, "E313", 14, "tones"),
    "variant twice": ({PATTERN: ("{key: 乙}", "{key: 甲}")}, "E313", 12, "重复"),
    "key of a pattern": ({PATTERN: ("code: P96", "codes: P96")}, "E313", 4, "code"),
    "unknown section key": ({OCCASION: ("比重: 2", "比例: 2")}, "E313", 6, "比重"),
    "function of a section": ({OCCASION: ("功能: 成绩回顾", "功能: 成绩回看")}, "E317", 6, "成绩回顾"),
    "recipe is no name": ({OCCASION: ("[[迷你排比, mini.achieve.parallel?]]", "[[1]]")}, "E313", 6, "句式"),
    "file in the wrong place": ({"topics/other.j2": "甲"}, "E345", 0, "放错"),
    "pattern in the wrong place": ({"patterns/other.j2": "甲"}, "E345", 0, "patterns"),
    "Chinese file name": ({"topics/工资.yaml": "甲: 乙"}, "E345", 0, "文件名"),
    "title twice": ({"patterns/achieve/other.j2": FRONT.replace("另一个", "迷你排比")}, "E306", 0, "名字重复"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_pack_is_refused_with_code_line_and_reason(make_pack, name):
    changes, code, line, words = WRONG[name]
    root = make_pack(changes)
    with pytest.raises(LibraryError) as raised:
        Library.load([root])
    problems = raised.value.problems
    found = [p for p in problems if p.code == code and words in str(p) and p.place.line == line]
    assert found, "\n".join(map(str, problems))
    assert found[0].place.file.startswith(str(root))


def test_all_problems_of_all_files_are_told_at_once(make_pack):
    changes = {PATTERN: ("version: 1.0.0", "version: 1"), TOPIC: ("title: 迷你工资", "titel: 迷你工资")}
    with pytest.raises(LibraryError) as raised:
        Library.load([make_pack(changes)])
    assert [(p.code, p.place.line) for p in raised.value.problems] == [("E315", 3), ("E313", 1), ("E313", 3)]
    library = Library.load([make_pack(changes)], strict=False)
    assert library.problems == list(raised.value.problems)
    assert library.pattern("迷你排比").version == ""


def test_text_that_is_not_utf8(make_pack):
    root = make_pack()
    (root / TOPIC).write_bytes("title: 工资".encode("gb18030"))
    with pytest.raises(LibraryError) as raised:
        Library.load([root])
    assert raised.value.problems[0].code == "E310"


def test_a_mark_of_byte_order_and_line_ends_of_windows_are_nothing(make_pack):
    root = make_pack()
    for name in (PATTERN, TOPIC, OCCASION, "pack.yaml"):
        text = (root / name).read_text(encoding="utf-8").replace("\n", "\r\n")
        (root / name).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert Library.load([root]).render("P96", {"成绩": ["办成"]}) == "- 我们办成"


def test_yaml_reads_only_plain_values():
    data, lines = read_yaml("甲: no\n乙: 2024-01-05\n丙: [true, 1.5, 007, 12, '12', ~]\n丁: 8:30", "f.yaml", 10)
    assert data == {"甲": "no", "乙": "2024-01-05", "丙": [True, 1.5, "007", 12, "12", None], "丁": "8:30"}
    assert lines["丙", 3] == 12


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "a: " + "{a: " * 5_000, "- a\n" * 60_000, "---\na\n---\nb", "? [a]\n: b", "<<: {a: b}"]
)
def test_yaml_that_asks_for_too_much_is_refused(text):
    with pytest.raises(LibraryError) as raised:
        read_yaml(text, "f.yaml")
    assert raised.value.problems[0].code == "E311"
