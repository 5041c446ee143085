"""python-docx as its documentation shows it: `Document(base)`, `add_paragraph(text, style=name)`, `save`.

On our lean base, and on its own template, which has 164 styles in two parts.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx import Document

from engines import Engine
from engines.assets import styles
from engines.speech import flat

__all__ = ["engine"]


def engine(assets: Path, name: str) -> Engine:
    named = styles(assets)
    base = str(assets / ("own.docx" if name.endswith("own base") else "base.docx"))

    def prepare(speech: dict[str, Any]) -> list[tuple[str, str]]:
        return [(named[style][0], text) for style, text in flat(speech["outline"])]

    def make(lines: list[tuple[str, str]]) -> bytes:
        document = Document(base)
        for style, text in lines:
            document.add_paragraph(text, style=style)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    return Engine(prepare, make)
