"""The part of a graph that joins some entities: claims among them and on short paths between them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

import msgspec

from kg.model import Statement
from kg.paths.arrows import Arrows
from kg.paths.picture import claims_of
from kg.paths.search import find_paths
from kg.rich import Shown, counted

MOST = 1000
"""Most paths between each two entities that are taken in."""


class Subgraph(Shown, msgspec.Struct, frozen=True):
    """Some entities, what lies between them, and every claim about two of these."""

    entities: tuple[str, ...]
    """Those that were asked for."""
    between: tuple[str, ...]
    statements: tuple[Statement, ...]
    whole: bool = True
    """Whether no pair has more paths than were taken in."""

    @property
    def nodes(self) -> tuple[str, ...]:
        """Return all entities, those that were asked for first."""
        return (*self.entities, *self.between)

    def __repr__(self) -> str:
        counts = (
            f"{counted(len(self.statements), 'statement')}, {counted(len(self.between), 'entity')} between"
        )
        return f"<Subgraph of {', '.join(self.entities)}: {counts}>"


def subgraph(arrows: Arrows, entities: Iterable[str], *, hops: int = 2) -> Subgraph:
    """Return the claims among these entity ids and on the paths of at most `hops` steps between each two.

    Of claims that are no arrows (binds, located in…), those between any two entities of the result belong
    to it. Negated ones do as well: they say what was tested. Raises ValueError for fewer than two entities
    and when `hops` is below one.
    """
    asked = tuple(dict.fromkeys(entities))
    if len(asked) < 2:
        raise ValueError("name at least two different entities")
    found = [find_paths(arrows, *pair, max_length=hops, at_most=MOST) for pair in permutations(asked, 2)]
    passed = {node for paths in found for path in paths for node in path.nodes}
    walked = {claim.id for paths in found for path in paths for claim in claims_of(path.steps)} | _beside(
        arrows, passed | set(asked)
    )
    statements = tuple(claim for claim in arrows.graph.knowledge.statements if claim.id in walked)
    whole = not any(paths.truncated for paths in found)
    return Subgraph(asked, tuple(sorted(passed - set(asked))), statements, whole)


def _beside(arrows: Arrows, nodes: set[str]) -> set[str]:
    """Return the ids of claims among these entities that no path can take."""
    return {
        claim.id
        for claim in arrows.graph.knowledge.statements
        if not arrows.graph.arrow(claim) and nodes.issuperset(claim.ends) and arrows.which.fits(claim)
    }
