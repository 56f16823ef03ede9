"""What a search found, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from relwatch.render.plain import short_id
from relwatch.render.terminal import HEADING, QUIET, joined, plain, quoted
from relwatch.search import Hit
from relwatch.timeline import timeline_row


def print_hits(found: Iterable[Hit], console: Console, a: str | None, b: str | None) -> int:
    """Print the hits as they come; how many."""
    shown = 0
    for hit in found:
        if hit.row:
            line = timeline_row(hit.row, a or "", b)
            facts = [plain(line.date, HEADING), plain(line.who), plain(line.what)]
            id_ = line.id
        else:
            facts = [plain(hit.published or "undated", HEADING), plain(hit.title or "article")]
            id_ = hit.article
        marks = [plain(hit.outlet, QUIET), plain(short_id(id_), QUIET)]
        console.print(Text("\n").join([joined(facts + marks), quoted(hit.sentence, QUIET)]))
        shown += 1
    return shown
