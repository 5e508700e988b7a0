"""`kg effect`: an answer of four, what is claimed beside what is derived, and what decides it."""

from __future__ import annotations

import json
from itertools import combinations, product

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from test_paths import VOCABULARY, graph_of, statement

from kg.cli import main
from kg.graph import Graph
from kg.model import KnowledgeBase
from kg.paths import Arrows, Which, effect, find_paths
from kg.paths.decisive import answer_without, decisive


def effect_of(claims, source="a", target="b", **options):
    graph = graph_of(*claims)
    return effect(
        Arrows(graph), source, target, **({"max_length": 6, "at_most": 1000, "timeout": None} | options)
    )


def denied(subject, name, object_):
    claim = statement(subject, name, object_, polarity="negated")
    return type(claim)(**{f: getattr(claim, f) for f in claim.__struct_fields__} | {"id": f"not.{claim.id}"})


UP, DOWN = ("a", "activates", "b"), ("a", "inhibits", "b")
ROUTE = (("a", "activates", "m"), ("m", "activates", "b"))
OTHER = (("a", "activates", "n"), ("n", "inhibits", "b"))


@pytest.mark.parametrize(
    ("claims", "answer"),
    [
        ([UP], "+"),
        ([DOWN], "-"),
        ([*ROUTE, *OTHER], "both"),
        ([("a", "modulates", "b")], "unknown"),
        ([("a", "modulates", "b"), *ROUTE], "+"),
        ([], "unknown"),
        ([UP, DOWN], "both"),
        ([("a", "activates", "m"), ("a", "inhibits", "m"), ("m", "activates", "b")], "both"),
        ([("a", "activates", "m"), ("a", "inhibits", "m"), ("m", "modulates", "b")], "unknown"),
        ([UP, denied(*UP)], "unknown"),
        ([UP, denied(*DOWN)], "+"),
        ([UP, DOWN, denied(*UP)], "both"),
    ],
)
def test_the_four_answers(claims, answer):
    assert effect_of(claims).answer == answer


@pytest.mark.parametrize(
    ("claims", "direct", "derived", "agreement"),
    [
        ([UP, *ROUTE], "+", "+", "agree"),
        ([DOWN, *ROUTE], "-", "+", "disagree"),
        ([UP, *ROUTE, *OTHER], "+", "both", "disagree"),
        ([UP], "+", "unknown", "only direct"),
        ([*OTHER], "unknown", "-", "only derived"),
        ([("a", "modulates", "b"), *ROUTE], "unknown", "+", "only derived"),
        ([], "unknown", "unknown", "neither"),
        ([denied(*UP)], "unknown", "unknown", "neither"),
        ([denied(*UP), *ROUTE], "unknown", "+", "disagree"),
        ([denied(*DOWN), *ROUTE], "unknown", "+", "only derived"),
        ([denied("a", "modulates", "b"), *ROUTE], "unknown", "+", "disagree"),
        ([denied(*UP), UP, *ROUTE], "unknown", "+", "only derived"),
    ],
)
def test_claims_and_paths_stand_apart(claims, direct, derived, agreement):
    found = effect_of(claims)
    assert (found.direct_answer, found.derived_answer, found.agreement) == (direct, derived, agreement)


def test_a_search_that_was_cut_gives_a_lower_bound_unless_it_found_both():
    found = effect_of([*ROUTE, *OTHER, UP], at_most=1)
    assert (found.answer, found.stopped, found.settled) == ("+", "count", False)
    assert found.decisive.gave_up == "paths"
    found = effect_of([UP, DOWN, *ROUTE], at_most=1)
    assert (found.answer, found.stopped, found.settled) == ("both", "count", True)


@pytest.mark.parametrize(
    ("claims", "sets", "becomes"),
    [
        ([UP], [["a.activates.b"]], "unknown"),
        ([DOWN, *ROUTE], [["a.activates.m"], ["a.inhibits.b"], ["m.activates.b"]], "-"),
        ([UP, denied(*UP)], [["not.a.activates.b"]], "+"),
        ([UP, DOWN, denied(*UP)], [["a.activates.b"], ["a.inhibits.b"]], "-"),
        ([UP, *OTHER[:1], *OTHER[1:], denied(*OTHER[1])], None, None),
        ([("a", "modulates", "b")], [], None),
    ],
)
def test_the_smallest_sets_of_statements_that_change_the_answer(claims, sets, becomes):
    found = effect_of(claims).decisive
    if sets is None:
        assert found.sets == (("a.activates.b",), ("not.n.inhibits.b",))
    else:
        assert [list(names) for names in found.sets] == sets
        assert found.becomes == becomes


ARROWS = ("activates", "inhibits", "modulates")
CLAIMS = st.lists(
    st.tuples(st.sampled_from("abmn"), st.sampled_from(ARROWS), st.sampled_from("abmn"), st.booleans()),
    max_size=9,
    unique=True,
)


def claims_of(rows):
    return [denied(*row[:3]) if row[3] else statement(*row[:3]) for row in rows]


