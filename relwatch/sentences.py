"""Quick splitting of an article into sentences, by rule, with exact spans.

Paragraph ends and the edges of furniture are always boundaries; within a paragraph a stop ends a
sentence unless it belongs to an abbreviation, an initial or an ellipsis in brackets. Lines that
were wrapped at a fixed width are read as one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from relwatch import tables
from relwatch.records import Span

TABLE = "sentence_words.csv"


class Words(NamedTuple):
    """What ``data/sentence_words.csv`` says of words beside a full stop; all in lower case."""

    before_name: frozenset[str]
    month: frozenset[str]
    open_ended: frozenset[str]
    starter: frozenset[str]
    title_starter: frozenset[str]


@cache
def words() -> Words:
    """The word lists, loaded once."""
    return Words(**{row["kind"]: frozenset(tables.listed(row["words"])) for row in tables.rows(TABLE)})


_CANDIDATE = re.compile(
    r"""(?<![.!?…。])(?P<stop>[.!?…。]+)(?P<close>["'”’»)\]*]*)(?:\[\d{1,3}\])*(?=\s|\Z)"""
    r"""|(?<=[a-zé]{3})[.?!]["”]?(?=["“]?[A-Z][a-z]+[ ,])"""
)
_TOKEN = re.compile(r"[\w.'’&-]+\Z")
_NEXT = re.compile(r"""\s*(?P<open>["'“‘«(\[*–—-]*\s?)(?P<word>[^\W_][\w'’-]*)?""")
_NAME_PARTICLE = re.compile(r"(?:al|el|an|as|ash|ad|bin|von|van|de|di|da|du|la|le)(?: de[rn]?)?[- ][A-Z]")
_NEWLINE = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_ENDS = re.compile(r"""[.!?…:;]["'”’»)\]*]*$""")


def split(text: str, furniture: Sequence[Span] = ()) -> list[Span]:
    """The sentences of ``text`` in order, stripped of white space, none of them inside ``furniture``."""
    out: list[Span] = []
    for start, end in _prose(text, furniture):
        for first, last in _paragraphs(text, start, end):
            out.extend(_sentences(text, first, last))
    return out


def _prose(text: str, furniture: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The stretches of ``text`` between pieces of furniture."""
    at = 0
    for span in sorted(furniture, key=lambda s: s.start):
        if span.start > at:
            yield at, span.start
        at = max(at, span.end)
    if at < len(text):
        yield at, len(text)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraphs between two offsets: lines, those of a hard-wrapped paragraph taken together."""
    block: list[tuple[int, int]] = []
    at = start
    while at < end:
        newline = _NEWLINE.search(text, at, end)
        stop = newline.start() if newline else end
        if text[at:stop].strip():
            block.append((at, stop))
        else:
            yield from _unwrap(text, block)
            block = []
        at = newline.end() if newline else end
    yield from _unwrap(text, block)


def _unwrap(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join the lines that only a line break at a fixed width keeps apart."""
    if not lines:
        return
    widths = [end - start for start, end in lines]
    body = widths[:-1]
    wrapped = (
        len(body) >= 2
        and max(body) <= 100
        and min(body) >= 0.6 * max(body)
        and max(body) >= 45
        and sum(1 for s, e in lines[:-1] if not _ENDS.search(text[s:e])) >= 0.6 * len(body)
    )
    start, end = lines[0]
    for nxt_start, nxt_end in lines[1:]:
        goes_on = text[nxt_start:nxt_end].lstrip()[:1].islower() and not _ENDS.search(text[start:end].rstrip())
        if wrapped or goes_on:
            end = nxt_end
        else:
            yield start, end
            start, end = nxt_start, nxt_end
    yield start, end


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for match in _CANDIDATE.finditer(text, start, end):
        if match.end() < end and _ends_sentence(text, at, end, match):
            yield from _stripped(text, at, match.end())
            at = match.end()
    yield from _stripped(text, at, end)


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    body = piece.strip()
    if body:
        first = start + len(piece) - len(piece.lstrip())
        yield Span(first, first + len(body), body)


def _ends_sentence(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    """Whether the stop of ``match`` ends the sentence that began at ``start``."""
    stop, closing = match["stop"], match["close"]
    if stop is None:  # glued to the next sentence: the expression itself saw the capital
        return True
    nxt = _NEXT.match(text, match.end(), end)
    word = nxt["word"] if nxt else None
    if word is None:
        return True
    opens = bool(nxt and nxt["open"].strip(" –—-"))
    if word[0].islower() and not (nxt and stop == "." and _NAME_PARTICLE.match(text, nxt.start("word"), end)):
        return False
    if text[match.start() - 1 : match.start()] in ("[", "(") and closing[:1] in ("]", ")"):
        return closing[:1] == "]" and not word[0].islower()  # words left out, by an editor
    if stop != "." or closing or opens:
        return not (stop == "." and not closing and _is_title(text, start, match.start()))
    return _plain_stop_ends(text, start, match.start(), word)


def _last_token(text: str, start: int, at: int) -> str:
    token = _TOKEN.search(text, max(start, at - 30), at)
    return token.group() if token else ""


def _is_title(text: str, start: int, at: int) -> bool:
    token = _last_token(text, start, at)
    return token.lower() in words().before_name or (len(token) == 1 and token.isupper())


def _plain_stop_ends(text: str, start: int, at: int, word: str) -> bool:
    """Whether a bare full stop at ``at``, followed by a capital or digit in ``word``, ends a sentence."""
    token = _last_token(text, start, at)
    low, follower = token.lower(), word.lower().rstrip("’'")
    bare = low.lstrip("'’")
    if bare in words().before_name:
        return bare in ("no", "al", "art", "sec") and not word[0].isdigit()
    if bare in words().month:
        return token[:1].islower() or (not word[0].isdigit() and follower in words().starter)
    if len(token) == 1 and token.isalpha():
        return token.islower() or follower in words().starter
    if bare in words().open_ended:
        return follower in words().starter
    if "." in token and all(len(part) <= 2 for part in token.split(".")):  # U.S., a.m., Ph.D.
        return follower in words().starter or (bare == "d.c" and follower in words().title_starter)
    return not (word[0].isdigit() and bare in ("p", "rs", "c", "ch"))
