"""Temporal expressions: what is found, what it resolves to, and what is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relwatch.dates import find

WED = date(2023, 5, 17)  # a Wednesday

# text | the expression | start | end | precision, seen from Wednesday 17 May 2023
RESOLVED = """
They met on Tuesday. | Tuesday | 2023-05-16 | 2023-05-16 | day
They met on Wednesday. | Wednesday | 2023-05-17 | 2023-05-17 | day
They will meet on Friday. | Friday | 2023-05-19 | 2023-05-19 | day
He will visit on Friday, he said on Monday. | Monday | 2023-05-15 | 2023-05-15 | day
The envoys met last Friday. | last Friday | 2023-05-12 | 2023-05-12 | day
They will meet next Tuesday. | next Tuesday | 2023-05-23 | 2023-05-23 | day
He left late Sunday night. | Sunday night | 2023-05-14 | 2023-05-14 | day
The talks were held Monday to Tuesday. | Monday to Tuesday | 2023-05-15 | 2023-05-16 | day
They met on Thursday last week. | Thursday last week | 2023-05-11 | 2023-05-11 | day
He has been there since Monday. | since Monday | 2023-05-15 | 2023-05-17 | day
The president spoke today. | today | 2023-05-17 | 2023-05-17 | day
They spoke yesterday evening. | yesterday evening | 2023-05-16 | 2023-05-16 | day
They spoke the day before yesterday. | the day before yesterday | 2023-05-15 | 2023-05-15 | day
The king arrives tomorrow. | tomorrow | 2023-05-18 | 2023-05-18 | day
The talks opened this morning. | this morning | 2023-05-17 | 2023-05-17 | day
They met last week. | last week | 2023-05-08 | 2023-05-14 | day
She will travel next week. | next week | 2023-05-22 | 2023-05-28 | day
They held drills this week. | this week | 2023-05-15 | 2023-05-17 | day
They will meet later this week. | later this week | 2023-05-17 | 2023-05-21 | day
They spoke over the weekend. | the weekend | 2023-05-13 | 2023-05-14 | day
The ministers will meet this weekend. | this weekend | 2023-05-20 | 2023-05-21 | day
He was there earlier this month. | earlier this month | 2023-05-01 | 2023-05-17 | month
The ban ended last month. | last month | 2023-04-01 | 2023-04-30 | month
He will come early next month. | early next month | 2023-06-01 | 2023-06-10 | month
Trade grew last year. | last year | 2022-01-01 | 2022-12-31 | year
They signed it in late 2021. | late 2021 | 2021-09-01 | 2021-12-31 | year
They met in April 2023. | April 2023 | 2023-04-01 | 2023-04-30 | month
They met in March, 1997. | March, 1997 | 1997-03-01 | 1997-03-31 | month
He was killed last October. | last October | 2022-10-01 | 2022-10-31 | month
The summit will be held in July. | in July | 2023-07-01 | 2023-07-31 | month
It was agreed at the January summit. | the January | 2023-01-01 | 2023-01-31 | month
The fair is to be held in early July. | in early July | 2023-07-01 | 2023-07-10 | month
The monitors will arrive by mid-January 2024. | mid-January 2024 | 2024-01-01 | 2024-01-15 | month
It is planned for mid-December. | for mid-December | 2023-12-11 | 2023-12-20 | month
They left in late May. | in late May | 2023-05-21 | 2023-05-31 | month
We plan a forum this autumn. | this autumn | 2023-09-01 | 2023-11-30 | month
He resigned in the spring of 2016. | the spring of 2016 | 2016-03-01 | 2016-05-31 | month
They met on April 30. | April 30 | 2023-04-30 | 2023-04-30 | day
The order takes effect on December 10. | December 10 | 2023-12-10 | 2023-12-10 | day
It is to take effect on December 10. | December 10 | 2023-12-10 | 2023-12-10 | day
They will meet on December 15-16. | December 15-16 | 2023-12-15 | 2023-12-16 | day
The visit from 3 to 5 May went well. | 3 to 5 May | 2023-05-03 | 2023-05-05 | day
It ran from April 28 to May 3. | April 28 to May 3 | 2023-04-28 | 2023-05-03 | day
They spoke on 19 September 2016. | 19 September 2016 | 2016-09-19 | 2016-09-19 | day
It opens on Sept. 13 (Thursday), 2018. | Sept. 13 (Thursday), 2018 | 2018-09-13 | 2018-09-13 | day
It was held this Wednesday, July 13, 2022. | Wednesday, July 13, 2022 | 2022-07-13 | 2022-07-13 | day
They held five rounds since April 12. | since April 12 | 2023-04-12 | 2023-05-17 | day
It is dated 2019-02-03 there. | 2019-02-03 | 2019-02-03 | 2019-02-03 | day
It was signed in August last year. | in August last year | 2022-08-01 | 2022-08-31 | month
He spoke on December 1, last year. | December 1, last year | 2022-12-01 | 2022-12-01 | day
The trial began on August 1. | August 1 | 2022-08-01 | 2022-08-01 | day
The bill will be adopted on Friday. | Friday | 2023-05-19 | 2023-05-19 | day
They joined in 2018. | 2018 | 2018-01-01 | 2018-12-31 | year
The 1994 agreement extended it. | 1994 | 1994-01-01 | 1994-12-31 | year
The war of 1950-53 was bitter. | 1950-53 | 1950-01-01 | 1953-12-31 | year
The sanctions of the 1990s hurt. | 1990s | 1990-01-01 | 1999-12-31 | year
They met two days ago. | two days ago | 2023-05-15 | 2023-05-15 | day
They met two months ago. | two months ago | 2023-03-01 | 2023-03-31 | month
Troops moved for the past two weeks. | for the past two weeks | 2023-05-03 | 2023-05-17 | day
On May 3 he left; the previous day he had called. | the previous day | 2023-05-02 | 2023-05-02 | day
They met a few weeks ago. | a few weeks ago | None | None | unknown
""".strip().splitlines()

NONE = """
The 43rd President spoke.
He praised the 2030 Agenda.
It recalled Resolution 2231 in full.
May I ask a question?
Theresa May said so.
Thousands will march to the palace.
He gave $2000 to them.
About 1950 troops left.
Black Friday sales rose.
They meet every Tuesday.
The Sunday Times reported it.
The plane left at 2015 GMT sharp.
""".strip().splitlines()


@pytest.mark.parametrize("row", RESOLVED)
def test_resolved(row: str) -> None:
    text, words, start, end, precision = (part.strip() for part in row.split("|"))
    found = {t.text.lower(): t.date for t in find(text, 0, len(text), WED)}
    assert words.lower() in found
    when = found[words.lower()]
    assert (str(when.start), str(when.end), when.precision) == (start, end, precision)


@pytest.mark.parametrize("text", NONE)
def test_no_time_at_all(text: str) -> None:
    assert find(text, 0, len(text), WED) == []


def test_without_the_articles_day_only_years_resolve() -> None:
    text = "They met on Tuesday, in June 2021 and on April 30."
    assert [t.date.precision for t in find(text, 0, len(text), None)] == ["unknown", "month", "unknown"]


@pytest.mark.parametrize(("future", "day"), [(True, "2023-05-18"), (False, "2023-05-11")])
def test_the_caller_may_set_the_tense(future: bool, day: str) -> None:
    assert str(find("On Thursday.", 0, 12, WED, future=future)[0].date.start) == day


def test_offsets_are_into_the_whole_text() -> None:
    text = "Nothing here. They met on Tuesday."
    (found,) = find(text, 14, len(text), WED)
    assert text[found.start : found.end] == found.text == "Tuesday"


PIECES = [
    "May ",
    "31",
    "-",
    "2024",
    " to ",
    "June",
    "last ",
    "week",
    "Monday",
    " ago",
    "two ",
    "\n",
    "in ",
    "'s ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.dates(date(1900, 1, 2), date(2100, 1, 1)))
def test_any_mixture_gives_exact_ordered_spans(pieces: list[str], published: date) -> None:
    text = "".join(pieces)
    at = 0
    for t in find(text, 0, len(text), published):
        assert text[t.start : t.end] == t.text
        assert t.start >= at
        assert (t.date.start is None) == (t.date.precision == "unknown")
        assert t.date.start is None or t.date.end is None or t.date.start <= t.date.end
        at = t.end
