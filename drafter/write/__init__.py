"""A document becomes a file: docx on the page of GB/T 9704-2012, markdown, text, html, json."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafter.lazy import lazy
from drafter.write._format import Format, load_format
from drafter.write._output import COPIES, FORMS, form_of, render, write, write_bytes

if TYPE_CHECKING:
    from drafter.write._json import trace
    from drafter.write._standard import Deviation, deviations

__all__ = [
    "COPIES",
    "FORMS",
    "Deviation",
    "Format",
    "deviations",
    "form_of",
    "load_format",
    "render",
    "trace",
    "write",
    "write_bytes",
]

__getattr__ = lazy(__name__, {"trace": "_json", "Deviation": "_standard", "deviations": "_standard"})
