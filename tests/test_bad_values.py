"""Bad values and units get a problem with its place and what was probably meant."""

from __future__ import annotations

import pytest

import kg

ROW = """\
document: {{id: my-paper, title: A paper, kind: primary paper}}
measurements:
  - {{drug: igmesine, target: bdnf, parameter: Ki, at: {{section: Results}}, value: "{value}"{unit}}}
"""
COLUMN = ROW.splitlines()[2].index('"{value}"') - 2


@pytest.mark.parametrize(
    ("value", "unit", "code", "told"),
    [
        ("-5", "nM", "KG408", "negative"),
        ("0", "nM", "KG413", "zero"),
        ("<0", "nM", "KG413", "zero"),
        ("17 - 15", "nM", "KG407", "inverted"),
        ("> 39 ± 8", "nM", "KG409", "bound"),
        ("NaN", "nM", "KG206", "not a number"),
        ("inf", "nM", "KG206", "not a number"),
        ("n/a", "nM", "KG206", "not a number"),
        (">-", "nM", "KG206", "not a number"),
        ("1,00", "nM", "KG206", "was it `1.00`"),
        ("1.000,5", "nM", "KG206", "was it `1000.5`"),
        ("1 000", "nM", "KG206", "was it `1000`"),
        ("3,5 - 4,5", "nM", "KG206", "was it `3.5 - 4.5`"),
        ("5 ± -1", "nM", "KG206", "not a number"),
        (">", "nM", "KG206", "not a number"),
        ("≥", "nM", "KG206", "not a number"),
        ("39 nM", "nM", "KG206", "unit into `unit`"),
        ("39", None, "KG406", "of what"),
        ("39", "nMol", "KG306", "did you mean"),
        ("39", "mm", "KG306", "did you mean `mM`"),
        ("39", "NM", "KG306", "did you mean `nM`"),
        ("39", "%", "KG411", "fraction"),
        ("390", "mM", "KG415", "was it 390 nM"),
        ("10001", "nM", "KG414", "was it `>10000`"),
    ],
)
def test_a_bad_value_is_told_with_its_place_and_what_was_meant(write, value, unit, code, told):
    text = ROW.format(value=value, unit="" if unit is None else f", unit: '{unit}'")
    (problem,) = kg.check(write(text))
    assert problem.code == code
    assert told in f"{problem.message} {problem.hint}"
    assert problem.line == 3
    assert problem.column == text.splitlines()[2].index("unit" if code in ("KG306", "KG411") else '"') + (
        7 if code in ("KG306", "KG411") else 1
    )


@pytest.mark.parametrize("unit", ["µM", "μM", "uM", "umol/L"])
@pytest.mark.parametrize("value", ["10,000", "10000", "1e4"])
def test_every_notation_of_one_value_is_one_amount(write, value, unit):
    graph = kg.load(write(ROW.format(value=value, unit=f", unit: {unit}")), cache=False)
    (cell,) = (cell for m in graph.affinities("igmesine", targets=["bdnf"]) for cell in m.cells)
    assert float(cell.span.low) == 0.01
    assert graph.measurements(target="bdnf")[0].unit == "µM"


def test_a_number_in_the_thousands_is_no_lost_bound(write):
    for value in ("10000", "1,200", "10002", ">10001", "901", "1e3"):
        assert kg.check(write(ROW.format(value=value, unit=", unit: nM"))) == ()
