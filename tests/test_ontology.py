"""The ontology folder: complete, consistent, and able to find what is planted wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from kg.vocabulary import read_vocabulary

ONTOLOGY = Path(__file__).parents[1] / "ontology"
QUERIES = sorted((ONTOLOGY / "quality").glob("*.rq"))
KG = Namespace("https://w3id.org/drug-mechanisms/")
KGO = Namespace("https://w3id.org/drug-mechanisms/ontology#")
ERR = Namespace("http://www.daml.org/2002/03/agents/agent-ont#")
SH = Namespace("http://www.w3.org/ns/shacl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

ALLOWED = {
    KGO.sign: {"+", "-", "0", "unsigned"},
    KGO.aspect: {"activity", "abundance", "expression", "localisation", "binding", "structure", "comparison", "use"},
    KGO.sbgn_arc: {
        "stimulation", "inhibition", "catalysis", "necessary stimulation", "modulation", "production",
        "transport", "none",
    },
    KGO.causal_direction: {"forward", "backward", "none"},
}  # fmt: skip
GLYPHS = {
    "perturbing agent", "receptor", "transporter", "channel", "enzyme", "protein", "small molecule",
    "transcription factor", "gene", "process", "phenotype", "adverse effect", "disease", "group",
    "compartment", "other",
}  # fmt: skip
PREFIXES = """
PREFIX kg: <https://w3id.org/drug-mechanisms/>
PREFIX kgo: <https://w3id.org/drug-mechanisms/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""
GOOD = f"""{PREFIXES}
kg:igmesine a kgo:Drug ; rdfs:label "igmesine" ; skos:altLabel "JO-1784", "(+)-igmesine" ;
    skos:exactMatch <http://purl.obolibrary.org/obo/CHEBI_1>, <https://doi.org/10.1000/182> ;
    kgo:source_file "seeds/a.yaml" ; kgo:source_line 3 ; kgo:agonist_of kg:sigma-1-receptor .
kg:sigma-1-receptor a kgo:Receptor ; rdfs:label "sigma-1 receptor" ; kgo:symbol "SIGMAR1" ;
    kgo:located_in kg:endoplasmic-reticulum .
kg:nmda-receptor a kgo:Receptor ; rdfs:label "NMDA receptor" ; skos:definition "A receptor." .
kg:endoplasmic-reticulum a kgo:Organelle ; rdfs:label "endoplasmic reticulum" .
kg:rat a kgo:Species ; rdfs:label "rat" .

kg:s1 a kgo:Statement ; rdf:subject kg:igmesine ; rdf:predicate kgo:agonist_of ;
    rdf:object kg:sigma-1-receptor ; kgo:sign "+" ; kgo:polarity "asserted" ; kgo:certainty "hedged" ;
    kgo:basis "document" ; kgo:species kg:rat ; kgo:phase "acute" ; kgo:dose "10 mg/kg" ;
    kgo:evidence kg:s1.evidence.1 ; kgo:source_line 12 ; skos:note "a" .
kg:s1.evidence.1 a kgo:Evidence ; kgo:document kg:B1 ; kgo:section "Abstract" ; kgo:paragraph 1 ;
    kgo:cites kg:B1.ref.1 .
kg:s2 a kgo:Statement ; rdf:subject kg:igmesine ; rdf:predicate kgo:antagonist_of ;
    rdf:object kg:nmda-receptor ; kgo:sign "-" ; kgo:polarity "negated" ; kgo:certainty "asserted" ;
    kgo:basis "document" ; kgo:stimulus kg:igmesine ; kgo:evidence kg:s1.evidence.1 .
kg:s3 a kgo:Statement ; rdf:subject kg:igmesine ; rdf:predicate kgo:has_higher_affinity_for ;
    rdf:object kg:sigma-1-receptor ; kgo:than kg:nmda-receptor ; kgo:sign "unsigned" ;
    kgo:polarity "asserted" ; kgo:certainty "asserted" ; kgo:basis "document" ;
    kgo:evidence kg:s1.evidence.1 .
kg:s4 a kgo:Statement ; rdf:subject kg:sigma-1-receptor ; rdf:predicate kgo:located_in ;
    rdf:object kg:endoplasmic-reticulum ; kgo:sign "0" ; kgo:polarity "asserted" ; kgo:certainty "asserted" ;
    kgo:basis "background" ; kgo:evidence kg:s4.evidence.1 .
kg:s4.evidence.1 a kgo:Evidence ; kgo:document kg:hayashi-2007 ; kgo:page "596" .

kg:m1 a kgo:Measurement ; kgo:drug kg:igmesine ; kgo:target kg:sigma-1-receptor ; kgo:parameter kgo:IC50 ;
    kgo:relation "=" ; kgo:as_written "39.0 ± 8" ; kgo:value 39.0 ; kgo:error 8.0 ; kgo:unit kgo:nM ;
    kgo:ligand kg:igmesine ; kgo:form kg:igmesine ; kgo:species kg:rat ; kgo:evidence kg:m1.evidence.1 .
kg:m1.evidence.1 a kgo:Evidence ; kgo:document kg:B1 ; kgo:table "1" ; kgo:row "Sigma-1" .
kg:m2 a kgo:Measurement ; kgo:drug kg:igmesine ; kgo:target kg:nmda-receptor ; kgo:parameter kgo:Ki ;
    kgo:relation "~" ; kgo:as_written "~1-10" ; kgo:low 1.0 ; kgo:high 10.0 ; kgo:unit kgo:uM ;
    kgo:evidence kg:m1.evidence.1 .
kg:m3 a kgo:Measurement ; kgo:drug kg:igmesine ; kgo:target kg:nmda-receptor ; kgo:parameter kgo:effect ;
    kgo:relation "qualitative" ; kgo:as_written "no effect" ; kgo:evidence kg:m1.evidence.1 .

kg:B1 a kgo:Document ; dcterms:title "A guide" ; kgo:source_kind "vendor" ; dcterms:date "2025-12" ;
    dcterms:publisher "P" ; dcterms:creator "C" ; kgo:label_compound "Igmesine" ; kgo:about kg:igmesine ;
    kgo:doi "10.1038/336385a0" ; kgo:pmid "2904125" ; kgo:has_reference kg:B1.ref.1 .
kg:B1.ref.1 a kgo:Reference ; kgo:number 1 ; dcterms:title "Cited" ; kgo:source_kind "primary paper" .
kg:hayashi-2007 a kgo:Document ; dcterms:title "A paper" ; kgo:source_kind "primary paper" .
kg:mechanism a kgo:Mechanism ; dcterms:title "M" ; kgo:document kg:B1 ; kgo:figure "1" ;
    kgo:has_statement kg:s1, kg:s4 .
kg:conflict a kgo:Conflict ; kgo:kind "value" ; kgo:topic "T" ; kgo:verdict "open" ; kgo:fold 2.5 ;
    kgo:has_side kg:m1, kg:m2 .
"""


