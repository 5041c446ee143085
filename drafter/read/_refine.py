"""What only the whole text tells: openings, closings, unnumbered headings, levels, functions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.read._functions import of_heading, of_text, turn
from drafter.read._levels import Numbered, levels
from drafter.read._numbers import value
from drafter.read._result import Passage
from drafter.read._shapes import BODY_TURNS, CLOSING, TRANSITION, TURNS

__all__ = ["genre_of", "refine"]

_TOPIC = re.compile(r"^(?P<head>[^。！？；：]{4,26}。)(?=.{50,})", re.DOTALL)
_NO_TOPIC = re.compile("^(?:同志们|各位|我|这|那|今年|去年|目前|当前|近年|同时|但|然而|另外|此外|因此|所以|为此|下面|刚才|在此|总之|他们|大家|希望|最后|首先|一年来|是的|过去|随着|其实|如果|没有|进入|经过|[一二三四五六七八九十百几多]+年|必须|只有|实践证明|历史|\\d)")
_YAO = re.compile(r"^(?P<head>(?:要|必须|坚持)[^。！？；：]{5,42}。)(?=.{40,})", re.DOTALL)
_WOMEN = re.compile("^我们")
_SENTENCE = re.compile(r"(?<=[。！？!?])(?=[^”’）)])|(?<=，)(?=借此机会[，,]?我|下面[，,]?我就)")
_THANKING = tuple(rule for rule in TURNS if rule[0] in ("open-thank", "echo"))
_OPENERS = frozenset({"context", "open-thank", "echo", "trans", "honor", "arrange"})


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
    """The passages of one piece with everything that depends on their neighbours. `whole`: the text does not break off."""
    genre = genre_of([p.text.text for p in passages if p.role == "title"])
    passages = _unnumbered(passages)
    _thanks_in_turn(passages)
    _levels(passages)
    passages = _openings(passages, genre)
    _closing(passages, whole)
    _functions(passages, genre)
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
        if passage.role == "heading" or passage.role == "transition":
            return
        if passage.role == "enum" and passage.system == "shouxian" and re.search("感谢|祝贺|问候|欢迎", passage.text.text[:40]):
            passage.role, passage.sub, passage.function = "opening", "", "open-thank"


def _groups(passages: Sequence[Passage], start: int) -> list[list[Passage]]:
    """Unmarked paragraphs of the body from `start` on, each with all its passages."""
    groups: list[list[Passage]] = []
    for passage in passages[start:]:
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
            marks.append(Numbered(passage.system or "plain", number, passage.sub == "inline" and passage.joined, fixed, restart))
            restart = False
    heads: dict[int, str] = {}
    for passage, level in zip(marked, levels(marks), strict=True):
        passage.level = level
        if passage.role == "heading":
            heads = {k: v for k, v in heads.items() if k < level} | {level: passage.ordinal}
        elif passage.sub == "own_para" and not passage.run_in and heads.get(level) and passage.system == "diyi":
            if value(passage.ordinal) == value(heads[level]) + 1:  # 一、二、第三
                passage.role, passage.sub = "heading", ""


def _openings(passages: list[Passage], genre: str) -> list[Passage]:
    """Paragraphs before the first heading: what opens the text is told from what is already its body."""
    result: list[Passage] = []
    opening, headed, paragraphs = True, False, 0
    until = _last_opener(passages)
    hosted = any(p.role == "agenda" for p in passages)
    salutation = any(p.role == "salutation" for p in passages)
    for i, passage in enumerate(passages):
        if passage.role in ("heading", "enum") and not passage.joined:
            headed = True
        if passage.role == "agenda":
            opening = False
        if passage.role != "body":
            if passage.role == "opening" and not passage.function:
                passage.function = "arrange"
            result.append(passage)
            continue
        parts = _turned(passage, TURNS if not headed and opening else BODY_TURNS)
        if not headed and not passage.joined:
            paragraphs += 1
            functions = [p.function or of_text(p.text.text[:90], "open", genre)[0] for p in parts]
            framed = salutation or any(p.role == "title" for p in passages[:i])
            asks = any(p.role == "transition" for p in parts)
            later = any(p.role == "heading" or p.role == "transition" or p.system for p in passages[i + 1 : i + 4])
            starts = i <= until or (genre not in ("letter",) and functions[0] in _OPENERS and framed) or (genre in ("summary", "plan", "essay") and paragraphs <= 2 and later)
            first = paragraphs == 1 and (framed or functions[0] in _OPENERS or any(p.role in ("heading", "transition") and p.system not in ("topic", "yao") for p in passages[i + 1 : i + 4]))
            if opening and (first or starts or asks) and not (hosted and paragraphs > 1):
                for part in parts:
                    part.role = "opening" if part.role == "body" else part.role
            elif asks and not hosted and parts[0].function != "echo":
                parts[0].role = "opening"
            else:
                opening = False
        elif not headed and result and result[-1].role in ("opening", "greeting", "transition"):
            for part in parts:
                part.role = "opening" if part.role == "body" else part.role
        result += parts
    return result


def _last_opener(passages: Sequence[Passage]) -> int:
    """Index of the last of the first five paragraphs that thanks, greets or echoes: all before it opens the text too."""
    last, paragraphs = -1, 0
    for i, passage in enumerate(passages):
        if passage.role in ("heading", "enum", "agenda") or paragraphs > 4:
            break
        if passage.role != "body" or passage.joined:
            continue
        paragraphs += 1
        if any(turn(sentence, _THANKING) for sentence in _SENTENCE.split(passage.text.text)):
            last = i
    return last


def _turned(passage: Passage, rules: tuple[tuple[str, re.Pattern[str]], ...]) -> list[Passage]:
    """The passage cut where a sentence announces another function."""
    text = passage.text
    parts: list[Passage] = []
    start = 0
    current = ""
    for match in [*_SENTENCE.finditer(text.text)]:
        at = match.start()
        sentence = text.text[at:]
        function = turn(sentence, rules)
        if function == "trans" and not (TRANSITION.match(sentence) or re.match("我们要做到以下.{1,2}点", sentence)):
            function = ""
        if rules is BODY_TURNS and function not in ("", "trans") and at - start < 40:
            function = ""
        if function and function != current and (at - start >= 8 or start == 0):
            if at > start:
                parts.append(Passage(text.cut(start, at), passage.role, passage.sub, joined=bool(parts) or passage.joined, function=current))
            start, current = at, function
    if current == "trans" and (match_end := _asked(text.text[start:])) and start + match_end < len(text) - 8:
        parts.append(Passage(text.cut(start, start + match_end), "transition", joined=bool(parts) or passage.joined, function="trans"))
        start, current = start + match_end, ""
    last = Passage(text.cut(start), passage.role, passage.sub, joined=bool(parts) or passage.joined, function=current)
    if current == "trans":
        last.role = "transition"
    if not parts:
        passage.function = current or turn(text.text, rules)
        return [passage]
    if not parts[0].function:
        parts[0].function = turn(parts[0].text.text, rules)
    return [*parts, last]


def _asked(text: str) -> int:
    """Where the sentence that announces the points ends; 0 where it announces none."""
    match = TRANSITION.match(text)
    return match.end() if match else 0


def _closing(passages: Sequence[Passage], whole: bool) -> None:
    """The last paragraph, and what closes a chapter before the next heading of the first level."""
    body = [i for i, p in enumerate(passages) if p.role in ("body", "closing") and not p.joined and p.role != "meta"]
    for i in body[-5:-1] if whole and len(body) > 6 else []:
        if re.match("(?:同志们|各位[代委]|朋友们|工友们)[^。]{0,6}[！!，,：:]", passages[i].text.text) and not any(p.role in ("heading", "enum") for p in passages[i:]):
            for passage in passages[i:]:
                passage.role = "closing" if passage.role == "body" else passage.role
            break
    for i, passage in enumerate(passages[:-1]):
        following = passages[i + 1]
        if passage.role == "body" and not passage.joined and following.role == "heading" and following.level == 1 and passage.text.text.startswith("同志们"):
            passage.sub = "section_close"
    if not body or len(body) < 2:
        return
    for i in body[-2:]:
        passage, text = passages[i], passages[i].text.text
        if any(p.role in ("heading", "enum") and not p.joined for p in passages[i + 1 :]) or passage.sub:
            continue
        cues = len(set(CLOSING.findall(text)))
        last = i == body[-1]
        if (last and whole and cues >= 1 and len(text) < 420) or (cues >= 2 and text.startswith(("最后", "同志们", "各位", "让我们"))):
            if text[-1:] in "。！!？”）" or len(text) < 60:
                for part in passages[i:]:
                    if part is passage or part.joined:
                        part.role = "closing" if part.role == "body" else part.role
                    else:
                        break


def _functions(passages: Sequence[Passage], genre: str) -> None:
    """A function for each passage of the text; a section hands its own down to what stands in it."""
    inherited: dict[int, str] = {}
    headed = False
    for passage in passages:
        text = passage.text.text
        if passage.role == "heading":
            headed = True
            above = inherited.get(passage.level - 1, "")
            for level in [k for k in inherited if k >= passage.level]:
                del inherited[level]
            passage.function, passage.confidence = of_heading(text, genre, above)
            if passage.level > 1 and above and passage.function not in ("problem", "goal", "safeguard", "self"):
                passage.function, passage.confidence = above, 0.6
            inherited[passage.level] = passage.function
        elif passage.role in ("body", "enum", "opening", "closing", "transition", "agenda", "greeting"):
            current = inherited[max(inherited)] if inherited and headed else ""
            place = "end" if passage.role == "closing" else "open" if passage.role == "opening" else ""
            if passage.role == "transition":
                passage.function, passage.confidence = "trans", 0.95
            elif passage.role == "agenda":
                passage.function, passage.confidence = "arrange", 0.9
            elif passage.role == "greeting":
                passage.function, passage.confidence = "", 0.0
            elif passage.function:
                passage.confidence = passage.confidence or 0.7
            else:
                passage.function, passage.confidence = of_text(text, place, genre, current)
