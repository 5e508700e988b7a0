"""Decisive statements: the smallest sets without which the answer over some paths is another, exactly.

To take a claim away can only take signs away from paths, and to take a denial away can only give some. So an
answer changes in one of two ways. It loses a sign when every path that has it is cut: the claims of one sign
on one step fall together, and which steps is a smallest hitting set, found by iterative deepening. It gains a
sign when the denials on one path fall.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Literal

import msgspec

from kg.model import Statement
from kg.paths.arrows import Arrows
from kg.paths.signs import Direction, PathSign, direction_of, signs_of_path, signs_of_step, times
from kg.paths.steps import Path, make_path, make_step, signs_of

MOST = 8
"""Larger sets are not looked for: nobody would call them decisive."""
EFFORT = 3_000_000
"""How many times the search may look at a path before it gives up."""
Ids = frozenset[str]
GaveUp = Literal["paths", "effort", "size"]
"""Why nothing was found: not all paths are known, the search grew too long, or the set would be too large."""
_OTHER: dict[PathSign, PathSign] = {"+": "-", "-": "+"}


class Decisive(msgspec.Struct, frozen=True):
    """Every smallest set of statements whose removal changes an answer, as ids, in order.

    Without sets and without `gave_up`, no removal changes the answer.
    """

    sets: tuple[tuple[str, ...], ...] = ()
    becomes: Direction | None = None
    """The answer without the statements of the first set."""
    gave_up: GaveUp | None = None

    @property
    def statements(self) -> tuple[str, ...]:
        """Return the first of the sets."""
        return self.sets[0] if self.sets else ()


class _TooLong(Exception):
    pass


def decisive(arrows: Arrows, paths: Sequence[Path], *, whole: bool = True) -> Decisive:
    """Return the smallest sets of statements whose removal changes the answer over these paths.

    `paths` are all there are between two entities, and not `whole` when some are missing.
    """
    if not whole:
        return Decisive(gave_up="paths")
    answer = direction_of(map(signs_of_path, paths))
    gains = [
        needed for sign in _lacking(answer) for path in paths if (needed := _denials(arrows, path, sign))
    ]
    limit = min(map(len, gains), default=MOST)
    search = _Search(arrows, EFFORT)
    try:
        sets = search.smallest(paths, [sign for sign in _OTHER if answer in (sign, "both")], min(limit, MOST))
    except _TooLong:
        return Decisive(gave_up="effort")
    size = min(map(len, (*sets, *gains)), default=0)
    if size > MOST or (not size and answer != "unknown"):
        return Decisive(gave_up="size")
    smallest = sorted({tuple(sorted(found)) for found in (*sets, *gains) if len(found) == size})
    if not smallest:
        return Decisive()
    return Decisive(tuple(smallest), answer_without(arrows, paths, frozenset(smallest[0])))


def answer_without(arrows: Arrows, paths: Sequence[Path], removed: Ids) -> Direction:
    """Return the answer over these paths in a graph without some statements."""
    found = []
    for path in paths:
        steps = []
        for step in path.steps:
            said = tuple(claim for claim in step.statements if claim.id not in removed)
            denied = arrows.denials(step.source, step.target)
            denials = tuple(claim for claim in denied if claim.id not in removed)
            if said:
                steps.append(make_step(step.source, step.target, said, denials, against=step.against))
        if len(steps) == path.length:
            found.append(signs_of_path(make_path(tuple(steps))))
    return direction_of(found)


def _lacking(answer: Direction) -> tuple[PathSign, ...]:
    """Return the signs that an answer can gain."""
    return {"+": ("-",), "-": ("+",), "both": (), "unknown": ("+", "-")}[answer]  # type: ignore[return-value]


def _denials(arrows: Arrows, path: Path, sign: PathSign) -> Ids:
    """Return the denials without which a path has a sign; none where it cannot have it so, or has it."""
    needed: set[str] = set()
    could: set[PathSign] = {"+"}
    for step in path.steps:
        open_to = signs_of_step(step)
        if step.reason == "denied":
            (said,) = signs_of(step.statements)
            open_to = frozenset({"+" if said == "+" else "-"})
            denied = arrows.denials(step.source, step.target)
            needed |= {claim.id for claim in denied if claim.sign == said}
        could = {times(one, other) for one in could for other in open_to}
    return frozenset(needed) if sign in could else frozenset()


class _Search:
    """Smallest hitting sets of groups of claims that fall together, one bit for each group."""

    def __init__(self, arrows: Arrows, effort: int) -> None:
        self.arrows, self.effort = arrows, effort
        self.groups: dict[Ids, int] = {}
        self.weights: list[int] = []

    def smallest(self, paths: Sequence[Path], signs: Sequence[PathSign], most: int) -> list[Ids]:
        """Return the smallest sets of claims, at most `most` each, that take one sign away."""
        wanted = [self._sorted(self._cuts(paths, sign)) for sign in signs]
        for size in range(1, most + 1 if wanted else 1):
            found = [bits for cuts in wanted for bits in self._hitting(cuts, 0, 0, size)]
            if found:
                return [self._claims(bits) for bits in found]
        return []

    def _cuts(self, paths: Sequence[Path], sign: PathSign) -> Iterator[int]:
        """Yield, for each way in which a path has the sign, the groups of which one must fall."""
        for path in paths:
            for chosen in product(*(sorted(signs_of_step(step)) for step in path.steps)):
                self._spend(1)
                if ("-" if chosen.count("-") % 2 else "+") == sign:
                    yield self._cut(path, chosen)

    def _cut(self, path: Path, chosen: Sequence[PathSign]) -> int:
        bits = 0
        for step, sign in zip(path.steps, chosen, strict=True):
            bits |= self._bit(step.statements, sign)
            denied = any(d.sign == sign for d in self.arrows.denials(step.source, step.target))
            if denied:  # opposed, or it would have no sign: without the others the denial would withhold it
                bits |= self._bit(step.statements, _OTHER[sign])
        return bits

    def _bit(self, said: Sequence[Statement], sign: PathSign) -> int:
        group = frozenset(claim.id for claim in said if claim.sign == sign)
        number = self.groups.setdefault(group, len(self.groups))
        if number == len(self.weights):
            self.weights.append(len(group))
        return 1 << number

    def _sorted(self, cuts: Iterator[int]) -> list[int]:
        """Return the cuts, those with few groups first, without those that another implies."""
        kept: list[int] = []
        for bits in sorted(set(cuts), key=lambda bits: (bits.bit_count(), bits)):
            self._spend(len(kept))
            if not any(bits & other == other for other in kept):
                kept.append(bits)
        return kept

    def _hitting(self, left: list[int], chosen: int, banned: int, budget: int) -> Iterator[int]:
        """Yield each set of groups, of `budget` claims together, that hits every cut, once."""
        self._spend(len(left) + 1)
        if not left:
            if not budget:
                yield chosen
            return
        if self._needed(left, banned) > budget:
            return
        for number, bit in self._members(left[0] & ~banned):
            if self.weights[number] <= budget:
                rest = [bits for bits in left if not bits & bit]
                yield from self._hitting(rest, chosen | bit, banned, budget - self.weights[number])
            banned |= bit

    def _needed(self, left: Sequence[int], banned: int) -> int:
        """Return how many claims are needed at least: those of cuts that share no group."""
        used = total = 0
        for bits in left:
            if not bits & used:
                used |= bits
                weights = [self.weights[number] for number, _ in self._members(bits & ~banned)]
                total += min(weights, default=MOST + 1)
        return total

    def _members(self, bits: int) -> Iterator[tuple[int, int]]:
        while bits:
            bit = bits & -bits
            yield bit.bit_length() - 1, bit
            bits ^= bit

    def _claims(self, bits: int) -> Ids:
        groups = list(self.groups)
        return frozenset[str]().union(*(groups[number] for number, _ in self._members(bits)))

    def _spend(self, effort: int) -> None:
        self.effort -= effort
        if self.effort < 0:
            raise _TooLong
