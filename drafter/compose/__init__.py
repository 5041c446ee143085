"""Composing: occasion + brief + topics → plan → fill → document."""

from drafter.compose.composer import Need, compose, needs

__all__ = ["Need", "compose", "needs"]
