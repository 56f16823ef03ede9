"""Code one article: the visible list of stages. ``code`` is pure: same article, same tables, same events."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from relwatch import dates
from relwatch.anaphora import states
from relwatch.assemble import Scene, event_id, event_of
from relwatch.attendance import attendance, attended, listings
from relwatch.attribute import Saying, quotations, sayings
from relwatch.blocs import members
from relwatch.candidates import chosen
from relwatch.fold import fold
from relwatch.frames import ADDRESSING, Match, Matcher, Miss
from relwatch.holders import with_holders
from relwatch.joint import joint
from relwatch.label import label
from relwatch.listings import Listing, block
from relwatch.mention import Finder, Mention
from relwatch.nested import distinct
from relwatch.outlets import home_of, land_of
from relwatch.protagonist import protagonist
from relwatch.read.evidence import period
from relwatch.records import Article, Coding, DateSpan, Event, Party, Span
from relwatch.resolve import Discourse
from relwatch.segment import Parsed, parse
from relwatch.sentences import split
from relwatch.slots import Slots
from relwatch.statements import statements
from relwatch.syntax import subject
from relwatch.unresolved import unresolved
from relwatch.voices import address, labels, opener, quote_over, speaker_ahead
from relwatch.when import story_day

MID_SENTENCE = re.compile(r"(?<=[a-z,] )[A-Za-z][a-z]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the frames made of one sentence, for ``relwatch why``: ``kept`` are the matches that made events."""

    scene: Scene
    matched: Sequence[Match]
    kept: Sequence[Match]
    missed: Sequence[Miss]
    events: Sequence[Event]


Watch = Callable[[Seen], None]


def code(article: Article, model: str | None = None, watch: Watch | None = None) -> tuple[Event, ...]:
    """The events of an article, in order of the text; empty when it reports none.

    ``watch`` is called after each sentence that is parsed with what was seen in it.
    """
    return coding(article, model, watch).events


def coding(article: Article, model: str | None = None, watch: Watch | None = None) -> Coding:
    """The events of an article as ``code`` gives them, and the names in it that stayed unresolved."""
    sentences = split(article.text, article.furniture)
    finder = finder_of(article)
    mentions = finder.find(sentences)
    return Coding(_code(article, sentences, mentions, finder, model, watch), unresolved(article, sentences, mentions))


def _code(
    article: Article,
    sentences: Sequence[Span],
    mentions: Sequence[Sequence[Mention]],
    finder: Finder,
    model: str | None,
    watch: Watch | None,
) -> tuple[Event, ...]:
    if len({finder.home, *(m.party for row in mentions for m in row)} - {None}) < 2:
        return ()
    blocs = members(article.text, mentions)
    worth = chosen(sentences, mentions, official=finder.home is not None, blocs=blocs)
    discourse = Discourse(on=article.published, home=finder.home, members=blocs, land=land_of(article))
    discourse.joint = joint(article, sentences, mentions, _elsewhere(article))
    discourse.states = [states(row) for row in mentions]
    discourse.introduce(m for row in mentions for m in row)
    discourse.listed = block(article.text, sentences, mentions)
    found = list(_events(article, parse(article.text, worth, model), discourse, watch))
    digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    folded = with_holders(fold(found, article), discourse.persons, article.published, finder.home is not None)
    events = label(folded, article, sentences)
    return tuple(replace(e, id=event_id(e, digest), focus=None) for e in events)


def finder_of(article: Article) -> Finder:
    """What finds the names of an article."""
    during = None if article.published else period(article.text)
    fold = _without_capitals(article.text)
    finder = Finder(article.text, article.published, home_of(article), fold, during, land_of(article))
    if article.title:
        finder.learn_from(article.title)
    return finder


def _elsewhere(article: Article) -> Callable[[str, Sequence[Span]], list[list[Mention]]]:
    """What finds the mentions in another text of an article's day."""
    return lambda text, spans: Finder(text, article.published, home_of(article)).find(spans)


def _titled(article: Article) -> Sequence[Mention]:
    """The mentions in the title of an article."""
    title = article.title or ""
    return _elsewhere(article)(title, [Span(0, len(title), title)])[0] if title else ()


