"""Unresolved names, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from relwatch.render.plain import count, short_id
from relwatch.render.terminal import HEADING, QUIET, joined, plain, quoted
from relwatch.unknown import Unknown

WHY = {
    "untabled": "in no table",
    "no_country": "an office, but of which country?",
    "ambiguous": "several in office have this name",
    "out_of_office": "held no office then",
    "unknown": "in no table, and no office said",
}


def print_unknown(found: Iterable[Unknown], console: Console) -> int:
    """Print the names, each with its sentence; how many."""
    shown = 0
    for one in found:
        office = ", ".join(part for part in (one.title, one.party) if part)
        why = WHY[one.reason] + (f": {', '.join(one.among)}" if one.among else "")
        often = f"{count(one.mentions, 'mention')} in {count(one.articles, 'article')}"
        facts = [plain(one.name, HEADING), plain(office), plain(why, "yellow"), plain(often)]
        where = [
            plain(one.outlet, QUIET),
            plain(one.published or "undated", QUIET),
            plain(short_id(one.article), QUIET),
        ]
        console.print(Text("\n").join([joined(facts), quoted(one.sentence, QUIET), joined(where)]))
        shown += 1
    return shown
