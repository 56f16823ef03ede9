"""The tree of a parsed sentence as plain objects.

spaCy makes a new object, and looks its strings up anew, each time a token is asked for anything. The frames ask
every token dozens of times, so a parsed sentence is read out once. The names are spaCy's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc

FIELDS = ("ORTH", "LOWER", "POS", "TAG", "DEP", "HEAD", "MORPH", "LEMMA")


class Token:
    """A word of a parsed sentence.

    ``i`` is its place in ``doc``, the words of the sentence; ``head`` the word it hangs on (itself for the root);
    ``children`` what hangs on it, in order of the text. ``lower_``, ``lemma_``, ``pos_``, ``tag_`` and ``dep_`` are
    spaCy's: small letters, dictionary form, part of speech, Penn tag and relation to the head.
    """

    __slots__ = ("children", "dep_", "doc", "head", "i", "lemma_", "lower_", "pos_", "tag_", "text")

    def __init__(self, i: int, text: str, lower: str, lemma: str, pos: str, tag: str, dep: str) -> None:
        self.i, self.text, self.lower_, self.lemma_ = i, text, lower, lemma
        self.pos_, self.tag_, self.dep_ = pos, tag, dep
        self.head: Token = self
        self.children: list[Token] = []
        self.doc: tuple[Token, ...] = ()

    def __repr__(self) -> str:
        return f"Token({self.i}, {self.text!r}, {self.dep_} of {self.head.i})"

    @property
    def ancestors(self) -> Iterator[Token]:
        """Its head, the head of that, and so on up to the root."""
        at = self
        while at.head is not at:
            at = at.head
            yield at

    def is_ancestor(self, other: Token) -> bool:
        """Whether the other word hangs below this one, at any depth."""
        return any(up is self for up in other.ancestors)

    @property
    def subtree(self) -> Iterator[Token]:
        """The word and all that hangs below it, in order of the text."""
        out: list[Token] = []
        self._write(out)
        return iter(out)

    def _write(self, out: list[Token]) -> None:
        """Add the word and all below it to a list: several times as fast as generators within generators."""
        before = True
        for child in self.children:
            if before and child.i > self.i:
                before = False
                out.append(self)
            child._write(out)
        if before:
            out.append(self)


class Reader:
    """Reads documents out of a spaCy pipeline; what a word's dictionary form is, is asked of its lemmatizer once."""

    def __init__(self, vocab: Any, lemmatizer: Any) -> None:
        self.strings, self.lemmatizer = vocab.strings, lemmatizer
        self.names: dict[int, str] = {}
        self.lemmas: dict[tuple[int, int, int], str] = {}

    def read(self, doc: Doc) -> tuple[Token, ...]:
        """The words of a document that has tags and a tree."""
        array: Any = doc.to_array(list(FIELDS)) if len(doc) else []
        rows = array.astype("int64").tolist() if len(doc) else []
        names, name = self.names, self._name
        for key in {key for row in rows for key in row[:5]}.difference(names):
            name(key)
        out = tuple(
            Token(i, names[word], names[low], self._lemma(doc, i, rows[i]), names[pos], names[tag], names[dep])
            for i, (word, low, pos, tag, dep, *_) in enumerate(rows)
        )
        for token, row in zip(out, rows, strict=True):
            token.doc = out
            if row[5]:
                token.head = out[token.i + row[5]]
                token.head.children.append(token)
        return out

    def _name(self, key: int) -> str:
        found = self.names.get(key)
        if found is None:
            found = self.names[key] = self.strings[key % 2**64]
        return found

    def _lemma(self, doc: Doc, i: int, row: list[int]) -> str:
        """The dictionary form: the attribute ruler's where it has one, else the lemmatizer's."""
        if row[7]:
            return self._name(row[7])
        key = row[0], row[2], row[6]
        found = self.lemmas.get(key)
        if found is None:
            found = self.lemmas[key] = self.lemmatizer.lemmatize(doc[i])[0]
        return found
