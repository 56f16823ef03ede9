"""Articles on a terminal: what was found in one, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from relwatch.records import Article
from relwatch.render.plain import published, short_id, told
from relwatch.render.terminal import HEADING, QUIET, joined, plain, quoted
from relwatch.render.timeline import print_events

if TYPE_CHECKING:
    from relwatch.holdings import ArticleRow
    from relwatch.merge import Encounter
    from relwatch.query import Row
    from relwatch.timeline import TimelineRow


def heading(article: Article, outcome: str = "") -> Text:
    """Title; then outlet, date with its basis, id, and what became of it."""
    facts = [
        plain(article.outlet),
        plain(article.author and f"by {article.author}"),
        plain(published(article)),
        plain(short_id(article.id), QUIET),
        plain(outcome, "green" if outcome.startswith("added") else "yellow"),
    ]
    return Text("\n").join([plain(article.title or "(no headline)", HEADING), joined(facts)])


def print_found(article: Article, outcome: str, rows: Sequence[TimelineRow], console: Console) -> None:
    """Print an article's heading and its events."""
    console.print(heading(article, outcome))
    if rows:
        console.print()
        print_events(rows, console)
    console.print()


def print_reports(others: Sequence[Row], encounter: Encounter, console: Console) -> None:
    """Print the other reports of an encounter, and where its reports differ."""
    heard = told(len(encounter.reports), encounter.sources)
    console.print()
    console.print(joined([plain("Also reported", HEADING), plain(f"{heard} in all", QUIET)]))
    for row in others:
        facts = [plain(row.outlet or "unknown"), plain(str(row.published or "undated")), plain(row.event.id, QUIET)]
        said = quoted(row.event.evidence[0].text if row.event.evidence else "", QUIET)
        console.print(Text("\n").join([joined(facts), said]))
    for difference in encounter.disagreements:
        console.print(plain(f"Reports differ, {difference.kind}: {difference.text()}", "yellow"))


def print_articles(rows: Sequence[ArticleRow], console: Console) -> int:
    """Print a table of articles, oldest first; the number printed."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=QUIET)
    table.add_column("Published", no_wrap=True)
    table.add_column("Outlet", max_width=20)
    table.add_column("Title", ratio=1)
    if any(row.carriers for row in rows):
        table.add_column("Carriers", justify="right")
    table.add_column("Events", justify="right")
    table.add_column("Id", no_wrap=True, style=QUIET)
    for row in rows:
        day = row.published.isoformat() if row.published else "undated"
        mark = " ~" if row.published_basis == "inferred" else ""
        cells: list[Text | str] = [day + mark, plain(row.outlet), plain(row.title), str(row.events), short_id(row.id)]
        if len(table.columns) > len(cells):
            cells.insert(3, str(1 + len(row.carriers)) if row.carriers else "")
        table.add_row(*cells)
    if table.row_count:
        console.print(table)
    return table.row_count
