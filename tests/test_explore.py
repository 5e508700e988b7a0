"""The explorer holds every claim once, in short columns, at fixed places; and refuses what nobody could read."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import VOCABULARY, conflict, measured, statement
from synthetic import synthetic
from test_views import PAYLOADS, Page

import kg.views.explorer
from kg.cli import main
from kg.graph import Graph
from kg.model import (
    Document,
    Entity,
    Evidence,
    KnowledgeBase,
    Locator,
    Mechanism,
    Placement,
    Qualifiers,
    Reference,
    Source,
)
from kg.problems import TooLarge
from kg.views.explorer import Explorer, explorer, neighbourhood
from kg.views.geometry import box
from kg.views.spread import spread
from kg.views.text import clean

HERE = Source("seeds/x.yaml", 3)


def graph_of(said, *, entities=(), **more) -> Graph:
    names = dict.fromkeys(end for claim in said for end in claim.ends)
    rows = tuple(entities) or tuple(Entity(name, name, "Drug", HERE) for name in names)
    return Graph(KnowledgeBase(entities=rows, statements=tuple(said), **more), VOCABULARY)


def hostile_graph(payload: str) -> Graph:
    """Return a graph that has the payload in every text there is, and prototype names as ids."""
    source = Source(payload, 1)
    names = ["constructor", "__proto__", "toString", "hasOwnProperty", payload]
    entities = [
        Entity(
            name,
            f"{name} {payload}",
            "Drug" if i else payload,
            source,
            payload,
            (payload,),
            (payload,),
            payload,
        )
        for i, name in enumerate(names)
    ]
    place = Locator(section=payload, row=payload, figure=payload)
    given_ = {
        "source": source,
        "evidence": (Evidence("d", place, source, (1, 9), (9,), payload), Evidence(payload, place, source)),
        "note": payload,
        "qualifiers": Qualifiers(payload, payload, dose=payload),
    }
    said = [
        statement("constructor", "inhibits", "__proto__", id=payload, **given_),
        statement("__proto__", "has_higher_affinity_for", "toString", than="hasOwnProperty", **given_),
        statement("toString", "modulates", "constructor", polarity="negated", **given_),
        statement("toString", "activates", payload, **given_),
    ]
    document = Document(
        "d", payload, "vendor", source, label=payload, doi=payload, pmid=payload,
        references=(Reference(1, payload, "forum", doi=payload, pmid=payload),),
    )  # fmt: skip
    mechanism = Mechanism(payload, payload, source, (Placement("toString", ("constructor",)),), (payload,))
    return graph_of(
        said,
        entities=entities,
        documents=(document,),
        measurements=(measured("constructor", "__proto__"),),
        mechanisms=(mechanism,),
        conflicts=(conflict(payload, "m1"),),
    )


@pytest.fixture(scope="module")
def whole(graph) -> Explorer:
    return graph.explore()


def test_every_entity_and_every_claim_is_there_once(graph, whole):
    shown = whole.picture
    assert shown.ids == tuple(graph.entities)
    assert len(shown.predicate) == len(shown.mark) == len(shown.said_in) == len(graph.statements())
    assert sum(shown.count) == len(whole.details.claims) == len(graph.statements())
    assert len(shown.source) == len(shown.target) == len(shown.kind) == len(shown.sign) == len(shown.count)


def test_texts_places_and_values_are_kept_once(whole):
    packed = whole.details
    for kept in (packed.texts, packed.documents, packed.works, packed.places, packed.values):
        assert [value for value, times in Counter(kept).items() if times > 1] == []


def test_a_packed_claim_says_what_its_view_says(graph, whole):
    packed, shown = whole.details, whole.picture
    by_source = {(packed.texts[row[6]], row[7]): index for index, row in enumerate(packed.claims)}
    said = graph.statements(subject="igmesine", predicate="agonist_of")[0]
    index = by_source[said.source.file, said.source.line]
    arc = next(a for a in range(len(shown.count)) if sum(shown.count[: a + 1]) > index)
    assert (shown.ids[shown.source[arc]], shown.ids[shown.target[arc]]) == (said.subject, said.object)
    assert shown.predicates[shown.predicate[index]][0] == "agonist of"
    documents = [packed.texts[packed.documents[packed.places[n][0]][0]] for n in packed.claims[index][1]]
    assert documents == [item.document for item in said.evidence]


def test_a_claim_is_named_by_its_parts_and_only_another_id_is_kept():
    said = [
        statement("a", "activates", "b"),
        statement("a", "increases", "b", id="a.increases.b.again"),
        statement("b", "activates", "a", id="other"),
    ]
    packed = explorer(graph_of(said), ()).details
    assert [packed.texts[row[8]] for row in packed.claims] == ["", "+.again", "=other"]


def test_the_strongest_claim_of_an_arc_comes_first():
    said = [
        statement("a", "activates", "b", basis="background", certainty="hedged"),
        statement("a", "increases", "b"),
    ]
    shown = explorer(graph_of(said), ()).picture
    assert (shown.count, shown.mark) == ((2,), (0, 1 + 2 * 2))


def test_what_is_needed_points_at_what_needs_it():
    shown = explorer(graph_of([statement("a", "depends_on", "b")]), ()).picture
    assert (shown.ids[shown.source[0]], shown.ids[shown.target[0]]) == ("b", "a")
    assert shown.predicates[0][1] == "backward"


def test_a_neighbourhood_reaches_as_far_as_asked_in_both_directions():
    graph = graph_of(
        [
            statement(*ends)
            for ends in (
                ("a", "activates", "b"),
                ("c", "inhibits", "a"),
                ("b", "activates", "d"),
                ("d", "activates", "e"),
            )
        ]
    )
    assert [sorted(neighbourhood(graph, "a", hops)) for hops in range(3)] == [
        ["a"],
        ["a", "b", "c"],
        ["a", "b", "c", "d"],
    ]
    shown = explorer(graph, (), "a", 1).picture
    assert dict(zip(shown.ids, shown.beyond, strict=True)) == {"a": 0, "b": 1, "c": 0}
    assert shown.seeds == (shown.ids.index("a"),)


def test_names_are_taken_as_people_write_them_and_hops_cannot_be_negative(graph):
    assert graph.explore("σ1", hops=1).title == "Around sigma-1 receptor"
    with pytest.raises(ValueError, match="negative"):
        graph.explore("igmesine", hops=-1)


def test_more_than_a_page_can_show_is_refused_with_what_to_do(monkeypatch, graph, tmp_path):
    monkeypatch.setattr(kg.views.explorer, "MOST", 100)
    with pytest.raises(TooLarge, match=rf"{len(graph.entities)} entities.*query.*--seed"):
        graph.explore()
    assert len(graph.explore("cGMP", hops=1).picture.ids) < 100
    result = CliRunner().invoke(main, ["explore", "-o", str(tmp_path / "x.html")])
    assert result.exit_code == 2
    assert "--seed ENTITY" in result.stderr
    assert not (tmp_path / "x.html").exists()


def test_the_command_writes_one_page_and_tells_its_size(tmp_path):
    result = CliRunner().invoke(
        main, ["explore", "--seed", "cGMP", "--hops", "1", "-o", str(tmp_path / "x.html")]
    )
    assert result.exit_code == 0
    assert "MB" in result.stderr
    assert (tmp_path / "x.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    printed = CliRunner().invoke(main, ["explore", "--seed", "cGMP", "--hops", "1", "-o", "-"])
    assert printed.stdout == (tmp_path / "x.html").read_text("utf-8")


def test_an_unknown_seed_is_told(tmp_path):
    result = CliRunner().invoke(main, ["explore", "--seed", "igmesin", "-o", str(tmp_path / "x.html")])
    assert (result.exit_code, "igmesine" in result.stderr) == (2, True)


def test_the_same_graph_gives_the_same_bytes(graph, whole):
    assert graph.explore().html == whole.html


def test_the_page_of_the_shipped_graph_is_small(whole):
    code = len(explorer(graph_of([]), ()).html)
    assert len(whole.html) - code < 400 * len(whole.picture.ids) + 400 * len(whole.picture.predicate)


def test_a_notebook_shows_the_page_in_a_frame(graph):
    assert "<iframe sandbox=" in graph.explore("cGMP", hops=1)._repr_html_()


# ---- places -----------------------------------------------------------------------------------------------


def overlaps(places, sizes):
    rects = [box(place, *size) for place, size in zip(places, sizes, strict=True)]
    return [(a, b) for a, b in combinations(range(len(rects)), 2) if rects[a].meets(rects[b])]


def test_entities_do_not_cover_each_other(whole):
    assert overlaps(whole.places, whole.sizes) == []


def test_places_are_the_same_at_every_run_beyond_what_graphviz_lays_out_at_once():
    shown = explorer(synthetic(1_200, arcs_each=1), ())
    assert spread(shown.sizes, shown._columns.links) == shown.places
    assert overlaps(shown.places, shown.sizes) == []


def test_the_more_arcs_the_larger(whole):
    size = dict(zip(whole.picture.ids, whole.sizes, strict=True))
    assert size["imipramine"] > size["sigma-1-receptor"] > size["liver"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 25), st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=60))
def test_any_graph_is_spread_without_overlaps(count, links):
    sizes = [(30.0 + 3 * n, 16.0 + n) for n in range(count)]
    places = spread(sizes, [link for link in links if max(link) < count])
    assert len(places) == count
    assert overlaps(places, sizes) == []


# ---- hostile texts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_make_no_markup(payload):
    page = Page(explorer(hostile_graph(payload), (conflict(payload, "m1"),)).page(beside=True))
    plain = Page(explorer(hostile_graph("plain"), ()).html)
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert clean(payload) in json.loads(page.data)["picture"]["ids"]


def test_a_page_refers_to_nothing_outside_itself(whole):
    tags = Page(whole.html).tags
    assert not [tag for tag, _ in tags if tag in ("link", "img", "iframe", "base", "object", "embed", "a")]
    assert not [attributes for _, attributes in tags if {"src", "srcset", "style"} & set(attributes)]
    policy = next(a["content"] for t, a in tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
