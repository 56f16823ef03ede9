"""Whose voice an outlet is: the state whose government publishes it, or that owns it; and where it is at home."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from relwatch import tables
from relwatch.records import Article

GOVERNMENT = ("government",)
OWNED = ("government", "state")
PRESS = ("state", "independent")
LONG = 5  # letters from which a name is telling wherever it stands


@cache
def _outlets(kinds: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """(a part of an outlet's name or address, the same as whole words, party) of these kinds, longest first."""
    rows = [row for row in tables.rows("outlets.csv") if row["kind"] in kinds]
    rows.sort(key=lambda row: (-len(row["match"]), row["match"]))
    return tuple(
        (row["match"], re.compile(rf"(?<![\w-]){re.escape(row['match'])}(?!\w)", re.I), row["party"]) for row in rows
    )


@cache
def owner_of(outlet: str | None, url: str | None = None, *, government: bool = False) -> str | None:
    """The party whose government publishes an outlet or (unless ``government``) whose state owns it, else None."""
    for match, pattern, party in _outlets(GOVERNMENT if government else OWNED):
        if (outlet and pattern.search(outlet)) or (url and "." in match and pattern.search(url)):
            return party
    return None


def home_of(article: Article) -> str | None:
    """The party whose government publishes the article, None for a news outlet."""
    return owner_of(article.outlet, article.url, government=True)


def land_of(article: Article) -> str | None:
    """The country of the newspaper or agency that publishes the article: "the Foreign Ministry" is its own."""
    return _press_of((article.outlet or "").lower(), (article.url or "").lower())


@lru_cache(1000)
def _press_of(name: str, url: str) -> str | None:
    """The country of the press outlet with this name and address, in small letters."""
    host = url.partition("://")[2].partition("/")[0]
    for match, pattern, party in _outlets(PRESS):
        long = len(match) >= LONG
        if pattern.search(name) or (long and match in name) or ("." in match and match in url):
            return party
        if long and match in host:
            return party
    return None
