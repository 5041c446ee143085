"""pandoc: Markdown with named styles, our base as the reference document, one process a document."""

from __future__ import annotations

import shutil
import subprocess
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from engines import Engine
from engines.assets import styles
from engines.speech import flat

__all__ = ["engine", "program"]


def program() -> str | None:
    """pandoc of the wheel pypandoc_binary, else of the system."""
    if find_spec("pypandoc"):
        path: str = import_module("pypandoc").get_pandoc_path()
        return path
    return shutil.which("pandoc")


def engine(assets: Path, _name: str) -> Engine:
    named = styles(assets)
    reader = "markdown-auto_identifiers-smart"
    command = [str(program()), "-f", reader, "-t", "docx", "--reference-doc", str(assets / "base.docx"), "-o", "-"]

    def markdown(speech: dict[str, Any]) -> bytes:
        out = []
        for style, text in flat(speech["outline"]):
            if style.startswith("heading"):
                out.append(f"{'#' * int(style[-1])} {text}")
            else:
                out.append(f'::: {{custom-style="{named[style][0]}"}}\n{text}\n:::')
        return ("\n\n".join(out) + "\n").encode()

    def make(text: bytes) -> bytes:
        return subprocess.run(command, input=text, stdout=subprocess.PIPE, check=True).stdout

    return Engine(markdown, make)
