"""`Effect`: does one entity raise another, lower it, both, or can nobody tell? With what decides it.

The answer is over all simple paths of bounded length: `+` when some has that sign and none the other, `both`
when some of each, `unknown` when none has one. What is claimed of the two entities themselves and what
follows from paths stand apart, and whether they agree is said; neither wins over the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from kg.model import Statement
from kg.paths.arrows import Arrows
from kg.paths.decisive import Decisive, decisive
from kg.paths.search import find_paths
from kg.paths.signs import Direction, PathSign, direction_of, signs_of_path
from kg.paths.steps import Path, Stopped
from kg.rich import Shown, counted

Agreement = Literal["agree", "disagree", "only direct", "only derived", "neither"]


class Effect(Shown, msgspec.Struct, frozen=True):
    """What one entity does to another. `derived` are the paths of two and more steps, best first."""

    source: str
    target: str
    max_length: int
    direct: Path | None
    """The asserted claims on the two themselves, as a path of one step."""
    denials: tuple[Statement, ...]
    """Claims that the one was tested and does not act on the other."""
    derived: tuple[Path, ...]
    decisive: Decisive
    stopped: Stopped | None = None
    """Why there may be more paths, None when there are not."""

    @property
    def answer(self) -> Direction:
        """Return `+`, `-`, `both` or `unknown`, over the direct claims and the derived paths."""
        return direction_of(map(signs_of_path, self.paths))

    @property
    def settled(self) -> bool:
        """Tell whether no further path can change the answer; `both` cannot be undone by more of them."""
        return self.stopped is None or self.answer == "both"

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return the direct claims and the derived paths."""
        return (self.direct, *self.derived) if self.direct else self.derived

    @property
    def direct_answer(self) -> Direction:
        """Return what the claims on the two themselves say."""
        return direction_of([signs_of_path(self.direct)] if self.direct else [])

    @property
    def derived_answer(self) -> Direction:
        """Return what follows from the paths of two and more steps."""
        return direction_of(map(signs_of_path, self.derived))

    @property
    def agreement(self) -> Agreement:
        """Return whether the direct claims and the derived paths give the same answer, where both give one.

        A denial with no signed claim beside it disagrees with paths of the sign that it denies.
        """
        direct, derived = self.direct_answer, self.derived_answer
        if direct == derived:
            return "neither" if direct == "unknown" else "agree"
        if derived == "unknown":
            return "only direct"
        if direct == "unknown":
            return "disagree" if self._denied(derived) else "only derived"
        return "disagree"

    def _denied(self, derived: Direction) -> bool:
        said = self.direct.steps[0].statements if self.direct else ()
        if any(claim.sign in ("+", "-") for claim in said):
            return False
        denied = {claim.sign for claim in self.denials}
        return "unsigned" in denied or bool(denied & ({"+", "-"} if derived == "both" else {derived}))

    def with_sign(self, sign: PathSign) -> tuple[Path, ...]:
        """Return the derived paths that can have a sign, best first; those of that net sign before others."""
        able = [path for path in self.derived if sign in signs_of_path(path)]
        return tuple(sorted(able, key=lambda path: path.sign != sign))

    def __repr__(self) -> str:
        told = f"{self.answer}, {counted(len(self.paths), 'path')}, {self.agreement}"
        return f"<Effect of {self.source} on {self.target}: {told}>"


def effect(
    arrows: Arrows, source: str, target: str, *, max_length: int, at_most: int, timeout: float | None
) -> Effect:
    """Return the effect of one entity id on another along at most `max_length` steps.

    The search ends after `at_most` paths or `timeout` seconds; `stopped` then tells. Raises ValueError when
    a limit is below one.
    """
    found = find_paths(arrows, source, target, max_length=max_length, at_most=at_most, timeout=timeout)
    return Effect(
        source=source,
        target=target,
        max_length=max_length,
        direct=_direct(found),
        denials=arrows.denials(source, target),
        derived=tuple(path for path in found if path.length > 1),
        decisive=decisive(arrows, found, whole=not found.truncated),
        stopped=found.stopped,
    )


def _direct(found: Sequence[Path]) -> Path | None:
    return next((path for path in found if path.length == 1), None)
