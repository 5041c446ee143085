"""Files of others, opened with care: what they are, their text with its encoding, the parts of a .docx.

What may be read in at most, and what is refused, is the same for all that opens a file.
"""

from __future__ import annotations

from drafter.files.decoding import MAX_TEXT, Decoded, decode, decoded, refusal
from drafter.files.loading import load, sniff
from drafter.files.numbering import Numbering
from drafter.files.package import Package

__all__ = ["MAX_TEXT", "Decoded", "Numbering", "Package", "decode", "decoded", "load", "refusal", "sniff"]
