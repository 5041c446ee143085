"""Makes the pictures of this folder anew from the real program: pages, comments, the dialogue.

    .venv/bin/python docs/images/make.py [--fonts FOLDER] [page review …]

`.venv` is that of `python3 run.py test` (Pillow is in it). Needs LibreOffice (`soffice`) and `pdftoppm`; for
the dialogue also tmux. The page that you see depends on the fonts: what the system lacks, LibreOffice replaces;
`--fonts` names a folder with more of them. No font is part of this project.
"""
# ruff: noqa: S603, S607 - programs of the system, arguments of our own

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DRAFTER = [sys.executable, "-P", "-m", "drafter"]
DPI = 110
GREY, EDGE, LINE = (246, 246, 246), (190, 190, 190), (214, 150, 60)

# What is typed in the dialogue of README.zh-CN.md: a line, or ("pick", option), or ("tick", options).
Answer = str | tuple[str, str] | tuple[str, tuple[str, ...]]
ANSWERS: tuple[Answer, ...] = (
    "全区工资集体协商工作推进会",
    "工资集体协商工作",
    "区总工会",
    ("pick", "区"),
    "区总工会主席",
    "林某",
    "2025-04-10",
    "",
    "",
    "8分钟",
    ("tick", ("工资集体协商", "普法宣传")),
    "东湖街道总工会",
    "介绍了行业工资协商的做法",
    "",
)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Makes the pictures of docs/images anew.")
    parser.add_argument("--fonts", type=Path, help="a folder with fonts that the system lacks")
    parser.add_argument("name", nargs="*", help=f"only these: {' '.join(PICTURES)}")
    options = parser.parse_args(arguments)
    if unknown := set(options.name) - set(PICTURES):
        parser.error(f"no such picture: {' '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = _environment(folder, options.fonts)
        for picture, make in PICTURES.items():
            if not options.name or picture in options.name:
                target = HERE / f"{picture}.png"
                _save(make(folder, env), target)
                print(f"{target.relative_to(ROOT)}: {target.stat().st_size / 1000:.0f} kB")
    return 0


def brief_before(picture: str) -> str:
    """The brief that a picture shows: the last one that stands before the picture in a README."""
    for name in ("README.zh-CN.md", "README.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        before, found, _ = text.partition(f"docs/images/{picture}.png")
        if found:
            return str(re.findall(r"^```yaml\n(场合:.*?)^```", before, re.MULTILINE | re.DOTALL)[-1])
    raise SystemExit(f"no README shows {picture}.png")


# -- pages -------------------------------------------------------------------------------------------


def _page(folder: Path, env: Mapping[str, str]) -> Image.Image:
    """The first page."""
    pages = _pages(_draft(folder, brief_before("page"), "报审"), env)
    return _scaled(_framed(pages[0]), 1000)


def _gaps(folder: Path, env: Mapping[str, str]) -> Image.Image:
    """The upper half of a page with gaps."""
    page = _pages(_draft(folder, brief_before("gaps"), "报审"), env)[0]
    return _scaled(_framed(page.crop((0, int(page.height * 0.11), page.width, int(page.height * 0.6)))), 1000)


def _review(folder: Path, env: Mapping[str, str]) -> Image.Image:
    """The 核稿 copy: what is to be confirmed stands in the margin, drawn here from the comments of the file.

    (LibreOffice without a window exports where a comment is and what it says, not the margin itself.)
    """
    document = _draft(folder, brief_before("review"), "核稿")
    page = _pages(document, env)[0]
    _export(document, env, ExportNotes=True)
    notes = _notes(document.with_suffix(".pdf"))
    whole = Image.new("RGB", (page.width + 330, page.height), (255, 255, 255))
    whole.paste(page, (0, 0))
    draw, font, below = ImageDraw.Draw(whole), _font("Sans", "Regular", 17), 0
    draw.rectangle((page.width, 0, whole.width, whole.height), fill=GREY)
    for x, y, text in notes:
        lines = [line for part in text.split("\n") for line in _folded(part, font, 290)]
        top = max(below + 8, int(y) - 30)
        if top + 24 * len(lines) + 10 > page.height * 0.875:
            break
        below = top + 24 * len(lines) + 10
        shade = (255, 242, 204) if text.startswith(("待补", "请确认")) or "未核实" in text else (255, 255, 255)
        draw.line((x, y, page.width - 30, y, page.width + 12, top + 16), fill=LINE)
        draw.rectangle((page.width + 12, top, whole.width - 12, below), fill=shade, outline=EDGE)
        for row, line in enumerate(lines):
            draw.text((page.width + 20, top + 4 + 24 * row), line, font=font, fill=(40, 40, 40))
    return _scaled(_framed(whole.crop((60, int(page.height * 0.11), whole.width, int(page.height * 0.885)))), 1200)


def _lectern(folder: Path, env: Mapping[str, str]) -> Image.Image:
    """The 朗读 copy: large type, a sentence never over the end of a page, minutes in the margin."""
    pages = _pages(_draft(folder, brief_before("lectern"), "朗读"), env)
    return _side_by_side([_framed(page) for page in pages[:2]], 1300)


def _draft(folder: Path, brief: str, copy: str) -> Path:
    source, target = folder / "素材单.yaml", folder / f"{copy}.docx"
    source.write_text(brief, encoding="utf-8")
    done = subprocess.run([*DRAFTER, "draft", str(source), "-o", str(target), "--copy", copy, "--force"], check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"drafter draft: {done.returncode}")
    return target


def _pages(document: Path, env: Mapping[str, str]) -> list[Image.Image]:
    """Each page as LibreOffice prints it."""
    _export(document, env, ExportNotes=False)
    stem = document.with_suffix("")
    subprocess.run(["pdftoppm", "-q", "-r", str(DPI), "-png", f"{stem}.pdf", str(stem)], env=env, check=True)
    return [Image.open(page).convert("RGB") for page in sorted(document.parent.glob(f"{stem.name}-*.png"))]


def _export(document: Path, env: Mapping[str, str], **settings: bool) -> None:
    """A PDF beside the document."""
    office = shutil.which("soffice") or shutil.which("libreoffice") or "soffice"
    profile = f"-env:UserInstallation={(document.parent / 'profile').as_uri()}"
    told = json.dumps({key: {"type": "boolean", "value": str(value).lower()} for key, value in settings.items()})
    to_pdf = ["--headless", "--norestore", "--convert-to", f"pdf:writer_pdf_Export:{told}"]
    command = [office, profile, *to_pdf, "--outdir", str(document.parent), str(document)]
    subprocess.run(command, env=env, check=True, capture_output=True)


def _notes(pdf: Path) -> list[tuple[float, float, str]]:
    """The comments on the first page, from above to below: where the text they belong to ends, and the words."""
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    found = []
    with pdf.open("rb") as file:
        page = next(PDFPage.get_pages(file))
        for note in map(resolve1, resolve1(page.annots) or ()):
            if "Contents" in note and "Rect" in note:
                x, bottom, _, _ = resolve1(note["Rect"])
                y = page.mediabox[3] - bottom
                found.append((x * DPI / 72, y * DPI / 72, decode_text(resolve1(note["Contents"])).strip()))
    return sorted(found, key=lambda note: (round(note[1]), note[0]))


def _environment(folder: Path, fonts: Path | None) -> dict[str, str]:
    """Ours, with the folder of fonts known beside those of the system."""
    if fonts is None:
        return dict(os.environ)
    settings = folder / "fonts.conf"
    settings.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts.resolve()}</dir></fontconfig>',
        encoding="utf-8",
    )
    return dict(os.environ, FONTCONFIG_FILE=str(settings))


