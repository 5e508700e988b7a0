"""How selectivity and occupancy look: intervals, with what they rest on and where the sources disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.affinities.occupancy import ASSUMES, Occupancy
from kg.affinities.selectivity import Ratio, Selectivity
from kg.amounts import written
from kg.formats.amount_rows import NANO
from kg.showing.markup import Content, Page, Paragraph, Table, cut, faint, joined, lines_of, said, stacked
from kg.showing.words import Words, graph_of

_SHARE = ("target", "constant", "nM", "occupied %")
_REST = ("engaged", "documents", "claims")


def selectivity(found: Selectivity) -> Page:
    """Return which of two targets a drug prefers: a line for each document, and for pools of several."""
    words = Words(graph_of(*(v for ratio in found.alone for v in ratio.first), *found.unpaired))
    drug, one, other = (words.name(name) for name in (found.drug, found.first, found.second))
    head = said(f"{drug}: {one} against {other}").within("b")
    fold = f"fold = value at the {other} / value at the {one}; above 1 it prefers the {one}"
    ends = words.short(found.first), words.short(found.second)
    broad = ("within ±",) if any(ratio.with_errors for ratio in (*found.alone, *found.pooled)) else ()
    header = ("sources", "parameter", "circumstances", *ends, "fold", *broad, "prefers")
    rows = [_ratio_line(words, found, ratio, broad) for ratio in found.alone]
    rows += [_ratio_line(words, found, ratio, broad, pooled=True) for ratio in found.several]
    unpaired = (
        f"not compared: {value.parameter} {value.printed} at {words.name(value.target)}, {value.documents[0]}"
        for value in found.unpaired
    )
    table = [Table(header, list(lines_of(rows)), None, ("fold", *broad), cut(len(rows)))] if rows else []
    told = [Paragraph(found.verdict(words.name)), *(Paragraph(faint(line)) for line in unpaired)]
    return Page([Paragraph(head), Paragraph(faint(fold)), *table, *told])


def _ratio_line(
    words: Words, found: Selectivity, ratio: Ratio, broad: Sequence[str], *, pooled: bool = False
) -> tuple[Content, ...]:
    told = ", ".join(map(words.name, ratio.circumstances))
    sides = (stacked(sorted(value.printed for value in side)) for side in (ratio.first, ratio.second))
    fold = said(str(ratio.fold)).within("b") if ratio.fold else f"none: {ratio.refusal}"
    preferred = found.preferred(ratio)
    prefers = words.name(preferred) if preferred else "open"
    sources = stacked((*(["pooled"] if pooled else []), *ratio.documents))
    within = (str(ratio.with_errors or ""),) if broad else ()
    return (sources, ratio.parameter, told, *sides, fold, *within, prefers)


def occupancies(found: Sequence[Occupancy]) -> Page:
    """Return the share of each target that is occupied, and for which it is not known."""
    words = Words(graph_of(*_rows_in(found)))
    broad = ("within ± %",) if any(one.with_errors for one in found) else ()
    rows = list(lines_of(_occupancy_line(words, one, broad) for one in found))
    note = Paragraph(faint(f"occupied = C / (C + K): {ASSUMES}"))
    numbers = ("nM", "occupied %", *broad)
    return Page([Table((*_SHARE, *broad, *_REST), rows, "Occupancy", numbers, cut(len(found))), note])


def _rows_in(found: Sequence[Occupancy]) -> Iterator[object]:
    for one in found:
        yield from one.claims
        yield from one.cell.values if one.cell else ()


def _occupancy_line(words: Words, one: Occupancy, broad: Sequence[str]) -> tuple[Content, ...]:
    span = one.cell.span if one.cell else None
    disputed = "! conflict" if one.cell and one.cell.conflicts else ""
    constant = joined((faint(disputed), written(span, NANO) if span else ""))
    share = said(written(one.share.times(100))).within("b") if one.share else f"unknown: {one.missing}"
    documents = stacked(one.cell.documents) if one.cell else ""
    verbs = dict.fromkeys(words.verb(claim.predicate) for claim in one.claims)
    within = (written(one.with_errors.times(100)) if one.with_errors else "",) if broad else ()
    told = (one.engaged, documents, ", ".join(verbs))
    return (words.name(one.target), one.parameter, constant, share, *within, *told)


SHOWN = {
    "Selectivity": selectivity,
    "Occupancy": lambda one: occupancies((one,)),
    "Occupancies": occupancies,
}
"""What shows each class of this file."""
