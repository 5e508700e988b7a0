"""The smallest connected explanation of several entities: a Steiner tree over the steps, walked either way.

Every step counts what it costs in a path (`kg.paths.score`), or first of all one. Up to `EXACT` entities the
tree is the cheapest there is (Dreyfus & Wagner 1971); above, it costs less than twice as much (Mehlhorn).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import heappop, heappush
from math import ceil, prod
from typing import Literal

import msgspec

from kg.paths.arrows import Arrows
from kg.paths.score import cost_of
from kg.paths.steps import Step
from kg.rich import Shown, counted

EXACT = 8
"""Most entities that are joined exactly; each one more takes three times as long."""
_WHOLE = 4096
_ONE_STEP = 1 << 40

Method = Literal["exact", "approximate"]
_Costs = dict[str, dict[str, int]]


class Explanation(Shown, msgspec.Struct, frozen=True):
    """What joins several entities: steps that form a tree, or one tree for each group that is apart."""

    entities: tuple[str, ...]
    steps: tuple[Step, ...]
    groups: tuple[tuple[str, ...], ...]
    """The entities that were asked for, those together that any steps join."""
    method: Method

    @property
    def connected(self) -> bool:
        """Tell whether all entities are joined."""
        return len(self.groups) == 1

    @property
    def nodes(self) -> tuple[str, ...]:
        """Return every entity of the explanation, those that were asked for first."""
        passed = (node for step in self.steps for node in (step.source, step.target))
        return tuple(dict.fromkeys((*self.entities, *passed)))

    @property
    def joints(self) -> tuple[str, ...]:
        """Return the entities that were not asked for."""
        return self.nodes[len(self.entities) :]

    @property
    def meetings(self) -> tuple[str, ...]:
        """Return the entities that several steps act on: what lies before one of them does not act behind."""
        targets = [step.target for step in self.steps]
        return tuple(name for name in self.nodes if targets.count(name) > 1)

    @property
    def score(self) -> float:
        """Return the product of all factors of all steps, between 0 and 1."""
        return prod(factor.value for step in self.steps for factor in step.factors)

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the documents behind the steps, each once."""
        return tuple(dict.fromkeys(name for step in self.steps for name in step.documents))

    def __repr__(self) -> str:
        groups = "" if self.connected else f", {len(self.groups)} groups apart"
        return f"<Explanation of {', '.join(self.entities)}: {counted(len(self.steps), 'step')}{groups}>"


def explain(
    arrows: Arrows, entities: Iterable[str], *, fewest: bool = False, avoid: Collection[str] = ()
) -> Explanation:
    """Return the cheapest steps that join these entity ids, or with `fewest` the fewest, then cheapest.

    Which way a step acts does not matter for joining. None touches an entity of `avoid`. Raises ValueError
    for fewer than two entities.
    """
    asked = tuple(dict.fromkeys(entities))
    if len(asked) < 2:
        raise ValueError("name at least two different entities")
    best = {ends: step for ends, step in _cheaper(arrows).items() if not set(ends) & set(avoid)}
    costs: _Costs = {name: {} for name in asked}
    for (one, other), step in best.items():
        cost = ceil(cost_of(step.factors) * _WHOLE) + (_ONE_STEP if fewest else 0)
        costs.setdefault(one, {})[other] = cost
        costs.setdefault(other, {})[one] = cost
    groups = _groups(costs, asked)
    exact = max(map(len, groups)) <= EXACT
    tree = _exact if exact else _approximate
    pairs = [pair for group in groups if len(group) > 1 for pair in tree(costs, group)]
    steps = tuple(best[ends] for ends in sorted({(min(pair), max(pair)) for pair in pairs}))
    return Explanation(asked, _from_the_first(steps, asked), groups, "exact" if exact else "approximate")


def _cheaper(arrows: Arrows) -> dict[tuple[str, str], Step]:
    """Return the cheaper step of each two neighbours, by their names in order."""
    best: dict[tuple[str, str], Step] = {}
    for (source, target), step in arrows.steps.items():
        ends = (min(source, target), max(source, target))
        if not step.against and (ends not in best or cost_of(step.factors) < cost_of(best[ends].factors)):
            best[ends] = step
    return dict(sorted(best.items()))


def _groups(costs: _Costs, asked: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    left, groups = list(asked), []
    while left:
        reached = _reached(costs, left[0])
        groups.append(tuple(name for name in left if name in reached))
        left = [name for name in left if name not in reached]
    return tuple(groups)


def _reached(costs: _Costs, start: str) -> set[str]:
    reached, edge = {start}, [start]
    while edge:
        fresh = costs[edge.pop()].keys() - reached
        reached |= fresh
        edge += fresh
    return reached


_Trees = dict[str, tuple[int, tuple[str | int, ...]]]
"""For each node the cost of the cheapest tree to it, and how it is made: a split, or a neighbour's tree."""


def _exact(costs: _Costs, asked: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of the cheapest tree: by subsets of the asked, each tree grown from smaller ones."""
    *others, root = asked
    trees: list[_Trees] = [{}]
    for subset in range(1, 1 << len(others)):
        start: _Trees = {}
        if subset & (subset - 1) == 0:
            start[others[subset.bit_length() - 1]] = (0, ())
        part = (subset - 1) & subset
        while 2 * part > subset or part > subset - part > 0:
            for node, (cost, _) in trees[part].items():
                total = cost + trees[subset - part][node][0]
                if node not in start or total < start[node][0]:
                    start[node] = (total, (part,))
            part = (part - 1) & subset
        trees.append(_grown(costs, start))
    yield from _traced(trees, len(trees) - 1, root)


def _grown(costs: _Costs, start: _Trees) -> _Trees:
    """Return trees lengthened along every step as far as that is cheapest (Dijkstra)."""
    trees = dict(start)
    queue = [(cost, node) for node, (cost, _) in sorted(start.items())]
    queue.sort()
    while queue:
        cost, node = heappop(queue)
        if cost > trees[node][0]:
            continue
        for other, step in costs[node].items():
            if other not in trees or cost + step < trees[other][0]:
                trees[other] = (cost + step, (node,))
                heappush(queue, (cost + step, other))
    return trees


def _traced(trees: list[_Trees], subset: int, node: str) -> Iterator[tuple[str, str]]:
    left = [(subset, node)]
    while left:
        subset, node = left.pop()
        for made in trees[subset][node][1]:
            if isinstance(made, str):
                yield node, made
                left.append((subset, made))
            else:
                left += [(made, node), (subset - made, node)]


def _approximate(costs: _Costs, asked: Sequence[str]) -> Iterator[tuple[str, str]]:
    from networkx import Graph
    from networkx.algorithms.approximation import steiner_tree

    names = sorted(_reached(costs, asked[0]))
    number = {name: at for at, name in enumerate(names)}
    network: Graph[int] = Graph()
    for name in names:
        for other in sorted(costs[name]):
            network.add_edge(number[name], number[other], weight=costs[name][other])
    tree = steiner_tree(network, sorted(number[name] for name in asked), weight="weight", method="mehlhorn")
    yield from ((names[one], names[other]) for one, other in tree.edges)


def _from_the_first(steps: tuple[Step, ...], asked: Sequence[str]) -> tuple[Step, ...]:
    """Return steps in the order in which one comes upon them from the entities that were asked for."""
    ordered: dict[Step, None] = {}
    for start in asked:
        edge = [start]
        while edge:
            node = edge.pop(0)
            for step in steps:
                if node in (step.source, step.target) and step not in ordered:
                    ordered[step] = None
                    edge.append(step.target if step.source == node else step.source)
    return tuple(ordered)
