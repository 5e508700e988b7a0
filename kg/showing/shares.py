"""How selectivity and occupancy look: intervals, with what they rest on and where the sources disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.affinities.occupancy import ASSUMES, Occupancy
from kg.affinities.selectivity import Ratio, Selectivity
from kg.amounts import written
from kg.formats.amount_rows import NANO
from kg.showing.markup import Content, Page, Paragraph, Table, cut, faint, joined, lines_of, said, stacked
from kg.showing.words import Words, graph_of

_HEADER = ("target", "constant", "nM", "occupied %", "engaged", "documents", "claims")


def selectivity(found: Selectivity) -> Page:
    """Return which of two targets a drug prefers: a line for each document, and for pools of several."""
    words = Words(graph_of(*(v for ratio in found.alone for v in ratio.first), *found.unpaired))
    drug, one, other = (words.name(name) for name in (found.drug, found.first, found.second))
    head = said(f"{drug}: {one} against {other}").within("b")
    fold = f"fold = value at the {other} / value at the {one}; above 1 it prefers the {one}"
    ends = words.short(found.first), words.short(found.second)
    header = ("sources", "parameter", "circumstances", *ends, "fold", "prefers")
    several = [ratio for ratio in found.pooled if len((*ratio.first, *ratio.second)) > 2]
    rows = [_ratio_line(words, found, ratio) for ratio in found.alone]
    rows += [_ratio_line(words, found, ratio, pooled=True) for ratio in several]
    unpaired = (
        f"not compared: {value.parameter} {value.printed} at {words.name(value.target)}, {value.documents[0]}"
        for value in found.unpaired
    )
    table = [Table(header, list(lines_of(rows)), None, ("fold",), cut(len(rows)))] if rows else []
    told = [Paragraph(_verdict(words, found)), *(Paragraph(faint(line)) for line in unpaired)]
    return Page([Paragraph(head), Paragraph(faint(fold)), *table, *told])


def _ratio_line(
    words: Words, found: Selectivity, ratio: Ratio, *, pooled: bool = False
) -> tuple[Content, ...]:
    limits = (ratio.form, ratio.species, ratio.preparation, ratio.endpoint)
    told = ", ".join(words.name(name) for name in limits if name)
    sides = (stacked(sorted(value.printed for value in side)) for side in (ratio.first, ratio.second))
    fold = said(str(ratio.fold)).within("b") if ratio.fold else f"none: {ratio.refusal}"
    named = {"first": found.first, "second": found.second}
    prefers = words.name(named[ratio.direction]) if ratio.direction in named else "open"
    sources = stacked((*(["pooled"] if pooled else []), *ratio.documents))
    return (sources, ratio.parameter, told, *sides, fold, prefers)


def _verdict(words: Words, found: Selectivity) -> str:
    named = {"first": words.name(found.first), "second": words.name(found.second), "open": "either"}
    told = [
        f"{', '.join(found.sources(way))}: {named[way]}"
        for way in ("first", "second", "open")
        if found.sources(way)
    ]
    said_so = "; ".join(told) or "nothing to compare"
    return (
        f"The sources disagree on the direction. {said_so}." if found.disputed else f"Preferred: {said_so}."
    )


def occupancies(found: Sequence[Occupancy]) -> Page:
    """Return the share of each target that is occupied, and for which it is not known."""
    words = Words(graph_of(*_rows_in(found)))
    rows = list(lines_of(_occupancy_line(words, one) for one in found))
    note = Paragraph(faint(f"occupied = C / (C + K): {ASSUMES}"))
    return Page([Table(_HEADER, rows, "Occupancy", ("nM", "occupied %"), cut(len(found))), note])


def _rows_in(found: Sequence[Occupancy]) -> Iterator[object]:
    for one in found:
        yield from one.claims
        yield from one.cell.values if one.cell else ()


def _occupancy_line(words: Words, one: Occupancy) -> tuple[Content, ...]:
    span = one.cell.span if one.cell else None
    disputed = "! sources conflict" if one.cell and one.cell.conflicts else ""
    constant = joined((faint(disputed), written(span, NANO) if span else ""))
    share = said(written(one.share.times(100))).within("b") if one.share else f"unknown: {one.missing}"
    documents = stacked(one.cell.documents) if one.cell else ""
    verbs = dict.fromkeys(words.verb(claim.predicate) for claim in one.claims)
    return words.name(one.target), one.parameter, constant, share, one.engaged, documents, ", ".join(verbs)


SHOWN = {
    "Selectivity": selectivity,
    "Occupancy": lambda one: occupancies((one,)),
    "Occupancies": occupancies,
}
"""What shows each class of this file."""
