"""The work on one article: read it, and code it unless it is known. Plain data in, plain data out.

It may be done in another process, or on another machine: it depends on nothing but its arguments, and says
the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from relwatch import read
from relwatch.errors import PassingError, ReadError, RelwatchError
from relwatch.ingest import limit
from relwatch.read.draft import Draft
from relwatch.records import Article, Coding

Known = Callable[[Article], bool]
Within = Callable[[float, Callable[[], Any]], Any]  # a function of limit.py


@dataclass(frozen=True, slots=True)
class Coded:
    """An article with what was found in it."""

    article: Article
    found: Coding


@dataclass(frozen=True, slots=True)
class There:
    """An article that was not coded, for it is known."""

    article: Article


Outcome = Coded | There | ReadError  # a Remark comes before what it is about


@dataclass(frozen=True, slots=True)
class Task:
    """How articles are worked on: what the caller says of each (``given``), how many ``seconds`` one may take.

    ``tables`` is the folder of the user's own tables, None where there are none.
    """

    given: Draft
    seconds: float = limit.SECONDS
    tables: Path | None = None


@cache
def load() -> None:
    """Load what coding needs, so that the first article is not charged with it. Takes about a second."""
    from relwatch.coder import code

    code(Article("", "Russia met France. France met Russia."))


def done(piece: read.Piece, task: Task, known: Known, within: Within = limit.within) -> tuple[Outcome, ...]:
    """What comes of a piece, in order: never raises for a bad article, nor for one that takes too long.

    ``known`` tells whether an article need not be coded.
    """
    try:
        article, before = within(task.seconds, partial(_read, piece, task.given))
        if known(article):
            return (*before, There(article))
        load()  # here, for it counts on no article's time
        return (*before, Coded(article, within(task.seconds, partial(coded, article))))
    except ReadError as error:
        return (error,)
    except RelwatchError:  # a table that is malformed: no fault of the article
        raise
    except limit.TooLong:
        return (PassingError(f"{piece.where}: takes longer than {task.seconds:g} s; give it more with --timeout"),)
    except Exception as error:  # a flaw of ours, or of a library, that this article brings out
        what = " ".join(f"{type(error).__name__}: {error}".split())[:120]
        return (PassingError(f"{piece.where}: cannot be coded ({what}); please report this with the article"),)


def _read(piece: read.Piece, given: Draft) -> tuple[Article, tuple[read.Remark, ...]]:
    draft, remark = read.text_of(piece)
    return read.article_from(piece, draft, given), (remark,) if remark else ()


def coded(article: Article) -> Coding:
    """The article's events and unresolved names. spaCy is loaded at the first call, not before."""
    from relwatch.coder import coding

    return coding(article)
