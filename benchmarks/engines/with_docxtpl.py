"""docxtpl: a Word template with Jinja tags, one `DocxTemplate` for all documents, which it opens anew itself."""

from __future__ import annotations

import io
from importlib import import_module
from pathlib import Path
from typing import Any

from engines import Engine, Outline

__all__ = ["engine"]


def engine(assets: Path, _name: str) -> Engine:
    template: Any = import_module("docxtpl").DocxTemplate(str(assets / "docxtpl.docx"))

    def make(outline: Outline) -> bytes:
        template.render(outline)
        buffer = io.BytesIO()
        template.save(buffer)
        return buffer.getvalue()

    return Engine(lambda speech: speech["outline"], make)
