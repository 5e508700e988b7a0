"""Statements, measurements, paths, conflicts and entities as plain dictionaries: the JSON of every command.

Field names are kept from release to release.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from kg.dates import Years, parse_date
from kg.graph import Graph
from kg.model import Conflict, Entity, Evidence, Measurement, Span, Statement
from kg.paths import Path, Step, conflicts_on, read_path
from kg.problems import Problem

if TYPE_CHECKING:
    from kg.coverage import DocumentCoverage
    from kg.verification import Verified

Row = dict[str, Any]
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def to_json(value: object) -> str:
    """Return a value as indented JSON; decimals keep their digits."""
    return msgspec.json.format(_ENCODER.encode(value), indent=2).decode()


def to_line(value: object) -> str:
    """Return a value as JSON on one line."""
    return _ENCODER.encode(value).decode()


def statement_row(statement: Statement) -> Row:
    """Return a claim; `document` and `locator` are the first place's, `evidence` lists all."""
    return {
        "id": statement.id,
        "subject": statement.subject,
        "predicate": statement.predicate,
        "object": statement.object,
        "than": statement.than,
        "sign": statement.sign,
        "polarity": statement.polarity,
        "certainty": statement.certainty,
        "basis": statement.basis,
        "qualifiers": dict(statement.qualifiers.items()),
        **_first_place(statement.evidence),
        "evidence": [evidence_row(evidence) for evidence in statement.evidence],
        "normalised": statement.normalised,
        "note": statement.note,
        "source": str(statement.source),
    }


def timeline_row(statement: Statement) -> Row:
    """Return a dated claim; the years are what the printed date allows, None where it is open."""
    date = statement.qualifiers.date or ""
    years = parse_date(date) or Years(None, None)
    when = {"date": date, "first_year": years.first, "last_year": years.last, "by": statement.qualifiers.by}
    return when | statement_row(statement)


def _first_place(evidence: tuple[Evidence, ...]) -> Row:
    first = evidence[0] if evidence else None
    return {"document": first and first.document, "locator": first and str(first.locator)}


def evidence_row(evidence: Evidence) -> Row:
    """Return one place where it is said."""
    return {
        "document": evidence.document,
        "locator": str(evidence.locator),
        "references": list(evidence.references),
        "passages": [span_row(span) for span in evidence.spans],
        "misfits": list(evidence.misfits),
        "citation": evidence.citation,
        "note": evidence.note,
        "source": str(evidence.source),
    }


def span_row(span: Span) -> Row:
    """Return a position in the document's normalised text, and the digest of the words there."""
    return {"start": span.start, "end": span.end, "sha256": span.sha256}


def measurement_row(measurement: Measurement, graph: Graph | None = None) -> Row:
    """Return a value as printed; `value` is a bound where `relation` is one.

    `same_value` lists the ids of other documents' prints of it, where the graph is given.
    """
    quantity, qualifiers = measurement.quantity, measurement.qualifiers
    return {
        "id": measurement.id,
        "drug": measurement.drug,
        "form": measurement.form,
        "target": measurement.target,
        "parameter": measurement.parameter,
        "endpoint": measurement.endpoint,
        "relation": quantity.relation,
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "error": quantity.error,
        "error_kind": quantity.error_kind,
        "unit": measurement.unit,
        "as_written": quantity.text,
        "species": qualifiers.species,
        "preparation": qualifiers.preparation,
        "ligand": measurement.ligand,
        "qualifiers": dict(qualifiers.items()),
        **_first_place(measurement.evidence),
        "evidence": [evidence_row(evidence) for evidence in measurement.evidence],
        "same_value": list(graph.same_values.get(measurement.id, ()) if graph else ()),
        "normalised": measurement.normalised,
        "note": measurement.note,
        "source": str(measurement.source),
    }


