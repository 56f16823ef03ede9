"""Who took part, where a text lists it apart: "Participants in the call included A, B and C"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from relwatch.assemble import Scene, build, topics_of
from relwatch.listings import Listing, listing
from relwatch.mention import Mention
from relwatch.records import DateSpan, Event, Party, Status, Tone
from relwatch.resolve import Discourse
from relwatch.segment import Parsed


def listings(sents: Sequence[Parsed], text: str, discourse: Discourse) -> dict[int, Listing]:
    """The lists of participants in an article, by the place of their sentence in ``sents``."""
    out: dict[int, Listing] = {}
    for n, sent in enumerate(sents):
        row = list(dict.fromkeys(m for m in sent.named if m is not None))
        found = listing(text, sent.span.start, sent.span.end, row, discourse.home is not None)
        if found is not None:
            out[n] = found
    return out


def attendance(
    sents: Sequence[Parsed],
    found: Mapping[int, Listing],
    discourse: Discourse,
    below: Sequence[Mention] = (),
    titled: Sequence[Mention] = (),
) -> tuple[Party, ...]:
    """The parties to the talk of an article that lists its participants apart; empty for others.

    The host, named with the list or the first official whom a release or its title (``titled``) names, comes
    first. ``below`` are those listed one a line. In the news only a single list is that of the talk reported.
    """
    if not (found or (below and sents)) or (discourse.home is None and len(found) > 1):
        return ()
    hosts = [h for f in found.values() for h in f.hosts] or _host(sents, discourse)
    hosts = hosts or [m for m in titled if m.kind == "person" and m.party == discourse.home is not None][:1]
    listed = [m for f in found.values() for m in f.listed]
    parties = [_party(m, discourse) for m in [*hosts, *listed, *below]]
    if below:  # who comes by name below need not stand here as a bare country, too
        people = {p.party for p in parties if p.name}
        parties = [p for p in parties if p.name or p.party not in people]
    if discourse.home and discourse.home not in {p.party for p in parties}:
        return ()  # a list of others' talk
    return tuple(dict.fromkeys(parties))


def attended(scene: Scene, found: Listing, present: Sequence[Party], made: Sequence[Event]) -> list[Event]:
    """The events of a sentence that lists participants: the talk of all of them, once, and what else it tells."""
    own = [_party(m, scene.discourse) for m in found.hosts + found.listed]
    whole = present if {p.party for p in own} <= {p.party for p in present} else own
    parties = {p.party for p in whole}
    told = any(e.type == "CONSULT" and parties <= {p.party for p in e.actor + e.recipient} for e in made)
    if len(parties) < 2 or told:
        return list(made)
    rest = [e for e in made if e.type != "CONSULT" or not {p.party for p in e.actor + e.recipient} < parties]
    span = scene.sent.span
    status: Status = "planned" if found.planned else "actual"
    mode = "multilateral" if len(parties) > 2 else "phone" if found.remote else "meet"
    when = scene.times[0].date if len(scene.times) == 1 else None if found.planned else scene.reported_day
    clause = (span.start, span.end)
    return [*rest, build(
        scene.article, "CONSULT", mode, status, tuple(whole), (),
        speaker=None,
        topics_=topics_of(scene, clause, "CONSULT", mode),
        tone_=Tone(),
        when=when or DateSpan(),
        place=None,
        evidence=(span,),
        confidence=0.8,
        frame="attendance",
        focus=clause,
        trace=(f"rule attendance: the sentence lists who took part (sentence {scene.sent.index + 1})",),
    )]  # fmt: skip


def _party(m: Mention, discourse: Discourse) -> Party:
    """The party of a mention; an office without a country is the publisher's, held by whom the text names."""
    if m.party is not None or discourse.home is None:
        return Party(m.party, m.name, m.role)
    held = [p for p in discourse.offices.get(m.office or "", []) if p.party == discourse.home]
    return held[0] if held else Party(discourse.home, None, m.role)


def _host(sents: Sequence[Parsed], discourse: Discourse) -> list[Mention]:
    """The official of the publisher whom a release names first."""
    for m in sents[0].named if discourse.home else ():
        if m is not None and m.kind == "person" and m.acts:
            return [m] if m.party == discourse.home else []
    return []
