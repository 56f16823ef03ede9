"""The coder as a whole: what holds of every event, whatever the text; and constructions of both idioms."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relwatch import tables
from relwatch.check import expected, notation
from relwatch.coder import code
from relwatch.eventjson import event_from_json, event_to_json
from relwatch.read import article_of
from relwatch.records import STATUSES, TOPICS, TYPES, Article, Event

SCHEMA = Path(__file__).parents[2] / "shared" / "event.schema.json"
DAY = date(2019, 5, 2)  # a Thursday
PARTIES = {row["iso3"] for row in tables.rows("countries.csv")} | {
    row["id"] for row in tables.rows("organizations.csv")
}
MODES = {(row["type"], row["mode"] or None) for row in tables.rows("ontology.csv")}


def article(text: str, **fields: Any) -> Article:
    return article_of(text, id="text", given=DAY, **fields)


def sound(article: Article, events: tuple[Event, ...]) -> None:
    """What holds of all events of any article."""
    assert len({e.id for e in events}) == len(events)
    for event in events:
        assert event.article == article.id
        assert event.type in TYPES
        assert event.mode is None or (event.type, event.mode) in MODES
        assert event.status in STATUSES
        assert {p.party for p in event.actor} <= PARTIES
        assert {p.party for p in event.recipient} <= PARTIES
        assert len({p.party for p in event.actor + event.recipient}) > 1
        assert len(event.topics) == len(set(event.topics)) <= 3
        assert set(event.topics) <= set(TOPICS)
        assert -2 <= event.tone.score <= 2
        assert bool(event.tone.score) == bool(event.tone.phrases)
        assert 0 <= event.confidence <= 1
        assert event.evidence
        for span in (*event.evidence, *event.tone.phrases):
            assert 0 <= span.start < span.end <= len(article.text)
            assert article.text[span.start : span.end] == span.text
        as_json = json.loads(json.dumps(event_to_json(event, article)))
        again = event_from_json(as_json)
        assert event_to_json(again, article) == as_json


# -- any text ------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    """Putin Trump Macron Merkel Xi the Kremlin Washington Russian French troops ministers president and with to of in
    met called accused urged condemned said will would not if has agreed sanctions talks Iran Israel Ukraine NATO EU
    he they it " “ ” , . ; : — ( ) 's Tuesday 2019 UN G7 “Never , ” that a an who which because""".split()
)
HOSTILE = st.text(
    st.characters(categories=("Cc", "Cf", "Co", "Cs", "Lo", "Lu", "Mn", "Nd", "Po", "So", "Zs", "Zl", "Zp")),
    max_size=80,
)
SENTENCES = ("Putin met Trump in Paris.", "He accused Ukraine of lying.", "“We will act,” Macron told Iran.")


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=60))
def test_word_salad(words: list[str]) -> None:
    given_ = article(" ".join(words))
    sound(given_, code(given_))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(HOSTILE, min_size=len(SENTENCES) + 1, max_size=len(SENTENCES) + 1), st.sampled_from(["", " ", "\n\n"]))
def test_hostile_characters_between_sentences(noise: list[str], gap: str) -> None:
    parts = [noise[0]]
    for sentence, more in zip(SENTENCES, noise[1:], strict=True):
        parts += [gap, sentence, gap, more]
    given_ = article("".join(parts))
    sound(given_, code(given_))


@settings(max_examples=60, deadline=None)
@given(HOSTILE, st.integers(0, 24))
def test_hostile_characters_within_a_sentence(noise: str, at: int) -> None:
    text = f"{SENTENCES[0][:at]}{noise}{SENTENCES[0][at:]} Macron praised Merkel."
    given_ = article(text)
    sound(given_, code(given_))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\0",
        "\ud800 Putin met Trump \udfff in Paris.",
        "Putin met Trump in Paris. " * 400,
        "Putin met Trump and " * 2000,
        "Putin, Trump, Macron, " * 700 + "met.",
        "(" * 5000 + "Putin met Trump" + ")" * 5000,
        "“" * 3000 + "Putin told Trump" + "”" * 3000,
        "x" * 200_000 + " Putin met Trump.",
        "Putin met Trump.\n" * 500,
        "PUTIN MET TRUMP IN PARIS AND ACCUSED UKRAINE.",
        "putin met trump in paris and accused ukraine.",
        "\u202ePutin met Trump\u202c in\u00a0Paris\u200b, said\u2028Macron\u2029.",
        "<b>Putin</b> met [[Trump]] {{in}} &amp; \x1b[31mParis\x1b[0m.",
        "Putin met Trump" + "\u0301" * 3000 + " in Paris.",
    ],
    ids=lambda text: repr(text[:24]),
)
def test_hostile_texts(text: str) -> None:
    given_ = article(text)
    sound(given_, code(given_))


