"""Whose voice an outlet is: the state that "the President" and "our country" mean in its releases."""

from __future__ import annotations

from functools import cache

from relwatch import tables
from relwatch.records import Article


@cache
def outlets(official: bool) -> tuple[tuple[str, str], ...]:
    """(part of an outlet's name or address, party) of those that speak for a government, or of the press."""
    return tuple(
        (row["match"].lower(), row["party"])
        for row in tables.rows("outlets.csv")
        if (row["kind"] == "government") == official
    )


def home_of(article: Article) -> str | None:
    """The party whose government publishes the article, None for a news outlet."""
    return _party(article, official=True)


def land_of(article: Article) -> str | None:
    """The country of the newspaper or agency that publishes the article: "the Foreign Ministry" is its own."""
    return _party(article, official=False)


def _party(article: Article, official: bool) -> str | None:
    name = (article.outlet or "").lower()
    url = (article.url or "").lower()
    host = url.partition("://")[2].partition("/")[0]
    for match, party in outlets(official):
        if match in name or ("." in match and match in url) or (not official and len(match) > 4 and match in host):
            return party
    return None
