"""How experiments are done: protocols, their materials and steps."""

from __future__ import annotations

from typing import Literal

from kg.model.claims import Quantity
from kg.model.places import Evidence, Frozen, Locator, Source

Stage = Literal[
    "apparatus", "preparation", "storage", "administration", "setup", "pre-incubation", "initiation",
    "incubation", "test", "termination", "washing", "quantification", "scoring", "analysis",
]  # fmt: skip
"""What a step of a protocol is for, so that two protocols can be laid side by side."""
MaterialRole = Literal[
    "animals", "tissue", "cells", "membranes", "synaptosomes", "radioligand", "labelled substrate",
    "test compound", "reference compound", "non-specific binding", "vehicle", "preparation buffer",
    "assay buffer", "wash buffer", "plate", "filters", "filter treatment", "scintillation cocktail",
    "apparatus", "instrument",
]  # fmt: skip
Status = Literal["stated", "typical", "example"]
"""How firmly a protocol gives a value: as it is, as what is usual, or as one possibility («e.g.»)."""


class Setting(Frozen, frozen=True):
    """A value that a protocol sets: a temperature, a volume, a component of a buffer; digits as printed."""

    name: str
    quantity: Quantity
    unit: str | None = None
    of: str | None = None
    """What it is a volume or concentration of, as the role of a material where it is one."""
    status: Status = "stated"
    note: str | None = None

    @property
    def printed(self) -> str:
        """Return the value as printed, with its unit, and how firmly it is given."""
        mark = {"stated": "", "typical": "typically ", "example": "e.g. "}[self.status]
        return f"{mark}{self.quantity.text} {self.unit or ''}".strip()


class Material(Frozen, frozen=True):
    """What a protocol uses, by the part it plays. `entity` is absent where the graph has none for it."""

    role: MaterialRole
    name: str
    source: Source
    entity: str | None = None
    status: Status = "stated"
    examples: tuple[str, ...] = ()
    components: tuple[Setting, ...] = ()
    parameters: tuple[Setting, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    normalised: str | None = None
    """What print damage was repaired, and how."""
    note: str | None = None


class Part(Frozen, frozen=True):
    """A part of a step: one kind of wells, one alternative, one thing done within it."""

    id: str
    title: str
    source: Source
    text: str | None = None
    short: str | None = None
    """A few words for its box in a workflow, under the title."""
    parameters: tuple[Setting, ...] = ()
    formula: str | None = None
    evidence: tuple[Evidence, ...] = ()
    left_open: tuple[str, ...] = ()
    """What the document does not say and whoever repeats the work has to decide."""
    normalised: str | None = None


class Step(Part, frozen=True, kw_only=True):
    """A step of a protocol. With `same_as` it is done as that step (protocol.step) but for what it says."""

    stage: Stage
    parts: tuple[Part, ...] = ()
    side_by_side: bool = False
    """Whether the parts are done beside each other (kinds of wells, alternatives) and not in order."""
    same_as: str | None = None


class Protocol(Frozen, frozen=True):
    """How an experiment is done according to a document: materials, and steps in order."""

    id: str
    title: str
    source: Source
    document: str
    objective: str
    locator: Locator = Locator()
    references: tuple[int, ...] = ()
    scope: str | None = None
    """What the protocol stands for where that is not the study that the numbers come from."""
    assay: str | None = None
    drugs: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    species: tuple[str, ...] = ()
    determines: tuple[str, ...] = ()
    """Parameters (Ki, IC50, …) that the protocol ends with."""
    materials: tuple[Material, ...] = ()
    steps: tuple[Step, ...] = ()
    left_open: tuple[str, ...] = ()
