"""Curated pictures: mechanisms in their compartments, and workflows step by step."""

from __future__ import annotations

from kg.model.claims import Basis, Certainty
from kg.model.places import Evidence, Frozen, Locator, Source
from kg.rich import Shown, counted


class Placement(Frozen, frozen=True):
    """A compartment of a diagram and the entities that stand in it, in drawing order."""

    compartment: str
    entities: tuple[str, ...]
    within: str | None = None


class Mechanism(Shown, Frozen, frozen=True):
    """A curated diagram: which statements, in which compartments, in which order."""

    id: str
    title: str
    source: Source
    compartments: tuple[Placement, ...]
    statements: tuple[str, ...]
    document: str | None = None
    locator: Locator = Locator()
    description: str | None = None
    main_chain: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Mechanism {self.id}: {self.title}, {counted(len(self.statements), 'statement')}>"


class Stop(Frozen, frozen=True):
    """A step of a workflow that is no step of a protocol. Without `follows` it follows the one before."""

    id: str
    title: str
    source: Source
    lane: str | None = None
    short: str | None = None
    """A few words for its box, under the title."""
    detail: str | None = None
    certainty: Certainty = "asserted"
    basis: Basis = "document"
    follows: tuple[str, ...] | None = None
    evidence: tuple[Evidence, ...] = ()


class Workflow(Shown, Frozen, frozen=True):
    """A diagram of work in order: the steps of a protocol, or steps of its own."""

    id: str
    title: str
    source: Source
    document: str | None = None
    locator: Locator = Locator()
    description: str | None = None
    protocol: str | None = None
    steps: tuple[Stop, ...] = ()

    def __repr__(self) -> str:
        return f"<Workflow {self.id}: {self.title}>"
