"""The path explorer's half in Python: what it searches, syncs, draws, tells, and leaves in a saved notebook."""

from __future__ import annotations

import json
import sys
from base64 import b64decode
from xml.etree import ElementTree

import pytest
from synthetic import synthetic
from test_explore import hostile_graph
from test_views import PAYLOADS, Page
from traitlets import TraitError

import kg
from kg.checked import Checked
from kg.knowledge_graph import KnowledgeGraph
from kg.notebook import PathExplorer
from kg.notebook.answering import DRAWN, drawn_with, offers
from kg.notebook.searching import LONGEST, Wish, search
from kg.problems import MissingExtra, UnknownName

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def explorer(graph) -> PathExplorer:
    return PathExplorer(graph, "igmesine", "cGMP")


def hostile_explorer(payload: str) -> PathExplorer:
    """Return an explorer of the one path of a graph that has the payload in every text."""
    made = hostile_graph(payload)
    return PathExplorer(
        KnowledgeGraph(Checked(made.knowledge, made.vocabulary, ())), "constructor", "__proto__"
    )


def test_the_listed_paths_are_those_of_the_graph(graph, explorer):
    found = graph.paths("igmesine", "cGMP")
    assert [tuple(row["nodes"]) for row in explorer.paths] == [path.nodes for path in found]
    assert [row["score"] for row in explorer.paths] == [path.score for path in found]
    assert [row["sign"] for row in explorer.paths] == [path.sign for path in found]
    assert (explorer.selected, explorer.path) == (0, found[0])
    assert explorer.note == "8 paths within 6 arrows"
    assert (explorer.error, explorer.busy) == ("", False)


def test_ends_may_be_entities(graph, explorer):
    ends = graph.e.igmesine, graph["cGMP"]
    assert PathExplorer(graph, *ends).paths == explorer.paths
    assert PathExplorer(graph, ends[0]).source == "igmesine"


def test_no_path_can_be_chosen_that_was_only_written_into_the_list(explorer):
    explorer.paths = [*explorer.paths, *explorer.paths]
    with pytest.raises(TraitError, match="there is no path 8: selected is 0 to 7 or None"):
        explorer.selected = 8


def test_every_synced_value_is_json(explorer):
    state = explorer.get_state()
    assert json.loads(json.dumps(state["paths"])) == state["paths"]
    assert json.loads(json.dumps(state["_picture"])) == state["_picture"]


def test_setting_a_wish_searches_again_and_forgets_what_was_chosen(explorer):
    explorer.selected = 3
    explorer.statement = explorer.paths[3]["statements"][0][0]
    explorer.source = "imipramine"
    explorer.target = "BDNF"
    assert explorer.path.nodes[0] == "imipramine"
    assert (explorer.selected, explorer.statement) == (0, None)
    explorer.sign = "-"
    assert explorer.paths == []
    assert explorer.selected is None
    assert explorer.path is None


def test_filters_are_those_of_the_graph(graph, explorer):
    explorer.basis = "document"
    assert {row["basis"] for row in explorer.paths} == {"document"}
    explorer.basis, explorer.sign = "any", "+"
    assert {row["sign"] for row in explorer.paths} == {"+"}
    explorer.sign, explorer.document = "any", "B115768"
    wanted = graph.paths("igmesine", "cGMP", arrows=graph.arrows(document="B115768"))
    assert [tuple(row["nodes"]) for row in explorer.paths] == [path.nodes for path in wanted]
    assert {step for row in explorer.paths for step in row["documents"]} >= {"B115768"}


def test_the_same_wish_is_searched_once(graph, monkeypatch):
    calls = []
    monkeypatch.setattr("kg.notebook.explorer.search", lambda *given: calls.append(given) or search(*given))
    explorer = PathExplorer(graph, "igmesine", "cGMP")
    with explorer.hold_trait_notifications():
        explorer.source, explorer.target = "imipramine", "serotonin"
    explorer.source = "imipramine"
    assert [wish.source for _, wish, _ in calls] == ["igmesine", "imipramine"]


