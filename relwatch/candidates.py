"""Which sentences are worth a parse: those that could hold an event, or continue one.

A sentence must name a party or refer back to one, and hold a word that begins a frame or reports
speech in any of its inflections. This is decided on plain words; the parse is what costs.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cache, lru_cache

from relwatch import tables
from relwatch.attribute import reporting_verbs
from relwatch.frametable import frames
from relwatch.listings import may_list
from relwatch.mention import Mention
from relwatch.records import Span

WORD = re.compile(r"[A-Za-z]+")
# Words that take up a party named before.
BACK = frozenset(
    """he she they him his her hers them their theirs we our ours us i my you your both two sides parties leaders
    presidents ministers countries nations states president minister leader premier chancellor king embassy
    delegation government officials official diplomat diplomats envoy interlocutors counterpart counterparts
    spokesman spokeswoman spokesperson secretary ambassador neighbours neighbors allies capital capitals
    country nation kingdom sultanate emirate bloc alliance group movement council commission union league
    ministry army military troops forces authorities head side""".split()
)
INFLECTIONS = ("ies", "ied", "ying", "ing", "ed", "es", "s")
# Of these, the ones that carry on in the news without a name.
PERSONS = frozenset("he she they him his her their both two sides parties leaders presidents ministers we".split())
# What answers the sentence before: "Kigali denies the charge."
ANSWERS = frozenset(
    """denies denied deny denying rejects rejected reject dismisses dismissed rejecting responded retaliated replied
    condemned welcomed response retaliation""".split()
)
REACH = 4
LONGEST = 250  # words; what is longer is a list or a table that no parser reads


@lru_cache(20_000)
def stem(word: str) -> str:
    """A crude stem, the same for all regular inflections of a word: "meeting", "meets" -> "meet"."""
    for suffix in INFLECTIONS:
        least = 3 if suffix == "s" else 2
        if word.endswith(suffix) and not word.endswith("ss") and len(word) - len(suffix) >= least:
            word = word[: -len(suffix)]
            break
    while len(word) > 2 and word[-1] in "eyi":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


@cache
def triggers() -> frozenset[str]:
    """The stems of all words that begin a frame or report speech, and their irregular forms."""
    lemmas = set(frames()) | {v.split()[0] for v in reporting_verbs()}
    odd = {row["form"] for row in tables.rows("irregular_forms.csv") if row["lemma"] in lemmas}
    return frozenset({stem(w) for w in lemmas} | odd)


def chosen(
    sentences: Sequence[Span],
    mentions: Sequence[Sequence[Mention]],
    official: bool,
    blocs: Container[str] = (),
) -> list[tuple[int, Span, Sequence[Mention]]]:
    """The sentences of an article to parse, with their number and mentions.

    An ``official`` release leaves the other side of its talk unsaid, so there one party is enough. In the
    news a sentence that names no two parties must take one up from just before. ``blocs`` are parties
    whose members the text lists: one of them is many.
    """
    named = [{m.party for m in row if m.party} for row in mentions]
    if not official and not any(len(parties) > 1 or any(p in blocs for p in parties) for parties in named):
        return []  # Nobody is named together with anybody.
    out = []
    reach = 0  # how many sentences on a pronoun may still mean a party that was parsed
    for i, (span, row) in enumerate(zip(sentences, mentions, strict=True)):
        words = [w.lower() for w in WORD.findall(span.text)]
        parties = named[i]
        back = not BACK.isdisjoint(words) or words[:1] in (["it"], ["its"])
        if len(parties) > 1 or any(p in blocs for p in parties):
            reach = REACH
        elif official:
            reach = REACH if parties or back else 0
        elif parties and (back or any(m.kind in ("person", "office") for m in row)):
            reach = max(reach, 1)
        elif parties and reach and not ANSWERS.isdisjoint(words):
            pass  # its one party answers the other, named just before
        else:
            reach = reach - 1 if back and not PERSONS.isdisjoint(words) else 0
        if (
            reach > 0
            and 2 < len(words) < LONGEST
            and len(span.text) < 8 * LONGEST
            and (_triggered(words) or (len(parties) > 1 and may_list(span.text)))
        ):
            out.append((i, span, row))
    return out


def _triggered(words: Sequence[str]) -> bool:
    known = triggers()
    return not known.isdisjoint(words) or not known.isdisjoint(map(stem, words))
