"""Two accounts of one contact side by side on a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from relwatch.readouts import Point, Readouts, Said
from relwatch.render.plain import short_id, told
from relwatch.render.terminal import HEADING, QUIET, joined, plain, quoted
from relwatch.timeline import timeline_row

HEADINGS = {
    "contradictions": "They differ",
    "both": "Both mention",
    "only_a": "Only {a}",
    "only_b": "Only {b}",
    "only_others": "Only others",
}


def print_readouts(found: Readouts, console: Console, names: tuple[str, str]) -> int:
    """Print the accounts; how many contacts were shown, 0 or 1."""
    one = found.encounter
    if one is None:
        return 0
    line = timeline_row(one.best, found.a, found.b)
    marks = [plain(told(len(one.reports), one.sources)), plain(short_id(line.id), QUIET)]
    console.print(joined([plain(line.date, HEADING), plain(line.who, HEADING), plain(line.what), *marks]))
    table = Table(box=None, padding=(1, 2, 0, 0), header_style=HEADING, expand=True)
    table.add_column("", max_width=16)
    for side, name in zip(("a", "b"), names, strict=True):
        outlets = ", ".join(found.outlets.get(side, ()))
        table.add_column(joined([plain(name), plain(outlets or "no account", QUIET)]), ratio=1)
    for section, heading in HEADINGS.items():
        points: tuple[Point, ...] = getattr(found, section)
        for n, point in enumerate(points):
            label = plain(heading.format(a=names[0], b=names[1]) + "\n" if n == 0 else "", HEADING)
            table.add_row(_label(label, point), *_cells(section, point))
    console.print(table)
    return 1


def _label(heading: Text, point: Point) -> Text:
    name = point.name.replace("_", " ")
    if heading.plain:
        return Text.assemble(heading, "\n", plain(name, "blue"))
    return plain(name, "blue")


def _cells(section: str, point: Point) -> tuple[Text, Text]:
    if section == "only_others":
        return _cell(point.others), Text()
    return _cell(point.a), _cell(point.b)


def _cell(said: Said | None) -> Text:
    """The sentence of one side, with what it gives where the sides differ."""
    if said is None:
        return plain("–", QUIET)
    mark = joined(
        [
            plain(said.value, "yellow"),
            plain(said.speaker, QUIET),
            plain(said.outlet, QUIET),
            plain(short_id(said.event), QUIET),
        ]
    )
    return Text("\n").join([quoted(said.sentence), mark])
