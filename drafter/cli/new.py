"""`drafter new`: interview, then brief and speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.brief import dump, load_brief
from drafter.cli.console import say
from drafter.cli.draft import Request, draft_speech
from drafter.cli.packs import load_library
from drafter.errors import OutputError, Problem
from drafter.write import write_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["new_speech"]


def new_speech(
    output: Path, occasion: str, resume: bool, answers: Path | None, force: bool, packs: Sequence[Path]
) -> int:
    """Ask what is lacking, save the brief, draft the speech; returns the exit status."""
    if output.exists() and not force:
        hint = "换一个 -o 文件名，或加 --force 覆盖"
        raise OutputError(Problem("E610", f"{output} 已经存在", hint=hint))
    library = load_library(packs)
    if answers is not None:
        brief = load_brief(answers, slots=library.slots())
        write_bytes(dump(brief.texts()).encode(), output, force=force)
        return draft_speech(Request(output, packs=list(packs)))
    from drafter.cli.interview import forget, interview

    given = interview(output, library, occasion or None, resume)
    write_bytes(dump(given).encode(), output, force=force)
    forget(output)
    say(f"素材单已存到 {output}。")
    return draft_speech(Request(output, packs=list(packs))) if given.speech else 0
