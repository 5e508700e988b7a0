"""Diagrams for other programs: SBGN-ML that an independent reader validates, DOT that Graphviz reads."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from libsbgnpy import read_sbgn_from_file
from libsbgnpy.schematron import validate_schematron
from libsbgnpy.validator import validate_xsd
from pygraphviz import AGraph
from scenes import IGMESINE, IMIPRAMINE, picture, statement
from test_views import PAYLOADS, drugs, hostile, mechanisms, small

from kg.cli import main
from kg.model import Entity, Placement, Source
from kg.views.dotfile import to_dot
from kg.views.palette import BOXES
from kg.views.sbgn import OURS, SBGN, NoActivityFlow, to_sbgn
from kg.views.text import clean

HERE = Source("seeds/x.yaml", 3)
PICTURES = {"igmesine": picture(IGMESINE), "imipramine": picture(IMIPRAMINE)}


@pytest.fixture
def opened(tmp_path):
    """Return a function that validates SBGN-ML by schema and rules, and returns its map as read back."""

    def read(drawn):
        path = tmp_path / "map.sbgn"
        path.write_text(to_sbgn(drawn), "utf-8")
        assert validate_xsd(path) == []
        assert validate_schematron(path) == []
        return read_sbgn_from_file(path).map[0]

    return read


def classes(chart) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for glyph in chart.glyph:
        found.setdefault(glyph.class_value.value, []).append(glyph.label.text)
    return found


def influences(chart) -> list[tuple[str, str, str]]:
    names = {glyph.id: glyph.label.text for glyph in chart.glyph}
    return [(names[arc.source], arc.class_value.value, names[arc.target]) for arc in chart.arc]


# ---- SBGN-ML --------------------------------------------------------------------------------------------


def test_the_shipped_mechanisms_are_valid_activity_flow_with_every_claim(graph, opened):
    for name, mechanism in graph.mechanisms.items():
        drawn = graph.view(name).scene
        chart = opened(drawn)
        assert sum(len(glyphs) for glyphs in classes(chart).values()) == len(drawn.boxes) + len(drawn.regions)
        root = ElementTree.fromstring(to_sbgn(drawn))
        claims = [claim.get("id") for claim in root.iter(f"{{{OURS}}}claim")]
        assert sorted(claims) == sorted(mechanism.statements)
        assert all(claim.find(f"{{{OURS}}}evidence") is not None for claim in root.iter(f"{{{OURS}}}claim"))


@pytest.mark.parametrize("name", PICTURES)
def test_boxes_and_arcs_stand_where_the_scene_has_them(name, opened):
    drawn = PICTURES[name]
    chart = opened(drawn)
    boxes = {glyph.label.text: glyph.bbox for glyph in chart.glyph if glyph.id.startswith("g")}
    for box in drawn.boxes:
        found = boxes[box.label]
        assert (found.x + found.w / 2, found.y + found.h / 2) == pytest.approx((box.x, box.y), abs=0.1)
    arcs = {arc.id: arc for arc in chart.arc}
    for edge in (edge for edge in drawn.edges if f"a{edge.id}" in arcs):
        arc = arcs[f"a{edge.id}"]
        assert (arc.start.x, arc.start.y, arc.end.x, arc.end.y) == (*edge.points[0], *edge.points[-1])
        assert len(arc.next) == (len(edge.points) - 1) // 3 - 1


def test_signs_become_influences_and_nothing_else_does(opened):
    said = [
        statement("a", "activates", "b"),
        statement("a", "inhibits", "c"),
        statement("a", "modulates", "d"),
        statement("b", "depends_on", "c"),
        statement("a", "binds", "e"),
        statement("c", "inhibits", "e", polarity="negated"),
        statement("d", "activates", "e", polarity="no data"),
    ]
    chart = opened(small(drugs("a", "b", "c", "d", "e"), said))
    assert influences(chart) == [
        ("a", "positive influence", "b"),
        ("a", "negative influence", "c"),
        ("a", "unknown influence", "d"),
        ("c", "necessary stimulation", "b"),
    ]
    told = "".join(node.text for node in chart.notes.w3_org_1999_xhtml_element)
    assert "a binds e" in told
    assert "not: c inhibits e" in told
    assert "no data: d activates e" in told


def test_what_a_thing_is_stands_in_its_unit_of_information(opened):
    kinds = ["Drug", "Receptor", "Ion", "Gene", "EntityGroup", "Phenotype", "AdverseEffect"]
    entities = [Entity(kind, kind, kind, HERE) for kind in kinds]
    said = [statement("Drug", "activates", kind) for kind in kinds[1:]]
    said.append(statement("AdverseEffect", "activates", "Ion"))
    chart = opened(small(entities, said))
    units = {glyph.label.text: [unit.entity.name.value for unit in glyph.glyph] for glyph in chart.glyph}
    assert units == {
        "Drug": ["perturbation"], "Receptor": ["macromolecule"], "Ion": ["simple chemical"],
        "Gene": ["nucleic acid feature"], "EntityGroup": ["unspecified entity"],
        "Phenotype": [], "AdverseEffect": [],
    }  # fmt: skip
    assert classes(chart)["phenotype"] == ["Phenotype"]  # the other one acts on something


def test_compartments_stand_in_their_outer_ones(opened):
    places = [Entity(name, name, "Organelle", HERE) for name in ("cell", "er", "mam")]
    within = [Placement("cell", ("a",)), Placement("er", (), "cell"), Placement("mam", ("b",), "er")]
    chart = opened(small([*drugs("a", "b"), *places], [statement("a", "activates", "b")], within))
    names = {glyph.id: glyph.label.text for glyph in chart.glyph}
    outer = {glyph.label.text: names.get(glyph.compartment_ref) for glyph in chart.glyph}
    assert outer == {"cell": None, "er": "cell", "mam": "er", "a": "cell", "b": "mam"}


def test_a_workflow_is_no_activity_flow(graph, tmp_path):
    with pytest.raises(NoActivityFlow):
        to_sbgn(graph.view("reuptake-assay-workflow").scene)
    ask = ["view", "reuptake-assay-workflow", "-o", str(tmp_path / "a.sbgn")]
    result = CliRunner().invoke(main, ask)
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "mechanisms only" in result.output


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_stay_text_in_sbgn(payload, opened):
    drawn = hostile(payload)
    chart = opened(drawn)
    assert {glyph.label.text for glyph in chart.glyph} >= {box.label for box in drawn.boxes}
    tags = lambda scene: [element.tag for element in ElementTree.fromstring(to_sbgn(scene)).iter()]  # noqa: E731
    assert tags(drawn) == tags(hostile("plain"))
    root = ElementTree.fromstring(to_sbgn(drawn))
    assert clean(payload) in {claim.get("id") for claim in root.iter(f"{{{OURS}}}claim")}


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(mechanisms())
def test_random_mechanisms_are_valid_activity_flow(opened, made):
    entities, said, compartments = made
    chart = opened(small(entities, said, compartments))
    assert len(chart.glyph) >= len({box.label for box in small(entities, said, compartments).boxes})


def test_the_entity_types_are_those_of_the_schema():
    from libsbgnpy.sbgn import EntityName

    from kg.views import sbgn

    assert set(sbgn._ENTITIES.values()) <= {name.value for name in EntityName}
    assert set(sbgn._ENTITIES) | sbgn._PHENOTYPES <= set(BOXES)
    assert SBGN.endswith("/0.3")


# ---- DOT ------------------------------------------------------------------------------------------------


def read_dot(drawn) -> AGraph:
    graph = AGraph(string=to_dot(drawn))
    graph.layout("dot")
    return graph


def seen(graph: AGraph) -> set[tuple[str, str]]:
    return {(edge[0], edge[1]) for edge in graph.edges() if edge.attr["style"] != "invis"}


def test_graphviz_reads_every_shipped_diagram(graph):
    for name in (*graph.mechanisms, *graph.workflows):
        drawn = graph.view(name).scene
        read = read_dot(drawn)
        assert set(read.nodes()) == {box.id for box in drawn.boxes}
        arcs = {(edge.source, edge.target) for edge in drawn.edges if edge.points}
        assert seen(read) == arcs
        assert read.graph_attr["label"] == drawn.title


def test_a_dot_file_has_names_clusters_rows_and_styles():
    drawn = PICTURES["igmesine"]
    read = read_dot(drawn)
    inhibited = next(edge for edge in drawn.edges if edge.arc == "inhibition" and edge.points)
    assert "tee" in {edge.attr["arrowhead"] for edge in read.edges(inhibited.source)}
    hedged = next(edge for edge in drawn.edges if edge.certainty == "hedged" and edge.points)
    assert "dashed" in {edge.attr["style"] for edge in read.edges(hedged.source)}
    clusters = {part.graph_attr["label"] for part in read.subgraphs()}
    assert {region.label for region in drawn.regions if not region.within} <= clusters
    er = next(part for part in every(read) if part.graph_attr["label"] == "endoplasmic reticulum")
    assert "sigma-1-receptor" in er
    heights = {node: float(read.get_node(node).attr["pos"].split(",")[1]) for node in read.nodes()}
    rows = {box.id: box.y for box in drawn.boxes}
    assert sorted(rows, key=lambda name: (rows[name], name)) == sorted(
        heights, key=lambda name: (-heights[name], name)
    )


def every(graph):
    for part in graph.subgraphs():
        yield part
        yield from every(part)


@pytest.mark.parametrize("payload", [*PAYLOADS, "a\\", '\\"];x[label="', "&lt;b&gt;\\N\\G", "<<b>x</b>>"])
def test_hostile_texts_stay_text_in_dot(payload):
    drawn = hostile(payload)
    read = read_dot(drawn)
    assert len(read.nodes()) == len(drawn.boxes)
    shown = clean(payload[:3000]).replace("&", "&amp;")
    assert read.graph_attr["label"].replace("\\\\", "\\").removesuffix("…") == shown
    assert {name for node in read.nodes() for name in node.attr.to_dict()} <= {
        "label", "shape", "style", "fillcolor", "color", "tooltip", "peripheries", "width", "height", "pos",
        "fontname", "fontsize", "rects",
    }  # fmt: skip


def test_ids_that_are_not_plain_get_one_that_no_plain_id_equals():
    odd = [Entity(name, name, "Drug", HERE) for name in ("a b", "#0", "n0", "edge", "a\nb")]
    said = [statement("a b", "activates", name) for name in ("#0", "n0", "edge", "a\nb")]
    read = read_dot(small(odd, said))
    assert len(read.nodes()) == 5
    assert {"n0", "edge"} < set(read.nodes())


def test_no_format_names_an_address():
    for text in (to_dot(PICTURES["igmesine"]), (ROOT / "kg" / "views" / "dotfile.py").read_text("utf-8")):
        assert "URL=" not in text
        assert "href" not in text
