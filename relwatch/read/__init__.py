"""Readers: a file, standard input or JSON lines -> articles, or one line that says why not."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from relwatch.errors import ReadError
from relwatch.read import jsonl
from relwatch.read import text as texts
from relwatch.read.layout import Layout, layout
from relwatch.read.published import Published, published
from relwatch.records import Article, Span

__all__ = ["Layout", "Published", "article_of", "articles", "layout", "published"]

_MOST_IN_FILE = 2_000_000_000  # bytes of a file of JSON lines


def articles(
    path: Path | None,
    *,
    date: date | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Iterator[Article | ReadError]:
    """The articles of a file (None: standard input), or a ReadError for each that cannot be read.

    JSON lines, known by their content, give one article a line; anything else is one article in
    plain text. What the caller says of date, outlet, title and address wins over what the source
    says. Never raises for a bad input: the rest of a batch goes on.
    """
    name = "standard input" if path is None else str(path)
    try:
        content = texts.decode(_bytes(path))
        if jsonl.looks_like(content):
            yield from _from_lines(content, name, date, outlet, title, url)
            return
        yield _plain(content, path, date, outlet, title, url)
    except texts.Unreadable as problem:
        yield ReadError(f"{name}: {problem}")
    except OSError as error:
        yield ReadError(f"{name}: {_os_problem(error)}")


def _bytes(path: Path | None) -> bytes:
    if path is None:
        return sys.stdin.buffer.read()
    if path.is_dir():
        raise texts.Unreadable(f"is a folder; give files or {path}/*.txt")
    size = path.stat().st_size
    if size > _MOST_IN_FILE:
        raise texts.Unreadable(f"is too large ({size // 1_000_000} MB); split it into several files")
    data = path.read_bytes()
    return data


def _os_problem(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; check the name"
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    return f"cannot be read ({(error.strerror or 'unknown error').lower()}); check the file"


def _checked(text: str) -> str:
    """The text itself; raises Unreadable where it is too long, empty or not English."""
    if len(text) > texts.MOST_BYTES:
        limit = texts.MOST_BYTES // 1_000_000
        raise texts.Unreadable(
            f"is too long for an article ({len(text) / 1e6:.0f} MB, at most {limit}); split it into articles"
        )
    problem = texts.complaint(text)
    if problem:
        raise texts.Unreadable(problem)
    return text


def _plain(
    content: str, path: Path | None, day: date | None, outlet: str | None, title: str | None, url: str | None
) -> Article:
    text = _checked(texts.newlines(content))
    return article_of(text, given=day, outlet=outlet, title=title, url=url, file=path)


def _from_lines(
    content: str, name: str, day: date | None, outlet: str | None, title: str | None, url: str | None
) -> Iterator[Article | ReadError]:
    for item in jsonl.items(content):
        where = f"{name}, line {item.line}"
        if item.problem:
            yield ReadError(f"{where}: {item.problem}")
            continue
        try:
            yield article_of(
                _checked(item.text),
                id=item.id,
                given=day,
                metadata=item.date,
                outlet=outlet or item.outlet,
                title=title or item.title,
                url=url or item.url,
            )
        except texts.Unreadable as problem:
            yield ReadError(f"{where}: {problem}")


def article_of(
    text: str,
    *,
    id: str | None = None,
    given: date | None = None,
    metadata: date | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
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
    )


def _standing(text: str, title: str | None) -> Span | None:
    """The given title where the text begins with it, word for word."""
    words = (title or "").strip(" .").split()
    if len(words) < 3:
        return None
    match = re.compile(r"\s*(" + r"\s+".join(map(re.escape, words)) + r"[.?!]?)(?=\s|\Z)").match(text)
    return Span(match.start(1), match.end(1), match[1]) if match and match.end() < len(text) else None