def answer_by_hand(claims, cutoff):
    """Return the answer over NetworkX' paths from the claims themselves, with none of the package's code."""
    said: dict = {}
    for claim in claims:
        said.setdefault((claim.subject, claim.object), []).append((claim.polarity, claim.sign))
    network = nx.DiGraph(e for e, c in said.items() if any(polarity == "asserted" for polarity, _ in c))
    network.add_nodes_from("ab")
    signs = set()
    for path in nx.all_simple_paths(network, "a", "b", cutoff=cutoff):
        could = []
        for ends in nx.utils.pairwise(path):
            asserted = {s for p, s in said[ends] if p == "asserted"} & {"+", "-"}
            refused = {s for p, s in said[ends] if p == "negated"}
            could.append(asserted if len(asserted) == 2 else asserted - refused)
        signs |= {"-" if chosen.count("-") % 2 else "+" for chosen in product(*could)}
    return "both" if len(signs) == 2 else next(iter(signs), "unknown")


@settings(max_examples=150, deadline=None)
@given(CLAIMS, st.integers(1, 4))
def test_answer_and_decisive_sets_are_those_of_trying_every_subset(rows, cutoff):
    claims = claims_of(rows)
    arrows = Arrows(Graph(KnowledgeBase(statements=tuple(claims)), VOCABULARY))
    found = effect(arrows, "a", "b", max_length=cutoff, at_most=1000, timeout=None)
    assert found.answer == answer_by_hand(claims, cutoff)
    for size in range(1, len(claims) + 1):
        changing = {
            tuple(sorted(claim.id for claim in removed)): answer
            for removed in combinations(claims, size)
            if (answer := answer_by_hand([c for c in claims if c not in removed], cutoff)) != found.answer
        }
        if changing:
            if size > 8:
                assert found.decisive.gave_up == "size"
            else:
                assert found.decisive.sets == tuple(sorted(changing))
                assert found.decisive.becomes == changing[found.decisive.statements]
            return
    assert found.decisive.sets == ()
    assert found.decisive.gave_up is None


def test_too_large_a_set_is_not_looked_for_and_said():
    many = [
        (x, name, y)
        for n in range(9)
        for x, name, y in [("a", "activates", f"m{n}"), (f"m{n}", "activates", "b")]
    ]
    assert effect_of(many).decisive.gave_up == "size"
    assert effect_of(many[:16]).decisive.gave_up is None
    assert len(effect_of(many[:16]).decisive.sets) == 2**8


def test_too_long_a_search_is_left_and_said(monkeypatch):
    monkeypatch.setattr("kg.paths.decisive.EFFORT", 3)
    assert effect_of([*ROUTE, *OTHER, UP]).decisive.gave_up == "effort"


def test_backwards_no_claim_gives_a_sign_even_beside_one_the_right_way():
    arrows = Arrows(graph_of(("a", "modulates", "b"), ("b", "inhibits", "a")), Which(undirected=True))
    (path,) = find_paths(arrows, "a", "b")
    assert (path.sign, len(path.steps[0].statements)) == ("unknown", 1)
    assert decisive(arrows, [path]).sets == ()
    assert answer_without(arrows, [path], frozenset()) == "unknown"


def run(*args):
    result = CliRunner().invoke(main, ["effect", *args], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def test_igmesine_on_cgmp_is_told_with_both_sides():
    told = run("igmesine", "cGMP").stdout
    assert told.startswith(
        "both  igmesine is claimed to lower cyclic guanosine monophosphate, and by its paths would raise it\n"
    )
    assert "Claimed of the two themselves: −" in told
    assert "Derived: +" in told
    assert "Claim and paths disagree; neither overrules the other." in told
    assert "! Does igmesine raise or lower signalling through the NMDA receptor? (open)" in told
    assert "Decisive: without this statement the answer is +, not both" in told


def test_a_direct_test_without_effect_is_told_first():
    told = run("igmesine", "antidepressant-effect").stdout
    assert "a direct test found no effect" in told.splitlines()[0]
    assert "Claimed of the two themselves: unknown (denied)" in told


@pytest.mark.parametrize(
    ("ends", "headline"),
    [
        (
            "imipramine BDNF",
            "+  imipramine is claimed to raise brain-derived neurotrophic factor, and by its paths would",
        ),
        ("fluoxetine norepinephrine", "+  by its paths fluoxetine would raise norepinephrine"),
        ("igmesine swim-immobility", "−  igmesine is claimed to lower immobility in the forced swim test"),
        ("desipramine CREB", "both  by its paths desipramine would both raise and lower CREB"),
        ("serotonin igmesine", "unknown  whether serotonin raises or lowers igmesine is unknown"),
    ],
)
def test_the_answer_keeps_what_is_claimed_from_what_only_follows(ends, headline):
    assert run(*ends.split()).stdout.splitlines()[0] == headline


def test_json_of_an_effect():
    row = json.loads(run("igmesine", "cGMP", "--format", "json").stdout)
    assert (row["answer"], row["direct"]["answer"], row["derived"]["answer"]) == ("both", "-", "+")
    assert row["derived"]["best"]["+"]["nodes"][0] == "igmesine"
    assert row["derived"]["best"]["-"] is None
    assert row["decisive"]["statements"][0]["id"] == "igmesine.decreases.cgmp"
    assert row["decisive"]["ties"] == len(row["decisive"]["sets"]) > 1


def test_the_choice_of_arrows_and_a_cut_search_are_told():
    assert run("igmesine", "cGMP", "--basis", "document").stdout.startswith("−")
    assert "a lower bound" in run("imipramine", "BDNF", "--at-most", "1").stderr
