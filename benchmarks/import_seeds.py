"""Old texts through `drafter import` and `drafter draft` and back, held against the maps of their structure.

    python benchmarks/import_seeds.py FOLDER [--maps seeds] [--keep FOLDER] [--all]

A map (`seeds/s001.yaml`) names its text (来源文件, a file in FOLDER), its functions in their order with headings and
facts (功能), and what had to be cleaned away (污染). For each map whose text is there:

clean      nothing of the page is left: no reading in brackets, no traditional character, no advertisement, no damaged
           place; the damaged places are as many as the map says and each, damaged again, gives what stood there;
           every character of the file is in the text or in the report
sections   functions as in the map, but for those that the map itself adds (补) or moves (提前)
headings   first-level headings word for word in their order, as many as in the map, counted 一、二、三、
ordinals   levels, marks and beginnings of headings and items, read again from the draft
figures    the same figures as often
brands     the same words in “” as often, and each 《》
facts      figures and quoted words of the map stand in the draft
sentences  each sentence of the clean text stands in the draft or in the brief; what is said in other words is listed
           with the sentence that says it

Exit status: 0 all agrees, 1 something does not, 2 no text there. What a map explains is no disagreement and is listed.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any

import opencc  # type: ignore[import-untyped]
import yaml

from drafter import Document, Library, Role, compose, load_brief, paragraphs
from drafter.chinese.numerals import numeral, parse_numeral
from drafter.read import Imported, Passage, read
from drafter.read.facts import fill_blanks

ROOT = Path(__file__).resolve().parent.parent
READING = re.compile("[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,7}\\s?[)）]")
TONES = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]")
DAMAGE = re.compile("[\ue000-\uf8ff\ufffd]|(?<=[\u4e00-\u9fff])[?？](?=[;!,:；！，：][\u4e00-\u9fff])|豹[?？]|/p>")
PAGE = re.compile(
    "https?://|www\\.|\\.com|@|微信|试读|免责|来源于网友|仅代表作者|猜你喜欢|上一篇|下一篇|相关推荐|人气|TAG|导语|公务员之家|秘书之家",
    re.IGNORECASE,
)
FIGURE = re.compile(r"\d+(?:[,.]\d+)*")
QUOTED = re.compile("“([^“”]*)”")
BOOK = re.compile("《[^《》]*》")
MARK = re.compile(
    "第?[一二三四五六七八九十]+(?:、|是(?=[^一])|要)|（[一二三四五六七八九十]+）|(?:首先|其次|再次|最后|第[一二三四五六七八九十]+)，"
)
SENTENCE = re.compile("[^。！？；\n]+[。！？；]?[”）]?")
NOISE = re.compile("[\\s　，。；：、！？“”‘’《》（）()—－\\-…·]")
LIKE = 0.6
BEGINNING = 5  # characters; a short list may run on in one paragraph, where a lead-in is no heading of its own
WIDE = str.maketrans(",:;!?()", "，：；！？（）")


@dataclass
class Result:
    """What was found of one text."""

    agree: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    explained: list[str] = field(default_factory=list)

    def check(self, name: str, problems: Sequence[str], right: str) -> None:
        if problems:
            self.wrong += [f"{name}: {problem}" for problem in problems]
        else:
            self.agree[name] = right


@dataclass
class Case:
    """One text: its map, what was read, the brief made of it, and the draft made of that."""

    map: dict[str, Any]
    raw: str
    imported: Imported
    brief: dict[str, Any]
    draft: Document
    again: Imported

    @property
    def source(self) -> str:
        """The clean text, masked words as the brief says them."""
        return fill_blanks(self.imported.text)

    @property
    def composed(self) -> str:
        return "\n".join(paragraph.text.replace("\n", "") for paragraph in paragraphs(self.draft))

    @property
    def passages(self) -> list[Passage]:
        return [p for p in self.imported.passages if p.piece == self.imported.piece and not p.aside]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Old texts to briefs and back, held against maps of their structure.")
    parser.add_argument("folder", type=Path, help="folder with the texts that the maps name")
    parser.add_argument("--maps", type=Path, default=ROOT / "seeds", help="folder of maps, YAML (default: seeds)")
    parser.add_argument("--keep", type=Path, help="keep briefs and drafts here")
    parser.add_argument("--all", action="store_true", help="list every sentence that is said in other words")
    options = parser.parse_args(arguments)
    maps = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(options.maps.glob("*.yaml"))]
    found = [each for each in maps if (options.folder / each["来源文件"]).is_file()]
    for each in maps:
        if each not in found:
            print(f"{each['编号']}: {each['来源文件']} is not in {options.folder}", file=sys.stderr)
    if not found:
        return 2
    library = Library.load()
    bad = len(maps) - len(found)
    with tempfile.TemporaryDirectory() as scratch:
        for each in found:
            place = options.keep or Path(scratch)
            place.mkdir(parents=True, exist_ok=True)
            result = examine(_case(each, options.folder / each["来源文件"], place, library), library)
            bad += bool(result.wrong)
            _print(each["编号"], result, options.all)
    print(f"\n{len(maps) - bad} of {len(maps)} texts agree with their maps")
    return int(bad > 0)


def _case(seed: dict[str, Any], source: Path, place: Path, library: Library) -> Case:
    """As a user does: two commands, and the draft read again."""
    brief, draft = place / f"{seed['编号']}.yaml", place / f"{seed['编号']}.docx"
    _drafter("import", source, "-o", brief, "--force")
    _drafter("draft", brief, "-o", draft, "--force")
    loaded = load_brief(brief, slots=library.slots())
    data = yaml.safe_load(brief.read_text(encoding="utf-8"))
    return Case(seed, source.read_text(encoding="utf-8"), read(source), data, compose(loaded, library), read(draft))


def _drafter(*arguments: str | Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "drafter", *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode > 1:  # 1: gaps and doubts, for a person to see
        sys.exit(f"drafter {arguments[0]} {arguments[1]}: {done.stderr}")


def examine(case: Case, library: Library) -> Result:
    result = Result()
    _clean(case, result)
    _sections(case, library, result)
    _headings(case, result)
    _ordinals(case, result)
    for name, rule in (("figures", FIGURE), ("brands", QUOTED), ("titles of documents", BOOK)):
        given, made = Counter(rule.findall(case.source)), Counter(rule.findall(case.composed))
        lost = [f"{words} {n}× less" for words, n in (given - made).items()]
        result.check(name, lost + [f"{words} {n}× more" for words, n in (made - given).items()], str(given.total()))
    _facts(case, result)
    _sentences(case, result)
    return result


# -- the clean text --------------------------------------------------------------------------------


def _clean(case: Case, result: Result) -> None:
    texts = {"text": case.imported.text, "brief": "\n".join(_strings(case.brief)), "draft": case.composed}
    problems = []
    plain = opencc.OpenCC("t2s")
    for name, text in texts.items():
        problems += [f"reading {m[0]} left in the {name}" for m in READING.finditer(text) if TONES.search(m[0])]
        problems += [
            f"traditional {a} left in the {name}" for a, b in zip(text, plain.convert(text), strict=False) if a != b
        ]
        problems += [f"{m[0]} of the page left in the {name}" for m in PAGE.finditer(text)]
        problems += [f"damage {text[m.start() - 4 : m.end() + 4]} left in the {name}" for m in DAMAGE.finditer(text)]
    annotated = sum(bool(TONES.search(m[0])) for m in READING.finditer(case.raw))
    result.check("clean", problems, f"{annotated} readings and {len(case.imported.removed)} lines gone")
    repaired = [change for change in case.imported.changed if change.kind == "byte_shift"]
    said = [m[1] for each in case.map.get("污染", ()) if (m := re.match("乱码(.+?)处", each))]
    wanted = parse_numeral(said[0].replace("两", "二")) if said else 0
    problems = [f"{len(repaired)} places repaired, {wanted} in the map"] if len(repaired) != wanted else []
    problems += [f"{c.before} → {c.after} is no shift of bytes" for c in repaired if not _shifted(c.before, c.after)]
    if wanted or problems:
        result.check("damaged places", problems, f"{wanted}, each proved byte by byte")
    kept = {at for p in case.imported.passages for at in p.text.at} | case.imported.accounted
    lost = [(at, c) for at, c in enumerate(case.raw) if at not in kept and not c.isspace() and c != "\ufeff"]
    runs = _runs(lost)
    result.check("accounted for", [f"{run} lost without an entry" for run in runs], f"{len(case.raw)} characters")


def _shifted(before: str, after: str) -> bool:
    """Whether the repaired text, pushed on by one byte, reads as the damage did; its end may have met a tag."""
    damage = re.sub(r"^[?？](?:[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]+\s?[)）])?", "", before)
    right = after.encode("gb18030")[1:]
    read_as = (damage.encode("gb18030"), damage.translate(WIDE).encode("gb18030"))
    return any(each.startswith(right[:-1]) for each in read_as)


def _runs(characters: list[tuple[int, str]]) -> list[str]:
    runs: list[str] = []
    last = -2
    for at, character in characters:
        runs, last = ([*runs[:-1], runs[-1] + character] if at == last + 1 else [*runs, character]), at
    return runs


# -- structure -------------------------------------------------------------------------------------


def _sections(case: Case, library: Library, result: Result) -> None:
    parts = [part for part in case.map["功能"] if not part.get("补") and not part.get("提前")]
    wanted = [library.function(part["功能"]) for part in parts]
    planned = [key for key, _ in groupby(_marked([(f.code, "标题" in p) for f, p in zip(wanted, parts, strict=True)]))]
    blocks = [(b.function, b.role is Role.HEADING and b.level == 1) for b in case.draft.blocks if b.function]
    made = [key for key, _ in groupby(_marked(blocks))]
    titles = {function.code: function.title for function in library.functions}
    for part in case.map["功能"]:
        if part.get("补") or part.get("提前"):
            why = "the source lacks it" if part.get("补") else "the source has it inside another part"
            result.explained.append(f"{part['功能']} of the map: {why}")
    problems = []
    if planned != made:
        show = ["、".join(titles[code] for code, _ in each) for each in (planned, made)]
        problems = [f"map {show[0]}; draft {show[1]}"]
    result.check("sections", problems, str(len(made)))


def _marked(parts: list[tuple[str, bool]]) -> Iterator[tuple[str, int]]:
    """Each part with the number of the heading it stands under."""
    count = 0
    for code, heading in parts:
        count += heading
        yield code, count


def _headings(case: Case, result: Result) -> None:
    source = [p for p in case.passages if p.role == "heading" and p.level == 1 and p.system == "cn_dun"]
    wanted = [fill_blanks(p.text.text.removeprefix(p.mark)) for p in source]
    made = [p for p in paragraphs(case.draft) if p.role is Role.HEADING and p.level == 1]
    problems = [
        f"{given or 'none'} ≠ {p.text if p else 'none'}"
        for n, (given, p) in enumerate(zip_longest(wanted, made), 1)
        if p is None or p.text != f"{numeral(n)}、{given}"
    ]
    mapped = sum("标题" in part for part in case.map["功能"] if not part.get("补"))
    if mapped != len(made):
        problems.append(f"{mapped} in the map, {len(made)} in the draft")
    for n, passage in enumerate(source, 1):
        if passage.mark != f"{numeral(n)}、":
            result.explained.append(f"line {passage.line}: {passage.mark} of the source is counted {numeral(n)}、")
    result.check("headings", problems, str(len(made)))


def _ordinals(case: Case, result: Result) -> None:
    given, made = (list(_outline(imported)) for imported in (case.imported, case.again))
    first = iter(range(1, len(given) + 1))
    given = [
        (level, system, f"{numeral(next(first))}、" if (level, system) == (1, "cn_dun") else mark, text)
        for level, system, mark, text in given
    ]
    result.check("ordinals", list(_differences(given, made)), f"{len(made)} on {len({e[0] for e in made})} levels")


def _outline(imported: Imported) -> Iterator[tuple[int, str, str, str]]:
    """(level, system, mark, first characters) of headings and counted items."""
    for p in imported.passages:
        if p.piece == imported.piece and (p.role == "heading" or (p.role == "enum" and p.mark)):
            yield p.level, p.system, p.mark, NOISE.sub("", fill_blanks(p.text.text.removeprefix(p.mark)))[:BEGINNING]


def _differences(given: Sequence[Any], made: Sequence[Any]) -> Iterator[str]:
    for tag, a, b, c, d in SequenceMatcher(None, given, made, autojunk=False).get_opcodes():
        if tag != "equal":
            for left, right in zip_longest(given[a:b], made[c:d]):
                yield f"{_entry(left)} ≠ {_entry(right)}"


def _entry(entry: Any) -> str:
    return "none" if entry is None else f"L{entry[0]} {entry[2]}{entry[3]}"


# -- facts and sentences ---------------------------------------------------------------------------


def _facts(case: Case, result: Result) -> None:
    """Figures by their value (50万 = 500,000), quoted words by their characters."""
    source, composed = _values(case.source), _values(case.composed)
    plain, said = NOISE.sub("", case.source), NOISE.sub("", case.composed)
    problems, count = [], 0
    for fact in (str(fact) for part in case.map["功能"] if not part.get("补") for fact in part.get("事实", ())):
        wanted = [(value, value in composed, value in source) for value in _values(fact)]
        quoted = [*QUOTED.findall(fact), *(name[1:-1] for name in BOOK.findall(fact))]
        wanted += [(words, NOISE.sub("", words) in said, NOISE.sub("", words) in plain) for words in quoted]
        count += len(wanted)
        for words, there, given in wanted:
            if not there and given:
                problems.append(f"{words} ({fact})")
            elif not there:
                result.explained.append(f"{fact}: so in the map, the source says it otherwise")
    result.check("facts", problems, str(count))


def _values(text: str) -> set[str]:
    """Figures as plain numbers, also those written in characters before a unit (两期)."""
    found = set()
    for match in re.finditer(rf"({FIGURE.pattern})([万亿]?)", text):
        value = float(match[1].replace(",", "")) if match[1].count(".") < 2 else 0
        found.add(f"{value * {'': 1, '万': 10_000, '亿': 100_000_000}[match[2]]:g}")
    for match in re.finditer("([两二三四五六七八九十]+)(?=[期个家项名次])", text):
        found.add(f"{parse_numeral(match[1].replace('两', '二'))}")
    return found


def _sentences(case: Case, result: Result) -> None:
    composed, brief = NOISE.sub("", case.composed), NOISE.sub("", "".join(_strings(case.brief)))
    made = [NOISE.sub("", MARK.sub("", sentence)) for sentence in SENTENCE.findall(case.composed)]
    every = [sentence.strip() for sentence in SENTENCE.findall(case.source) if NOISE.sub("", sentence)]
    problems, in_brief, other = [], 0, []
    for sentence in every:
        bare = re.sub(f"^(?:{MARK.pattern})", "", sentence)
        words = NOISE.sub("", bare)
        if words in composed:
            continue
        if words in brief:
            in_brief += 1
            continue
        ratio, closest = max((SequenceMatcher(None, words, each, autojunk=False).ratio(), each) for each in made)
        if ratio >= LIKE:
            other.append(f"said otherwise: {sentence} → {closest}")
        else:
            problems.append(sentence)
    result.explained += other
    told = f"{len(every)}, {in_brief} of them only in the brief, {len(other)} in other words"
    result.check("sentences", problems, told)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, str):
        yield value


def _print(name: str, result: Result, everything: bool) -> None:
    print(f"\n{name}  {'agrees' if not result.wrong else 'DOES NOT AGREE'}")
    for key, told in result.agree.items():
        print(f"  {key:20} {told}")
    listed = [e for e in dict.fromkeys(result.explained) if everything or not e.startswith("said otherwise")]
    for line in listed:
        print(f"  (explained)          {line}")
    for line in result.wrong:
        print(f"  ≠ {line}")


if __name__ == "__main__":
    sys.exit(main())
