"""Frozen types of the knowledge base: documents, entities, statements, measurements, protocols, diagrams.

Plain values: they are checked while reading (`kg.loading`), never here, so that they stay cheap to import,
compare, hash and store. Every text comes from a curator's file and is untrusted wherever it is shown.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Sign = Literal["+", "-", "0", "unsigned"]
"""Effect of subject on object: raises, lowers, structural (no effect is meant), or direction not given."""
Polarity = Literal["asserted", "negated", "no data"]
Certainty = Literal["asserted", "hedged", "extrapolated"]
CERTAINTIES: tuple[Certainty, ...] = ("asserted", "extrapolated", "hedged")
"""Surest first."""
Basis = Literal["document", "background"]
Relation = Literal["=", ">", "<", ">=", "<=", "~", "range", "qualitative"]
SourceKind = Literal[
    "primary paper",
    "review",
    "textbook",
    "method protocol",
    "database",
    "encyclopaedia",
    "vendor",
    "forum",
    "self",
    "unknown",
]
ConflictKind = Literal["sign", "value", "comparison", "species", "identity", "reason", "citation"]
Verdict = Literal["open", "context", "error", "compatible", "no conflict"]
"""`no conflict` is for what looks like one and is none: other parameters, other units, a value at a bound."""
PassageKind = Literal["text", "caption", "heading", "table head", "link"]
"""Only `text` and `caption` can say something; the others name or frame it."""
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


class Frozen(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value that never changes after it is made."""


class Source(Frozen, frozen=True):
    """The line of YAML that said it."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Locator(Frozen, frozen=True):
    """A place inside a document. Printed as its given parts in reading order."""

    section: str | None = None
    paragraph: int | None = None
    item: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    figure: str | None = None
    page: str | None = None

    def __str__(self) -> str:
        parts = (
            self.section and self.section != self.table and f"section “{self.section}”",
            self.paragraph and f"paragraph {self.paragraph}",
            self.item and f"item {self.item}",
            self.table and f"table “{self.table}”",
            self.row and f"row “{self.row}”",
            self.column and f"column “{self.column}”",
            self.figure and f"figure {self.figure}",
            self.page and f"page {self.page}",
        )
        return ", ".join(part for part in parts if part)


class Span(Frozen, frozen=True):
    """A stretch of a document's normalised text, from `start` up to, not including, `end`; its SHA-256."""

    start: int
    end: int
    sha256: str

    def __str__(self) -> str:
        return f"characters {self.start} to {self.end}"


class Passage(Frozen, frozen=True):
    """A paragraph, list item, table row, caption or heading of a document. Its words are not kept."""

    locator: Locator
    span: Span
    kind: PassageKind = "text"


class Text(Frozen, frozen=True):
    """Index of a document's plain text: all its passages, in reading order."""

    document: str
    sha256: str
    """Of the file's bytes."""
    characters: int
    """Length of the normalised text."""
    passages: tuple[Passage, ...]
    source: Source


class Silence(Frozen, frozen=True):
    """A part of a document that asserts nothing to be curated, and why."""

    locator: Locator
    reason: str


class Reference(Frozen, frozen=True):
    """An entry of a document's own reference list. Its title asserts nothing."""

    number: int
    title: str
    kind: SourceKind = "unknown"
    authors: str | None = None
    """As the document's text names them, like `date`; a reference list seldom does."""
    date: str | None = None
    doi: str | None = None
    pmid: str | None = None


class Document(Frozen, frozen=True):
    """A source: one of the curated guides, or a paper or textbook that a background step rests on."""

    id: str
    title: str
    kind: SourceKind
    source: Source
    publisher: str | None = None
    authors: str | None = None
    date: str | None = None
    label: str | None = None
    """Compound printed on the label, which need not be what the text is about."""
    about: tuple[str, ...] = ()
    doi: str | None = None
    pmid: str | None = None
    references: tuple[Reference, ...] = ()
    silent: tuple[Silence, ...] = ()
    note: str | None = None


class Evidence(Frozen, frozen=True):
    """Where a document says it, and whom the document cites there (numbers of its reference list)."""

    document: str
    locator: Locator
    source: Source
    references: tuple[int, ...] = ()
    misfits: tuple[int, ...] = ()
    """Those of the references that do not support what they are cited for."""
    citation: str | None = None
    """The curator's remark on how the references fit."""
    note: str | None = None
    spans: tuple[Span, ...] = ()
    """Where its passage stands in the document's text; empty when that text has no index."""


class Entity(Frozen, frozen=True):
    """A thing with an id, a category, names and cross-references."""

    id: str
    name: str
    category: str
    source: Source
    symbol: str | None = None
    synonyms: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    definition: str | None = None


