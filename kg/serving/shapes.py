"""The JSON of the API as types, which its OpenAPI document tells; the rows come from `kg.formats.rows`."""

from __future__ import annotations

from typing import Generic, TypedDict, TypeVar

import msgspec

Number = int | float | None
Row = TypeVar("Row")


class PassageRow(TypedDict):
    """A stretch of a document's text, and the digest of its words."""

    start: int
    end: int
    sha256: str


class EvidenceRow(TypedDict):
    """One place where something is said."""

    document: str
    locator: str
    references: list[int]
    passages: list[PassageRow]
    misfits: list[int]
    citation: str | None
    note: str | None
    source: str


class EntityRow(TypedDict):
    """A thing with an id, a category and names; `source` is the line of YAML."""

    id: str
    name: str
    category: str
    symbol: str | None
    synonyms: list[str]
    xrefs: list[str]
    definition: str | None
    source: str


class StatementRow(TypedDict):
    """A claim with every place that makes it."""

    id: str
    subject: str
    predicate: str
    object: str
    than: str | None
    sign: str
    polarity: str
    certainty: str
    basis: str
    qualifiers: dict[str, str]
    document: str | None
    locator: str | None
    evidence: list[EvidenceRow]
    normalised: str | None
    note: str | None
    source: str


class MeasurementRow(TypedDict):
    """A measured value as printed; `value` is a bound where `relation` is one."""

    id: str
    drug: str
    form: str | None
    target: str
    parameter: str
    endpoint: str | None
    relation: str
    value: Number
    low: Number
    high: Number
    error: Number
    error_kind: str | None
    unit: str | None
    as_written: str
    species: str | None
    preparation: str | None
    ligand: str | None
    qualifiers: dict[str, str]
    document: str | None
    locator: str | None
    evidence: list[EvidenceRow]
    same_value: list[str]
    normalised: str | None
    note: str | None
    source: str


class EntityPage(EntityRow):
    """An entity with all that is said of it, measured on it, and the protocols that use it."""

    statements: list[StatementRow]
    measurements: list[MeasurementRow]
    protocols: dict[str, str]


StepRow = TypedDict(
    "StepRow",
    {
        "from": str,
        "to": str,
        "sign": str,
        "certainty": str,
        "basis": str,
        "reason": str | None,
        "against": bool,
        "statements": list[StatementRow],
        "denials": list[StatementRow],
    },
)


class PathRow(TypedDict):
    """A mechanism path: its steps, its net sign and how it reads."""

    nodes: list[str]
    steps: list[StepRow]
    sign: str
    length: int
    certainty: str
    basis: str
    score: float
    documents: list[str]
    conflicts: list[str]
    reading: str


class ConflictRow(TypedDict):
    """What cannot hold together as it stands, with the curator's verdict."""

    id: str
    kind: str
    topic: str
    sides: list[str]
    fold: Number
    difference: str | None
    verdict: str | None
    reason: str | None
    source: str | None


class Rows(msgspec.Struct, Generic[Row], frozen=True):
    """A stretch of what was found; `total` counts all of it."""

    total: int
    items: list[Row]


class FoundPaths(msgspec.Struct, frozen=True):
    """Paths, best first; `stopped` tells by «count» that there are more than `total`."""

    total: int
    stopped: str | None
    items: list[PathRow]


class NameRow(TypedDict):
    """A name as a query writes it, and what it stands for."""

    name: str
    label: str


class Names(msgspec.Struct, frozen=True):
    """Names that go on from what was typed."""

    items: list[NameRow]


class Fault(msgspec.Struct, frozen=True):
    """Why a request is not answered (RFC 9457); `candidates` are the nearest names."""

    type: str
    title: str
    status: int
    detail: str
    candidates: tuple[str, ...] = ()
