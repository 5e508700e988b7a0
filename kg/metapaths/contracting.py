"""Counting paths without listing them: the sums over the places of a metapath, in an order that costs little.

A relation is a factor between two places. A place between the ends is summed away by a product of its two
factors; parallel factors are multiplied entry by entry. Where one node could stand at two places, the entries
of a node with itself are left out as soon as a factor joins these two. If none does, or sooner where that is
cheaper, the count is split: all paths, less those on which both places are one. What is left then is again a
set of factors, so this ends with one factor between the ends. It is the same for matrices and for tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

M = TypeVar("M")
Pair = tuple[int, int]
_MOST_COMPARED = 8


class Algebra(Protocol[M]):
    """What a factor must allow: a factor tells a number for some pairs of nodes, and zero for all others."""

    def product(self, one: M, other: M) -> M:
        """Return the sum over the node that one ends with and the other begins with."""

    def both(self, one: M, other: M) -> M:
        """Return the product entry by entry."""

    def apart(self, one: M) -> M:
        """Return the factor without the entries of a node with itself."""

    def flipped(self, one: M) -> M:
        """Return the factor read from its other end."""

    def scaled(self, one: M, other: M) -> M:
        """Return the factor with each entry times the sum of the other's for the entry's first node."""

    def minus(self, one: M, other: M) -> M:
        """Return the difference entry by entry."""


class TooTangledError(Exception):
    """No place has two factors or fewer: such paths are to be listed."""


@dataclass(frozen=True)
class Tangle(Generic[M]):
    """Factors between places, by the numbers of both, smaller first, and the places that are not one node."""

    factors: dict[Pair, M]
    apart: frozenset[Pair]
    last: int

    @property
    def inner(self) -> tuple[int, ...]:
        """Return the places between the ends that are still to be summed away."""
        return tuple(sorted({place for pair in self.factors for place in pair} - {0, self.last}))

    def around(self, place: int) -> tuple[int, ...]:
        """Return the places that share a factor with this one."""
        return tuple(sorted(one + other - place for one, other in self.factors if place in (one, other)))

    def held(self, place: int) -> tuple[Pair, ...]:
        """Return what forbids to sum this place away yet."""
        return tuple(sorted(pair for pair in self.apart if place in pair))


def between(tangle: Tangle[M], algebra: Algebra[M], one: int, other: int) -> M:
    """Return the factor between two places, read from the first to the second."""
    return tangle.factors[one, other] if one < other else algebra.flipped(tangle.factors[other, one])


def tidied(tangle: Tangle[M], algebra: Algebra[M]) -> Tangle[M]:
    """Return the factors with their own nodes apart where a factor joins two places that must differ."""
    joined = tangle.apart & tangle.factors.keys()
    if not joined:
        return tangle
    factors = tangle.factors | {pair: algebra.apart(tangle.factors[pair]) for pair in sorted(joined)}
    return replace(tangle, factors=factors, apart=tangle.apart - joined)


def summed(tangle: Tangle[M], algebra: Algebra[M], place: int) -> Tangle[M]:
    """Return what is left when one place with at most two factors is summed away."""
    rest = {pair: factor for pair, factor in tangle.factors.items() if place not in pair}
    match tangle.around(place):
        case (only,):
            pair = min(pair for pair in rest if only in pair)
            first = pair[0] == only
            factor = rest[pair] if first else algebra.flipped(rest[pair])
            factor = algebra.scaled(factor, between(tangle, algebra, only, place))
            rest[pair] = factor if first else algebra.flipped(factor)
        case (one, other):
            factor = algebra.product(
                between(tangle, algebra, one, place), between(tangle, algebra, place, other)
            )
            rest = _with(rest, algebra, (one, other), factor)
    return tidied(replace(tangle, factors=rest), algebra)


def split(tangle: Tangle[M], algebra: Algebra[M], pair: Pair) -> tuple[Tangle[M], Tangle[M]]:
    """Return the two counts whose difference is sought: the places free, and both of them one node."""
    free = replace(tangle, apart=tangle.apart - {pair})
    kept, gone = (pair[1], pair[0]) if pair[1] == tangle.last else pair
    factors: dict[Pair, M] = {}
    for ends, factor in sorted(tangle.factors.items(), key=lambda item: item[0]):
        one, other = (kept if end == gone else end for end in ends)
        flip = one > other
        factors = _with(
            factors, algebra, (min(one, other), max(one, other)), algebra.flipped(factor) if flip else factor
        )
    renamed = (tuple(sorted(kept if end == gone else end for end in ends)) for ends in free.apart)
    apart = frozenset((one, other) for one, other in renamed)
    return free, tidied(Tangle(factors, apart, tangle.last), algebra)


def _with(factors: dict[Pair, M], algebra: Algebra[M], pair: Pair, factor: M) -> dict[Pair, M]:
    present = factors.get(pair)
    return factors | {pair: factor if present is None else algebra.both(present, factor)}


@dataclass(frozen=True)
class Estimate:
    """How many entries a factor has, and how many nodes each of its ends has."""

    entries: float
    rows: float
    columns: float


class _Estimating:
    """An algebra of sizes: it computes nothing and adds up what computing would cost."""

    def __init__(self) -> None:
        self.spent = 0.0

    def _made(self, cost: float, rows: float, columns: float) -> Estimate:
        self.spent += cost + 1000
        return Estimate(min(cost, rows * columns), rows, columns)

    def product(self, one: Estimate, other: Estimate) -> Estimate:
        return self._made(one.entries * other.entries / max(one.columns, 1), one.rows, other.columns)

    def both(self, one: Estimate, other: Estimate) -> Estimate:
        return self._made(min(one.entries, other.entries), one.rows, one.columns)

    def apart(self, one: Estimate) -> Estimate:
        return self._made(one.entries, one.rows, one.columns)

    def flipped(self, one: Estimate) -> Estimate:
        return Estimate(one.entries, one.columns, one.rows)

    def scaled(self, one: Estimate, other: Estimate) -> Estimate:
        return self._made(one.entries + other.entries, one.rows, one.columns)

    def minus(self, one: Estimate, other: Estimate) -> Estimate:
        return self._made(one.entries + other.entries, one.rows, one.columns)


def _best(tangle: Tangle[Estimate]) -> tuple[float, int | Pair | None]:
    """Return the cost from here on, and what to do next: a place to sum away, or two to split."""
    inner = tangle.inner
    if not inner:
        return 0.0, None
    ranked = sorted((_price(tangle, place), place) for place in inner if len(tangle.around(place)) <= 2)
    if not ranked:
        raise TooTangledError
    ready = next((place for _, place in ranked if not tangle.held(place)), None)
    cheapest = ranked[0][1]
    if ready is None or (ready != cheapest and len(tangle.apart) <= _MOST_COMPARED):
        pair = tangle.held(cheapest)[0]
        options: list[tuple[float, int | Pair]] = [(_split_cost(tangle, pair), pair)]
    else:
        options = []
    if ready is not None:
        options.append((_summed_cost(tangle, ready), ready))
    return min(options, key=lambda option: option[0])


def _price(tangle: Tangle[Estimate], place: int) -> float:
    algebra = _Estimating()
    summed(replace(tangle, apart=frozenset()), algebra, place)
    return algebra.spent


def _summed_cost(tangle: Tangle[Estimate], place: int) -> float:
    algebra = _Estimating()
    rest = summed(tangle, algebra, place)
    return algebra.spent + _best(rest)[0]


def _split_cost(tangle: Tangle[Estimate], pair: Pair) -> float:
    algebra = _Estimating()
    free, one = split(tangle, algebra, pair)
    return algebra.spent + _best(free)[0] + _best(one)[0]


def contract(tangle: Tangle[M], algebra: Algebra[M], sizes: Tangle[Estimate]) -> M:
    """Return the one factor between the ends that a tangle comes to; `sizes` are those of its factors.

    Raises `TooTangledError` where products of two factors do not get there.
    """
    tangle, sizes = tidied(tangle, algebra), tidied(sizes, _Estimating())
    while (move := _best(sizes)[1]) is not None:
        if isinstance(move, int):
            tangle, sizes = summed(tangle, algebra, move), summed(sizes, _Estimating(), move)
        else:
            pairs = zip(split(tangle, algebra, move), split(sizes, _Estimating(), move), strict=True)
            free, one = (contract(part, algebra, part_sizes) for part, part_sizes in pairs)
            return algebra.minus(free, one)
    return tangle.factors[0, tangle.last]


def chain(factors: Iterable[M], apart: frozenset[Pair]) -> Tangle[M]:
    """Return the tangle of a metapath: one factor from each place to the next."""
    found = {(number, number + 1): factor for number, factor in enumerate(factors)}
    return Tangle(found, apart, len(found))
