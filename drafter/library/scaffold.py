"""Starter files for authors of packs: commented, valid as they are, and refused rather than written wrong.

Nothing is written here; `starter` gives the path inside the pack and the text.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from drafter.errors import LibraryError, Place, Problem
from drafter.library.files import open_files
from drafter.library.functions import FUNCTIONS, Function
from drafter.library.invention import invented
from drafter.library.model import ASPECTS
from drafter.library.names import near
from drafter.library.reading import read_pack
from drafter.library.scaffold_texts import HEADING, LIST, MANIFEST, OCCASION, README, SENTENCE, TOPIC

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["KINDS", "new_entry", "new_pack", "pattern_place", "root_of"]

KINDS = ("模板包", "句式", "业务素材", "场合")

_MAX_TITLE = 30
_MARKS_OF_TITLES = "·、（）—-"
_ASPECT_OF = {"achieve": "成绩", "situation": "形势", "problem": "问题", "task": "任务", "safeguard": "保障"}
_ENTRIES = {"句式": "patterns", "业务素材": "topics", "场合": "occasions"}


def new_pack(pack: str, title: str) -> dict[str, str]:
    """The files of an empty pack, name → text. Raises LibraryError (E314 id, E350 title)."""
    if not _is_name(pack):
        hint = "例如 acme；它是每个编号的第一段，定了就不再改"
        raise _wrong("E314", f"模板包的 id 只用小写字母、数字和连字符，以字母开头：{pack or '（没有写）'}", hint)
    words = {"id": pack, "title": _title(title)}
    return {"pack.yaml": _filled(MANIFEST, words), "README.md": _filled(README, {"id": pack, "title": title})}


def new_entry(kind: str, name: str, title: str, folder: Path) -> tuple[str, str]:
    """(path inside the pack, text) of a new 句式, 业务素材 or 场合 for the pack in `folder`.

    Raises LibraryError: E301 no pack there, E306 the title is taken, E314 wrong id, E316 the id is taken, E317
    no such function, E344 a topic whose title holds a fact, E350 a title that cannot be one; and what is wrong
    with pack.yaml.
    """
    pack, records = _read(folder)
    function = _function(kind, name, pack)
    stem = name.rsplit(".", 1)[-1]
    words = {"id": name, "title": _title(title), "bare": title, "noun": title.removesuffix("工作") + "工作"}
    _free(kind, name, title, records[_ENTRIES[kind]], folder)
    if kind == "业务素材":
        if fact := next(invented(title), None):
            raise _wrong("E344", f"业务素材的名称里不能有「{fact[0]}」：{title}", "数字、字母和引号都不用，写成中文")
        return f"topics/{stem}.yaml", _filled(TOPIC, words)
    if function is None:
        return f"occasions/{stem}.yaml", _filled(OCCASION, words)
    slot = _ASPECT_OF.get(function.code, "要点")
    words |= {"function": function.code, "meaning": f"{function.title}——{function.meaning}", "slot": slot}
    words["from"] = "业务素材里也有，素材单没写时就用那里的" if slot in ASPECTS else "只从素材单来"
    text = {"heading": HEADING, "front": SENTENCE}.get(function.code, LIST)
    return f"patterns/{function.code}/{stem}.j2", _filled(text, words)


def root_of(output: Path) -> tuple[Path, str, str]:
    """(folder of the pack, function, name) that a place for a pattern means: a pack, a folder in it, or a file.

    The function and the name are "" where the place does not say them; the folder may be no pack yet.
    """
    folder, name = (output.parent, output.stem) if output.suffix == ".j2" else (output, "")
    inside = folder.parent.name == "patterns"
    code = folder.name if inside and folder.name in {function.code for function in FUNCTIONS} else ""
    above = folder.parent.parent if inside else folder.parent if folder.name == "patterns" else folder
    return above, code, name


def pattern_place(root: Path, code: str, name: str, title: str, *, force: bool = False) -> tuple[str, str]:
    """(path inside the pack, id) of a pattern with this function and name in the pack at `root`.

    Raises LibraryError as `new_entry` does. `force`: one of the same id may be there.
    """
    pack, records = _read(root)
    entry = f"{pack}.{code}.{name}"
    _function("句式", entry, pack)
    _title(title)
    _free("句式", entry, title, [r for r in records["patterns"] if not (force and r["id"] == entry)], root)
    return f"patterns/{code}/{name}.j2", entry


def _read(folder: Path) -> tuple[str, dict[str, list[dict[str, str]]]]:
    """The id of the pack in `folder`, and the records of what it holds."""
    if not (folder / "pack.yaml").is_file():
        hint = (
            f"先建模板包：drafter library new 模板包 {folder.name or '我的模板'} --id acme；或用 -o 指明模板包的文件夹"
        )
        raise LibraryError(Problem("E301", "这里没有模板包（缺 pack.yaml）", Place(str(folder)), hint))
    contents, problems = read_pack(open_files(folder))
    of_manifest = [p for p in problems if p.place and p.place.file.endswith("pack.yaml")]
    if of_manifest:
        raise LibraryError(*of_manifest)
    return contents["manifest"]["id"], contents


def _function(kind: str, name: str, pack: str) -> Function | None:
    """The function that the id of a pattern names; None for the other kinds."""
    parts = name.split(".")
    shape = f"{pack}.功能.名字" if kind == "句式" else f"{pack}.名字"
    example = (
        f"{pack}.task.my-points" if kind == "句式" else f"{pack}.my-{'topic' if kind == '业务素材' else 'meeting'}"
    )
    hint = f"{kind}的 id 写成 {shape}，如 {example}"
    if len(parts) != shape.count(".") + 1:
        raise _wrong("E314", f"id 的段数不对：{name}", hint)
    if parts[0] != pack:
        raise _wrong("E314", f"id 要以模板包的 id「{pack}」开头：{name}", f"{hint}；要改写别的包，见模板作者手册")
    if not _is_name(parts[-1]):
        raise _wrong("E314", f"名字只用小写字母、数字和连字符，以字母开头：{parts[-1]}", f"{hint}；中文名写在 --title")
    if kind != "句式":
        return None
    codes = {function.code: function for function in FUNCTIONS}
    if parts[1] not in codes:
        known = "、".join(f"{function.code} {function.title}" for function in FUNCTIONS)
        raise _wrong("E317", f"没有功能「{parts[1]}」", near(parts[1], codes) or f"可用：{known}")
    return codes[parts[1]]


def _free(kind: str, name: str, title: str, records: list[dict[str, str]], folder: Path) -> None:
    """Refuse an id or a title that the pack has already."""
    for record in records:
        place = Place(f"{folder}/{record['file']}")
        if record["id"] == name:
            raise LibraryError(
                Problem("E316", f"模板包里已经有 {name}，没有覆盖", place, "换一个 id，或直接修改那个文件")
            )
        if title.casefold() in {record["title"].casefold(), *(alias.casefold() for alias in record.get("aliases", ()))}:
            message = f"模板包里已经有叫「{title}」的{kind}（{record['id']}）"
            raise LibraryError(Problem("E306", message, place, "用 --title 另起一个名称"))


def _title(title: str) -> str:
    """The title as YAML writes it."""
    good = title and len(title) <= _MAX_TITLE and all(c.isalnum() or c in _MARKS_OF_TITLES for c in title)
    if not good:
        hint = f"用 --title 写一个中文名，{_MAX_TITLE} 字以内，不带空格和标点，如 --title 三条任务"
        raise _wrong("E350", f"名称不合适：{title or '（没有写）'}", hint)
    plain = title[0].isalpha() and title not in ("true", "false", "null")
    return title if plain else json.dumps(title, ensure_ascii=False)


def _is_name(text: str) -> bool:
    return text.isascii() and text[:1].isalpha() and text == text.lower() and text.replace("-", "").isalnum()


def _filled(text: str, words: dict[str, str]) -> str:
    """`text` with every ‹word› replaced."""
    for word, value in words.items():
        text = text.replace(f"‹{word}›", value)
    return text


def _wrong(code: str, message: str, hint: str) -> LibraryError:
    return LibraryError(Problem(code, message, None, hint))
