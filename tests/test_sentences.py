"""Sentence splitting: boundaries of every kind, and spans that are exact whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relwatch.records import Span
from relwatch.sentences import split

CASES = [
    ("One talk ended. Another began.", ["One talk ended.", "Another began."]),
    ("Mr. Smith met Gen. Jones. They spoke.", ["Mr. Smith met Gen. Jones.", "They spoke."]),
    ("The U.S. Secretary spoke in the U.S. He left.", ["The U.S. Secretary spoke in the U.S.", "He left."]),
    ("It begins on Jan. 5 at 3 p.m. in Doha.", ["It begins on Jan. 5 at 3 p.m. in Doha."]),
    ("President Vladimir V. Putin called. Oil rose 3.5 percent.",
     ["President Vladimir V. Putin called.", "Oil rose 3.5 percent."]),
    ('"We agreed." The minister left.', ['"We agreed."', "The minister left."]),
    ('"We agreed. It is good," he said.', ['"We agreed.', 'It is good," he said.']),
    ('"Why?" he asked. (They laughed.) Then they left.',
     ['"Why?" he asked.', "(They laughed.)", "Then they left."]),
    ("It is late ... but not too late. Go.", ["It is late ... but not too late.", "Go."]),
    ("Headline without a stop\nThe prose begins.", ["Headline without a stop", "The prose begins."]),
    ("Biden, Jr. met today with the king in Washington, D.C. President Biden spoke.",
     ["Biden, Jr. met today with the king in Washington, D.C.", "President Biden spoke."]),
    ("He trusts Ms. Rice. al-Assad agreed.", ["He trusts Ms. Rice.", "al-Assad agreed."]),
    ("Talks go on in the spring.The union is ready.", ["Talks go on in the spring.", "The union is ready."]),
    ("Article No. 5 holds. See www.example.org for more.",
     ["Article No. 5 holds.", "See www.example.org for more."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_cases(text: str, expected: list[str]) -> None:
    assert [s.text for s in split(text)] == expected


def test_a_wrapped_paragraph_is_one() -> None:
    text = (
        "The two foreign ministers met for the third time this year on the\n"
        "sidelines of the assembly and agreed that their deputies should go\n"
        "over the draft again before the leaders sign it. The Turkish\n"
        "delegation left at noon."
    )
    assert len(split(text)) == 2


def test_lines_that_are_paragraphs_are_not_joined() -> None:
    assert len(split("First report on the talks\nSecond report on the vote\nThird report on the ban")) == 3


def test_furniture_is_skipped_and_breaks_sentences() -> None:
    text = "The talks ended. Advertisement The vote began."
    ad = Span(17, 30, "Advertisement")
    assert [s.text for s in split(text, [ad])] == ["The talks ended.", "The vote began."]


@given(st.text(alphabet=st.sampled_from("aB .!?\n\r\"'()[]U.S—…5,\xa0"), max_size=200))
def test_spans_are_exact_and_in_order(text: str) -> None:
    at = 0
    for s in split(text):
        assert text[s.start : s.end] == s.text == s.text.strip() != ""
        assert s.start >= at
        assert not text[at : s.start].strip()
        at = s.end
    assert not text[at:].strip()
