"""Frozen types of the knowledge base, a file a room: places, claims, the bench, diagrams.

Plain values: they are checked while reading (`kg.loading`), never here, so that they stay cheap to import,
compare, hash and store. Every text comes from a curator's file and is untrusted wherever it is shown.
"""

from __future__ import annotations

from kg.model.bench import Material, MaterialRole, Part, Protocol, Setting, Stage, Status, Step
from kg.model.claims import (
    CERTAINTIES,
    Basis,
    Certainty,
    Conflict,
    ConflictKind,
    Entity,
    ErrorKind,
    Measurement,
    Polarity,
    Qualifiers,
    Quantity,
    Relation,
    Sign,
    Statement,
    Verdict,
)
from kg.model.diagrams import Mechanism, Placement, Stop, Workflow
from kg.model.places import (
    Document,
    Evidence,
    Frozen,
    Locator,
    Passage,
    PassageKind,
    Reference,
    Silence,
    Source,
    SourceKind,
    Span,
    Text,
)
from kg.model.rows import Conflicts, Entities, Statements


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


__all__ = [
    "CERTAINTIES",
    "Basis",
    "Certainty",
    "Conflict",
    "ConflictKind",
    "Conflicts",
    "Document",
    "Entities",
    "Entity",
    "ErrorKind",
    "Evidence",
    "Frozen",
    "KnowledgeBase",
    "Locator",
    "Material",
    "MaterialRole",
    "Measurement",
    "Mechanism",
    "Part",
    "Passage",
    "PassageKind",
    "Placement",
    "Polarity",
    "Protocol",
    "Qualifiers",
    "Quantity",
    "Reference",
    "Relation",
    "Setting",
    "Sign",
    "Silence",
    "Source",
    "SourceKind",
    "Span",
    "Stage",
    "Statement",
    "Statements",
    "Status",
    "Step",
    "Stop",
    "Text",
    "Verdict",
    "Workflow",
]
