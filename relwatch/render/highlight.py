"""An article's text with the evidence standing out: bright among dim on a terminal, ``> `` in a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.text import Text

from relwatch.records import Span
from relwatch.render.text import visible

EVIDENCE = "bold"
PHRASE = "bold underline"
GAP = "…"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an article: its offset in the text, its text, and whether evidence stands in it."""

    start: int
    text: str
    marked: bool


def lines(text: str, evidence: Sequence[Span], context: int | None) -> list[Line | None]:
    """The lines that evidence stands in, with ``context`` lines (blank ones not counted) around each.

    All lines when ``context`` is None. None in the list stands for lines left out.
    """
    found: list[Line] = []
    start = 0
    for piece in text.split("\n"):
        end = start + len(piece)
        if piece.strip():
            found.append(Line(start, piece, any(s.start < end and start < s.end for s in evidence)))
        start = end + 1
    if context is None:
        return list(found)
    near = {n for at, item in enumerate(found) if item.marked for n in range(at - context, at + context + 1)}
    out: list[Line | None] = []
    for n, item in enumerate(found):
        if n in near:
            out.append(item)
        elif not out or out[-1] is not None:
            out.append(None)
    return out


def rich_text(shown: Sequence[Line | None], evidence: Sequence[Span], phrases: Sequence[Span]) -> Text:
    """The lines for a terminal: evidence bright, tone phrases underlined in it, the rest dim."""
    out = Text()
    for item in shown:
        if item is None:
            out.append(GAP + "\n", "dim")
            continue
        cuts = {item.start, item.start + len(item.text)}
        cuts |= {edge for s in (*evidence, *phrases) for edge in (s.start, s.end)}
        edges = sorted(e for e in cuts if item.start <= e <= item.start + len(item.text))
        for first, last in pairwise(edges):
            piece = item.text[first - item.start : last - item.start]
            out.append(visible(piece), _style(first, last, evidence, phrases))
        out.append("\n")
    out.rstrip()
    return out


def _style(first: int, last: int, evidence: Sequence[Span], phrases: Sequence[Span]) -> str:
    if any(s.start <= first and last <= s.end for s in phrases):
        return PHRASE
    return EVIDENCE if any(s.start <= first and last <= s.end for s in evidence) else "dim"


def plain_text(shown: Sequence[Line | None]) -> str:
    """The lines for a pipe: those with evidence begin with ``> ``, others with two spaces."""
    return "".join(
        f"  {GAP}\n" if item is None else f"{'> ' if item.marked else '  '}{visible(item.text)}\n" for item in shown
    )
