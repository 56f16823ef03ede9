"""Saved pages of a dozen skeletons, ours: the article with its headings, and nothing of what stands around it.

``pages/*.html`` carry the same story as a newspaper, a blog, a ministry, an application in the browser and others
write it, with menus, advertisements, related stories and comments about other leaders.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from relwatch.read import articles
from relwatch.records import Article

PAGES = sorted(Path(__file__).with_name("pages").glob("*.html"))
TITLE = "Lavrov and Fidan discuss grain exports in Ankara"
PARAGRAPHS = [
    "Russian Foreign Minister Sergey Lavrov met his Turkish counterpart Hakan Fidan in Ankara on Friday to discuss the"
    " export of grain through the Black Sea.",
    "The two ministers agreed to continue consultations, the Turkish foreign ministry said in a statement after the"
    " talks.",
    "“We want the agreement to be carried out in full,” Lavrov told reporters at a joint news conference.",
    "Fidan said that Turkey would go on working for a ceasefire in Ukraine and that President Recep Tayyip Erdogan was"
    " ready to host a meeting of the leaders.",
    "The agreement, brokered by Turkey and the United Nations in July 2022, expires in May.",
]
PAPER, ADDRESS = "The Daily Example", "https://www.daily-example.com/world/2023/04/07/lavrov-fidan-grain"
AUTHORS = dict.fromkeys(("newspaper", "opengraph", "wordpress", "application", "microdata"), "Jane Doe")
SAID = {  # outlet and address, as far as the page says them
    "ministry": ("Ministry of Foreign Affairs of Exampleland", None),
    "of_1997": (None, None),
}


def prose(article: Article) -> str:
    """The text without furniture."""
    out, at = [], 0
    for span in article.furniture:
        out.append(article.text[at : span.start])
        at = span.end
    return "".join([*out, article.text[at:]])


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_a_page_gives_its_article(path: Path) -> None:
    (found,) = articles(path)
    assert isinstance(found, Article), found
    outlet, address = SAID.get(path.stem, (PAPER, ADDRESS))
    assert (found.title, found.outlet, found.url) == (TITLE, outlet, address)
    assert found.published == date(2023, 4, 7)
    assert found.author == AUTHORS.get(path.stem)
    for paragraph in PARAGRAPHS:
        assert paragraph in found.text
    around = (
        "Subscribe", "Most read", "ookie", "Share", "Related", "rights reserved", "Sign up", "Advertisement",
        "Follow us", "Putin", "Xi", "Biden", "Bob", "Tags", "Home", "Read more",
    )  # fmt: skip
    assert [word for word in around if word in prose(found)] == []


def test_there_are_pages_enough() -> None:
    assert len(PAGES) >= 10
