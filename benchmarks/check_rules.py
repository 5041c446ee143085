"""Every rule of `drafter check` on its own examples: found in the wrong ones, silent in the right and the clean ones.

    python benchmarks/check_rules.py [--verbose]

Prints one line a group; exits with 1 where a share is not 100 %.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date

from drafter.check import Example, FixKind, Rule, Settings, Text, check, fix, rulebook

TODAY = date(2026, 6, 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verbose", action="store_true", help="name each example that fails")
    verbose = parser.parse_args().verbose
    print(f"{'group':<12}{'rules':>6}{'wrong found':>16}{'fixed as said':>16}{'right silent':>16}")
    perfect = True
    for group in rulebook().groups:
        hits = fixed = silent = wrongs = fixes = rights = 0
        for rule in group.rules:
            for example in rule.examples:
                wrongs += 1
                found = bool(check(Text.of(example.wrong), _settings(rule, example)))
                hits += found
                _tell(verbose and not found, rule, "not found", example.wrong)
                if example.right:
                    rights += 1
                    quiet = not check(Text.of(example.right), _settings(rule, example))
                    silent += quiet
                    _tell(verbose and not quiet, rule, "not silent", example.right)
                if example.right and rule.fix is not FixKind.NONE:
                    fixes += 1
                    result = fix(Text.of(example.wrong), _settings(rule, example), suggested=True)[0].string
                    fixed += result == example.right
                    _tell(verbose and result != example.right, rule, "fixed otherwise", result)
            for text in rule.clean:
                rights += 1
                quiet = not check(Text.of(text), Settings(select=(rule.id,), date=TODAY))
                silent += quiet
                _tell(verbose and not quiet, rule, "not silent", text)
        perfect &= (hits, fixed, silent) == (wrongs, fixes, rights)
        shares = (f"{done}/{all_}" for done, all_ in ((hits, wrongs), (fixed, fixes), (silent, rights)))
        print(
            f"{group.letter + ' ' + group.title:<10}{len(group.rules):>6}" + "".join(f"{share:>16}" for share in shares)
        )
    print("100 %" if perfect else "not 100 %: see --verbose")
    return 0 if perfect else 1


def _settings(rule: Rule, example: Example) -> Settings:
    day = date.fromisoformat(example.date) if example.date else None
    return Settings(date=day, profile=example.profile, select=(rule.id,))  # type: ignore[arg-type]


def _tell(wanted: bool, rule: Rule, what: str, text: str) -> None:
    if wanted:
        print(f"  {rule.id} {what}: {text!r}")


if __name__ == "__main__":
    sys.exit(main())
