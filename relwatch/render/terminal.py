"""What every rendering for a terminal shares: the console, styles, and text that is never markup."""

from __future__ import annotations

import sys
from typing import TextIO

from rich.console import Console
from rich.text import Text

from relwatch.render.text import one_line

TONE_STYLES = {"hostile": "bold red", "critical": "yellow", "constructive": "green", "warm": "bold green"}
STATUS_STYLES = {"planned": "cyan", "hypothetical": "magenta", "negated": "red"}
HEADING = "bold"
QUIET = "dim"
SEPARATOR = " · "


def console(out: TextIO | None = None) -> Console:
    """A console that takes no text for markup, emoji or something to highlight; it honours NO_COLOR."""
    return Console(file=out or sys.stdout, markup=False, emoji=False, highlight=False)


def plain(text: str | None, style: str = "") -> Text:
    """Article text on one line, harmless, in a style."""
    return Text(one_line(text or ""), style=style)


def intersperse(parts: list[Text], between: Text) -> list[Text]:
    """The parts with a text between each two of them."""
    return [text for part in parts for text in (between, part)][1:]


def joined(parts: list[Text]) -> Text:
    """The parts that are not empty, with dots between them."""
    # A separator with a style of its own would lend it to the parts.
    return Text().join(intersperse([part for part in parts if part.plain], Text(SEPARATOR, style=QUIET)))


def quoted(text: str, style: str = "") -> Text:
    """Article text in quotation marks, unless it brings its own."""
    line = one_line(text)
    return Text(line if line[:1] in "\"“‘«'" else f"“{line}”", style=style)


def words(phrases: list[str] | tuple[str, ...]) -> str:
    """Phrases in quotation marks: ``“frank” “useful”``."""
    return " ".join(f"“{one_line(phrase)}”" for phrase in phrases)
