"""Markdown, text, HTML, JSON and the account of every character."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from drafter.chinese.enumeration import paragraphs
from drafter.document import Block, Document, Origin, OriginKind, Role, Span, System
from drafter.write import render, trace
from drafter.write._title import break_title, width

PATTERN = Origin(OriginKind.PATTERN, "a.b.c")


class Page(HTMLParser):
    """The text of <main>, and every tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.lines: list[str] = []
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "main":
            self.inside = True
        elif self.inside and tag in ("p", "h1", "h2", "h3", "h4", "h5"):
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"

    def handle_data(self, data: str) -> None:
        if self.inside and data.strip():
            self.lines[-1] += data


def words(html: str) -> str:
    return "".join(Page(f"<main><p>{html}</main>").lines)


def test_text_has_the_numbers_and_one_line_for_each_paragraph(doubtful: Document) -> None:
    lines = render(doubtful, "text").decode().split("\n")
    assert lines[:6] == [
        "在2024年全市困难职工帮扶工作推进会上的讲话",
        "",
        "（2024年3月5日）",
        "市总工会副主席　李　某",
        "",
        "同志们：",
    ]
    body = [paragraph.text for paragraph in paragraphs(doubtful) if paragraph.role is not Role.SIGNATURE][4:]
    assert lines[6 : 6 + len(body)] == [f"　　{text}" for text in body]
    assert lines[6 + len(body) :] == ["", "市总工会", "2024年3月5日", ""]


def test_markdown_shows_headings_leads_and_gaps(doubtful: Document) -> None:
    tokens = MarkdownIt("commonmark").parse(render(doubtful, "markdown").decode())
    headings = [(token.tag, tokens[at + 1].content) for at, token in enumerate(tokens) if token.type == "heading_open"]
    assert headings[:2] == [("h1", doubtful.meta["title"]), ("h2", "一、回头看，帮扶工作的底子更实了")]
    assert [tag for tag, _ in headings] == ["h1", "h2", "h2", "h2", "h3", "h4", "h5"]
    html = MarkdownIt("commonmark").render(render(doubtful, "markdown").decode())
    assert "<strong>（一）对象变了</strong>。" in html
    assert "<strong>一是摸底数更细了</strong>。" in html
    assert "<strong>二是定措施更准了</strong>。" in html
    assert "【待补：站点数】" in html
    assert "**" not in html


LINE = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)


@given(LINE)
def test_no_text_is_taken_for_markup(text: str) -> None:
    document = Document((Block(Role.PARAGRAPH, (Span(text, PATTERN),)),))
    html = MarkdownIt("commonmark").render(render(document, "markdown").decode())
    assert html.startswith("<p>")
    assert words(html.removeprefix("<p>").removesuffix("</p>\n")) == text
    assert Page(render(document, "html").decode()).lines == [text]


@given(LINE, LINE)
def test_a_lead_is_bold_whatever_stands_beside_it(head: str, text: str) -> None:
    spans = {"head": (Span(head, PATTERN),), "spans": (Span(text, PATTERN),)}
    document = Document((Block(Role.PARAGRAPH, **spans),))  # type: ignore[arg-type]
    html = MarkdownIt("commonmark").render(render(document, "markdown").decode())
    assert words(html.removeprefix("<p>").removesuffix("</p>\n")) == head + text


def test_html_is_one_page_that_needs_nothing_else(doubtful: Document) -> None:
    text = render(doubtful, "html").decode()
    page = Page(text)
    assert [line for line in page.lines if line][3:] == [p.text for p in paragraphs(doubtful)][3:]
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "base", "object"}
    assert not re.search(r"https?:|//|@import|url\(", text.replace("<!DOCTYPE", ""))
    anchors = {attributes["href"] for tag, attributes in page.tags if tag == "a"}
    ids = {f"#{attributes['id']}" for tag, attributes in page.tags if attributes.get("id")}
    assert anchors == ids
    assert len(anchors) == 6
    assert "<mark>【待补：站点数】</mark>" in text
    assert f"<title>{doubtful.meta['title']}</title>" in text
    assert '<html lang="zh-CN">' in text


