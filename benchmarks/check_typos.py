"""How many wrong characters the rules on words find, and how often they are wrong about right ones.

    python benchmarks/check_typos.py [FOLDER] [--errors 1000] [--seed 1]

Takes the speeches of examples/ (or the .txt files of FOLDER), replaces one character by another of the same sound and
looks whether group W reports the place, and whether its fix restores it. The character is drawn from the set phrases
that the text holds, or from anywhere in the text. What W reports in the texts as they are counts as a false alarm
unless somebody shows it to be a typo. Exits with 1 where less than 60 % is found in phrases of the examples, or where
they are not silent.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from pathlib import Path

from drafter import Library, compose, load_brief, paragraphs
from drafter.check import Settings, Text, check, fix
from drafter.check.lexicon import Lexicon, lexicon

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
WORDS = Settings(select=("W",))
BAR = 0.6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="folder of .txt files in UTF-8")
    parser.add_argument("--errors", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    lines = [line for text in _texts(options.folder) for line in text.splitlines() if len(line) >= 10]
    found = [(each.rule, each.level, line) for line in lines for each in check(Text.of(line), WORDS)]
    grave = [each for each in found if each[1] != "info"]
    print(f"{len(lines)} paragraphs, {sum(map(len, lines))} characters as they are: {len(grave)} errors and warnings")
    words, chance = lexicon(), random.Random(options.seed)  # noqa: S311 (no secret)
    in_phrases = _row("in set phrases", [_in_phrase(chance, lines, words) for _ in range(options.errors)])
    _row("anywhere", [_anywhere(chance, lines, words) for _ in range(options.errors)])
    return 0 if options.folder or (in_phrases >= BAR and not grave) else 1


def _texts(folder: Path | None) -> list[str]:
    if folder:
        return [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("*.txt"))]
    library = Library.load()
    documents = [compose(load_brief(path, slots=library.slots()), library) for path in sorted(EXAMPLES.glob("*.yaml"))]
    return ["\n".join(paragraph.text for paragraph in paragraphs(document)) for document in documents]


def _row(where: str, errors: list[tuple[str, str, int]]) -> float:
    """Prints a row for errors (line with the error, right line, place); the share that was found."""
    found = restored = grave = 0
    for wrong, right, at in errors:
        hits = [each for each in check(Text.of(wrong), WORDS) if each.start <= at < each.end]
        found += bool(hits)
        grave += any(each.level == "error" for each in hits)
        restored += bool(hits) and fix(Text.of(wrong), WORDS, suggested=True)[0].string == right
    share = found / len(errors)
    print(f"{where:<16}{len(errors):>6} errors, found {share:>6.1%}, at level error {grave / len(errors):>6.1%}, "
          f"restored {restored / max(1, found):>6.1%} of the found")  # fmt: skip
    return share


def _in_phrase(chance: random.Random, lines: list[str], words: Lexicon) -> tuple[str, str, int]:
    while True:
        line = chance.choice(lines)
        start = chance.randrange(len(line) - 3)
        phrase = next(
            (line[start:end] for end in range(start + 8, start + 3, -1) if line[start:end] in words.phrases), ""
        )
        if phrase:
            wrong = _typed(chance, line, start + chance.randrange(len(phrase)), words)
            if wrong:
                return wrong


def _anywhere(chance: random.Random, lines: list[str], words: Lexicon) -> tuple[str, str, int]:
    while True:
        line = chance.choice(lines)
        wrong = _typed(chance, line, chance.randrange(len(line)), words)
        if wrong:
            return wrong


def _typed(chance: random.Random, line: str, at: int, words: Lexicon) -> tuple[str, str, int] | None:
    """The line with another character of the same sound at a place."""
    others = sorted(words.alike(line[at])) if re.match("[\u4e00-\u9fff]", line[at]) else []
    return (line[:at] + chance.choice(others) + line[at + 1 :], line, at) if others else None


if __name__ == "__main__":
    sys.exit(main())
