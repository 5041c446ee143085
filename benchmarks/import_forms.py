"""Whether a text that a pattern of the library wrote is read as that pattern.

    python benchmarks/import_forms.py [--errors]

Every example of every pattern is composed in each of its wordings, with the optional sentences, put alone into a
speech (title, salutation, the text, a closing) and read again. No heading says what it is. Printed: the share whose
pattern is found first, the share that has it among the three named, and the share found first among those that the
reader calls sure; by code.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from drafter.brief import dump, load_brief
from drafter.compose import compose
from drafter.document import Role
from drafter.errors import DrafterError
from drafter.library import Library, Pattern
from drafter.read import read
from drafter.write import render

BAR = 0.9
NUMBERED = "P01–P50"
SURE = 0.6
_FRONT = (Role.TITLE, Role.DATE, Role.SPEAKER, Role.SALUTATION)
_KINDS = ("heading", "front")


class Tried(NamedTuple):
    """One composed text: what wrote it, what it was read as (the first three), how sure the reader was."""

    pattern: Pattern
    variant: str
    text: str
    found: tuple[str, ...]
    confidence: float


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Patterns recognised in the texts that they wrote.")
    parser.add_argument("--errors", action="store_true", help="list what is read as something else")
    options = parser.parse_args(arguments)
    tried = list(trials(Library.load()))
    if options.errors:
        for each in tried:
            if each.pattern.id not in each.found[:1]:
                print(f"{each.pattern.code} {each.pattern.id} {each.variant}: {each.found} {each.text[:110]}")
    return 0 if report(tried) >= BAR else 1


def report(tried: list[Tried]) -> float:
    """Prints the shares; that of the first found among P01–P50."""
    groups: dict[str, list[Tried]] = defaultdict(list)
    for each in tried:
        groups[NUMBERED if re.fullmatch(r"P\d\d", each.pattern.code) else "others"].append(each)
        if each.pattern.function == "heading":
            groups["headings"].append(each)
            groups["others"].remove(each)
    print(f"{'patterns':10}{'texts':>8}{'first':>8}{'of three':>10}{'sure':>8}{'right':>8}")
    for name, group in [*sorted(groups.items()), ("all", tried)]:
        first = [each for each in group if each.pattern.id in each.found[:1]]
        three = [each for each in group if each.pattern.id in each.found]
        sure = [each for each in group if each.confidence >= SURE]
        right = [each for each in sure if each in first]
        print(
            f"{name:10}{len(group):8}{len(first) / len(group):8.3f}{len(three) / len(group):10.3f}"
            f"{len(sure) / len(group):8.3f}{len(right) / max(1, len(sure)):8.3f}"
        )
    known = {each.pattern.code for each in tried if each.pattern.id in each.found[:1]}
    codes = {each.pattern.code for each in tried}
    print(f"patterns recognised at least once: {len(known)} of {len(codes)}; never: {' '.join(sorted(codes - known))}")
    numbered = groups[NUMBERED]
    return sum(each.pattern.id in each.found[:1] for each in numbered) / len(numbered)


def trials(library: Library) -> Iterator[Tried]:
    """All examples of all patterns, each in each wording that the library can compose it in."""
    for pattern in library.patterns:
        if pattern.function == "front":
            continue
        for example in pattern.examples:
            for variant in [v.key for v in pattern.variants] or [""]:
                context = {key: value for key, value in example["in"].items() if key != "措辞"}
                made = _composed(library, pattern, context, variant)
                if made:
                    yield Tried(pattern, variant, *made)


def _composed(
    library: Library, pattern: Pattern, context: dict[str, Any], variant: str
) -> tuple[str, tuple[str, ...], float] | None:
    facts = {key: value for key, value in context.items() if key in pattern.slots}
    heading = pattern.function == "heading"
    board: dict[str, Any] = {"功能": "task" if heading else pattern.function, "标题": "无", "要素": facts}
    if heading:
        board |= {"标题": pattern.title, "正文": ["各级工会要把这件事放在心上，一步一步往前走，走一步看一步。"]}
    else:
        board["句式"] = [pattern.title]
    if variant:
        board["措辞"] = variant
    data: dict[str, Any] = {"场合": "通用", "标题": "在全市工会工作会议上的讲话", "称谓": "同志们", "篇幅": "3000字"}
    data |= {key: context[key] for key in ("语气", "听众", "工作") if key in context}
    data["板块"] = [board, {"功能": "call", "标题": "无", "正文": ["各单位照着去办。"]}]
    try:
        document = compose(load_brief(dump(data).encode(), slots=library.slots()), library)
    except DrafterError:
        return None
    passages = read(render(document, to="docx"), name="旧稿.docx").passages
    rest = [p for p in passages if p.role not in ("title", "salutation", "meta")]
    if heading:
        rest = [p for p in rest if p.role == "heading"]
    text = "".join(p.text.text for p in rest)
    if not rest or "【待补" in text:
        return None
    best = max(rest, key=lambda p: (p.pattern == pattern.id, p.pattern_confidence))
    first = next((p for p in rest if p.pattern), rest[0])
    shown = best if best.pattern == pattern.id else first
    return (
        text,
        tuple(name for name in (shown.pattern, *(o for o, _ in shown.others)) if name),
        shown.pattern_confidence,
    )


if __name__ == "__main__":
    sys.exit(main())
