"""Nouns that stand for a party, and what a token is found to stand for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from relwatch import tables
from relwatch.chunks import offices
from relwatch.records import Party

SINGULAR = frozenset(("he", "she", "him", "her", "his", "himself", "herself"))
PLURAL = frozenset(("they", "them", "their", "themselves"))
OURS = frozenset(("we", "us", "our", "i", "me", "my", "ourselves"))
PAIR_NOUNS = frozenset(
    """leader president side party country nation minister counterpart government state premier chief delegation
    capital power neighbour neighbor official negotiator diplomat ally people king head interlocutor pair duo
    secretary adviser advisor chancellor parties""".split()
)
OWN_NOUNS = frozenset(("country", "state", "nation", "side", "government", "people"))
# Those who act for an organisation ("KLA guerrillas", "the U.N. commission"), but not for the state they come from.
ORGANS = frozenset(
    """guerrilla rebel fighter militant insurgent gunman militia militiaman commander commission committee agency panel
    secretariat council""".split()
)
AMOUNTS = frozenset(
    """million billion mln bln dollar dlr dlrs pound yen mark euro tonne ton barrel worth number amount volume
    percent pct half third quarter share import export shipment ban
    resumption start beginning opening launch conclusion""".split()
)
PRESS = frozenset("news press media".split())  # "the Turkish news agency" is no Turkey
PRESS_BODIES = frozenset(("agency", "service", "network", "corporation"))
BORDERS = frozenset(("border", "frontier", "boundary"))
HOURS = frozenset("hour day minute week month moment year".split())
MODIFIERS = ("amod", "compound", "nmod", "poss", "nummod")
PLACES_IN = ("of", "from")
LOOSE_IN = ("of", "from", "by", "to", "in", "against")


@dataclass(frozen=True, slots=True)
class Agent:
    """A noun that stands for its country ("forces"); ``acts`` is False where it only belongs to it.

    A ``document`` ("a statement by Britain and France") speaks for whoever issued it.
    """

    noun: str
    acts: bool
    document: bool = False


@cache
def agents() -> dict[str, Agent]:
    """Nouns of data/agents.csv, and every plural office, by lemma."""
    out = {
        row["noun"].lower(): Agent(row["noun"], row["acts"] != "no", row["kind"] == "document")
        for row in tables.rows("agents.csv")
    }
    for group in offices().values():
        for words, office in group:
            head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
            out.setdefault(head, Agent(head, office.official))
    return out


@dataclass(frozen=True, slots=True)
class Ref:
    """A party that a token stands for, and how that is known."""

    party: Party
    how: str
    token: int
    start: int
