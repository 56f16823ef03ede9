"""An article as a source gives it, before its parts are told apart and its day is settled."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple, get_args

Format = Literal["text", "html", "markdown", "json", "jsonl", "csv", "feed", "eml", "pdf", "warc", "gz", "zip"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Draft(NamedTuple):
    """What a source says of one article, or what is wrong with it (``problem``: what; what to try).

    ``at`` says where in the source it stands ("line 3", "entry 2", "a.html"), None for the whole of it.
    ``raw``, where there is one, is the article as bytes in the format ``kind``, still to be read.
    """

    at: str | None = None
    text: str = ""
    id: str | None = None
    title: str | None = None
    date: date | None = None
    outlet: str | None = None
    url: str | None = None
    problem: str | None = None
    author: str | None = None
    raw: bytes | None = None
    kind: Format = "text"

    def within(self, at: str) -> Draft:
        """The same draft, with the place of its source put before its own."""
        return self._replace(at=f"{at}, {self.at}" if self.at else at)


def headed(title: str | None, body: str) -> str:
    """The body below its title, unless it begins with it already: for sources that keep the two apart."""
    words = " ".join((title or "").split())
    start = " ".join(body[: 2 * len(words) + 100].split())
    return body if not words or start.startswith(words) else f"{words}\n\n{body}"
