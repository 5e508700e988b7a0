"""Names by attribute and by key: completed, found by other names, and told where there is none."""

from __future__ import annotations

import pytest

from kg.handles import identifier
from kg.problems import UnknownName


def test_entities_and_predicates_are_attributes(graph):
    assert graph.e.igmesine is graph.entity("igmesine")
    assert graph.e.sigma_1_receptor is graph["σ1 receptor"]
    assert graph.e.id_5_ht2a_receptor.id == "5-ht2a-receptor"
    assert graph.p.inhibits.label == "inhibits"
    assert graph.e.cGMP.id == "cgmp"


def test_everything_is_completed(graph):
    assert len(dir(graph.e)) == len(graph.entities)
    assert all(name.isidentifier() for name in dir(graph.e))
    assert {getattr(graph.e, name).id for name in dir(graph.e)} == set(graph.entities)
    assert "sigma_1_receptor" in dir(graph.e)
    assert "agonist_of" in dir(graph.p)
    assert {"igmesine", "cGMP"} <= set(graph._ipython_key_completions_())
    assert "5-ht2a-receptor" in graph.e._ipython_key_completions_()


def test_a_wrong_name_tells_what_was_meant(graph):
    with pytest.raises(AttributeError, match=r"no entity is called 'igmesin'; did you mean igmesine\?"):
        graph.e.igmesin  # noqa: B018
    with pytest.raises(AttributeError, match="did you mean inhibits"):
        graph.p.inhibts  # noqa: B018
    with pytest.raises(UnknownName, match="Did you mean igmesine"):
        graph["igmesin"]
    assert not hasattr(graph.e, "_repr_html_")


def test_a_graph_holds_its_names_and_is_no_sequence(graph):
    assert "σ1" in graph
    assert "no such thing" not in graph
    with pytest.raises(TypeError):
        iter(graph)


def test_an_entity_stands_wherever_a_name_does(graph):
    e, p = graph.e, graph.p
    assert graph.paths(e.igmesine, e.cgmp) == graph.paths("igmesine", "cGMP")
    assert graph.paths(e.igmesine, e.cgmp, via=[e.nmda_receptor], avoid=[e.sigma_1_receptor])
    assert graph.effect(e.igmesine, e.cgmp).answer == "both"
    assert graph.statements(subject=e.igmesine, predicate=p.agonist_of)
    assert graph.measurements(drug=e.imipramine, target=e.sert) == graph.measurements(
        drug="imipramine", target="SERT"
    )
    assert graph.what_if(inhibit=[e.sert]).row("serotonin").direction == "+"
    assert graph.affinities(e.imipramine, targets=[e.sert])[0].targets == ("sert",)
    assert graph.selectivity(e.imipramine, e.sert, e.net).drug == "imipramine"
    assert graph.occupancy(e.imipramine, "100 nM", targets=[e.sert])[0].target == "sert"
    assert graph.neighbours(e.igmesine).outgoing == graph.neighbours("igmesine").outgoing
    assert graph.between(e.igmesine, e.bdnf).connected
    assert graph.common(e.imipramine, e.fluoxetine).one == "imipramine"
    assert graph.explore(e.igmesine, hops=1).title == "Around igmesine"
    assert graph.metapaths(e.igmesine, e.cgmp, max_length=1)
    assert graph.arrows(predicates=[p.inhibits]).which.predicates == {"inhibits"}
    assert graph.ask("acts-on", subject=e.igmesine) == graph.ask("acts-on", subject="igmesine")


@pytest.mark.parametrize(
    ("name", "written"), [("sigma-1-receptor", "sigma_1_receptor"), ("5-ht", "id_5_ht"), ("a.b", "a_b")]
)
def test_ids_are_written_as_python_names(name, written):
    assert identifier(name) == written


def test_ipython_completes_them(graph):
    completer = pytest.importorskip("IPython.core.completer")
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    shell.user_ns["graph"] = graph
    with completer.provisionalcompleter():
        for text, wanted in (
            ("graph.e.igm", "igmesine"),
            ("graph.p.agon", "agonist_of"),
            ("graph.e.igmesine.", "xrefs"),
        ):
            assert wanted in [found.text for found in shell.Completer.completions(text, len(text))]
