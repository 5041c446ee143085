"""The whole job, in a process of its own: briefs to files by drafter, or the same texts to files by docxtpl.

    python -m engines.job drafter BRIEFS FOLDER JOBS
    python -m engines.job docxtpl SPEECHES FOLDER COUNT ASSETS

Prints JSON: documents, wall seconds, CPU seconds (children included), most memory of this process in MB, and the name
of the first file. Starting Python and importing is not in it; loading the library and starting the processes of a
pool, with what they import, is. They import this module as well, which `drafter batch` spares them: it imports what it
needs where it needs it.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

__all__ = ["outlines", "write_briefs"]


def write_briefs(path: Path, count: int) -> None:
    """NDJSON: one speech for each of `count` districts, each with wordings of its own."""
    import yaml
    from cold_start import BRIEF

    shared = yaml.safe_load(BRIEF)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            own = {"单位": {"名称": f"第{number + 1}区总工会", "层级": "区"}, "措辞种子": number}
            file.write(json.dumps({**shared, "日期": "2024-03-05", **own}, ensure_ascii=False) + "\n")


def outlines(path: Path, count: int) -> list[dict[str, Any]]:
    """The texts of the first `count` briefs, composed."""
    from drafter import Library, compose, load_brief
    from engines.speech import outline

    library = Library.load()
    slots = library.slots()
    with path.open(encoding="utf-8") as file:
        briefs = [json.loads(line) for _, line in zip(range(count), file, strict=False)]
    return [{"outline": outline(compose(load_brief(brief, slots=slots), library))} for brief in briefs]


def _drafter(briefs: str, folder: str, jobs: str) -> Callable[[], tuple[int, str]]:
    from drafter.batch import Options, prepare

    def run() -> tuple[int, str]:
        documents, first = 0, ""
        options = Options(inputs=(briefs,), folder=Path(folder), jobs=int(jobs))
        with prepare(options) as batch, closing(batch.run()) as records:
            for record in records:
                if record.problems:
                    raise RuntimeError("; ".join(map(str, record.problems)))
                documents += 1
                first = first or record.output
        return documents, first

    return run


def _docxtpl(speeches: str, folder: str, count: str, assets: str) -> Callable[[], tuple[int, str]]:
    from engines.with_docxtpl import engine

    def run() -> tuple[int, str]:
        filler = engine(Path(assets), "docxtpl")
        texts = [filler.prepare(speech) for speech in json.loads(Path(speeches).read_text(encoding="utf-8"))]
        Path(folder).mkdir(parents=True)
        for number in range(int(count)):
            Path(folder, f"{number}.docx").write_bytes(filler.make(texts[number % len(texts)]))
        return int(count), "0.docx"

    return run


def main(name: str, *arguments: str) -> None:
    run = _drafter(*arguments) if name == "drafter" else _docxtpl(*arguments)
    start, cpu = time.perf_counter(), _cpu()
    documents, first = run()
    seconds, used = time.perf_counter() - start, _cpu() - cpu
    print(json.dumps({"documents": documents, "wall": seconds, "cpu": used, "mb": _most_memory(), "first": first}))


def _most_memory() -> float:
    """In MB. Linux: not ru_maxrss, which a new program inherits from the larger one that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text(encoding="utf-8").partition("VmHWM:")[2].split()[0]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main(*sys.argv[1:])
