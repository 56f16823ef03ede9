"""From a matched frame to an event: status, speaker, date, place, topics and tone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from relwatch import gazetteer, tone, topics
from relwatch.attribute import Saying
from relwatch.frames import Match
from relwatch.records import Article, DateSpan, Event, Party, Span, Status, TimeExpr, Tone
from relwatch.resolve import Discourse
from relwatch.segment import Parsed
from relwatch.status import status_of
from relwatch.syntax import children, refuses
from relwatch.trace import steps
from relwatch.voices import VOICED, Voices, speaker_for
from relwatch.when import date_of

UNSAID = frozenset(("ACCUSE", "THREATEN", "SUPPORT", "REQUEST"))  # no word of tone was said where these were not
MEMBERS = frozenset(("leaders", "members", "ministers", "heads"))  # "met the G7 leaders"
TALKS = frozenset("talk talks meeting summit negotiation round discussion consultation".split())
MEDIATE = frozenset("mediate broker facilitate sponsor".split())
TALKS = frozenset("talk talks negotiation negotiate dialogue meeting meet discussion discuss summit".split())
REMOTE = re.compile(
    r"\b(?:by|via|through|over|in an?|an?) (?:\w+ )?(?:video\w*|phone|telephone|tele\w+|online|virtual|zoom)\b"
    r"|\b(?:video|online|virtual|phone|telephone)[ -](?:conference|meeting|call|talks|conversation|summit|link)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What the assembling of one sentence's events needs to know about its surroundings."""

    article: Article
    sent: Parsed
    discourse: Discourse
    sayings: Sequence[Saying]
    quoted: Party | None
    quote: tuple[int, int] | None
    times: Sequence[TimeExpr]
    reported_day: DateSpan


def event_of(match: Match, scene: Scene) -> Event:
    """The event of a matched frame in its sentence."""
    frame = match.frame
    status, why = status_of(match)
    actor = tuple(r.party for r in match.actor)
    recipient = tuple(r.party for r in match.recipient)
    type_, mode = frame.type, frame.mode
    refused = status == "negated" and bool(recipient) and _refuses(match)
    if refused:
        type_, mode, status = "REJECT", _refused(match), "actual"
    place = _place(match, scene)
    clause = _clause(match, scene.sent)
    if type_ == "CONSULT":
        actor, mode = _mediated(match, scene, actor, mode)
        remote = mode in ("meet", None) and REMOTE.search(scene.article.text, *clause)
        within = any(m is not None and m.kind == "org" for m in scene.sent.named)
        if mode is None and place and not remote and _in_person(match):
            mode = "meet"
        mode, actor, recipient = _channel("phone" if remote else mode, actor, recipient, place, within)
    trigger = scene.sent.ranges[match.token.i]
    words = [] if status == "negated" and type_ in UNSAID else [clause]
    base = None if refused else frame.tone
    stated = tone.stated(scene.article.text, words, type=type_, mode=mode, base=base, trigger=trigger)
    sentence = scene.sent.span
    voices = Voices(scene.sayings, scene.quoted, scene.quote)
    speaker = speaker_for(match, trigger[0], voices, actor, status)
    voiced = frame.speech or frame.type in VOICED
    if voiced and speaker and speaker.name and all(a.party == speaker.party and not a.name for a in actor):
        actor = (speaker,)  # "Lavrov said Russia supports X": it is he who says so
    if type_ == "STATEMENT" and not recipient and speaker and speaker.party in {a.party for a in actor}:
        # What one side says of the ties is its own position towards the other.
        recipient = tuple(a for a in actor if a.party != speaker.party)
        actor = (speaker,)
    return build(
        scene.article, type_, mode, status, actor, recipient,
        speaker=speaker,
        topics_=topics_of(scene, clause, type_, mode),
        tone_=stated,
        when=date_of(match, scene.sent, scene.times, scene.reported_day, status),
        place=place[1] if place else None,
        evidence=(sentence,),
        confidence=frame.confidence,
        frame=frame.id,
        focus=clause,
        trace=steps(match, scene.sent, status, why),
    )  # fmt: skip


def build(
    article: Article, type_: str, mode: str | None, status: Status, actor: tuple[Party, ...],
    recipient: tuple[Party, ...], *, speaker: Party | None, topics_: tuple[str, ...], tone_: Tone,
    when: DateSpan, place: str | None, evidence: tuple[Span, ...], confidence: float, frame: str,
    focus: tuple[int, int], trace: tuple[str, ...],
) -> Event:  # fmt: skip
    return Event(
        id="", article=article.id, type=type_, mode=mode, status=status, actor=actor, recipient=recipient,
        speaker=speaker, topics=topics_, tone=tone_, date=when, place=place, evidence=evidence,
        confidence=round(confidence, 2), frame=frame, focus=focus, trace=trace,
    )  # fmt: skip


def event_id(event: Event, text_digest: str) -> str:
    """A stable id: ten hexadecimal digits of a digest of the text and of what the event says."""
    parties = (
        "+".join(sorted(str(p.party) for p in event.actor))
        + ">"
        + "+".join(sorted(str(p.party) for p in event.recipient))
    )
    key = "|".join(
        (
            text_digest,
            event.type,
            event.mode or "",
            event.status,
            parties,
            str(event.evidence[0].start),
            event.frame,
        )
    )
    return hashlib.sha256(key.encode()).hexdigest()[:10]