class Qualifiers(Frozen, frozen=True):
    """The circumstances under which a claim or a number holds. Dose and duration are as printed."""

    species: str | None = None
    preparation: str | None = None
    phase: Literal["acute", "chronic"] | None = None
    duration: str | None = None
    dose: str | None = None
    route: str | None = None
    directness: Literal["direct", "indirect"] | None = None
    strength: str | None = None
    stimulus: str | None = None
    """Entity in whose presence the effect was seen (NMDA in «NMDA-induced»)."""
    compartment: str | None = None
    date: str | None = None
    """When it was found or done, as printed: «before 2004»."""
    by: str | None = None
    """Who found or did it, as printed."""
    form: str | None = None
    """Name of the salt or other form that was measured, where it was merged into its base drug."""

    def items(self) -> tuple[tuple[str, str], ...]:
        """Return the qualifiers that were given, in a fixed order."""
        pairs = ((name, getattr(self, name)) for name in self.__struct_fields__)
        return tuple((name, value) for name, value in pairs if value is not None)


class Statement(Frozen, frozen=True):
    """One curated claim. `sign` is the predicate's, or the curator's where the predicate leaves it open."""

    id: str
    subject: str
    predicate: str
    object: str
    sign: Sign
    source: Source
    than: str | None = None
    """Third member of a comparison: «higher affinity for object *than*»."""
    polarity: Polarity = "asserted"
    certainty: Certainty = "asserted"
    basis: Basis = "document"
    qualifiers: Qualifiers = Qualifiers()
    evidence: tuple[Evidence, ...] = ()
    normalised: str | None = None
    """What print damage was repaired, and how."""
    note: str | None = None

    @property
    def ends(self) -> tuple[str, ...]:
        """Return the entities that the claim is about: subject, object, and what it compares with."""
        return (self.subject, self.object) if self.than is None else (self.subject, self.object, self.than)

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the documents that make this claim, each once, in the order first cited."""
        return tuple(dict.fromkeys(item.document for item in self.evidence))


class Quantity(Frozen, frozen=True):
    """A number as printed: its relation, its digits (decimals keep them) and its error, never a midpoint.

    `value` is the printed number, which is a bound when `relation` is one; `low` and `high` are the ends of
    a printed range. A printed «~1-10» has relation «~» with both ends.
    """

    text: str
    relation: Relation
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    error: Decimal | None = None


class Measurement(Frozen, frozen=True):
    """A number (or a qualitative finding) that a document prints for a drug at a target."""

    id: str
    drug: str
    target: str
    parameter: str
    quantity: Quantity
    source: Source
    unit: str | None = None
    form: str | None = None
    """Salt or other form that the document names, when it is not the drug itself."""
    endpoint: str | None = None
    ligand: str | None = None
    qualifiers: Qualifiers = Qualifiers()
    evidence: tuple[Evidence, ...] = ()
    normalised: str | None = None
    """What print damage was repaired, and how."""
    same_as: str | None = None
    """Another document's print of this same value, whose species, unit or ligand may be printed otherwise."""
    note: str | None = None

    @property
    def printed(self) -> str:
        """Return the value as printed, with its unit."""
        return f"{self.quantity.text} {self.unit or ''}".strip()

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the documents that print this value, each once."""
        return tuple(dict.fromkeys(item.document for item in self.evidence))


class Placement(Frozen, frozen=True):
    """A compartment of a diagram and the entities that stand in it, in drawing order."""

    compartment: str
    entities: tuple[str, ...]
    within: str | None = None


class Mechanism(Frozen, frozen=True):
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


class Workflow(Frozen, frozen=True):
    """A diagram of work in order: the steps of a protocol, or steps of its own."""

    id: str
    title: str
    source: Source
    document: str | None = None
    locator: Locator = Locator()
    description: str | None = None
    protocol: str | None = None
    steps: tuple[Stop, ...] = ()


class Conflict(Frozen, frozen=True):
    """Two or more claims or values that cannot all hold as they stand, and what a curator makes of it.

    `sides` are ids of statements and measurements; of documents, references (`B157457.ref.3`) and entities
    too, where what is disputed is what is cited or what is meant. `fold` is the ratio of the nearest bounds
    where the sides are numbers. `source` is absent when the conflict was found by comparison and nobody
    curated it.
    """

    id: str
    kind: ConflictKind
    topic: str
    sides: tuple[str, ...]
    verdict: Verdict = "open"
    fold: Decimal | None = None
    difference: str | None = None
    reason: str | None = None
    source: Source | None = None


class KnowledgeBase(Frozen, frozen=True):
    """Everything read from the YAML files, in file order."""

    documents: tuple[Document, ...] = ()
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    texts: tuple[Text, ...] = ()
    protocols: tuple[Protocol, ...] = ()
    workflows: tuple[Workflow, ...] = ()