def test_coding_is_pure() -> None:
    given_ = article("Macron met Merkel on Tuesday. She thanked him for his help.")
    assert code(given_) == code(given_)


def test_spans_of_the_samples() -> None:
    for path in sorted((tables.data_dir() / "samples").glob("*.txt")):
        given_ = article_of(path.read_text(encoding="utf-8"), id=path.stem)
        sound(given_, code(given_))


def test_json_fits_the_schema() -> None:
    if not SCHEMA.exists():
        pytest.skip("the schema is not at hand")
    import jsonschema

    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    count = 0
    for row in list(tables.rows("frame_examples.csv"))[::8]:
        given_ = article_of(row["sentence"], id="text", given=date.fromisoformat(row["date"]))
        for event in code(given_):
            validator.validate(event_to_json(event, given_))
            count += 1
    assert count > 50


# -- constructions -------------------------------------------------------------------------------
# A text, and all the events that it gives: nothing else may come of it.

READOUTS = {
    "call": (
        "The President spoke today by phone with Chancellor Angela Merkel of Germany.",
        ["CONSULT-phone USA+DEU"],
    ),
    "bare call": (
        "President Emmanuel Macron held a phone call with Prime Minister Justin Trudeau of Canada.",
        ["CONSULT-phone CAN+FRA"],
    ),
    "two leaders": (
        "President Moon Jae-in of South Korea met Prime Minister Scott Morrison of Australia in Bangkok."
        " The two leaders agreed to deepen cooperation on hydrogen.",
        ["CONSULT-meet AUS+KOR", "AGREE AUS+KOR"],
    ),
    "carried subject": (
        "President Emmanuel Macron received the President of Senegal, Macky Sall, at the Elysee."
        " He thanked Senegal for its help in the Sahel.",
        ["CONSULT-visit SEN>FRA", "SUPPORT FRA>SEN"],
    ),
    "secretary": (
        "Secretary of State Mike Pompeo met with Japanese Foreign Minister Taro Kono in Tokyo.",
        ["CONSULT-visit USA>JPN"],
    ),
    "discussed": (
        "Prime Minister Theresa May spoke to President Recep Tayyip Erdogan of Turkey."
        " They discussed trade and the situation in Libya.",
        ["CONSULT-phone GBR+TUR | CONSULT GBR+TUR"],
    ),
}
WIRES = {
    "accusation": (
        "Venezuela accused Colombia on Monday of harbouring rebels.",
        ["ACCUSE-allege VEN>COL"],
    ),
    "passive": (
        "Two Hungarian diplomats were expelled by Ukraine on Friday.",
        ["SANCTION-expel UKR>HUN"],
    ),
    "attribution at the end": (
        "Qatar has rejected the demands of Saudi Arabia, the foreign minister in Doha said.",
        ["REJECT QAT>SAU | REJECT-yield QAT>SAU"],
    ),
    "metonym": (
        "Beijing urged Ottawa to release the executive.",
        ["REQUEST CHN>CAN"],
    ),
    "nominalisation": (
        "Macron's condemnation of Brazil came on Tuesday.",
        ["ACCUSE-disapprove FRA>BRA"],
    ),
    "light verb": (
        "Argentina lodged a protest against Britain over the Falklands.",
        ["ACCUSE-disapprove ARG>GBR"],
    ),
    "joint adjective": (
        "Egyptian-Ethiopian talks on the dam began in Cairo on Wednesday.",
        ["CONSULT EGY+ETH | CONSULT-meet EGY+ETH | CONSULT-visit ETH>EGY"],
    ),
    "coordination": (
        "Norway and Iceland condemned Belarus.",
        ["ACCUSE-disapprove NOR+ISL>BLR"],
    ),
    "headline": (
        "Pakistan summons Indian envoy over shelling",
        ["ACCUSE-disapprove PAK>IND"],
    ),
    "aid": (
        "Denmark donated 20 million euros to Yemen.",
        ["AID-economic DNK>YEM | AID DNK>YEM"],
    ),
    "sanctions": (
        "The European Union imposed sanctions on Nicaragua.",
        ["SANCTION-discontinue EU>NIC"],
    ),
    "agreement": (
        "Uzbekistan and Tajikistan signed an agreement on their border.",
        ["AGREE UZB+TJK"],
    ),
    "praise": (
        "Rwandan President Paul Kagame praised Morocco for its investment in Africa.",
        ["SUPPORT RWA>MAR"],
    ),
    "threat": (
        "North Korea threatened to attack Japan.",
        ["THREATEN-violence PRK>JPN"],
    ),
}
STATUS = {
    "planned": (
        "Serbian President Aleksandar Vucic will visit China in June.",
        ["CONSULT-visit SRB>CHN planned"],
    ),
    "invited": (
        "Vietnam invited the Indonesian president to Hanoi.",
        ["CONSULT-visit IDN>VNM planned"],
    ),
    "negated": (
        "The Italian prime minister did not meet the Libyan delegation.",
        ["CONSULT-meet ITA+LBY negated"],
    ),
    "hypothetical": (
        "Kenyan President Uhuru Kenyatta may meet Somali President Mohamed Abdullahi Mohamed in Kampala.",
        ["CONSULT-meet KEN+SOM hypothetical"],
    ),
    "cancelled": (
        "Poland cancelled a visit by its prime minister to Israel.",
        ["CONSULT-visit POL>ISR negated"],
    ),
}
NOTHING = {
    "sport": "Croatia beat England 2-1 in the semi-final in Moscow on Sunday.",
    "match talk": "Brazil coach Tite praised Argentina striker Lionel Messi before the game.",
    "company": "French carmaker Renault agreed a merger with Japanese rival Nissan.",
    "bank": "Deutsche Bank accused the Bank of America of breaking a contract.",
    "domestic": "The Spanish government accused Catalan leaders of disobedience and called on them to resign.",
    "domestic talks": "The Thai prime minister met opposition leaders in Bangkok.",
    "declined": "The White House declined to comment on reports from Ankara.",
    "newspaper": "The Washington Post reported that the Paris agreement had been criticised.",
    "given name": "Michael Jordan visited China Wok in Georgia, Alabama fans said.",
    "tourists": "German tourists praised the beaches of Greece.",
    "private person": "An Australian actress accused a French director of harassment.",
    "weather": "A storm that hit Portugal moved on to Spain.",
    "economy": "Copper prices in Chile rose 4 percent after a strike in Zambia.",
    "expert": "A Swedish professor criticised Turkey's central bank.",
}


