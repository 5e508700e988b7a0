"""YAML files → typed rows, each with its place, and the problems met on the way.

A bad row is reported and left out; the good ones go on. Nothing is looked up in other files here: whether
the names in a row exist is for `kg.rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar, get_args

import msgspec
from pydantic import BaseModel, ValidationError

from kg import records as r
from kg.catalogue import RULE, problem
from kg.model import (
    Conflict,
    Document,
    Entity,
    Evidence,
    Locator,
    Measurement,
    Mechanism,
    Placement,
    Qualifiers,
    Quantity,
    Reference,
    Source,
    Statement,
)
from kg.names import meant
from kg.problems import Problem
from kg.quantity import parse_quantity
from kg.resources import DataFile
from kg.vocabulary import Vocabulary
from kg.yamltext import ListNode, MapNode, Node, Scalar, Step, find, locate, parse, plain, read, without

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
        adders: tuple[tuple[str, Callable[..., list[Problem] | None]], ...] = (
            ("documents", self.add_document),
            ("entities", self.add_entity),
            ("passages", self.add_passage),
            ("statements", self.add_statement),
            ("measurements", self.add_measurement),
            ("mechanisms", self.add_mechanism),
            ("conflicts", self.add_conflict),
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

    def problem(self, code: str, node: Node, path: tuple[Step, ...], message: str) -> Problem:
        return problem(code, self.name, *locate(node, path), message)

    def keep(self, rows: list[Row[T]], value: T, node: Node) -> None:
        rows.append(Row(value, node, self.name))

    def add_document(self, record: r.DocumentRecord, node: Node) -> None:
        references = tuple(Reference(**item.model_dump()) for item in record.references)
        fields = record.model_dump(exclude={"references"})
        self.keep(
            self.draft.documents, Document(**fields, references=references, source=self.source(node)), node
        )

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
            problems.append(self.problem("KG206", node, ("value",), unread))
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

    def evidence(
        self, record: r.EvidenceFields, passage: r.PassageRecord | None, node: Node
    ) -> tuple[Evidence, ...]:
        own = (self.own_evidence(item, find(node, ("evidence", i))) for i, item in enumerate(record.evidence))
        if passage is None and (record.refs or record.at != r.LocatorRecord()):
            passage = r.PassageRecord(at=r.LocatorRecord())
        first = (self.passage_evidence(record, passage, node),) if passage else ()
        return (*first, *own)

    def passage_evidence(
        self, record: r.EvidenceFields | r.RepeatRecord, passage: r.PassageRecord, node: Node
    ) -> Evidence:
        place = passage.at.model_dump(exclude_none=True) | record.at.model_dump(exclude_none=True)
        refs = record.refs if record.refs is not None else passage.refs
        return Evidence(self.document, Locator(**place), self.source(node), refs, record.citation)

    def own_evidence(self, record: r.EvidenceRecord, node: Node | None) -> Evidence:
        assert node is not None
        document = record.document or self.document
        return Evidence(document, _locator(record.at), self.source(node), record.refs or (), record.note)


def _own_document(node: Node) -> str:
    found = find(node, ("document", "id"))
    return found.text if isinstance(found, Scalar) else ""


def _locator(record: r.LocatorRecord) -> Locator:
    return Locator(**record.model_dump())


def _qualifiers(record: r.QualifierFields, passage: r.PassageRecord | None) -> Qualifiers:
    fields = set(r.QualifierFields.model_fields)
    inherited = passage.model_dump(include=fields, exclude_none=True) if passage else {}
    return Qualifiers(**inherited | record.model_dump(include=fields, exclude_none=True))


def _measured(record: r.MeasurementRecord, passage: r.PassageRecord | None) -> dict[str, str]:
    fields = set(r.MeasuredFields.model_fields)
    inherited = passage.measured.model_dump(exclude_none=True) if passage else {}
    return inherited | record.model_dump(include=fields, exclude_none=True)


def validate(node: Node, name: str, cut: set[str]) -> tuple[r.FileRecord, Node, list[Problem]]:
    """Return a file's record, the part of the tree it was made from, and the problems of the rest.

    Rows with problems are cut out of the tree and the rest is read again, until what is left is sound. The
    ids of the rows cut are added to `cut`.
    """
    problems: list[Problem] = []
    while True:
        try:
            return r.FileRecord.model_validate(plain(node)), node, problems
        except ValidationError as invalid:
            faults = invalid.errors(include_url=False)
        problems += [_shape_problem(fault, node, name) for fault in faults]
        if not isinstance(node, MapNode) or any(not fault["loc"] for fault in faults):
            return r.FileRecord(), MapNode((), 1, 1), problems
        paths = {_row_path(node, fault["loc"]) for fault in faults}
        cut |= {id_ for path in paths for id_ in _declared(find(node, path))}
        node = without(node, paths)


def _declared(node: Node | None) -> Iterator[str]:
    """Yield the ids that a row, and the rows in it, would have had."""
    if isinstance(node, ListNode):
        for item in node.items:
            yield from _declared(item)
    if isinstance(node, MapNode):
        fields = {key.text: value.text for key, value in node.entries if isinstance(value, Scalar)}
        claim = [fields[key] for key in ("subject", "predicate", "object", "than") if key in fields]
        yield fields.get("id") or ".".join(claim)
        for _, value in node.entries:
            yield from _declared(value)


def _row_path(node: Node, path: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the path of the innermost row (or, without one, of the top-level key) that holds a fault."""
    for length in range(len(path), 1, -1):
        if (
            isinstance(path[length - 1], int)
            and path[length - 2] in r.ROW_LISTS
            and find(node, path[:length])
        ):
            return path[:length]
    return path[:1]


