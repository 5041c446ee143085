"""The examples: complete, true to the maps of their seeds, and nothing in them that the brief does not say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from drafter import Document, Library, OriginKind, Role, compose, load_brief, paragraphs, trace
from drafter.check import Level, Settings, Text, check

if TYPE_CHECKING:
    from pathlib import Path

FIGURE = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
QUOTED = re.compile(r"[《“]([^》”]*)[》”]")
STYLES = {"庄重", "平实", "鼓动"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    root = metafunc.config.rootpath
    for name, folder in (("brief_file", "examples"), ("map_file", "seeds")):
        if name in metafunc.fixturenames:
            files = sorted((root / folder).glob("*.yaml"))
            metafunc.parametrize(name, files, ids=[file.stem for file in files])


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load()


def composed(library: Library, file: Path, **changes: Any) -> Document:
    brief = load_brief(file, slots=library.slots())
    brief.data.update(changes)
    return compose(brief, library)


def whole(document: Document) -> str:
    return "\n".join(paragraph.text for paragraph in paragraphs(document))


def test_no_figure_title_or_quotation_is_invented(library: Library, brief_file: Path) -> None:
    source = brief_file.read_text(encoding="utf-8")
    given = set(FIGURE.findall(source)) | {str(int(part)) for part in re.findall(r"\d+", source)}
    for tone in sorted(STYLES):
        document = composed(library, brief_file, 语气=tone)
        computed = {run.text for p in paragraphs(document) for run in p.runs if run.origin.kind is OriginKind.COMPUTED}
        assert not any(FIGURE.search(text) for text in computed)
        text = whole(document)
        assert set(FIGURE.findall(text)) <= given
        assert all(words in source for words in QUOTED.findall(text))


def test_a_pattern_or_topic_never_says_a_figure(library: Library, brief_file: Path) -> None:
    for paragraph in paragraphs(composed(library, brief_file)):
        for run in paragraph.runs:
            if run.origin.kind in (OriginKind.PATTERN, OriginKind.TOPIC):
                assert not FIGURE.search(run.text)


def test_the_trace_accounts_for_every_character(library: Library, brief_file: Path) -> None:
    document = composed(library, brief_file)
    told = trace(document)
    assert sum(told["totals"].values()) == sum(len(paragraph.text) for paragraph in paragraphs(document))
    for paragraph in told["paragraphs"]:
        assert "".join(run["text"] for run in paragraph["runs"]) == paragraph["text"]
        assert all(run["origin"]["ref"] for run in paragraph["runs"])


def test_the_length_is_what_was_asked(library: Library, brief_file: Path) -> None:
    document = composed(library, brief_file)
    assert "length" not in [note.code for note in document.notes], [n.message for n in document.notes]


def test_no_sentence_twice_and_no_double_punctuation(library: Library, brief_file: Path) -> None:
    text = whole(composed(library, brief_file))
    sentences = [s for s in re.split("[。！？\n]", text) if len(s) > 6]
    assert len(sentences) == len(set(sentences))
    assert not re.search("[，。；：、]{2}|[！？][，。；]|。”。", text)


def test_the_checks_find_no_error(library: Library, brief_file: Path) -> None:
    """Nor a warning, but for what the original speech itself left undone."""
    text = Text.of_document(composed(library, brief_file))
    found = check(text, Settings(stage="草稿", least=Level.WARNING))
    known = {"s004-rights-summary": ["S029"]}  # three problems, two measures
    assert [finding.rule for finding in found] == known.get(brief_file.stem, [])


def test_a_seed_map_its_brief_and_its_document_agree(library: Library, map_file: Path, root: Path) -> None:
    seed = yaml.safe_load(map_file.read_text(encoding="utf-8"))
    brief_file = root / seed["素材单"]
    document = composed(library, brief_file)
    assert not list(document.gaps())
    parts = seed["功能"]
    planned = [(library.function(part["功能"]).code, "标题" in part) for part in parts]
    assert _folded(planned) == _sections(document)
    text = whole(document)
    used = {run.origin.ref for p in paragraphs(document) for run in p.runs if run.origin.kind is OriginKind.PATTERN}
    codes = {library.pattern(ref).code for ref in used}
    wanted = {code for part in parts for code in part.get("句式", ())} | {
        part["标题"] for part in parts if "标题" in part
    }
    headings = {part["标题"] for part in parts if "标题" in part}
    assert wanted - headings <= codes
    for fact in (fact for part in parts for fact in part.get("事实", ())):
        for figure in FIGURE.findall(fact):
            assert figure in text, fact
        for words in QUOTED.findall(fact):
            assert words in text, fact
    source = brief_file.read_text(encoding="utf-8")
    data = yaml.safe_load(source)
    for figure in _figures(data):
        assert figure in text


def _folded(parts: list[tuple[str, bool]]) -> list[str]:
    """Functions in order; a part that goes on with the function before it, without a heading, is one with it."""
    order: list[str] = []
    for code, titled in parts:
        if titled or order[-1:] != [code]:
            order.append(code)
    return order


def _sections(document: Document) -> list[str]:
    """The functions of the blocks, in the same way."""
    return _folded([(b.function, b.role is Role.HEADING and b.level == 1) for b in document.blocks if b.function])


def _figures(value: Any, key: str = "") -> list[str]:
    """Every figure of a brief that is to be printed, as it is written."""
    if isinstance(value, dict):
        return [
            f
            for k, v in value.items()
            if k not in ("时长", "篇幅", "语速", "比重", "措辞种子", "来源")
            for f in _figures(v, k)
        ]
    if isinstance(value, list):
        return [f for each in value for f in _figures(each, key)]
    return [str(value)] if key == "数值" else FIGURE.findall(value) if isinstance(value, str) else []
