"""The command line: the only floor that prints, prompts or exits."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit: 0 done, 1 gaps or findings, 2 usage or input, 3 brief, 70 a bug, 130 Ctrl-C."""
    from drafter.cli.console import safe_streams
    from drafter.cli.run import run

    safe_streams()
    sys.exit(run(sys.argv[1:]))
