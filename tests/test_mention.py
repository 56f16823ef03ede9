"""Mentions: what the grammar of titles and names makes of constructions, each in many words of its kind."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relwatch.mention import Finder, Mention
from relwatch.records import Span
from relwatch.sentences import split


def mentions(text: str, on: str | None = "2019-05-02", home: str | None = None, fold: bool = False) -> list[Mention]:
    finder = Finder(text, date.fromisoformat(on) if on else None, home, fold)
    return [m for row in finder.find(split(text, ())) for m in row if m.kind != "other"]


def shown(m: Mention) -> str:
    """PARTY Name (role), with "-" for what is not known and "!" for one who acts for nobody."""
    name = m.name or m.kind
    return f"{'' if m.acts else '!'}{m.party or '-'} {name}" + (f" ({m.role})" if m.role else "")


CASES = {
    "nationality, office, name": (
        "Ukrainian President Volodymyr Zelenskyy met US Secretary of State Mike Pompeo.",
        ["UKR Volodymyr Zelenskyy (President)", "USA Mike Pompeo (Secretary of State)"],
    ),
    "a plural office before a list": (
        "Members of the Presidency of Bosnia and Herzegovina Ana Ilic, Ivo Maric, and Emin Hodzic met him.",
        [
            "BIH Ana Ilic (Member of the Presidency)",
            "BIH Ivo Maric (Member of the Presidency)",
            "BIH Emin Hodzic (Member of the Presidency)",
        ],
    ),
    "a plural office of two countries": (
        "The Prime Ministers of Norway and Sweden, Jens Stoltenberg and Fredrik Reinfeldt, left.",
        ["NOR Jens Stoltenberg (Prime Minister)", "SWE Fredrik Reinfeldt (Prime Minister)"],
    ),
    "presidents with their countries": (
        "Presidents Vladimir Putin of Russia and Donald Trump of the United States met.",
        ["RUS Vladimir Putin (President)", "USA Donald Trump (President)"],
    ),
    "presidents known by surname": (
        "Presidents Putin, Macron and Trump spoke.",
        ["RUS Putin (President)", "FRA Macron (President)", "USA Trump (President)"],
    ),
    "a form of address, a long title, a comma": (
        "HE the Adviser to the Prime Minister and Minister of Finance of Jordan, Dr Samir bin Ali al-Karim, arrived.",
        ["JOR Samir bin Ali al-Karim (Adviser to the Prime Minister and Minister of Finance)"],
    ),
    "office, comma, name": (
        "UK Government Spokesperson to the Middle East and North Africa, Jane Rowe, on Monday thanked them.",
        ["GBR Jane Rowe (Government Spokesperson)"],
    ),
    "a body's word in the name of another": (
        "The World Jewish Congress thanked Congress and the U.S. Congress.",
        ["USA body (Congress)", "USA body (U.S. Congress)"],
    ),
    "no apposition in a list": (
        "They met the French president, Boris Johnson and the pope.",
        ["FRA office (president)", "GBR Boris Johnson", "VAT office (pope)"],
    ),
    "name, comma, office of country": (
        "Li Wei, the Chinese vice foreign minister, and Pedro Gomez, foreign minister of Cuba, met.",
        ["CHN Li Wei (vice foreign minister)", "CUB Pedro Gomez (foreign minister)"],
    ),
    "name, comma, portfolio in small letters": (
        "Mette Sorensen, the Danish minister for development, promised more.",
        ["DNK Mette Sorensen (minister for development)"],
    ),
    "somebody's spokesman": (
        "German Chancellor Angela Merkel's spokesperson, Steffen Seibert, said so.",
        ["DEU Steffen Seibert (spokesperson)"],
    ),
    "an unnamed official of a named one": ("Putin's spokesman declined to say.", ["RUS office (spokesman)"]),
    "a country's known man": ("Russia's Lavrov and China's Wang Yi met.", ["RUS Lavrov", "CHN Wang Yi"]),
    "the second title inherits": (
        "Ugandan President Yoweri Museveni and Trade Minister John Okello came.",
        ["UGA Yoweri Museveni (President)", "UGA John Okello (Trade Minister)"],
    ),
    "the country at the end is both's": (
        "President Anna Kowalska and Prime Minister Jan Nowak of Poland came.",
        ["POL Anna Kowalska (President)", "POL Jan Nowak (Prime Minister)"],
    ),
    "a counterpart holds the same office": (
        "Venezuelan president Nicolas Maduro and his Algerian counterpart Karim Haddad met.",
        ["VEN Nicolas Maduro (president)", "DZA Karim Haddad (president)"],
    ),
    "modifiers": (
        "Acting Defence Minister Ivo Maric of Croatia and long-time Cuban envoy Luis Gil talked.",
        ["HRV Ivo Maric (Acting Defence Minister)", "CUB Luis Gil (envoy)"],
    ),
    "the top diplomat": (
        "Top Russian diplomat Sergey Lavrov called. Beijing's top diplomat did not.",
        ["RUS Sergey Lavrov (Top Russian diplomat)", "CHN office (top diplomat)"],
    ),
    "where an ambassador is sent": (
        "The US ambassador to Germany Richard Grenell left. France recalled its ambassador to Italy.",
        ["USA Richard Grenell (ambassador)", "FRA country", "- office (ambassador)", "ITA country"],
    ),
    "former officials": (
        "Former President George W. Bush and ex-Prime Minister Tony Blair met opposition leader Jan Novak.",
        [
            "!USA George W. Bush (Former President)",
            "!GBR Tony Blair (ex-Prime Minister)",
            "!- Jan Novak (opposition leader)",
        ],
    ),
    "a number does not keep him in office": (
        "43rd President of the United States George W. Bush spoke.",
        ["!USA George W. Bush (President)"],
    ),
    "the president of the time": (
        "In 1994, then-President Bill Clinton and Boris Yeltsin signed.",
        ["USA Bill Clinton (then-President)", "RUS Boris Yeltsin"],
    ),
    "companies and films have directors, not states": (
        "German director Karl Weber and Chinese chairman Li Wei won.",
        ["!DEU Karl Weber (director)", "!CHN Li Wei (chairman)"],
    ),
    "state bodies": (
        "The State Department, the CIA and the White House agreed.",
        ["USA body (State Department)", "USA body (CIA)", "USA metonym (White House)"],
    ),
    "names in which a country stands": ("Bank of America sued Air France and the Jerusalem Post.", []),
    "a name that begins with a country": (
        "Foreign Minister Israel Katz spoke.",
        ["ISR Israel Katz (Foreign Minister)"],
    ),
    "words that are names after a title": (
        "Prime Minister May met Vice Premier He Lifeng.",
        ["GBR May (Prime Minister)", "- He Lifeng (Vice Premier)"],
    ),
    "double names with an office word": (
        "Iranian Foreign Minister Hossein Amir-Abdollahian spoke.",
        ["IRN Hossein Amir-Abdollahian (Foreign Minister)"],
    ),
    "small second halves": (
        "Lee Jun-seok, the leader of South Korea, spoke.",
        ["KOR Lee Jun-seok (leader)"],
    ),
    "a headline in title case": (
        "Trump Calls Putin As Iran Warns Europe Over Sanctions",
        ["USA Trump", "RUS Putin", "IRN country", "EUROPE org"],
    ),
    "adjectives before a plural keep their syntax": (
        "The US, South Korean and Japanese foreign ministers met.",
        ["USA country", "KOR adjective", "JPN adjective"],
    ),
}  # fmt: skip

# A day on which the people of a case are in office, where they are not on 2 November 2018.
DAYS = {
    "a plural office of two countries": "2009-05-02",
    "no apposition in a list": "2019-09-02",
    "a number does not keep him in office": "2022-05-02",
    "double names with an office word": "2022-05-02",
    "a name that begins with a country": "2019-05-02",
}


@pytest.mark.parametrize("case", CASES)
def test_construction(case: str) -> None:
    text, expected = CASES[case]
    assert [shown(m) for m in mentions(text, DAYS.get(case, "2018-11-02"))] == expected


def test_later_names_find_the_one_introduced() -> None:
    text = "President Abdel Fattah el-Sisi of Egypt arrived. Mr. Sisi left. President Sisi slept. El-Sisi dreamt."
    assert {m.name for m in mentions(text)} == {"Abdel Fattah el-Sisi"}
    text = "Prime Minister Kishida Fumio met Vice President Harris. Prime Minister Kishida left. Kishida slept."
    found = mentions(text, "2023-01-13")
    assert [m.party for m in found] == ["JPN", "USA", "JPN", "JPN"]
    assert {m.name for m in found if m.party == "JPN"} == {"Kishida Fumio"}


def test_the_publisher_has_no_need_to_say_whose_its_officials_are() -> None:
    text = "Deputy Head of the Office Roman Bondar met the Italian ambassador."
    assert [m.party for m in mentions(text, home="UKR")] == ["UKR", "ITA"]
    assert [m.party for m in mentions(text)] == [None, "ITA"]


def test_old_wires_in_small_letters() -> None:
    text = "iranian foreign minister ali akbar velayati met president fidel castro in havana on monday."
    found = mentions(text, "1987-10-19", fold=True)
    assert [(m.kind, m.party) for m in found] == [("person", "IRN"), ("person", "CUB"), ("capital", "CUB")]


def test_a_headline_all_in_capitals() -> None:
    found = mentions("MACRON URGES TEHRAN TO FREE TWO; US SILENT")
    assert [m.party for m in found] == ["FRA", "IRN", "USA"]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Voters in Atlanta and Savannah decided the race in Georgia.", []),
        ("Tbilisi said that troops had entered Georgia.", ["GEO", "GEO"]),
        ("Rwanda accused Congo after the fall of Goma.", ["RWA", "COD", "COD"]),
        ("From Brazzaville the government of Congo denied it.", ["COG", "COG"]),
        ("Brussels told the British that the bloc and its Commission would wait.", ["EU", "GBR"]),
        ("Jordan Peterson and Michael Jordan met Chad Smith.", []),
        ("Jordan's king wrote to Chad's president.", ["JOR", "TCD"]),
    ],
)
def test_lookalikes_by_the_rest_of_the_text(text: str, party: list[str]) -> None:
    assert [m.party for m in mentions(text)] == party


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Chancellor Angela Merkel spoke.", "f"),
        ("French President Emmanuel Macron spoke.", "m"),
        ("The foreign ministry spokeswoman spoke.", "f"),
        ("King Felipe of Spain spoke.", "m"),
        ("Danish Trade Minister Xyz Abcd spoke.", None),
    ],
)
def test_gender(text: str, gender: str | None) -> None:
    assert [m.gender for m in mentions(text)] == [gender]


def test_a_day_decides_who_somebody_is() -> None:
    found = {on: mentions("Bush spoke with Gorbachev's successor.", on)[0].name for on in ("1992-01-05", "2003-01-05")}
    assert set(found.values()) == {"Bush"}
    assert [m.party for m in mentions("Moscow protested.", "1987-01-05")] == ["SUN"]
    assert [m.party for m in mentions("In 1987, Moscow protested.", "2015-01-05")] == ["SUN"]
    assert [m.party for m in mentions("Moscow protested.", "1997-01-05")] == ["RUS"]


WORDS = st.sampled_from(
    """President Prime Minister Foreign the of and , . 's Russia Russian Putin Jr. al- Sheikh Georgia US us May He
    Lavrov Spokesman for to Germany Members Ambassador ex - former John Smith said ( ) “ ” \n \xa0 Bosnia King
    Minister's U.S. Al Thani bin""".split(" ")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_every_mention_is_a_span_of_its_sentence(text: str) -> None:
    for on in (None, date(2019, 5, 2)):
        finder = Finder(text, on)
        spans = [Span(0, len(text), text)]
        last = 0
        for m in finder.find(spans)[0]:
            assert last <= m.start < m.end <= len(text)
            assert text[m.start : m.end].strip() == text[m.start : m.end]
            last = m.end


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_any_text_at_all(text: str) -> None:
    found = Finder(text, date(2019, 5, 2)).find([Span(0, len(text), text)])
    assert all(m.end <= len(text) for row in found for m in row)


def test_a_title_says_who_but_not_where_his_name_ends() -> None:
    text = "Mr. Sullivan hosted Dr. Hulata in Washington."
    finder = Finder(text, date(2022, 2, 10))
    finder.learn_from("Readout of Advisor Jake Sullivan Meeting With Israeli Advisor Eyal Hulata Returning Home")
    found = [m for row in finder.find(split(text, ())) for m in row]
    assert [m.name for m in found if m.kind == "person"] == ["Jake Sullivan", "Eyal Hulata"]
