"""The tone of each side over time on a terminal: a line for a period, with the statement that states most."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from relwatch.directed import TonePoint, sentence
from relwatch.records import TONE_LABELS
from relwatch.render.plain import count, manners_text, short_id, side_name, signed
from relwatch.render.sparkline import sparkline
from relwatch.render.terminal import HEADING, QUIET, TONE_STYLES, joined, plain, quoted, words

HEADS = {
    "a": "{0} on {1}",
    "b": "{1} on {0}",
    "both": "acts of both, told by neither",
    "others": "third parties on them",
}


def print_tone(points: Sequence[TonePoint], console: Console, ids: tuple[str, str], names: tuple[str, str]) -> int:
    """Print the series; how many statements."""
    for n, (side, group) in enumerate(groupby(points, key=lambda point: point.side)):
        found = list(group)
        heading = f"{side_name(side, *ids)}  {HEADS[side].format(*names)}"
        if n:
            console.print()
        console.print(joined([plain(heading, HEADING), plain(_basis(found), QUIET)]))
        console.print(_table(found))
    return sum(point.n for point in points)


def _basis(found: Sequence[TonePoint]) -> str:
    manners = {manner: sum(point.manners[manner] for point in found) for manner in found[0].manners}
    return f"{count(sum(point.n for point in found), 'statement')}: {manners_text(manners)}"


def _table(found: Sequence[TonePoint]) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style=QUIET)
    for column in ("", "mean", "", "n"):
        table.add_column(column, justify="right" if column in ("mean", "n") else "left", no_wrap=True)
    table.add_column("by tone; the statement that states most", ratio=1)
    for silent, group in groupby(found, key=lambda point: point.n == 0):
        if silent:
            table.add_row(*_gap(list(group)))
        else:
            for point in group:
                table.add_row(*_row(point))
    return table


def _row(point: TonePoint) -> tuple[Text, ...]:
    counts = [
        plain(f"{n} {label}", TONE_STYLES.get(label, ""))
        for label in TONE_LABELS.values()
        if (n := point.counts[label])
    ]
    facts = [*counts, plain(_words(point), QUIET)]
    said = [quoted(sentence(point.telling) or "", QUIET), plain(short_id(point.events[0]), QUIET)]
    return (
        plain(point.period),
        plain(signed(point.mean)),
        plain(sparkline([point.mean], -2, 2)),
        plain(str(point.n)),
        Text("\n").join([joined(facts), joined(said)]),
    )


def _words(point: TonePoint) -> str:
    """The words of tone of the statement that states most."""
    return words([span.text for span in point.telling.event.tone.phrases]) if point.telling else ""


def _gap(points: Sequence[TonePoint]) -> tuple[Text, ...]:
    """Periods without a statement, told apart from those of which the store holds no article."""
    articles = sum(point.articles for point in points)
    span = points[0].period if len(points) == 1 else f"{points[0].period} to {points[-1].period}"
    told = f"none in {count(articles, 'article')} of that time" if articles else "no articles of that time"
    return plain(""), plain(""), plain(""), plain(""), plain(f"{span}: {told}", QUIET)
