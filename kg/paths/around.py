"""What is around an entity: the best chain of steps to all it acts on, and from all that acts on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

import msgspec

from kg.model import Statement
from kg.paths.arrows import Arrows
from kg.paths.score import cost_of
from kg.paths.steps import Path, Step, make_path
from kg.rich import Shown

Way = Literal["out", "in", "both"]
"""What an entity acts on, what acts on it, or both."""


class Neighbours(Shown, msgspec.Struct, frozen=True):
    """What is around an entity. Each path is the best to or from its neighbour; they come by score."""

    entity: str
    hops: int
    outgoing: tuple[Path, ...]
    incoming: tuple[Path, ...]
    related: tuple[Statement, ...]
    """Claims that are no arrows: binds, located in, member of, comparisons…"""
    denied: tuple[Statement, ...]
    """Claims that something was tested without effect, or not tested."""

    def __repr__(self) -> str:
        counts = f"{len(self.outgoing)} outgoing, {len(self.incoming)} incoming, {len(self.related)} related"
        return f"<Neighbours of {self.entity}: {counts}>"


def neighbours(arrows: Arrows, entity: str, *, hops: int = 1, way: Way = "both") -> Neighbours:
    """Return what is around an entity id: steps at most `hops` far, other claims of the entity itself."""
    said = [
        claim
        for claim in arrows.graph.knowledge.statements
        if entity in claim.ends and arrows.which.fits(claim)
    ]
    return Neighbours(
        entity,
        hops,
        _by_score(reached(arrows, entity, hops).values()) if way != "in" else (),
        _by_score(reached(arrows, entity, hops, backwards=True).values()) if way != "out" else (),
        tuple(claim for claim in said if claim.polarity == "asserted" and not arrows.graph.arrow(claim)),
        tuple(claim for claim in said if claim.polarity != "asserted"),
    )


def reached(
    arrows: Arrows, entity: str, hops: int, *, backwards: bool = False, avoid: Collection[str] = ()
) -> dict[str, Path]:
    """Return the best path of at most `hops` steps to each entity that is acted on, or from each that acts.

    A cheapest walk passes no entity twice, since every step costs something. Raises ValueError when `hops`
    is below one.
    """
    if hops < 1:
        raise ValueError("hops must be at least 1")
    best: dict[str, tuple[float, tuple[Step, ...]]] = {entity: (0.0, ())}
    edge = dict(best)
    for _ in range(hops):
        longer: dict[str, tuple[float, tuple[Step, ...]]] = {}
        for node, (cost, steps) in edge.items():
            for other, step in _onward(arrows, node, backwards):
                total = cost + cost_of(step.factors)
                known = longer.get(other) or best.get(other)
                if other not in avoid and (known is None or total < known[0]):
                    longer[other] = (total, (step, *steps) if backwards else (*steps, step))
        best |= longer
        edge = longer
    return {node: make_path(steps) for node, (_, steps) in sorted(best.items()) if steps}


def _onward(arrows: Arrows, node: str, backwards: bool) -> Iterable[tuple[str, Step]]:
    ends = arrows.before if backwards else arrows.behind
    return (
        (other, arrows.steps[(other, node) if backwards else (node, other)]) for other in ends.get(node, ())
    )


def _by_score(paths: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(sorted(paths, key=lambda path: (-path.score, path.nodes)))
