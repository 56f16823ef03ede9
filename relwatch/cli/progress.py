"""How far a long run is: on standard error where that is a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

AFTER = 2.0  # seconds before anything is shown: a short run needs no bar


class Meter:
    """A line with the articles done, their rate, the events found and the time left. Use in a ``with``.

    ``total`` tells the bytes of all the input, None where they are not known; it may take its time.
    """

    def __init__(self, total: Callable[[], int | None], *, wanted: bool = True) -> None:
        self._wanted = wanted and sys.stderr.isatty()
        self._began = time.monotonic()
        self._total = total
        self._bytes = self._articles = self._events = 0
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def taken(self, size: int) -> None:
        """So many bytes of the input have been read in all."""
        self._bytes = size
        self._show()

    def coded(self, articles: int, events: int) -> None:
        """So many more articles, and events in them."""
        self._articles += articles
        self._events += events
        self._show()

    def _show(self) -> None:
        if not self._wanted:
            return
        if self._bar is None and time.monotonic() - self._began > AFTER:
            self._start()
        if self._bar is not None and self._task is not None:
            rate = self._articles / (time.monotonic() - self._began)
            self._bar.update(
                self._task,
                completed=self._bytes,
                said=f"{self._articles:,} articles · {rate:.0f}/s · {self._events:,} events",
            )

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            TextColumn("{task.fields[said]}", markup=False),
            BarColumn(bar_width=20),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=Console(stderr=True),
            transient=True,
            refresh_per_second=4,
            redirect_stdout=sys.stdout.isatty(),  # what is printed goes above the bar; a pipe gets it untouched
        )
        self._task = self._bar.add_task("", total=None, said="")
        self._bar.start()
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        """Find out how much there is, while the work goes on."""
        total = self._total()
        if total is not None and self._bar is not None and self._task is not None:
            self._bar.update(self._task, total=total)
