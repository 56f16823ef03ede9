"""Whose voice an outlet is: the state that "the President" and "our country" mean in its releases."""

from __future__ import annotations

from functools import cache

from relwatch import tables
from relwatch.records import Article


@cache
def official_outlets() -> tuple[tuple[str, str], ...]:
    """(part of an outlet's name or address, party) of the outlets that speak for a government."""
    return tuple(
        (row["match"].lower(), row["party"]) for row in tables.rows("outlets.csv") if row["kind"] == "government"
    )


def home_of(article: Article) -> str | None:
    """The party whose government publishes the article, None for a news outlet."""
    name = (article.outlet or "").lower()
    url = (article.url or "").lower()
    for match, party in official_outlets():
        if match in name or ("." in match and match in url):
            return party
    return None
