"""Whether two articles carry one and the same story: shared runs of words (shingles), compared exactly.

A wire story comes back cut, under another headline and byline, in another house style, with a paragraph added.
What it keeps are its runs of words. ``same_story`` says of two texts, whatever their order, whether one is
the other's copy: it compares all their words, so that nothing rests on chance. ``Text.sketch`` is what an index
needs to find the texts that are worth comparing: the least hashes of a text's shingles (bottom-k MinHash),
those of its beginning apart, because copies are cut from the end.

Not copies are: reports of one event in words of their own, which share names and quotations; what follows up a
story and repeats its background; a collection that holds it among others; and readouts of one form whose
names differ.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from hashlib import blake2b

from relwatch.gazetteer import lookup, tokens
from relwatch.records import Article

COMPARED = 3  # words of a shingle that is compared: short, so that an edit touches few
INDEXED = 5  # words of a shingle that is indexed: long, so that few texts share it by chance
LEAD = 60  # words in which a story says what it is about
SHORTEST = 12  # words below which only the same words are the same story
COPIED = 0.55  # share of the shorter text's shingles that a copy keeps
HALF = 0.4  # share of the longer text from which it is about the same as a whole; below, its lead must be
LED = 0.5  # share of the longer text's lead that a cut copy keeps
DAYS = 7  # between the publication of a story and of its last copies
MOST = 20_000  # characters of a text that are compared: four pages of a newspaper
KEPT, KEPT_OF_LEAD = 16, 8  # hashes of a sketch
OTHERS = 2  # times that names of one text alone must occur in it, and those of the other, to tell a form; once in
# a text no longer than a lead
FOUND = 2  # hashes that two sketches share at least: what the index does not find is no copy, in whatever order
ALIKE = 0.7  # of two spellings of one name

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_NOT_IN_WORDS = re.compile(r"[.'’-]")
_OPENS = re.compile(r"[.!?:;\n“\"‘(]\s*$")
_DAYS_AND_MONTHS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december jan feb aug sept oct nov dec".split()
)


class Text:
    """The prose of an article as it is compared: without headline, byline, dateline and other furniture."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.day = article.published
        self.prose = _prose(article)[:MOST]

    @cached_property
    def words(self) -> list[str]:
        """The words, without case and marks: ``U.S.`` and ``US`` are one."""
        return [_plain(match[0]) for match in _WORD.finditer(self.prose)]

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Every run of COMPARED words."""
        return frozenset(_runs(self.words, COMPARED))

    @cached_property
    def lead(self) -> frozenset[tuple[str, ...]]:
        """The runs of the first LEAD words."""
        return frozenset(_runs(self.words[:LEAD], COMPARED))

    @cached_property
    def sketch(self) -> frozenset[int]:
        """The hashes, of 56 bits, by which an index finds its copies."""
        if len(self.words) < SHORTEST:
            return frozenset({_hash(self.words)} if self.words else ())
        return _least(self.words, KEPT) | _least(self.words[:LEAD], KEPT_OF_LEAD)

    @cached_property
    def names(self) -> Counter[str]:
        """How often each name of the lead occurs in the text; of a country, whatever it is called, by its id."""
        found = Counter(name for _, name in _names(self.prose))
        at_top = {name for n, name in _names(self.prose) if n < LEAD}
        return Counter({name: n for name, n in found.items() if name in at_top})

    @cached_property
    def said(self) -> frozenset[str]:
        """All that a name of another text may be here."""
        return frozenset(self.words) | {name for _, name in _names(self.prose)}


def _prose(article: Article) -> str:
    spans = [*article.furniture, *([article.headline] if article.headline else [])]
    out, at = [], 0
    for span in sorted(spans, key=lambda span: span.start):
        out.append(article.text[at : span.start])
        at = max(at, span.end)
    return "\n".join([*out, article.text[at:]])


def _plain(word: str) -> str:
    word = word.casefold()
    return _NOT_IN_WORDS.sub("", word.removesuffix("'s").removesuffix("’s"))


def _runs(words: Sequence[str], size: int) -> Iterable[tuple[str, ...]]:
    return zip(*(words[n:] for n in range(size)), strict=False)


def _names(prose: str) -> list[tuple[int, str]]:
    """The names with the number of the word they begin at. What opens a sentence need not be one."""
    found: list[tuple[int, str]] = []
    row = tokens(prose)
    forms = [form for _, _, form in row]
    n = i = 0
    while i < len(row):
        start, _, form = row[i]
        taken = 1
        if form[0].isupper():
            known = lookup(forms, i)
            parties = sorted({e.party for e in known[1] if e.party}) if known else []
            if known and parties:
                taken = known[0]
                found.append((n, parties[0]))
            elif len(form) > 2 and not _OPENS.search(prose, max(0, start - 3), start):
                found.append((n, _plain(form)))
        n += sum(f[0].isalnum() for f in forms[i : i + taken])
        i += taken
    return [(n, name) for n, name in found if name not in _DAYS_AND_MONTHS]


def _least(words: Sequence[str], kept: int) -> frozenset[int]:
    return frozenset(sorted({_hash(run) for run in _runs(words, INDEXED)})[:kept])


def _hash(words: Sequence[str]) -> int:
    # BLAKE2b and not a library's own hash: what is stored must mean the same for ever.
    data = " ".join(words).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=7).digest(), "big")


def near_days(a: date | None, b: date | None) -> bool:
    """Whether two days of publication may be those of one story; an unknown one may be any."""
    return a is None or b is None or abs((a - b).days) <= DAYS


def same_story(a: Text, b: Text) -> bool:
    """Whether two articles carry one story. ``same_story(a, b) == same_story(b, a)``."""
    if not near_days(a.day, b.day) or len(a.sketch & b.sketch) < min(FOUND, len(a.sketch)):
        return False
    if a.words == b.words:
        return bool(a.words)
    short, long = sorted((a, b), key=lambda text: (len(text.shingles), text.prose))
    if len(short.words) < SHORTEST:
        return False
    shared = len(short.shingles & long.shingles)
    if shared < COPIED * len(short.shingles):
        return False
    whole = shared >= HALF * len(long.shingles) or len(long.lead & short.shingles) >= LED * len(long.lead)
    return whole and not _of_one_form(a, b)


def _of_one_form(a: Text, b: Text) -> bool:
    """Whether each text names others than the other does: a form that was filled in twice."""
    mine = {name: n for name, n in a.names.items() if name not in b.said}
    theirs = {name: n for name, n in b.names.items() if name not in a.said}
    for name in sorted(mine):
        if other := next((o for o in sorted(theirs) if _spelt_alike(name, o)), None):
            del mine[name], theirs[other]
    enough = OTHERS if min(len(a.words), len(b.words)) > LEAD else 1
    return min(sum(mine.values()), sum(theirs.values())) >= enough


def _spelt_alike(a: str, b: str) -> bool:
    """Kyiv and Kiev, Zelensky and Zelenskyy."""
    return a[0] == b[0] and SequenceMatcher(None, min(a, b), max(a, b)).ratio() >= ALIKE
