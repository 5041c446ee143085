"""What only the whole text tells: openings, closings, unnumbered headings, levels, functions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.read._assign import assign
from drafter.read._levels import Numbered, levels
from drafter.read._numbers import value
from drafter.read._openings import mark_closing, mark_openings
from drafter.read._patterns import mark_patterns
from drafter.read._result import Passage

__all__ = ["genre_of", "refine"]

_LONGEST_RUN = 400
_TOPIC = re.compile(r"^(?P<head>[^。！？；：]{4,26}。)(?=.{50,})", re.DOTALL)
_NO_TOPIC = re.compile(
    "^(?:同志们|各位|我|这|那|今年|去年|目前|当前|近年|同时|但|然而|另外|此外|因此|所以|为此|下面|刚才|在此|总之|他们|大家|希望|最后|首先|一年来|是的|过去|随着|其实|如果|没有|进入|经过|[一二三四五六七八九十百几多]+年|必须|只有|实践证明|历史|\\d)"
)
_YAO = re.compile(r"^(?P<head>(?:要|必须|坚持)[^。！？；：]{5,42}。)(?=.{40,})", re.DOTALL)
_WOMEN = re.compile("^我们")


def genre_of(titles: Sequence[str]) -> str:
    """speech, essay, plan, summary or letter, by the words of the title."""
    for genre, pattern in (
        ("speech", "讲话|致辞|致词|发言|主持|开幕|闭幕|演讲|祝词"),
        ("plan", "计划|要点|规划|方案|安排|部署"),
        ("summary", "总结|述职|汇报|工作报告|讨论稿"),
        ("letter", "信|倡议书"),
        ("essay", "思考|调研|研究|浅谈|浅议|探析|报告"),
    ):
        if any(re.search(pattern, title) for title in titles):
            return genre
    return "speech"


def refine(passages: list[Passage], whole: bool) -> list[Passage]:
    """The passages of one piece with all that depends on their neighbours. `whole`: the text does not break off."""
    genre = genre_of([p.text.text for p in passages if p.role == "title"])
    passages = _unnumbered(passages)
    _thanks_in_turn(passages)
    _levels(passages)
    passages = mark_openings(passages, genre)
    mark_closing(passages, whole)
    assign(passages, genre)
    mark_patterns(passages)
    return passages


def _unnumbered(passages: list[Passage]) -> list[Passage]:
    """Runs of paragraphs that open with a short sentence of their own, with 要, or with 我们."""
    result: list[Passage] = []
    i = 0
    while i < len(passages):
        groups = _groups(passages, i)
        sizes = [list(group) for group in groups]
        run = _run(groups)
        if not run:
            result.append(passages[i])
            i += 1
            continue
        for passage, rest in run:
            result.append(passage)
            result += rest
        i += sum(map(len, sizes[: len(run)]))
    return result


def _thanks_in_turn(passages: Sequence[Passage]) -> None:
    """首先感谢…，其次感谢… before the first heading: an opening, not a list."""
    for passage in passages:
        if passage.role in {"heading", "transition"}:
            return
        if (
            passage.role == "enum"
            and passage.system == "shouxian"
            and re.search("感谢|祝贺|问候|欢迎", passage.text.text[:40])
        ):
            passage.role, passage.sub, passage.function = "opening", "", "open-thank"


def _groups(passages: Sequence[Passage], start: int) -> list[list[Passage]]:
    """Unmarked paragraphs of the body from `start` on, each with all its passages."""
    groups: list[list[Passage]] = []
    for passage in passages[start : start + _LONGEST_RUN]:
        if passage.joined and groups:
            groups[-1].append(passage)
        elif passage.role == "body" and not passage.joined and not passage.system:
            groups.append([passage])
        else:
            break
    return groups


def _run(groups: list[list[Passage]]) -> list[tuple[Passage, list[Passage]]]:
    """The run that begins with the first of these paragraphs: each as its first passage and the rest of it."""
    heads: list[re.Match[str]] = []
    for group in groups:
        text = group[0].text.text
        match = _YAO.match(text) or (None if _NO_TOPIC.match(text) else _TOPIC.match(text))
        if not match:
            break
        heads.append(match)
    if len(heads) >= 3 and sum(len(m["head"]) for m in heads) / len(heads) <= 30:
        return [_headed(group, match) for group, match in zip(groups, heads, strict=False)]
    women = 0
    for group in groups:
        if not _WOMEN.match(group[0].text.text):
            break
        women += 1
    same = women >= 2 and groups[0][0].text.text[:6] == groups[1][0].text.text[:6]
    if women >= 3 or same:
        run = []
        for group in groups[:women]:
            group[0].role, group[0].sub, group[0].system = "enum", "anaphora", "women"
            run.append((group[0], group[1:]))
        return run
    return []


def _headed(group: list[Passage], match: re.Match[str]) -> tuple[Passage, list[Passage]]:
    first, text = group[0], group[0].text
    system = "yao" if match["head"].startswith(("要", "必须", "坚持")) else "topic"
    head = Passage(text.cut(0, match.end("head")), "heading", system=system, run_in=True)
    first.text, first.joined = text.cut(match.end("head")), True
    return head, [first, *group[1:]]


def _levels(passages: Sequence[Passage]) -> None:
    marked = [p for p in passages if p.system and p.role in ("heading", "enum")] if passages else []
    marked += [p for p in passages if p.role == "heading" and not p.system]
    order = {id(p): i for i, p in enumerate(passages)}
    marked.sort(key=lambda p: order[id(p)])
    marks = []
    restart = False
    for passage in passages:
        if passage.sub == "attachment_marker":
            restart = True
        if passage.role in ("heading", "enum") and (passage.system or passage.role == "heading"):
            number = value(passage.ordinal) if passage.ordinal else 0
            fixed = passage.hint_level if not passage.system else 0
            marks.append(
                Numbered(passage.system or "plain", number, passage.sub == "inline" and passage.joined, fixed, restart)
            )
            restart = False
    heads: dict[int, str] = {}
    for passage, level in zip(marked, levels(marks), strict=True):
        passage.level = level
        if passage.role == "heading":
            heads = {k: v for k, v in heads.items() if k < level} | {level: passage.ordinal}
        elif passage.sub == "own_para" and not passage.run_in and passage.system == "diyi" and heads.get(level):
            follows = value(passage.ordinal) == value(heads[level]) + 1  # 一、二、第三
            passage.role, passage.sub = ("heading", "") if follows else ("enum", "own_para")