def path_row(graph: Graph, path: Path, conflicts: Sequence[Conflict], *, explain: bool = False) -> Row:
    """Return a mechanism path; with `explain`, each step has the factors of its score."""
    return {
        "nodes": list(path.nodes),
        "steps": [step_row(step, explain=explain) for step in path.steps],
        "sign": path.sign,
        "length": path.length,
        "certainty": path.certainty,
        "basis": path.basis,
        "score": path.score,
        "documents": list(path.documents),
        "conflicts": [conflict.id for conflict in conflicts_on(path, conflicts)],
        "reading": read_path(graph, path),
    }


def step_row(step: Step, *, explain: bool = False) -> Row:
    """Return one arrow of a path and the claims behind it; `reason` tells why it has no sign."""
    factors = {"factors": [msgspec.structs.asdict(factor) for factor in step.factors]} if explain else {}
    return factors | {
        "from": step.source,
        "to": step.target,
        "sign": step.sign,
        "certainty": step.certainty,
        "basis": step.basis,
        "reason": step.reason,
        "against": step.against,
        "statements": [statement_row(statement) for statement in step.statements],
        "denials": [statement_row(statement) for statement in step.denials],
    }


def conflict_row(conflict: Conflict) -> Row:
    """Return a conflict; `source` is None where it was found and not curated."""
    return {
        "id": conflict.id,
        "kind": conflict.kind,
        "topic": conflict.topic,
        "sides": list(conflict.sides),
        "fold": conflict.fold,
        "difference": conflict.difference,
        "verdict": conflict.verdict,
        "reason": conflict.reason,
        "source": conflict.source and str(conflict.source),
    }


def entity_row(entity: Entity) -> Row:
    """Return an entity."""
    return {
        "id": entity.id,
        "name": entity.name,
        "category": entity.category,
        "symbol": entity.symbol,
        "synonyms": list(entity.synonyms),
        "xrefs": list(entity.xrefs),
        "definition": entity.definition,
        "source": str(entity.source),
    }


def coverage_row(found: DocumentCoverage) -> Row:
    """Return how far a document is read, with every passage that can say something."""
    return {
        "document": found.document,
        "passages": [
            {
                "place": str(item.passage.locator),
                **span_row(item.passage.span),
                **{kind: list(names) for kind, names in item.readers.items()},
                "silent": item.silent,
                "unread": item.unread,
            }
            for item in found.passages
        ],
    }


def verified_row(found: Verified) -> Row:
    """Return what comparing a document with its text gave."""
    return {
        "document": found.document,
        "file": found.file,
        "state": found.state,
        "clean": found.clean,
        "passages": found.passages,
        "evidence": found.evidence,
        "moved": [
            {"place": str(item.locator), "was": span_row(item.was), "now": span_row(item.now)}
            for item in found.moved
        ],
        "changed": [str(passage.locator) for passage in found.changed],
        "unlocated": [evidence_row(evidence) for evidence in found.unlocated],
        "differences": [
            {"row": item.row, "difference": item.text, "evidence": evidence_row(item.evidence)}
            for item in found.differences
        ],
        "unread": [str(passage.locator) for passage in found.unread],
    }


def problem_row(problem: Problem) -> Row:
    """Return a problem."""
    return msgspec.structs.asdict(problem)


def read_out(graph: Graph, statement: Statement) -> str:
    """Return a claim as a line of English, in the graph's own words, never the document's."""
    verb = graph.vocabulary.predicates[statement.predicate].label
    said = {"asserted": "", "negated": "not: ", "no data": "no data: "}[statement.polarity]
    than = f" than {graph.label(statement.than)}" if statement.than else ""
    return f"{said}{graph.label(statement.subject)} {verb} {graph.label(statement.object)}{than}"


def limits(graph: Graph, statement: Statement | Measurement) -> str:
    """Return the qualifiers of a claim or value as one comma-separated text."""
    pairs = statement.qualifiers.items()
    words = (f"with {graph.label(v)}" if k == "stimulus" else graph.label(v) for k, v in pairs)
    return ", ".join(words)
