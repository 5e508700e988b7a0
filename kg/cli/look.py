"""Commands that look things up: info, show, search, statements, measurements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

import click

from kg.cli.lines import claim_line, evidence_line
from kg.cli.options import DocumentName, EntityName, PredicateName, data_options, format_option, open_graph
from kg.cli.output import DIM, note, paragraph, parts, print_csv, print_json, print_table, say, signed
from kg.model import Basis, Certainty, Polarity
from kg.rich import counted

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.knowledge_graph import KnowledgeGraph
    from kg.model import Measurement, Statement


Reasons = Mapping[str, tuple[str, ...]]
_NOTHING: Reasons = MappingProxyType({})


@click.command(epilog="Example: kg info --format json")
@format_option("text", "json")
@data_options
def info(form: str) -> None:
    """Tell what is in the graph: how much of each kind, and how much each document gives."""
    graph = open_graph()
    if form == "json":
        print_json({**graph.counts(), "per_document": _per_document(graph)})
        return
    print_info(graph)


def print_info(graph: KnowledgeGraph, *, literature: bool = True) -> None:
    """Print the counts, in total and per document: curated documents first, then the literature."""
    say(", ".join(f"{count} {kind}" for kind, count in graph.counts().items()), bold=True)
    counts, read = _per_document(graph), _curated(graph)
    curated = {name: found for name, found in counts.items() if name in read}
    cited = {name: found for name, found in counts.items() if name not in read}
    _print_documents(graph, "curated documents", curated)
    title = "papers and books behind the background steps"
    if literature:
        _print_documents(graph, title, cited)
    else:
        say(f"\n{len(cited)} {title}: kg info lists them")


def _print_documents(graph: KnowledgeGraph, title: str, counts: Mapping[str, Mapping[str, int]]) -> None:
    if counts:
        say(f"\n{len(counts)} {title}")
        named = ((graph.documents[name], found) for name, found in counts.items())
        rows = [(row.id, row.kind, *map(str, found.values()), row.title) for row, found in named]
        print_table(("id", "kind", "statements", "measurements", "prints", "title"), rows)


def _curated(graph: KnowledgeGraph) -> set[str]:
    """Return the documents that say something themselves, not only behind background steps."""
    said = (claim for claim in graph.statements() if claim.basis == "document")
    found = {name for claim in said for name in claim.documents}
    return found | {name for value in graph.measurements() for name in value.documents}


def _per_document(graph: KnowledgeGraph) -> dict[str, dict[str, int]]:
    """Return how much each document gives, counted in one pass."""
    claims = Counter(name for claim in graph.statements() for name in claim.documents)
    values = Counter(name for value in graph.measurements() for name in value.documents)
    printed = Counter(place.document for value in graph.measurements() for place in value.evidence)
    return {
        name: {"statements": claims[name], "measurements": values[name], "prints": printed[name]}
        for name in graph.documents
    }


@click.command(epilog="Example: kg show sigma-1")
@click.argument("entity", type=EntityName())
@format_option("text", "json")
@data_options
def show(entity: str, form: str) -> None:
    """Show one ENTITY: names, identifiers, the claims made about it and the values measured on it."""
    from kg.formats.rows import entity_row, measurement_row, statement_row

    graph = open_graph()
    found = graph.entity(entity)
    said = [s for s in graph.statements() if found.id in (s.subject, s.object, s.than)]
    values = [m for m in graph.measurements() if found.id in (m.drug, m.target, m.form, m.ligand)]
    used = graph.parts_played(found.id)
    if form == "json":
        claims, rows = [statement_row(s) for s in said], [measurement_row(m, graph.graph) for m in values]
        print_json({**entity_row(found), "statements": claims, "measurements": rows, "protocols": used})
        return
    parts((found.name, "cyan"), f"  {found.category}  {found.id}  {found.source}")
    for label, texts in (("also", found.synonyms), ("same as", found.xrefs)):
        if texts:
            say(f"{label}: {', '.join(texts)}")
    if found.definition:
        paragraph(found.definition)
    if used:
        paragraph(f"protocols: {', '.join(f'{name} ({part})' for name, part in used.items())}")
    say()
    print_statements(graph.graph, tuple(said))
    if values:
        say()
        _print_measurements(graph.graph, tuple(values))


@click.command(epilog="Example: kg search serotonin")
@click.argument("text")
@format_option("text", "json")
@data_options
def search(text: str, form: str) -> None:
    """List the entities in whose names, identifiers or definition TEXT occurs, best first."""
    from kg.formats.rows import entity_row

    graph = open_graph()
    found = graph.search(text)
    if form == "json":
        print_json([entity_row(entity) for entity in found])
    elif found:
        print_table(
            ("id", "name", "category", "also"),
            [(e.id, e.name, e.category, ", ".join(e.synonyms[:4])) for e in found],
        )
    else:
        near = graph.graph.like(text)
        note(f"nothing found for {text!r}" + (f"; in the graph: {' or '.join(near)}" if near else ""))


@click.command(epilog="Example: kg statements --subject imipramine --polarity asserted")
@click.option("--subject", type=EntityName())
@click.option("--predicate", type=PredicateName())
@click.option("--object", "object_", type=EntityName())
@click.option("--document", type=DocumentName(), help="Id or title of a document.")
@click.option("--polarity", type=click.Choice(get_args(Polarity)))
@click.option("--certainty", type=click.Choice(get_args(Certainty)))
@click.option("--basis", type=click.Choice(get_args(Basis)))
@click.option("--weak-source", is_flag=True, help="Only what rests on weak sources, or a misfitting one.")
@format_option("text", "json")
@data_options
def statements(
    subject: str | None,
    predicate: str | None,
    object_: str | None,
    document: str | None,
    polarity: str | None,
    certainty: str | None,
    basis: str | None,
    weak_source: bool,
    form: str,
) -> None:
    """List the claims that fit every option given, with every place that makes them."""
    from kg.formats.rows import statement_row

    graph = open_graph()
    found = graph.statements(
        subject=subject,
        predicate=predicate,
        object=object_,
        document=document,
        polarity=polarity,
        certainty=certainty,
        basis=basis,
        weak_source=weak_source,
    )
    why = {row.id: graph.weakness(row) for row in found} if weak_source else {}
    if form == "json":
        print_json([_with_weakness(statement_row(statement), why) for statement in found])
    else:
        print_statements(graph.graph, found, why)
        note(counted(len(found), "statement"))


def mark(graph: Graph, statement: Statement) -> tuple[str, str]:
    """Return the sign of a claim, or the mark of one that has none to give."""
    if statement.polarity != "asserted":
        return ("✗" if statement.polarity == "negated" else "∅"), DIM
    acts = graph.vocabulary.predicates[statement.predicate].causal != "none"
    return signed(statement.sign) if acts else ("·", DIM)


def _with_weakness(row: dict[str, Any], why: Reasons) -> dict[str, Any]:
    """Add why the source is weak, where that was asked for."""
    return {**row, "weak_source": list(why[row["id"]])} if row["id"] in why else row


def print_statements(graph: Graph, found: tuple[Statement, ...], why: Reasons = _NOTHING) -> None:
    """Print claims, each with every place that makes it and, where given, why its source is weak."""
    for statement in found:
        parts(mark(graph, statement), f" {claim_line(graph, statement)}")
        for evidence in statement.evidence:
            parts("    ", (evidence_line(evidence), DIM))
        for reason in why.get(statement.id, ()):
            paragraph(f"weak: {reason}", indent=4)


@click.command(epilog="Example: kg measurements --drug imipramine --parameter Ki")
@click.option("--drug", type=EntityName())
@click.option("--target", type=EntityName())
@click.option("--parameter", help="Ki, Kd, IC50, …")
@click.option("--document", type=DocumentName(), help="Id or title of a document.")
@click.option("--weak-source", is_flag=True, help="Only what rests on weak sources, or a misfitting one.")
@click.option("--parquet", type=click.Path(path_type=Path, dir_okay=False), help="Write a Parquet table too.")
@format_option("text", "json", "csv")
@data_options
def measurements(
    drug: str | None,
    target: str | None,
    parameter: str | None,
    document: str | None,
    weak_source: bool,
    parquet: Path | None,
    form: str,
) -> None:
    """List the measured values that fit every option given: relation, digits, error and unit as printed."""
    from kg.formats.frames import COLUMNS
    from kg.formats.rows import measurement_row
    from kg.resources import write_whole

    graph = open_graph()
    found = graph.measurements(
        drug=drug, target=target, parameter=parameter, document=document, weak_source=weak_source
    )
    why = {row.id: graph.weakness(row) for row in found} if weak_source else {}
    if form == "json":
        print_json([_with_weakness(measurement_row(row, graph.graph), why) for row in found])
    elif form == "csv":
        rows = found.rows()
        print_csv(COLUMNS, [list(row.values()) for row in rows])
    else:
        _print_measurements(graph.graph, found, why)
        note(counted(len(found), "measurement"))
    if parquet is not None:
        write_whole(parquet, found.to_parquet())
        note(f"written to {parquet}")


def _print_measurements(graph: Graph, found: tuple[Measurement, ...], why: Reasons = _NOTHING) -> None:
    from kg.formats.rows import limits

    rows = []
    for row in found:
        what = f"{row.parameter} of {row.endpoint}" if row.endpoint else row.parameter
        ligand = graph.label(row.ligand) if row.ligand else ""
        names = (graph.label(row.form or row.drug), graph.label(row.target))
        rows.append(
            (*names, what, row.printed, ligand, limits(graph, row), _printed_in(graph, row), str(row.source))
            + ((" / ".join(why[row.id]),) if why else ())
        )
    header = ("drug", "target", "parameter", "value", "ligand", "context", "document", "source")
    print_table((*header, "weak") if why else header, rows)


def _printed_in(graph: Graph, row: Measurement) -> str:
    """Return the documents of a print, and behind `=` those of other prints of the same value."""
    others = [graph.measurements[name].documents for name in graph.same_values.get(row.id, ())]
    return " = ".join(", ".join(documents) for documents in (row.documents, *others))
