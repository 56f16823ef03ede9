"""Whose affairs a news story tells of, where it says so only once: its "talks with Nepal" are that country's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from relwatch import gazetteer
from relwatch.mention import Mention
from relwatch.segment import Parsed


def protagonist(sents: Sequence[Parsed], titled: Sequence[Mention]) -> str | None:
    """The country of a story; None unless its headline, its opening and the rest of it agree.

    The headline names this country alone, the first sentence names it before any other, and no other is named in
    more sentences.
    """
    parties = {m.party for m in titled if m.party and m.acts}
    if len(parties) != 1 or not sents:
        return None
    who = next(iter(parties))
    first = next((m.party for m in sents[0].named if m is not None and m.party and m.acts), None)
    if first != who or not gazetteer.is_country(who):
        return None
    said = Counter(p for s in sents for p in {m.party for m in s.named if m is not None and m.party})
    return who if said[who] >= max(said.values()) else None
