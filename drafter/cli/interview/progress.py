"""The autosave: a valid brief beside the target, with what else an interview has to remember in comment lines."""

from __future__ import annotations

import json
import os
import re
import shlex
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafter.brief import Brief, DataPath, dump, load_brief
from drafter.errors import BriefError, OutputError, Problem
from drafter.library import Library, PackOrigin

if TYPE_CHECKING:
    from drafter.cli.interview.state import State

__all__ = ["forget", "load", "partial_path", "resume_command", "save"]

_MARK = "drafter-new "
_LINE = re.compile(rf"# {_MARK}(\{{.*\}})")


def partial_path(path: Path) -> Path:
    """素材单.yaml → 素材单.yaml.partial"""
    return path.with_name(path.name + ".partial")


def save(state: State, path: Path) -> None:
    """Write the progress for `path`: readable by its owner only, and all or nothing, whatever happens meanwhile.

    Raises OutputError E612.
    """
    if not state.data:
        return
    memory = {
        "skipped": sorted(map(list, state.skipped), key=str),
        "open": [[list(key), value] for key, value in state.open.items()],
        "offered": state.offered,
        "chosen": list(map(list, state.chosen)),
    }
    line = "".join(
        each if each.isprintable() else json.dumps(each)[1:-1] for each in json.dumps(memory, ensure_ascii=False)
    )
    heading = f"# drafter new 的进度，还没有答完；接着做：drafter new -o {path.name} --resume\n# {_MARK}{line}\n"
    _replace(partial_path(path), (heading + dump(state.data)).encode(errors="replace"))


def load(state: State, path: Path) -> None:
    """Take up the progress for `path`. Raises InputError or BriefError where the file cannot be used."""
    partial = partial_path(path)
    brief = load_brief(partial, slots=state.slots)
    state.data = _faithful(brief, state.slots)
    memory = _memory(partial.read_text(encoding="utf-8", errors="replace"))
    state.skipped = {tuple(each) for each in memory.get("skipped", ())}
    state.open = {tuple(key): value for key, value in memory.get("open", ())}
    state.offered = str(memory.get("offered", ""))
    state.chosen = [tuple(each) for each in memory.get("chosen", ())]


def forget(path: Path) -> None:
    """Remove the progress for `path`: the brief itself is written."""
    partial_path(path).unlink(missing_ok=True)


def resume_command(path: Path, library: Library) -> str:
    """What to type to go on."""
    words = ["drafter", "new", "-o", str(path)]
    for pack in library.packs:
        if pack.origin is PackOrigin.GIVEN:
            words += ["--pack", pack.place]
    words.append("--resume")
    if os.name == "nt":
        return " ".join(f'"{word}"' if re.search(r"[\s&()^]", word) else word for word in words)
    return " ".join(word if re.fullmatch(r"[\w./:+=-]+", word) else shlex.quote(word) for word in words)


def _faithful(brief: Brief, slots: dict[str, Any]) -> dict[str, Any]:
    """The data with 1.10 and 40.0 as text where a number would lose its form."""
    texts = _kept(brief.data, brief, ())
    try:
        return load_brief(texts, slots=slots).data
    except BriefError:
        return brief.data


def _kept(value: Any, brief: Brief, path: DataPath) -> Any:
    if isinstance(value, dict):
        return {key: _kept(each, brief, (*path, key)) for key, each in value.items()}
    if isinstance(value, list):
        return [_kept(each, brief, (*path, index)) for index, each in enumerate(value)]
    raw = brief.raw(path)
    return raw if isinstance(value, float) and raw not in (None, repr(value)) else value


def _memory(text: str) -> dict[str, Any]:
    for line in text.splitlines()[:5]:
        if found := _LINE.fullmatch(line.strip()):
            try:
                memory = json.loads(found[1])
            except ValueError:
                return {}
            return memory if isinstance(memory, dict) else {}
    return {}


def _replace(path: Path, content: bytes) -> None:
    """A new file (mode 0600, as mkstemp makes it) takes the place of the old one once it is on the disk."""
    name = ""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        why = os.strerror(error.errno) if error.errno else "写不进去"
        hint = "换一个 -o 文件名，或检查文件夹的权限和磁盘空间"
        raise OutputError(Problem("E612", f"进度存不下来：{path}（{why}）", hint=hint)) from None
