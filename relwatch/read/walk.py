"""The files that a call names: folders with all that is in them, patterns, lists of paths."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator

from relwatch.errors import ReadError

STANDARD_INPUT = "-"
# What stands beside articles in a folder and can hold none: it is passed over without a word.
_BESIDE = frozenset(
    ".jpg .jpeg .png .gif .webp .svg .ico .bmp .tif .tiff .heic .avif .css .js .mjs .map .woff .woff2 .ttf .otf .eot"
    " .mp3 .mp4 .m4a .wav .ogg .webm .mov .avi .mkv .exe .dll .so .o .pyc .db .sqlite .sqlite3 .db-wal .db-shm .bak"
    " .tmp .part .crdownload .swp .lock".split()
)
_PAGE_FOLDERS = ("_files", ".files", "_fichiers", "-Dateien")  # what a browser saves beside a page


def files(paths: Iterable[str]) -> Iterator[str | ReadError]:
    """The files of the paths, in order, those of a folder by name; one line for a path that leads to none.

    Hidden files and links that lead out of a folder are passed over. Nothing is opened.
    """
    for path in paths:
        if path == STANDARD_INPUT:
            yield path
        elif "\0" in path:  # no system has such a name, and Python takes it for a mistake of ours
            yield ReadError(f"{path!r}: no such file; check the name")
        elif os.path.isdir(path):
            found = False
            for file in _inside(path):
                found = True
                yield file
            if not found:
                yield ReadError(f"{path}: is a folder without articles; give files or another folder")
        elif os.path.lexists(path) or not glob.has_magic(path):
            yield path
        else:
            matches = sorted(glob.glob(path, recursive=True))
            if not matches:
                yield ReadError(f"{path}: no file fits this pattern; check it")
            yield from files(match for match in matches if match not in (path, STANDARD_INPUT))


def _inside(folder: str) -> Iterator[str]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not _is_passed_over(f))
        for name in sorted(names):
            path = os.path.join(here, name)
            if _may_hold_articles(path, folder):
                yield path


def belongs(path: str, folder: str) -> bool:
    """Whether ``files`` of a folder would give this path inside it."""
    inner = os.path.relpath(path, folder).split(os.sep)[:-1]
    return not any(map(_is_passed_over, inner)) and _may_hold_articles(path, folder)


def _is_passed_over(folder: str) -> bool:
    return folder.startswith(".") or folder.endswith(_PAGE_FOLDERS)


def _may_hold_articles(path: str, folder: str) -> bool:
    name = os.path.basename(path)
    if name.startswith(".") or os.path.splitext(name)[1].lower() in _BESIDE:
        return False
    if not os.path.isfile(path):  # a pipe would wait for ever
        return False
    if not os.path.islink(path):
        return True
    root = os.path.realpath(folder)
    return os.path.commonpath([root, os.path.realpath(path)]) == root
