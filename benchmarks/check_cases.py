"""The marks and spaces of `drafter check` held against public test cases of other tools.

    python benchmarks/check_cases.py FOLDER [--misses]

FOLDER holds files .jsonl, one case a line: `tool`, `input`, `expected`, `use`, and what the tool says of the case
(`options`, `rule`, `rules`, `offsets`, `warnings`, `reports`). Each case is put right with the rules that it is about,
safe and suggested fixes, and counts as passed by its `use`:

    adopt, adopt-md   the result is `expected`; and a finding stands at each place that the tool reports
    invert            the profile 公文 gives `expected_gongwen`: no space beside Chinese
    invert-md         no text is given for the official style. All but spaces is as in `expected` or in the input; no
                      space between Chinese and words is left outside markup; code is as it was but for spaces at
                      its ends; spaces beside code stay; a second pass changes nothing
    optional-en       no Chinese: all rules of the profile 公文 leave it as it is
    skip              not counted

What a case is about: pangu spaces only, in the profile 网页 for `adopt`; autocorrect marks, spaces and width;
textlint, lint-md and zhlint by the rule or the options that the case names, the defaults of zhlint being a house
style for the web (half-width brackets, spaces outside quotation marks).

Misses that are meant, by class, and named as such with --misses:

    spaces between half-width signs   the text for the official style was made by taking spaces away from the tool's
                                      output, so that those stay which the tool itself set between two signs
    half-width brackets               zhlint makes （） half-width round Chinese: against GB/T 15834-2011 4.9.2
    interpunct ・                     the mark of Taiwan in an official text: against GB/T 15834-2011 4.14.2
    files of programs                 strings and comments of .toml, .po, .js: no prose, no Markdown
    other than marks                  a tool removes empty code, fills in an address, strips characters of its own
    lost escapes                      the case holds u00a0 as letters, where the tool tests a space
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from drafter.check import Settings, Text, check, fix
from drafter.check.markup import spans
from drafter.check.text import BLANK

HAN = "〇㐀-䶿一-鿿豈-\ufaff"
SPACES = ("P005", "P006", "P007", "P044", "P045", "P048", "P049")
WEB = ("P101", "P102", "P103", "P104", "P107")
WIDTH = ("P001", "P002")
USES = ("adopt", "adopt-md", "invert", "invert-md", "optional-en")
TEXTLINT = {
    "correctly-ordered-pairs": ("P026",),
    "double-zh-ellipsis": ("P011",),
    "no-redundant-punctuation": ("P008", "P009", "P010"),
    "full-width": ("P001", "P002", "P004"),
}
LINTMD = {
    "no-space-in-link": ("P046",),
    "no-space-in-inline-code": ("P047",),
    "no-full-width-number": ("P038",),
    "use-standard-ellipsis": ("P011",),
    "correct-title-trailing-punctuation": ("P023",),
}
# option of zhlint: rules where it is on (in the profile 网页 for those that set spaces), rules where it is off
ZHLINT: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "fullwidthPunctuation": (("P001", "P002", "P003"), ()),
    "noSpaceBetweenFullwidthContent": (("P006",), ()),
    "spaceBetweenMixedwidthContent": (("P101",), ("P007",)),
    "noSpaceBeforePauseOrStop": (("P005",), ()),
    "noSpaceAfterFullwidthPauseOrStop": (("P005",), ()),
    "spaceAfterHalfwidthPauseOrStop": (("P104",), ()),
    "spaceOutsideHalfwidthQuotation": ((), ("P048",)),
    "noSpaceOutsideFullwidthQuotation": (("P044",), ("P105",)),
    "noSpaceInsideQuotation": (("P045",), ()),
    "spaceOutsideHalfwidthBracket": (("P103",), ()),
    "noSpaceOutsideFullwidthBracket": (("P005",), ()),
    "noSpaceInsideBracket": (("P005", "P103"), ()),
    "spaceOutsideCode": (("P101",), ()),
    "noSpaceInsideHyperMark": (("P046", "P047"), ()),
}
HOUSE = ("P001", "P002", "P003", "P005", "P006", "P008", "P032", "P043", "P045", "P046", "P101", "P105", "P106")


class Verdict(NamedTuple):
    passed: bool
    expected: str
    got: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with files .jsonl")
    parser.add_argument("--misses", action="store_true", help="show each case that does not pass")
    arguments = parser.parse_args()
    files = sorted(arguments.folder.glob("*.jsonl"))
    if not files:
        parser.error(f"no .jsonl in {arguments.folder}")
    print(f"{'source':<24}" + "".join(f"{use:>13}" for use in USES) + f"{'misses meant':>14}")
    total: Counter[tuple[str, str]] = Counter()
    misses: list[str] = []
    for path in files:
        counts: Counter[tuple[str, str]] = Counter()
        for case in cases(path):
            verdict = judged(case)
            counts[case["use"], "all"] += 1
            counts[case["use"], "passed"] += verdict.passed
            if not verdict.passed:
                meant = reason(case)
                counts["", "meant"] += bool(meant)
                misses.append(
                    f"{path.stem} {case.get('id', '')} {case['use']}: {meant or 'not met'}\n"
                    f"  input    {case['input']!r}\n"
                    f"  expected {verdict.expected!r}\n  got      {verdict.got!r}"
                )
        print(row(path.stem, counts))
        total += counts
    print(row("all", total))
    if arguments.misses:
        print("\n".join(misses))
    passed = all(total[use, "all"] == total[use, "passed"] for use in USES)
    left = sum(total[use, "all"] - total[use, "passed"] for use in USES) - total["", "meant"]
    print("all pass" if passed else f"{left} misses that are not meant" if left else "all misses are meant")
    return 1 if left else 0


def cases(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        case = json.loads(line) if line.strip() else {"use": "skip"}
        if case["use"] in USES:
            yield case


def row(name: str, counts: Counter[tuple[str, str]]) -> str:
    cells = (f"{counts[use, 'passed']}/{counts[use, 'all']}" if counts[use, "all"] else "–" for use in USES)
    return f"{name:<24}" + "".join(f"{cell:>13}" for cell in cells) + f"{counts['', 'meant']:>14}"


def judged(case: dict[str, Any]) -> Verdict:
    """How our result stands to what the case expects."""
    use, kind = case["use"], "md" if case["use"].endswith("-md") else "txt"
    settings = chosen(case)
    text = Text.of(case["input"], kind=kind)  # type: ignore[arg-type]
    if use == "optional-en":
        got = fix(text, Settings(), suggested=True)[0].string
        return Verdict(got == case["input"], case["input"], got)
    found = reported(case, text, settings)
    if case.get("expect_report") and not case.get("fixable", True):
        return Verdict(found, f"findings at {case.get('offsets')}", "other findings")  # the tool mends nothing
    got = fix(text, settings, suggested=True)[0].string if settings.select else case["input"]
    if use == "invert-md":
        wrong = markup_faults(case, got, settings)
        return Verdict(not wrong, wrong, got)
    expected = case["expected_gongwen"] if use == "invert" else case["expected"]
    return Verdict(got == expected and found, expected, got if found or got != expected else "findings elsewhere")


def reported(case: dict[str, Any], text: Text, settings: Settings) -> bool:
    """Whether a finding, or an edit of one, stands at each place that the tool reports, give or take a character."""
    places = [*case.get("offsets", ()), *(_place(each) for each in case.get("warnings", ()))]
    lines = [each["loc"]["start"]["line"] for each in case.get("reports", ()) if "loc" in each]
    if not case["use"].startswith("adopt") or not (places or lines) or not settings.select:
        return True
    spots, rows = set(), set()
    for finding in (*check(text, settings), *fix(text, settings, suggested=True)[1]):
        spots |= {finding.start, finding.end}
        spots |= {at for edit in (finding.fix.edits if finding.fix else ()) for at in (edit.start, edit.end)}
        rows.add(finding.line)
    return all(any(_same(text.prose, at, spot) for spot in spots) for at in places) and rows.issuperset(lines)


def _place(warning: dict[str, Any]) -> int:
    """The offset of a warning of zhlint; one of a space stands after the stretch that it names."""
    return int(warning["index"]) + (int(warning["length"]) if warning["target"] == "spaceAfter" else 0)


def _same(prose: str, one: int, other: int) -> bool:
    """Whether two places are the same but for markup and at most a character."""
    between = re.sub(f"[][*_~{BLANK}]", "", prose[min(one, other) : max(one, other)])
    return len(between) <= 1


def chosen(case: dict[str, Any]) -> Settings:
    """Profile and rules that a case is about; no rule where what it is about is switched off."""
    tool = str(case.get("tool", "")).split(".")[0]
    adopt = case["use"].startswith("adopt")
    if tool.startswith("pangu"):
        return Settings(profile="网页", select=WEB) if adopt else Settings(select=SPACES)
    if tool == "autocorrect":
        return Settings(select=_autocorrect(case))
    if tool.startswith("textlint"):
        rule = str(case.get("rule", ""))
        named = next((codes for name, codes in TEXTLINT.items() if rule.endswith(name)), None)
        if named:
            return Settings(select=named)
        return Settings(profile="网页", select=("P101",)) if adopt else Settings(select=SPACES)
    if tool == "lint-md":
        named = tuple(code for rule in case.get("rules", ()) for code in LINTMD.get(rule, ()))
        return Settings(select=named or SPACES)
    if tool == "zhlint":
        return _zhlint(case)
    return Settings()


def _autocorrect(case: dict[str, Any]) -> tuple[str, ...]:
    api = str(case.get("api", "format"))
    if api.startswith("fullwidth"):
        return (*WIDTH, *(SPACES if case["use"].startswith("invert") else ()))
    if api == "format_punctuation":
        return ("P042", *(SPACES if case["use"].startswith("invert") else ()))
    if api.startswith("format_space"):
        return ("P005",) if case["use"].startswith("adopt") else SPACES
    if api == "format_word":
        return ("P038",)
    spaces = ("P005",) if case["use"].startswith("adopt") else SPACES
    return (*WIDTH, *spaces, "P038", "P042")


def _zhlint(case: dict[str, Any]) -> Settings:
    options = case.get("options", {}).get("rules", {})
    if options == "default":
        if case["use"].startswith("invert"):
            return Settings(select=(*WIDTH, "P003", *SPACES, "P032", "P043", "P046"))
        return Settings(profile="网页", select=HOUSE)
    codes: list[str] = []
    for name, value in options.items():
        if name == "unifiedPunctuation":
            codes += _unified(value)
        elif name == "noSpaceOutsideFullwidthQuotation" and "“" in options.get("adjustedFullwidthPunctuation", ""):
            continue
        elif name in ZHLINT:
            codes += ZHLINT[name][0 if value else 1]
    web = any(code.startswith("P1") for code in codes)
    return Settings(profile="网页" if web else "公文", select=tuple(codes))


def _unified(value: object) -> list[str]:
    if isinstance(value, dict):
        return ["P032"] if value.get("·") else []
    return ["P032", "P043", "P011", "P013"] if value == "simplified" else ["P032"]


def markup_faults(case: dict[str, Any], got: str, settings: Settings) -> str:
    """What is wrong with an official text that holds markup, "" for nothing."""
    given = case["input"]
    if _bare(got) not in (_bare(given), _bare(case["expected"])):
        return "more than spaces and marks changed"
    if [given[slice(*each)].strip() for each in spans(given)] != [got[slice(*each)].strip() for each in spans(got)]:
        return "code changed"
    hidden = re.sub(r"(?m)^[ \t]*(?:[-*+>#]+|:{3,}\w*|\d+\.) +", "", Text.of(got, kind="md").prose)
    if "P007" in settings.select and re.search(f"[{HAN}] {{1,3}}[A-Za-z0-9]|[A-Za-z0-9] {{1,3}}[{HAN}]", hidden):
        return "spaces between Chinese and words are left"
    if len(re.findall(r" `[^`\s]|[^`\s]` ", given)) > len(re.findall(r" `[^`\s]|[^`\s]` ", got)) + len(
        re.findall(r"[，。、：；] +`", given)
    ):
        return "spaces beside code are gone"
    if fix(Text.of(got, kind="md"), settings, suggested=True)[0].string != got:
        return "a second pass changes it again"
    return ""


def _bare(string: str) -> str:
    return re.sub(r"[ \t]", "", string)


def reason(case: dict[str, Any]) -> str:
    """Why a miss is meant, "" where it is none of the classes."""
    expected = case.get("expected_gongwen") or case["expected"]
    if case.get("filetype", "md") != "md":
        return "files of programs"
    if case.get("tool") == "zhlint" and "（" in case["input"] and "(" in expected and "（" not in expected:
        return "half-width brackets"
    if case["use"] == "invert" and "・" in expected and "・" not in case["input"]:
        return "interpunct ・"
    if "u00a0" in case["input"]:
        return "lost escapes"
    if case["use"] == "invert" and _bare(expected) == _bare(case["input"]):
        new = [m[0] for m in re.finditer(rf"[^\s{HAN}] [^\s{HAN}]", expected) if m[0] not in case["input"]]
        if new:
            return "spaces between half-width signs"
    if case.get("tool") == "lint-md" and not LINTMD.keys() & set(case.get("rules", ())):
        return "other than marks"
    return ""


if __name__ == "__main__":
    sys.exit(main())
