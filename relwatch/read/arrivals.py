"""Files as they appear in a folder, each when it is whole.

watchfiles tells what changes, from the operating system where it can and by looking again and again where it
cannot. That a writer is done it does not tell: a file is taken for whole when it holds something and has not
changed for a while.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence

from relwatch.errors import ReadError
from relwatch.read import walk

SETTLED = 1.0  # seconds without a change after which a file is whole
OLD = 10.0  # seconds since its last change, by its own time stamp, after which one is whole at first sight
_TICK = 250  # milliseconds between two looks at what is being written


class Waiting:
    """Files that may still be being written."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[tuple[int, int], float]] = {}

    def saw(self, path: str) -> None:
        """A file that appeared or changed."""
        if state := _state(path):
            age = time.time() - state[1] / 1e9
            self._seen[path] = state, time.monotonic() - (SETTLED if age > OLD else 0)

    def whole(self) -> Iterator[str]:
        """The files that have settled, by name; they wait no longer."""
        now = time.monotonic()
        for path, (before, since) in sorted(self._seen.items()):
            state = _state(path)
            if state is None or not state[0]:  # gone, or nothing in it yet: writing to it is a change again
                del self._seen[path]
            elif state != before:
                self._seen[path] = state, now
            elif now - since >= SETTLED:
                del self._seen[path]
                yield path


def _state(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def arrivals(folders: Sequence[str]) -> Iterator[str]:
    """The files of the folders (see ``walk.files``), then those that appear or change in them, without end.

    A file comes again each time it has changed. Ends with KeyboardInterrupt, or OSError for a folder that cannot
    be watched.
    """
    from watchfiles import watch

    waiting = Waiting()
    roots = {os.path.realpath(folder): folder for folder in folders}
    ticks = watch(*roots, watch_filter=None, debounce=2 * _TICK, rust_timeout=_TICK, yield_on_timeout=True)
    changed = {path for _, path in next(ticks)}  # from here on nothing is missed: now what is there already
    for path in walk.files(folders):
        if not isinstance(path, ReadError):  # a folder may be empty as yet
            waiting.saw(path)
    for more in ticks:
        for path in _articles(changed, roots):
            waiting.saw(path)
        yield from waiting.whole()
        changed = {path for _, path in more}


def _articles(changed: Iterable[str], roots: Mapping[str, str]) -> Iterator[str]:
    """The files among what changed; of a folder, which may have been moved here, those inside."""
    for real in sorted(changed):
        for root, folder in roots.items():
            if os.path.commonpath([root, real]) == root:
                path = os.path.normpath(os.path.join(folder, os.path.relpath(real, root)))
                found = walk.files([path]) if os.path.isdir(path) else [path]
                yield from (one for one in found if isinstance(one, str) and walk.belongs(one, folder))
                break