# -- the dialogue ------------------------------------------------------------------------------------


class Terminal:
    """`drafter new` in a terminal of its own (tmux), answered as a person would."""

    def __init__(self, folder: Path, size: tuple[int, int] = (84, 90)) -> None:
        self._tmux = ["tmux", "-u", "-L", f"drafter-{os.getpid()}", "-f", os.devnull]
        columns, lines = (str(number) for number in size)
        program = [*DRAFTER, "new", "--occasion", "推进会", "-o", "素材单.yaml"]
        start = ["new-session", "-d", "-s", "0", "-x", columns, "-y", lines, "-c", str(folder)]
        env = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
        subprocess.run([*self._tmux, *start, "env", "TERM=screen-256color", *program], check=True, env=env)

    def answer(self, answer: Answer) -> None:
        if isinstance(answer, str):
            self._keys("-l", answer) if answer else None
            self.settled(answer)
        else:
            wanted = [answer[1]] if isinstance(answer[1], str) else answer[1]
            for option in wanted:
                self._move(option)
                if answer[0] == "tick":
                    self._keys("Space")
        self._keys("Enter")

    def _move(self, option: str) -> None:
        """The pointer to an option of the menu."""
        for _ in range(200):
            line = next((text for text in self.settled("> ").splitlines() if text.startswith(" > ")), "")
            if re.sub(r"^ > (?:[○●] )?", "", line).split("（")[0].strip() == option:
                return
            self._keys("Down")
        raise RuntimeError(f"no option {option}:\n{self.screen()}")

    def settled(self, text: str = "", seconds: float = 20) -> str:
        """The screen once it shows the text and stands still."""
        before, end = "", time.monotonic() + seconds
        while time.monotonic() < end:
            time.sleep(0.15)
            now = self.screen()
            if now and now == before and text in now:
                return now
            before = now
        raise RuntimeError(f"waited in vain for {text!r}:\n{before}")

    def screen(self, *options: str) -> str:
        taken = subprocess.run(
            [*self._tmux, "capture-pane", "-p", *options, "-t", "0"], capture_output=True, check=True
        )
        return taken.stdout.decode().rstrip()

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], check=False, capture_output=True)

    def _keys(self, *keys: str) -> None:
        subprocess.run([*self._tmux, "send-keys", "-t", "0", *keys], check=True)