def _refuses(match: Match) -> bool:
    """Whether a negated act is a refusal: "will not lift the sanctions" (not "did not"), "is not ready to talk"."""
    frame = match.frame
    if frame.type == "AGREE" and not frame.mutual and frame.pos != "verb":
        return True
    if frame.type == "SUPPORT" and match.token.lemma_ in ("recognise", "recognize"):
        return True
    if frame.type == "SUPPORT" and frame.pos == "verb":
        return refuses(match.token)
    return frame.type in ("CONCEDE", "RETREAT") and any(
        c.dep_ == "aux" and c.lower_ in ("will", "would", "wo", "shall", "can", "ca", "could")
        for c in match.head.children
    )


def _refused(match: Match) -> str | None:
    """The mode of a refusal: to talk, to yield, or neither."""
    if match.frame.type in ("CONCEDE", "RETREAT"):
        return "yield"
    if match.frame.type == "SUPPORT":
        return None
    top = match.token if match.token.pos_ != "ADJ" or match.token.dep_ == "ROOT" else match.head
    return "meet" if any(t.lemma_.lower() in TALKS for t in top.subtree) else None


# -- channel and place ---------------------------------------------------------------------------


def _place(match: Match, scene: Scene) -> tuple[str | None, str] | None:
    """Where it happened: (party of the place, the place as written), of "in X" or "at X"."""
    top = match.token if match.frame.pos == "verb" else match.head
    for prep in top.subtree:
        if prep.dep_ != "prep" or prep.lower_ not in ("in", "at"):
            continue
        of_talks = prep.head.pos_ == "NOUN" and prep.head.lemma_ in TALKS
        between = (
            []
            if of_talks
            else [a for a in prep.ancestors if a.pos_ in ("VERB", "AUX") and a.i != top.i and top.is_ancestor(a)]
        )
        if between:
            continue  # It is the place of another clause.
        for pobj in children(prep, "pobj"):
            m = scene.sent.named[pobj.i]
            if m is not None and m.kind in ("country", "capital", "metonym", "body"):
                return m.party, scene.article.text[m.start : m.end]
    return None


def _in_person(match: Match) -> bool:
    """Whether a talk of which no channel is said was held somewhere: "talks in Rome", "during talks in Syria"."""
    return any(
        prep.head.pos_ == "NOUN" and prep.head.lemma_ in TALKS
        for prep in match.head.subtree
        if prep.dep_ == "prep" and prep.lower_ in ("in", "at")
    )


def _mediated(
    match: Match, scene: Scene, actor: tuple[Party, ...], mode: str | None
) -> tuple[tuple[Party, ...], str | None]:
    """ "talks mediated by Oman": the mediator is one of the actors, the channel third-party."""
    for token in match.head.subtree:
        if token.lemma_ in MEDIATE and token.tag_ in ("VBN", "VBD"):
            agents = [p for a in token.children if a.dep_ == "agent" for p in children(a, "pobj")]
            found = [r.party for a in agents for r in scene.discourse.refs(a)]
            new = tuple(p for p in found if all(p.party != q.party for q in actor))
            if new:
                return actor + new, "third-party"
    return actor, mode


def _channel(
    mode: str | None,
    actor: tuple[Party, ...],
    recipient: tuple[Party, ...],
    place: tuple[str | None, str] | None,
    within: bool,
) -> tuple[str | None, tuple[Party, ...], tuple[Party, ...]]:
    """The channel of a talk: three parties make it multilateral, one's own soil a visit."""
    parties = {p.party for p in actor + recipient}
    if mode in ("third-party", "phone") or recipient:
        if len(parties) > 2 and mode == "phone" and not recipient:
            return "multilateral", actor, recipient
        return mode, actor, recipient
    blocs = [p for p in actor if p.party and not gazetteer.is_country(p.party) and p.role in MEMBERS]
    if len(parties) > 2 or (blocs and mode in ("meet", None)):
        return "multilateral", actor, recipient
    if mode == "multilateral" and all(p and gazetteer.is_country(p) for p in parties) and not within:
        mode = "meet"  # a summit of two
    if mode == "meet" and place and place[0] in parties:
        hosts = tuple(p for p in actor if p.party == place[0])
        guests = tuple(p for p in actor if p.party != place[0])
        return "visit", guests, hosts
    return mode, actor, recipient


# -- clause and topics ----------- ---------------------------------------------------------------


def _clause(match: Match, sent: Parsed) -> tuple[int, int]:
    """The article range of the clause a trigger governs."""
    top = match.token if match.frame.pos == "verb" else match.head
    inside = [t.i for t in top.subtree]
    if top.dep_ != "ROOT" and len(inside) < 4:
        inside = [t.i for t in top.head.subtree]
    # What another does in the same sentence is a clause of its own: "urged Iran to stop, and Israel agreed".
    others = [c for c in children(top, "conj") if c.i > match.token.i and children(c, "nsubj", "nsubjpass")]
    end = min((t.i for c in others for t in c.subtree), default=max(inside) + 1)
    return sent.text(min(inside), max(match.token.i, end - 1))


def topics_of(scene: Scene, clause: tuple[int, int], type_: str, mode: str | None) -> tuple[str, ...]:
    found = topics.label(scene.article.text, [clause], type=type_, mode=mode)
    return tuple(topic for topic, _ in found)
