"""Traditional characters: which are certain, which simplified texts use too."""

from __future__ import annotations

import pytest

from drafter.chinese.script import may_be_traditional, simplified, traditional


def test_the_traditional_characters_of_a_text_and_what_they_become() -> None:
    assert traditional("推動工會改革落實") == {"動": "动", "會": "会", "實": "实"}


@pytest.mark.parametrize("text", ["推动工会改革", "朱镕基", "乾隆", "显著", "慰藉", "李昇", "abc 123", "", "喆堃淼犇"])
def test_simplified_texts_and_names_hold_none(text: str) -> None:
    assert traditional(text) == {}


def test_glyphs_change_and_nothing_else() -> None:
    assert simplified("工會(2026)改革。") == "工会(2026)改革。"
    assert may_be_traditional("著")
    assert not may_be_traditional("会")
