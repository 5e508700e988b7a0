"""How things look in a notebook: tables of one family as HTML, the same as plain text, pictures in a frame.

`markup` is the small language they are written in, every text escaped; the other files say what each kind of
thing shows. Each is imported when something of its kind is first shown.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kg.rich import Library

HOMES = {
    "claims": ("Statement", "Statements", "Conflict", "Conflicts"),
    "named": ("Entity", "Entities", "Predicate"),
    "values": ("Measurement", "Measurements", "Matrix", "Matrices"),
    "calculated": ("Pool", "Pools", "Converted"),
    "shares": ("Selectivity", "Occupancy", "Occupancies"),
    "walks": ("Path", "Paths", "FoundMetapaths"),
    "directions": ("Effect", "WhatIf", "Predictions"),
    "around": ("Explanation", "Neighbours", "Common", "Subgraph", "Reversal"),
    "curated": ("Coverage", "Comparison"),
    "asked": ("Table", "Triples"),
    "whole": ("KnowledgeGraph", "Mechanism", "Workflow"),
}
"""Which file knows how a class looks."""
_HOME = {name: module for module, names in HOMES.items() for name in names}


def bundle_of(thing: Any) -> dict[str, str]:
    """Return a thing by media type: `text/html` and `text/plain`, and `image/svg+xml` of a picture.

    >>> import kg
    >>> sorted(bundle_of(kg.load().e.igmesine))
    ['text/html', 'text/plain']
    """
    name = next(kind.__name__ for kind in type(thing).__mro__ if kind.__name__ in _HOME)
    shown = import_module(f"kg.showing.{_HOME[name]}").SHOWN[name](thing)
    return shown if isinstance(shown, dict) else {"text/html": shown.html, "text/plain": shown.text}


def frame_of(rows: Any, library: Library = "pandas") -> Any:
    """Return rows as a frame of pandas or polars; raises `MissingExtra` without the library.

    >>> import kg
    >>> frame_of(kg.load().statements(subject="igmesine", polarity="negated"), "pandas").shape[0]
    6
    """
    from kg.formats.columns import frame_of

    return frame_of(rows, library)
