"""Affinities: matrices as intervals, pools that tell what is not in them, conflicts found again in SPARQL."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from fractions import Fraction
from html import unescape
from io import StringIO
from itertools import combinations
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_views import PAYLOADS

import kg
from kg.amounts import written
from kg.cli import main
from kg.problems import TooLarge, UnknownName

NANO = Fraction(1, 10**9)


def run(*args: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, args)
    assert result.exit_code == code, result.output
    return result.stdout


def cells(graph, *drugs: str, **options) -> dict[tuple[str, str], object]:
    return {(c.drug, c.target): c for m in graph.affinities(*drugs, **options) for c in m.cells}


def test_a_cell_is_the_interval_from_the_lowest_to_the_highest_source(graph):
    sert, dat = (
        cells(graph, "imipramine", parameters=["Ki"])[("imipramine", name)] for name in ("sert", "dat")
    )
    assert written(sert.span, NANO) == "0.9–79"
    assert (len(sert.values), sert.documents) == (4, ("B10784792", "B1198808", "B1671792"))
    assert dict(sert.mixed)["species"] == (None, "human")
    assert sert.conflicts
    assert written(dat.span, NANO) == "≥8,500"
    assert dat.span.high is None


def test_a_bound_never_becomes_a_number(graph):
    (cell,) = cells(graph, "desipramine", targets=["DAT"]).values()
    assert (written(cell.span, NANO), cell.span.high, cell.span.low_open) == (">10,000", None, True)


def test_a_value_printed_in_two_documents_is_one_value_of_two_documents(graph):
    cell = cells(graph, "igmesine", parameters=["IC50"])[("igmesine", "sigma-1-receptor")]
    assert [value.id for value in cell.values] == ["B115768.igmesine.sigma-1-receptor.ic50"]
    assert cell.documents == ("B115768", "B157457")
    assert "another print" in cell.left_out[0].reason


def test_words_are_kept_where_there_is_no_number(graph):
    cell = cells(graph, "imipramine", parameters=["IC50"])[("imipramine", "dopamine-reuptake")]
    assert cell.span is None
    assert "Weak" in run("affinity", "imipramine", "--parameter", "IC50")


def test_matrices_are_sorted_by_affinity_and_whole(graph):
    (ki,) = graph.affinities(parameters=["Ki"])
    lows = [cell.span.low for cell in ki.cells]
    assert lows == sorted(lows)
    assert ki.drugs[0] == "sertraline"
    assert {value.id for cell in ki.cells for value in cell.values} == {
        value.id for value in graph.measurements(parameter="Ki")
    }


def test_a_salt_named_alone_has_only_its_own_values(graph):
    assert {v.form for c in cells(graph, "imipramine-hydrochloride").values() for v in c.values} == {
        "imipramine-hydrochloride"
    }


def test_pools_keep_parameter_target_form_species_and_assay_apart(graph):
    for drug in ("imipramine", "igmesine", "desipramine"):
        for pool in graph.pools(drug):
            for one, other in combinations(pool.taken, 2):
                assert (one.parameter, one.target, one.form, one.endpoint, one.qualifiers.species) == (
                    other.parameter, other.target, other.form, other.endpoint, other.qualifiers.species)  # fmt: skip
    keys = [pool.key for pool in graph.pools("imipramine", "SERT")]
    assert {(key.form, key.species) for key in keys} == {
        (None, None), (None, "human"), ("imipramine-hydrochloride", "human")}  # fmt: skip


def test_salts_are_pooled_where_that_was_asked_for():
    merged = kg.load(merge_salts=True)
    (human,) = [pool for pool in merged.pools("imipramine", "SERT") if pool.key.species == "human"]
    assert [value.printed for value in human.taken] == ["0.9 - 4.6 nM", "79 nM"]
    assert written(human.mean, NANO) == "8.4–20"


def test_every_value_of_a_pool_is_taken_or_left_out_with_a_reason(graph):
    for drug in ("imipramine", "igmesine"):
        asked = [
            v
            for m in graph.affinities(drug)
            for c in m.cells
            for v in (*c.values, *(o.value for o in c.left_out))
        ]
        pooled = [v for pool in graph.pools(drug) for v in (*pool.taken, *(o.value for o in pool.left_out))]
        assert sorted(v.id for v in asked) == sorted(v.id for v in pooled)
        assert all(item.reason for pool in graph.pools(drug) for item in pool.left_out)


MIXED = """\
document: {{id: my-paper, title: A paper, kind: primary paper}}
passages:
  - at: {{section: Results}}
    measured: {{drug: igmesine, target: bdnf, parameter: Ki, unit: nM}}
    measurements:
{}
"""


def pooled(write, *values: str, unit: str = "nM"):
    rows = "\n".join(f'      - {{value: "{v}", unit: {unit}, id: v{i}}}' for i, v in enumerate(values))
    return kg.load(write(MIXED.format(rows)), cache=False).pools("igmesine", "bdnf")


def test_a_censored_value_in_a_mean_gives_a_bound_or_a_refusal(write):
    (bounded,) = pooled(write, "10", ">1000")
    assert (written(bounded.mean, NANO), bounded.mean.high) == (">100", None)
    (refused,) = pooled(write, ">1000", "<10")
    assert refused.mean is None
    assert "leave the mean open" in refused.refusal


def test_the_order_of_values_in_a_file_never_matters(write):
    texts = ["10", "1 - 4", "~7"]
    means = {pooled(write, *order)[0].mean for order in (texts, texts[::-1], [texts[1], texts[0], texts[2]])}
    assert len(means) == 1


def test_json_has_amounts_sources_and_reasons():
    (matrix,) = json.loads(run("affinity", "imipramine", "--target", "DAT", "--format", "json"))
    (cell,) = matrix["cells"]
    assert cell["span"] | {"p": None} == {
        "unit": "nM", "relation": ">=", "low": 8500, "high": None, "approximate": False, "written": "≥8,500",
        "p": None}  # fmt: skip
    assert cell["span"]["p"]["written"] == "≤5.08"
    (pool, *_) = json.loads(run("affinity", "igmesine", "--pools", "--format", "json"))
    assert set(pool) >= {"taken", "left_out", "mean", "refusal", "species", "form"}


def test_csv_has_relation_low_and_high_in_columns_of_their_own():
    rows = list(
        csv.DictReader(StringIO(run("affinity", "desipramine", "--parameter", "Ki", "--format", "csv")))
    )
    (dat,) = [row for row in rows if row["target"] == "dat"]
    assert (dat["relation"], dat["low"], dat["high"], dat["unit"]) == (">", "10000", "", "nM")


def test_a_chart_is_sound_svg_and_an_offline_page_without_script(graph, tmp_path):
    chart = graph.draw_affinities("imipramine")
    root = ElementTree.fromstring(chart.svg)
    titles = [node.text for node in root.iter("{http://www.w3.org/2000/svg}title")]
    assert any("79 nM" in text for text in titles)
    assert chart.svg == graph.draw_affinities("imipramine").svg
    assert "<script" not in chart.html
    assert "default-src 'none'" in unescape(chart.html)
    assert chart.write(tmp_path / "a.svg").read_text("utf-8") == chart.svg
    assert chart.write(tmp_path / "a.html").read_text("utf-8") == chart.html
    with pytest.raises(UnknownName):
        chart.write(tmp_path / "a.doc")


def test_every_value_of_a_matrix_is_drawn_once_and_bounds_as_arrows(graph):
    svg = graph.draw_affinities("imipramine", parameters=["Ki"]).svg
    for value in graph.measurements(drug="imipramine", parameter="Ki"):
        assert f"{value.printed} ·" in svg.replace("&gt;", ">")


SVG = "{http://www.w3.org/2000/svg}"


def test_every_mark_in_a_picture_leads_to_its_conflict_in_the_same_file(graph):
    root = ElementTree.fromstring(graph.draw_affinities("imipramine").svg)
    names = [node.attrib["id"] for node in root.iter() if node.attrib.get("id", "").startswith("conflict-")]
    links = list(root.iter(f"{SVG}a"))
    assert len(names) == len(set(names)) > 3
    assert {node.attrib["href"] for node in links} == {f"#{name}" for name in names}
    assert all(node.find(f"{SVG}title").text.startswith("Conflict ") for node in links)
    marks = [node for node in root.iter(f"{SVG}text") if node.text == "!"]
    assert len(marks) == len(links) + len(names)


def test_the_page_shows_both_sides_of_a_conflict_with_places_and_what_differs(graph):
    page = graph.draw_affinities("imipramine", targets=["SERT"]).html
    names = re.findall(r'id="(conflict-\d+)"', page)
    assert len(names) == len(set(names)) > 1
    assert set(re.findall(r'href="#([^"]+)"', page)) == set(names)
    told = unescape(page)
    for words in ("79 nM", "1.4 nM", "B1671792, section", "B10784792, section", "56.4-fold", "What differs"):
        assert words in told


def test_a_found_conflict_says_what_differs_though_nobody_curated_it(write):
    rows = "".join(
        f"  - {{id: v{n}, drug: imipramine, target: dat, parameter: EC50, value: '{value}', unit: nM,"
        f" at: {{page: '{n}'}}{more}}}\n"
        for n, (value, more) in enumerate((("1", ""), ("50", ", species: rat")))
    )
    graph = kg.load(write(f"document: {{id: D, title: t, kind: review}}\nmeasurements:\n{rows}"))
    (one,) = graph.draw_affinities("imipramine", parameters=["EC50"]).disputes
    assert [side.places for side in one.sides] == [("D, page 0",), ("D, page 1",)]
    assert (one.about, one.differences) == ("value, 50.0-fold, verdict: open", ("species: not stated / rat",))


@pytest.mark.parametrize(("form", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_chart_is_written_as_png_and_pdf(tmp_path, form, start):
    for name, *arguments in (
        ("affinity", "imipramine"),
        ("occupancy", "imipramine", "--concentration", "1nM"),
    ):
        path = tmp_path / f"{name}.{form}"
        run(name, *arguments, "-o", str(path))
        data = path.read_bytes()
        assert data.startswith(start)
        assert b"/URI" not in data


def test_a_chart_of_too_many_fields_says_how_to_ask_for_less(graph, monkeypatch):
    monkeypatch.setattr("kg.views.charts.affinities.MOST", 20)
    with pytest.raises(TooLarge, match=r"Ki: 2 drugs × 18 targets are 36 fields.*--target.*--format csv"):
        graph.draw_affinities("imipramine", "desipramine")


def test_many_drugs_at_few_targets_stand_below_each_other(graph, monkeypatch):
    across = graph.draw_affinities(targets=["SERT"], parameters=["Ki"])
    monkeypatch.setattr("kg.views.charts.heat._BROAD", 1)
    down = graph.draw_affinities(targets=["SERT"], parameters=["Ki"])
    first = "{http://www.w3.org/2000/svg}text"
    places = [
        {node.text: node.attrib for node in reversed([*ElementTree.fromstring(chart.svg).iter(first)])}
        for chart in (across, down)
    ]
    assert places[0]["imipramine"]["y"] == places[0]["desipramine"]["y"]
    assert places[1]["imipramine"]["x"] == places[1]["desipramine"]["x"]


def test_hostile_words_stay_words_in_a_chart(write):
    tried = 0
    for number, payload in enumerate(PAYLOADS):
        text = json.dumps(payload)
        rows = f"entities: [{{id: bad{number}, name: {text}, category: Protein}}]\n" + MIXED.format(
            f"      - {{value: 5, target: bad{number}}}\n      - {{value: 500, target: bad{number}, id: other}}"
        )
        try:
            graph = kg.load(write(rows), cache=False)
        except kg.InvalidData:
            continue
        chart = graph.draw_affinities("igmesine", targets=[f"bad{number}"])
        names = {node.tag.rpartition("}")[2] for node in ElementTree.fromstring(chart.svg).iter()}
        assert names <= {"svg", "title", "desc", "rect", "g", "text", "path", "circle", "a"}
        assert len(chart.disputes) == 1
        assert set(re.findall(r'href="([^"]*)"', chart.svg)) == {"#conflict-1"}
        assert "<script" not in chart.html
        assert "<img" not in chart.html
        tried += 1
    assert tried > 2


def pairs_by(graph: kg.KnowledgeGraph, fold: str) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """Return the pairs of values that the library's question finds, and those that Python finds."""
    from kg.affinities.conflicts import distant_values

    asked = graph.ask("values-apart", times=fold)
    ends = [asked.variables.index(name) for name in ("one", "other")]
    rows = {frozenset(str(row[end]).removeprefix("kg:") for end in ends) for row in asked.rows}
    return rows, {frozenset(one.sides) for one in distant_values(graph.graph, Decimal(fold))}