def test_the_page_is_told_that_a_search_runs_before_it_is_answered(explorer):
    told = []
    explorer.observe(
        lambda change: told.append((change["name"], change["new"] if change["name"] == "busy" else ""))
    )
    explorer.max_length = 1
    names = [name for name, _ in told]
    assert (
        told.index(("busy", True))
        < names.index("paths")
        < names.index("_picture")
        < told.index(("busy", False))
    )


def test_no_path_says_what_gives_one(graph):
    answer = search(graph, Wish("igmesine", "cGMP", max_length=1, basis="document", sign="+"))
    assert not answer.paths
    assert answer.error.startswith(
        "no path from igmesine to cyclic guanosine monophosphate within 1 arrow, of net sign +, from document claims alone; "
    )
    assert [row.says for row in answer.advice] == ["try any sign"]
    for row in answer.advice:
        changed = Wish(
            **(
                {"source": "igmesine", "target": "cGMP", "max_length": 1, "basis": "document", "sign": "+"}
                | row.change
            )
        )
        assert search(graph, changed).paths


@pytest.mark.parametrize(("source", "target", "limits", "advised"), [
    ("igmesine", "nitric oxide", {"max_length": 1}, {"max_length": 2}),
    ("cGMP", "igmesine", {}, {"source": "igmesine", "target": "cGMP"}),
    ("igmesine", "BDNF", {"document": "B1671792"}, {"document": ""}),
])  # fmt: skip
def test_each_piece_of_advice_gives_a_path(graph, source, target, limits, advised):
    wish = Wish(source, target, **limits)
    answer = search(graph, wish)
    assert advised in [row.change for row in answer.advice]
    for row in answer.advice:
        assert search(graph, Wish(**({"source": source, "target": target} | limits | row.change))).paths


def test_what_nothing_joins_is_said_to_be_so(graph):
    answer = search(graph, Wish("imipramine", "cGMP"))
    assert answer.error.endswith(f"nor is there one within {LONGEST} of any kind")
    assert answer.advice == ()


def test_of_many_paths_the_best_are_listed(monkeypatch):
    made = synthetic(200)
    monkeypatch.setattr("kg.notebook.searching.MOST", 10)
    explorer = PathExplorer(
        KnowledgeGraph(Checked(made.knowledge, made.vocabulary, ())), "e150", "e3", max_length=9
    )
    assert explorer.note == "10 paths within 9 arrows; these are the best, there are more"
    assert len(explorer.found) == 10


def test_a_search_out_of_time_says_so(graph):
    answer = search(graph, Wish("igmesine", "cGMP"), timeout=0.0)
    assert "time" in answer.note or "was found in 0 s" in answer.error


def test_names_that_fit_nothing_are_errors_with_a_hint(graph, explorer):
    with pytest.raises(UnknownName, match="igmesine"):
        PathExplorer(graph, "igmesin", "cGMP")
    explorer.source = "igmesin"
    assert "Did you mean igmesine?" in explorer.error
    assert explorer.paths == []
    assert "both source and target" in search(graph, Wish("cGMP", "cyclic GMP")).error
    assert "no document" in search(graph, Wish("igmesine", "cGMP", document="B1")).error


@pytest.mark.parametrize(
    ("trait", "value", "why"),
    [
        ("selected", 8, "there is no path 8: selected is 0 to 7 or None"),
        ("selected", -1, "there is no path -1"),
        ("statement", "nothing", "no claim has the id 'nothing'"),
        ("max_length", 0, "not be less than 1"),
        ("sign", "up", "'up'"),
    ],
)
def test_a_value_that_cannot_be_is_refused(explorer, trait, value, why):
    with pytest.raises(TraitError, match=why):
        setattr(explorer, trait, value)


def test_an_empty_explorer_asks_for_both_ends(graph):
    explorer = PathExplorer(graph)
    assert (explorer.note, explorer.paths, explorer._picture) == ("Choose a source and a target.", [], {})
    assert explorer._repr_mimebundle_()[0]["text/plain"] == "Paths from ? to ?: Choose a source and a target."


def test_the_picture_names_every_box_and_arc_of_its_paths(explorer):
    picture = explorer._picture
    root = ElementTree.fromstring(picture["svg"])
    assert {part.get("data-box") for part in root.iter() if part.get("data-box")} == set(picture["boxes"])
    assert {part.get("data-arc") for part in root.iter() if part.get("data-arc")} == set(picture["arcs"])
    said = {name for row in explorer.paths for step in row["statements"] for name in step}
    assert said <= set(picture["claims"])
    assert {name for row in explorer.paths for name in row["nodes"]} == set(picture["boxes"])


