"""Archives: ``.gz`` and ``.zip``. Nothing is unpacked to disk, so no name in them can lead outside."""

from __future__ import annotations

import gzip
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, cast

from relwatch.read import text as texts
from relwatch.read.source import Source

BROKEN = (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, EOFError, NotImplementedError, RuntimeError, OSError)
_OFFICE = {"[Content_Types].xml", "mimetype"}  # what .docx, .odt and .epub, which are .zip, hold
_IN_MEMORY = 32_000_000


def unzipped(source: Source) -> Source:
    """What a ``.gz`` holds."""
    return Source(cast(BinaryIO, gzip.GzipFile(fileobj=source.file())), lambda: source.taken)


def members(source: Source, file: BinaryIO | None) -> Iterator[tuple[str, Source | texts.Unreadable]]:
    """The name and content of each file in a ``.zip``, in its order. ``file`` is the source where it can seek."""
    if file is None:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
            while piece := source.some(1 << 20):
                copy.write(piece)
            yield from members(source, cast(BinaryIO, copy))
        return
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        if _OFFICE & set(archive.namelist()):
            raise texts.Unreadable("is a document of an office program or an e-book; save it as plain text or PDF")
        for info in archive.infolist():
            if info.filename.endswith("/") or info.filename.startswith("__MACOSX/"):
                continue
            name = "".join(c if c.isprintable() else "?" for c in info.filename)
            try:
                with archive.open(info) as member:
                    yield name, Source(cast(BinaryIO, member), partial(int, info.compress_size))
            except texts.Unreadable as problem:
                yield name, problem
            except BROKEN as error:
                what = "is locked by a password" if info.flag_bits & 1 else f"is damaged ({error})"
                yield name, texts.Unreadable(f"{what}; unpack the archive yourself")
