"""Readers: a file or standard input, in any of the formats -> articles, or one line that says why not."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from relwatch.errors import PassingError, ReadError
from relwatch.read import garble, kinds
from relwatch.read import text as texts
from relwatch.read.draft import Draft, Format
from relwatch.read.furniture import byline
from relwatch.read.layout import Layout, layout
from relwatch.read.published import Published, published
from relwatch.read.source import Source
from relwatch.records import Article, Span

__all__ = [
    "Format",
    "Layout",
    "Piece",
    "Published",
    "Remark",
    "article_from",
    "article_of",
    "articles",
    "layout",
    "pieces",
    "published",
    "text_of",
]


class Remark(ReadError):
    """What a user should know of an input that was read all the same."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One article to be: its draft, and the file it stands in (None: standard input), which is called ``name``."""

    name: str
    path: Path | None
    draft: Draft

    @property
    def where(self) -> str:
        """The file, and the place in it where it holds several articles."""
        return f"{self.name}, {self.draft.at}" if self.draft.at else self.name


def articles(
    path: Path | None,
    *,
    date: date | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
    format: Format | None = None,
    told: Callable[[int], None] = lambda taken: None,
) -> Iterator[Article | ReadError]:
    """The articles of a file (None: standard input), or a ReadError for each that cannot be read.

    The format is told by the content unless it is given. What the caller says of date, outlet, title and
    address wins over what the source says. Never raises for a bad input: the rest of a batch goes on. A
    Remark before an article says what is odd about it. Files of many articles are read as a stream; ``told``
    hears before each article how many bytes of the file have been taken.
    """
    given = Draft(title=title, date=date, outlet=outlet, url=url)
    for piece in pieces(path, format, told):
        yield from [piece] if isinstance(piece, ReadError) else _made(piece, given)


def pieces(
    path: Path | None, format: Format | None = None, told: Callable[[int], None] = lambda taken: None
) -> Iterator[Piece | ReadError]:
    """As ``articles``, before the bytes of an article of its own are read and its parts are told apart.

    That is quick; what takes time may be done elsewhere, with ``text_of`` and ``article_from``.
    """
    name = "standard input" if path is None else str(path)
    try:
        with _opened(path) as stream:
            file = stream if stream.seekable() else None
            source = Source(stream)
            for draft in kinds.drafts(source, format, file=file):
                told(source.taken)
                yield Piece(name, path, draft)
    except texts.Unreadable as problem:
        yield _error(name, problem)
    except OSError as error:
        yield PassingError(f"{name}: {_os_problem(error)}")


def _error(where: str, problem: texts.Unreadable) -> ReadError:
    return (PassingError if isinstance(problem, texts.LibraryMissing) else ReadError)(f"{where}: {problem}")


def _opened(path: Path | None) -> AbstractContextManager[BinaryIO]:
    if path is None:
        return nullcontext(sys.stdin.buffer)
    if path.is_dir():
        raise texts.Unreadable(f"is a folder; give files or {path}/*.txt")
    return path.open("rb")


def _os_problem(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; check the name"
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    return f"cannot be read ({(error.strerror or 'unknown error').lower()}); check the file"


def _made(piece: Piece, given: Draft) -> Iterator[Article | ReadError]:
    """The article of a piece, after a Remark where there is one; a ReadError where it is none."""
    try:
        draft, remark = text_of(piece)
    except ReadError as error:
        yield error
        return
    if remark:
        yield remark
    yield article_from(piece, draft, given)


def text_of(piece: Piece) -> tuple[Draft, Remark | None]:
    """The draft of a piece with its text, its bytes read and its letters put right; what is odd about it.

    Raises ReadError where it is no article.
    """
    try:
        draft = kinds.settled(piece.draft)
        if draft.problem:
            raise ReadError(f"{piece.where}: {draft.problem}")
        text, remark = garble.mended(texts.checked(draft.text))
    except texts.Unreadable as problem:
        raise _error(piece.where, problem) from None
    return draft._replace(text=text), Remark(f"{piece.where}: {remark}") if remark else None


def article_from(piece: Piece, draft: Draft, given: Draft) -> Article:
    """The article of a piece whose text has been read; what is ``given`` wins over what the source says."""
    return article_of(
        draft.text,
        id=draft.id,
        given=given.date,
        metadata=draft.date,
        outlet=given.outlet or draft.outlet,
        title=given.title or draft.title,
        url=given.url or draft.url,
        author=draft.author,
        file=piece.path if draft.at is None else None,
    )


def article_of(
    text: str,
    *,
    id: str | None = None,
    given: date | None = None,
    metadata: date | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
    author: str | None = None,
    file: Path | None = None,
) -> Article:
    """The article of a text: its parts found, its day settled, what is given kept.

    ``text`` stays as it is, so that offsets hold. The id of an article without one is a digest of it.
    """
    parts = layout(text)
    when = published(text, parts, given=given, metadata=metadata, url=url, file=file)
    headline = parts.title or _standing(text, title)
    return Article(
        id=id or hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:12],
        text=text,
        title=title or (" ".join(headline.text.split()) if headline else None),
        outlet=outlet or parts.outlet,
        url=url,
        published=when.day,
        published_basis=when.basis,
        published_why=when.why,
        place=parts.place,
        headline=headline,
        furniture=parts.furniture,
        author=author or next((by for span in parts.furniture if (by := byline(span.text))), None),
    )


def _standing(text: str, title: str | None) -> Span | None:
    """The given title where the text begins with it, word for word."""
    words = (title or "").strip(" .").split()
    if len(words) < 3:
        return None
    match = re.compile(r"\s*(" + r"\s+".join(map(re.escape, words)) + r"[.?!]?)(?=\s|\Z)").match(text)
    return Span(match.start(1), match.end(1), match[1]) if match and match.end() < len(text) else None