def _shape_problem(fault: Any, node: Node, name: str) -> Problem:
    path, kind = tuple(fault["loc"]), fault["type"]
    field = _field_name(path)
    if kind == "extra_forbidden":
        line, column = locate(node, path, key=True)
        model = _record_at(path[:-1])
        message = f"`{field}` is not a field of {_record_name(model)}"
        hint = meant(field, model.model_fields) or f"the fields are {', '.join(model.model_fields)}"
        return problem("KG201", name, line, column, message, hint)
    line, column = locate(node, path)
    if kind == "missing":
        return problem("KG203", name, line, column, f"{_record_name(_record_at(path[:-1]))} needs `{field}`")
    if kind == "string_too_short":
        return problem("KG203", name, line, column, f"`{field}` is empty", "fill it or delete it")
    if kind == "string_pattern_mismatch":
        return problem("KG204", name, line, column, f"`{fault['input'][:80]}` cannot be an id")
    return _type_problem(fault, field, (name, line, column))


def _field_name(path: tuple[Step, ...]) -> str:
    """Return the field a path ends at; the item of a list is named with its list."""
    if len(path) > 1 and isinstance(path[-1], int):
        return f"{path[-2]}[{path[-1]}]"
    return str(path[-1]) if path else "the file"


def _type_problem(fault: Any, field: str, place: tuple[str, int, int]) -> Problem:
    given = fault["input"] if isinstance(fault["input"], str) else _shape_name(fault["input"])
    wanted = {"tuple_type": "a list", "int_parsing": "a whole number", "string_type": "text"}
    message = f"`{field}` is {given[:80]!r}"
    if fault["type"] == "literal_error":
        hint = meant(given, r.CHOICES.get(field, ())) or f"one of {fault['ctx']['expected']} is wanted"
        return problem("KG202", *place, message, hint)
    want = wanted.get(fault["type"]) or fault["msg"].replace("Input should be ", "")
    want = "a block of fields" if fault["type"].startswith("model") else want
    return problem("KG202", *place, message, f"{want} is wanted; {RULE['KG202'].fix}")


def _shape_name(value: object) -> str:
    return "a block of fields" if isinstance(value, dict) else "a list" if isinstance(value, list) else "text"


def _record_at(path: tuple[Step, ...]) -> type[BaseModel]:
    model: type[BaseModel] = r.FileRecord
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            model = next(_models_in(model.model_fields[step].annotation), model)
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _record_name(model: type[BaseModel]) -> str:
    name = model.__name__.removesuffix("Record").lower()
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
