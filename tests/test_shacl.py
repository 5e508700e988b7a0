"""Two SHACL engines, pySHACL as the reference and one in Rust, find the same violations."""

from __future__ import annotations

from collections import Counter

import pytest
from rdflib import Graph, URIRef
from test_ontology import MISSHAPEN, ONTOLOGY, SH, changed, good

shacl = pytest.importorskip("shacl", reason="there is no wheel of the Rust package `shacl` for this system")
SHAPES = ONTOLOGY / "shapes.ttl"
PARTS = (SH.focusNode, SH.sourceConstraintComponent, SH.resultMessage, SH.resultSeverity, SH.value)


def violations(report: Graph) -> Counter:
    """Return each result of a report: where, of which kind, with which message, value and plain path."""
    found = Counter()
    for result in report.objects(None, SH.result):
        path = report.value(result, SH.resultPath)
        parts = [str(report.value(result, part)) for part in PARTS]
        found[*parts, str(path) if isinstance(path, URIRef) else "a longer path"] += 1
    return found


def by_reference(graph: Graph) -> Counter:
    import pyshacl

    return violations(pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES), inference="none")[1])


def in_rust(graph: Graph) -> Counter:
    report = shacl.Shapes.from_file(str(SHAPES)).validate_turtle(graph.serialize(format="turtle"))
    found = violations(Graph().parse(data=report.serialize(), format="turtle"))
    assert report.conforms == (not found)
    return found


def test_a_good_graph_conforms_by_both():
    assert by_reference(good()) == in_rust(good()) == Counter()


@pytest.mark.parametrize("fault", MISSHAPEN)
def test_a_planted_fault_is_found_alike(fault):
    graph = changed(MISSHAPEN[fault])
    expected = by_reference(graph)
    assert any(fault in message for _, _, message, *_ in expected)
    assert in_rust(graph) == expected


def test_all_faults_at_once_are_found_alike():
    graph = changed(" ;\n".join(MISSHAPEN.values()))
    assert in_rust(graph) == by_reference(graph)


def test_the_shipped_graph_conforms_in_rust_too(graph):
    whole = graph.export("turtle").decode() + (ONTOLOGY / "mechanisms.ttl").read_text("utf-8")
    report = shacl.Shapes.from_file(str(SHAPES)).validate_turtle(whole)
    assert report.conforms, report.turtle[:2000]
