"""Dated claims in order of time."""

from __future__ import annotations

from kg.dates import parse_date
from kg.graph import Graph
from kg.model import Statement

_LAST = (float("inf"), float("inf"))


def timeline(graph: Graph, entity: str | None = None) -> tuple[Statement, ...]:
    """Return the claims that carry a date, about the entity of this id or all, in order of time.

    A date that cannot be read as years comes last; claims of one date keep the order of the files.
    """
    dated = (claim for claim in graph.knowledge.statements if claim.qualifiers.date)
    return tuple(sorted((claim for claim in dated if entity in (None, *claim.ends)), key=_by_time))


def _by_time(claim: Statement) -> tuple[float, float]:
    years = parse_date(claim.qualifiers.date or "")
    return years.order if years else _LAST
