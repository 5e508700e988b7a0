"""What two entities have in common: what both act on and what acts on both, and whether they agree on it."""

from __future__ import annotations

from typing import Literal

import msgspec

from kg.model import Statement
from kg.paths.around import reached
from kg.paths.arrows import Arrows
from kg.paths.picture import claims_of
from kg.paths.steps import Path, Step
from kg.rich import Shown, counted

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


class Related(msgspec.Struct, frozen=True):
    """An entity that claims join to two others, not all of them arrows: both bind it, both belong to it."""

    entity: str
    one: tuple[Statement, ...]
    other: tuple[Statement, ...]


class Common(Shown, msgspec.Struct, frozen=True):
    """What two entities have in common, best first."""

    one: str
    other: str
    hops: int
    targets: tuple[Shared, ...]
    """What both act on."""
    causes: tuple[Shared, ...]
    """What acts on both."""
    related: tuple[Related, ...]
    """What is claimed of both and is none of these: both bind it, one does and the other inhibits it."""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Return every claim, each once."""
        steps = (step for path in self.paths for step in path.steps)
        beside = (claim for row in self.related for claim in (*row.one, *row.other))
        return tuple({claim.id: claim for claim in (*claims_of(steps), *beside)}.values())

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return every path, each once."""
        rows = (*self.targets, *self.causes)
        return tuple(dict.fromkeys(path for row in rows for path in (row.one, row.other)))

    def __repr__(self) -> str:
        counts = f"{counted(len(self.targets), 'target')}, {counted(len(self.causes), 'cause')}"
        return f"<Common to {self.one} and {self.other}: {counts}>"


def common(arrows: Arrows, one: str, other: str, *, hops: int = 1) -> Common:
    """Return what two entity ids act on, or are acted on by, at most `hops` steps away.

    No path of one passes the other: what the other does by way of the one would be common to both. Raises
    ValueError when both are the same or `hops` is below one.
    """
    if one == other:
        raise ValueError("name two different entities")
    targets = _shared(arrows, one, other, hops, backwards=False)
    causes = _shared(arrows, one, other, hops, backwards=True)
    told = {row.entity for row in (*targets, *causes)}
    return Common(one, other, hops, targets, causes, _related(arrows, one, other, told))


def _related(arrows: Arrows, one: str, other: str, told: set[str]) -> tuple[Related, ...]:
    left, right = _claimed(arrows, one), _claimed(arrows, other)
    names = sorted((left.keys() & right.keys()) - told - {one, other})
    return tuple(Related(name, tuple(left[name]), tuple(right[name])) for name in names)


def _claimed(arrows: Arrows, entity: str) -> dict[str, list[Statement]]:
    """Return the asserted claims about an entity by the other entity of each."""
    found: dict[str, list[Statement]] = {}
    for claim in arrows.graph.knowledge.statements:
        if entity in claim.ends[:2] and arrows.graph.is_edge(claim) and arrows.which.fits(claim):
            found.setdefault(claim.object if claim.subject == entity else claim.subject, []).append(claim)
    return found


def _shared(arrows: Arrows, one: str, other: str, hops: int, *, backwards: bool) -> tuple[Shared, ...]:
    left = reached(arrows, one, hops, backwards=backwards, avoid=[other])
    right = reached(arrows, other, hops, backwards=backwards, avoid=[one])
    found = [Shared(name, left[name], right[name]) for name in left.keys() & right.keys()]
    return tuple(sorted(found, key=lambda row: (-row.score, row.entity)))
