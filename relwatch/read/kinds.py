"""Which format some bytes are in, told by their content; and their articles, as drafts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from relwatch.read import archives, delimited, feeds, html, jsonl, mail, markdown
from relwatch.read import text as texts
from relwatch.read.draft import Draft, Format
from relwatch.read.source import Source

MOST_JSON = 64_000_000  # bytes of a JSON document, which is read whole
_MOST_NESTED = 2  # a .zip of .gz
_MOST_OF_ONE = {"html": html.MOST_BYTES, "eml": mail.MOST_BYTES, "pdf": 100_000_000}  # bytes; of others the text's
_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"\x1f\x8b", "gz"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF-", "pdf"),
    (b"WARC/", "warc"),
)
_JSON = re.compile(r'\s*(?:\[\s*)?\{\s*["}]|\s*\[\s*\{')
_TOLD: tuple[tuple[Format, Callable[[str], object]], ...] = (
    ("jsonl", jsonl.is_lines),
    ("json", lambda head: _JSON.match(head)),
    ("feed", feeds.looks_like),
    ("html", html.looks_like),
    ("eml", mail.looks_like),
    ("csv", delimited.delimiter_of),
    ("markdown", markdown.looks_like),
)


def kind_of(head: bytes) -> Format:
    """The format of a file that begins with ``head``. Raises Unreadable for what is no text."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    start = texts.decode(head)
    return next((kind for kind, test in _TOLD if test(start)), "text")


def drafts(
    source: Source, kind: Format | None = None, *, file: BinaryIO | None = None, nested: int = 0
) -> Iterator[Draft]:
    """The articles of a source in the given format, or in the one its content tells; see ``settled``.

    ``file`` is the file itself where it can seek, which spares a ``.zip`` a copy. Raises Unreadable where the
    source as a whole cannot be read, and OSError.
    """
    if not source.head:
        raise texts.Unreadable("is empty; give the text of an article")
    told = kind_of(source.head) if kind is None or source.head.startswith((b"\x1f\x8b", b"PK")) else kind
    if told in ("gz", "zip"):
        if nested >= _MOST_NESTED:
            raise texts.Unreadable("is an archive in an archive in an archive; unpack it yourself")
        yield from _unpacked(source, told, kind, file, nested)
    elif told == "jsonl":
        yield from jsonl.from_lines(source.lines())
    elif told == "csv":
        mark = delimited.delimiter_of(texts.decode(source.head))
        yield from delimited.rows(source.lines(), mark or ",")
    else:
        yield from _whole(source, told)


def _whole(source: Source, kind: Format) -> Iterator[Draft]:
    """The formats that are read as a whole: those of many articles here, one article by ``settled``."""
    if kind == "warc":
        from relwatch.read import documents

        yield from documents.warc(source)
    elif kind == "feed":
        yield from feeds.read(source.read(feeds.MOST_BYTES))
    elif kind == "json":
        yield from jsonl.from_document(texts.decode(source.read(MOST_JSON)))
    else:
        yield Draft(raw=source.read(_MOST_OF_ONE.get(kind, 4 * texts.MOST_BYTES)), kind=kind)


def settled(draft: Draft) -> Draft:
    """The draft with its bytes read, where it has any: what takes time, and may be done elsewhere.

    Raises Unreadable.
    """
    if draft.raw is None:
        return draft
    read = _read(draft.raw, draft.kind, draft.url)
    return read.within(draft.at) if draft.at else read


def _read(data: bytes, kind: Format, url: str | None) -> Draft:
    if kind == "html":
        return html.read(data, url)
    if kind == "pdf":
        from relwatch.read import documents

        return documents.pdf(data)
    if kind == "eml":
        return mail.read(data)
    text = texts.newlines(texts.decode(data))
    return markdown.read(texts.checked(text)) if kind == "markdown" else Draft(text=text)


def _unpacked(source: Source, told: Format, kind: Format | None, file: BinaryIO | None, nested: int) -> Iterator[Draft]:
    """The articles of what an archive holds; a member that cannot be read is one draft with a problem."""
    try:
        if told == "gz":
            yield from drafts(archives.unzipped(source), kind, nested=nested + 1)
            return
        for name, member in archives.members(source, file):
            if isinstance(member, texts.Unreadable):
                yield Draft(name, problem=str(member))
                continue
            try:
                for draft in drafts(member, kind, nested=nested + 1):
                    yield draft.within(name)
            except texts.Unreadable as problem:
                yield Draft(name, problem=str(problem))
    except archives.BROKEN as error:
        raise texts.Unreadable(f"is a damaged archive ({str(error)[:80] or type(error).__name__})") from error
