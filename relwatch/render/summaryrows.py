"""The summary of a pair as flat rows: section, name, value, detail, event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from relwatch.contacts import Contact
from relwatch.render.plain import count, silence_text
from relwatch.summary import Quotation, Side, Summary

Row = dict[str, Any]


def _row(section: str, name: str, value: object, detail: str = "", event: str = "") -> Row:
    return {"section": section, "name": name, "value": value, "detail": detail, "event": event}


def summary_rows(summary: Summary) -> Iterator[Row]:
    """Every figure of the summary, the basis first."""
    yield from _basis(summary)
    yield _row("contacts", "all", summary.contacts)
    for channel in summary.channels:
        yield _row("contacts", channel.mode, channel.reports, f"on {count(channel.days, 'day')}")
    for pair in summary.leaders:
        yield _row("leaders", f"{pair.a} - {pair.b}", pair.reports, f"on {count(pair.days, 'day')}")
    for name, contact in (("last", summary.last_contact), ("next planned", summary.next_contact)):
        if contact:
            yield _contact(name, contact)
    if summary.silence:
        yield _row("contacts", "silence", summary.silence.days, silence_text(summary.silence))
    for topic, n in summary.topics.items():
        yield _row("topics", topic, n)
    for name, side in _sides(summary):
        yield from _side(name, side)
    yield _row("score", "mean", summary.score_mean, f"of {count(summary.score_n, 'event')}")
    for point in summary.score:
        yield _row("score", point.period, point.mean, f"of {count(point.n, 'event')}")
    extremes = (("most positive", summary.most_positive), ("most negative", summary.most_negative))
    for name, quotation in extremes:
        if quotation:
            yield _quotation(name, quotation)
    for note in summary.notes:
        yield _row("note", "", "", note)


def _basis(summary: Summary) -> Iterator[Row]:
    basis = summary.basis
    yield _row("basis", "pair", f"{summary.a} {summary.b}")
    yield _row("basis", "period", f"{basis.first}..{basis.last}" if basis.first else "")
    yield _row("basis", "events", basis.events, f"{basis.undated} undated")
    yield _row("basis", "articles", basis.articles)
    for status, n in basis.statuses.items():
        yield _row("status", status, n)
    for outlet, n in basis.outlets.items():
        yield _row("outlets", outlet, n)


def _sides(summary: Summary) -> Iterator[tuple[str, Side]]:
    yield f"{summary.a}>{summary.b}", summary.a_to_b
    yield f"{summary.b}>{summary.a}", summary.b_to_a
    yield "both", summary.joint


def _side(name: str, side: Side) -> Iterator[Row]:
    yield _row(f"tone {name}", "mean", side.mean, f"of {count(side.n, 'event')}")
    for label, n in side.counts.items():
        yield _row(f"tone {name}", label, n)
    for point in side.series:
        yield _row(f"tone {name}", point.period, point.mean, f"of {count(point.n, 'event')}")


def _contact(name: str, contact: Contact) -> Row:
    detail = " ".join(part for part in (contact.who, contact.mode, f'"{contact.sentence}"') if part)
    return _row("contact", name, contact.date, detail, contact.event)


def _quotation(name: str, quotation: Quotation) -> Row:
    return _row("quotation", name, quotation.tone, f'{quotation.who}: "{quotation.sentence}"', quotation.event)
