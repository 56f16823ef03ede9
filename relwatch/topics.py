"""What an event was about: up to three topics, each with the words that earned it.

The words stand in ``data/topics.csv``, what a type of event says about its topic before any word
is read in ``data/topic_defaults.csv``, and the words by which a sentence tells what a talk was about in
``data/topic_cues.csv``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from relwatch import phrases, tables
from relwatch.errors import TableError
from relwatch.records import TOPICS, Span

TRAP = "none"  # rows of this topic hide the words within them: "trade unions" is no trade
ENOUGH = 0.7  # the score below which a topic is not reported
SHARE = {"CONSULT": 0.4}  # nor below this share of the best topic's score; talks have several subjects
OTHERS = 0.55  # the share for what is said or done, which is of one thing
FADE = 0.5  # what each further word for a topic counts, against the one before
REACH = (1.0, 0.7, 0.5)  # what a word counts in the first, second and every further span
CONTEXT = 0.5  # and in the context


class _Entry(NamedTuple):
    topic: str
    weight: float
    office: bool  # "minister of": hides the capitalised words that follow, for they are a title


class _Default(NamedTuple):
    type: str
    mode: str
    party: str
    topic: str
    weight: float
    alone: bool  # counts only where no word earns another topic


class _Hit(NamedTuple):
    worth: float
    span: Span


@cache
def _book() -> phrases.PhraseBook[_Entry]:
    def items() -> Iterator[tuple[str, str, _Entry]]:
        for row in tables.rows("topics.csv"):
            if row["topic"] not in TOPICS and row["topic"] != TRAP:
                raise TableError(f"topics.csv: {row['topic']} is no topic; see CODEBOOK.md")
            yield (
                row["phrase"],
                row["kind"],
                _Entry(row["topic"], float(row["weight"]), row["kind"] == "office"),
            )

    return phrases.PhraseBook(items())


@cache
def _cues() -> phrases.PhraseBook[str]:
    rows = (row["cue"] for row in tables.rows("topic_cues.csv"))
    return phrases.PhraseBook((cue, "stem" if cue.endswith("*") else "phrase", cue) for cue in rows)


@cache
def _defaults() -> tuple[_Default, ...]:
    return tuple(
        _Default(row["type"], row["mode"], row["party"], row["topic"], float(row["weight"]), row["when"] == "alone")
        for row in tables.rows("topic_defaults.csv")
    )


def _title_end(text: str, row: Sequence[phrases.Word], at: int) -> int:
    """The first word from ``at`` on that is not part of a title ("Immigration, Refugees and Citizenship")."""
    end = at
    while at < len(row):
        raw = text[row[at].start]
        if raw.isupper():
            end = at + 1
        elif row[at].plain not in ("and", "of", "for", "the"):
            break
        at += 1
    return end


@lru_cache(500)  # the events of a sentence ask for the same words
def _matches(text: str, start: int, end: int) -> tuple[phrases.Match[_Entry], ...]:
    """The rows of topics.csv found in ``text[start:end]``, but for those within a title of office."""
    row = phrases.words(text, start, end)
    hidden = 0
    out = []
    for match in _book().find(text, row):
        if match.first < hidden:
            continue
        if any(entry.office for entry in match.entries):
            hidden = _title_end(text, row, match.last)
        out.append(match)
    return tuple(out)


def _found(text: str, spans: Sequence[tuple[int, int]], reach: Sequence[float]) -> dict[str, list[_Hit]]:
    """For each topic the words for it in ``spans``; where spans overlap, a word counts once."""
    seen: set[tuple[int, int]] = set()
    hits: dict[str, list[_Hit]] = defaultdict(list)
    for n, (start, end) in enumerate(spans):
        factor = reach[min(n, len(reach) - 1)]
        for match in _matches(text, start, end):
            if (match.start, match.end) in seen:
                continue
            seen.add((match.start, match.end))
            for entry in match.entries:
                if entry.topic != TRAP:
                    span = Span(match.start, match.end, text[match.start : match.end])
                    hits[entry.topic].append(_Hit(entry.weight * factor, span))
    return hits


def _prior(type_: str, mode: str | None, parties: Sequence[str], alone: bool) -> dict[str, float]:
    """What the type, mode and parties of an event say about its topics (``alone``: no word says more)."""
    prior: dict[str, float] = {}
    for d in _defaults():
        fits = d.type in ("", type_) and d.mode in ("", mode) and (not d.party or d.party in parties)
        if fits and (alone or not d.alone):
            prior[d.topic] = max(prior.get(d.topic, 0.0), d.weight)
    return prior


def _total(hits: Sequence[_Hit]) -> float:
    """What all words for a topic are worth: the best in full, each further one half as much as the last."""
    best: dict[str, float] = {}
    for hit in hits:
        word = hit.span.text.lower()
        best[word] = max(best.get(word, 0.0), hit.worth)
    return sum(worth * FADE**n for n, worth in enumerate(sorted(best.values(), reverse=True)))


def label(
    text: str,
    spans: Sequence[tuple[int, int]],
    *,
    type: str,
    mode: str | None,
    parties: Sequence[str] = (),
    limit: int = 3,
    context: Sequence[tuple[int, int]] = (),
) -> tuple[tuple[str, Span], ...]:
    """The topics of an event, at most ``limit``, best first, each with the words of ``text`` that earned it.

    ``spans`` (character ranges of ``text``, the most telling first) hold the words about the event.
    ``context`` are sentences about it that do not prove it (what was said at a meeting); they are
    weighed only where ``spans`` name no topic. A topic that follows from the type alone (sanctions
    from a SANCTION) shows the first span. No span, no topic.
    """
    if not spans:
        return ()
    hits = _found(text, spans, REACH)
    if context and not any(_total(found) >= ENOUGH for found in hits.values()):
        hits = _found(text, [*spans, *context], (*REACH[: len(spans)], CONTEXT))
    alone = not any(_total(found) >= ENOUGH for found in hits.values())
    prior = _prior(type, mode, parties, alone)
    scores = {t: _total(hits.get(t, ())) + prior.get(t, 0.0) for t in {*hits, *prior}}
    best = max(scores.values(), default=0.0)
    first = {t: min(hit.span.start for hit in found) for t, found in hits.items()}

    def order(topic: str) -> tuple[float, int, str]:
        """The stronger before the weaker, of equals the one named first."""
        return -round(scores[topic], 1), first.get(topic, spans[0][0]), topic

    chosen = [t for t in sorted(scores, key=order) if scores[t] >= max(ENOUGH, SHARE.get(type, OTHERS) * best)]
    whole = Span(*spans[0], text[slice(*spans[0])])
    return tuple((t, max(hits[t], key=lambda hit: hit.worth).span if t in hits else whole) for t in chosen[:limit])


def telling(text: str, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of ``sentences`` (ranges of ``text``) that tell what a talk was about: "They discussed ...".

    Given the few sentences that follow the one that reports a talk, these belong to its spans for ``label``.
    """
    return [
        (start, end)
        for start, end in sentences
        if next(_cues().find(text, phrases.words(text, start, end)), None) is not None
    ]
