"""Where bytes come from: a stream of known name that can be looked into, with a guard against bombs."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from relwatch.read import text as texts

HEAD = 65_536  # bytes by which a format is told
MOST_LINE = 4 * texts.MOST_BYTES  # bytes of a line of JSON lines: a text may be written in escapes
_PIECE = 1 << 20
_FREE, _RATIO = 50_000_000, 100  # so much may come out of any archive; beyond it, so many bytes for one


class Source:
    """A stream of bytes with its ``head`` (the first HEAD bytes) read ahead.

    ``taken`` counts the bytes read from the stream. ``packed`` tells from how many bytes an unpacked stream
    came so far: one that grows past all measure is cut off with Unreadable.
    """

    def __init__(self, stream: BinaryIO, packed: Callable[[], int] | None = None) -> None:
        self._stream = stream
        self._packed = packed
        self.taken = 0
        self.head = self._take(HEAD)
        self._ahead = io.BytesIO(self.head)

    def _take(self, size: int) -> bytes:
        """Up to ``size`` bytes from the stream; fewer only at its end."""
        pieces = []
        while size > 0 and (piece := self._stream.read(min(size, _PIECE))):
            pieces.append(piece)
            size -= len(piece)
            self.taken += len(piece)
            if self._packed and self.taken > max(_FREE, _RATIO * self._packed()):
                raise texts.Unreadable("unpacks to far more than it holds (a zip bomb?); unpack it yourself")
        return b"".join(pieces)

    def read(self, most: int) -> bytes:
        """All that is left. Raises Unreadable when it is more than ``most`` bytes."""
        data = self._ahead.read() + self._take(most + 1 - HEAD if most > HEAD else most + 1)
        if len(data) > most:
            raise texts.Unreadable(f"is too long for an article (over {most / 1e6:.0f} MB); split it into articles")
        return data

    def lines(self) -> Iterator[str | texts.Unreadable]:
        """The lines, decoded, with their ends; Unreadable in the place of one that is too long. Memory stays flat."""
        encoding = texts.encoding_of(self.head)
        wide = encoding.startswith(("utf-16", "utf-32"))
        if wide:
            yield from self._wide_lines(encoding)
            return
        raw = io.BufferedReader(_Raw(self), _PIECE)
        first = True
        while line := raw.readline(MOST_LINE):
            if len(line) == MOST_LINE and not line.endswith(b"\n"):
                while (rest := raw.readline(_PIECE)) and not rest.endswith(b"\n"):
                    pass
                yield texts.Unreadable(f"is too long for a line (over {MOST_LINE // 1_000_000} MB); split it")
            else:
                yield _decoded(line.removeprefix(b"\xef\xbb\xbf") if first else line, encoding)
            first = False

    def _wide_lines(self, encoding: str) -> Iterator[str | texts.Unreadable]:
        text = io.TextIOWrapper(io.BufferedReader(_Raw(self), _PIECE), encoding, errors="replace", newline="\n")
        while line := text.readline(MOST_LINE):
            if len(line) == MOST_LINE and not line.endswith("\n"):
                while (rest := text.readline(_PIECE)) and not rest.endswith("\n"):
                    pass
                yield texts.Unreadable(f"is too long for a line (over {MOST_LINE // 1_000_000} MB); split it")
            else:
                yield line.removeprefix("\ufeff")

    def some(self, size: int) -> bytes:
        """The next bytes, ``size`` at most; empty at the end."""
        return self._ahead.read(size) or self._take(size)

    def file(self) -> BinaryIO:
        """The whole stream from its start, as a file that can be read once."""
        return io.BufferedReader(_Raw(self), _PIECE)


class _Raw(io.RawIOBase):
    """A Source as a raw file, for the buffered readers of the standard library."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._source.some(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _decoded(line: bytes, encoding: str) -> str:
    """A line in UTF-8 where it is, whatever the start of the file was in."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252" if encoding.startswith("utf-8") else encoding, errors="replace")