@pytest.mark.parametrize("fold", ["1.5", "2", "3", "10"])
def test_sparql_over_the_intervals_finds_the_same_pairs(graph, fold):
    asked, found = pairs_by(graph, fold)
    assert asked == found
    assert len(found) >= (3 if fold != "10" else 1)
    known = [set(conflict.sides) for conflict in graph.conflicts(fold=Decimal(fold))]
    assert all(any(pair <= sides for sides in known) for pair in found)


VALUES = st.tuples(
    st.sampled_from(
        ["10", "30", "29.6", ">30", "<10", ">=90", "~3", "3 - 9", "~1-10", "0.03", "Weak", "90 ± 70"]
    ),
    st.sampled_from(["nM", "µM", "pM"]),
    st.sampled_from(["", ", species: human", ", species: rat"]),
    st.sampled_from(["", ", endpoint: binding", ", form: imipramine-hydrochloride"]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, min_size=2, max_size=14), st.sampled_from(["1", "2.96", "3", "1000"]))
def test_sparql_and_python_find_the_same_pairs_among_any_values(write, values, fold):
    rows = (
        f"  - {{id: v{n}, drug: imipramine, target: dat, parameter: Ki, value: '{value}'"
        f"{'' if value == 'Weak' else f', unit: {unit}'}{species}{more}, at: {{section: a}}}}\n"
        for n, (value, unit, species, more) in enumerate(values)
    )
    data = write(f"document: {{id: D, title: t, kind: review}}\nmeasurements:\n{''.join(rows)}")
    asked, found = pairs_by(kg.load(data, cache=False), fold)
    assert asked == found


