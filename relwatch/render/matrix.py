"""A group of countries on a terminal: rows towards columns."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from relwatch.matrix import Cell
from relwatch.render.plain import signed
from relwatch.render.terminal import HEADING, QUIET, TONE_STYLES, plain


def print_matrix(cells: Sequence[Cell], group: Sequence[str], console: Console) -> int:
    """Print the group as a table; the number of cells that have events."""
    by = {(cell.a, cell.b): cell for cell in cells}
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=HEADING)
    table.add_column("days, tone >")
    for party in group:
        table.add_column(party, justify="right")
    for row in group:
        table.add_row(plain(row, HEADING), *(_cell(by, row, column) for column in group))
    console.print(table)
    return sum(cell.events > 0 for cell in cells)


def _cell(by: dict[tuple[str, str], Cell], row: str, column: str) -> Text:
    cell = by.get((row, column)) or by.get((column, row))
    if cell is None:
        return Text()
    if not cell.events:
        return plain("–", QUIET)
    tone = cell.tone_a if cell.a == row else cell.tone_b
    label = "" if tone is None else "warm" if tone >= 1 else "constructive" if tone > 0.25 else ""
    if tone is not None and tone < -0.25:
        label = "hostile" if tone <= -1 else "critical"
    shown = "" if tone is None else f" {signed(tone)}"
    return plain(str(cell.days)) + plain(shown, TONE_STYLES.get(label, ""))