def _without_capitals(text: str) -> bool:
    """Whether a text writes names small, as old wires do: hardly a capital but at sentence starts."""
    words = MID_SENTENCE.findall(text)
    return len(words) > 30 and sum(w[0].isupper() for w in words) < 0.03 * len(words)


def _events(
    article: Article, parsed: Iterator[Parsed], discourse: Discourse, watch: Watch | None = None
) -> Iterator[Event]:
    sents = list(parsed)
    lists = listings(sents, article.text, discourse)
    titled = _titled(article) if lists or not discourse.home else ()
    discourse.present = attendance(sents, lists, discourse, discourse.listed, titled)
    discourse.protagonist = protagonist(sents, titled) if not discourse.home else None
    together = discourse.present or discourse.joint
    if len({p.party for p in together}) > 1:
        discourse.pair, discourse.pair_fixed = together, True
    quotes = quotations(article.text)
    speeches = labels(sents, article.text) or address(article, discourse.home)
    day = DateSpan(article.published, article.published, "day") if article.published else DateSpan()
    speaking: Party | None = None
    now = day
    for n, sent in enumerate(sents):
        discourse.enter(sent)
        said = sayings(sent, discourse)
        named = [s.speaker for s in said if s.speaker]
        quote = quote_over(sent.span, quotes)
        label_ = next((la for la in speeches if la.start <= sent.span.start < la.end), None)
        if named:
            speaking = named[0]
        quoted = named[0] if named else None
        if quote and not named and not _another_speaks(sent, said):
            before = opener(sent, discourse) if quote[0] > sent.span.start + 3 else None
            quoted = before or speaker_ahead(sents, n, quote, discourse) or speaking
            speaking = before or speaking
        if label_ is not None:
            quote, quoted, named = (label_.start, label_.end), label_.speaker, named or [label_.speaker]
        discourse.quoting = quoted if quote else None
        discourse.diary = label_ is not None and label_.whole
        times = dates.find(article.text, sent.span.start, sent.span.end, article.published)
        now = story_day(sent, times, article.published) or now
        scene = Scene(article, sent, discourse, said, quoted if quote else None, quote, times, now)
        # Not all that a speaker tells of the world in an address is a position of his.
        told = scene if label_ is None or not label_.whole else replace(scene, quoted=None)
        seen = _look(scene, told, lists.get(n))
        if not discourse.pair_fixed:
            _remember(seen.events, discourse)
            if discourse.pair_fixed:  # "met Kishida and thanked him": now it is known who the other side is
                seen = _look(scene, told, lists.get(n))
        if watch is not None:
            watch(seen)
        yield from seen.events
        _remember(seen.events, discourse)
        discourse.enter(sent)
        discourse.leave(named[0] if named else None)


def _look(scene: Scene, told: Scene, listed: Listing | None) -> Seen:
    """What the frames, the lists and (of what is ``told``) the rules for positions make of a sentence."""
    discourse = scene.discourse
    matcher = Matcher(Slots(scene.sent, discourse, scene.sayings, scene.quoted, scene.quote))
    matched = list(matcher.matches())
    kept = distinct(matched)
    made = [event_of(m, scene) for m in kept]
    if listed is not None:
        made = attended(scene, listed, discourse.present, made)
    made += statements(told, discourse, made)
    return Seen(scene, matched, kept, matcher.misses, made)


def _another_speaks(sent: Parsed, said: Sequence[Saying]) -> bool:
    """Whether a sentence names somebody whom we do not know as the one who says it."""
    tellers = [subject(sent.doc[s.token]) for s in said if not s.adjunct and s.speaker is None]
    return any(who is not None and who.pos_ == "PROPN" for who in tellers)


def _remember(made: Sequence[Event], discourse: Discourse) -> None:
    """The two sides of a talk are "the leaders" and "the counterpart" of what follows."""
    for event in made:
        if event.type in ADDRESSING and event.recipient:
            for party in event.recipient:
                discourse.addressed[party.party or ""] = event.actor[0]
        if event.type == "CONSULT" and event.status in ("actual", "planned"):
            sides = event.actor + event.recipient
            if len({p.party for p in sides}) >= 2 and not discourse.pair_fixed:
                discourse.pair = sides
                # An address goes through many talks: the last one told is the one that "we" and "they" had.
                discourse.pair_fixed = event.status == "actual" and not discourse.diary
