"""Paths as a mechanism to draw: their claims, in the compartments where curated diagrams have the ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean

from kg.graph import Graph
from kg.model import Mechanism, Placement, Source, Statement
from kg.paths.steps import Path, Step

_HERE = Source("paths", 1)


def as_mechanism(graph: Graph, paths: Sequence[Path], title: str, description: str = "") -> Mechanism:
    """Return a mechanism of everything that these paths say; the best path is its main chain."""
    chain = tuple(step.statements[0].id for step in paths[0].steps) if paths else ()
    said = claims_of(step for path in paths for step in path.steps)
    return claims_as_mechanism(graph, said, title, description, chain)


def claims_of(steps: Iterable[Step]) -> tuple[Statement, ...]:
    """Return the claims behind steps, and those that deny them, each once."""
    said = (claim for step in steps for claim in (*step.statements, *step.denials))
    return tuple({claim.id: claim for claim in said}.values())


def claims_as_mechanism(
    graph: Graph,
    claims: Iterable[Statement],
    title: str,
    description: str = "",
    main_chain: tuple[str, ...] = (),
) -> Mechanism:
    """Return a mechanism of these claims, told by those of the main chain."""
    said = tuple(claims)
    return Mechanism(
        id="paths",
        title=title,
        source=_HERE,
        compartments=placements(graph, {end for claim in said for end in (claim.subject, claim.object)}),
        statements=tuple(claim.id for claim in said),
        description=description or None,
        main_chain=main_chain,
    )


def placements(graph: Graph, entities: Iterable[str]) -> tuple[Placement, ...]:
    """Return where these entities stand: as in the diagram that shows most of them, else in any other.

    Compartments keep the order that they have in the diagrams. What stands in none is left out.
    """
    wanted = set(entities)
    shown = sorted(
        graph.mechanisms.values(),
        key=lambda row: -len(wanted & {name for place in row.compartments for name in place.entities}),
    )
    home: dict[str, Placement] = {}
    for mechanism in shown:
        for place in mechanism.compartments:
            for name in place.entities:
                if name in wanted:
                    home.setdefault(name, place)
    kept = {place.compartment: place for place in reversed(list(home.values()))}
    for mechanism in shown:
        for place in mechanism.compartments:
            if any(place.compartment == other.within for other in kept.values()):
                kept.setdefault(place.compartment, place)
    ranks = _ranks(graph)

    def standing(name: str) -> tuple[str, ...]:
        return tuple(sorted(entity for entity, at in home.items() if at.compartment == name))

    order = sorted(kept, key=lambda name: (ranks[name], name))
    return tuple(Placement(name, standing(name), kept[name].within) for name in order)


def _ranks(graph: Graph) -> dict[str, float]:
    """Return how far down each compartment stands in the diagrams, on average, from 0 to 1."""
    found: dict[str, list[float]] = {}
    for mechanism in graph.mechanisms.values():
        for place, row in enumerate(mechanism.compartments):
            found.setdefault(row.compartment, []).append(place / len(mechanism.compartments))
    return {name: fmean(places) for name, places in found.items()}
