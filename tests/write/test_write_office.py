"""The pages that LibreOffice makes: 22 lines of 28 characters, numbers outside, nothing torn."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from drafter.document import Block, Document, Origin, OriginKind, Role, Span
from drafter.write import write

pytestmark = pytest.mark.office
MM = 72 / 25.4
# no punctuation, so that each line holds exactly what the page allows
PLAIN = "职工之家办在身边服务站点建到楼下" * 200


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """convert(document, **options) → the pages as pdfplumber sees them; one profile for all."""
    pdfplumber = pytest.importorskip("pdfplumber")
    folder = tmp_path_factory.mktemp("office")
    opened = []

    def convert(document: Document, name: str, **options: str) -> Any:
        source = write(document, folder / f"{name}.docx", **options)
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp", "HOME": str(folder)}
        subprocess.run(
            [*command, "--convert-to", "pdf", "--outdir", str(folder), str(source)],
            env=environment,
            capture_output=True,
            timeout=180,
            check=True,
        )
        opened.append(pdfplumber.open(source.with_suffix(".pdf")))
        return opened[-1].pages

    yield convert
    for pdf in opened:
        pdf.close()


def rows(page: Any, bottom: float) -> list[list[dict[str, Any]]]:
    """The characters of each line above `bottom` (points from the top), from left to right."""
    lines: dict[float, list[dict[str, Any]]] = {}
    for char in page.chars:
        if char["top"] < bottom and char["text"].strip():
            lines.setdefault(round(char["bottom"]), []).append(char)
    return [sorted(line, key=lambda char: char["x0"]) for _, line in sorted(lines.items())]


def test_a_page_has_22_lines_of_28_characters(converted: Any, note: Document) -> None:
    origin = Origin(OriginKind.PATTERN, "a.b.c")
    long = replace(note, blocks=(Block(Role.PARAGRAPH, (Span(PLAIN, origin),)),))
    pages = converted(long, "plain")
    second = rows(pages[1], 262 * MM)
    assert [len(line) for line in second] == [28] * 22
    assert abs(second[0][0]["x0"] - 28 * MM) < 1
    indent = rows(pages[0], 262 * MM)[0][0]["x0"] - 28 * MM
    assert abs(indent - 2 * 15.8) < 2


def test_each_page_has_its_number_outside(converted: Any, doubtful: Document) -> None:
    pages = converted(doubtful, "numbers")
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        foot = [char for char in page.chars if char["top"] > 262 * MM and char["text"].strip()]
        assert "".join(char["text"] for char in sorted(foot, key=lambda char: char["x0"])) == f"—{number}—"
        assert (min(char["x0"] for char in foot) > page.width / 2) is (number % 2 == 1)


def test_a_signature_is_not_left_alone(converted: Any, doubtful: Document) -> None:
    for lines in range(19, 22):
        origin = Origin(OriginKind.PATTERN, "a.b.c")
        filler = tuple(Block(Role.PARAGRAPH, (Span("又是一段。", origin),)) for _ in range(lines))
        document = replace(doubtful, blocks=filler + doubtful.blocks[-2:])
        last = re.sub(r"\s", "", converted(document, f"signature{lines}")[-1].extract_text())
        assert "又是一段" in last
        assert "市总工会" in last


def test_a_reading_copy_tears_no_sentence(converted: Any, speech: Document) -> None:
    pages = converted(speech, "reading", copy="朗读")
    for page in pages[1:-1]:
        text = "".join(char["text"] for line in rows(page, 245 * MM) for char in line)
        text = re.sub(r"\d+分", "", text)
        assert text[-1] in "。！？"
