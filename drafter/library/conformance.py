"""What a pack must keep to: declared slots, true examples, nothing invented, names that lead somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from drafter.errors import LibraryError, Place, Problem
from drafter.library.conformance_lines import Lines
from drafter.library.conformance_trials import trials
from drafter.library.export import pattern_schema
from drafter.library.invention import invented, literals
from drafter.library.names import near
from drafter.library.plain import tidy
from drafter.library.slots import COMPUTED, CONTEXT_NAMES

if TYPE_CHECKING:
    from drafter.library.library import Library
    from drafter.library.model import JsonSchema, Occasion, Pattern, Topic
    from drafter.library.strict_yaml import DataPath

__all__ = ["check"]


def check(library: Library, pack: str | None = None) -> list[Problem]:
    """All problems of the library, or of one pack of it; [] where it conforms.

    E301–E319 and E345 stand here where the library was loaded with `strict=False`; then E318 (an occasion names what
    is not there), E330 and E331 (template), E340 (slot used, not declared), E341 (declared, not used), E342
    (example missing), E343 (example differs), E344 (a fact in literal text), E346 (one slot, two schemas), E347
    (schema wrong, or an example that does not fit it), E348 (reads badly in some 措辞, 语气 or 听众).
    """
    problems = list(library.problems)
    if pack is not None:
        root = library.pack(pack).place
        problems = [p for p in problems if p.place and (p.place.file == root or p.place.file.startswith(f"{root}/"))]
    slots: dict[str, tuple[Pattern, JsonSchema]] = {}
    for pattern in sorted(library.patterns, key=lambda pattern: pattern.pack == pack):  # what is checked comes last
        shared = list(_shared_slots(library, pattern, slots))
        problems += [*_pattern(library, pattern), *shared] if pack in (None, pattern.pack) else []
    for topic in library.topics:
        problems += _topic(library, topic) if pack in (None, topic.pack) else []
    for occasion in library.occasions:
        problems += _occasion(library, occasion) if pack in (None, occasion.pack) else []
    return problems


# -- patterns ----------------------------------------------------------------------------------


def _pattern(library: Library, pattern: Pattern) -> Iterator[Problem]:
    sandbox = library.sandbox(pattern.pack)
    broken = sandbox.verify(pattern.file)
    if broken:
        yield from broken
        return
    lines = Lines(library, pattern)
    yield from _names(pattern, lines, sandbox.names(pattern.file))
    for text, line in literals(sandbox.tree(pattern.file)):
        for fragment, offset in invented(text):
            yield _invention(fragment, lines.line(line + offset))
    wrong = list(_examples(library, pattern, lines))
    yield from wrong
    if all(problem.code == "E342" for problem in wrong):
        yield from trials(library, pattern)


def _names(pattern: Pattern, lines: Lines, used: set[str]) -> Iterator[Problem]:
    for name in sorted(used - set(pattern.slots) - set(CONTEXT_NAMES)):
        hint = near(name, pattern.slots) or "在 slots 里加上它，写明类型和问法"
        yield Problem("E340", f"用到的要素「{name}」没有在 slots 里说明", lines.first(name, pattern.line), hint)
    for name in pattern.slots:
        if name not in used:
            hint = near(name, used - set(pattern.slots)) or "不用就从 slots 里删去"
            yield Problem("E341", f"说明了要素「{name}」，模板里却没有用到", lines.at("slots", name), hint)


def _examples(library: Library, pattern: Pattern, lines: Lines) -> Iterator[Problem]:
    import jsonschema_rs

    try:
        validator = jsonschema_rs.Draft202012Validator(pattern_schema(library, pattern))
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        yield Problem("E347", f"slots 不是合格的 JSON Schema：{_first_line(error)}", lines.at("slots"))
        return
    shown = {str(example["in"].get("措辞", "")) for example in pattern.examples}
    for number, variant in enumerate(pattern.variants if pattern.examples else ()):
        if variant.key not in shown and len(pattern.variants) > 1:
            place = lines.at("variants", number)
            yield Problem("E342", f"措辞「{variant.key}」没有例子", place, "在 examples 里各写一个")
    if not pattern.examples:
        yield Problem("E342", "句式没有例子", lines.at("examples"), "在 examples 里写输入和输出，它们就是测试")
    for index, example in enumerate(pattern.examples):
        for wrong in validator.iter_errors({key: _as_given(value) for key, value in example["in"].items()}):
            where = "".join(f"[{part}]" for part in wrong.instance_path)
            place = lines.at("examples", index, "in", *wrong.instance_path)
            yield Problem("E347", f"第 {index + 1} 个例子不合要素的说明：{where}{_first_line(wrong)}", place)
        yield from _example(library, pattern, index, lines)


def _example(library: Library, pattern: Pattern, index: int, lines: Lines) -> Iterator[Problem]:
    example = pattern.examples[index]
    try:
        text = library.render(pattern, example["in"])
    except LibraryError as error:
        yield from error.problems
        return
    wanted = tidy(example["out"])
    if text != wanted:
        message = f"第 {index + 1} 个例子的结果不一样：应为「{wanted}」，实为「{text}」"
        hint = "out 写错了就改 out；写对了就改模板"
        yield Problem("E343", message, lines.at("examples", index, "out"), hint)


def _as_given(value: Any) -> Any:
    """An example without the keys that are worked out for templates and stand in no brief."""
    if isinstance(value, dict):
        return {key: _as_given(item) for key, item in value.items() if key not in COMPUTED}
    return [_as_given(item) for item in value] if isinstance(value, list) else value


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).split("\n")[0]


def _shared_slots(library: Library, pattern: Pattern, seen: dict[str, tuple[Pattern, JsonSchema]]) -> Iterator[Problem]:
    """A slot has one shape in all patterns, since a brief gives it once."""
    for name, schema in pattern.slots.items():
        other, present = seen.setdefault(name, (pattern, schema))
        if _shape(present) != _shape(schema):
            message = f"要素「{name}」的类型不同：这里是 {_shape(schema)}，{other.id} 里是 {_shape(present)}"
            place = Lines(library, pattern).at("slots", name)
            yield Problem("E346", message, place, "改成同一种，或换个名字")


def _shape(schema: Any) -> str:
    if not isinstance(schema, dict):
        return ""
    branches = [_shape(branch) for branch in schema.get("anyOf") or schema.get("oneOf") or ()]
    kind = schema.get("$ref", schema.get("type", ""))
    inner = [f"{key}:{_shape(value)}" for key, value in sorted(schema.get("properties", {}).items())]
    items = f"[{_shape(schema['items'])}]" if "items" in schema else ""
    return (
        f"{kind}{items}{'|'.join(sorted(branches))}{{{','.join(inner)}}}"
        if inner
        else f"{kind}{items}{'|'.join(branches)}"
    )


# -- topics and occasions ----------------------------------------------------------------------


def _topic(library: Library, topic: Topic) -> Iterator[Problem]:
    texts: list[tuple[DataPath, str]] = [(("title",), topic.title), (("noun",), topic.noun)]
    texts += [(("aliases", index), alias) for index, alias in enumerate(topic.aliases)]
    for aspect, wordings in topic.aspects.items():
        for number, wording in enumerate(wordings):
            texts += [((aspect, number, "题"), wording.title), ((aspect, number, "句"), wording.sentence)]
            texts += [((aspect, number, "展", index), text) for index, text in enumerate(wording.more)]
    lines = Lines(library, topic)
    for path, text in texts:
        yield from (_invention(fragment, lines.at(*path), text) for fragment, _ in invented(text))


def _occasion(library: Library, occasion: Occasion) -> Iterator[Problem]:
    lines = Lines(library, occasion)
    for key in ("title", "salutation"):
        if name := occasion.front[key]:
            yield from _known(library.pattern, name, lines, "front", key)
    for index, section in enumerate(occasion.sections):
        yield from _section(library, section, lines, ("sections", index))


def _section(library: Library, section: Mapping[str, Any], lines: Lines, path: DataPath) -> Iterator[Problem]:
    for row, recipe in enumerate(section.get("句式", ())):
        names = [each for name in (recipe if isinstance(recipe, list) else [recipe]) for each in name.split("|")]
        for name in names:
            yield from _known(library.pattern, name.strip().rstrip("?？").strip(), lines, *path, "句式", row)
    for row, name in enumerate(section.get("业务", ())):
        yield from _known(library.topic, name, lines, *path, "业务", row)
    texts = [*_texts(section.get("正文", []), (*path, "正文")), *_texts(section.get("要素", {}), (*path, "要素"))]
    heading = section.get("标题", "")
    if heading.isascii() and heading:
        yield from _known(library.pattern, heading, lines, *path, "标题")
    elif list(_known(library.pattern, heading, lines)):
        texts.append((heading, (*path, "标题")))
    for text, where in texts:
        yield from (_invention(fragment, lines.at(*where), text) for fragment, _ in invented(text))


def _known(find: Callable[[str], object], name: str, lines: Lines, *path: str | int) -> Iterator[Problem]:
    try:
        find(name)
    except LibraryError as error:
        problem = error.problems[0]
        yield Problem("E318", problem.message, lines.at(*path), problem.hint)


def _texts(value: Any, path: DataPath) -> Iterator[tuple[str, DataPath]]:
    if isinstance(value, str):
        yield value, path
    elif isinstance(value, (dict, list)):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(item, (*path, key))


def _invention(fragment: str, place: Place, text: str = "") -> Problem:
    where = f"（{text}）" if text else ""
    return Problem(
        "E344", f"模板里不能写具体内容「{fragment}」{where}", place, "数字、日期、名称、文件和引语都由素材单给出"
    )
