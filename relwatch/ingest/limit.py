"""A limit of time for one article: hostile text must not hold up the rest.

An alarm signal stops Python code, and regular expressions, which look for signals. What does neither (a
library's C code) is beyond it; in a worker the process is then ended, and its article with it.
"""

from __future__ import annotations

import faulthandler
import math
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import cache
from types import FrameType
from typing import TextIO, TypeVar

Result = TypeVar("Result")

SECONDS = 60.0  # an article of the greatest length that is read takes about as long on a slow machine
GRACE = 10.0  # seconds past the limit after which a worker that the alarm did not stop is ended
_AGAIN = 1.0  # seconds between alarms: one that rings in a place that swallows exceptions is not the last

_until = math.inf  # when the alarm may stop what runs: outside of ``within`` it must not stop anything


class TooLong(BaseException):
    """The time is up. No Exception, so that no library takes it for a failure of its own and goes on."""


def within(seconds: float, function: Callable[[], Result]) -> Result:
    """What ``function`` returns. Raises TooLong when it takes more than so many seconds (0: no limit).

    Without an alarm signal (Windows, a thread) there is no limit.
    """
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return function()
    signal.signal(signal.SIGALRM, _ring)
    try:
        try:
            _set(time.monotonic() + seconds, seconds)
            return function()
        finally:
            _set(math.inf, 0)
    except TooLong:
        _set(math.inf, 0)  # again, for the alarm may have rung while it was being turned off
        raise


def _set(until: float, seconds: float) -> None:
    global _until
    _until = until
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN if seconds else 0)


def _ring(number: int, frame: FrameType | None) -> None:
    if time.monotonic() >= _until:
        raise TooLong


def or_end(seconds: float, function: Callable[[], Result]) -> Result:
    """As ``within``; where that does not stop it, this process ends. For a worker, whose end is noticed."""
    if not seconds:
        return function()
    # A thread in C, which needs nothing of the interpreter: it works while other C code holds that up.
    faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=_nowhere())
    try:
        return within(seconds, function)
    finally:
        faulthandler.cancel_dump_traceback_later()


@cache
def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")
