"""What `check` finds in a pack, and what tools get from the catalogue."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.library import Library, catalogue, check, pattern_schema
from drafter.library.invention import invented

PATTERN = "patterns/achieve/parallel.j2"
TOPIC = "topics/pay.yaml"
OCCASION = "occasions/meeting.yaml"
BODY = "- 我们{% if"

# what is changed → code, line, part of the message or hint
WRONG = {
    "slot not declared": ({PATTERN: (BODY, "- {{ 期限 }}我们{% if")}, "E340", 20, "期间"),
    "slot not used": ({PATTERN: ("{% if 期间 %}{{ 期间 }}：{% endif %}", "")}, "E341", 10, "期间"),
    "no example": ({PATTERN: ("  - {in: {成绩: [摸清底数]}, out: \"- 我们摸清底数\"}", "  []")}, "E342", 15, "例子"),
    "variant without example": ({PATTERN: ("in: {成绩", "in: {措辞: 甲, 成绩")}, "E342", 14, "乙"),
    "example differs": ({PATTERN: ("out: \"- 我们", "out: \"- 咱们")}, "E343", 16, "应为「- 咱们"),
    "example cannot be rendered": ({PATTERN: (BODY, "- {{ 成绩 }}我们{% if")}, "E335", 20, "列表"),
    "example does not fit": ({PATTERN: ("成绩: [摸清底数]", "成绩: []")}, "E347", 16, "成绩"),
    "schema is none": ({PATTERN: ("{type: string, title: 期间", "{type: text, title: 期间")}, "E347", 8, "JSON Schema"),
    "broken template": ({PATTERN: (BODY, "- {% endif %}我们{% if")}, "E330", 20, "标签"),
    "outside the subset": ({PATTERN: (BODY, "- {{ 期间|upper }}我们{% if")}, "E331", 20, "upper"),
    "digit": ({PATTERN: (BODY, "- 3件事，我们{% if")}, "E344", 20, "3"),
    "digit in a constant": ({PATTERN: (BODY, "- {{ 期间 or '2024年' }}我们{% if")}, "E344", 20, "2024"),
    "date": ({PATTERN: (BODY, "- 二〇二四年我们{% if")}, "E344", 20, "〇"),
    "congress": ({PATTERN: (BODY, "- 二十大以来我们{% if")}, "E344", 20, "二十"),
    "title": ({PATTERN: (BODY, "- 按照《工会法》我们{% if")}, "E344", 20, "《"),
    "quotation": ({PATTERN: (BODY, "- “两不愁”我们{% if")}, "E344", 20, "“"),
    "Latin": ({PATTERN: (BODY, "- 用APP我们{% if")}, "E344", 20, "APP"),
    "fact in a topic": ({TOPIC: ("句: 把成绩讲清", "句: 把3件成绩讲清")}, "E344", 7, "把3件"),
    "unknown pattern": ({OCCASION: ("迷你排比,", "迷你并列,")}, "E318", 6, "迷你排比"),
    "unknown topic": ({OCCASION: ("比重: 2", "业务: [迷你工程]")}, "E318", 6, "迷你工资"),
    "fact in an occasion": ({OCCASION: ("比重: 2", "正文: [去年办了8件事]")}, "E344", 6, "8"),
    "fact in a heading": ({OCCASION: ("比重: 2", "标题: 第一，抓好2024年的事")}, "E344", 6, "2024"),
    "doubled mark": ({PATTERN: (BODY, '- {{ "，，" if 听众 == "上级" else "" }}我们{% if')}, "E348", 17, "标点"),
    "markup left open": ({PATTERN: (BODY, '- {{ "[[" if 语气 == "鼓动" else "" }}我们{% if')}, "E348", 17, "成对"),
    "wrong file": ({TOPIC: ("version: 1.0.0", "version: 1")}, "E315", 2, "1.0.0"),
}  # fmt: skip


def problems(root):
    return check(Library.load([root], strict=False), "mini")


def test_a_good_pack_conforms(make_pack):
    variant = ("in: {成绩", "in: {措辞: 乙, 成绩: [办成]}, out: '- 我们办成'}\n  - {in: {措辞: 甲, 成绩")
    assert problems(make_pack({PATTERN: variant})) == []


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found_with_code_line_and_reason(make_pack, name):
    changes, code, line, words = WRONG[name]
    found = problems(make_pack(changes))
    assert [p for p in found if p.code == code and words in str(p) and p.place.line == line], "\n".join(map(str, found))


def test_one_slot_has_one_shape(make_pack):
    other = (
        "{#---\nid: mini.task.other\nversion: 1.0.0\ntitle: 另一个\nfunction: task\n"
        "slots:\n  期间: {type: array, items: {type: string}}\nrequired: [期间]\n"
        "examples:\n  - {in: {期间: [甲]}, out: 甲}\n---#}\n{{ 期间|first }}\n"
    )
    found = problems(make_pack({"patterns/task/other.j2": other}))
    assert [(p.code, "期间" in p.message) for p in found if p.code == "E346"] == [("E346", True)]


def test_a_slot_has_the_shape_it_has_in_other_packs(make_pack):
    change = ("期间: {type: string, title: 期间", "期间: {type: array, items: {type: string}, title: 期间")
    found = problems(make_pack({PATTERN: change}))
    assert [(p.code, p.place.line, "drafter." in p.message) for p in found if p.code == "E346"] == [("E346", 10, True)]


def test_marks_around_a_value_quote_the_brief():
    assert (
        not list(invented("按照《"))
        + list(invented("》的要求，以“"))
        + list(invented("”为主线"))
        + list(invented("[[2|"))
    )
    assert [fragment for fragment, _ in invented("一是。\n“甲”")] == ["“", "”"]
    assert [lines for _, lines in invented("一来二去\n\n8")] == [2]


@given(st.text(), st.sampled_from(["7", "２０", "《", "plan", "〇"]), st.text(min_size=1))
def test_a_fact_inside_a_text_is_always_found(before, fact, after):
    assert list(invented(f"{before}，{fact}，{after}"))


def test_the_catalogue_is_plain_json(make_pack):
    library = Library.load([make_pack()])
    data = json.loads(json.dumps(catalogue(library), ensure_ascii=False))
    assert set(data) == {"schema_version", "packs", "functions", "patterns", "headings", "topics", "occasions", "$defs"}
    pattern = next(p for p in data["patterns"] if p["id"] == "mini.achieve.parallel")
    assert (pattern["list"], pattern["pack"], pattern["origin"]) == ("一是", "mini", "命令行")
    assert pattern["variants"] == [
        {"key": "甲", "tones": ["庄重"], "audiences": []},
        {"key": "乙", "tones": [], "audiences": []},
    ]
    schema = {**pattern["schema"], "$defs": data["$defs"]}
    assert jsonschema_rs.Draft202012Validator(schema).is_valid({"成绩": ["办成", {"题": "守", "句": "守住"}]})


def test_the_schema_of_a_pattern_stands_alone(make_pack):
    library = Library.load([make_pack()])
    validator = jsonschema_rs.Draft202012Validator(pattern_schema(library, library.pattern("P96")))
    assert validator.is_valid({"成绩": ["办成"]})
    assert not validator.is_valid({"成绩": []})
    assert not validator.is_valid({})
