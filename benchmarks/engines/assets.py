"""What the engines work from: one base with the styles of our own page, and templates made of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE

from drafter import render
from engines.speech import document, flat, outline

__all__ = ["read_text", "styles", "write_assets"]


def write_assets(folder: Path) -> None:
    """base.docx (our page without text), own.docx (that of python-docx), the templates, and styles.json.

    styles.json: style → [its name, its id]. All engines but the two of other bases write into our page, which is lean:
    a template saved by Word is larger, and slower for those who open it for each document.
    """
    sample = document(0, 3000)
    path = folder / "base.docx"
    path.write_bytes(render(sample))
    base: Any = Document(str(path))
    written = [paragraph for paragraph in base.paragraphs if paragraph.text]
    named = {}
    for (style, _), paragraph in zip(flat(outline(sample)), written, strict=True):
        named[style] = [paragraph.style.name, paragraph.style.style_id]
    for paragraph in base.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)
    base.save(str(path))
    (folder / "styles.json").write_text(json.dumps(named), encoding="utf-8")

    own: Any = Document()
    for name, _ in named.values():
        if name not in own.styles:
            own.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    own.save(str(folder / "own.docx"))
    _template(path, folder / "docxtpl.docx", named, "{{ %s }}", "{%%p for %s in %s %%}", "{%p endfor %}")
    _template(path, folder / "docxtemplater.docx", named, "{%s}", "", "")


def styles(folder: Path) -> dict[str, tuple[str, str]]:
    """Style → (name, id)."""
    read: dict[str, tuple[str, str]] = json.loads((folder / "styles.json").read_text(encoding="utf-8"))
    return read


def read_text(path: Path) -> list[str]:
    """The paragraphs that hold text, read by python-docx; the breaks of the title do not count."""
    texts = (paragraph.text.replace("\n", "") for paragraph in Document(str(path)).paragraphs)
    return [text for text in texts if text]


def _template(base: Path, path: Path, named: dict[str, list[str]], value: str, loop: str, end: str) -> None:
    """The outline as a template: with `loop` and `end` that of docxtpl, else that of docxtemplater."""
    made: Any = Document(str(base))

    def put(style: str, text: str) -> None:
        made.add_paragraph(text, style=named[style][0] if style else None)

    def each(item: str, whole: str) -> None:
        put("", loop % (item, whole) if loop else f"{{#{whole.rpartition('.')[2]}}}")

    def done(whole: str) -> None:
        put("", end or f"{{/{whole}}}")

    def texts(whole: str) -> None:
        each("text", whole)
        put("body", value % ("text" if loop else "."))
        done(whole.rpartition(".")[2])

    def heading(style: str, item: str) -> None:
        put(style, value % (f"{item}.heading" if loop else "heading"))

    for key in ("title", "date", "speaker", "salutation"):
        put(key, value % key)
    texts("opening")
    each("section", "sections")
    heading("heading1", "section")
    texts("section.paras")
    each("sub", "section.subs")
    heading("heading2", "sub")
    texts("sub.paras")
    done("subs")
    done("sections")
    made.save(str(path))
