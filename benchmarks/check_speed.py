"""How fast texts are checked, with all rules, beside autocorrect (wheel) and zhlint (npm) in the same run.

    python benchmarks/check_speed.py [--megabytes 1] [--rounds 5]

The text is composed by drafter itself from its examples with other wordings each time, so it is the kind of text the
rules are for, and clean; a second text has a fault in every third sentence. Shown are CPU medians over rounds in
which all take turns: megabytes of UTF-8 a second, and milliseconds for one speech of 5,000 characters, warm.

The accelerator is ahocorasick_rs (`pip install 'drafter[fast]'`). autocorrect has about a dozen rules of spacing and
width, zhlint two dozen. What is not installed is named and left out. Exit status 1 where a bar is not met: 5 MB/s on
one core, 10 with the accelerator, 20 ms a speech. With --hostile: texts of one sign, which must take time in proportion
to their length.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from engines.node import packages

import drafter
from drafter.check import Settings, Text, check, rulebook

ROOT = Path(__file__).resolve().parent.parent
PLAIN_BAR, FAST_BAR, SPEECH_BAR = 5.0, 10.0, 20.0
SPEECH = 5_000
UNITS = (
    "工", "，", "“", "《", "（", "1.", " ", "\n", "3", "年", "<", "a ", "一是", "一、标题\n", "（一）标题。\n",
    "工会3家，", "“四送”（", "第一，", "3万", "的的", "`a` ", "会员3.2万人。", "由2家增长到3家，", "占3%、",
    "《工会法》第3条", "问题：\n一是\n", "以下三项：", "讲三点意见",
)  # fmt: skip
Task = Callable[[str], float]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=1.0, help="size of the text (default 1)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds (default 5)")
    parser.add_argument("--no-node", action="store_true", help="without zhlint")
    parser.add_argument("--hostile", action="store_true", help="only texts of one sign: is each linear in its length?")
    options = parser.parse_args()
    if options.hostile:
        return hostile()
    clean = composed(options.megabytes)
    texts = {"clean": clean, "faulty": faulty(clean), "speech": clean[:SPEECH]}
    size = {name: len(text.encode()) / 1e6 for name, text in texts.items()}
    print(f"{size['clean']:.2f} MB of UTF-8, {len(clean):,} characters, {len(rulebook().rules)} rules")
    with tasks(options.no_node) as engines:
        times: dict[str, dict[str, list[float]]] = {engine: {name: [] for name in texts} for engine in engines}
        for engine, task in engines.items():
            task(texts["speech"])
            for _ in range(options.rounds):
                times[engine]["speech"].append(task(texts["speech"]))
        for _ in range(options.rounds):
            for engine, task in engines.items():
                for name in ("clean", "faulty"):
                    times[engine][name].append(task(texts[name]))
    print(f"{'':<28}{'MB/s clean':>12}{'MB/s faulty':>13}{'ms a speech':>13}")
    for engine, measured in times.items():
        rates = [size[name] / median(measured[name]) for name in ("clean", "faulty")]
        print(f"{engine:<28}{rates[0]:>12.1f}{rates[1]:>13.1f}{median(measured['speech']) * 1000:>13.1f}")
    return bars(times, size)


def hostile() -> int:
    """Texts of one sign or one phrase, short and four times as long; 1 where one takes over eight times the time."""
    worst = 0.0
    for unit in UNITS:
        short, long = (min(_checked(unit * (size // len(unit))) for _ in range(3)) for size in (6_000, 24_000))
        ratio = long / max(short, 0.002)
        worst = max(worst, ratio)
        print(f"{unit!r:<24}{short * 1000:>8.1f} ms{long * 1000:>8.1f} ms{ratio:>7.1f} ×")
    print(f"worst {worst:.1f} × (bar 8; quadratic would be 16): {'met' if worst <= 8 else 'not met'}")
    return int(worst > 8)


def _checked(text: str) -> float:
    return _timed(lambda: check(Text.of(text, kind="md")))


def bars(times: dict[str, dict[str, list[float]]], size: dict[str, float]) -> int:
    """Print what is met; 1 where something is not."""
    asked = [("drafter", PLAIN_BAR), ("drafter, accelerator", FAST_BAR)]
    met = True
    for engine, bar in asked:
        if engine not in times:
            print(f"{engine}: not installed: pip install 'drafter[fast]'")
            continue
        rate = size["clean"] / median(times[engine]["clean"])
        speech = median(times[engine]["speech"]) * 1000
        met &= rate >= bar and speech <= SPEECH_BAR
        print(f"{engine}: {rate:.1f} MB/s (bar {bar}), {speech:.1f} ms a speech (bar {SPEECH_BAR})")
    print("met" if met else "not met")
    return 0 if met else 1


def composed(megabytes: float) -> str:
    """Speeches of the examples, one after another, each with a wording of its own."""
    library = drafter.Library.load()
    briefs = [drafter.load_brief(path, slots=library.slots()) for path in sorted((ROOT / "examples").glob("*.yaml"))]
    parts: list[str] = []
    size = number = 0
    while size < megabytes * 1e6:
        brief = briefs[number % len(briefs)]
        seeded = drafter.Brief({**brief.data, "措辞种子": number}, brief.name, brief.marks)
        parts.append(drafter.render(drafter.compose(seeded, library), "text").decode())
        size += len(parts[-1].encode())
        number += 1
    return "\n".join(parts)


def faulty(text: str) -> str:
    """The same text with a fault in every third sentence."""
    faults = [("，", ","), ("部署", "布署"), ("、", "、、"), ("“", '"'), ("截至", "截止"), ("落实", "落时")]
    sentences = text.split("。")
    for number in range(0, len(sentences), 3):
        sentences[number] = sentences[number].replace(*faults[number // 3 % len(faults)], 1)
    return "。".join(sentences)


@contextmanager
def tasks(without_node: bool) -> Iterator[dict[str, Task]]:
    """What can take part here: each takes a text and gives its CPU seconds."""
    engines: dict[str, Task] = {"drafter": lambda text: _timed(lambda: check(Text.of(text), Settings(), fast=False))}
    if find_spec("ahocorasick_rs"):
        engines["drafter, accelerator"] = lambda text: _timed(lambda: check(Text.of(text), Settings(), fast=True))
    if find_spec("autocorrect_py"):
        autocorrect: Any = import_module("autocorrect_py")
        # line by line: it gives up on long texts with many straight quotation marks
        engines["autocorrect"] = lambda text: _timed(
            lambda: [autocorrect.lint_for(line, "text") for line in text.split("\n")]
        )
    else:
        print("autocorrect: not installed: pip install 'drafter[bench]'")
    folder, reason = (Path(), "left out") if without_node else packages("zhlint@0.8")
    if reason:
        print(f"zhlint: {reason}")
        yield engines
        return
    command = ["node", str(Path(__file__).parent / "engines" / "zhlint.mjs"), str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8") as process:
        engines["zhlint"] = lambda text: _asked(process, text)
        yield engines


def _timed(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _asked(process: subprocess.Popen[str], text: str) -> float:
    given, answers = process.stdin, process.stdout
    if not (given and answers):
        raise RuntimeError("zhlint has no pipes")
    given.write(json.dumps({"texts": [text], "count": 1}) + "\n")
    given.flush()
    used: float = json.loads(answers.readline())["cpu"]
    return used


if __name__ == "__main__":
    sys.exit(main())