@cache
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "mechanisms.ttl")


def good(with_ontology: bool = True) -> Graph:
    graph = Graph().parse(data=GOOD, format="turtle")
    return graph + ontology() if with_ontology else graph


def changed(update: str) -> Graph:
    graph = good()
    if update:
        graph.update(PREFIXES + update)
    return graph


def own(kind: URIRef) -> list[URIRef]:
    return sorted(term for term in set(ontology().subjects(RDF.type, kind)) if term.startswith(KGO))


def curated() -> list[URIRef]:
    return sorted(ontology().subjects(KGO.curated, Literal(True)))


def values(term: URIRef, predicate: URIRef) -> list[str]:
    return [str(value) for value in ontology().objects(term, predicate)]


TERMS = [
    term
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty,
                 OWL.NamedIndividual)
    for term in own(kind)
]  # fmt: skip


# --- the ontology is complete ---------------------------------------------------------------------


def test_both_parsers_read_the_same_turtle():
    triples = ox.parse(path=str(ONTOLOGY / "mechanisms.ttl"), format=ox.RdfFormat.TURTLE)
    assert len({str(quad) for quad in triples}) == len(ontology()) > 1000


def test_the_header_names_version_and_licence():
    header = URIRef(str(KGO).rstrip("#"))
    dcterms = Namespace("http://purl.org/dc/terms/")
    assert (header, RDF.type, OWL.Ontology) in ontology()
    assert values(header, OWL.versionInfo) == ["0.1.0"]
    assert "publicdomain/zero" in values(header, dcterms.license)[0]
    assert values(header, dcterms.title) and values(header, dcterms.description)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(KGO))
