"""Boxes are marked by what is claimed of a drug and of them alone, arcs numbered by the documents that say so."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from scenes import IGMESINE, IMIPRAMINE, VOCABULARY, picture, statement
from test_views import HERE, drugs, frames, mechanisms, small

from kg.model import Entity, Evidence, Locator, Qualifiers
from kg.views.changes import told_of
from kg.views.geometry import Rect, box
from kg.views.html import to_html
from kg.views.labels import head_of
from kg.views.plan import BADGE, COUNT
from kg.views.scene import Scene
from kg.views.svg import to_svg
from kg.views.text import width_of

THINGS = [
    Entity("r", "receptor", "Receptor", HERE),
    Entity("s", "serotonin", "Neurotransmitter", HERE),
    Entity("all", "receptors and more", "EntityGroup", HERE),
]
MADE_UP = {"igmesine": picture(IGMESINE), "imipramine": picture(IMIPRAMINE)}


def marked(drawn: Scene) -> dict[str, list[tuple[str, str, str]]]:
    return {
        name: [(mark.direction, mark.basis, mark.certainty) for mark in marks]
        for name, marks in drawn.marks.items()
    }


def shown(*said, **more) -> Scene:
    return small([*drugs("a", "b"), *THINGS], said, **more)


def cited(*documents: str) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(name, Locator(paragraph=place), HERE) for place, name in enumerate(documents, start=1)
    )


# ---- what makes a mark ------------------------------------------------------------------------------------


def test_the_predicates_that_move_something_are_these():
    found = {}
    for name in VOCABULARY.predicates:
        for marks in marked(shown(statement("a", name, "r"))).values():
            found[name] = marks[0][0]
    assert found == {
        "agonist_of": "raised",
        "activates": "raised",
        "potentiates": "raised",
        "increases": "raised",
        "increases_expression_of": "raised",
        "antagonist_of": "lowered",
        "inhibits": "lowered",
        "decreases": "lowered",
        "decreases_expression_of": "lowered",
    }


def test_a_modulation_moves_something_where_the_curator_gives_its_direction():
    assert marked(shown(statement("a", "modulates", "r"))) == {}
    assert marked(shown(statement("a", "modulates", "r", sign="-")))["r"][0][0] == "lowered"


@pytest.mark.parametrize("given", [{"polarity": "negated"}, {"polarity": "no data"}, {"than": "s"}])
def test_what_is_denied_untested_or_compared_marks_nothing(given):
    assert marked(shown(statement("a", "inhibits", "r", **given))) == {}


@pytest.mark.parametrize("category", sorted(VOCABULARY.categories))
def test_only_drugs_and_their_forms_move_things(category):
    entities = [Entity("x", "x", category, HERE), *THINGS]
    found = marked(small(entities, [statement("x", "inhibits", "r")]))
    assert bool(found) == (category in {"Drug", "DrugForm"})


def test_no_mark_is_derived_along_a_path_or_through_a_group():
    said = [
        statement("a", "activates", "r"),
        statement("r", "increases", "s"),
        statement("b", "inhibits", "all"),
        statement("r", "member_of", "all"),
    ]
    assert marked(shown(*said)) == {
        "r": [("raised", "document", "asserted")],
        "all": [("lowered", "document", "asserted")],
    }


def test_a_drug_may_move_a_drug_but_not_itself():
    assert list(marked(shown(statement("a", "increases", "b"), statement("a", "decreases", "a")))) == ["b"]


# ---- what a mark says -------------------------------------------------------------------------------------


def test_claims_that_disagree_give_both_marks_each_as_sure_as_its_strongest_claim():
    said = [
        statement("a", "increases", "s", certainty="hedged"),
        statement("b", "increases", "s", basis="background"),
        statement("b", "decreases", "s", basis="background", certainty="extrapolated"),
    ]
    assert marked(shown(*said)) == {
        "s": [("raised", "document", "hedged"), ("lowered", "background", "extrapolated")]
    }


def test_a_mark_names_every_drug_how_it_is_said_and_where():
    said = [
        statement("b", "inhibits", "r", evidence=cited("paper-1990", "paper-1990"), basis="background"),
        statement(
            "a",
            "antagonist_of",
            "r",
            evidence=cited("B000001"),
            certainty="hedged",
            qualifiers=Qualifiers(directness="indirect"),
        ),
    ]
    (mark,) = shown(*said).marks["r"]
    words = (
        "lowered by a (antagonist of; indirect; hedged; B000001), "
        "b (inhibits; asserted; background; paper-1990)"
    )
    assert told_of(mark) == words
    root = ElementTree.fromstring(to_svg(shown(*said)))
    assert words in [element.text for element in root.iter("{http://www.w3.org/2000/svg}title")]
    assert "receptor</bdi> lowered by a drug" in to_html(shown(*said))


def test_marks_and_numbers_are_in_the_legend_when_they_are_there():
    keys = lambda drawn: [entry.key for entry in drawn.legend if entry.group == "mark"]  # noqa: E731
    assert keys(shown(statement("a", "binds", "r"))) == []
    assert keys(shown(statement("a", "inhibits", "r"))) == ["lowered"]
    both = (statement("a", "activates", "r"), statement("b", "inhibits", "r", evidence=cited("x", "y")))
    assert keys(shown(*both)) == ["raised", "lowered", "sources"]


def test_workflows_have_no_marks(graph):
    for name in graph.workflows:
        drawn = graph.view(name).scene
        assert drawn.marks == {}
        assert not [entry for entry in drawn.legend if entry.group == "mark"]
        assert not [item for item in drawn.boxes if item.marks_at]


def test_the_shipped_diagrams_mark_what_a_document_says_of_a_drug(graph):
    synapse = marked(graph.view("imipramine-synapse-mechanism").scene)
    assert synapse["sert"] == synapse["net"] == [("lowered", "document", "asserted")]
    nmda = marked(graph.view("igmesine-nmda-mechanism").scene)
    assert nmda["cgmp"] == [("lowered", "document", "asserted")]
    assert "nitric-oxide" not in nmda
    inflammation = marked(graph.view("imipramine-inflammation-mechanism").scene)
    assert inflammation["nf-kb"] == [("lowered", "background", "asserted")]


# ---- how many documents say it ------------------------------------------------------------------------------


def test_documents_are_counted_and_not_their_passages_or_claims():
    one = shown(statement("a", "inhibits", "r", evidence=cited("x", "x")), statement("a", "decreases", "r"))
    assert [(edge.n_sources, edge.count_at) for edge in one.edges] == [(1, None)]
    two = shown(
        statement("a", "inhibits", "r", evidence=cited("x", "x")),
        statement("a", "decreases", "r", evidence=cited("y")),
    )
    (edge,) = two.edges
    assert edge.n_sources == 2
    assert edge.count_at
    assert ". 2 documents say it</title>" in to_svg(two)
    assert ">2</text>" in to_svg(two)


def test_every_arc_that_several_documents_say_has_its_number(graph):
    for name in graph.mechanisms:
        drawn = graph.view(name).scene
        for edge in drawn.edges:
            assert bool(edge.count_at) == (edge.n_sources > 1 and bool(edge.points)), (name, edge.id)


# ---- where they stand ---------------------------------------------------------------------------------------


def badges(drawn: Scene) -> dict[str, Rect]:
    marks = drawn.marks
    return {
        item.id: box(item.marks_at, BADGE * len(marks[item.id]), BADGE)
        for item in drawn.boxes
        if item.id in marks
    }


def texts(drawn: Scene) -> list[Rect]:
    names = [box(edge.label_at, width_of(edge.label, 11), 12) for edge in drawn.edges if edge.label_at]
    return [*names, *(box(edge.mark_at, 16, 16) for edge in drawn.edges if edge.mark_at)]


def numbers(drawn: Scene) -> list[Rect]:
    return [box(edge.count_at, COUNT - 1, COUNT - 1) for edge in drawn.edges if edge.count_at]


def covering(drawn: Scene) -> list[tuple[Rect, Rect]]:
    """Return marks and numbers with what they cover: boxes, heads, names, signs, each other."""
    heads = [head_of(edge.points) for edge in drawn.edges if edge.points]
    rects, placed, known = frames(drawn), badges(drawn), [*heads, *texts(drawn)]
    found = [pair for pair in combinations([*placed.values(), *numbers(drawn)], 2) if pair[0].meets(pair[1])]
    found += [(rect, other) for rect in numbers(drawn) for other in rects.values() if rect.meets(other)]
    for name, rect in placed.items():
        foreign = [other for one, other in rects.items() if one != name]
        found += [(rect, other) for other in (*foreign, *known) if rect.meets(other)]
    return found + [(rect, other) for rect in numbers(drawn) for other in texts(drawn) if rect.meets(other)]


def test_marks_and_numbers_cover_nothing_in_the_shipped_diagrams(graph):
    found = {name: covering(graph.view(name).scene) for name in graph.mechanisms}
    assert {name: pairs for name, pairs in found.items() if pairs} == {}


@pytest.mark.parametrize("name", MADE_UP)
def test_marks_and_numbers_cover_nothing_in_made_up_ones(name):
    assert badges(MADE_UP[name])
    assert covering(MADE_UP[name]) == []


def test_a_mark_leaves_the_words_of_its_box_free(graph):
    for drawn in (*MADE_UP.values(), *(graph.view(name).scene for name in graph.mechanisms)):
        for item in drawn.boxes:
            height = 16 * len(item.lines) + (12 if item.sublabel else 0)
            words = [
                box((item.x, item.y - height / 2 + 8 + 16 * row), width_of(line, 14) * 0.97, 10)
                for row, line in enumerate(item.lines)
            ]
            rect = badges(drawn).get(item.id)
            assert not rect or not any(rect.grown(-1).meets(line) for line in words), item.label


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(mechanisms())
def test_every_moved_box_of_a_random_mechanism_has_its_mark_inside_the_picture(made):
    drawn = small(*made)
    drugs_there = {item.id for item in made[0] if item.category == "Drug"}
    moved = {
        said.object
        for said in made[1]
        if said.subject in drugs_there - {said.object}
        and said.predicate in {"activates", "inhibits"}
        and said.polarity == "asserted"
    }
    assert set(drawn.marks) == moved
    for rect in badges(drawn).values():
        assert rect.left >= 0
        assert rect.top >= 0
        assert rect.right <= drawn.width
        assert rect.bottom <= drawn.height
