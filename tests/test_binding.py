"""Selectivity, occupancy and Ki from IC50: intervals that enclose, and what is unknown stays unknown."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from io import StringIO
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.affinities.binding import cheng_prusoff
from kg.affinities.occupancy import occupied
from kg.amounts import Amount, written
from kg.cli import main
from kg.problems import NoAmount

NUMBER = st.fractions(Fraction(1, 10**6), 10**6, max_denominator=10**6)
NANO = Fraction(1, 10**9)


def run(*args: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, args)
    assert result.exit_code == code, result.output
    return result.stdout


def between(one: Fraction, other: Fraction) -> Amount:
    return Amount(min(one, other), max(one, other))


def test_each_document_has_its_own_fold_and_the_sources_disagree_on_the_direction(graph):
    found = graph.selectivity("imipramine", "SERT", "NET")
    folds = {
        (*ratio.documents, ratio.form, ratio.species): (str(ratio.fold), ratio.direction)
        for ratio in found.alone
    }
    assert folds == {
        ("B10784792", None, None): ("26", "first"),
        ("B1198808", None, "human"): ("3.2–42", "first"),
        ("B1198808", None, None): ("~1–100", "open"),
        ("B1671792", "imipramine-hydrochloride", "human"): ("0.063", "second"),
    }
    assert found.disputed
    assert (found.sources("first"), found.sources("second")) == (("B10784792", "B1198808"), ("B1671792",))
    text = run("selectivity", "imipramine", "--between", "SERT", "NET")
    assert (
        "The sources disagree on the direction. B10784792, B1198808: serotonin transporter; B1671792:" in text
    )


def test_the_fold_the_other_way_round_is_the_inverse(graph):
    there, back = (graph.selectivity("imipramine", *ends) for ends in (("SERT", "NET"), ("NET", "SERT")))
    assert sorted(str(ratio.fold.inverse()) for ratio in there.alone) == sorted(
        str(r.fold) for r in back.alone
    )
    assert there.sources("first") == back.sources("second")


def test_a_fold_with_a_bound_is_a_bound(graph):
    (ratio,) = graph.selectivity("desipramine", "NET", "DAT").alone
    assert str(ratio.fold) == ">8,333"
    assert ratio.fold.high is None
    assert ratio.direction == "first"


ERRORS = """\
document: {id: D, title: t, kind: review}
passages:
  - at: {section: Results}
    measured: {drug: igmesine, parameter: Kd, unit: nM}
    measurements:
      - {value: 10 ± 5 SD, target: bdnf}
      - {value: 40, target: trkb}
