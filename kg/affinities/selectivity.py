"""Which of two targets a drug prefers, as an interval of ratios: for each document alone, and pooled.

The fold is the value at the second target divided by the value at the first: above 1 the drug prefers the
first. Only values with the same parameter, form, assay and species are divided by each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Literal

from kg.affinities.pooling import Pool, first_print, have_errors, pools
from kg.amounts import Amount
from kg.graph import Graph
from kg.model import Frozen, Measurement
from kg.problems import NoAmount
from kg.rich import Shown, counted

Direction = Literal["first", "second", "open"]


class Ratio(Frozen, frozen=True):
    """The fold between two targets under one set of circumstances; `first` and `second` are what it is of.

    `with_errors` is what one printed error to either side allows: it decides nothing, and widens nothing.
    """

    parameter: str
    form: str | None
    endpoint: str | None
    species: str | None
    preparation: str | None
    first: tuple[Measurement, ...]
    second: tuple[Measurement, ...]
    documents: tuple[str, ...]
    fold: Amount | None = None
    refusal: str | None = None
    with_errors: Amount | None = None

    @property
    def circumstances(self) -> tuple[str, ...]:
        """What the values have in common beside their parameter, as ids and words, in a fixed order."""
        limits = (self.form, self.species, self.preparation, self.endpoint)
        return tuple(limit for limit in limits if limit)

    @property
    def direction(self) -> Direction:
        """Return which target is preferred, «open» where the interval allows both."""
        if self.fold is None:
            return "open"
        if self.fold.low > 1 or (self.fold.low == 1 and self.fold.low_open):
            return "first"
        high = self.fold.high
        below = high is not None and (high < 1 or (high == 1 and self.fold.high_open))
        return "second" if below else "open"


class Selectivity(Shown, Frozen, frozen=True):
    """A drug between two targets: ratios within a document, and between pools of several."""

    drug: str
    first: str
    second: str
    alone: tuple[Ratio, ...]
    pooled: tuple[Ratio, ...]
    unpaired: tuple[Measurement, ...]

    @property
    def several(self) -> tuple[Ratio, ...]:
        """The pooled ratios that rest on several values of a target; the others stand alone already."""
        return tuple(ratio for ratio in self.pooled if len((*ratio.first, *ratio.second)) > 2)

    def preferred(self, ratio: Ratio) -> str | None:
        """Return the target that a ratio prefers, None where it leaves that open."""
        return {"first": self.first, "second": self.second}.get(ratio.direction)

    def sources(self, direction: Direction) -> tuple[str, ...]:
        """Return the documents any of whose own ratios point this way; «open» those that have no other."""
        found = {name for ratio in self.alone if ratio.direction == direction for name in ratio.documents}
        if direction == "open":
            found -= {*self.sources("first"), *self.sources("second")}
        return tuple(sorted(found))

    @property
    def disputed(self) -> bool:
        """Tell whether some sources prefer the one target and others the other."""
        return bool(self.sources("first")) and bool(self.sources("second"))

    def verdict(self, name: Callable[[str], str]) -> str:
        """Return which target is preferred, and by which documents, in words; `name` names the targets."""
        ends: dict[Direction, str] = {
            "first": name(self.first),
            "second": name(self.second),
            "open": "either, within its interval",
        }
        told = [f"{', '.join(names)}: {end}" for way, end in ends.items() if (names := self.sources(way))]
        if not told:
            return "There is nothing to compare."
        said = "; ".join(told)
        return f"The sources disagree on the direction. {said}." if self.disputed else f"Preferred: {said}."

    def __repr__(self) -> str:
        told = "sources disagree" if self.disputed else "not disputed"
        ratios = counted(len(self.alone), "ratio")
        return f"<Selectivity of {self.drug} between {self.first} and {self.second}: {ratios}, {told}>"


def selectivity(
    graph: Graph, values: Iterable[Measurement], drug: str, first: str, second: str
) -> Selectivity:
    """Return how these values of a drug set its two targets apart; their order never matters."""
    sides: dict[str, list[Measurement]] = {first: [], second: []}
    for value in sorted(values, key=lambda row: row.id):
        if value.target in sides:
            sides[value.target].append(value)
    known = [value.id for side in sides.values() for value in side]
    firsts = {name: [v for v in side if first_print(graph, v, known) == v.id] for name, side in sides.items()}
    alone = tuple(_alone(graph, sides[first], sides[second]))
    used = {value.id for ratio in alone for value in (*ratio.first, *ratio.second)}
    unpaired = tuple(value for side in sides.values() for value in side if value.id not in used)
    pooled = tuple(_pooled(pools(graph, firsts[first]), pools(graph, firsts[second])))
    return Selectivity(drug, first, second, alone, pooled, unpaired)


def _alone(graph: Graph, first: Sequence[Measurement], second: Sequence[Measurement]) -> Iterator[Ratio]:
    for one, other in product(first, second):
        shared = tuple(name for name in one.documents if name in other.documents)
        if shared and _circumstances(one) == _circumstances(other):
            yield _ratio(pools(graph, [one])[0], pools(graph, [other])[0], shared)


def _circumstances(value: Measurement) -> tuple[str | None, ...]:
    limits = value.qualifiers
    return (value.parameter, value.form, value.endpoint, limits.species, limits.preparation, limits.form)


def _pooled(first: Iterable[Pool], second: Iterable[Pool]) -> Iterator[Ratio]:
    others = {pool.key._replace(target=""): pool for pool in second}
    for pool in first:
        other = others.get(pool.key._replace(target=""))
        if other is not None and pool.taken and other.taken:
            documents = tuple(sorted({*pool.documents, *other.documents}))
            yield _ratio(pool, other, documents)


def _mean(pool: Pool) -> Amount:
    if pool.mean is None:
        raise NoAmount(f"{pool.key.target}: {pool.refusal}")
    return pool.mean


def _within_errors(first: Pool, second: Pool) -> Amount | None:
    sides = [pool.with_errors if have_errors(pool.taken) else pool.mean for pool in (first, second)]
    return sides[1].over(sides[0]) if sides[0] and sides[1] else None


def _ratio(first: Pool, second: Pool, documents: tuple[str, ...]) -> Ratio:
    key, values = first.key, (*first.taken, *second.taken)
    alike = {value.qualifiers.preparation for value in values}
    preparation = next(iter(alike)) if len(alike) == 1 else None
    about = (key.parameter, key.form, key.endpoint, key.species, preparation)
    try:
        fold = _mean(second).over(_mean(first))
    except NoAmount as refusal:
        return Ratio(*about, first.taken, second.taken, documents, refusal=str(refusal))
    broad = _within_errors(first, second) if have_errors(values) else None
    return Ratio(*about, first.taken, second.taken, documents, fold=fold, with_errors=broad)
