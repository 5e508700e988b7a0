"""How pools of values and a Ki from an IC50 look: what went in, what was left out, and on what it rests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kg.affinities.binding import ASSUMPTIONS, EQUATION, SOURCE, Converted
from kg.affinities.pooling import Pool
from kg.amounts import written, written_potency
from kg.formats.amount_rows import NANO
from kg.showing.markup import Content, Page, Paragraph, Table, cut, faint, lines_of, said, stacked
from kg.showing.words import Words, graph_of

_POOLED = ("drug", "target", "what", "mean, nM", "taken", "left out")


def pools(found: Sequence[Pool]) -> Page:
    """Return a line for each pool; the mean is geometric, and where there is none it is told why."""
    words = Words(graph_of(*(value for pool in found for value in _values(pool))))
    rows = list(lines_of(_pool_line(words, pool) for pool in found))
    return Page([Table(_POOLED, rows, "Pools", ("mean, nM",), cut(len(found), all_of="ask for one target"))])


def _values(pool: Pool) -> tuple[object, ...]:
    return (*pool.taken, *(one.value for one in pool.left_out))


def _pool_line(words: Words, pool: Pool) -> tuple[Content, ...]:
    key = pool.key
    limits = ", ".join(words.name(name) for name in (key.endpoint, key.species) if name)
    what = f"{key.parameter} ({limits})" if limits else key.parameter
    mean = said(written(pool.mean, NANO)).within("b") if pool.mean else said(f"none: {pool.refusal}")
    broad = f"within ±: {written(pool.with_errors, NANO)}" if pool.with_errors else ""
    taken = stacked(f"{value.printed} ({', '.join(value.documents)})" for value in pool.taken)
    left_out = stacked(f"{one.value.printed}: {one.reason}" for one in pool.left_out)
    return (
        words.name(key.form or key.drug),
        words.name(key.target),
        what,
        stacked((mean, faint(broad))),
        taken,
        left_out,
    )


def converted(found: Converted) -> Page:
    """Return a Ki with the equation that gave it, and what that assumes."""
    named = (("IC50", found.ic50), ("Ki", found.ki), ("Ki within the errors given", found.with_errors))
    rows = [
        (name, said(written(one, NANO)).within("b"), written_potency(one))
        for name, one in named
        if one is not None
    ]
    equation = Paragraph(f"{EQUATION}, with [L]/Kd = {found.ratio} ({found.given})")
    assumed = [Paragraph(faint(f"assumes: {one}")) for one in ASSUMPTIONS]
    table = Table(("", "nM", "p"), rows, "Ki from IC50", ("nM", "p"))
    return Page([table, equation, *assumed, Paragraph(faint(f"source: {SOURCE}"))])


SHOWN: dict[str, Callable[[Any], Page]] = {
    "Pool": lambda one: pools((one,)),
    "Pools": pools,
    "Converted": converted,
}
"""What shows each class of this file."""
