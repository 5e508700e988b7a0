"""Dates as printed (`1951`, `1960s`, `before 2004`, `late 1970s`) as bounds to sort by; the print is kept."""

from __future__ import annotations

import re
from typing import NamedTuple

_PARTS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
_AS_PRINTED = re.compile(
    r"(?:(?P<side>before|after|since|until)\s+)?(?:(?:circa|about|around|c\.|ca\.|~)\s*)?(?:the\s+)?"
    r"(?:(?P<part>early|mid|late)[\s-]+)?(?P<first>\d{4})(?P<decade>s)?"
    r"(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?|\s*(?:-|–|to)\s*(?P<second>\d{4}|\d{2})(?P<decades>s)?)?",
    re.IGNORECASE,
)


_ONE = re.compile(
    r"(?:(?P<part>early|mid|late)[\s-]+)?(?<!\d)(?P<year>\d{4})(?!\d)(?P<decade>s)?", re.IGNORECASE
)
_ASIDE = re.compile(
    r"(?:between|from|and|to|in|the|spring|summer|autumn|fall|winter|[,.]|\d{1,2}(?:st|nd|rd|th)?|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|\s)*",
    re.IGNORECASE,
)


class Years(NamedTuple):
    """First and last year that a printed date allows (None: open on that side)."""

    first: int | None
    last: int | None

    @property
    def order(self) -> tuple[float, float]:
        """Return what to sort by: the first year, or the last where the first is open."""
        last = float("inf") if self.last is None else float(self.last)
        return (last if self.first is None else float(self.first), last)


def parse_date(text: str) -> Years | None:
    """Read a printed date as the years it allows, or None where it cannot be read.

    `early`, `mid` and `late` are read as the years 0 to 3, 4 to 6 and 7 to 9 of the decade. These bounds
    serve for sorting; they are not what the document says. `1951-57` is a range, `1951-12` a month.

    >>> parse_date("late 1970s"), parse_date("before 2004")
    (Years(first=1977, last=1979), Years(first=None, last=2003))
    """
    match = _AS_PRINTED.fullmatch(text.strip())
    if match is None:
        return _among_words(text)
    if match["part"] and not match["decade"]:
        return None
    first, last = _span(match["first"], match["decade"], match["part"])
    if match["second"]:
        second = match["first"][: 4 - len(match["second"])] + match["second"]
        last = _span(second, match["decades"], None)[1]
    if last < first:
        return None
    open_ended = {"before": (None, first - 1), "until": (None, last), "after": (last + 1, None)}
    side = (match["side"] or "").lower()
    return Years(*((first, None) if side == "since" else open_ended.get(side, (first, last))))


def _among_words(text: str) -> Years | None:
    """Read the years of «March 1957» or «late 1970s to early 1980s»: from the first to the last."""
    found = list(_ONE.finditer(text))
    aside = _ONE.sub("", text)
    if not found or not any(map(str.isalpha, aside)) or not _ASIDE.fullmatch(aside):
        return None
    spans = [_span(one["year"], one["decade"], one["part"] if one["decade"] else None) for one in found]
    years = Years(min(low for low, _ in spans), max(high for _, high in spans))
    return years if spans[0][0] == years.first else None


def _span(year: str, decade: str | None, part: str | None) -> tuple[int, int]:
    start = int(year)
    low, high = _PARTS[part.lower()] if part else (0, 9)
    return (start + low, start + high) if decade else (start, start)