"""


def test_an_error_stands_beside_the_fold_and_widens_it_not(write):
    graph = kg.load(write(ERRORS), cache=False)
    (ratio,) = graph.selectivity("igmesine", "bdnf", "trkb").alone
    assert (str(ratio.fold), ratio.fold.is_point, ratio.direction) == ("4", True, "first")
    assert (ratio.with_errors.low, ratio.with_errors.high) == (Fraction(40, 15), 8)
    data = str(write(ERRORS, "again.yaml"))
    told = run("selectivity", "igmesine", "--between", "bdnf", "trkb", "--data", data)
    assert "within ±" in told
    assert "2.6–8" in told
    assert "within ±" not in run("selectivity", "imipramine", "--between", "SERT", "NET")


def test_an_error_stands_beside_the_occupancy_and_engages_nothing(write):
    graph = kg.load(write(ERRORS), cache=False)
    one, other = graph.occupancy("igmesine", "10 nM", targets=["bdnf", "trkb"], threshold=0.5)
    assert (one.share.low, one.share.high, one.engaged) == (Fraction(1, 2), Fraction(1, 2), "yes")
    assert (one.with_errors.low, one.with_errors.high) == (Fraction(10, 25), Fraction(10, 15))
    assert other.with_errors is None
    assert "within ±: 40–66.7 %" in graph.draw_occupancy("igmesine", "10 nM", targets=["bdnf"]).html


def test_a_notebook_shows_what_the_errors_allow_where_there_are_any(write, graph):
    own = kg.load(write(ERRORS), cache=False)
    shown = (
        (own.selectivity("igmesine", "bdnf", "trkb"), "2.6–8"),
        (own.occupancy("igmesine", "10 nM", targets=["bdnf", "trkb"]), "40–66.7"),
        (own.pools("igmesine", "bdnf"), "5–15"),
    )
    for found, told in shown:
        text = found._repr_mimebundle_()["text/plain"]
        assert "within ±" in text
        assert told in text
    plain = graph.selectivity("imipramine", "SERT", "NET")._repr_mimebundle_()["text/plain"]
    assert "within ±" not in plain


def test_a_mean_within_errors_is_told_or_left_open(write):
    (pool,) = kg.load(write(ERRORS), cache=False).pools("igmesine", "bdnf")
    assert (pool.mean.is_point, float(pool.with_errors.low * 10**9), float(pool.with_errors.high * 10**9)) == (
        True, 5.0, 15.0)  # fmt: skip
    wide = ERRORS.replace("10 ± 5 SD", "10 ± 12") + '      - {value: ">9", target: bdnf, id: bound}\n'
    (pool,) = kg.load(write(wide, "wide.yaml"), cache=False).pools("igmesine", "bdnf")
    assert (str(pool.mean.times(10**9)), pool.with_errors) == (">9.4", None)


def test_a_base_is_not_divided_by_its_salt_nor_one_assay_by_another(graph):
    for drug in ("imipramine", "desipramine", "igmesine"):
        for ratio in (
            *graph.selectivity(drug, "SERT", "NET").alone,
            *graph.selectivity(drug, "SERT", "NET").pooled,
        ):
            alike = {
                (v.parameter, v.form, v.endpoint, v.qualifiers.species) for v in (*ratio.first, *ratio.second)
            }
            assert len(alike) == 1


def test_what_cannot_be_compared_is_told():
    text = run("selectivity", "igmesine", "--between", "sigma-1", "sigma-2")
    assert "not compared: IC50 39 ± 8 nM at sigma-1 receptor" in text
    assert "nothing to compare" in text


def test_selectivity_in_json_and_csv():
    row = json.loads(run("selectivity", "imipramine", "--between", "SERT", "NET", "--format", "json"))
    assert (row["disputed"], row["prefer_second"]) == (True, ["B1671792"])
    assert row["alone"][-1]["fold"]["relation"] == "="
    rows = list(
        csv.DictReader(
            StringIO(run("selectivity", "imipramine", "--between", "SERT", "NET", "--format", "csv"))
        )
    )
    assert [r["fold"] for r in rows if r["sources"] == "B1671792"] == ["0.063"]


@settings(deadline=None)
@given(NUMBER, NUMBER, NUMBER, NUMBER)
def test_occupancy_encloses_the_true_share(constant, other, concentration, more):
    share = occupied(between(constant, other), between(concentration, more))
    assert share.holds(concentration / (concentration + constant))
    assert 0 < share.low <= share.high <= 1


def test_half_is_occupied_at_the_constant_and_a_bound_stays_a_bound(graph):
    ten = Amount(Fraction(10), Fraction(10))
    assert occupied(ten, ten).is_point
    (dat,) = graph.occupancy("imipramine", "100 nM", targets=["DAT"])
    assert (dat.share.low, dat.engaged) == (0, "no")
    (dat,) = graph.occupancy("imipramine", "50 µM", targets=["DAT"])
    assert (dat.share.low, dat.engaged) == (0, "open")


def test_an_ic50_gives_no_occupancy_and_what_is_unknown_stays_unknown(graph):
    found = {one.target: one for one in graph.occupancy("igmesine", "100nM")}
    assert found["mao-a"].engaged == "unknown"
    assert found["mao-a"].missing == "only IC50 measured"
    assert found["sigma-1-receptor"].parameter == "Kd"
    assert "igmesine-sigma-1-mechanism" in found["sigma-1-receptor"].mechanisms
    (asked,) = graph.occupancy("igmesine", "100nM", targets=["DAT"])
    assert (asked.engaged, asked.missing) == ("unknown", "no Kd or Ki")


def test_the_threshold_decides_what_is_engaged(graph):
    by = {
        share: graph.occupancy("imipramine", "100nM", targets=["SERT"], threshold=share)[0].engaged
        for share in (0.5, 0.9, 0.999)
    }
    assert by == {0.5: "yes", 0.9: "open", 0.999: "no"}


def test_occupancy_is_drawn_with_every_target(graph, tmp_path):
    chart = graph.draw_occupancy("imipramine", "50 - 200 nM")
    titles = [
        node.text for node in ElementTree.fromstring(chart.svg).iter("{http://www.w3.org/2000/svg}title")
    ]
    known = [one for one in graph.occupancy("imipramine", "50 - 200 nM") if one.share]
    assert len(titles) == len(known) + 1
    run("occupancy", "imipramine", "--concentration", "50 - 200 nM", "--html", str(tmp_path / "o.html"))
    page = (tmp_path / "o.html").read_text("utf-8")
    assert "only IC50 measured" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("100", "has no unit"),
        ("100 nm", "did you mean nM"),
        ("100 mm", "did you mean mM"),
        ("5 bananas", "no unit of concentration"),
        ("0 nM", "not above zero"),
        ("-5 nM", "not above zero"),
        ("10,00 nM", "not a number"),
        ("17 - 15 nM", "inverted"),
        ("nan nM", "write a number"),
        ("lots", "write a number"),
        ("", "write a number"),
    ],
)
def test_a_wrong_concentration_is_refused_with_what_was_meant(graph, text, told):
    with pytest.raises(NoAmount, match=told):
        graph.concentration(text)
    result = CliRunner().invoke(main, ["occupancy", "imipramine", "--concentration", text])
    assert result.exit_code == 2
    assert told in result.output.replace("\n", " ")


@pytest.mark.parametrize(
    ("text", "molar"),
    [("100nM", "1/10000000"), ("1,000 nM", "1/1000000"), ("0.1 µM", "1/10000000"), ("0.1 μM", "1/10000000")],
)
def test_units_are_read_in_every_notation(graph, text, molar):
    assert graph.concentration(text).molar.low == Fraction(molar)


@settings(deadline=None)
@given(NUMBER, NUMBER, NUMBER, NUMBER)
def test_ki_encloses_the_true_one(ic50, ratio, other, more):
    found = cheng_prusoff(between(ic50, other), between(ratio, more))
    assert found.holds(ic50 / (1 + ratio))


@pytest.mark.parametrize(
    ("ic50", "radioligand", "kd", "ki", "errors"),
    [
        ("10 nM", "3 nM", "3 nM", "5", None),
        ("30 nM", "4 nM", "2 nM", "10", None),
        (">10 µM", "1 nM", "1 nM", ">5,000", None),
        ("39 ± 9 nM", "2 nM", "1 nM", "13", "10–16"),
        ("12 nM", "1 - 3 nM", "1 nM", "3–6", None),
    ],
)
def test_ki_follows_from_ic50_with_bounds_ranges_and_errors(graph, ic50, radioligand, kd, ki, errors):
    found = graph.cheng_prusoff(ic50, radioligand=radioligand, kd=kd)
    assert written(found.ki, NANO) == ki
    assert (found.with_errors and written(found.with_errors, NANO)) == errors


def test_a_protocol_tells_how_much_radioligand_it_uses(graph):
    near = graph.cheng_prusoff("30 nM", protocol="sert-binding")
    assert (written(near.ki, NANO), "close to its Kd" in near.given) == ("~15", True)
    net = graph.cheng_prusoff("30 nM", protocol="net-binding", kd="0.5 nM")
    assert written(net.ki, NANO) == "~10"
    for arguments, told in (
        ({"protocol": "net-binding"}, "give --kd"),
        ({"protocol": "sigma-1-binding"}, "does not say at which concentration"),
        ({"protocol": "cloned-transporter-binding"}, "choose one by --ligand"),
        ({}, "or a protocol"),
    ):
        with pytest.raises(NoAmount, match=told):
            graph.cheng_prusoff("30 nM", **arguments)


def test_the_equation_its_assumptions_and_their_source_are_printed():
    text = run("cheng-prusoff", "--ic50", "39 ± 8 nM", "--radioligand", "3nM", "--kd", "2nM")
    for words in ("Ki = IC50 / (1 + [L]/Kd)", "Hill slope 1", "10.1016/0006-2952(73)90196-2"):
        assert words in " ".join(text.split())
    row = json.loads(
        run("cheng-prusoff", "--ic50", "10nM", "--radioligand", "3nM", "--kd", "3nM", "--format", "json")
    )
    assert (row["ki"]["low"], row["ki"]["high"], row["ratio"]["low"]) == (5, 5, 1)
    run("cheng-prusoff", "--ic50", "10nM", code=2)
