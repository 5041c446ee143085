"""The interview itself: questions until nothing is lacking, an autosave after each line, a review at the end."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafter.cli.console import say
from drafter.cli.interview.asker import Asker, BackError, Option, Prompt
from drafter.cli.interview.edit import edit_list
from drafter.cli.interview.fill import LEFT, Filler
from drafter.cli.interview.progress import load, partial_path, resume_command, save
from drafter.cli.interview.review import remainder, rows, summary
from drafter.cli.interview.shape import Kind
from drafter.cli.interview.state import Ask, Offer, State
from drafter.cli.interview.typed import show
from drafter.errors import DrafterError

if TYPE_CHECKING:
    from drafter.brief import DataPath
    from drafter.library import Library

__all__ = ["Answers", "interview", "talk"]

_KEYS = "回车跳过；< 回上一题；? 看说明；Ctrl-C 存好退出，随时可以接着做"


class Answers(dict[str, Any]):
    """The data of a brief. `speech`: the speech is wanted too, not the brief alone."""

    def __init__(self, data: dict[str, Any], speech: bool) -> None:
        super().__init__(data)
        self.speech = speech


class _Leave(Exception):  # noqa: N818 - no error: the person is done for today
    """退出，保留进度."""


def interview(path: Path, library: Library, occasion: str | None, resume: bool) -> Answers:
    """Ask at the terminal for the facts of one speech; `path` is where the brief will be written.

    The progress is kept beside `path` after every line and stays there until `forget(path)`.

    Raises InputError E611 without a terminal, LibraryError for an unknown occasion, OutputError where the
    progress cannot be saved, BriefError where a progress was edited by hand and is not valid any more, and
    typer.Exit (130 after Ctrl-C or Ctrl-D, 0 where the person chose to leave) once the way to go on is said.
    """
    from drafter.cli.interview.terminal import open_terminal

    return talk(open_terminal(), State(library, dt.date.today()), path, occasion, resume)


def talk(asker: Asker, state: State, path: Path, occasion: str | None, resume: bool) -> Answers:
    """`interview` with a given terminal."""
    import typer

    try:
        talking = _Talk(asker, state, path)
        talking.begin(state.library.occasion(occasion).title if occasion else "", resume)
        return talking.go_on()
    except (KeyboardInterrupt, EOFError):
        status = 130
    except _Leave:
        status = 0
    if partial_path(path).exists():
        say(f"已存到 {partial_path(path)}，接着做：{resume_command(path, state.library)}")
    else:
        say("还没有回答，没有存下什么。")
    raise typer.Exit(status)


class _Talk:
    def __init__(self, asker: Asker, state: State, path: Path) -> None:
        self._asker, self._state, self._path = asker, state, path
        self._filler = Filler(asker, state.fault, state.today)
        self._stage = ""

    # -- the beginning -----------------------------------------------------------------------------

    def begin(self, occasion: str, resume: bool) -> None:
        """Take up an earlier progress, or start anew; never over an earlier one without being told to."""
        partial = partial_path(self._path)
        exists = partial.exists()
        if exists and not resume:
            resume = self._take_up(partial)
        elif resume and not exists:
            self._asker.tell(f"没有找到上次的进度（{partial}），从头开始。")
            resume = False
        if resume:
            load(self._state, self._path)
            answered = sum(bool(row.text) for row in rows(self._state))
            skipped = len(self._state.skipped)
            self._asker.tell(f"接着上次做：已答 {answered} 项" + (f"，跳过 {skipped} 项" if skipped else "") + "。")
        self._asker.tell(_KEYS)
        if occasion and self._state.value(("场合",)) != occasion:
            self._answer(("场合",), "场合", occasion)

    def _take_up(self, partial: Path) -> bool:
        options = [
            Option("接着上次做", "on"),
            Option("重新开始（上次的进度改名保留）", "anew"),
            Option("退出", "leave"),
        ]
        while True:
            try:
                chosen = self._asker.choose(Prompt(f"{partial} 里有上次没答完的进度"), options)
            except BackError:
                continue
            break
        if chosen == "leave":
            raise _Leave
        if chosen == "anew":
            numbers = itertools.count(1)
            old = next(name for n in numbers if not (name := partial.with_name(f"{partial.name}.{n}")).exists())
            partial.rename(old)
            self._asker.tell(f"上次的进度改名为 {old}")
        return chosen == "on"

    # -- questions ---------------------------------------------------------------------------------

    def go_on(self) -> Answers:
        """Ask until the person is content."""
        while True:
            step = self._state.next()
            if isinstance(step, Ask):
                self._ask(step)
            elif isinstance(step, Offer):
                self._offer(step)
            elif (answers := self._review()) is not None:
                return answers

    def _ask(self, ask: Ask, *, edit: bool = False) -> None:
        state, shape, path = self._state, ask.shape, ask.path
        if ask.stage and ask.stage != self._stage and not edit:
            self._stage = ask.stage
            self._asker.tell(f"\n{ask.stage}")
        used = f"（用在：{'、'.join(ask.used_by[:3])}）" if ask.used_by else ""
        prompt = Prompt(shape.title, shape.question + used)
        before = state.open.get(path, state.value(path))
        try:
            value = self._filler.fill(
                shape, path, prompt, ask.empty, before, self._keeper(path), usual=ask.usual, edit=edit
            )
        except BackError:
            if not edit:
                self._back()
            return
        if value is LEFT:
            state.skipped.add(path)
            save(state, self._path)
            self._asker.done(shape.title, "")
        else:
            self._answer(path, shape.title, value, f"按常规，{ask.usual}" if ask.usual else "跳过")

    def _keeper(self, path: DataPath) -> Any:
        def keep(part: Any) -> None:
            self._state.open[path] = part
            self._state.skipped.discard(path)
            save(self._state, self._path)

        return keep

    def _answer(self, path: DataPath, title: str, value: Any, instead: str = "跳过") -> None:
        self._state.answer(path, value)
        save(self._state, self._path)
        self._asker.done(title, show(self._state.value(path)) if path != ("业务",) else "、".join(value or ()), instead)

    def _back(self) -> None:
        path = self._state.undo()
        if path is None:
            self._asker.tell("  前面没有问过的题了")
        else:
            self._ask(self._state.find(path))

    def _offer(self, offer: Offer) -> None:
        state = self._state
        options = [Option(label, str(number)) for number, (_, label) in enumerate(offer.choices)]
        prompt = Prompt("还可以补充", f"共 {len(options)} 项，选中的再问，不选的文稿里就不写；越靠前分量越重")
        marked = [str(n) for n, (paths, _) in enumerate(offer.choices) if set(paths) & set(state.chosen)]
        try:
            picked = self._asker.several(prompt, options, marked)
        except BackError:
            self._back()
            return
        state.chosen = [path for number in picked for path in offer.choices[int(number)][0]]
        state.skipped.difference_update(state.chosen)
        state.offered = state.data["场合"]
        save(state, self._path)

    # -- the review --------------------------------------------------------------------------------

    def _review(self) -> Answers | None:
        """None where something changed and there may be more to ask."""
        state = self._state
        self._stage = ""
        answered = [(row.title, row.text) for row in rows(state) if row.text]
        self._asker.table("请过目", answered)
        try:
            found = summary(state)
        except DrafterError as error:
            self._asker.tell(f"还成不了稿：{error}")
        else:
            if found.gaps:
                self._asker.tell(f"文稿里会标【待补】的有 {len(found.gaps)} 处：{'、'.join(found.gaps)}")
            for note in found.notes:
                self._asker.tell(note)
        options = [
            Option("生成文稿", "speech"),
            Option("修改某一项", "change"),
            Option("只存素材单", "brief"),
            Option("退出（保留进度）", "leave"),
        ]
        try:
            chosen = self._asker.choose(Prompt("下一步"), options)
        except BackError:
            chosen = "change"
        if chosen == "leave":
            raise _Leave
        if chosen == "change":
            self._change()
            return None
        return Answers(remainder(state), speech=chosen == "speech")

    def _change(self) -> None:
        state = self._state
        found = rows(state)
        options = [Option(row.label, str(number)) for number, row in enumerate(found)]
        options += [Option("补充别的事实……", "more"), Option("不改了", "none")]
        try:
            chosen = self._asker.choose(Prompt("修改哪一项"), options)
        except BackError:
            return
        if chosen == "none":
            return
        if chosen == "more":
            state.offered = ""
            return
        ask = state.find(found[int(chosen)].path)
        shape = ask.shape
        begun = state.open.get(ask.path, state.value(ask.path))
        if shape.kind is Kind.LIST and shape.item and shape.item.kind is not Kind.CHOICE and begun:
            edit_list(self._filler, ask, begun if isinstance(begun, list) else [begun], self._change_list)
        else:
            self._ask(ask, edit=True)

    def _change_list(self, ask: Ask, items: list[Any]) -> None:
        if items and self._state.fault(ask.path, items):
            self._keeper(ask.path)(items)
            self._state.skipped.add(ask.path)
        else:
            self._state.answer(ask.path, items)
        save(self._state, self._path)