@contextmanager
def dialogue(folder: Path) -> Iterator[Terminal]:
    """The terminal after all of ANSWERS."""
    terminal = Terminal(folder)
    try:
        terminal.settled("会议")
        for answer in ANSWERS:
            terminal.answer(answer)
            time.sleep(0.3)
            terminal.settled("? ")
        yield terminal
    finally:
        terminal.close()


def _interview(folder: Path, env: Mapping[str, str]) -> Image.Image:
    """The screen in the middle of the dialogue."""
    del env
    own = folder / "dialogue"
    own.mkdir()
    with dialogue(own) as terminal:
        return _drawn(terminal.screen("-e"))


def _drawn(screen: str, size: int = 20) -> Image.Image:
    """Text with the colours of a terminal, a Chinese character two cells wide."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.segment import Segment
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME
    from rich.text import Text

    fonts = {bold: _font("Sans Mono", "Bold" if bold else "Regular", size) for bold in (False, True)}
    small = _font("Sans Mono", "Regular", size * 3 // 5)
    cell, pitch, margin = size // 2, int(size * 1.45), size
    lines = screen.split("\n")
    width = max(cell_len(Text.from_ansi(line).plain) for line in lines)
    image = Image.new("RGB", (width * cell + 2 * margin, len(lines) * pitch + 2 * margin), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        column = 0
        for segment in Text.from_ansi(line).render(Console(width=400), end=""):
            colour: tuple[int, ...] = (30, 30, 30)
            if isinstance(segment, Segment) and segment.style and segment.style.color:
                colour = tuple(segment.style.color.get_truecolor(DEFAULT_TERMINAL_THEME))
            bold = bool(segment.style and segment.style.bold)
            for char in segment.text:
                at = (margin + column * cell, margin + row * pitch)
                wide = fonts[bold].getlength(char) > cell * cell_len(char)  # √ is one cell in a terminal
                low = (at[0], at[1] + size // 2)
                draw.text(low if wide else at, char, font=small if wide else fonts[bold], fill=colour)
                column += cell_len(char)
    return _framed(image)


def _folded(text: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    line = ""
    for char in text:
        if font.getlength(line + char) > width:
            yield line
            line = ""
        line += char
    yield line


def _font(kind: str, weight: str, size: int) -> ImageFont.FreeTypeFont:
    asked = f"Noto {kind} CJK SC:style={weight}"
    found = subprocess.run(["fc-match", "-f", "%{file}\t%{index}", asked], capture_output=True, check=True)
    file, index = found.stdout.decode().split("\t")
    return ImageFont.truetype(file, size, index=int(index))


# -- pictures ----------------------------------------------------------------------------------------


def _framed(image: Image.Image) -> Image.Image:
    framed = Image.new("RGB", (image.width + 2, image.height + 2), EDGE)
    framed.paste(image, (1, 1))
    return framed


def _side_by_side(images: Sequence[Image.Image], width: int) -> Image.Image:
    gap = 24
    whole = Image.new("RGB", (sum(i.width for i in images) + gap * (len(images) + 1), images[0].height + 2 * gap), GREY)
    left = gap
    for image in images:
        whole.paste(image, (left, gap))
        left += image.width + gap
    return _scaled(whole, width)


def _scaled(image: Image.Image, width: int) -> Image.Image:
    return image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)


def _save(image: Image.Image, target: Path) -> None:
    """Few colours make a small file; text needs no more."""
    image.quantize(24, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(target, optimize=True)


PICTURES: dict[str, Callable[[Path, Mapping[str, str]], Image.Image]] = {
    "page": _page,
    "gaps": _gaps,
    "review": _review,
    "lectern": _lectern,
    "interview": _interview,
}

if __name__ == "__main__":
    sys.exit(main())
