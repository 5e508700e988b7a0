"""Dates as printed become bounds to sort by, and the dated claims a timeline."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from click.testing import CliRunner

import kg
from kg.cli import main
from kg.dates import parse_date


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("1951", 1951, 1951),
        ("1960s", 1960, 1969),
        ("the 1960s", 1960, 1969),
        ("late 1970s", 1977, 1979),
        ("mid-1970s", 1974, 1976),
        ("circa 1970s", 1970, 1979),
        ("before 2004", None, 2003),
        ("until 2004", None, 2004),
        ("after 1970s", 1980, None),
        ("since 1957", 1957, None),
        ("1965 to 1968", 1965, 1968),
        ("1950s–1960s", 1950, 1969),
        ("2025-12", 2025, 2025),
        ("1951-57", 1951, 1957),
        ("March 1957", 1957, 1957),
        ("12 May, 1957", 1957, 1957),
        ("between 1951 and 1957", 1951, 1957),
        ("late 1970s to early 1980s", 1977, 1983),
        ("1960s-70s", 1960, 1979),
        ("2001–05", 2001, 2005),
    ],
)
def test_a_printed_date_allows_these_years(printed, first, last):
    assert parse_date(printed) == (first, last)


@pytest.mark.parametrize(
    "printed",
    ["", "recently", "51", "late 1970", "1968 to 1965", "1960s-ish", "19512", "1999-03-1", "1951–12"],
)
def test_what_is_no_date_is_not_guessed(printed):
    assert parse_date(printed) is None


def test_an_open_beginning_is_sorted_by_its_end():
    printed = ["before 2004", "1968", "1960s", "1965", "late 1970s", "1951"]
    found = sorted(printed, key=lambda text: parse_date(text).order)
    assert found == ["1951", "1960s", "1965", "1968", "late 1970s", "before 2004"]


def test_the_timeline_tells_who_did_what_when(graph):
    told = {
        (claim.qualifiers.date, claim.qualifiers.by, claim.object) for claim in graph.timeline("imipramine")
    }
    assert {
        ("1951", None, "discovered"),
        ("1957", None, "introduced-for-clinical-use"),
        ("1957", "Roland Kuhn", "antidepressant-effect"),
        ("1965", "Iversen", "norepinephrine-reuptake"),
        ("1968", "Carlsson, Fuxe and Ungerstedt", "serotonin"),
    } <= told
    orders = [parse_date(claim.qualifiers.date).order for claim in graph.timeline()]
    assert all(one <= other for one, other in pairwise(orders))


def test_the_timeline_of_one_entity_is_a_part_of_the_whole(graph):
    own = graph.timeline("igmesine")
    assert {(claim.qualifiers.date, claim.qualifiers.by) for claim in own} == {("before 2004", "Pfizer")}
    assert set(own) < set(graph.timeline())


def test_the_timeline_as_json_keeps_the_print_and_adds_years():
    rows = json.loads(CliRunner().invoke(main, ["timeline", "igmesine", "--format", "json"]).stdout)
    assert {(row["date"], row["first_year"], row["last_year"], row["by"]) for row in rows} == {
        ("before 2004", None, 2003, "Pfizer")
    }


def test_a_date_that_cannot_be_read_is_kept_and_comes_last(write):
    path = write(
        "documents: [{id: my-paper, title: A paper, kind: primary paper}]\n"
        "statements:\n"
        "  - {subject: igmesine, predicate: modulates, object: bdnf, date: once, by: me,\n"
        "     evidence: [{document: my-paper, at: {section: Results}}]}\n"
    )
    last = kg.load(path, cache=False).timeline()[-1]
    assert (last.qualifiers.date, last.qualifiers.by) == ("once", "me")


def test_years_are_numbers_in_sparql(graph):
    answer = graph.query(
        "SELECT ?written { ?claim kgo:dated ?written ; kgo:last_year ?year FILTER(?year < 1960) }"
    )
    assert {row[0] for row in answer.rows} == {"1951", "1957"}
