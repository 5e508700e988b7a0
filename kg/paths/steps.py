"""Steps and paths as plain values, and how claims give a step its sign and steps a path."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod
from typing import Literal

import msgspec

from kg.model import CERTAINTIES, Basis, Certainty, Conflict, Sign, Statement
from kg.paths.score import Factor
from kg.rich import Rows, Shown, counted

NetSign = Literal["+", "-", "unknown"]
Stopped = Literal["count", "time", "interrupt"]
"""Why a search ended before it was through: enough paths, no time left, or somebody ended it."""
Reason = Literal["direction not given", "claims oppose each other", "denied", "against the arrow"]


class Step(msgspec.Struct, frozen=True):
    """One arrow of a path and every claim behind it, strongest first."""

    source: str
    target: str
    sign: NetSign
    certainty: Certainty
    basis: Basis
    statements: tuple[Statement, ...]
    denials: tuple[Statement, ...] = ()
    """Claims that what the step says was tested and not found."""
    against: bool = False
    """Whether it is walked against its arrows, from effect to cause."""
    factors: tuple[Factor, ...] = ()

    @property
    def reason(self) -> Reason | None:
        """Return why the step has no sign, None when it has one."""
        if self.sign != "unknown":
            return None
        if self.against:
            return "against the arrow"
        reasons: tuple[Reason, ...] = ("direction not given", "denied", "claims oppose each other")
        return reasons[len(signs_of(self.statements))]

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the documents behind the step, each once."""
        return tuple(dict.fromkeys(name for claim in self.statements for name in claim.documents))


class Path(Shown, msgspec.Struct, frozen=True):
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
    def score(self) -> float:
        """Return the product of all factors of all steps, between 0 and 1."""
        return prod(factor.value for step in self.steps for factor in step.factors)

    @property
    def withheld_by(self) -> tuple[Step, ...]:
        """Return the steps without a sign: the reason why the path has none."""
        return tuple(step for step in self.steps if step.sign == "unknown")

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the documents behind the path, each once, in the order of its steps."""
        return tuple(dict.fromkeys(name for step in self.steps for name in step.documents))

    def __repr__(self) -> str:
        return f"<Path {' → '.join(self.nodes)}: {self.sign}, {counted(self.length, 'step')}, {self.basis}>"


class Paths(Rows[Path]):
    """Paths, best first. `stopped` tells why there are more than were looked for, None when there are not."""

    KIND = "path"
    stopped: Stopped | None = None

    def __new__(cls, paths: Iterable[Path], stopped: Stopped | None = None) -> Paths:
        """Make the tuple and remember whether it is whole."""
        made = super().__new__(cls, tuple(paths))
        made.stopped = stopped
        return made

    @property
    def line(self) -> str:
        """Return how many there are, between what, and whether these are all."""
        ends = {(path.nodes[0], path.nodes[-1]) for path in self}
        joined = "".join(f" from {source} to {target}" for source, target in ends) if len(ends) == 1 else ""
        return f"{counted(len(self), self.KIND)}{joined}{'; there may be more' if self.truncated else ''}"

    @property
    def truncated(self) -> bool:
        """Tell whether there may be more."""
        return self.stopped is not None


def make_path(steps: tuple[Step, ...]) -> Path:
    """Return the path of these steps."""
    bases = {step.basis for step in steps}
    return Path(
        nodes=(steps[0].source, *(step.target for step in steps)),
        steps=steps,
        sign=net_sign(steps),
        certainty=max((step.certainty for step in steps), key=CERTAINTIES.index),
        basis="mixed" if len(bases) > 1 else bases.pop(),
    )


def make_step(
    source: str,
    target: str,
    statements: tuple[Statement, ...],
    denials: tuple[Statement, ...] = (),
    *,
    against: bool = False,
) -> Step:
    """Return the step that parallel claims make, strongest first.

    Certainty and basis are those of the strongest claim that carries the sign, where there is one: a plain
    «modulates» of a document lends nothing to a hedged background «increases» beside it. A denial counts
    where it denies that sign.
    """
    signed = [statement for statement in statements if statement.sign in ("+", "-")]
    agreed = len(signs_of(statements)) == 1
    decisive = signed[0] if agreed else statements[0]
    denied = tuple(denial for denial in denials if denial.sign == decisive.sign)
    sign: NetSign = "unknown"
    if agreed and not denied and not against:
        sign = "+" if decisive.sign == "+" else "-"
    return Step(source, target, sign, decisive.certainty, decisive.basis, statements, denied, against)


def signs_of(statements: Iterable[Statement]) -> set[Sign]:
    """Return the signs that claims give, without those that give none."""
    return {statement.sign for statement in statements if statement.sign in ("+", "-")}


def conflicts_on(path: Path, conflicts: Iterable[Conflict]) -> tuple[Conflict, ...]:
    """Return the conflicts that a claim of the path is a side of, without what only looks like one."""
    said = {claim.id for step in path.steps for claim in (*step.statements, *step.denials)}
    return tuple(c for c in conflicts if c.verdict != "no conflict" and not said.isdisjoint(c.sides))


def net_sign(steps: tuple[Step, ...]) -> NetSign:
    """Return the product of the steps' signs, unknown when one of them is."""
    if any(step.sign == "unknown" for step in steps):
        return "unknown"
    return "-" if sum(step.sign == "-" for step in steps) % 2 else "+"
