"""Makes the data of rule W020 from pypinyin, jieba's word list and our own texts. Needed only when they change.

    python -m pip install pypinyin jieba
    python tools/typo_data.py

It writes three files into drafter/check/rules/:

- confusions.txt    common characters by their toneless syllables, and by look (tools/lookalikes.txt)
- own-phrases.txt   phrases of four characters of our own templates and examples that are not in phrases.txt
- legal-pairs.txt   two characters that do stand beside each other: those that a wrong character could bring
                    together, and everyday words; a suspected phrase that holds one of them is no certain typo
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "drafter/check/rules"
COMMON = 3000
SELDOM = 5
EVERYDAY = 100
NO_PHRASE = re.compile("[的了着就是什么哪几这那我你他她它们不一二两三四五六七八九十个每怎没有和与或]|成为|作为|认为")
JOINED = ("竭诚为", "真诚对", "忠诚于")  # everyday joins of two words that the texts do not have


def main() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "templates").rglob("*.*")) if path.is_file()]
    texts += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.yaml"))]
    words = dictionary()
    alike = confusions(words)
    by_hand = phrases_by_hand()
    own = own_phrases(texts, words) - by_hand
    write("own-phrases.txt", "模板和示例中两个词相连、出现两次以上的四字词组", sorted(own))
    pairs = legal_pairs(texts, words, by_hand | own | words_of_three(), alike)
    write("legal-pairs.txt", "可以相连的两个字：每行一个字和可以跟在它后面的字", pairs)


def dictionary() -> dict[str, int]:
    """Words of Chinese characters with their frequencies."""
    import jieba

    path = Path(jieba.__file__).parent / "dict.txt"
    rows = (line.split(" ") for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: int(row[1]) for row in rows if re.fullmatch("[\u4e00-\u9fff]+", row[0])}


def confusions(words: dict[str, int]) -> dict[str, set[str]]:
    """For each common character those it is taken for. A reading counts where a twentieth of its uses have it."""
    from pypinyin import lazy_pinyin

    readings: dict[str, Counter[str]] = defaultdict(Counter)
    for word, count in words.items():
        if count >= SELDOM:
            for char, syllable in zip(word, lazy_pinyin(word), strict=True):
                readings[char][syllable] += count
    common = sorted(readings, key=lambda char: -readings[char].total())[:COMMON]
    groups: dict[str, list[str]] = defaultdict(list)
    for char in common:
        for syllable, count in readings[char].items():
            if count * 20 >= readings[char].total():
                groups[syllable].append(char)
    known = set(common)
    listed = (ROOT / "tools/lookalikes.txt").read_text(encoding="utf-8").splitlines()[1:]
    looks = ["".join(sorted(known & set(each))) for each in " ".join(listed).split()]
    looks = sorted({group for group in looks if len(group) > 1})
    lines = [f"{syllable} {''.join(chars)}" for syllable, chars in sorted(groups.items()) if len(chars) > 1]
    note = f"最常用的{COMMON}个字按不带声调的音节分组（pypinyin），形近字在后（- 开头）"
    write("confusions.txt", note, lines + [f"- {group}" for group in looks])
    alike: dict[str, set[str]] = defaultdict(set)
    for group in [*groups.values(), *looks]:
        for char in group:
            alike[char] |= set(group) - {char}
    return alike


def phrases_by_hand() -> set[str]:
    found = set()
    for line in (RULES / "phrases.txt").read_text(encoding="utf-8").splitlines():
        head, colon, tails = line.partition("：")
        if colon and not line.startswith("#"):
            found |= {head + tail for tail in tails.split()}
    return found


def words_of_three() -> set[str]:
    lines = (RULES / "words-of-three.txt").read_text(encoding="utf-8").splitlines()[1:]
    return set(" ".join(lines).split())


def own_phrases(texts: list[str], words: dict[str, int]) -> set[str]:
    """Four characters that are a word, or two words side by side more than once, in what we wrote."""
    import jieba

    seen: Counter[str] = Counter()
    for text in texts:
        for run in re.findall("[\u4e00-\u9fff]{4,}", text):
            tokens = jieba.lcut(run)
            seen.update(token for token in tokens if len(token) == 4)
            for left, right in pairwise(tokens):
                if len(left) == len(right) == 2 and min(words.get(left, 0), words.get(right, 0)) > SELDOM * 4:
                    seen[left + right] += 1
    return {phrase for phrase, count in seen.items() if count > 1 and not NO_PHRASE.search(phrase)}


def legal_pairs(texts: list[str], words: dict[str, int], phrases: set[str], alike: dict[str, set[str]]) -> list[str]:
    legal: set[str] = set()
    for word, count in words.items():
        if count >= (SELDOM if len(word) == 2 else 50):
            legal |= set(pairs_of(word))
    for text in texts:
        for run in re.findall("[\u4e00-\u9fff]+", text):
            legal |= set(pairs_of(run))
    for phrase in (*phrases, *JOINED):
        legal |= set(pairs_of(phrase))
    everyday = {word for word, count in words.items() if len(word) == 2 and count >= EVERYDAY}
    everyday |= {pair for joined in JOINED for pair in pairs_of(joined)}
    followers: dict[str, set[str]] = defaultdict(set)
    for pair in {pair for phrase in phrases for pair in wrong_pairs(phrase, alike)} & legal | everyday:
        followers[pair[0]].add(pair[1])
    return [head + "".join(sorted(tails)) for head, tails in sorted(followers.items())]


def wrong_pairs(phrase: str, alike: dict[str, set[str]]) -> Iterator[str]:
    """The pairs that a wrong character would bring together."""
    for at, char in enumerate(phrase):
        for other in alike.get(char, ()):
            yield from pairs_of(phrase[max(0, at - 1) : at] + other + phrase[at + 1 : at + 2])


def pairs_of(text: str) -> Iterator[str]:
    return (text[at : at + 2] for at in range(len(text) - 1))


def write(name: str, note: str, lines: list[str]) -> None:
    text = "\n".join([f"# {note}。由 tools/typo_data.py 生成，不要手工修改。", *lines])
    (RULES / name).write_text(text + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)} 行，{len(text)} 字")


if __name__ == "__main__":
    main()
