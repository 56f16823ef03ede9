"""Why there is an event, or none: as lines for a pipe, and for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from relwatch.records import Article

if TYPE_CHECKING:
    from rich.console import Console

    from relwatch.why import Explained, NearMiss, Sentence


def lines(
    article: Article, events: Sequence[Explained], sentences: Sequence[Sentence]
) -> Iterator[tuple[str, str, str]]:
    """(what, kind, text): of an event its id, of a sentence ``sentence``; then the step, and what it was."""
    for explained in events:
        event = explained.event
        yield event.id, "event", headline(explained)
        for span in event.evidence:
            yield event.id, "sentence", span.text
        for step in explained.steps:
            yield event.id, step.kind, step.text
    for sentence in quiet(sentences, events):
        yield "sentence", "text", sentence.span.text
        yield "sentence", "parties", ", ".join(sentence.parties) or "none"
        if sentence.note:
            yield "sentence", "note", sentence.note
        for miss in sentence.misses:
            yield "sentence", "missed", missed(miss)


def headline(explained: Explained) -> str:
    """An event in short: who, what, whom."""
    event = explained.event
    sides = [" + ".join(dict.fromkeys(str(p.party) for p in side)) for side in (event.actor, event.recipient) if side]
    status = "" if event.status == "actual" else f" {event.status}"
    return f"{event.type}{' ' + event.mode if event.mode else ''} {' > '.join(sides)}{status}"


def missed(miss: NearMiss) -> str:
    """A near miss in one line."""
    return f"{miss.word} could mean {miss.meaning}, but {miss.missing} ({miss.frame}, {miss.row})"


def quiet(sentences: Sequence[Sentence], events: Sequence[Explained]) -> list[Sentence]:
    """The sentences with something to say beside the events: all that give none, others with near misses."""
    told = {span.start for e in events for span in e.event.evidence}
    return [s for s in sentences if s.misses or s.span.start not in told]


def print_report(
    article: Article, events: Sequence[Explained], sentences: Sequence[Sentence], console: Console
) -> None:
    """Print events with their steps, then sentences with what was missing."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from relwatch.render.terminal import HEADING, QUIET, plain, quoted

    for explained in events:
        console.print(Text.assemble(plain(headline(explained), HEADING), "  ", plain(explained.event.id, QUIET)))
        for span in explained.event.evidence:
            console.print(quoted(span.text))
        steps = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
        steps.add_column()
        steps.add_column(overflow="fold")
        for step in explained.steps:
            steps.add_row(plain(step.kind, QUIET), plain(step.text, QUIET if step.kind == "row" else ""))
        console.print(steps)
        console.print()
    for sentence in quiet(sentences, events):
        console.print(quoted(sentence.span.text))
        about = [plain(f"parties: {', '.join(sentence.parties) or 'none'}")]
        if sentence.note:
            about.append(plain(sentence.note))
        about += [
            Text.assemble(
                plain(miss.word, HEADING),
                f" could mean {miss.meaning}, but {miss.missing} ",
                plain(f"({miss.frame}, {miss.row})", QUIET),
            )
            for miss in sentence.misses
        ]
        console.print(Padding(Text("\n").join(about), (0, 0, 1, 2)))
