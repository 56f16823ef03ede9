"""An evaluation on a terminal: the figures, what was taken for what, and the differences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from relwatch.records import TYPES
from relwatch.render.terminal import HEADING, QUIET, plain, quoted

if TYPE_CHECKING:
    from relwatch.evaluate import Result

NONE = "none"
EXPLAINED = {
    "dyad": "pairs that have an event",
    "directed": "pairs, who to whom",
    "dyad+type": "pair and type",
    "dyad+status": "pair, type and status",
    "consult": "pair and channel of talks",
    "people": "persons of matched events",
    "topics": "topics of matched events",
}


def print_evaluation(result: Result, misses: bool, console: Console) -> None:
    """Print the figures, the confusions, and with ``misses`` the differences."""
    figures = result.figures()
    console.print(_sets(figures))
    console.print(_shares(figures))
    console.print()
    console.print(_confusion(result))
    if misses:
        console.print()
        for d in result.differences:
            line = Text.assemble((f"{d.kind} ", "red" if d.kind == "missed" else "yellow"))
            line.append_text(plain(f"{'-'.join(d.pair)} {d.type} ", HEADING))
            console.print(line.append_text(plain(d.article, QUIET)))
            console.print(quoted(d.event.evidence[0].text))


def _sets(figures: dict[str, Any]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=QUIET)
    for title in ("", "precision", "recall", "F1", "in gold"):
        table.add_column(title, justify="right" if title else "left", no_wrap=True)
    table.add_column("", style=QUIET)
    for name, meaning in EXPLAINED.items():
        f = figures[name]
        table.add_row(name, *(f"{f[k]:.3f}" for k in ("p", "r", "f1")), str(f["n"]), meaning)
    return table


def _shares(figures: dict[str, Any]) -> Text:
    """The figures that are shares, one after the other."""
    parts = [
        f"{name} {part.replace('_', '-')} {value:.3f}"
        for name in ("tone", "date", "speaker", "evidence", "quiet")
        for part, value in figures[name].items()
        if part != "n" and value is not None
    ]
    counts = f"{figures['docs']} articles, {figures['gold_events']} events in the gold"
    return Text("\n" + " · ".join(parts) + f"\n{counts}, {figures['pred_events']} found")


def _confusion(result: Result) -> Table:
    """Types of the gold as rows, types found as columns, none for what is missed or extra."""
    confusions = result.confusions()
    columns = [t for t in (*TYPES, NONE) if any(t in row for row in confusions.values())]
    table = Table(box=None, padding=(0, 1, 0, 0), header_style=QUIET, title_style=QUIET, title_justify="left")
    table.title = "gold down, found across"
    table.add_column("", no_wrap=True)
    for name in columns:
        table.add_column(name[:4].lower(), justify="right", no_wrap=True)
    for gold, row in confusions.items():
        cells = [Text(str(row.get(c, "·")), HEADING if c == gold else QUIET if c not in row else "") for c in columns]
        table.add_row(gold, *cells)
    return table
