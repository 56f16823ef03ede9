"""Dates as users write them."""

from __future__ import annotations

from datetime import date

import pytest

from relwatch.cli.periods import period
from relwatch.cli.selection import days
from relwatch.errors import UsageError

TODAY = date(2020, 5, 15)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020-04-30", "2020-04-30", "2020-04-30"),
        ("2020-04", "2020-04-01", "2020-04-30"),
        ("2020-2", "2020-02-01", "2020-02-29"),
        ("2020", "2020-01-01", "2020-12-31"),
        ("2w", "2020-05-01", "2020-05-01"),
        ("3 months ago", "2020-02-15", "2020-02-15"),
        ("1 year", "2019-05-15", "2019-05-15"),
        ("10d", "2020-05-05", "2020-05-05"),
        ("Yesterday", "2020-05-14", "2020-05-14"),
        ("today", "2020-05-15", "2020-05-15"),
        ("2020-04..2020-06", "2020-04-01", "2020-06-30"),
        ("2w..today", "2020-05-01", "2020-05-15"),
        ("..2020", "0001-01-01", "2020-12-31"),
        ("2020..", "2020-01-01", "9999-12-31"),
        ("30 April 2020", "2020-04-30", "2020-04-30"),
        ("April 30, 2020", "2020-04-30", "2020-04-30"),
        ("April 2020", "2020-04-01", "2020-04-30"),
    ],
)
def test_period(text: str, first: str, last: str) -> None:
    assert period(text, TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2020-13",
        "2020-02-30",
        "10/11/12",
        "April",
        "30 April",
        "99999y",
        "0000",
        "2020..2019",
        "x..y",
    ],
)
def test_no_date_is_a_usage_error_with_what_to_write(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        period(text, TODAY)
    assert "write" in str(caught.value) or "turn" in str(caught.value)
    assert caught.value.status == 2


def test_a_range_in_one_option_sets_both_days() -> None:
    april, june = date(2020, 4, 1), date(2020, 6, 30)
    assert days("2020-04..2020-06", None) == (april, june)
    assert days(None, "2020-04..2020-06") == (april, june)
    assert days("2020-04", None) == (april, None)
    assert days(None, "2020-06") == (None, june)
    with pytest.raises(UsageError, match="turn the two dates round"):
        days("2021", "2020")
