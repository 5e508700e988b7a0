"""`WhatIf`: how everything within reach would move if some entities were inhibited, knocked out, or given.

A prediction from paths, never a claim. What is inhibited or knocked out starts its paths with «−», what is
activated or given with «+», and every step multiplies. What is knocked out is gone: no other path passes it.
What is perturbed is itself fixed by the experiment and has no row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from kg.graph import Graph
from kg.model import Mechanism
from kg.paths.arrows import Arrows
from kg.paths.picture import as_mechanism
from kg.paths.search import watched
from kg.paths.signs import Direction
from kg.paths.steps import Path, Stopped
from kg.rich import Rows, Shown, counted

if TYPE_CHECKING:
    from kg.paths.tally import Tally

_DESCRIPTION = (
    "Each box is marked with the direction in which it would move by the paths of the graph; the best of "
    "each direction are drawn. No document says that this happens."
)
ORDER: tuple[Direction, ...] = ("+", "-", "both", "unknown")


class Perturbed(msgspec.Struct, frozen=True):
    """What is done in an experiment, as entity ids."""

    inhibited: tuple[str, ...] = ()
    activated: tuple[str, ...] = ()
    knocked_out: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()

    @property
    def signs(self) -> dict[str, int]:
        """Return the sign with which the paths of each entity start."""
        lowered, raised = (*self.inhibited, *self.knocked_out), (*self.activated, *self.drugs)
        return dict.fromkeys(lowered, -1) | dict.fromkeys(raised, 1)


class Predicted(msgspec.Struct, frozen=True):
    """How an entity would move, with the best path of each kind and how many there are."""

    entity: str
    direction: Direction
    raised_by: Path | None
    """Starts at what is perturbed; its own sign is that of its steps, without that of the perturbation."""
    lowered_by: Path | None
    undirected: Path | None
    raising: int
    lowering: int
    unsigned: int

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return the paths that give the direction, or the best without one where none does."""
        giving = tuple(path for path in (self.raised_by, self.lowered_by) if path)
        return giving or ((self.undirected,) if self.undirected else ())

    @property
    def score(self) -> float:
        """Return the score of the best of these paths."""
        return max((path.score for path in self.paths), default=0.0)


class Predictions(Rows[Predicted]):
    """Predictions, in the order of the answer that they are taken from."""

    KIND = "prediction"


class WhatIf(Shown, msgspec.Struct, frozen=True):
    """The predictions, by direction, category and score. Where `stopped`, only `both` is settled."""

    perturbed: Perturbed
    max_length: int
    rows: tuple[Predicted, ...]
    stopped: Stopped | None = None

    def row(self, entity: str) -> Predicted:
        """Return the prediction for an entity id; raises KeyError where no path reaches it."""
        for row in self.rows:
            if row.entity == entity:
                return row
        raise KeyError(entity)

    def __repr__(self) -> str:
        given = ", ".join(f"{name} {'−' if sign < 0 else '+'}" for name, sign in self.perturbed.signs.items())
        return f"<WhatIf {given}: {counted(len(self.rows), 'prediction')} of {self.max_length} steps at most>"


def what_if(
    arrows: Arrows, perturbed: Perturbed, *, max_length: int, at_most: int, timeout: float | None
) -> WhatIf:
    """Return in which direction everything within `max_length` steps would move.

    The search ends after about `at_most` paths or `timeout` seconds, shorter paths first; `stopped` then
    tells. Raises ValueError when nothing is perturbed, something twice, or a limit is below one.
    """
    given = (*perturbed.inhibited, *perturbed.activated, *perturbed.knocked_out, *perturbed.drugs)
    if not given:
        raise ValueError("nothing is inhibited, activated, knocked out or given")
    if len(set(given)) < len(given):
        raise ValueError("an entity is perturbed twice")
    if max_length < 1 or at_most < 1:
        raise ValueError("max_length and at_most must be at least 1")
    from kg.paths.tally import Tally

    tally = Tally(arrows, at_most)
    stopped = watched(_search(arrows, perturbed, tally, min(max_length, len(arrows.steps))), timeout)
    rows = (row for row in tally.rows() if row.entity not in given)
    return WhatIf(perturbed, max_length, _ordered(arrows, rows), stopped or ("count" if tally.full else None))


def _search(arrows: Arrows, perturbed: Perturbed, tally: Tally, max_length: int) -> Iterator[None]:
    import numpy as np

    from kg.engine.simple import paths_from

    names = arrows.network.names
    for start, sign in perturbed.signs.items():
        allowed = np.ones(len(names), bool)
        for gone in perturbed.knocked_out:
            with suppress(KeyError):  # what no arrow touches is on no path
                allowed[names.number(gone)] = False
        try:
            number = names.number(start)
        except KeyError:
            continue
        for piece in paths_from(number, arrows.ways, max_length=max_length, allowed=allowed):
            tally.add(piece, sign)
            yield
            if tally.full:
                return


def _ordered(arrows: Arrows, rows: Iterable[Predicted]) -> tuple[Predicted, ...]:
    entities = arrows.graph.entities

    def place(row: Predicted) -> tuple[object, ...]:
        category = entities[row.entity].category if row.entity in entities else ""
        return (ORDER.index(row.direction), category, -row.score, row.entity)

    return tuple(sorted(rows, key=place))


def perturbed_words(graph: Graph, perturbed: Perturbed) -> str:
    """Return what is done as words: «serotonin transporter is inhibited, igmesine is given»."""
    done = {
        "inhibited": perturbed.inhibited,
        "activated": perturbed.activated,
        "knocked out": perturbed.knocked_out,
        "given": perturbed.drugs,
    }
    return ", ".join(f"{graph.label(name)} is {how}" for how, names in done.items() for name in names)


def predicted(graph: Graph, found: WhatIf, categories: Collection[str] = ()) -> Predictions:
    """Return the predictions for entities of some categories, or kinds of them; all without categories."""
    known = graph.entities
    return Predictions(
        row
        for row in found.rows
        if not categories
        or (row.entity in known and graph.vocabulary.is_a(known[row.entity].category, categories))
    )


def as_prediction(graph: Graph, found: WhatIf, rows: Sequence[Predicted]) -> Mechanism:
    """Return a mechanism to draw: the best paths of some predictions, titled as a prediction."""
    paths = [path for row in rows for path in row.paths]
    title = f"Prediction, not a claim: what if {perturbed_words(graph, found.perturbed)}?"
    drawn = as_mechanism(graph, paths, title, _DESCRIPTION)
    return msgspec.structs.replace(drawn, id="what-if", main_chain=())