def test_every_term_has_one_label_and_one_definition(term):
    assert [len(values(term, predicate)) for predicate in (RDFS.label, SKOS.definition)] == [1, 1]


def test_nothing_of_ours_is_used_undeclared():
    used = {term for triple in ontology() for term in triple if str(term).startswith(KGO)}
    assert used <= set(TERMS)


@pytest.mark.parametrize("term", curated(), ids=lambda term: term.removeprefix(KGO))
def test_every_curated_predicate_says_what_it_joins_and_does(term):
    assert len(values(term, RDFS.domain)) == len(values(term, RDFS.range)) == 1
    for annotation, allowed in ALLOWED.items():
        (value,) = values(term, annotation)
        assert value in allowed


def test_signed_predicates_are_walked_and_structural_ones_are_not():
    for term in curated():
        sign, causal = values(term, KGO.sign)[0], values(term, KGO.causal_direction)[0]
        assert not (sign in "+-" and causal == "none"), term
        assert not (sign == "0" and causal != "none"), term


def test_comparisons_have_no_inverse_and_all_others_one():
    inverses = set(ontology().objects(None, OWL.inverseOf))
    symmetric = set(ontology().subjects(RDF.type, OWL.SymmetricProperty))
    comparisons = set(ontology().subjects(KGO.takes_comparator))
    assert set(curated()) == inverses | symmetric & set(curated()) | comparisons
    assert not comparisons & inverses
    for inverse in ontology().subjects(OWL.inverseOf):
        assert not values(inverse, KGO.curated), f"{inverse} may not be written in YAML"


def test_domains_and_ranges_are_declared_classes_or_unions_of_them():
    classes = set(own(OWL.Class))
    for axiom in (RDFS.domain, RDFS.range):
        for term, found in ontology().subject_objects(axiom):
            union = ontology().value(found, OWL.unionOf)
            members = list(Collection(ontology(), union)) if union else [found]
            datatypes = {XSD.string, XSD.integer, XSD.decimal, XSD.boolean, XSD.date}
            assert set(members) <= classes | datatypes, term


def test_every_category_has_a_glyph():
    for term in own(OWL.Class):
        if KGO.Entity in ontology().transitive_objects(term, RDFS.subClassOf):
            assert values(term, KGO.glyph)[0] in GLYPHS


def test_units_are_read_by_every_notation():
    vocabulary = read_vocabulary(ONTOLOGY)
    assert vocabulary.unit("µM") == vocabulary.unit("μM") == vocabulary.unit("uM")
    assert {vocabulary.unit(name).to_molar for name in ("M", "mM", "nM", "pM")} == {
        Decimal(1), Decimal("1e-3"), Decimal("1e-9"), Decimal("1e-12"),
    }  # fmt: skip
    dimensions = {unit.dimension for unit in vocabulary.units.values()} | {"none"}
    assert {parameter.dimension for parameter in vocabulary.parameters.values()} <= dimensions


# --- the ontology is consistent -------------------------------------------------------------------


def inconsistencies(update: str) -> list[str]:
    import owlrl

    graph = changed(update)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert (KG["sigma-1-receptor"], KGO.has_agonist, KG.igmesine) in graph, "nothing was inferred"
    assert (KG.igmesine, RDF.type, KGO.Entity) in graph
    return [str(message) for message in graph.objects(None, ERR.error)]


def test_a_good_graph_is_consistent():
    assert inconsistencies("") == []


def test_inconsistent_graphs_are_reported():
    faults = (
        "kg:igmesine a kgo:Species .",
        "kg:rat kgo:has_metabolite kg:igmesine .",
        "kg:s1 kgo:species kg:sigma-1-receptor .",
        "kg:s1 kgo:evidence kg:B1 .",
    )
    assert len(inconsistencies(f"INSERT DATA {{ {' '.join(faults)} }}")) >= len(faults)


# --- prefixes and JSON-LD -------------------------------------------------------------------------


def records() -> list[dict]:
    return json.loads((ONTOLOGY / "prefixes.json").read_text("utf-8"))


