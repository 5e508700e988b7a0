"""What two entities have in common: what both act on and what acts on both, and whether they agree on it."""

from __future__ import annotations

from typing import Literal

import msgspec

from kg.paths.around import reached
from kg.paths.arrows import Arrows
from kg.paths.steps import Path, Step

Agreement = Literal["both raise", "both lower", "opposite", "not known"]


class Shared(msgspec.Struct, frozen=True):
    """An entity that two others act on, or that acts on them, with the best path of each side."""

    entity: str
    one: Path
    other: Path

    @property
    def agreement(self) -> Agreement:
        """Tell whether both sides raise or lower, as far as both paths have a sign."""
        signs = {self.one.sign, self.other.sign}
        if "unknown" in signs:
            return "not known"
        if len(signs) == 2:
            return "opposite"
        return "both raise" if "+" in signs else "both lower"

    @property
    def withheld_by(self) -> tuple[Step, ...]:
        """Return the steps without a sign, of both sides: why it is not known whether they agree."""
        return (*self.one.withheld_by, *self.other.withheld_by)

    @property
    def score(self) -> float:
        """Return the product of both paths' scores."""
        return self.one.score * self.other.score


class Common(msgspec.Struct, frozen=True):
    """What two entities have in common, best first."""

    one: str
    other: str
    hops: int
    targets: tuple[Shared, ...]
    """What both act on."""
    causes: tuple[Shared, ...]
    """What acts on both."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return every path, each once."""
        rows = (*self.targets, *self.causes)
        return tuple(dict.fromkeys(path for row in rows for path in (row.one, row.other)))


def common(arrows: Arrows, one: str, other: str, *, hops: int = 1) -> Common:
    """Return what two entity ids act on, or are acted on by, at most `hops` steps away.

    No path of one passes the other: what the other does by way of the one would be common to both. Raises
    ValueError when both are the same or `hops` is below one.
    """
    if one == other:
        raise ValueError("name two different entities")
    return Common(
        one,
        other,
        hops,
        _shared(arrows, one, other, hops, backwards=False),
        _shared(arrows, one, other, hops, backwards=True),
    )


def _shared(arrows: Arrows, one: str, other: str, hops: int, *, backwards: bool) -> tuple[Shared, ...]:
    left = reached(arrows, one, hops, backwards=backwards, avoid=[other])
    right = reached(arrows, other, hops, backwards=backwards, avoid=[one])
    found = [Shared(name, left[name], right[name]) for name in left.keys() & right.keys()]
    return tuple(sorted(found, key=lambda row: (-row.score, row.entity)))
