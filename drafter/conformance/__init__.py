"""A pytest suite that authors of packs run on their pack; drafter itself never imports it.

    pytest -p drafter.conformance --pyargs drafter.conformance --pack DIR

`-p` makes the option known: pytest reads a conftest.py found through `--pyargs` too late for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

__all__ = ["pytest_addoption", "pytest_configure"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--pack`, the folder or zip under test."""
    parser.addoption("--pack", metavar="DIR", help="drafter：要检验的模板包（文件夹或 zip）")


def pytest_configure(config: pytest.Config) -> None:
    """Without a pack there is nothing to test: usage error."""
    if not config.getoption("--pack"):
        import pytest

        raise pytest.UsageError("没有说检验哪个模板包：在命令后面加 --pack 文件夹或zip")