def test_json_holds_the_whole_document(doubtful: Document) -> None:
    data = json.loads(render(doubtful, "json"))
    assert data["schema_version"] == 1
    assert data["meta"] == dict(doubtful.meta)
    assert [block["text"] for block in data["blocks"]] == [block.text for block in doubtful.blocks]
    for given_block, block in zip(data["blocks"], doubtful.blocks, strict=True):
        assert "".join(span["text"] for span in given_block["spans"]) == block.text
        assert given_block["role"] == block.role.value
    numbers = [(block["number"], block["ordinal"]) for block in data["blocks"] if block["number"]]
    assert numbers[:4] == [("一、", 1), ("一是", 1), ("二是", 2), ("二、", 2)]
    assert [block["inline"] for block in data["blocks"]].count(True) == 1
    assert data["notes"][1] == {"code": "gap", "message": "缺站点数", "block": 7}
    assert data["blocks"][4]["spans"][1]["origin"] == {"kind": "brief", "ref": "会议", "note": "来源：通知"}


def test_json_names_the_line_of_an_imported_text_and_takes_any_character() -> None:
    spans = (Span("一\ud800\x00二", Origin(OriginKind.SOURCE, "12")),)
    (block,) = json.loads(render(Document((Block(Role.PARAGRAPH, spans),)), "json"))["blocks"]
    assert (block["line"], block["text"]) == (12, "一\ud800\x00二")


ORIGINS = st.builds(Origin, st.sampled_from(OriginKind), st.text(max_size=5), st.text(max_size=3))
SPANS = st.lists(st.builds(Span, st.text(max_size=8), ORIGINS), max_size=4).map(tuple)
BLOCKS = st.builds(
    Block, st.sampled_from(Role), SPANS, SPANS, st.integers(0, 4), st.sampled_from(System), st.booleans()
)


@given(st.lists(BLOCKS, max_size=8))
def test_the_trace_accounts_for_every_character(blocks: list[Block]) -> None:
    document = Document(tuple(blocks))
    account = trace(document)
    texts = [paragraph.text for paragraph in paragraphs(document)]
    assert [entry["text"] for entry in account["paragraphs"]] == texts
    assert account["characters"] == sum(map(len, texts)) == sum(account["totals"].values())
    counted: Counter[str] = Counter()
    for entry in account["paragraphs"]:
        at = 0
        for run in entry["runs"]:
            assert run["start"] == at
            assert entry["text"][run["start"] : run["end"]] == run["text"]
            at = run["end"]
            counted[run["origin"]["kind"]] += len(run["text"])
        assert at == len(entry["text"])
    assert {kind: count for kind, count in account["totals"].items() if count} == +counted


@given(st.lists(BLOCKS, max_size=8))
def test_every_form_takes_every_document(blocks: list[Block]) -> None:
    document = Document(tuple(blocks))
    for form in ("docx", "markdown", "text", "html", "json"):
        assert render(document, form) == render(replace(document), form)
    for copy in ("核稿", "朗读"):
        assert render(document, copy=copy)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("在全县乡村振兴工作推进会议上的讲话", ["在全县乡村振兴工作推进会议上的讲话"]),
        (
            "在2024年全市困难职工帮扶工作推进会上的讲话",
            ["在2024年全市困难职工", "帮扶工作推进会上的讲话"],
        ),
        (
            "在全省工会系统学习贯彻重要讲话精神专题培训班开班式上的讲话",
            ["在全省工会系统学习贯彻重要讲话精神", "专题培训班开班式上的讲话"],
        ),
    ],
)
def test_a_title_breaks_between_words(title: str, lines: list[str]) -> None:
    assert split(title) == lines


def split(title: str) -> list[str]:
    breaks = (0, *break_title(title, 20), len(title))
    return [title[start:end] for start, end in pairwise(breaks)]


@given(st.text(st.sampled_from("在全省工会推进会上的讲话关于做好帮扶作、“”《》（）2024年"), min_size=1, max_size=200))
def test_broken_lines_fit_and_never_begin_with_a_closing_mark(title: str) -> None:
    lines = split(title)
    assert "".join(lines) == title
    if len(lines) > 1:
        assert max(map(width, lines)) <= 20
        for left, right in pairwise(lines):
            assert right[0] not in "、”》）"
            assert left[-1] not in "“《（"
            assert not (left[-1].isdigit() and (right[0].isdigit() or right[0] == "年"))
