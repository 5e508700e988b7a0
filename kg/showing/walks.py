"""How mechanism paths look: a chain of arrows with its net sign, and the places behind each arrow."""

from __future__ import annotations

from collections.abc import Sequence

from kg.metapaths.existing import FoundMetapaths
from kg.model import Statement
from kg.paths import Path, Paths, read_path
from kg.rich import counted
from kg.showing.markup import (
    Content,
    Page,
    Paragraph,
    Piece,
    Table,
    blocks,
    cut,
    faint,
    folded,
    joined,
    lines_of,
    said,
    stacked,
)
from kg.showing.words import Words, graph_of, places, sign_mark

_HEADS = {"+": "─▶", "-": "─⊣", "unknown": "─◇"}
_OPENED = 3
"""Paths of a long list whose places are open to begin with."""
_STOPPED = {
    "count": "There are more paths than were asked for.",
    "time": "The time ran out: there may be more paths.",
    "interrupt": "The search was interrupted: there may be more paths.",
}


def words_of(paths: Sequence[Path]) -> Words:
    """Return the words for paths: the names of the graph that holds their claims."""
    return Words(graph_of(*(claim for path in paths[:1] for claim in path.steps[0].statements[:1])))


def chain(words: Words, path: Path) -> Piece:
    """Return a path as a chain of arrows, whose heads tell the sign of each step."""
    links = (f"{_HEADS[step.sign]} {words.short(step.target)}" for step in path.steps)
    return said(" ".join((words.short(path.nodes[0]), *links)))


def paths(found: Sequence[Path]) -> Page:
    """Return paths, best first; under each chain its arrows with their claims and places."""
    words = words_of(found)
    opened = len(found) if len(found) <= 2 * _OPENED else _OPENED
    rows = list(lines_of((at + 1, *_line(words, path, at < opened)) for at, path in enumerate(found)))
    header = ("", "net sign", "path, and what each arrow rests on", "score", "stands")
    stopped = found.stopped if isinstance(found, Paths) else None
    told = [Paragraph(_STOPPED[stopped])] if stopped else []
    table = Table(header, rows, _title(words, found), ("", "score"), cut(len(found)))
    return Page([table if found else Paragraph("no path"), *told])


def _title(words: Words, found: Sequence[Path]) -> str:
    ends = {(path.nodes[0], path.nodes[-1]) for path in found}
    joined_by = [f" from {words.name(source)} to {words.name(target)}" for source, target in ends]
    return counted(len(found), "mechanism path") + (joined_by[0] if len(joined_by) == 1 else "")


def _line(words: Words, path: Path, opened: bool) -> tuple[Content, ...]:
    return sign_mark(path.sign), sourced(words, path, opened=opened), f"{path.score:.2g}", _stands(path)


def sourced(words: Words, path: Path, *, opened: bool) -> Piece:
    """Return a chain with its documents, which opens to show each arrow's claims and their places."""
    head = stacked((chain(words, path), faint(", ".join(path.documents))))
    return folded(head, steps(words, path), opened=opened)


def _stands(path: Path) -> Piece:
    background = sum(step.basis == "background" for step in path.steps)
    basis = (
        f"{background} of {path.length} steps from background" if background else "every step from a document"
    )
    withheld = next((f"no net sign: {step.reason}" for step in path.withheld_by), "")
    return stacked((path.certainty, faint(basis), faint(withheld)))


def steps(words: Words, path: Path) -> Piece:
    """Return the claims behind each arrow with their places; those that deny one too."""
    claims = (claim for step in path.steps for claim in (*step.statements, *step.denials))
    return blocks(_sourced(words, claim) for claim in claims)


def _sourced(words: Words, claim: Statement) -> Piece:
    standing = words.standing(claim)
    limits = joined(("(", standing, ")"), "") if standing.text else ""
    head = joined((words.mark(claim), words.claim(claim), limits))
    return stacked((head, faint(places(claim.evidence))))


def path(found: Path) -> Page:
    """Return one path with its sentence and every arrow."""
    words = words_of((found,))
    head = joined((sign_mark(found.sign), chain(words, found).within("b"), faint(f"score {found.score:.2g}")))
    sentence = [Paragraph(read_path(words.graph, found))] if words.graph else []
    return Page([Paragraph(head), *sentence, *step_table(words, found)])


def step_table(words: Words, found: Path) -> list[Table]:
    """Return the arrows of a path as a table: who claims each, and where."""
    rows = [
        (words.mark(claim), words.claim(claim), words.standing(claim), places(claim.evidence))
        for step in found.steps
        for claim in (*step.statements, *step.denials)
    ]
    return [Table(("sign", "claim", "stands", "said in"), rows)]


def metapaths(found: FoundMetapaths) -> Page:
    """Return a line for each kind of paths: how many there are, and the first of them."""
    header = ("metapath", "paths", "pairs", "for example")
    rows = [(str(one.metapath), one.paths, one.pairs, " → ".join(one.example)) for one in found]
    title = counted(len(found), "metapath")
    return Page([Table(header, list(lines_of(rows)), title, ("paths", "pairs"), cut(len(found)))])


SHOWN = {"Path": path, "Paths": paths, "FoundMetapaths": metapaths}
"""What shows each class of this file."""
