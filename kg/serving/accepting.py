"""Content negotiation: which of the media types on offer an `Accept` header likes best (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

_RANGE = re.compile(r"([\w!#$&^.+*-]++)/([\w!#$&^.+*-]++)\s*+((?:;.*+)?)", re.DOTALL)
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)

ROWS = (
    "application/sparql-results+json",
    "application/json",
    "application/sparql-results+xml",
    "application/xml",
    "text/csv",
    "text/tab-separated-values",
)
"""What rows or a truth value can be had in; the first where nobody minds."""
TRIPLES = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
    "application/json",
    "application/xml",
)
"""What triples can be had in."""
_SAME = {
    "application/json": {"rows": "application/sparql-results+json", "triples": "application/ld+json"},
    "application/xml": {"rows": "application/sparql-results+xml", "triples": "application/rdf+xml"},
}


class Wanted(msgspec.Struct, frozen=True):
    """The media types that a request takes, None where it takes none of a family."""

    rows: str | None
    triples: str | None


def accepted(header: str, offered: Sequence[str]) -> str | None:
    """Return the media type on offer that a header likes best, None when it takes none of them.

    Of equals the one that is offered first wins; a header that cannot be read counts as none at all.

    >>> accepted("text/csv;q=0.5, application/*", ROWS)
    'application/sparql-results+json'
    >>> accepted("image/png", ROWS) is None
    True
    """
    read = (_RANGE.fullmatch(part.strip()) for part in header.split(","))
    ranges = [(match[1].lower(), match[2].lower(), _quality(match[3])) for match in read if match]
    if not ranges:
        return offered[0]
    liked = [(_liking(kind, ranges), -number) for number, kind in enumerate(offered)]
    best, place = max(liked)
    return offered[-place] if best > 0 else None


def engine_type(media_type: str, family: str) -> str:
    """Return the name under which the engine knows a media type, for «rows» or «triples»."""
    return _SAME.get(media_type, {}).get(family, media_type)


def content_type(media_type: str) -> str:
    """Return a media type as it is sent, with its character set where it is text."""
    text = media_type.startswith("text/") or media_type == "application/n-triples"
    return f"{media_type}; charset=utf-8" if text else media_type


def _quality(parameters: str) -> float:
    match = _QUALITY.search(parameters)
    return min(float(match[1]), 1.0) if match else 1.0


def _liking(media_type: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """Return the quality of the closest range that a media type falls under, 0 without one."""
    main, _, sub = media_type.partition("/")
    for wanted in ((main, sub), (main, "*"), ("*", "*")):
        found = [quality for one, other, quality in ranges if (one, other) == wanted]
        if found:
            return max(found)
    return 0.0
