"""What coding articles again changed, on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from relwatch.records import Article
from relwatch.render.article import heading
from relwatch.render.terminal import QUIET, joined, plain, quoted, words

if TYPE_CHECKING:
    from relwatch.timeline import TimelineRow

STYLES = {"added": "green", "removed": "red", "changed": "yellow"}


def print_changes(
    article: Article,
    steps: Sequence[tuple[str, TimelineRow, Sequence[str]]],
    before: Mapping[str, TimelineRow],
    console: Console,
) -> None:
    """Print an article's heading and its changes; of an event told differently also how it was before (by id)."""
    console.print(heading(article))
    for change, row, fields in steps:
        console.print(joined([plain(change, STYLES[change]), *_facts(row)]))
        if row.id in before:
            console.print(joined([plain(f"  {', '.join(fields)}; before", QUIET), *_facts(before[row.id])[:-1]]))
        console.print(Padding(quoted(row.sentence, QUIET), (0, 0, 0, 2)))
    console.print()


def _facts(row: TimelineRow) -> list[Text]:
    speaker = f"says {row.speaker}" if row.speaker else ""
    tone = " ".join(part for part in (row.tone, words(row.tone_words)) if part)
    marks = (row.date, row.who, row.what, row.status, tone, ", ".join(row.topics), speaker)
    return [*(plain(mark) for mark in marks), plain(row.id, QUIET)]
