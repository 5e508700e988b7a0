"""How answers on directions look: what is claimed beside what is derived, and predictions marked as such."""

from __future__ import annotations

from collections.abc import Iterator

from kg.affinities import conflicts
from kg.paths import (
    Effect,
    Path,
    Predicted,
    Predictions,
    WhatIf,
    conflicts_on,
    perturbed_words,
    signs_of_path,
)
from kg.rich import counted
from kg.showing import claims
from kg.showing.markup import Content, Page, Paragraph, Table, cut, faint, joined, lines_of, said
from kg.showing.walks import sourced, words_of
from kg.showing.words import Words, sign_mark

_AGREE = {
    "agree": "Claim and paths agree.",
    "disagree": "Claim and paths disagree; neither overrules the other.",
    "only direct": "Only what is claimed of the two themselves gives a direction; no path does.",
    "only derived": "Only paths give a direction; what is claimed of the two themselves gives none.",
    "neither": "Neither a claim on the two themselves nor a path gives a direction.",
}
_MARKS = {"+": "↑ would rise", "-": "↓ would fall", "both": "⇅ either", "unknown": "? not known"}
_COLOURS = {"+": "kg-up", "-": "kg-down"}
_PREDICTED = ("direction", "entity", "score", "best paths, and what each arrow rests on")


def effect(found: Effect) -> Page:
    """Return the answer, the claims on the two themselves, the best path of each sign, and what decides."""
    words = words_of(found.paths)
    ends = f"{words.name(found.source)} on {words.name(found.target)}"
    so_far = "" if found.settled else "(so far: the search ended early)"
    head = Paragraph(joined((sign_mark(found.answer), said(ends).within("b"), so_far)))
    parts = [
        *_direct(found),
        *_derived(words, found),
        Paragraph(_AGREE[found.agreement]),
        *_decisive(words, found),
    ]
    return Page([head, *parts])


def _direct(found: Effect) -> Iterator[Table | Paragraph]:
    said_directly = (*(found.direct.steps[0].statements if found.direct else ()), *found.denials)
    title = joined(("Claimed of the two themselves:", sign_mark(found.direct_answer)))
    if said_directly:
        yield claims.statements(said_directly, title, len(said_directly))
    else:
        yield Paragraph("Claimed of the two themselves: nothing", "kg-h")


def _derived(words: Words, found: Effect) -> Iterator[Table | Paragraph]:
    up, down = found.with_sign("+"), found.with_sign("-")
    without = [path for path in found.derived if not signs_of_path(path)]
    counts = f"{len(up)} raising, {len(down)} lowering, {len(without)} without direction"
    reach = f"of 2 to {found.max_length} steps: {counts}"
    title = joined(("Derived from paths", reach, sign_mark(found.derived_answer)))
    best = [path for paths in (up, down, () if up or down else without) for path in paths[:1]]
    rows = [_best(words, path) for path in best]
    yield Table(("net sign", "best path, and what each arrow rests on", "score"), rows, title, ("score",))


def _best(words: Words, path: Path) -> tuple[Content, ...]:
    return sign_mark(path.sign), sourced(words, path, opened=True), f"{path.score:.2g}"


def _decisive(words: Words, found: Effect) -> Iterator[Table | Paragraph]:
    graph, decides = words.graph, found.decisive
    if graph is not None and decides.statements:
        said_so = [graph.statements[name] for name in decides.statements]
        title = joined(("Decisive: without these the answer is", sign_mark(decides.becomes or "unknown")))
        yield claims.statements(said_so, title, len(said_so))
    if graph is not None:
        shown = [
            *([found.direct] if found.direct else []),
            *found.with_sign("+")[:1],
            *found.with_sign("-")[:1],
        ]
        known = conflicts(graph)
        touched = {c.id: c for path in shown for c in conflicts_on(path, known)}
        for conflict in touched.values():
            yield Paragraph(f"! {conflict.topic} ({conflict.verdict})")


def what_if(found: WhatIf) -> Page:
    """Return the predictions as a table, each with the best path of each direction."""
    words = words_of([path for row in found.rows for path in row.paths])
    given = perturbed_words(words.graph, found.perturbed) if words.graph else ", ".join(found.perturbed.signs)
    title = said(f"Predicted, not claimed: what if {given}?")
    rows = list(lines_of(_prediction(words, row) for row in found.rows))
    stopped = (
        [Paragraph(f"stopped early ({found.stopped}): more paths may change it")] if found.stopped else []
    )
    reach = Paragraph(faint(f"within {found.max_length} steps; a prediction of paths, no document says it"))
    rest = cut(len(found.rows), all_of="`.rows` holds all")
    return Page([Table(_PREDICTED, rows, title, ("score",), rest), reach, *stopped])


def predictions(found: Predictions) -> Page:
    """Return some of the predictions, as the same table."""
    words = words_of([path for row in found for path in row.paths])
    rows = list(lines_of(_prediction(words, row) for row in found))
    title = f"{counted(len(found), 'prediction')}, not claimed"
    return Page([Table(_PREDICTED, rows, title, ("score",), cut(len(found)))])


def _prediction(words: Words, row: Predicted) -> tuple[Content, ...]:
    mark = said(_MARKS[row.direction]).styled("kg-m", _COLOURS.get(row.direction, "kg-none"), "kg-hedged")
    told = joined((sourced(words, path, opened=False) for path in row.paths), "\n")
    return mark, said(words.name(row.entity)).within("b"), f"{row.score:.2g}", told


SHOWN = {"Effect": effect, "WhatIf": what_if, "Predictions": predictions}
"""What shows each class of this file."""
