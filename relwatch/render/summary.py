"""The summary of a pair on one screen of a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from relwatch.contacts import Contact, Count
from relwatch.records import TONE_LABELS
from relwatch.render.plain import change_text, count, short_id, signed, silence_text, told
from relwatch.render.sparkline import gauge, sparkline
from relwatch.render.summaryrows import sides
from relwatch.render.terminal import HEADING, QUIET, TONE_STYLES, joined, plain, quoted, words
from relwatch.series import Point
from relwatch.shifts import Shift
from relwatch.summary import Quotation, Side, Summary

GAUGE = 12  # columns of the longest bar
TOPICS_SHOWN = 6
LEADERS_SHOWN = 4
OUTLETS_SHOWN = 5
SHORT = {"constructive": "constr."}  # so that the table of tones fits 80 columns
SERIES = 20  # columns of a sparkline at most


def print_summary(summary: Summary, console: Console, names: tuple[str, str]) -> None:
    """Print the summary, what matters most first; ``names`` are those of the two sides."""
    console.print(_title(summary, names))
    if not summary.basis.events:
        return
    _block(console, _facts(summary))
    _block(console, _tones(summary))
    extremes = (("Most positive", summary.most_positive), ("Most negative", summary.most_negative))
    for label, quotation in extremes:
        if quotation:
            _block(console, _quotation(label, quotation))
    top = Table.grid(padding=(0, 4, 0, 0), expand=False)
    top.add_row(_bars("Contacts", _channels(summary)), _bars("Topics", _topics(summary)))
    _block(console, top)
    _block(console, plain(" ".join([*summary.notes, _how_to_open(summary)]), QUIET))


def _how_to_open(summary: Summary) -> str:
    pair = f"{summary.a} {summary.b}"
    return (
        f"To open a figure: relwatch timeline {pair} with --type consult --status actual or --topic NAME;"
        f" relwatch planned, shifts or tone {pair}; relwatch show ID."
    )


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
        plain(_extent(summary)),
        plain(", ".join(outlets[:OUTLETS_SHOWN]) + more, QUIET),
    ]
    return Text("\n").join([head, joined(facts)])


def _extent(summary: Summary) -> str:
    """``31 encounters in 35 reports of 8 articles``."""
    basis = summary.basis
    encounters, reports = count(basis.encounters, "encounter"), count(basis.events, "report")
    return f"{encounters} in {reports} of {count(basis.articles, 'article')}"


def _channels(summary: Summary) -> list[tuple[str, int]]:
    return [(channel.name, channel.encounters) for channel in summary.channels]


def _topics(summary: Summary) -> list[tuple[str, int]]:
    return [(topic.name.replace("_", " "), topic.encounters) for topic in summary.topics[:TOPICS_SHOWN]]


def _bars(heading: str, items: Sequence[tuple[str, int]]) -> Table:
    """Labels with counts and bars under a heading."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_row(plain(heading, HEADING), "", "" if items else plain("none", QUIET))
    most = max((n for _, n in items), default=0)
    for label, n in items:
        table.add_row(plain(label), Text(str(n), justify="right"), Text(gauge(n, most, GAUGE), style="blue"))
    return table


def _facts(summary: Summary) -> Table:
    """The last contact and the silence since, what is planned, what turned, who met whom."""
    table = Table.grid(padding=(0, 2, 0, 0))

    def add(label: str, fact: Text) -> None:
        table.add_row(plain(label, HEADING), fact)

    last, coming = summary.last_contact, summary.next_contact
    add("Last contact", _contact(last) if last else plain("none reported", QUIET))
    if summary.silence and summary.silence.days:
        add("Silence", plain(silence_text(summary.silence)))
    if coming:
        add("Next planned", _contact(coming))
    if summary.plans:
        add("Plans", plain(", ".join(_plans(plans) for plans in summary.plans)))
    for n, shift in enumerate(reversed(summary.shifts)):
        add("" if n else "Shifts", _shift(shift))
    leaders = [f"{pair.a} – {pair.b} ({pair.contacts})" for pair in summary.leaders[:LEADERS_SHOWN]]
    if leaders:
        add("Leaders", plain(", ".join(leaders)))
    return table


def _plans(plans: Count) -> str:
    """``3 held``, ``1 past its day without a report``: what became of plans."""
    one = plans.encounters == 1
    named = {"overdue": f"past {'its day' if one else 'their days'} without a report", "ahead": "still ahead"}
    return f"{plans.encounters} {named.get(plans.name, plans.name)}"


def _shift(shift: Shift) -> Text:
    facts = [plain(shift.period), plain(shift.what), plain(change_text(shift))]
    return joined([*facts, *(plain(short_id(id_), QUIET) for id_ in shift.events[:1])])


def _contact(contact: Contact) -> Text:
    facts = [plain(contact.date, "bold"), plain(contact.who), plain(contact.mode)]
    facts += [plain(", ".join(contact.life), "cyan"), plain(told(contact.reports, contact.reports))]
    marks = [plain(contact.outlet, QUIET), plain(short_id(contact.event), QUIET)]
    return Text("\n").join([joined(facts + marks), quoted(contact.sentence, QUIET)])


def _tones(summary: Summary) -> Table:
    """The tone each way, and the cooperation score, each with its series."""
    table = Table(box=None, padding=(0, 1, 0, 0), header_style=QUIET)
    table.add_column("Tone", header_style=HEADING, no_wrap=True)
    for label in ("n", "mean", *TONE_LABELS.values()):
        table.add_column(SHORT.get(label, label), justify="right", no_wrap=True)
    table.add_column(_span(summary), no_wrap=True)
    for name, side in sides(summary):
        if side.n:
            table.add_row(plain(name), plain(str(side.n)), *_side(side), _series(side.series, -2, 2))
    blanks = [""] * len(TONE_LABELS)
    score = plain(signed(summary.score_mean))
    table.add_row(
        plain("score ±10", QUIET), plain(str(summary.score_n)), score, *blanks, _series(summary.score, -10, 10)
    )
    return table


def _span(summary: Summary) -> str:
    periods = [point.period for point in summary.score][-SERIES:]
    if not periods:
        return ""
    return f"{periods[0]}..{periods[-1]}"


def _side(side: Side) -> list[Text]:
    counts = [
        Text(str(n) if (n := side.counts.get(label, 0)) else "–", TONE_STYLES.get(label, "") if n else QUIET)
        for label in TONE_LABELS.values()
    ]
    return [Text(signed(side.mean)), *counts]


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
