"""`drafter new`: interview, then brief and speech."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from drafter.brief import dump, load_brief
from drafter.errors import InputError, OutputError, Problem
from drafter.library import Library
from drafter.write import write_bytes

__all__ = ["new_speech"]


def new_speech(
    output: Path, occasion: str, resume: bool, answers: Path | None, force: bool, packs: Sequence[Path]
) -> int:
    """Ask what is lacking, save the brief, draft the speech; returns the exit status."""
    from drafter.cli.draft import Request, draft_speech

    if output.exists() and not force:
        hint = "换一个 -o 文件名，或加 --force 覆盖"
        raise OutputError(Problem("E610", f"{output} 已经存在", hint=hint))
    library = Library.load(packs=packs)
    if answers is not None:
        brief = load_brief(answers, slots=library.slots())
        write_bytes(dump(brief.texts()).encode(), output, force=force)
        return draft_speech(Request(output, packs=list(packs)))
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        hint = "在终端里运行；脚本请用 drafter new --answers 文件，或 drafter init 后再 drafter draft"
        raise InputError(Problem("E611", "一问一答需要终端", hint=hint))
    from drafter.cli.interview import interview

    return interview(output, library, occasion or None, resume, force=force)
