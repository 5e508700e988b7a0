"""Mechanism paths: simple chains of claims from cause to effect, with net sign, certainty and basis.

A path is simple on its nodes. Parallel claims between two entities are one step, so that a path is listed
once and shows every source of each of its steps. A step has a sign only if its signed claims agree, and a
path only if all its steps have one: unsigned, opposed or «depends on» steps withhold it and are named.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

import msgspec

from kg.graph import Graph
from kg.model import CERTAINTIES, Basis, Certainty, Statement

NetSign = Literal["+", "-", "unknown"]


class Step(msgspec.Struct, frozen=True):
    """One arrow of a path and every claim behind it, strongest first."""

    source: str
    target: str
    sign: NetSign
    certainty: Certainty
    basis: Basis
    statements: tuple[Statement, ...]


class Path(msgspec.Struct, frozen=True):
    """A chain of steps. `basis` is «mixed» when documents say some of its steps and textbooks the others."""

    nodes: tuple[str, ...]
    steps: tuple[Step, ...]
    sign: NetSign
    certainty: Certainty
    basis: Literal["document", "background", "mixed"]

    @property
    def length(self) -> int:
        """Return the number of steps."""
        return len(self.steps)

    @property
    def withheld_by(self) -> tuple[Step, ...]:
        """Return the steps without a sign: the reason why the path has none."""
        return tuple(step for step in self.steps if step.sign == "unknown")


class Paths(tuple[Path, ...]):
    """Paths, shortest first. `truncated` tells that there are more than were looked for."""

    truncated: bool = False

    def __new__(cls, paths: Iterator[Path] | tuple[Path, ...], truncated: bool = False) -> Paths:
        """Make the tuple and remember whether it is whole."""
        made = super().__new__(cls, tuple(paths))
        made.truncated = truncated
        return made


def find_paths(graph: Graph, source: str, target: str, *, max_length: int = 6, at_most: int = 1000) -> Paths:
    """Return the simple paths between two entity ids with at most `max_length` steps.

    Ordered by length, then certainty, number of background steps and names. Shorter lengths are searched
    first and the search ends after `at_most` paths, which `truncated` then tells. Raises ValueError when
    either limit is below one.
    """
    if max_length < 1 or at_most < 1:
        raise ValueError("max_length and at_most must be at least 1")
    max_length = min(max_length, len(graph.arrows))
    found: list[Path] = []
    distance = _distances(graph, target, max_length)
    for length in range(1, max_length + 1):
        for nodes in _chains(graph, source, target, length, distance):
            if len(found) == at_most:
                return Paths(tuple(sorted(found, key=_rank)), truncated=True)
            found.append(make_path(graph, nodes))
    return Paths(tuple(sorted(found, key=_rank)))


def _distances(graph: Graph, target: str, limit: int) -> dict[str, int]:
    """Return the least number of steps from each entity to the target, up to a limit."""
    causes: dict[str, list[str]] = {}
    for cause, effects in graph.arrows.items():
        for effect in effects:
            causes.setdefault(effect, []).append(cause)
    distance, edge = {target: 0}, [target]
    for steps in range(1, limit + 1):
        edge = sorted({cause for node in edge for cause in causes.get(node, ()) if cause not in distance})
        distance |= dict.fromkeys(edge, steps)
    return distance


def _chains(
    graph: Graph, source: str, target: str, length: int, distance: dict[str, int]
) -> Iterator[tuple[str, ...]]:
    """Yield the simple chains of exactly `length` steps, never entering a node too far from the target."""
    stack: list[tuple[str, ...]] = [(source,)]
    while stack:
        chain = stack.pop()
        left = length - len(chain)
        for effect in reversed(graph.arrows.get(chain[-1], {})):
            if effect == target and left == 0 and effect != source:
                yield (*chain, effect)
            elif effect != target and effect not in chain and distance.get(effect, length + 1) <= left:
                stack.append((*chain, effect))


def make_path(graph: Graph, nodes: tuple[str, ...]) -> Path:
    """Return the path along these entities; raises KeyError where two of them are not joined."""
    steps = tuple(
        make_step(source, target, graph.arrows[source][target]) for source, target in pairwise(nodes)
    )
    bases = {step.basis for step in steps}
    return Path(
        nodes=nodes,
        steps=steps,
        sign=net_sign(steps),
        certainty=max((step.certainty for step in steps), key=CERTAINTIES.index),
        basis="mixed" if len(bases) > 1 else bases.pop(),
    )


def make_step(source: str, target: str, statements: tuple[Statement, ...]) -> Step:
    """Return the step that parallel claims make, strongest first.

    Certainty and basis are those of the strongest claim that carries the sign, where there is one: a plain
    «modulates» of a document lends nothing to a hedged background «increases» beside it.
    """
    signed = [statement for statement in statements if statement.sign in ("+", "-")]
    agreed = len({statement.sign for statement in signed}) == 1
    decisive = signed[0] if agreed else statements[0]
    sign: NetSign = "unknown" if not agreed else "+" if decisive.sign == "+" else "-"
    return Step(source, target, sign, decisive.certainty, decisive.basis, statements)


def net_sign(steps: tuple[Step, ...]) -> NetSign:
    """Return the product of the steps' signs, unknown when one of them is."""
    if any(step.sign == "unknown" for step in steps):
        return "unknown"
    return "-" if sum(step.sign == "-" for step in steps) % 2 else "+"


def _rank(path: Path) -> tuple[object, ...]:
    background = sum(step.basis == "background" for step in path.steps)
    return (path.length, CERTAINTIES.index(path.certainty), background, path.nodes)
