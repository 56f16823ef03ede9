"""Whose voice a joint statement is: "we", "our two countries" are all who issue it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from relwatch.listings import run_of
from relwatch.mention import Mention
from relwatch.records import Article, Party, Span

JOINT = re.compile(
    r"\b(?:joint|trilateral|quadrilateral|common) (?:\w+ ){0,2}?(?:statement|declaration|communiqu[eé]|press release"
    r"|vision|op-ed)\b",
    re.I,
)
SUBJECT = re.compile(
    r"\b(?:on|regarding|about|concerning|announcing|following|marking|condemning|after|against)\b", re.I
)
# "The following statement was released by the governments of A, B and C"; "We, the leaders of A, B and C".
ISSUED = re.compile(
    r"\b(?:statement|declaration|communiqu[eé]|text)\b[^.;:]{0,80}?\b(?:by|of|from|between)\b(?=[^.;:]{0,40}?\b(?:governments?"
    r"|leaders|ministers|presidents|heads|states)\b)|^\W*We,",
    re.I,
)
OPENING = 700  # characters in which a statement says whose it is

Find = Callable[[str, Sequence[Span]], Sequence[Sequence[Mention]]]


def joint(
    article: Article, sentences: Sequence[Span], rows: Sequence[Sequence[Mention]], find: Find
) -> tuple[Party, ...]:
    """Those who issue a joint statement, each once; empty for any other text.

    They are named in its title or its opening. ``find`` gives the mentions of another text, such as the title.
    """
    title = article.title or ""
    if JOINT.search(title):
        cut = SUBJECT.search(title, JOINT.search(title).end())  # type: ignore[union-attr]
        head = title[: cut.start()] if cut else title
        found = _parties(find(head, [Span(0, len(head), head)])[0])
        if len(found) > 1:
            return found
    for span, row in zip(sentences, rows, strict=True):
        if span.start > OPENING:
            break
        cue = ISSUED.search(span.text)
        if cue is not None:
            after = span.start + cue.end()
            found = _parties(run_of(article.text, after, [m for m in row if m.start >= after]))
            if len(found) > 1:
                return found
    return ()


def _parties(mentions: Sequence[Mention]) -> tuple[Party, ...]:
    out: dict[str, Party] = {}
    for m in mentions:
        if m.party and m.acts and (m.party not in out or (m.name and not out[m.party].name)):
            out[m.party] = Party(m.party, m.name, m.role)
    return tuple(out.values())
