"""Make a spaCy pipeline quicker without changing what it says.

Two of its components look everything up anew for every token. The lemmatizer searches its word lists
from end to end: sets hold the same words. The attribute ruler tries every pattern on every token; all but
a few patterns look at one token's word, tag and relation, so what they say of these three is remembered.
Half of what is left is the multiplying of matrices, which numpy does more than twice as fast as spaCy's own BLIS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc

SEEN = ("LOWER", "TAG", "DEP")  # what patterns for one token may look at; IS_SPACE follows from the word
SAID = ("POS", "MORPH", "LEMMA")  # what they say, other than the relation of a space
WORD_LISTS = "lemma_index"
ANY = 0  # stands for every word that no pattern asks for
MULTIPLIERS = frozenset(("openblas", "mkl"))  # numpy's, where it comes as a wheel or with conda


def hasten(nlp: Any) -> None:
    """Change a pipeline in place: its lemmatizer and attribute ruler, where it has them, and how it multiplies."""
    _multiply_with_numpy(nlp)
    for at, (name, component) in enumerate(nlp.pipeline):
        if name == "lemmatizer" and component.lookups.has_table(WORD_LISTS):
            table = component.lookups.get_table(WORD_LISTS)
            for part_of_speech in list(table):
                table[part_of_speech] = frozenset(table[part_of_speech])
        if name == "attribute_ruler" and remembers(component):
            nlp._components[at] = (name, QuickRuler(component))


def _multiply_with_numpy(nlp: Any) -> None:
    """Let the pipeline's layers multiply with numpy, on one processor.

    The matrices of an article's sentences are so small that threads would wait for each other for longer than they
    work, on a busy machine ten times as long. Where numpy's library is one that cannot be held to a thread, BLIS stays.
    """
    from thinc.api import Model, NumpyOps

    try:
        from threadpoolctl import ThreadpoolController
    except ImportError:  # an install of before it was asked for is only slower
        return
    libraries = ThreadpoolController().select(internal_api=sorted(MULTIPLIERS))
    if not libraries:
        return
    libraries.limit(limits=1)
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        if isinstance(model := getattr(component, "model", None), Model):
            for layer in model.walk():
                layer.ops = ops


def remembers(ruler: Any) -> bool:
    """Whether a ruler's patterns look at nothing but what a QuickRuler remembers, in ways that it knows."""
    return all(
        set(token) <= {*SEEN, "IS_SPACE"} and set(_asked(token)) <= {"IN", "NOT_IN", "REGEX"}
        for token in _tokens(ruler)
    )


def _tokens(ruler: Any) -> Iterator[dict[str, Any]]:
    return (token for row in ruler.patterns for pattern in row["patterns"] for token in pattern)


def _asked(token: dict[str, Any]) -> dict[str, Any]:
    """What a pattern asks of a word, in spaCy's long form."""
    asked = token.get("LOWER", {})
    return asked if isinstance(asked, dict) else {"IN": [asked]}


class QuickRuler:
    """An attribute ruler that remembers what its patterns say of a word with its tag and relation.

    A document in which a pattern of several tokens might begin is left to the ruler itself.
    """

    def __init__(self, ruler: Any) -> None:
        self.ruler = ruler
        self.words = {w for t in _tokens(ruler) for op in ("IN", "NOT_IN") for w in _asked(t).get(op, ())}
        self.forms = [re.compile(_asked(t)["REGEX"]) for t in _tokens(ruler) if "REGEX" in _asked(t)]
        self.beginnings = type(ruler)(ruler.vocab)
        for row in ruler.patterns:
            if firsts := [pattern[:1] for pattern in row["patterns"] if len(pattern) > 1]:
                self.beginnings.add(firsts, {"LEMMA": "x"})
        self.matters: dict[int, int] = {}
        self.known: dict[tuple[int, int, int], tuple[int, ...] | None] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The document with the parts of speech, forms and lemmas that the ruler knows."""
        table: Any = doc.to_array(list(SEEN))
        said = [self._said(doc, *row) for row in table.tolist()]
        if None in said:
            ruled: Doc = self.ruler(doc)
            return ruled
        if said:
            table[:] = said
            doc.from_array(list(SAID), table)
        return doc

    def _said(self, doc: Doc, word: int, tag: int, relation: int) -> tuple[int, ...] | None:
        """What the ruler says of such a token; None where it takes more than that to know."""
        asked = self.matters.get(word)
        if asked is None:
            asked = self.matters[word] = word if self._matters(doc.vocab.strings[word]) else ANY
        key = asked, tag, relation
        if key not in self.known:
            self.known[key] = self._say(doc, word, tag, relation)
        return self.known[key]

    def _matters(self, word: str) -> bool:
        return word in self.words or word.isspace() or any(form.search(word) for form in self.forms)

    def _say(self, doc: Doc, word: int, tag: int, relation: int) -> tuple[int, ...] | None:
        alone = type(doc)(doc.vocab, words=[doc.vocab.strings[word]])
        alone[0].tag, alone[0].dep = tag, relation
        if self.beginnings.match(alone):
            return None
        self.ruler(alone)
        return None if alone[0].dep != relation else tuple(alone.to_array(list(SAID))[0].tolist())
