"""Tests see no tables of whoever runs them: an empty RELWATCH_TABLES is none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from relwatch import tables

os.environ[tables.VARIABLE] = ""


@pytest.fixture
def alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., tuple[int, str, str]]]:
    """Runs the program with a store, and tables beside it, of its own; gives status, output, errors."""
    from relwatch.cli.main import main

    monkeypatch.setenv("RELWATCH_DB", str(tmp_path / "store.db"))
    monkeypatch.delenv(tables.VARIABLE, raising=False)
    tables.forget()

    def runner(*arguments: str) -> tuple[int, str, str]:
        status = main(list(arguments))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    yield runner
    tables.forget()
