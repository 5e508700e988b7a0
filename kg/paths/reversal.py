"""`Reversal`: whether an antagonist would abolish what an agonist does, on which paths, and who tested it.

A path is blocked at an entity when the antagonist's own claims move that entity against what the path does
to it up to there. Where the path does not say in which direction it moves the entity, what lowers it blocks
it, as an antagonist of a receptor does. What the antagonist does by way of other entities is not followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from kg.model import Statement
from kg.paths.arrows import Arrows
from kg.paths.search import find_paths
from kg.paths.steps import NetSign, Path, Step, Stopped, net_sign
from kg.rich import Shown, counted

Blocked = Literal["every path", "some paths", "no path", "no route"]
"""`no route` where no path of two and more steps leads from agonist to outcome: nothing could be blocked."""
How = Literal["opposes", "direction open"]
Kind = Literal["both given", "both given, elsewhere", "outcome", "path", "needed"]
"""What a claim is of: both drugs and the outcome; both and an entity on a path; the antagonist and the
outcome; the antagonist and an entity on a path; or that the agonist's outcome needs an entity on a path."""
KINDS: tuple[Kind, ...] = ("both given", "both given, elsewhere", "outcome", "path", "needed")


class Block(msgspec.Struct, frozen=True):
    """A place where a path is blocked, and the antagonist's step to it."""

    entity: str
    step: Step
    how: How


class Route(msgspec.Struct, frozen=True):
    """A path from the agonist to the outcome, and where the antagonist blocks it."""

    path: Path
    blocks: tuple[Block, ...]


class Experiment(msgspec.Struct, frozen=True):
    """A claim that tests a reversal, or bears on it."""

    kind: Kind
    statement: Statement


class Reversal(Shown, msgspec.Struct, frozen=True):
    """What an antagonist would do to an agonist's effect. `routes` are the derived paths, best first."""

    agonist: str
    antagonist: str
    outcome: str
    max_length: int
    direct: Path | None
    """What is claimed of the agonist on the outcome: what there is to abolish, which says no route."""
    routes: tuple[Route, ...]
    experiments: tuple[Experiment, ...]
    stopped: Stopped | None = None

    @property
    def blocked(self) -> tuple[Route, ...]:
        """Return the paths that are blocked somewhere."""
        return tuple(route for route in self.routes if route.blocks)

    @property
    def remaining(self) -> tuple[Route, ...]:
        """Return the paths that are not."""
        return tuple(route for route in self.routes if not route.blocks)

    @property
    def abolished(self) -> Blocked:
        """Return on which paths the effect would be abolished."""
        if not self.routes:
            return "no route"
        if not self.remaining:
            return "every path"
        return "some paths" if self.blocked else "no path"

    @property
    def tested(self) -> bool:
        """Tell whether a curated claim has both given and is of the outcome."""
        return any(found.kind == "both given" for found in self.experiments)

    @property
    def undirected(self) -> tuple[str, ...]:
        """Return the entities on paths that the antagonist is said to act on, or bind, in no direction."""
        said = [row.statement for row in self.experiments if row.kind == "path"]
        acted = {claim.object for claim in said if claim.subject == self.antagonist and _stands(claim)}
        known = {claim.object for claim in said if claim.sign in ("+", "-")}
        return tuple(sorted(name for name in acted - known if self.through(name)))

    def through(self, entity: str) -> tuple[Route, ...]:
        """Return the paths not blocked so far that would be if the antagonist lowered an entity."""
        return tuple(route for route in self.remaining if _open_to(route.path, entity, "-"))

    def __repr__(self) -> str:
        what = f"{self.agonist} on {self.outcome} by {self.antagonist}"
        counts = f"on {self.abolished}, {len(self.blocked)} of {counted(len(self.routes), 'path')} blocked"
        return f"<Reversal of {what}: {counts}>"


def reversal(
    arrows: Arrows,
    agonist: str,
    antagonist: str,
    outcome: str,
    *,
    max_length: int,
    at_most: int,
    timeout: float | None,
) -> Reversal:
    """Return whether an antagonist id would abolish what an agonist id does to an outcome id.

    The search ends after `at_most` paths or `timeout` seconds; `stopped` then tells. Raises ValueError when
    two of the three are the same, or a limit is below one.
    """
    if len({agonist, antagonist, outcome}) < 3:
        raise ValueError("agonist, antagonist and outcome must be three entities")
    found = find_paths(arrows, agonist, outcome, max_length=max_length, at_most=at_most, timeout=timeout)
    derived = [path for path in found if path.length > 1]
    return Reversal(
        agonist=agonist,
        antagonist=antagonist,
        outcome=outcome,
        max_length=max_length,
        direct=next((path for path in found if path.length == 1), None),
        routes=tuple(Route(path, tuple(_blocks(arrows, antagonist, path))) for path in derived),
        experiments=_experiments(arrows, (agonist, antagonist, outcome), derived),
        stopped=found.stopped,
    )


def _blocks(arrows: Arrows, antagonist: str, path: Path) -> Iterator[Block]:
    """Yield where an antagonist blocks a path: at an entity between its ends."""
    for entity in path.nodes[1:-1]:
        step = arrows.steps.get((antagonist, entity))
        how = _open_to(path, entity, step.sign) if step else None
        if step and how:
            yield Block(entity, step, how)


def _open_to(path: Path, entity: str, sign: NetSign) -> How | None:
    """Return how a path is blocked where an entity between its ends is moved in a direction, if it is."""
    if entity not in path.nodes[1:-1]:
        return None
    before = net_sign(path.steps[: path.nodes.index(entity)])
    if before == "unknown":
        return "direction open" if sign == "-" else None
    return "opposes" if sign not in ("unknown", before) else None


def _stands(claim: Statement) -> bool:
    return claim.polarity == "asserted" and claim.sign not in ("+", "-")


def _experiments(arrows: Arrows, three: tuple[str, str, str], paths: list[Path]) -> tuple[Experiment, ...]:
    passed = {name for path in paths for name in path.nodes[1:-1]}
    kinds = (
        (_kind(arrows, claim, three, passed), claim)
        for claim in arrows.graph.knowledge.statements
        if claim.than is None and arrows.which.fits(claim)
    )
    found = [Experiment(kind, claim) for kind, claim in kinds if kind]
    return tuple(sorted(found, key=lambda row: (KINDS.index(row.kind), row.statement.id)))


def _kind(arrows: Arrows, claim: Statement, three: tuple[str, str, str], passed: set[str]) -> Kind | None:
    """Return what a claim is to a reversal, None where it is nothing."""
    agonist, antagonist, outcome = three
    stimulus = claim.qualifiers.stimulus
    named = {*claim.ends, stimulus}
    if {agonist, antagonist} <= named and stimulus in (agonist, antagonist):
        if outcome in named:
            return "both given"
        return None if named.isdisjoint(passed) else "both given, elsewhere"
    if antagonist in claim.ends:
        if outcome in claim.ends:
            return "outcome"
        return None if passed.isdisjoint(claim.ends) else "path"
    needs = arrows.graph.vocabulary.predicates[claim.predicate].causal == "backward"
    if needs and claim.subject == outcome and claim.object in passed and stimulus == agonist:
        return "needed"
    return None
