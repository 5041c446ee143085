#!/usr/bin/env python3
"""用法 / usage（Windows: py run.py …）

  python3 run.py demo              用 examples/ 里的每份素材单起草讲话稿，放进 out/
                                   compose every brief of examples/ into out/
  python3 run.py test [选项]       安装测试工具并跑完整测试，选项交给 pytest
                                   run the whole test suite, options go to pytest
  python3 run.py <drafter 的参数>  例如 e.g. python3 run.py draft 素材单.yaml -o 讲话.docx

首次运行会在 .venv 里装好所需的一切（只此一次）；没有网络时先把安装包放进 wheelhouse/。
The first run installs what is needed into .venv; without a network, put the wheels into wheelhouse/ first.
"""

# Standard library only. Python 3.6 must be able to parse this file, so that an old Python gets a sentence
# and not a SyntaxError: no walrus, no `from __future__ import annotations`, no `list[str]`.
import hashlib
import json
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

MINIMUM = (3, 11)
ROOT = Path(__file__).resolve().parent
SOURCES = ("drafter", "templates", "examples")
STAMP = "drafter-run.json"  # in the environment: what it was made from; absent in an environment that is not ours
GRACE = 10  # seconds that a program has to end by itself after Ctrl-C
WINDOWS = os.name == "nt"


class SetupError(Exception):
    """Nothing more can be done; the message is for the user, Chinese first."""


def say(text: str, stream: Any = None) -> None:
    """Write one line, also to a console that cannot show Chinese."""
    stream = stream or sys.stderr
    encoding = getattr(stream, "encoding", None) or "ascii"
    stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()


