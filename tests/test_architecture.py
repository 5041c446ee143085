"""The floors, and the habits that hold for every module."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

import drafter

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "drafter"

# Each imports only from those below it; parts of one floor know nothing of each other.
FLOORS = (
    {"cli", "conformance"},
    {"batch"},
    {"compose", "read", "check", "write"},
    {"brief", "library", "files"},
    {"chinese"},
    {"document", "errors", "lazy", "page", "version"},
)
FLOOR = {part: number for number, parts in enumerate(reversed(FLOORS)) for part in parts}
TERMINAL_PARTS = {"cli", "__main__"}
HEAVY = {"docx", "lxml", "rich", "questionary", "prompt_toolkit", "pydantic", "typer", "openpyxl"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def part_of(path: Path) -> str:
    """The part that a module belongs to: `compose` for drafter/compose/plan.py, `errors` for drafter/errors.py."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, absolute dotted name) of everything imported anywhere under a node, in functions too."""
    package = ("drafter", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_go_downwards_only(path: Path) -> None:
    part = part_of(path)
    wrong = []
    for line, name in imports(path, parsed(path)):
        root, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if root != "drafter" or other in ("", part):
            continue
        if part == "__main__":
            allowed = other == "cli"
        elif part == "__init__":
            allowed = FLOOR.get(other, -1) < FLOOR["cli"]
        elif not (PACKAGE / other).is_dir() and not (PACKAGE / f"{other}.py").is_file():
            allowed = part in TERMINAL_PARTS  # a name of drafter/__init__.py, whose home is above the library
        else:
            assert other in FLOOR, f"{other} stands on no floor: add it to FLOORS"
            allowed = FLOOR[other] < FLOOR[part]
        if not allowed:
            wrong.append(f"{path.relative_to(ROOT)}:{line}: {part} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_every_part_stands_on_a_floor() -> None:
    assert {part_of(path) for path in MODULES} <= FLOOR.keys() | {"__init__", "__main__"}


@pytest.mark.parametrize("path", [p for p in MODULES if part_of(p) not in TERMINAL_PARTS], ids=named)
def test_the_library_never_prints_exits_or_reads_a_terminal(path: Path) -> None:
    wrong = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            bad = node.func.id in ("print", "input", "exit", "quit", "breakpoint", "SystemExit")
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            bad = f"{node.value.id}.{node.attr}" in (
                *(f"sys.{name}" for name in ("stdin", "stdout", "stderr", "exit", "argv", "__stdin__", "__stdout__")),
                "os._exit",
            )
        else:
            continue
        if bad:
            wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("part", sorted(FLOOR.keys() - {"cli"}))
def test_importing_a_part_loads_nothing_heavy(part: str) -> None:
    """A module of its own for a heavy library is fine, as long as only a function imports it."""
    if not (PACKAGE / part).is_dir() and not (PACKAGE / f"{part}.py").is_file():
        pytest.skip(f"no part {part} yet")
    code = f"import sys, drafter, drafter.{part}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not HEAVY & set(done.stdout.split())


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("folder", ["templates", "examples"])
def test_data_folders_hold_no_code(folder: str, tracked: tuple[Path, ...]) -> None:
    # hatchling refuses an editable build where a remapped folder holds Python
    assert not [path for path in tracked if path.parts[0] == folder and path.suffix in (".py", ".pyc", ".pyi")]


def test_the_public_face_is_sorted_and_whole() -> None:
    assert drafter.__all__ == sorted(drafter.__all__)
    for name in drafter.__all__:
        assert not isinstance(getattr(drafter, name), types.ModuleType), f"drafter.{name} is a module"
    public = {name for name in dir(drafter) if not name.startswith("_")}
    modules = {name for name in public if isinstance(getattr(drafter, name), types.ModuleType)}
    assert public - modules - {"annotations"} == {name for name in drafter.__all__ if not name.startswith("_")}


def test_the_public_face_survives_the_import_of_the_parts() -> None:
    """`drafter.compose` is the function, also after somebody imported a module below the package of that name."""
    code = (
        "import pkgutil, types, drafter\n"
        "for part in pkgutil.walk_packages(drafter.__path__, 'drafter.'):\n"
        "    '__main__' in part.name or __import__(part.name)\n"
        "print([n for n in drafter.__all__ if isinstance(getattr(drafter, n), types.ModuleType)])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_importing_the_public_face_imports_nothing_else() -> None:
    """The names come when they are asked for; a function stays one when the part of its name has been imported."""
    code = (
        "import sys, drafter\n"
        "print(sorted(name for name in sys.modules if name.startswith('drafter.')))\n"
        "from drafter.compose import needs\n"
        "import drafter.write._shell\n"
        "from drafter import compose\n"
        "print(compose.__name__, drafter.compose is compose, drafter.write.__name__, drafter.needs is needs)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["['drafter.lazy', 'drafter.version']", "compose True write True"], done.stderr
    with pytest.raises(AttributeError, match="module 'drafter' has no attribute 'nothing'"):
        _ = drafter.nothing


def test_a_draft_imports_nothing_heavy(tmp_path: Path, tracked: tuple[Path, ...]) -> None:
    brief = next(path for path in tracked if path.parts[0] == "examples" and path.suffix == ".yaml")
    draft = ["-m", "drafter", "draft", str(ROOT / brief), "-o", str(tmp_path / "a.docx"), "--force"]
    subprocess.run([sys.executable, *draft], cwd=ROOT, capture_output=True, check=False)  # the page is built once
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *draft],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr[-2000:]
    imported = {name.partition(".")[0] for name in re.findall(r"^import time:.*\| +([\w.]+)$", done.stderr, re.M)}
    assert "drafter" in imported
    assert not imported & {"docx", "lxml", "rich", "pydantic", "questionary", "prompt_toolkit"}


def test_nothing_names_a_machine_or_an_index(tracked: tuple[Path, ...]) -> None:
    forbidden = re.compile(r"/(?:root|home|work|Users)/\w|C:\\Users\\\w|/simple/|index[-_]url\b|pythonhosted")
    wrong = []
    for path in tracked:
        try:
            text = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        wrong += [f"{path}: {match[0]}" for match in forbidden.finditer(text) if path.name != Path(__file__).name]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "command", [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]], ids=["ruff check", "ruff format", "mypy"]
)
def test_style_and_types(command: list[str], request: pytest.FixtureRequest) -> None:
    cache = request.config.cache
    assert cache is not None
    place = ["--cache-dir", str(cache.mkdir(command[0]))]
    done = subprocess.run(
        [sys.executable, "-m", *command, *place], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