def test_prefixes_are_unique_in_any_letter_case():
    names = [name.casefold() for r in records() for name in (r["prefix"], *r.get("prefix_synonyms", ()))]
    uris = [uri for r in records() for uri in (r["uri_prefix"], *r.get("uri_prefix_synonyms", ()))]
    assert len(names) == len(set(names))
    assert len(uris) == len(set(uris))
    known = {"prefix", "prefix_synonyms", "uri_prefix", "uri_prefix_synonyms", "pattern"}
    assert all(set(record) <= known for record in records())


@pytest.mark.parametrize(
    ("prefix", "right", "wrong"),
    [
        ("UniProt", "Q99720 A0A024R161 P31645", "Q9972 SIGMAR1 q99720"),
        ("HGNC", "8157 11050", "HGNC:8157 x"),
        ("CHEBI", "47499", "CHEBI:47499"),
        ("GO", "0006836", "6836 00068361"),
        ("CAS", "50-49-7 140850-73-3", "50-49 1-49-7 50-49-77"),
        ("DRUGBANK", "DB00458", "DB458 00458"),
        ("MESH", "D007099 C059743", "M0011234 D123"),
        ("CHEMBL.COMPOUND", "CHEMBL11", "11"),
        ("DOI", "10.1038/336385a0", "https://doi.org/10.1038/336385a0 10.1038/ 336385a0"),
        ("PMID", "2904125", "PMC123"),
    ],
)
def test_patterns_tell_right_from_wrong(prefix, right, wrong):
    (pattern,) = (record["pattern"] for record in records() if record["prefix"] == prefix)
    assert pattern.startswith("^") and pattern.endswith("$")
    assert all(re.match(pattern, identifier) for identifier in right.split())
    assert not any(re.match(pattern, identifier) for identifier in wrong.split())


def test_jsonld_is_readable_and_reads_back():
    context = json.loads((ONTOLOGY / "context.jsonld").read_text("utf-8"))["@context"]
    graph = good(with_ontology=False)
    text = graph.serialize(format="json-ld", context=context, auto_compact=True)
    assert isomorphic(Graph().parse(data=text, format="json-ld"), graph)
    nodes = {node["@id"]: node for node in json.loads(text)["@graph"]}
    assert nodes["kg:s1"]["predicate"] == "agonist_of"
    assert nodes["kg:m1"]["unit"] == "nM"
    assert nodes["kg:igmesine"]["agonist_of"] == "kg:sigma-1-receptor"
    assert not re.search(r'"@value"|"https?://w3id[^"]*"\s*:', text.split('"@graph"')[1])


def test_the_context_has_every_prefix_and_every_link():
    context = json.loads((ONTOLOGY / "context.jsonld").read_text("utf-8"))["@context"]
    for record in records():
        found = context[record["prefix"]]
        assert (found["@id"] if isinstance(found, dict) else found) == record["uri_prefix"]
    inverses = set(ontology().subjects(OWL.inverseOf))
    for term in set(own(OWL.ObjectProperty)) - inverses:
        assert context[term.removeprefix(KGO)]["@type"] in ("@id", "@vocab"), term


# --- SHACL shapes ---------------------------------------------------------------------------------

