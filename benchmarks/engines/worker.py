"""One engine in a process of its own: a job a line on stdin, an answer a line on stdout, both JSON.

    python -m engines.worker ENGINE ASSETS

job     {"speeches": file with a list of speeches, "count": documents, "keep": file for the first one, or ""}
answer  {"cpu": seconds for all of them, children included, "bytes": of one}
"""

from __future__ import annotations

import json
import resource
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from engines import MODULES, Engine


def main(name: str, assets: str) -> None:
    engine: Engine = import_module(f"engines.{MODULES[name]}").engine(Path(assets), name)
    ready: dict[str, list[Any]] = {}
    for line in sys.stdin:
        job = json.loads(line)
        if job["speeches"] not in ready:
            speeches = json.loads(Path(job["speeches"]).read_text(encoding="utf-8"))
            ready[job["speeches"]] = [engine.prepare(speech) for speech in speeches]
        inputs = ready[job["speeches"]]
        if job["keep"]:
            Path(job["keep"]).write_bytes(engine.make(inputs[0]))
        before, size = _cpu(), 0
        for at in range(job["count"]):
            size += len(engine.make(inputs[at % len(inputs)]))
        used = _cpu() - before
        print(json.dumps({"cpu": used, "bytes": size // job["count"]}), flush=True)


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main(*sys.argv[1:])
