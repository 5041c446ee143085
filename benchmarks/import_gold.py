"""How well old texts are read: roles, headings, levels, boundaries and junk against texts marked up by hand.

    python benchmarks/import_gold.py FOLDER [--errors] [--only ID …]

FOLDER holds `index.jsonl` (id, file, split) and `gold/ID.jsonl`, a row for each line that is not empty:
{line, role, level, system, ordinal, fn, segs: [{off, role, level …}]}, `off` counted from the first character of the
line that is no blank. Without an index the text of gold/ID.jsonl is ID.txt.

role       lines whose role is right. A line with several stretches counts by its first one, or by what follows a
           title, salutation or greeting that is glued to it. Headings and items are one class here: where a list
           ends and a chapter begins is told by the level.
stretch    the same for each marked stretch of a line
L1         headings of the first level: precision, recall, F1
level      headings and items with a level, found at their place, whose level is right
bounds     F1 of the places where a line is parted (± 2 characters), on the lines that are parted in the gold
junk R/P   junk lines and stretches that went; removed lines that were junk
fn         function of the lines that have one: of what the line begins with
fn st      function of each marked stretch that has one

Every second document makes one half; whoever adds cues looks at the one half and measures on the other. Last come
the patterns: whether a text that a pattern wrote is read as that pattern (import_forms.py).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import import_forms

from drafter.errors import DrafterError
from drafter.library import Library
from drafter.read import Imported, import_json, read

BARS = {"role": 0.93, "L1 F1": 0.95, "junk R": 0.98, "junk P": 0.995}
HALVES = ("half 1", "half 2")
TOLERANCE = 2
MERGED = {"heading": "item", "enum": "item"}
BLANK = " \t\u3000\u00a0\r"
Json = dict[str, Any]


@dataclass
class Stretch:
    """A stretch of a line, marked by hand or found: `off` from the first character that is no blank."""

    off: int
    role: str
    level: int = 0
    function: str = ""


@dataclass
class Score:
    """Right and all of each measure; F1 from hits, found and wanted."""

    count: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def add(self, measure: str, right: bool) -> None:
        self.count[measure] += right
        self.count[measure + " all"] += 1

    def ratio(self, measure: str) -> float | None:
        whole = self.count[measure + " all"]
        return self.count[measure] / whole if whole else None

    def f1(self, measure: str) -> float | None:
        found, wanted = self.count[measure + " found"], self.count[measure + " wanted"]
        return 2 * self.count[measure + " hits"] / (found + wanted) if found + wanted else None

    def part(self, measure: str, of: str) -> float | None:
        whole = self.count[f"{measure} {of}"]
        return self.count[measure + " hits"] / whole if whole else None

    def values(self) -> dict[str, float | None]:
        return {
            "role": self.ratio("role"),
            "stretch": self.ratio("stretch"),
            "L1 P": self.part("L1", "found"),
            "L1 R": self.part("L1", "wanted"),
            "L1 F1": self.f1("L1"),
            "level": self.ratio("level"),
            "bounds": self.f1("bounds"),
            "junk R": self.ratio("junk R"),
            "junk P": self.ratio("junk P"),
            "fn": self.ratio("fn"),
            "fn st": self.ratio("fn st"),
        }


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Reading of old texts against texts marked up by hand.")
    parser.add_argument("folder", type=Path, help="folder with index.jsonl and gold/")
    parser.add_argument("--errors", action="store_true", help="list what is wrong, line by line")
    parser.add_argument("--only", nargs="+", default=[], help="these documents only")
    options = parser.parse_args(arguments)
    gold = sorted((options.folder / "gold").glob("*.jsonl"))
    if not gold:
        print(f"no gold/*.jsonl in {options.folder}", file=sys.stderr)
        return 2
    index = _index(options.folder)
    totals: dict[str, Score] = {}
    print(_row("document", dict.fromkeys(Score().values())))
    for number, path in enumerate(gold):
        name = path.stem
        if options.only and name not in options.only:
            continue
        entry = index.get(name, {})
        text = options.folder / entry.get("file", f"{name}.txt")
        try:
            score = _document(
                text, [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
            )
        except (OSError, DrafterError) as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 2
        print(_row(name, score.values()))
        if options.errors:
            print(*(f"    {line}" for line in score.errors), sep="\n")
        for key in ("all", entry.get("split", "unsplit"), HALVES[number % 2]):
            totals.setdefault(key, Score()).count.update(score.count)
    print()
    print(_row("", dict.fromkeys(Score().values())))
    for key, score in sorted(totals.items()):
        print(_row(key, score.values()))
    print(_row("bar", {**dict.fromkeys(Score().values()), **BARS}))
    print()
    import_forms.report(list(import_forms.trials(Library.load())))
    values = totals["all"].values()
    return int(any((values[measure] or 0) < bar for measure, bar in BARS.items()))


def _index(folder: Path) -> Mapping[str, Json]:
    path = folder / "index.jsonl"
    if not path.is_file():
        return {}
    return {row["id"]: row for row in map(json.loads, filter(None, path.read_text(encoding="utf-8").splitlines()))}


def _row(name: str, values: Mapping[str, float | None]) -> str:
    if all(value is None for value in values.values()) and name in ("", "document"):
        return f"{name:10}" + "".join(f"{measure:>9}" for measure in values)
    return f"{name:10}" + "".join(f"{'–' if value is None else f'{value:.3f}':>9}" for value in values.values())


def _document(path: Path, rows: list[Json]) -> Score:
    imported = read(path)
    lines = _lines(path.read_bytes())
    found = _found(imported, lines)
    kept = {at for passage in imported.passages for at in passage.text.at}
    starts = _starts(lines)
    removed = {entry.line for entry in imported.removed}
    score = Score()
    previous = ""
    for row in rows:
        line = row["line"]
        wanted = [_stretch(seg) for seg in row.get("segs") or []] or [_stretch({**row, "off": 0})]
        here = found.get(line, [])
        role = _main(here) if here else ("junk" if line in removed else previous)
        previous = role if here else previous
        right = MERGED.get(role, role) == MERGED.get(row["role"], row["role"])
        score.add("role", right)
        if not right:
            score.errors.append(
                f"{line}: {row['role']} {row.get('sub') or ''} read as {role}: {row['clean_head'][:40]}"
            )
        _stretches(score, line, wanted, here, line in removed)
        _bounds(score, line, wanted, here)
        _junk(score, row, wanted, lines[line - 1], starts[line - 1], kept)
        if row.get("fn") and here:
            main = next((s.function for s in here if s.function), "")
            score.add("fn", main.upper().replace("-", "_") == row["fn"])
    wanted_junk = {row["line"] for row in rows if row["role"] == "junk"}
    known = {row["line"] for row in rows}
    for line in sorted(removed & known):
        score.add("junk P", line in wanted_junk)
        if line not in wanted_junk:
            score.errors.append(f"{line}: lost as junk: {lines[line - 1].strip()[:40]}")
    return score


def _stretch(row: Json) -> Stretch:
    return Stretch(row["off"], row["role"], row.get("level") or 0, row.get("fn") or "")


def _lines(data: bytes) -> list[str]:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _starts(lines: Iterable[str]) -> list[int]:
    starts, start = [], 0
    for line in lines:
        starts.append(start)
        start += len(line) + 1
    return starts


def _found(imported: Imported, lines: list[str]) -> dict[int, list[Stretch]]:
    result: dict[int, list[Stretch]] = {}
    for block in import_json(imported)["blocks"]:
        raw = lines[block["line"] - 1]
        off = block["column"] - 1 - (len(raw) - len(raw.lstrip(BLANK)))
        stretch = Stretch(off, block["role"], block["level"] or 0, block["function"] or "")
        result.setdefault(block["line"], []).append(stretch)
    return result


def _main(here: list[Stretch]) -> str:
    return next(
        (stretch.role for stretch in here if stretch.role not in ("title", "salutation", "greeting")), here[0].role
    )


def _stretches(score: Score, line: int, wanted: list[Stretch], here: list[Stretch], gone: bool) -> None:
    """Role, level and first-level heading of each marked stretch, against the one found at its place."""
    for stretch in wanted:
        over = [s for s in here if s.off <= stretch.off + TOLERANCE]
        match = over[-1] if over else here[0] if here else None
        role = match.role if match else "junk" if gone else ""
        score.add(
            "stretch",
            MERGED.get(role, role) == MERGED.get(stretch.role, stretch.role) or (stretch.role == "junk" and not gone),
        )
        if stretch.function and match:
            score.add("fn st", match.function.upper().replace("-", "_") == stretch.function)
        if stretch.level and stretch.role in MERGED and match and match.role in MERGED:
            score.add("level", match.level == stretch.level)
            if match.level != stretch.level:
                score.errors.append(f"{line}+{stretch.off}: level {stretch.level} read as {match.level}")
    first = [s for s in wanted if s.role == "heading" and s.level == 1]
    heads = [s for s in here if s.role == "heading" and s.level == 1]
    hits = sum(any(abs(s.off - h.off) <= TOLERANCE for h in heads) for s in first)
    score.count.update({"L1 wanted": len(first), "L1 found": len(heads), "L1 hits": hits})
    if not len(first) == len(heads) == hits:
        score.errors.append(f"{line}: L1 wanted {[s.off for s in first]} found {[s.off for s in heads]}")


def _bounds(score: Score, line: int, wanted: list[Stretch], here: list[Stretch]) -> None:
    if len(wanted) < 2:  # most lines were left whole by the annotator
        return
    marked = [s.off for s in wanted if s.off > TOLERANCE]
    found = [s.off for s in here if s.off > TOLERANCE]
    hits = sum(any(abs(off - other) <= TOLERANCE for other in found) for off in marked)
    score.count.update({"bounds wanted": len(marked), "bounds found": len(found), "bounds hits": hits})
    missed = [off for off in marked if not any(abs(off - other) <= TOLERANCE for other in found)]
    extra = [off for off in found if not any(abs(off - other) <= TOLERANCE for other in marked)]
    if missed or extra:
        score.errors.append(f"{line}: bounds missed {missed} extra {extra}")


def _junk(score: Score, row: Json, wanted: list[Stretch], line: str, start: int, kept: set[int]) -> None:
    base = start + len(line) - len(line.lstrip(BLANK))
    size = len(line.strip(BLANK))
    edges = [*(s.off for s in wanted[1:]), size]
    for stretch, end in zip(wanted, edges, strict=True):
        if row["role"] != "junk" and stretch.role != "junk":
            continue
        places = range(base + stretch.off, base + max(end, stretch.off + 1))
        left = sum(at in kept for at in places)
        score.add("junk R", left * 5 <= len(places))
        if left * 5 > len(places):
            score.errors.append(
                f"{row['line']}+{stretch.off}: junk kept: {line.strip()[stretch.off : stretch.off + 40]}"
            )


if __name__ == "__main__":
    sys.exit(main())
