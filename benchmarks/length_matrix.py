"""How well the asked length is met: every occasion at 5, 10, 15 and 25 minutes, from one and the same brief.

    python benchmarks/length_matrix.py [--brief 素材单.yaml] [--minutes 5 10 15 25] [--verbose]

Each cell is the deviation from what was asked, in spoken characters at the rate of the occasion. `<` after a
number: what the brief requires is already longer; `>`: all that its facts allow is shorter; such cells are no
misses, and drafter says so in a note. Exit status 1 where fewer than 95 % of the other cells lie within 5 %.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from drafter import Document, Library, Role, compose, load_brief, paragraphs
from drafter.chinese.console import width
from drafter.chinese.length import spoken

ROOT = Path(__file__).resolve().parent
BRIEF = ROOT / "length_matrix.yaml"
FRONT = {Role.TITLE, Role.DATE, Role.SPEAKER, Role.SIGNATURE}
TOLERANCE, WANTED = 0.05, 0.95


def spoken_length(document: Document) -> int:
    """Characters as they are read aloud, without title, date, speaker and signature."""
    return sum(spoken(paragraph.text) for paragraph in paragraphs(document) if paragraph.role not in FRONT)


def cell(library: Library, data: dict[str, object], occasion: str, minutes: float) -> float:
    """The deviation of one composition, as a share of what was asked."""
    brief = load_brief({**data, "场合": occasion, "时长": f"{minutes:g}分钟"}, slots=library.slots())
    document = compose(brief, library)
    return spoken_length(document) / int(document.meta["target"]) - 1


def main() -> int:
    parser = argparse.ArgumentParser(description="The length matrix: occasions by minutes.")
    parser.add_argument("--brief", type=Path, default=BRIEF, help="the brief that every cell is composed from")
    parser.add_argument("--minutes", type=float, nargs="+", default=[5, 10, 15, 25])
    options = parser.parse_args()
    library = Library.load()
    data = {key: value for key, value in load_brief(options.brief).data.items() if key not in ("场合", "时长", "篇幅")}
    print("场合".ljust(14) + "".join(f"{minutes:>9g} 分" for minutes in options.minutes))
    judged, met = 0, 0
    for occasion in library.occasions:
        shortest = cell(library, data, occasion.id, 1) * occasion.rate + occasion.rate
        longest = (cell(library, data, occasion.id, 90) + 1) * 90 * occasion.rate
        row = occasion.title + " " * (16 - width(occasion.title))
        for minutes in options.minutes:
            target, off = minutes * occasion.rate, cell(library, data, occasion.id, minutes)
            out = "<" if shortest > target * (1 + TOLERANCE) else ">" if longest < target * (1 - TOLERANCE) else " "
            judged += out == " "
            met += out == " " and abs(off) <= TOLERANCE
            row += f"{off:>+10.1%}{out}"
        print(row)
    share = met / judged if judged else 1.0
    print(f"{met} of {judged} cells that the facts allow lie within {TOLERANCE:.0%}: {share:.1%} (wanted {WANTED:.0%})")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
