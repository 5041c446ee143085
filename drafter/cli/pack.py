"""`drafter library new`: starter files for authors of packs; nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path

from drafter.cli.console import say
from drafter.errors import InputError, LibraryError, OutputError, Place, Problem
from drafter.library import Library, Occasion, Pattern, Topic
from drafter.write import write_bytes

__all__ = ["new_in_library"]

_KINDS = {"句式": Pattern, "业务素材": Topic, "场合": Occasion}


def new_in_library(kind: str, name: str, title: str, pack_id: str, output: Path | None) -> int:
    """A pack, or one entry of a pack.

    name    the folder of a pack (its title unless `title` says otherwise), the id of an entry
    output  the pack's folder for an entry, the working folder without it
    """
    from drafter.library.names import near
    from drafter.library.scaffold import KINDS

    if not kind or not name:
        hint = "如 drafter library new 模板包 我的模板 --id acme；由旧稿写句式用 --from 旧讲话.docx"
        raise InputError(Problem("E613", "要写明类别和名字", hint=hint))
    if kind not in KINDS:
        raise LibraryError(Problem("E608", f"没有类别“{kind}”", hint=near(kind, KINDS) or "可用：" + "、".join(KINDS)))
    if kind == "模板包":
        return _pack(Path(name) if output is None else output / name, title, pack_id)
    if pack_id:
        raise InputError(Problem("E613", "--id 只用于模板包", hint=f"{kind}的 id 直接写在“{kind}”后面"))
    return _entry(kind, name, title, output or Path())


def _pack(folder: Path, title: str, pack_id: str) -> int:
    from drafter.library.scaffold import new_pack

    files = new_pack(pack_id, title or folder.resolve().name)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise OutputError(
                Problem("E502", "已经有了，没有覆盖", Place(str(folder)), "换一个名字，或先移走里面的文件")
            )
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            Problem("E505", f"建不成文件夹：{error.strerror}", Place(str(folder)), "换一个地方")
        ) from None
    for name, text in files.items():
        write_bytes(text.encode(), folder / name)
    say(f"已建好模板包 {folder}。接着加内容，如：")
    say(f"  drafter library new 句式 {pack_id}.task.my-points --title 三条任务 -o {folder}")
    return 0


def _entry(kind: str, name: str, title: str, folder: Path) -> int:
    from drafter.library.scaffold import new_entry

    path, text = new_entry(kind, name, title, folder)
    target = folder / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(Problem("E505", f"建不成文件夹：{error.strerror}", Place(str(target.parent)))) from None
    write_bytes(text.encode(), target)
    _note_shadow(kind, name, title, folder)
    say(f"已写出 {target}。改完检查：drafter library check {folder}")
    if kind == "句式":
        say(f"看写出来的样子：drafter library render {name} --pack {folder}")
    return 0


def _note_shadow(kind: str, name: str, title: str, folder: Path) -> None:
    """Say so where another pack has an entry of this title: with this pack, the title means the new one."""
    library = Library.load([folder], strict=False)
    entries: list[Pattern | Topic | Occasion] = [*library.patterns, *library.topics, *library.occasions]
    for entry in entries:
        if entry.title == title and entry.id != name and isinstance(entry, _KINDS[kind]):
            say(f"注意：{entry.pack} 里也有「{title}」（{entry.id}）；加载这个包以后，这个名称指新的一个。")
