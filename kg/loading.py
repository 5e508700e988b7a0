"""YAML files → typed rows, each with its place, and the problems met on the way.

A bad row is reported and left out; the good ones go on. Nothing is looked up in other files here: whether
the names in a row exist is for `kg.rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

import msgspec

from kg import records as r
from kg.bench_loading import read_protocol, read_workflow
from kg.bench_records import ProtocolRecord, WorkflowRecord
from kg.catalogue import problem
from kg.fields import LocatorRecord
from kg.model import (
    Conflict,
    Document,
    Entity,
    Evidence,
    Locator,
    Measurement,
    Mechanism,
    Passage,
    Placement,
    Protocol,
    Qualifiers,
    Quantity,
    Reference,
    Silence,
    Source,
    Span,
    Statement,
    Text,
    Workflow,
)
from kg.problems import Problem
from kg.quantity import meant, parse_quantity
from kg.resources import DataFile
from kg.validating import validate
from kg.vocabulary import Vocabulary
from kg.yamltext import Node, Scalar, Step, find, locate, parse, read

T = TypeVar("T")


class Row(msgspec.Struct, Generic[T], frozen=True):
    """A value, the YAML it was made from, and the file that is in."""

    value: T
    node: Node
    file: str

    def problem(self, code: str, path: tuple[Step, ...], message: str, hint: str | None = None) -> Problem:
        """Return a problem at the field of this row that `path` names."""
        line, column = locate(self.node, path)
        return problem(code, self.file, line, column, message, hint)


class Repeat(msgspec.Struct, frozen=True):
    """Further evidence for a claim made elsewhere."""

    claim: str
    evidence: Evidence


class Draft(msgspec.Struct):
    """All rows of all files, unchecked, in file order."""

    documents: list[Row[Document]] = []
    entities: list[Row[Entity]] = []
    statements: list[Row[Statement]] = []
    repeats: list[Row[Repeat]] = []
    measurements: list[Row[Measurement]] = []
    mechanisms: list[Row[Mechanism]] = []
    conflicts: list[Row[Conflict]] = []
    texts: list[Row[Text]] = []
    protocols: list[Row[Protocol]] = []
    workflows: list[Row[Workflow]] = []
    cut: set[str] = set()
    """Ids of rows that were left out for their shape; what names them is not to blame."""


def load(files: Iterable[DataFile], vocabulary: Vocabulary) -> tuple[Draft, list[Problem], dict[str, str]]:
    """Read all files; return their rows, the problems, and the text of each file that could be read."""
    draft, problems, texts = Draft(), [], {}
    for file in files:
        text, found = read(file.path, file.name)
        problems += found
        if text is None:
            continue
        texts[file.name] = text
        node, found = parse(text, file.name)
        problems += found
        if node is not None:
            problems += _Reader(file.name, vocabulary, draft).file(node)
    return draft, problems, texts


class _Reader:
    """Adds one file's rows to the draft."""

    def __init__(self, name: str, vocabulary: Vocabulary, draft: Draft) -> None:
        self.name = name
        self.vocabulary = vocabulary
        self.draft = draft
        self.document = ""

    def file(self, node: Node) -> list[Problem]:
        self.document = _own_document(node)
        record, node, problems = validate(node, self.name, self.draft.cut)
        if record.document is not None:
            self.add_document(record.document, self.row_node(node, "document"))
        if record.text is not None:
            self.add_text(record.text, self.row_node(node, "text"))
        adders: tuple[tuple[str, Callable[..., list[Problem] | None]], ...] = (
            ("documents", self.add_document),
            ("entities", self.add_entity),
            ("passages", self.add_passage),
            ("statements", self.add_statement),
            ("measurements", self.add_measurement),
            ("mechanisms", self.add_mechanism),
            ("conflicts", self.add_conflict),
            ("protocols", self.add_protocol),
            ("workflows", self.add_workflow),
        )
        for kind, add in adders:
            for index, item in enumerate(getattr(record, kind)):
                problems += add(item, self.row_node(node, kind, index)) or []
        return problems

    def row_node(self, node: Node, *path: Step) -> Node:
        found = find(node, path)
        assert found is not None
        return found

    def source(self, node: Node) -> Source:
        return Source(self.name, node.line, node.column)

    def problem(
        self, code: str, node: Node, path: tuple[Step, ...], message: str, hint: str | None = None
    ) -> Problem:
        return problem(code, self.name, *locate(node, path), message, hint)

    def keep(self, rows: list[Row[T]], value: T, node: Node) -> None:
        rows.append(Row(value, node, self.name))

    def add_document(self, record: r.DocumentRecord, node: Node) -> None:
        references = tuple(Reference(**item.model_dump()) for item in record.references)
        silent = tuple(Silence(_locator(item.at), item.reason) for item in record.silent)
        fields = record.model_dump(exclude={"references", "silent"})
        document = Document(**fields, references=references, silent=silent, source=self.source(node))
        self.keep(self.draft.documents, document, node)

    def add_text(self, record: r.TextRecord, node: Node) -> None:
        passages = tuple(
            Passage(_locator(item.at), Span(*item.span, item.sha256), item.kind) for item in record.passages
        )
        fields = record.model_dump(exclude={"passages"})
        self.keep(self.draft.texts, Text(**fields, passages=passages, source=self.source(node)), node)

    def add_entity(self, record: r.EntityRecord, node: Node) -> None:
        xrefs = tuple(self.vocabulary.prefixes.canonical(xref) for xref in record.xrefs)
        fields = record.model_dump(exclude={"xrefs"})
        self.keep(self.draft.entities, Entity(**fields, xrefs=xrefs, source=self.source(node)), node)

    def add_passage(self, passage: r.PassageRecord, node: Node) -> list[Problem]:
        problems: list[Problem] = []
        for index, statement in enumerate(passage.statements):
            self.add_statement(statement, self.row_node(node, "statements", index), passage)
        for index, repeat in enumerate(passage.repeats):
            self.add_repeat(repeat, self.row_node(node, "repeats", index), passage)
        for index, measurement in enumerate(passage.measurements):
            problems += self.add_measurement(measurement, self.row_node(node, "measurements", index), passage)
        return problems

    def add_repeat(self, record: r.RepeatRecord, node: Node, passage: r.PassageRecord) -> None:
        evidence = self.passage_evidence(record, passage, node)
        self.keep(self.draft.repeats, Repeat(record.claim, evidence), node)

    def add_statement(
        self, record: r.StatementRecord, node: Node, passage: r.PassageRecord | None = None
    ) -> None:
        parts = (record.subject, record.predicate, record.object, record.than)
        predicate = self.vocabulary.predicates.get(record.predicate)
        statement = Statement(
            id=record.id or ".".join(part for part in parts if part),
            subject=record.subject,
            predicate=record.predicate,
            object=record.object,
            than=record.than,
            sign=record.sign or (predicate.sign if predicate else "unsigned"),
            polarity=record.polarity,
            certainty=record.certainty,
            basis=record.basis,
            qualifiers=_qualifiers(record, passage),
            evidence=self.evidence(record, passage, node),
            normalised=record.normalised,
            note=record.note,
            source=self.source(node),
        )
        self.keep(self.draft.statements, statement, node)

    def add_measurement(
        self, record: r.MeasurementRecord, node: Node, passage: r.PassageRecord | None = None
    ) -> list[Problem]:
        quantity, measured = parse_quantity(record.value), _measured(record, passage)
        missing = [name for name in ("drug", "target", "parameter") if name not in measured]
        problems = [self.problem("KG203", node, (), f"a measurement needs `{name}`") for name in missing]
        if quantity is None:
            unread = f"`{record.value}` is not a number as printed"
            probably = meant(record.value)
            hint = f"was it `{probably}`? commas stand at the thousands only" if probably else None
            problems.append(self.problem("KG206", node, ("value",), unread, hint))
        elif not missing:
            value = self.measurement(record, measured, quantity, passage, node)
            self.keep(self.draft.measurements, value, node)
        return problems

    def measurement(
        self,
        record: r.MeasurementRecord,
        measured: dict[str, str],
        quantity: Quantity,
        passage: r.PassageRecord | None,
        node: Node,
    ) -> Measurement:
        evidence = self.evidence(record, passage, node)
        document = evidence[0].document if evidence else self.document
        derived = "{drug}.{target}.{parameter}".format(**measured).lower()
        unit = self.vocabulary.unit(measured.get("unit", ""))
        return Measurement(
            id=record.id or f"{document}.{derived}",
            drug=measured["drug"],
            form=measured.get("form"),
            target=measured["target"],
            parameter=measured["parameter"],
            quantity=quantity,
            unit=unit.notation if unit else measured.get("unit"),
            endpoint=measured.get("endpoint"),
            ligand=measured.get("ligand"),
            qualifiers=_qualifiers(record, passage),
            evidence=evidence,
            normalised=record.normalised,
            same_as=record.same_as,
            note=record.note,
            source=self.source(node),
        )

    def add_mechanism(self, record: r.MechanismRecord, node: Node) -> None:
        placements = tuple(Placement(**item.model_dump()) for item in record.compartments)
        fields = record.model_dump(exclude={"compartments", "at"})
        fields["document"] = record.document or self.document or None
        mechanism = Mechanism(
            **fields, compartments=placements, locator=_locator(record.at), source=self.source(node)
        )
        self.keep(self.draft.mechanisms, mechanism, node)

    def add_conflict(self, record: r.ConflictRecord, node: Node) -> None:
        self.keep(self.draft.conflicts, Conflict(**record.model_dump(), source=self.source(node)), node)

    def add_protocol(self, record: ProtocolRecord, node: Node) -> list[Problem]:
        protocol, problems = read_protocol(record, node, self.name, self.document, self.vocabulary)
        self.keep(self.draft.protocols, protocol, node)
        return problems

    def add_workflow(self, record: WorkflowRecord, node: Node) -> None:
        self.keep(self.draft.workflows, read_workflow(record, node, self.name, self.document), node)

    def evidence(
        self, record: r.EvidenceFields, passage: r.PassageRecord | None, node: Node
    ) -> tuple[Evidence, ...]:
        own = (self.own_evidence(item, find(node, ("evidence", i))) for i, item in enumerate(record.evidence))
        if passage is None and (record.refs or record.at != LocatorRecord()):
            passage = r.PassageRecord(at=LocatorRecord())
        first = (self.passage_evidence(record, passage, node),) if passage else ()
        return (*first, *own)

    def passage_evidence(
        self, record: r.EvidenceFields | r.RepeatRecord, passage: r.PassageRecord, node: Node
    ) -> Evidence:
        place = passage.at.model_dump(exclude_none=True) | record.at.model_dump(exclude_none=True)
        inherited = passage if record.refs is None else None
        misfits = inherited.misfits if inherited and record.misfits is None else record.misfits
        return Evidence(
            document=self.document,
            locator=Locator(**place),
            source=self.source(node),
            references=inherited.refs if inherited else record.refs or (),
            misfits=misfits or (),
            citation=record.citation or (inherited.citation if inherited else None),
            note=record.note if isinstance(record, r.RepeatRecord) else None,
        )

    def own_evidence(self, record: r.EvidenceRecord, node: Node | None) -> Evidence:
        assert node is not None
        document = record.document or self.document
        return Evidence(
            document=document,
            locator=_locator(record.at),
            source=self.source(node),
            references=record.refs or (),
            misfits=record.misfits,
            citation=record.citation,
            note=record.note,
        )


def _own_document(node: Node) -> str:
    found = find(node, ("document", "id"))
    return found.text if isinstance(found, Scalar) else ""


def _locator(record: LocatorRecord) -> Locator:
    return Locator(**record.model_dump())


def _qualifiers(record: r.QualifierFields, passage: r.PassageRecord | None) -> Qualifiers:
    fields = set(r.QualifierFields.model_fields)
    inherited = passage.model_dump(include=fields, exclude_none=True) if passage else {}
    return Qualifiers(**inherited | record.model_dump(include=fields, exclude_none=True))


def _measured(record: r.MeasurementRecord, passage: r.PassageRecord | None) -> dict[str, str]:
    fields = set(r.MeasuredFields.model_fields)
    inherited = passage.measured.model_dump(exclude_none=True) if passage else {}
    return inherited | record.model_dump(include=fields, exclude_none=True)