MISSHAPEN = {
    "An entity has exactly one name": "DELETE DATA { kg:rat rdfs:label 'rat' }",
    "A synonym is a text that differs": "INSERT DATA { kg:igmesine skos:altLabel 'igmesine' }",
    "exactly one subject": "INSERT DATA { kg:s1 rdf:subject kg:rat }",
    "one that curators may write": "DELETE DATA { kg:s2 rdf:predicate kgo:antagonist_of } ;"
    "INSERT DATA { kg:s2 rdf:predicate kgo:has_antagonist }",
    "exactly one sign": "INSERT DATA { kg:s4 kgo:sign 'plus' }",
    "exactly one polarity": "DELETE DATA { kg:s2 kgo:polarity 'negated' }",
    "A comparison has a third member": "DELETE DATA { kg:s3 kgo:than kg:nmda-receptor }",
    "at least one piece of evidence": "DELETE DATA { kg:s3 kgo:evidence kg:s1.evidence.1 }",
    "The phase is acute or chronic": "INSERT DATA { kg:s2 kgo:phase 'long' }",
    "The compartment is one entity": "INSERT DATA { kg:s2 kgo:compartment kg:rat }",
    "Evidence is in exactly one document": "INSERT DATA { kg:e1 a kgo:Evidence ; kgo:page '3' }",
    "Evidence names a section": "INSERT DATA { kg:e2 a kgo:Evidence ; kgo:document kg:B1 ; kgo:paragraph 2 }",
    "The lower end of a range is not above": "INSERT DATA { kg:m2 kgo:low 20.0 }",
    "The value is one decimal number, not neg": "INSERT DATA { kg:m3 kgo:value '-1.0'^^xsd:decimal }",
    "A bound is not a value": "INSERT DATA { kg:m4 a kgo:Measurement ; kgo:relation '>' ; kgo:error 1.0 }",
    "A range has both ends": "INSERT DATA { kg:m5 a kgo:Measurement ; kgo:relation 'range' ; kgo:low 1.0 }",
    "A number has a unit": "DELETE DATA { kg:m1 kgo:unit kgo:nM }",
    "one of the known units": "INSERT DATA { kg:m2 kgo:unit kgo:stone }",
    "exactly one kind of source": "INSERT DATA { kg:B1.ref.1 kgo:source_kind 'hearsay' }",
    "A DOI begins with 10.": "INSERT DATA { kg:hayashi-2007 kgo:doi 'https://doi.org/10.1038/1' }",
    "The date is a year": "INSERT DATA { kg:hayashi-2007 dcterms:date 'May' }",
    "A mechanism draws at least one": "INSERT DATA { kg:empty a kgo:Mechanism ; dcterms:title 'E' }",
    "exactly one verdict": "INSERT DATA { kg:conflict kgo:verdict 'unsure' }",
    "A selector starts at one position, before": "INSERT DATA { kg:p1 a oa:TextPositionSelector ; oa:start 9 ; oa:end 3 }",
    "The source of a passage is its document": "INSERT DATA { kg:p2 a kgo:Passage ; kgo:document kg:B1 ; oa:hasSource kg:B2 }",
    "at least two sides": "DELETE DATA { kg:conflict kgo:has_side kg:m2 }",
}


def shape_messages(graph: Graph, **options) -> list[str]:
    import pyshacl

    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=shapes, **options)
    messages = [str(message) for message in report.objects(None, SH.resultMessage)]
    assert conforms == (not messages)
    return messages


def test_shapes_are_valid_and_a_good_graph_conforms():
    assert shape_messages(good(), meta_shacl=True) == []


def test_shapes_find_every_planted_fault():
    found = shape_messages(changed(" ;\n".join(MISSHAPEN.values())))
    assert [fault for fault in MISSHAPEN if not any(fault in message for message in found)] == []


def test_every_shape_says_what_is_wrong_in_a_sentence():
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    for shape in set(shapes.subjects(SH.targetClass)):
        constraints = [*shapes.objects(shape, SH.property)]
        own_constraint = any((shape, kind, None) in shapes for kind in (SH["or"], SH.xone, SH.nodeKind))
        for node in [*constraints, *([shape] if own_constraint else [])]:
            (message,) = shapes.objects(node, SH.message)
            assert str(message).endswith("."), message


# --- quality queries ------------------------------------------------------------------------------

