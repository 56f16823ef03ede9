"""Outcomes into the store and its log, one article a transaction; each goes on to the caller when it is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relwatch.errors import PassingError, ReadError, RefusedError
from relwatch.filelog import FileLog
from relwatch.ingest.intake import FileBegins, FileEnds, FileKnown, Item
from relwatch.ingest.work import Coded, Outcome, There, coded
from relwatch.read import Remark
from relwatch.store import Store, article_digest

Filed = Outcome | FileKnown | RefusedError


def filed(store: Store, log: FileLog, items: Iterable[Item]) -> Iterator[Filed]:
    """What became of each item: an article that turns out to be in the store is There.

    Killed at any point, the store has each article with all its events or not at all; a file that was not
    written to the log as complete is read again, and its articles are found to be there. Raises StoreError when
    the store cannot be written.
    """
    for item in items:
        if isinstance(item, FileBegins):
            log.begin(item.file, item.pieces)
        elif isinstance(item, FileEnds):
            log.end()
        elif isinstance(item, Coded | There):
            try:
                fresh = _entered(store, item)
            except RefusedError as error:
                log.failure(PassingError(str(error)))
                yield error
            else:
                log.article(article_digest(item.article.text))
                yield item if fresh else There(item.article)
        else:
            if isinstance(item, ReadError) and not isinstance(item, Remark):
                log.failure(item)
            yield item


def _entered(store: Store, item: Coded | There) -> bool:
    """Whether the article is new in the store; one that is there may have a new carrier."""
    if isinstance(item, There):
        if store.settled(item.article):
            return False
        item = Coded(item.article, coded(item.article))  # removed, or published by another, since it was looked up
    return store.add(item.article, item.found.events, item.found.unresolved)


def unfiled(items: Iterable[Item]) -> Iterator[Filed]:
    """The same without a store: nothing is written."""
    return (item for item in items if not isinstance(item, FileBegins | FileEnds))
