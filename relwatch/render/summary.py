"""The summary of a pair on one screen of a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from relwatch.contacts import Contact
from relwatch.records import TONE_LABELS
from relwatch.render.plain import count, short_id, silence_text
from relwatch.render.sparkline import gauge, sparkline
from relwatch.render.terminal import HEADING, QUIET, TONE_STYLES, joined, plain, quoted, words
from relwatch.summary import Point, Quotation, Side, Summary

GAUGE = 12  # columns of the longest bar
TOPICS_SHOWN = 6
LEADERS_SHOWN = 4
OUTLETS_SHOWN = 5
SHORT = {"constructive": "constr."}  # so that the table of tones fits 80 columns
SERIES = 24  # columns of a sparkline at most


def print_summary(summary: Summary, console: Console, names: tuple[str, str]) -> None:
    """Print the summary; ``names`` are those of the two sides."""
    console.print(_title(summary, names))
    if not summary.basis.events:
        return
    top = Table.grid(padding=(0, 4, 0, 0), expand=False)
    top.add_row(_bars("Contacts", _channels(summary)), _bars("Topics", _topics(summary)))
    _block(console, top)
    _block(console, _facts(summary))
    _block(console, _tones(summary))
    extremes = (("Most positive", summary.most_positive), ("Most negative", summary.most_negative))
    for label, quotation in extremes:
        if quotation:
            _block(console, _quotation(label, quotation))
    if summary.notes:
        _block(console, plain(" ".join(summary.notes), QUIET))


def _block(console: Console, body: RenderableType) -> None:
    console.print(Padding(body, (1, 0, 0, 0)))


def _title(summary: Summary, names: tuple[str, str]) -> Text:
    basis = summary.basis
    head = Text.assemble(plain(names[0], HEADING), " – ", plain(names[1], HEADING))
    if not basis.events:
        return joined([head, plain("no events", "yellow")])
    outlets = list(basis.outlets)
    more = f" and {len(outlets) - OUTLETS_SHOWN} more" if len(outlets) > OUTLETS_SHOWN else ""
    facts = [
        plain(f"{basis.first} to {basis.last}" if basis.first else "undated"),
        plain(count(basis.events, "event")),
        plain(count(basis.articles, "article")),
        plain(", ".join(outlets[:OUTLETS_SHOWN]) + more, QUIET),
    ]
    return Text("\n").join([head, joined(facts)])


def _channels(summary: Summary) -> list[tuple[str, int]]:
    return [(channel.mode, channel.reports) for channel in summary.channels]


def _topics(summary: Summary) -> list[tuple[str, int]]:
    return [(topic.replace("_", " "), n) for topic, n in list(summary.topics.items())[:TOPICS_SHOWN]]


def _bars(heading: str, items: Sequence[tuple[str, int]]) -> Table:
    """Labels with counts and bars under a heading."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_row(plain(heading, HEADING), "", "" if items else plain("none", QUIET))
    most = max((n for _, n in items), default=0)
    for label, n in items:
        table.add_row(plain(label), Text(str(n), justify="right"), Text(gauge(n, most, GAUGE), style="blue"))
    return table


def _facts(summary: Summary) -> Table:
    """Who met whom, the last contact and the next one planned."""
    table = Table.grid(padding=(0, 2, 0, 0))
    leaders = [f"{pair.a} – {pair.b} ({pair.reports})" for pair in summary.leaders[:LEADERS_SHOWN]]
    if leaders:
        table.add_row(plain("Leaders", HEADING), plain(", ".join(leaders)))
    for label, contact in (("Last contact", summary.last_contact), ("Next planned", summary.next_contact)):
        table.add_row(plain(label, HEADING), _contact(contact) if contact else plain("none reported", QUIET))
    if summary.silence and summary.silence.days:
        table.add_row(plain("Silence", HEADING), plain(silence_text(summary.silence)))
    return table


def _contact(contact: Contact) -> Text:
    facts = [plain(contact.date, "bold"), plain(contact.who), plain(contact.mode)]
    marks = [plain(contact.outlet, QUIET), plain(short_id(contact.event), QUIET)]
    return Text("\n").join([joined(facts + marks), quoted(contact.sentence, QUIET)])


def _tones(summary: Summary) -> Table:
    """The tone each way, and the cooperation score, each with its series."""
    table = Table(box=None, padding=(0, 1, 0, 0), header_style=QUIET)
    table.add_column("Tone", header_style=HEADING, no_wrap=True)
    for label in ("mean", *TONE_LABELS.values()):
        table.add_column(SHORT.get(label, label), justify="right", no_wrap=True)
    table.add_column(_span(summary), no_wrap=True)
    for name, side in (
        (f"{summary.a} > {summary.b}", summary.a_to_b),
        (f"{summary.b} > {summary.a}", summary.b_to_a),
        ("both", summary.joint),
    ):
        table.add_row(plain(name), *_side(side), _series(side.series, -2, 2))
    blanks = [""] * len(TONE_LABELS)
    table.add_row(plain("score ±10", QUIET), _signed(summary.score_mean), *blanks, _series(summary.score, -10, 10))
    return table


def _span(summary: Summary) -> str:
    periods = [point.period for point in summary.score][-SERIES:]
    if not periods:
        return ""
    return f"{summary.by}s {periods[0]}..{periods[-1]}"


def _side(side: Side) -> list[Text]:
    counts = [
        Text(str(n) if (n := side.counts.get(label, 0)) else "–", TONE_STYLES.get(label, "") if n else QUIET)
        for label in TONE_LABELS.values()
    ]
    return [Text(_signed(side.mean)), *counts]


def _signed(mean: float | None) -> str:
    return "" if mean is None else f"{mean:+.1f}".replace("+0.0", "0.0").replace("-0.0", "0.0")


def _series(points: Iterable[Point], low: float, high: float) -> str:
    return sparkline([point.mean for point in points][-SERIES:], low, high)


def _quotation(label: str, quotation: Quotation) -> Text:
    style, speaker = TONE_STYLES.get(quotation.label, ""), quotation.speaker
    facts = [
        plain(f"{quotation.label} {words(quotation.words)}".rstrip(), style),
        plain(quotation.who),
        plain(f"says {speaker}" if speaker and not quotation.who.startswith(speaker) else "", QUIET),
        plain(quotation.date),
        plain(quotation.outlet, QUIET),
        plain(short_id(quotation.event), QUIET),
    ]
    head = Text.assemble(plain(label, HEADING), "  ", joined(facts))
    return Text("\n").join([head, quoted(quotation.sentence, QUIET)])
