"""Ctrl-C and SIGTERM: the run ends in order, and says what it leaves."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import typer

from relwatch.cli.messages import complain

INTERRUPTED = 130


@contextmanager
def stopping(says: Callable[[], str]) -> Iterator[None]:
    """End with status 130 and the line that ``says`` gives when the run is interrupted inside."""
    before = None
    if threading.current_thread() is threading.main_thread():
        before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    except KeyboardInterrupt:
        complain(says())
        raise typer.Exit(INTERRUPTED) from None
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
