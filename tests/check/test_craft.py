"""The craft of a speech: what is measured, and when it is told."""

from __future__ import annotations

import pytest

from drafter.check import Finding, Level, Settings, Text, check

PLAIN = "工会干部逐户上门，问清情况，记在本上，回来一件一件办，办完再去回访。"


def found(string: str, rule: str, **limits: float) -> list[Finding]:
    return list(check(Text.of(string), Settings(select=(rule,), limits=limits)))


def test_set_phrases_are_counted_by_the_thousand() -> None:
    text = "我们高度重视，狠抓落实，再创佳绩。\n" + (PLAIN + "\n") * 30
    (finding,) = found(text, "C001", cliche=1)
    assert "每千字2." in finding.message
    assert "高度重视1次" in finding.message
    assert found(text, "C001", cliche=9) == []
    assert found(text[:300], "C001", cliche=1) == []


@pytest.mark.parametrize(
    ("sentence", "dangles"),
    [
        ("要进一步推进，久久为功。", True),
        ("我们要不断深化。", True),
        ("集体协商要不断深化。", False),
        ("要不断深化集体协商。", False),
        ("这件事关系大家，要持续推进。", False),
    ],
)
def test_a_verb_without_an_object(sentence: str, dangles: bool) -> None:
    assert bool(found(f"会议开过了。{sentence}", "C002")) is dangles


def test_a_claim_needs_a_figure_or_a_case() -> None:
    claim = "一年来，帮扶工作取得了显著成效，职工的评价很好，基层的同志也满意，大家都说办到了心坎上，说到了点子上。"
    section = f"一、成效\n{claim}\n{{}}\n二、打算\n接着做好。"
    assert len(found(section.format(PLAIN), "C003")) == 1
    assert found(section.format("320户职工解困脱困。"), "C003") == []
    assert found(section.format("例如机械厂的职工互助会，一年接待了许多人。"), "C003") == []
    assert found(f"一、目标\n要努力使帮扶工作取得显著成效，{PLAIN}\n二、打算\n接着做好。", "C003") == []


def test_minutes_of_the_sections_of_a_speech() -> None:
    text = f"同志们：\n今天开会。\n一、建会\n{PLAIN * 11}\n二、入会\n{PLAIN * 5}"
    (finding,) = found(text, "C004")
    assert finding.level is Level.INFO
    assert "一 2.1，二 1.0分钟" in finding.message
    (slow,) = found(text, "C004", rate=90)
    assert "一 4.2，二 1.9分钟" in slow.message
    assert found(text.removeprefix("同志们：\n"), "C004") == []


def test_one_adverb_again_and_again() -> None:
    text = "要进一步提高认识，进一步压实责任，进一步改进作风。"
    (finding,) = found(text, "C005")
    assert "“进一步”用了3次" in finding.message
    assert found(text.replace("，", "。\n"), "C005") == []
    assert found(text, "C005", adverbs=3) == []


def test_craft_is_never_more_than_an_info() -> None:
    text = "同志们：\n要进一步推进，进一步深化，进一步加强。\n" + "我们高度重视，狠抓落实，再创佳绩。\n" * 40
    assert {finding.level for finding in check(Text.of(text), Settings(select=("C",)))} == {Level.INFO}
