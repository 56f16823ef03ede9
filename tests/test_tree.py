"""A parsed sentence read out says what spaCy's own objects say, token by token."""

from __future__ import annotations

from itertools import islice

import pytest
import spacy

from relwatch import segment, tables
from relwatch.tree import Reader, Token

ODD = ("", " ", "He ain't going; she was hoping, they met.", "Lavrov, who met Rubio, said talks \n went on.")
EXAMPLES = tuple(row["sentence"] for row in islice(tables.rows("frame_examples.csv"), 0, None, 7))


@pytest.fixture(scope="module")
def both() -> list[tuple[spacy.tokens.Doc, tuple[Token, ...]]]:
    nlp = spacy.load(segment.pipeline(None).path, exclude=["ner", "senter"])
    reader = Reader(nlp.vocab, nlp.get_pipe(segment.LEMMATIZER))
    plain = nlp.pipe(ODD + EXAMPLES)
    bare = nlp.pipe(ODD + EXAMPLES, disable=[segment.LEMMATIZER])
    return [(doc, reader.read(other)) for doc, other in zip(plain, bare, strict=True)]


def test_every_word_is_the_same(both: list[tuple[spacy.tokens.Doc, tuple[Token, ...]]]) -> None:
    for doc, words in both:
        for theirs, ours in zip(doc, words, strict=True):
            for name in ("i", "text", "lower_", "lemma_", "pos_", "tag_", "dep_"):
                assert getattr(theirs, name) == getattr(ours, name)


def test_the_tree_is_the_same(both: list[tuple[spacy.tokens.Doc, tuple[Token, ...]]]) -> None:
    def places(words: object) -> list[int]:
        return [w.i for w in words]  # type: ignore[attr-defined]

    for doc, words in both:
        for theirs, ours in zip(doc, words, strict=True):
            assert theirs.head.i == ours.head.i
            assert places(theirs.children) == places(ours.children)
            assert places(theirs.subtree) == places(ours.subtree)
            assert places(theirs.ancestors) == places(ours.ancestors)
            assert [theirs.is_ancestor(o) for o in doc] == [ours.is_ancestor(o) for o in words]