def environ() -> Dict[str, str]:
    """Our own environment without what would lead Python or pip to another place than .venv."""
    unwanted = {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV"}
    kept = {key: value for key, value in os.environ.items() if key not in unwanted}
    return dict(kept, PYTHONUTF8="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")


def call(command: List[str], cwd: Optional[Path] = None) -> int:
    """Run a program to its end and give its exit status.

    Ctrl-C reaches the program as well; it ends in its own way and its status is ours.
    """
    process = subprocess.Popen(command, cwd=str(cwd) if cwd else None, env=environ())
    try:
        status = process.wait()
    except KeyboardInterrupt:
        try:
            status = process.wait(GRACE)
        except (KeyboardInterrupt, subprocess.TimeoutExpired):
            process.kill()
            process.wait()
            status = 130
    return status if status >= 0 else 128 - status


def cache() -> Path:
    """Where things go when the checkout cannot be written; one folder for each checkout."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "drafter" / hashlib.sha256(str(ROOT).encode("utf-8", "surrogateescape")).hexdigest()[:12]


def writable(folder: Path) -> bool:
    """Whether the folder exists or could be made, and takes files (asking the file system, not the mode bits)."""
    probe = folder / ".probe-{}".format(os.getpid())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


def ours(folder: Path) -> bool:
    """Whether the folder may be emptied: it is an environment of ours, or holds nothing."""
    return (folder / STAMP).is_file() or not folder.exists() or not any(folder.iterdir())


def home() -> Path:
    """The folder of the environment: DRAFTER_VENV, else .venv, else one in the user's cache."""
    chosen = os.environ.get("DRAFTER_VENV")
    if chosen:
        folder = Path(chosen).resolve()
        if not ours(folder):
            raise SetupError(
                "DRAFTER_VENV 指向的文件夹不是 run.py 建立的，不能清空：{0}\n请换一个空文件夹。"
                "\nDRAFTER_VENV is not a folder made by run.py and will not be emptied: {0}".format(folder)
            )
        return folder
    for folder in (ROOT / ".venv", cache()):
        if ours(folder) and writable(folder):
            return folder
    raise SetupError(
        "没有可写的位置建立运行环境：{0}\n请用 DRAFTER_VENV 指定一个可写的文件夹。"
        "\nNo writable place for the environment; set DRAFTER_VENV to a writable folder.".format(cache())
    )


def python_of(env: Path) -> str:
    return str(env / ("Scripts/python.exe" if WINDOWS else "bin/python"))


def fingerprints() -> Tuple[str, str]:
    """(environment, sources): a change of the first means a new environment, of the second a new installation."""
    base = hashlib.sha256("\0".join((sys.version, sys.base_prefix, str(ROOT))).encode("utf-8", "surrogateescape"))
    for name in ("pyproject.toml", "constraints.txt"):
        path = ROOT / name
        base.update(path.read_bytes() if path.is_file() else b"-")
    sources = hashlib.sha256()
    for name in SOURCES:
        for path in sorted((ROOT / name).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                label = path.relative_to(ROOT).as_posix().encode("utf-8", "surrogateescape")
                sources.update(b"%s\0%d\0" % (label, path.stat().st_size))
                sources.update(path.read_bytes())
    return base.hexdigest(), sources.hexdigest()


def read_stamp(env: Path) -> Dict[str, str]:
    try:
        stamp = json.loads((env / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(env: Path, **stamp: str) -> None:
    (env / STAMP).write_text(json.dumps(stamp), encoding="utf-8")


def ready(extra: str = "") -> str:
    """The Python of an environment in which this checkout is installed (with `[test]` for the extra "test")."""
    env = home()
    base, sources = fingerprints()
    stamp = read_stamp(env)
    usable = stamp.get("base") == base and Path(python_of(env)).exists()
    if usable and stamp.get("sources") == sources and stamp.get("extra") in (extra, "test"):
        return python_of(env)
    if usable and stamp.get("extra") in (extra, "test"):
        say("源文件有改动，重新安装 drafter …… / sources changed, installing again …")
        extra, how = stamp["extra"], ["--no-deps", "--force-reinstall"]
        if extra == "test":
            how.append("--no-build-isolation")  # the build tool is there: quicker, and no network is needed
    else:
        say("准备运行环境，需要一两分钟：{0}\nsetting up, a minute or two: {0}".format(env))
        how = []
    if usable:
        write_stamp(env)  # ours, and not finished: an interruption here means doing it again
    else:
        create(env)
    install(env, how, extra)
    write_stamp(env, base=base, sources=sources, extra=extra)
    return python_of(env)


def create(env: Path) -> None:
    """A new environment in the place of the old one; pip goes into it where Python can do that."""
    env.mkdir(parents=True, exist_ok=True)
    for child in env.iterdir():
        shutil.rmtree(str(child)) if child.is_dir() and not child.is_symlink() else child.unlink()
    write_stamp(env)
    for option in ([], ["--without-pip"]):
        made = subprocess.run(
            [sys.executable, "-m", "venv", *option, str(env)],
            env=environ(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if made.returncode == 0:
            return
    raise SetupError(
        "建立运行环境失败：{0}\n{1}\ncould not create the environment (see above)".format(
            env, made.stdout.decode("utf-8", "replace").strip()
        )
    )


def pip_for(env: Path) -> List[str]:
    """pip of the environment, else the pip beside our own Python (Debian without python3-venv)."""
    own = [python_of(env), "-m", "pip"]
    borrowed = [sys.executable, "-m", "pip", "--python", python_of(env)]
    for command in (own, borrowed):
        tried = subprocess.run(
            [*command, "--version"], env=environ(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if tried.returncode == 0:
            return command
    raise SetupError(
        "这台机器的 Python 没有 pip。Debian、Ubuntu、麒麟、统信请先运行：sudo apt-get install python3-venv"
        "\nThis Python has neither ensurepip nor pip. On Debian and its kin: sudo apt-get install python3-venv"
    )


def install(env: Path, how: List[str], extra: str) -> None:
    """Install this checkout, never editable: on a Chinese Windows a .pth file with a Chinese path stops Python 3.11."""
    command = [*pip_for(env), "install", "--quiet", *how]
    if (ROOT / "constraints.txt").is_file():
        command += ["--constraint", str(ROOT / "constraints.txt")]
    if (ROOT / "wheelhouse").is_dir():
        command += ["--no-index", "--find-links", str(ROOT / "wheelhouse")]
    status = call([*command, str(ROOT) + ("[{}]".format(extra) if extra else "")])
    if status == 130:
        raise KeyboardInterrupt
    if status:
        raise SetupError(
            "安装失败，原因见上。没有网络时，请在能上网的同类机器上运行\n"
            "    python3 -m pip download --dest wheelhouse -c constraints.txt {0} hatchling\n"
            "把 wheelhouse 文件夹放到 {1} 再试。\n"
            "Installation failed (see above). Without a network: run that command on a machine of the same kind,"
            " put the folder wheelhouse beside run.py and try again.".format("." + ("[test]" if extra else ""), ROOT)
        )


def drafter(arguments: List[str]) -> int:
    # -P: the installed package, not a folder named drafter where the user happens to stand
    return call([ready(), "-P", "-m", "drafter", *arguments])


def test(arguments: List[str]) -> int:
    python = ready("test")
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(Path(python).parent.parent / "hypothesis"))
    places = ["-o", "cache_dir=" + str(Path(python).parent.parent / "pytest-cache")]
    return call([python, "-m", "pytest", *places, *arguments], cwd=ROOT)


def demo(arguments: List[str]) -> int:
    """Compose every brief of examples/; gaps are part of the demonstration, a failed brief is not."""
    if arguments:
        raise SetupError("demo 不带参数。/ demo takes no arguments.")
    briefs = sorted((ROOT / "examples").glob("*.yaml"))
    if not briefs:
        raise SetupError("examples/ 里没有素材单。/ No briefs in examples/.")
    out = next(filter(writable, (ROOT / "out", Path.cwd() / "out", cache() / "out")), None)
    if out is None:
        raise SetupError("没有可写的位置存放讲话稿。/ No writable place for the results.")
    python, rows, failed = ready(), [], 0
    for brief in briefs:
        result = draft(python, brief, out / (brief.stem + ".docx"))
        if result is None:
            failed += 1
        else:
            rows.append(
                (brief.stem + ".docx", str(result["characters"]), minutes(result["minutes"]), short(result["gaps"]))
            )
    for line in table(("文件 file", "字数 characters", "分钟 minutes", "待补 gaps"), rows):
        say(line, sys.stdout)
    say("已存入 / written to：{}".format(out), sys.stdout)
    if failed:
        say("有 {0} 份素材单没有成稿，原因见上。/ {0} briefs failed, see above.".format(failed))
    return 1 if failed else 0


def draft(python: str, brief: Path, output: Path) -> Optional[Dict[str, Any]]:
    """One brief through the installed program; None (and its messages shown) where it gave no document."""
    done = subprocess.run(
        [python, "-P", "-m", "drafter", "draft", str(brief), "-o", str(output), "--force", "--json"],
        env=environ(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    if done.returncode in (0, 1) and output.is_file():  # 1: done, with gaps
        try:
            result = json.loads(done.stdout.decode("utf-8"))
        except ValueError:
            pass
        else:
            return result if isinstance(result, dict) else None
    say("{}（{}）：\n{}".format(brief, done.returncode, done.stderr.decode("utf-8", "replace").strip()))
    return None


def short(gaps: List[str]) -> str:
    """How many gaps, and the first three by name: 待补：期限（要素.目标[0].期限） is 期限."""
    names = [gap.split("（")[0].split("：")[-1] for gap in gaps]
    return "{}：{}".format(len(names), "、".join(names[:3]) + ("…" if len(names) > 3 else "")) if names else "无"


def minutes(value: Any) -> str:
    return "{:.0f}".format(value) if isinstance(value, (int, float)) else str(value)


def table(head: Tuple[str, ...], rows: Sequence[Tuple[str, ...]]) -> List[str]:
    """Lines with columns that fit where a Chinese character is two cells wide; the last column runs free."""

    def width(text: str) -> int:
        return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)

    widths = [max(map(width, column)) for column in zip(head, *rows)]
    return [
        "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, widths)).rstrip()
        for row in (head, *rows)
    ]


def main(arguments: List[str]) -> int:
    if sys.version_info < MINIMUM:
        say(
            "需要 Python {0}.{1} 或更高版本，现在是 {2}。\nPython {0}.{1} or newer is needed, this is {2}.".format(
                *MINIMUM, sys.version.split()[0]
            )
        )
        return 2
    if not arguments:
        say((__doc__ or "").strip())
        return 2
    jobs = {"demo": demo, "test": test}
    try:
        if arguments[0] in jobs:
            return jobs[arguments[0]](arguments[1:])
        return drafter(arguments)
    except SetupError as error:
        say("run.py: {}".format(error))
        return 2
    except OSError as error:
        say("run.py: 读写文件失败。/ A file could not be read or written: {}".format(error))
        return 2
    except KeyboardInterrupt:
        say("已中断。再次运行会接着准备。/ Interrupted; run it again to go on.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
