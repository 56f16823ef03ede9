"""Events on a terminal: the date at the left; beside it who and what, then the marks, then the evidence.

One event takes three lines or so at 80 columns, two at 120: the sentence that shows it has the full width,
which a table of ten columns would not leave it.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from relwatch.render.plain import count, short_id, told
from relwatch.render.terminal import QUIET, STATUS_STYLES, TONE_STYLES, joined, plain, quoted, words
from relwatch.timeline import TimelineRow

DATE_WIDTH = 11
GAP = 2


def marks(row: TimelineRow) -> Text:
    """Status, tone with its words, topics, speaker, outlet and id of an event, what there is of them."""
    tone = row.tone if row.tone != "neutral" else ""
    tone_mark = Text(f"{tone} {words(row.tone_words)}".strip(), TONE_STYLES.get(tone, ""))
    topics = ", ".join(topic.replace("_", " ") for topic in row.topics)
    speaker = f"says {row.speaker}" if row.speaker and not row.who.startswith(row.speaker) else ""
    return joined(
        [
            plain(row.status, STATUS_STYLES.get(row.status, "")),
            plain(", ".join(row.life), "cyan"),
            tone_mark,
            plain(topics, "blue"),
            plain(speaker, QUIET),
            plain(row.outlet, QUIET),
            plain(told(row.reports, row.sources)),
            plain(f"reports differ: {'; '.join(row.disagreements)}" if row.disagreements else "", "yellow"),
            plain(short_id(row.id), QUIET),
        ]
    )


def date_cell(date: str) -> Text:
    """The date; a range too long for the column goes on on the next line."""
    first, dots, last = date.partition("..")
    split = dots and len(date) > DATE_WIDTH
    return plain(first, "bold") + Text(f"\n  ..{last}" if split else dots + last, "bold")


def card(row: TimelineRow, width: int) -> Text:
    """One event as lines of text: who and what, its marks (beside them if ``width`` allows), the evidence."""
    head = Text.assemble(plain(row.who, "bold"), "  ", plain(row.what))
    aside = marks(row)
    if head.cell_len + 3 + aside.cell_len <= width:
        return Text("\n").join([joined([head, aside]), quoted(row.sentence, QUIET)])
    return Text("\n").join([head, aside, quoted(row.sentence, QUIET)])


def print_events(rows: Iterable[TimelineRow], console: Console) -> int:
    """Print the events as they come; the number printed."""
    shown = 0
    width = console.width - DATE_WIDTH - GAP
    for row in rows:
        table = Table.grid(padding=(0, GAP, 0, 0))
        table.add_column(width=DATE_WIDTH)
        table.add_column()
        table.add_row(date_cell(row.date), card(row, width))
        console.print(table)
        shown += 1
    return shown


def print_overdue(found: Iterable[tuple[TimelineRow, int]], console: Console) -> int:
    """Print planned contacts without a report, with the number of articles that could have held one."""
    shown = 0
    for row, articles in found:
        shown += print_events([row], console)
        heard = f"{count(articles, 'article')} in the store of the two weeks after"
        console.print(plain(" " * (DATE_WIDTH + GAP) + heard, QUIET if articles else "yellow"))
    return shown
