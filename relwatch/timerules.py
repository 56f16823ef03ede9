"""The rules that recognise temporal expressions: a pattern and the function that resolves it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from relwatch import calendars, tables, timeresolve
from relwatch.records import DateSpan
from relwatch.timeresolve import Seen


class Rule(NamedTuple):
    pattern: re.Pattern[str]
    resolve: Callable[[Seen], DateSpan | None]


_S = r"\s{1,3}"
_TO = r"\s?(?:-|–|—|to|and|through|until|till)\s?"
_WD = r"(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day"
_MON = (
    r"(?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]une?|[Jj]uly?|[Aa]ug(?:ust)?"
    r"|[Ss]ept?(?:ember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?)(?![a-z])\.?"
)
_ANY_MONTH = "|".join(f"[{m[0].upper()}{m[0]}]{m[1:]}" for m in calendars.MONTHS)
_BARE_MON = (
    r"(?:January|February|March|April|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.|january|february|april|june|july|september|october"
    r"|november|december)(?![a-z])"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:\s?<sup>(?:st|nd|rd|th)\s?</sup>|st|nd|rd|th)?(?![\d%])(?!,\d{3})(?!\.\d)"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_PART = (
    r"(?P<part>early|mid|late|(?:the\s)?(?:beginning|start|middle|end)\sof|early\sin|late\sin)"
    r"[\s-]{1,3}(?:the\s)?"
)
_NUM = (
    r"(?:\d{1,3}|a couple of|(?:a\s)?few|several|many|some|(?:\w+-)?(?:one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve|fifteen"
    r"|twenty|thirty)|an?)"
)
_TIME_OF_DAY = r"(?:" + _S + r"(?:early\s)?(?:morning|afternoon|evening|night)\b)?"


_LEAD = (
    r"(?P<lead>[Ii]n|[Uu]ntil|till|[Bb]y|[Dd]uring|[Ll]ast|[Nn]ext|[Tt]his(?:\spast)?|of|[Ff]rom|[Ff]or"
    r"|[Bb]efore"
    r"|[Aa]fter|through|throughout|as of|between|following|(?P<since>[Ss]ince))" + _S
)
_MAY_LEAD = r"(?P<lead>[Ii]n|[Uu]ntil|till|[Bb]y|[Dd]uring|[Ll]ast|[Nn]ext|[Tt]his(?:\spast)?|(?P<since>[Ss]ince))" + _S
_NOT_DAY = r"(?!,?\s?(?:of\s)?\d)(?!['’]s\s(?:government|cabinet|office|visit|party))"
_REL_YEAR = r"(?:,?\s(?:of\s)?(?P<rel>last|this|next)\syear\b)?"
_OF_YEAR = rf"(?:(?:,?{_S}(?P<year>{_YEAR}))|(?:,?\s(?:of\s)?(?P<rel>last|this|next)\syear\b))?"
_SINCE = r"(?:(?P<since>[Ss]ince)" + _S + r")?"


class _Guards(NamedTuple):
    """Look-arounds that tell a year, a weekday or "today" from a number or a name."""

    before_year: str
    after_year: str
    before_weekday: str
    after_weekday: str
    before_today: str


def _guards() -> _Guards:
    """The look-arounds, made of the words of ``data/time_guards.csv``."""
    words = {row["kind"]: tables.listed(row["words"]) for row in tables.rows("time_guards.csv")}

    def none_before(kind: str) -> str:
        return "".join(rf"(?<!\b{re.escape(word)} )" for word in words[kind])

    def none_after(kind: str) -> str:
        return r"(?!\s(?:" + "|".join(re.escape(word) for word in words[kind]) + r")\b)"

    return _Guards(
        before_year=r"(?<![\d$€£#№/.,-])" + none_before("before_number"),
        after_year=r"(?![\d%])(?!,\d)(?!\.\d)(?!:)" + none_after("after_number"),
        before_weekday=none_before("before_weekday") + r"(?<!\w-)\b",
        after_weekday=r"(?!s\b)" + none_after("after_weekday"),
        before_today=none_before("before_today"),
    )


def _rule(pattern: str, resolve: Callable[[Seen], DateSpan | None]) -> Rule:
    return Rule(re.compile(pattern), resolve)


@cache
def rules() -> tuple[tuple[re.Pattern[str], tuple[Rule, ...]], ...]:
    """All rules, compiled once, in groups: what every match of a group holds, and the group.

    Where matches overlap the caller takes the earliest and longest.
    """
    guard = _guards()
    return (
        (re.compile(_ANY_MONTH), _months()),
        (re.compile(r"\d{4}"), _years(guard)),
        (re.compile(r"day|[Tt]onight|[Tt]omorrow|[Tt]his (?:morning|afternoon|evening)"), _days(guard)),
        (re.compile(r"\b(?:week|month|year|day|decade)"), _units()),
        (re.compile(r"[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter"), _seasons()),
    )


def _months() -> tuple[Rule, ...]:
    return (
        _rule(  # Monday, May 5; May 5-7, 2020; April 28 to May 3
            rf"{_SINCE}\b(?:(?P<wd>{_WD}),?{_S}(?:the\s)?)?\b(?P<mon>{_MON}){_S}(?:the\s)?(?P<day>{_DAY})"
            rf"(?:{_TO}(?:the\s)?(?:(?P<mon2>{_MON}){_S})?(?P<day2>{_DAY})(?!\s(?:{_MON})))?"
            rf"(?:,?\s?\((?P<wd2>{_WD})\))?{_OF_YEAR}",
            timeresolve.month_day,
        ),
        _rule(  # Monday 5 May 2020; 3 to 5 May; 28 April - 3 May
            rf"{_SINCE}\b(?:(?P<wd>{_WD}),?{_S}(?:the\s)?)?(?<![\d.,:/$-])(?P<day>{_DAY})"
            rf"(?:{_TO}(?P<day2>{_DAY}))?{_S}(?:of\s)?(?P<mon>{_MON}){_OF_YEAR}",
            timeresolve.month_day,
        ),
        _rule(
            rf"(?<![\d.,:/$-])(?P<day>{_DAY}){_S}(?:of\s)?(?P<mon>{_MON}){_TO}(?P<day2>{_DAY}){_S}(?:of\s)?"
            rf"(?P<mon2>{_MON}){_OF_YEAR}",
            timeresolve.month_day,
        ),
        _rule(
            rf"{_SINCE}\b(?:{_PART})?\b(?P<mon>{_MON})(?:{_TO}(?P<mon2>{_MON}))?,?{_S}(?:of\s)?"
            rf"(?P<year>{_YEAR})",
            timeresolve.month_year,
        ),
        _rule(
            rf"\b{_LEAD}(?:{_PART})?\b(?P<mon>{_BARE_MON})(?:{_TO}(?P<mon2>{_BARE_MON}"
            rf"|May))?{_NOT_DAY}{_REL_YEAR}",
            timeresolve.bare_month,
        ),
        _rule(
            rf"\b{_MAY_LEAD}(?:{_PART})?\b(?P<mon>May)(?:{_TO}(?P<mon2>{_BARE_MON}))?\b{_NOT_DAY}{_REL_YEAR}",
            timeresolve.bare_month,
        ),
        _rule(rf"\b{_PART}(?P<mon>{_BARE_MON}|May\b){_NOT_DAY}{_REL_YEAR}", timeresolve.bare_month),
        _rule(  # the January summit, its May meeting
            rf"(?:\b(?:[Tt]he|its|his|her|their|our)|\w['’]s)\s(?P<mon>{_BARE_MON}|May)(?=\s[a-z]{{3}})",
            timeresolve.bare_month,
        ),
    )


def _years(guard: _Guards) -> tuple[Rule, ...]:
    return (
        _rule(
            rf"(?<![\d.-])(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?![\d-])",
            timeresolve.iso,
        ),
        _rule(
            rf"(?<![\d.])(?P<d>0?[1-9]|[12]\d|3[01])\.(?P<m>0?[1-9]|1[0-2])\.(?P<y>{_YEAR})(?!\.?\d)",
            timeresolve.iso,
        ),
        _rule(
            rf"(?:\b{_PART})?{guard.before_year}\b(?P<year>{_YEAR})(?:s(?P<decade>\b)|(?:\s?[-–—/]\s?"
            rf"|\s(?:to|and|until)\s)"
            rf"(?P<to>{_YEAR}|\d\d(?![\d-]))){{0,1}}(?!\w){guard.after_year}",
            timeresolve.year,
        ),
    )


def _days(guard: _Guards) -> tuple[Rule, ...]:
    return (
        _rule(
            rf"{guard.before_weekday}(?:(?P<mod>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his past|[Tt]his coming|past"
            rf"|coming|the following"
            rf"|the previous|[Ee]very|[Ee]ach|(?P<since>[Ss]ince)){_S})?{guard.before_weekday}(?P<wd>{_WD})"
            rf"(?:{_TO}(?P<wd2>{_WD}))?{guard.after_weekday}(?:,?\s(?:of\s)?(?P<week>last|next"
            rf"|this)\sweek\b)?{_TIME_OF_DAY}"
            rf"(?!,?\s(?:the\s)?(?:{_MON}\s{_DAY}|{_DAY}\s(?:of\s)?{_MON}))",
            timeresolve.weekday,
        ),
        _rule(
            rf"{guard.before_today}\b(?P<word>[Tt]he day (?:before yesterday|after tomorrow)"
            rf"|[Yy]esterday|(?:(?:[Ee]arlier|[Ll]ater)\s)?[Tt]oday|[Tt]onight|[Tt]omorrow){_TIME_OF_DAY}"
            r"|\b(?P<this>[Tt]his (?:morning|afternoon|evening)|[Ee]arlier (?:in )?the day"
            r"|[Ll]ater in the day|[Ee]arlier that day)\b",
            timeresolve.day_word,
        ),
        _rule(
            r"\b(?:[Tt]he\s(?P<which>same|previous|following|next)\sday\b|(?:a"
            r"|[Tt]he)\sday\s(?P<which2>earlier|later|before)(?=[,.;])"
            r"|(?P<which3>[Tt]hat)\sday\b)",
            timeresolve.other_day,
        ),
    )


def _units() -> tuple[Rule, ...]:
    return (
        _rule(
            r"\b(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Ee]arlier|[Ll]ater|(?:the\s)?(?:beginning|start"
            r"|middle|end)\sof)"
            r"[\s-](?:in\s)?)?(?P<mod>[Ll]ast|[Nn]ext|[Tt]his(?:\s(?:past|coming))?|the(?:\s(?:coming"
            r"|previous|following"
            r"|current|same))?|coming|previous|following)\s(?P<unit>week|month|year|weekend)\b(?!-(?:long"
            r"|old))",
            timeresolve.unit,
        ),
        _rule(
            rf"\b(?P<n>{_NUM}){_S}(?P<unit>day|week|month|year|decade)s?{_S}(?P<dir>ago|from now|earlier"
            rf"|before"
            r"(?=[,.;])|later)\b",
            timeresolve.ago,
        ),
        _rule(
            r"\b(?:[Ii]n|[Oo]ver|[Dd]uring|[Ff]or|[Ww]ithin|[Tt]hroughout)\s(?:the\s)?(?P<dir>past|last"
            r"|previous|recent"
            rf"|next|coming)\s(?:(?:(?P<n>{_NUM})|few|several)\s)?(?P<unit>days|weeks|months|years|decades)\b"
            r"|\b(?:[Ii]n|[Oo]ver|[Dd]uring|[Ff]or|[Ww]ithin|[Tt]hroughout)\sthe\s(?P<dir2>past|last"
            r"|coming)\s"
            r"(?P<unit2>week|month|year|decade)\b",
            timeresolve.rolling,
        ),
        _rule(
            rf"\b(?:in|within)\s(?P<n>{_NUM})\s(?P<unit>days|weeks|months|years)(?:['’]\stime)?\b",
            timeresolve.in_time,
        ),
    )


def _seasons() -> tuple[Rule, ...]:
    return (
        _rule(
            rf"\b(?:(?P<mod>[Tt]his|[Ll]ast|[Nn]ext)\s(?P<season>spring|summer|autumn|fall|winter)\b"
            rf"|(?:the\s)?(?P<season2>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all"
            rf"|[Ww]inter){_S}(?:of\s)?(?P<year>{_YEAR})"
            r"|in\sthe\s(?:coming\s)?(?P<season3>spring|summer|autumn|winter)\b(?!\s(?:of\s)?\d))",
            timeresolve.season,
        ),
    )
