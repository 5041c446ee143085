"""The locked environment: what it refuses, where it says so, and how soon."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.errors import LibraryError
from drafter.library.plain import tidy
from drafter.library.sandbox import MAX_OUTPUT, MAX_SOURCE, Sandbox

LONG = list(range(5_000))


def sandbox(main: str, **others: str) -> Sandbox:
    sources = {"main.j2": main, **{name.replace("__", "/") + ".j2": text for name, text in others.items()}}
    return Sandbox(sources, lambda name: f"pack/{name}")


def refused(environment: Sandbox, **context: object):
    """The first problem of a rendering that must fail, and fail soon."""
    start = time.process_time()
    with pytest.raises(LibraryError) as raised:
        environment.text("main.j2", context)
    assert time.process_time() - start < 1
    return raised.value.problems[0]


def test_chinese_names_macros_and_parts():
    environment = sandbox(
        '{% import "parts/_m.j2" as 件 %}{% set 首 = 成绩|first %}\n{{ 首.题 or "无" }}{{ 件.句(首) }}\n'
        '{% include "parts/_i.j2" %}',
        parts___m="{% macro 句(条) %}：{{ 条.句 }}{% endmacro %}",
        parts___i="{{ 成绩|length }}{% for 条 in 成绩 %}{{ loop.index0 }}{% endfor %}",
    )
    context = {"成绩": [{"题": "", "句": "办成"}, {"题": "乙", "句": "守住"}]}
    assert environment.text("main.j2", context) == "无：办成\n201"


SYNTAX = {
    "{% if 甲 %}\n": 2,
    "\n{{ 甲": 2,
    "\n\n{% endfor %}": 3,
    "{{ 甲 ? 乙 }}": 1,
    "{# 甲": 1,
    "{% 循环 %}": 1,
}


@pytest.mark.parametrize("source", SYNTAX)
def test_a_syntax_error_has_its_line(source):
    problem = refused(sandbox(source), 甲="")
    assert (problem.code, problem.place.file) == ("E330", "pack/main.j2")
    assert abs(problem.place.line - SYNTAX[source]) <= 1  # jinja2 puts the end of a file on either line
    assert "模板语法" in problem.message


OUTSIDE = [
    "{{ ''.__class__ }}",
    "{{ ''['__class__'] }}",
    "{{ '{0.__class__}'.format(甲) }}",
    "{{ 甲.upper() }}",
    "{{ 甲|attr('__class__') }}",
    "{{ [甲]|map(attribute='__class__')|join }}",
    "{{ 甲|upper }}",
    "{{ range(10)|join }}",
    "{{ cycler('a').next() }}",
    "{{ self }}",
    "{{ 甲[1:] }}",
    "{{ 2 ** 3 }}",
    "{{ 甲 is mapping }}",
    "{{ 甲 if 甲 }}",
    "{{ 1 < 2 < 3 }}",
    "{{ true }}",
    "{{ 12 }}",
    "{{ [甲]|join(d='，') }}",
    "{% for 一, 二 in 甲 %}{% endfor %}",
    "{% for 一 in 甲 recursive %}{% endfor %}",
    "{% set 一, 二 = 甲 %}",
    "{% extends 'main.j2' %}",
    "{% block 甲 %}{% endblock %}",
    "{% filter upper %}{% endfilter %}",
    "{% with 一 = 甲 %}{% endwith %}",
    "{% macro 一() %}{{ varargs }}{% endmacro %}",
    "{% macro 一() %}{% endmacro %}{{ 一(*甲) }}",
    "{% macro 一() %}{{ caller() }}{% endmacro %}{% call 一() %}{% endcall %}",
    "{% include 甲 %}",
    "{% include ['main.j2', 'x.j2'] %}",
    "{% include 'main.j2' ignore missing %}",
    "{% include 'main.j2' without context %}",
    "{% from 'main.j2' import 一 with context %}",
    "{% include '../main.j2' %}",
    "{% include '/etc/passwd' %}",
    "{% include 'C:/secret.txt' %}",
    "{% include '..\\\\secret.txt' %}",
    "{% include 'patterns/./main.j2' %}",
    "{% include 'absent.j2' %}",
]


@pytest.mark.parametrize("source", OUTSIDE)
def test_what_is_outside_the_subset_is_refused_at_its_line(source):
    problem = refused(sandbox("第一行\n" + source), 甲="甲")
    assert (problem.code, str(problem.place)) == ("E331", "pack/main.j2:2")
    assert problem.place.source == source


def test_everything_outside_the_subset_is_listed_at_once():
    with pytest.raises(LibraryError) as raised:
        sandbox("{{ 甲|upper }}\n{{ 甲|lower }}\n{{ 甲.x() }}").text("main.j2", {"甲": ""})
    assert [problem.place.line for problem in raised.value.problems] == [1, 2, 3]


WRONG_VALUES = [
    "{{ 列 }}",
    "{{ 空 }}",
    "{{ 真 }}",
    "{{ 宏 }}{% macro 宏() %}{% endmacro %}",
    "{% for 项 in 列 %}{{ loop }}{% endfor %}",
    "{% for 项 in 列 %}{{ loop.cycle }}{% endfor %}",
    "{% for 项 in 文 %}{% endfor %}",
    "{{ 文|join }}",
    "{{ 数|length }}",
    "{{ 数|first }}",
    "{{ 文.upper }}",
    "{{ 列.append }}",
    "{{ 典['items']['x'] }}",
    "{{ 'x' if 列 == 列 else '' }}",
    "{{ 'x' if 文 < 数 else '' }}",
    "{{ 'x' if 数 in 文 else '' }}",
    "{{ 'x' if 列 in 数 else '' }}",
    "{{ 文 * 数 }}",
    "{{ 列 + 文 }}",
    "{{ 文 % 数 }}",
    "{{ 数 / 零 }}",
    "{% macro 宏(a) %}{% endmacro %}{{ 宏(文, 文) }}",
    "{% macro 宏() %}{% endmacro %}{% set 宏 = 文 %}{{ 宏() }}",
]


@pytest.mark.parametrize("source", WRONG_VALUES)
def test_values_used_wrongly_are_refused_at_their_line(source):
    context = {"列": [1, [2]], "空": None, "真": True, "文": "文", "数": 3, "零": 0, "典": {"items": {}}}
    problem = refused(sandbox("\n\n" + source), **context)
    assert problem.code in ("E332", "E335")
    assert str(problem.place) == "pack/main.j2:3"


def test_an_absent_slot_has_name_line_and_hint():
    problem = refused(sandbox("甲\n{{ 成果 }}"), 成绩="有")
    assert (problem.code, problem.message, str(problem.place)) == ("E332", "没有要素「成果」", "pack/main.j2:2")
    assert "「成绩」" in problem.hint


def test_an_absent_slot_in_an_included_part_is_placed_there():
    problem = refused(sandbox("{% include 'a/_x.j2' %}", a___x="\n\n{{ 成果 }}"))
    assert (problem.code, str(problem.place)) == ("E332", "pack/a/_x.j2:3")


def test_an_absent_field_in_an_imported_macro_is_placed_there():
    macro = "{% macro 句(条) %}\n{{ 条.提 }}\n{% endmacro %}"
    problem = refused(sandbox("{% from 'a/_x.j2' import 句 %}{{ 句(条目) }}", a___x=macro), 条目={"题": "甲"})
    assert (problem.message, str(problem.place)) == ("这一项里没有「提」", "pack/a/_x.j2:2")


def test_an_absent_item_of_a_list():
    assert refused(sandbox("{{ 列[3] }}"), 列=["甲"]).code == "E332"
    assert refused(sandbox("{{ 列|first }}"), 列=[]).code == "E332"


NESTED = "{% for a in 数 %}{% for b in 数 %}{% for c in 数 %}{% endfor %}{% endfor %}{% endfor %}"
DOUBLING = "{% macro 倍(x) %}{{ x }}{{ x }}{% endmacro %}"
BOMBS = {
    "nested loops": NESTED,
    "nested loops that filter": NESTED.replace("c in 数", "c in 数 if 0"),
    "recursive macro": "{% macro 宏() %}{{ 宏() }}{% endmacro %}{{ 宏() }}",
    "branching macro": "{% macro 宏(n) %}{% if n < 99 %}{{ 宏(n+1) }}{{ 宏(n+1) }}{% endif %}{% endmacro %}{{ 宏(0) }}",
    "self include": "{% include 'main.j2' %}",
    "self import": "{% import 'main.j2' as m %}",
    "multiplication": "{{ 'a' * 1000000000 }}",
    "power": "{{ 9 ** 9 ** 9 }}",
    "big numbers": "{% set n = 1000000 %}" + "{% set n = n * n %}" * 40 + "{{ n }}",
    "format": "{{ '%1000000000d' % 1 }}",
    "ljust": "{{ 'a'.ljust(1000000000) }}",
    "center filter": "{{ 'a'|center(1000000000) }}",
    "replace": "{{ 文|replace('a', 文) }}",
    "join": "{{ 数|join(文) }}",
    "concatenation": "{% set x = 文 %}" + "{% set x = x ~ x %}" * 40 + "{{ x }}",
    "addition": "{% set x = 文 %}" + "{% set x = x + x %}" * 40 + "{{ x }}",
    "list addition": "{% set x = 数 %}" + "{% set x = x + x %}" * 40 + "{{ x|length }}",
    "doubling macros": DOUBLING + "{{ " + "倍(" * 40 + "'a'" + ")" * 40 + " }}",
    "doubling set": DOUBLING + "{% set x %}a{% endset %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 40 + "{{ x }}",
    "constant text in a macro": "{% macro 宏() %}{% for a in 数 %}"
    + "字" * 50_000
    + "{% endfor %}{% endmacro %}{{ 宏() }}",
    "constant text in a loop": "{% for a in 数 %}" + "字" * 50_000 + "{% endfor %}",
    "shared lists": "{% set x = [1] %}{% set y = [1] %}"
    + "{% set x = [x,x] %}{% set y = [y,y] %}" * 60
    + "{{ x == y }}",
    "shared lists printed": "{% set x = [1] %}" + "{% set x = [x,x] %}" * 60 + "{{ x }}",
    "deep parentheses": "{{ " + "(" * 40_000 + "1" + ")" * 40_000 + " }}",
    "deep nots": "{{ " + "not " * 20_000 + "甲 }}",
    "long additions": "{{ " + "1+" * 40_000 + "1 }}",
    "deep ifs": "{% if 1 %}" * 2_000 + "{% endif %}" * 2_000,
    "deep lists": "{% set x = " + "[" * 40_000 + "]" * 40_000 + " %}",
    "search in a long list": "{% for a in 数 %}{% if -1 in 数 %}{% endif %}{% endfor %}",
    "long number": "{% set x = " + "9" * 90_000 + " %}",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_soon(name):
    problem = refused(sandbox(BOMBS[name]), 数=LONG, 文="a" * 10_000)
    assert problem.code in ("E330", "E331", "E333", "E335")
    assert problem.place.file == "pack/main.j2"


def test_a_bomb_is_refused_at_its_line():
    problem = refused(sandbox("甲\n\n" + NESTED), 数=LONG)
    assert (problem.code, str(problem.place)) == ("E333", "pack/main.j2:3")


def test_one_rendering_does_not_pay_for_the_last():
    environment = sandbox("{% for a in 数 %}{% for b in 数 %}{{ b }}{% endfor %}{% endfor %}")
    for _ in range(5):
        environment.text("main.j2", {"数": list(range(100))})


def test_long_templates_and_long_texts_are_refused():
    assert refused(sandbox("字" * (MAX_SOURCE + 1))).code == "E333"
    assert refused(sandbox("{{ 文 }}{{ 文 }}"), 文="字" * (MAX_OUTPUT // 2 + 1)).code == "E333"


class Sneaky(str):
    """Text with a method that must not be reached."""

    __slots__ = ()

    def __str__(self) -> str:
        raise AssertionError("called")


def test_the_context_is_copied_to_plain_data():
    assert sandbox("{{ 甲.乙[0] }}").text("main.j2", {"甲": {"乙": (Sneaky("丙"),)}}) == "丙"
    assert refused(sandbox(""), 甲=object()).code == "E336"
    assert refused(sandbox(""), 甲={1: "乙"}).code == "E336"
    endless: list[object] = []
    endless.append(endless)
    assert refused(sandbox(""), 甲=endless).code == "E336"


@given(st.text(alphabet="甲{}%#-|'\"()[]. \nifforsetinelseendmacro", max_size=40))
def test_any_template_is_rendered_or_refused(source):
    with contextlib.suppress(LibraryError):
        sandbox(source).text("main.j2", {"甲": "乙", "f": ["x"]})


@given(st.text())
def test_tidy_text_has_no_blank_lines_and_stays_tidy(text):
    tidied = tidy(text)
    assert tidy(tidied) == tidied
    assert not any(line.strip(" \t\r　") == "" for line in tidied.split("\n")) or tidied == ""