def cases(*groups: dict[str, tuple[str, list[str]]]) -> list[Any]:
    return [pytest.param(text, wanted, id=name) for group in groups for name, (text, wanted) in group.items()]


@pytest.mark.parametrize(("text", "wanted"), cases(READOUTS, WIRES, STATUS))
def test_construction(text: str, wanted: list[str]) -> None:
    """Each event wanted is there, in one of the forms that ``|`` separates, and no other."""
    given_ = article(text, outlet="White House" if text.startswith("The President ") else None)
    events = list(code(given_))
    got = [notation(e) for e in events]
    for forms in wanted:
        fit = [e for form in forms.split(" | ") for e in events if expected(form)[0].fits(e)]
        assert fit, f"{forms} is missing from {got}"
        events.remove(fit[0])
    assert not events, f"{[notation(e) for e in events]} of {got} are too many"


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NOTHING.items()])
def test_no_event(text: str) -> None:
    assert [notation(e) for e in code(article(text))] == []


def test_texts_are_ours() -> None:
    """The constructions are written for this test: no sentence of theirs is an example of the tables."""
    ours = {row["sentence"] for row in tables.rows("frame_examples.csv")}
    texts = [text for group in (READOUTS, WIRES, STATUS) for text, _ in group.values()] + list(NOTHING.values())
    assert len(texts) >= 35
    assert not ours & {s for text in texts for s in re.split(r"(?<=\.) ", text)}
