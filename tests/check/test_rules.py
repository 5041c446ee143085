"""Every rule finds its wrong examples and is silent on its right ones."""

from __future__ import annotations

import re
from datetime import date

import pytest

from drafter.check import Example, FixKind, Rule, Settings, Text, check, fix, rulebook

RULES = rulebook().rules
CASES = [pytest.param(rule, example, id=f"{rule.id}-{n}") for rule in RULES for n, example in enumerate(rule.examples)]


def settings(rule: Rule, example: Example) -> Settings:
    day = date.fromisoformat(example.date) if example.date else None
    return Settings(date=day, profile=example.profile, select=(rule.id,))  # type: ignore[arg-type]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_wrong_is_found_and_right_is_silent(rule: Rule, example: Example) -> None:
    chosen = settings(rule, example)
    assert check(Text.of(example.wrong, kind="md"), chosen)
    if example.right:
        assert check(Text.of(example.right, kind="md"), chosen) == ()


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_a_fix_gives_the_right_text(rule: Rule, example: Example) -> None:
    if rule.fix is not FixKind.NONE and example.right:
        fixed, done = fix(Text.of(example.wrong, kind="md"), settings(rule, example), suggested=True)
        assert done
        assert fixed.string == example.right


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_clean_texts_are_silent(rule: Rule) -> None:
    for text in rule.clean:
        assert check(Text.of(text), Settings(select=(rule.id,), date=date(2026, 6, 1))) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_complete(rule: Rule) -> None:
    assert bool(rule.function) != bool(rule.find or rule.table)
    assert rule.examples or rule.needs
    assert rule.what
    assert rule.why
    assert rule.source
    assert rule.force in ("硬性", "通行", "惯例")
    if rule.find:
        re.compile(rule.find)


def test_ids_are_unique_and_in_order() -> None:
    for group in rulebook().groups:
        ids = [rule.id for rule in group.rules]
        assert ids == sorted(set(ids))
        assert all(code.startswith(group.letter) for code in ids)