def test_a_fold_is_compared_as_it_is_and_not_as_it_is_rounded(write):
    rows = "".join(
        f"  - {{id: v{n}, drug: imipramine, target: dat, parameter: EC50, value: '{value}', unit: nM, at: {{section: a}}}}\n"
        for n, value in enumerate(("1", "2.96"))
    )
    graph = kg.load(write(f"document: {{id: D, title: t, kind: review}}\nmeasurements:\n{rows}"))
    told = {
        fold: [c for c in graph.conflicts(fold=Decimal(fold)) if "v0" in c.sides] for fold in ("2.96", "3")
    }
    assert [str(conflict.fold) for conflict in told["2.96"]] == ["3.0"]
    assert told["3"] == []


def test_a_curated_conflict_of_values_is_left_out_below_the_fold_asked_for(graph):
    known = {str(c.fold) for c in graph.conflicts() if c.kind == "value" and c.source}
    asked = {str(c.fold) for c in graph.conflicts(fold=20) if c.kind == "value" and c.source}
    assert {"56.4", "7.4"} <= known
    assert "56.4" in asked
    assert "7.4" not in asked


def test_a_pair_that_is_far_apart_says_what_differs_between_its_sides(graph):
    from kg.affinities.conflicts import distant_values

    pair = next(
        conflict
        for conflict in distant_values(graph.graph, Decimal(3))
        if set(conflict.sides) == {"B10784792.imipramine.sert.ki", "B1671792.imipramine.sert.ki"}
    )
    assert pair.fold == Decimal("56.4")
    assert pair.difference == (
        "form: not stated / imipramine hydrochloride; species: not stated / human; "
        "ligand: not stated / [3H]citalopram"
    )
