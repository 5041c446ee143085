"""The command line: the only floor that prints, prompts or exits."""

from __future__ import annotations

import gc
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit: 0 done, 1 gaps or findings, 2 usage or input, 3 brief, 70 a bug, 130 Ctrl-C."""
    gc.disable()  # one short command leaves little garbage; looking for it costs a twelfth of a draft
    from drafter.cli.console import safe_streams
    from drafter.cli.run import run

    safe_streams()
    sys.exit(run(sys.argv[1:]))
