"""A document becomes a file: docx on the page of GB/T 9704-2012, markdown, text, html, json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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

_LATER = {"trace": "_json", "Deviation": "_standard", "deviations": "_standard"}


def __getattr__(name: str) -> Any:
    """What a plain `drafter draft` has no use for is imported when it is asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
