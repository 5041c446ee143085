"""What `drafter check` says of a folder of real texts, each cleaned first as `drafter import --text` cleans it.

    python benchmarks/check_texts.py FOLDER [--maps seeds] [--list error]

Prints how often each rule speaks, by level, and for each text with a map (`seeds/s004.yaml`, 来源文件) whether the
faults that the map knows of (校对: rule, words and level) are found, at the day the map says (校对日期). Exit status
0 all known faults found, 1 one is not, 2 no text there.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from drafter import DrafterError, Finding, Settings, Text, check, read

ROOT = Path(__file__).resolve().parent.parent
LEVELS = ("error", "warning", "info")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder of .txt, .md and .docx")
    parser.add_argument("--maps", type=Path, default=ROOT / "seeds", help="folder of maps (default: seeds)")
    parser.add_argument("--list", nargs="*", default=[], choices=LEVELS, help="print the findings of these levels")
    options = parser.parse_args(arguments)
    paths = sorted(path for path in options.folder.iterdir() if path.suffix in (".txt", ".md", ".docx"))
    if not paths:
        print(f"no text in {options.folder}", file=sys.stderr)
        return 2
    known = {each["来源文件"]: each for each in map(_map, sorted(options.maps.glob("*.yaml")))}
    counts: dict[str, Counter[str]] = {level: Counter() for level in LEVELS}
    silent = texts = characters = missed = 0
    for path in paths:
        fact = known.get(path.name, {})
        try:
            text = Text.of(read(path).text, name=path.name)
        except DrafterError as error:
            print(f"{path.name}: {error}")
            continue
        findings = check(text, _settings(fact))
        texts += 1
        characters += len(text.string)
        silent += not any(finding.level == "error" for finding in findings)
        for finding in findings:
            counts[finding.level][finding.rule] += 1
            if finding.level in options.list:
                around = text.string[max(0, finding.start - 12) : finding.end + 12].replace("\n", "⏎")
                print(f"{finding.file}:{finding.line}: {finding.rule} {finding.message} | {around}")
        missed += _known(fact, findings)
    print(f"{texts} texts, {characters:,} characters; {silent} without an error")
    for level in LEVELS:
        rules = ", ".join(f"{rule} {count}" for rule, count in counts[level].most_common())
        print(f"{level:<8}{sum(counts[level].values()):>6}  {rules}")
    return int(missed > 0)


def _map(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


def _settings(fact: dict[str, Any]) -> Settings:
    return Settings(date=date.fromisoformat(fact["校对日期"]) if "校对日期" in fact else None)


def _known(fact: dict[str, Any], findings: Sequence[Finding]) -> int:
    """How many of the known faults are not among the findings; each is printed."""
    missed = 0
    for fault in fact.get("校对", ()):
        found = any(
            finding.rule == fault["规则"]
            and fault["原文"] in finding.text
            and finding.level == fault.get("级别", finding.level)
            for finding in findings
        )
        missed += not found
        print(f"{fact['编号']}: {fault['规则']} “{fault['原文']}” {'found' if found else 'NOT found'}")
    return missed


if __name__ == "__main__":
    sys.exit(main())
