"""Full-width marks, quotation marks, marks that ran together, and the marks between list items."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.chinese.punctuation import collapse, full_width, pair_quotes, separator, stands_alone, strip_end, tidy

texts = st.text(alphabet='中文甲a1 2,:;!?()"“”，；。：！？、（）《》%./@-\n', max_size=40)


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("同志们,大家好!", "同志们，大家好！"),
        ("同志们: 现在开会", "同志们：现在开会"),
        ("其中,1,200户(含8.9:39.7)的", "其中，1,200户（含8.9:39.7）的"),
        ("10:30,开会", "10:30，开会"),
        ("分别为95.3%,69.4%和30.1%", "分别为95.3%，69.4%和30.1%"),
        ("“双助”,“两书”", "“双助”，“两书”"),
        ("《通知》;《意见》", "《通知》；《意见》"),
        ("小王 (Bob) 说", "小王（Bob）说"),
        ("(1)建立机制", "（1）建立机制"),
        ("WTO(世贸组织)", "WTO（世贸组织）"),
        ("f(x)是函数", "f(x)是函数"),
        ("GB/T 9704-2012:公文", "GB/T 9704-2012：公文"),
        ("一个)没有配对", "一个)没有配对"),
        ("Yes, we can (really)!", "Yes, we can (really)!"),
        ("AI, ML", "AI, ML"),
    ],
)
def test_full_width(text: str, wide: str) -> None:
    assert full_width(text) == wide


@pytest.mark.parametrize("address", ["http://a.cn/x?a=1,b;c", "www.a.cn/(b)/c", "mailto:b.c@a.cn", "b.c@a.cn"])
def test_an_address_keeps_its_marks(address: str) -> None:
    assert address in full_width(f"请见 {address},并转告")


@pytest.mark.parametrize(
    ("text", "paired"),
    [
        ('推行"双助"和"两书"', "推行“双助”和“两书”"),
        ("推行”双助“机制", "推行“双助”机制"),
        ("“外“内”外”中", "“外“内”外”中"),
        ('"一半', '"一半'),
        ('say "yes"', 'say "yes"'),
        ('5"和6"的管', '5"和6"的管'),
        ('第一"甲"\n第二"乙', '第一“甲”\n第二"乙'),
    ],
)
def test_pair_quotes(text: str, paired: str) -> None:
    assert pair_quotes(text) == paired


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("中，，文", "中，文"),
        ("中，。；文", "中。文"),
        ("中；。", "中。"),
        ("中，、文", "中，文"),
        ("中。！", "中！"),
        ("中？；", "中？"),
        ("中？！", "中？！"),
        ("中！！！", "中！！！"),
        ("“中。”。", "“中。”"),
        ("“中”。", "“中”。"),
        ("中……。", "中……。"),
    ],
)
def test_collapse(text: str, one: str) -> None:
    assert collapse(text) == one


@given(texts)
def test_tidy_twice_is_tidy_once(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once


@given(texts)
def test_tidy_keeps_every_word_and_figure(text: str) -> None:
    def said(text: str) -> list[str]:
        return re.findall(r"[0-9]+(?:[.,:][0-9]+)*|[a-z]|[一-鿿]", text)

    assert said(tidy(text)) == said(text)


@given(texts)
def test_no_weak_marks_run_together(text: str) -> None:
    assert not re.search("[，、；：。]{2}", tidy(text))


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("抓好落实；", "抓好落实"),
        ("抓好落实。； ", "抓好落实"),
        ("抓好落实;", "抓好落实"),
        ("抓好落实！", "抓好落实！"),
        ("如下：", "如下："),
        ("", ""),
    ],
)
def test_strip_end(text: str, bare: str) -> None:
    assert strip_end(text) == bare


@pytest.mark.parametrize(
    ("items", "mark"),
    [
        (["短"] * 3, "；"),
        (["字" * 60] * 3, "；"),
        (["字" * 61] * 3, "。"),
        (["短", "短", "字" * 200], "；"),  # the median decides, not the longest
        (["字" * 40, "字" * 80], "；"),
        (["字" * 40, "字" * 82], "。"),
        (["字" * 60 + "；"] * 3, "；"),  # its own end does not count
        (["短。再短", "短", "短"], "。"),
        (["短。", "短。"], "；"),
        (["冲！", "短"], "。"),
    ],
)
def test_separator(items: list[str], mark: str) -> None:
    assert separator(items) == mark


@pytest.mark.parametrize(("length", "alone"), [(130, False), (131, True)])
def test_stands_alone(length: int, alone: bool) -> None:
    assert stands_alone(["字" * length] * 3) is alone


@pytest.mark.parametrize("rule", [separator, stands_alone])
def test_no_items_no_rule(rule: object) -> None:
    assert callable(rule)
    with pytest.raises(ValueError, match="without items"):
        rule([])
