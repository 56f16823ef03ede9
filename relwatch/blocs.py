"""Who belongs to a bloc, as the text itself tells: "the Quad, made up of the US, Japan, India and Australia"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from relwatch.mention import Mention

MEMBERSHIP = re.compile(
    r"\b(?:compris\w+|consist\w+|made up|composed|includ\w+|group\w* |members?|countries|nations|states)\b"
    r"|[(:–—-]\s*(?:the )?$"
)
FEWEST = 3


def members(text: str, rows: Sequence[Sequence[Mention]]) -> dict[str, tuple[str, ...]]:
    """Bloc -> its members, for each bloc whose members one sentence lists, at least three of them."""
    out: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for i, bloc in enumerate(row):
            if bloc.kind != "org" or not bloc.party or bloc.party in out:
                continue
            named = [m for m in row[i + 1 :] if m.kind in ("country", "org") and m.party not in (None, bloc.party)]
            listed = _run(text, named)
            if len(listed) >= FEWEST and MEMBERSHIP.search(text[bloc.end : named[0].start]):
                out[bloc.party] = listed
    return out


def _run(text: str, named: Sequence[Mention]) -> tuple[str, ...]:
    """The parties that stand in one list, joined by commas and "and", which begins with a country."""
    found: list[str] = []
    if not named or named[0].kind != "country":
        return ()
    for i, m in enumerate(named):
        if i and text[named[i - 1].end : m.start].strip(" ,") not in ("", "and", "and the", "the", "or"):
            break
        if m.party and m.party not in found:
            found.append(m.party)
    return tuple(found)