COPY = "kgo:sign '+' ; kgo:certainty 'asserted' ; kgo:basis 'document' ; kgo:evidence kg:s1.evidence.1"
VIOLATIONS = {
    "asserted-statement-without-edge": (
        "DELETE DATA { kg:igmesine kgo:agonist_of kg:sigma-1-receptor }",
        KG.s1,
    ),
    "background-on-weak-source": (
        "INSERT DATA { kg:s4 kgo:evidence kg:s1.evidence.1 } ;"
        "DELETE DATA { kg:s4 kgo:evidence kg:s4.evidence.1 }",
        KG.s4,
    ),
    "bound-with-error": (
        "DELETE DATA { kg:m1 kgo:relation '=' } ; INSERT DATA { kg:m1 kgo:relation '>=' }",
        KG.m1,
    ),
    "comparison-incomplete": ("DELETE DATA { kg:s3 kgo:than kg:nmda-receptor }", KG.s3),
    "direct-edge-without-statement": (
        "INSERT DATA { kg:igmesine kgo:has_higher_affinity_for kg:sigma-1-receptor }",
        KG.igmesine,
    ),
    "entity-without-label": ("INSERT DATA { kg:m1 kgo:ligand kg:nobody }", KG.nobody),
    "evidence-without-place": (
        "DELETE DATA { kg:s1.evidence.1 kgo:section 'Abstract' }",
        KG["s1.evidence.1"],
    ),
    "negated-direct-edge": ("INSERT DATA { kg:igmesine kgo:antagonist_of kg:nmda-receptor }", KG.s2),
    "orphan-entity": ("INSERT DATA { kg:lonely a kgo:Enzyme ; rdfs:label 'lonely' }", KG.lonely),
    "outside-domain-or-range": (
        "DELETE DATA { kg:s1 rdf:subject kg:igmesine } ; INSERT DATA { kg:s1 rdf:subject kg:rat }",
        KG.s1,
    ),
    "reference-of-another-document": (
        "INSERT DATA { kg:s4.evidence.1 kgo:cites kg:B1.ref.1 }",
        KG["s4.evidence.1"],
    ),
    "shared-identifier": (
        "INSERT DATA { kg:rat skos:exactMatch <http://purl.obolibrary.org/obo/CHEBI_1> }",
        KG.igmesine,
    ),
    "sign-differs-from-predicate": (
        "DELETE DATA { kg:s1 kgo:sign '+' } ; INSERT DATA { kg:s1 kgo:sign '-' }",
        KG.s1,
    ),
    "statement-without-evidence": ("DELETE DATA { kg:m2 kgo:evidence kg:m1.evidence.1 }", KG.m2),
    "unit-missing": ("DELETE DATA { kg:m2 kgo:unit kgo:uM }", KG.m2),
    "unit-of-other-dimension": (
        "DELETE DATA { kg:m2 kgo:unit kgo:uM } ; INSERT DATA { kg:m2 kgo:unit kgo:percent }",
        KG.m2,
    ),
}


def rows(graph: Graph, query: str) -> Iterator[list[list[str]]]:
    """Yield the rows by rdflib and those by Oxigraph, where the data are in a named graph."""
    yield [[str(value) for value in row] for row in graph.query(query)]
    store = ox.Store()
    data = graph.serialize(format="nt").encode()
    store.load(data, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(KG.B1))
    answer = store.query(query, use_default_graph_as_union=True)
    yield [[value.value if value else "None" for value in row] for row in answer]


def test_every_query_has_a_planted_violation():
    assert [path.stem for path in QUERIES] == sorted(VIOLATIONS)


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_quality_query(path):
    query = path.read_text("utf-8")
    what, why, *_ = query.splitlines()
    assert what.startswith("# ") and why.startswith("# Why: ")
    assert list(rows(good(), query)) == [[], []]
    update, culprit = VIOLATIONS[path.stem]
    by_rdflib, by_oxigraph = rows(changed(update), query)
    assert [row[0] for row in by_rdflib] == [row[0] for row in by_oxigraph] == [str(culprit)]


def test_an_asserted_twin_excuses_a_negated_edge():
    twin = "rdf:subject kg:igmesine ; rdf:predicate kgo:antagonist_of ; rdf:object kg:nmda-receptor"
    update = f"""INSERT DATA {{ kg:igmesine kgo:antagonist_of kg:nmda-receptor .
        kg:twin a kgo:Statement ; kgo:polarity "asserted" ; {twin} ; {COPY} }}"""
    query = (ONTOLOGY / "quality" / "negated-direct-edge.rq").read_text("utf-8")
    assert list(rows(changed(update), query)) == [[], []]


def test_the_third_member_of_a_comparison_is_checked_too():
    update = "DELETE DATA { kg:s3 kgo:than kg:nmda-receptor } ; INSERT DATA { kg:s3 kgo:than kg:rat }"
    query = (ONTOLOGY / "quality" / "outside-domain-or-range.rq").read_text("utf-8")
    for found in rows(changed(update), query):
        assert [row[:2] for row in found] == [[str(KG.s3), "than"]]
