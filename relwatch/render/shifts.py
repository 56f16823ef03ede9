"""Shifts and stock phrases on a terminal, with the sentences they rest on."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from relwatch.formulas import Use
from relwatch.render.plain import change_text, count, short_id
from relwatch.render.terminal import HEADING, QUIET, joined, plain, quoted
from relwatch.shifts import Shift


def print_shifts(found: Sequence[Shift], console: Console) -> int:
    """Print the shifts; how many."""
    for shift in found:
        style = "green" if shift.after > shift.before else "yellow"
        counted = "statement" if shift.what.startswith("tone") else "encounter"
        sample = f"{count(shift.n_after, counted)} of {count(shift.articles, 'article')}, {shift.n_before} before"
        change = plain(change_text(shift), style)
        facts = [plain(shift.period, HEADING), plain(shift.what), change, plain(sample, QUIET)]
        console.print(joined(facts))
        for id_, sentence in zip(shift.events, shift.sentences, strict=False):
            console.print(Text.assemble("  ", joined([quoted(sentence, QUIET), plain(short_id(id_), QUIET)])))
    return len(found)


def print_formulas(found: Sequence[Use], console: Console) -> int:
    """Print the stock phrases by side; how many."""
    for use in found:
        state = plain(use.state, "green" if use.state == "new" else "yellow")
        heard = f"{use.first} to {use.last}" if use.first != use.last else str(use.first)
        numbers = f"{count(use.sentences, 'sentence')} of {count(use.articles, 'article')}"
        console.print(
            joined([plain(use.side, HEADING), plain(use.formula), state, plain(heard), plain(numbers, QUIET)])
        )
        console.print(Text.assemble("  ", joined([quoted(use.sentence, QUIET), plain(short_id(use.event), QUIET)])))
    return len(found)
