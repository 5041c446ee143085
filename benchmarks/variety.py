"""How alike speeches of different units are: the same brief with 100 seeds, compared by runs of 16 characters.

    python benchmarks/variety.py [--brief 素材单.yaml] [--seeds 100]

Prints the share of 16-character runs (Chinese characters only, punctuation and figures skipped) that two
texts have in common, over all pairs, and the share that stands twice within one text.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
from pathlib import Path

from drafter import Library, compose, load_brief, paragraphs

BRIEF = Path(__file__).resolve().parent.parent / "examples" / "ten-lines.yaml"
RUN = 16


def runs(text: str) -> list[str]:
    """Every run of 16 Chinese characters."""
    han = "".join(char for char in text if "㐀" <= char <= "鿿")
    return [han[at : at + RUN] for at in range(len(han) - RUN + 1)]


def main() -> int:
    parser = argparse.ArgumentParser(description="How alike speeches from one brief are.")
    parser.add_argument("--brief", type=Path, default=BRIEF)
    parser.add_argument("--seeds", type=int, default=100)
    options = parser.parse_args()
    library = Library.load()
    data = load_brief(options.brief, slots=library.slots()).data
    texts = []
    for seed in range(options.seeds):
        document = compose(load_brief({**data, "措辞种子": seed}), library)
        texts.append(runs("\n".join(paragraph.text for paragraph in paragraphs(document))))
    sets = [set(text) for text in texts]
    pairs = [len(a & b) / min(len(a), len(b)) for a, b in itertools.combinations(sets, 2)]
    within = [1 - len(unique) / len(text) for unique, text in zip(sets, texts, strict=True)]
    same = sum(a == b for a, b in itertools.combinations(sets, 2))
    print(f"{options.seeds} texts of about {statistics.median(map(len, texts)):.0f} runs, {len(pairs)} pairs")
    quantiles = statistics.quantiles(pairs, n=20)
    median = statistics.median(pairs)
    print(f"shared by two texts: median {median:.1%}, 5 % to 95 % {quantiles[0]:.1%} to {quantiles[-1]:.1%}")
    print(f"said twice within one text: median {statistics.median(within):.2%}, most {max(within):.2%}")
    print(f"pairs that are the same throughout: {same}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
