"""The interview of `drafter new`: what to ask next (pure), the terminal, the autosave, the review."""

from drafter.cli.interview.progress import forget
from drafter.cli.interview.talk import Answers, interview

__all__ = ["Answers", "forget", "interview"]
