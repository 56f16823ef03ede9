"""The parts of a page that are not its prose: menus, notices, credits, captions, bylines.

What they look like stands in ``data/furniture.csv``; here they are found and given as spans.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from relwatch import tables

Range = tuple[int, int]

_TOP = 900  # characters in which a byline or a "start" pattern may stand
_BYLINE = re.compile(
    r"(?:[Bb]y|BY)\s(?:[A-ZÀ-Þ][\w.'’-]*[\s,]*(?:and\s|de\s|van\s|von\s|bin\s)*){1,8}(?:in\s[A-Z]\w+)?"
)
_NAMED = re.compile(r"(?:[A-ZÀ-Þ][\w.'’-]*\s?){2,4}(?:,\s(?:[A-Z][\w-]*\s?|(?:of|for|and|the|to)\s){2,8})?")
_PICTURE = 250  # characters a caption has at most


class Pattern(NamedTuple):
    keys: tuple[str, ...]
    regex: re.Pattern[str]


@cache
def patterns(kind: str) -> tuple[Pattern, ...]:
    """The patterns of a kind, each with the literals of which one stands in the lower-case text."""
    return tuple(
        Pattern(tables.listed(row["key"]) or ("",), re.compile(row["pattern"], re.IGNORECASE | re.DOTALL))
        for row in tables.rows("furniture.csv")
        if row["kind"] == kind
    )


def matching(kind: str, text: str, lower: str) -> Iterable[re.Pattern[str]]:
    """The patterns of a kind that can match a text as far as their keys tell."""
    for keys, regex in patterns(kind):
        for key in keys:
            if key in lower:
                yield regex
                break


def is_menu_line(line: str) -> bool:
    """Whether a whole line is furniture: a menu entry, a notice, an address, a rule of signs."""
    lower = line.lower()
    return len(line) <= 300 and any(p.fullmatch(line) for p in matching("line", line, lower))


def is_credit(line: str) -> bool:
    """Whether a line credits a picture."""
    return len(line) <= _PICTURE and any(p.search(line) for p in matching("credit", line, line.lower()))


def is_byline(line: str) -> bool:
    """Whether a line names the writer: "By Jane Doe", "Jane Doe, Secretary of State"."""
    return len(line) <= 100 and bool(_BYLINE.fullmatch(line) or _NAMED.fullmatch(line))


def is_by(line: str) -> bool:
    """Whether a line is a byline that says so."""
    return len(line) <= 100 and bool(_BYLINE.fullmatch(line))


def byline(line: str) -> str | None:
    """The names of a line that is a byline and says so; None for other lines."""
    return " ".join(line.split()[1:]) if is_by(line) else None


def line_ranges(text: str, lines: Sequence[Range]) -> list[Range]:
    """Whole lines that are furniture: menus, bylines, credits and the captions beside them."""
    bodies = [text[a:b] for a, b in lines]
    found = set()
    for i, body in enumerate(bodies):
        if is_menu_line(body) or (i < 12 and is_by(body)):
            found.add(i)
        elif is_credit(body):
            found.update(j for j in range(max(0, i - 2), min(len(bodies), i + 3)) if _same(bodies[i], bodies[j]))
            found.add(i)
    for i in sorted(found):  # "Envoy Jane Doe" above "© John Doe/TASS" that was named in a caption above
        for j in (i - 1, i + 1):
            if 0 <= j < len(bodies) and len(bodies[j]) < _PICTURE and any(_same(bodies[k], bodies[j]) for k in found):
                found.add(j)
    return [lines[i] for i in sorted(found)]


def _same(credit: str, line: str) -> bool:
    """Whether a line repeats what the line of a credit says."""
    return len(line) >= 8 and credit.startswith(line.rstrip(" ."))


def running_ranges(text: str) -> list[Range]:
    """Furniture inside running text: at its start, as a sentence of its own, or from a notice to the end."""
    lower = text.lower()
    found: list[Range] = []
    for regex in matching("start", text, lower[:_TOP]):
        match = regex.match(text, 0, _TOP)
        if match:
            found.append(match.span())
    for regex in matching("top", text, lower[:_TOP]):
        found.extend(m.span() for m in regex.finditer(text, 0, _TOP))
    for regex in matching("sentence", text, lower):
        found.extend(m.span() for m in regex.finditer(text))
    for regex in matching("tail", text, lower):
        match = regex.search(text, int(len(text) * 0.3))
        if match:
            found.append((match.start(), len(text)))
    return found


def merged(ranges: Iterable[Range], text: str) -> list[Range]:
    """Ranges in order, overlapping ones joined, white space at their edges dropped."""
    out: list[Range] = []
    for start, end in sorted(ranges):
        piece = text[start:end]
        start, end = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        if start >= end:
            continue
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
