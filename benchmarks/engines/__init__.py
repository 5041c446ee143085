"""The engines that `benchmarks/writers.py` compares: one module each, one process each.

An engine module has `engine(assets)`: the work that is done once. What it gives back is `Engine(prepare, make)`:
`prepare` turns a speech into what the engine takes and is not timed, `make` gives the bytes of a .docx and is.
The speech is `speech.outline` of a generated document, with `number` and `length` of the generator.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["MODULES", "Engine", "Outline"]

# last: an installed drafter comes first
sys.path.append(str(Path(__file__).resolve().parent.parent.parent))

Outline = dict[str, Any]
"""title, date, speaker, salutation: text; opening: [text]; sections: [{heading, paras, subs: [{heading, paras}]}]."""

MODULES = {
    "limit": "limit",
    "ready XML": "limit",
    "drafter": "ours",
    "docxtpl": "with_docxtpl",
    "python-docx": "with_docx",
    "python-docx, own base": "with_docx",
    "docxtemplater": "",
    "pandoc": "with_pandoc",
}
"""Where each engine is; docxtemplater has a worker of its own, `docxtemplater.js`."""


class Engine(NamedTuple):
    """`make(prepare(speech))` is the document."""

    prepare: Callable[[dict[str, Any]], Any]
    make: Callable[[Any], bytes]
