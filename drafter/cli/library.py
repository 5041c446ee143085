"""`drafter library …`: the templates, for people (tables) and for tools (JSON)."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from drafter.cli.console import complain, result, say
from drafter.cli.packs import load_library
from drafter.document import System
from drafter.errors import LibraryError, Problem
from drafter.library import Library, Occasion, Pattern, Topic

__all__ = ["check_pack", "list_library", "render", "schema", "search", "show"]

Entry = Occasion | Pattern | Topic
_TITLES = {"pattern": "句式", "heading": "标题", "topic": "业务素材", "occasion": "场合"}
_KINDS = {"场合": "occasions", "句式": "patterns", "标题": "headings", "业务素材": "topics", "功能": "functions"}


def list_library(kind: str, as_json: bool, packs: Sequence[Path]) -> int:
    """Everything, or one kind, as tables or as the JSON catalogue."""
    library = load_library(packs)
    if kind and kind not in _KINDS:
        raise LibraryError(Problem("E608", f"没有类别“{kind}”", hint="可用：" + "、".join(_KINDS)))
    if as_json:
        from drafter.library import catalogue

        whole = catalogue(library)
        if kind:
            key = _KINDS[kind]
            whole = {"schema_version": whole["schema_version"], key: whole[key]}
        result(json.dumps(whole, ensure_ascii=False, indent=1))
        return 0
    for title in [kind] if kind else _KINDS:
        if title == "功能":
            _table(
                title,
                ("代号", "名称", "作用"),
                [(f.code, f.title, f.meaning) for f in library.functions if not f.structural],
            )
        else:
            _table(title, ("编号", "名称", "说明"), [(e.id, e.title, _remark(e)) for e in _entries(library, title)])
    return 0


def show(name: str, as_json: bool, packs: Sequence[Path]) -> int:
    """One entry, whole."""
    library = load_library(packs)
    entry = _find(library, name)
    if as_json:
        from drafter.library import catalogue

        whole = catalogue(library)
        entries = [e for key in ("patterns", "headings", "topics", "occasions") for e in whole.get(key, ())]
        result(json.dumps(next(e for e in entries if e["id"] == entry.id), ensure_ascii=False, indent=1))
    elif isinstance(entry, Pattern):
        _show_pattern(library, entry)
    elif isinstance(entry, Topic):
        _show_topic(entry)
    else:
        _show_occasion(library, entry)
    return 0


def search(words: Sequence[str], as_json: bool, packs: Sequence[Path]) -> int:
    """Entries in which all the words occur; exit status 1 where there is none."""
    library = load_library(packs)
    found = [e for title in ("场合", "句式", "标题", "业务素材") for e in _entries(library, title) if _holds(e, words)]
    if as_json:
        rows = [{"id": e.id, "title": e.title, "kind": _kind(e)} for e in found]
        result(json.dumps({"schema_version": 1, "results": rows}, ensure_ascii=False))
    elif found:
        _table(
            "找到的条目",
            ("类别", "编号", "名称", "说明"),
            [(_TITLES[_kind(e)], e.id, e.title, _remark(e)) for e in found],
        )
    else:
        say(f"没有找到同时含有“{'”“'.join(words)}”的条目。")
    return 0 if found else 1


def schema(name: str, packs: Sequence[Path]) -> int:
    """The slots of one pattern as one JSON Schema."""
    from drafter.library import pattern_schema

    library = load_library(packs)
    result(json.dumps(pattern_schema(library, library.pattern(name)), ensure_ascii=False, indent=1))
    return 0


def render(name: str, data: Path | None, variant: str, marks: bool, packs: Sequence[Path]) -> int:
    """One pattern filled by itself: with the given slots, else with its examples."""
    library = load_library(packs)
    pattern = library.pattern(name)
    if data is None:
        contexts = [dict(example["in"]) for example in pattern.examples]
    else:
        from drafter.brief import load_slots

        contexts = [load_slots(sys.stdin.buffer.read() if data == Path("-") else data, pattern.slots)]
    for context in contexts:
        if variant:
            context["措辞"] = variant
        context.setdefault("措辞", pattern.variants[0].key if pattern.variants else "")
        text = library.render(pattern, context)
        result(text if marks else _readable(text))
    return 0


def check_pack(folder: Path | None, as_json: bool) -> int:
    """Conformance of one pack, or of every pack found; exit status 1 where something is wrong."""
    from drafter.library import check  # brings jinja2, half the time of a start

    packs = [folder] if folder else []
    library = Library.load(packs, Path(), strict=False)
    own = next((pack.id for pack in library.packs if folder and Path(pack.place) == Path(folder)), None)
    found = [] if folder and own is None else check(library, own)
    read = [p for p in library.problems if not folder or (p.place and p.place.file.startswith(str(folder)))]
    problems = list(dict.fromkeys([*read, *found]))
    if as_json:
        rows = [{"code": p.code, "message": p.message, "place": str(p.place or ""), "hint": p.hint} for p in problems]
        result(json.dumps({"schema_version": 1, "problems": rows}, ensure_ascii=False))
    else:
        complain(problems)
        if folder and own is None:
            say(f"{folder}：没有读成，还没有检查里面的内容。")
            return 1
        kinds = (("句式", library.patterns), ("业务素材", library.topics), ("场合", library.occasions))
        counts = "、".join(f"{sum(own in (None, entry.pack) for entry in entries)} 个{name}" for name, entries in kinds)
        say(f"检查了 {counts}：" + (f"{len(problems)} 处问题。" if problems else "没有问题。"))
    return 1 if problems else 0


def _entries(library: Library, title: str) -> list[Occasion | Pattern | Topic]:
    if title == "场合":
        return list(library.occasions)
    if title == "业务素材":
        return list(library.topics)
    return [p for p in library.patterns if (p.function == "heading") == (title == "标题")]


def _find(library: Library, name: str) -> Occasion | Pattern | Topic:
    errors: list[LibraryError] = []
    for find in (library.pattern, library.topic, library.occasion):
        try:
            return find(name)
        except LibraryError as error:
            errors.append(error)
    hints = dict.fromkeys(e.problems[0].hint for e in errors if e.problems[0].hint)
    raise LibraryError(
        Problem("E609", f"模板库里没有“{name}”", hint="；".join(hints) or "用 drafter library list 列出全部")
    )


def _kind(entry: Entry) -> str:
    if isinstance(entry, Pattern):
        return "heading" if entry.function == "heading" else "pattern"
    return type(entry).__name__.lower()


def _remark(entry: Entry) -> str:
    if isinstance(entry, Pattern):
        return " ".join(filter(None, (entry.code, "要素：" + "、".join(entry.slots) if entry.slots else "")))
    if isinstance(entry, Topic):
        return "又名：" + "、".join(entry.aliases) if entry.aliases else ""
    return f"{entry.audience}、{entry.tone}，约 {entry.minutes:g} 分钟"


def _holds(entry: Entry, words: Sequence[str]) -> bool:
    if isinstance(entry, Pattern):
        text = " ".join(
            (entry.id, entry.code, entry.title, entry.source, json.dumps(dict(entry.slots), ensure_ascii=False))
        )
    elif isinstance(entry, Topic):
        wordings = [w for options in entry.aspects.values() for w in options]
        text = " ".join(
            (entry.id, entry.title, *entry.aliases, *(f"{w.title}{w.sentence}{''.join(w.more)}" for w in wordings))
        )
    else:
        text = f"{entry.id} {entry.title} {entry}"
    return all(word.lower() in text.lower() for word in words)


def _table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    if not sys.stdout.isatty():
        for row in rows:
            result("\t".join((title, *row)))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*header, title=title, title_justify="left", expand=False)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _show_pattern(library: Library, pattern: Pattern) -> None:
    result(f"{pattern.title}  {pattern.id}  {pattern.code}  版本 {pattern.version}（{pattern.origin}）")
    result(f"功能：{library.function(pattern.function).title}")
    for name, schema in pattern.slots.items():
        need = "必填" if name in pattern.required else "可选"
        result(f"要素：{name}（{need}）{_said(library, schema)}")
    if pattern.variants:
        result("措辞：" + "；".join(" ".join((v.key, *v.tones, *v.audiences)) for v in pattern.variants))
    if pattern.list is not System.NONE:
        from drafter.chinese.enumeration import SYSTEM_TITLES

        result(f"条目：{SYSTEM_TITLES[pattern.list]}")
    for number, example in enumerate(pattern.examples, 1):
        result(f"\n范例 {number}：")
        result(_readable(str(example["out"]), "  "))


def _readable(marked: str, indent: str = "") -> str:
    """A rendering for people: without the marks of optional sentences and heads."""
    bare = re.sub(r"\[\[(?:[0-9]\|)?|\]\]|\*\*", "", marked)
    return "\n".join(indent + line.strip() for line in bare.splitlines() if line.strip())


def _said(library: Library, schema: Any) -> str:
    target = library.defs.get(str(schema.get("$ref", "")).rsplit("/", 1)[-1], {})
    return str(schema.get("description") or schema.get("title") or target.get("description") or "")


def _show_topic(topic: Topic) -> None:
    result(f"{topic.title}  {topic.id}  版本 {topic.version}（{topic.origin}）")
    for aspect, options in topic.aspects.items():
        for number, wording in enumerate(options, 1):
            result(f"\n{aspect} {number}：{wording.title}")
            result(f"  {wording.sentence}。")
            for sentence in wording.more:
                result(f"  + {sentence}。")


def _show_occasion(library: Library, occasion: Occasion) -> None:
    result(f"{occasion.title}  {occasion.id}  版本 {occasion.version}（{occasion.origin}）")
    result(f"{_remark(occasion)}，每分钟 {occasion.rate} 字")
    for section in occasion.sections:
        recipes = "；".join("＋".join(r) if isinstance(r, list) else r for r in section.get("句式", ()))
        result(f"· {library.function(section['功能']).title}：{recipes}")
