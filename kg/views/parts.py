"""The parts of a scene: boxes, arcs, compartments and legend, as plain frozen values that are also JSON."""

from __future__ import annotations

from typing import Literal, Protocol

from kg.model import Basis, Certainty, Polarity, Sign
from kg.views.claims import EvidenceView, StatementView, View
from kg.views.geometry import Point
from kg.views.plan import PlaceKind


class CategoryLike(Protocol):
    """What a scene needs to know of an entity's category."""

    @property
    def label(self) -> str:
        """Name in the legend."""

    @property
    def glyph(self) -> str:
        """Key of `palette.BOXES`."""

    @property
    def ancestors(self) -> frozenset[str]:
        """The category itself and what it is a kind of."""


class PredicateLike(Protocol):
    """What a scene needs to know of a predicate."""

    @property
    def label(self) -> str:
        """Name beside an arc."""

    @property
    def arc(self) -> str:
        """Key of `palette.ARCS`."""

    @property
    def aspect(self) -> str:
        """What of the object it is about, as «activity», «abundance» or «expression»."""

    @property
    def causal(self) -> str:
        """«backward» when the object acts on the subject, «none» when neither acts on the other."""


Prediction = Literal[
    "",
    "predicted raised",
    "predicted lowered",
    "predicted both",
    "predicted unknown",
    "set raised",
    "set lowered",
]
"""What is set is done in the experiment, what is predicted follows."""


class Box(View, frozen=True):
    """An entity. `background` when only background steps speak of it."""

    id: str
    label: str
    lines: tuple[str, ...]
    sublabel: str
    category: str
    glyph: str
    x: float
    y: float
    width: float
    height: float
    compartment: str
    background: bool
    definition: str
    synonyms: tuple[str, ...]
    xrefs: tuple[str, ...]
    source: str
    sublines: tuple[str, ...] = ()
    """Small print under the name: the values of a step."""
    details: tuple[tuple[str, str], ...] = ()
    said: tuple[EvidenceView, ...] = ()
    """Where the step of a workflow is said."""
    prediction: Prediction = ""
    """How it would move in an imagined experiment; the picture then has no marks of claims."""
    marks_at: Point | None = None
    """Middle of the row of marks that say what drugs do to it."""


class Edge(View, frozen=True):
    """An arc: all claims with one direction, sign and head. Without points its place says it, not a line."""

    id: str
    source: str
    target: str
    label: str
    sign: Sign
    arc: str
    basis: Basis
    certainty: Certainty
    polarity: Polarity
    conflict: bool
    main: bool
    n_sources: int
    points: tuple[Point, ...]
    middle: Point | None
    label_at: Point | None
    mark_at: Point | None
    statements: tuple[StatementView, ...]
    count_at: Point | None = None
    """Where the number of documents that say it stands."""


class Region(View, frozen=True):
    """A compartment: a band across the picture, a membrane, or an organelle; by its left upper corner."""

    id: str
    label: str
    lines: tuple[str, ...]
    kind: PlaceKind
    within: str
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    label_at: Point = (0.0, 0.0)


class Legend(View, frozen=True):
    """A line of the legend: what is drawn so, in which group."""

    group: Literal["entity", "arrow", "reading", "mark"]
    key: str
    label: str