def test_a_choice_among_the_best_leaves_the_picture_and_alone_draws_one(explorer):
    before = explorer._picture
    explorer.selected = 2
    assert explorer._picture is before
    explorer.alone = True
    assert set(explorer._picture["boxes"]) == set(explorer.paths[2]["nodes"])
    explorer.selected = 0
    assert set(explorer._picture["boxes"]) == {"igmesine", "cgmp"}


def test_a_chosen_path_beyond_the_best_is_drawn_too(graph):
    found = graph.paths("igmesine", "cGMP")
    many = kg.paths.Paths([*found] * 3)
    assert drawn_with(many, None, alone=False) == many[:DRAWN]
    assert drawn_with(many, DRAWN + 1, alone=False) == (*many[:DRAWN], many[DRAWN + 1])
    assert drawn_with(many, DRAWN + 1, alone=True) == (many[DRAWN + 1],)


def test_a_claim_outside_the_picture_can_be_told(graph, explorer):
    claim = graph.statements(subject="imipramine")[0]
    explorer.statement = claim.id
    assert explorer.claim is claim
    told = explorer._picture["claims"][claim.id]
    assert told["evidence"][0]["document"] == claim.documents[0]
    assert told["polarity"] == claim.polarity


def test_offers_are_by_name_and_synonym_best_first(graph):
    assert offers(graph.graph, "σ1")[0]["id"] == "sigma-1-receptor"
    assert offers(graph.graph, "SERT")[0] == {
        "id": "sert", "name": "serotonin transporter", "category": "transporter", "also": "SERT",
    }  # fmt: skip
    assert len(offers(graph.graph, "a")) == 12
    assert offers(graph.graph, "qqqq") == []


def test_the_page_is_answered_with_offers(explorer):
    sent = []
    explorer.send = sent.append
    explorer._asked(explorer, {"kind": "search", "text": "igmes", "turn": 4}, [])
    explorer._asked(explorer, {"kind": "something else"}, [])
    (answer,) = sent
    assert (answer["kind"], answer["turn"]) == ("offers", 4)
    assert "igmesine" in [row["id"] for row in answer["rows"]]


def test_a_saved_output_shows_paths_picture_and_places(explorer):
    explorer.selected = 1
    data, _ = explorer._repr_mimebundle_()
    assert set(data) == {"text/plain", "text/html", WIDGET}
    lines = data["text/plain"].splitlines()
    assert lines[0] == "Paths from igmesine to cyclic guanosine monophosphate: 8 paths within 6 arrows"
    assert lines[2].startswith("▸  2  +  0.0021")
    page = Page(data["text/html"])
    assert [tag for tag, _ in page.tags].count("details") == 8
    assert not {tag for tag, _ in page.tags} & {"script", "link", "iframe"}
    (image,) = [given for tag, given in page.tags if tag == "img"]
    assert b64decode(image["src"].rpartition(",")[2]).decode() == explorer.diagram.svg
    assert "denninge" in data["text/html"].lower()
    assert explorer._repr_mimebundle_() == explorer._repr_mimebundle_()


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_texts_make_no_markup(payload):
    made, plain = hostile_explorer(payload), hostile_explorer("plain")
    tags = lambda shown: [tag for tag, _ in Page(shown._repr_mimebundle_()[0]["text/html"]).tags]  # noqa: E731
    assert len(made.paths) == 1
    assert tags(made) == tags(plain)
    page = Page(made._repr_mimebundle_()[0]["text/html"])
    assert not [name for _, given in page.tags for name in given if name.startswith("on")]
    root = ElementTree.fromstring(made._picture["svg"])
    assert not [
        name for part in root.iter() for name in part.attrib if name.startswith("on") or "href" in name
    ]


def test_without_anywidget_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(
        MissingExtra, match=r'path explorer needs anywidget \(extra notebook\): pip install "anywidget'
    ):
        kg.notebook.PathExplorer  # noqa: B018
