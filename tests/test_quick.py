"""The quickened pipeline says what spaCy's own says, token by token."""

from __future__ import annotations

from itertools import islice

import pytest
import spacy
from threadpoolctl import ThreadpoolController

from relwatch import segment, tables
from relwatch.quick import QuickRuler, hasten, remembers

# Patterns of several tokens, spaces, and words that patterns ask for.
ODD = (
    "",
    " ",
    "There is a man, and there's another.",
    "He ain't going; I'm gonna go, let's go, y'all, c'mon.",
    "She got  \n two, ya know, somethin' good.",
    "You and I did it, but 'twas nothin'.",
)
EXAMPLES = tuple(row["sentence"] for row in islice(tables.rows("frame_examples.csv"), 0, None, 5))


@pytest.fixture(scope="module")
def pipelines() -> tuple[spacy.Language, spacy.Language]:
    plain, quick = (spacy.load(segment.pipeline(None).path, exclude=["ner", "senter"]) for _ in range(2))
    hasten(quick)
    return plain, quick


def test_the_model_can_be_quickened(pipelines: tuple[spacy.Language, spacy.Language]) -> None:
    plain, quick = pipelines
    assert remembers(plain.get_pipe("attribute_ruler"))
    assert isinstance(dict(quick.pipeline)["attribute_ruler"], QuickRuler)


def test_it_multiplies_with_numpy_on_one_processor(pipelines: tuple[spacy.Language, spacy.Language]) -> None:
    libraries = ThreadpoolController().select(internal_api=["openblas", "mkl"]).info()
    if not libraries:
        pytest.skip("numpy has a library of another kind here")
    plain, quick = pipelines
    assert {library["num_threads"] for library in libraries} == {1}
    for name in ("tok2vec", "tagger", "parser"):
        assert {layer.ops.use_blis for layer in plain.get_pipe(name).model.walk()} == {True}
        assert {layer.ops.use_blis for layer in quick.get_pipe(name).model.walk()} == {False}


def test_every_token_is_the_same(pipelines: tuple[spacy.Language, spacy.Language]) -> None:
    plain, quick = pipelines
    for one, other in zip(plain.pipe(ODD + EXAMPLES), quick.pipe(ODD + EXAMPLES), strict=True):
        for a, b in zip(one, other, strict=True):
            assert (a.text, a.tag_, a.pos_, a.lemma_, a.dep_, str(a.morph), a.head.i) == (
                b.text, b.tag_, b.pos_, b.lemma_, b.dep_, str(b.morph), b.head.i,
            )  # fmt: skip


def test_a_ruler_with_other_patterns_is_left_alone() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"LENGTH": 3}]], {"POS": "NOUN"})
    hasten(nlp)
    assert nlp.get_pipe("attribute_ruler") is ruler
