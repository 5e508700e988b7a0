"""How answers about several entities look: what joins them, what is around one, what two have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Statement
from kg.paths import Common, Explanation, Neighbours, Path, Reversal, Route, Shared, Subgraph
from kg.rich import counted
from kg.showing import claims
from kg.showing.markup import Content, Page, Paragraph, Table, cut, faint, joined, lines_of, said
from kg.showing.walks import sourced
from kg.showing.words import Words, graph_of, sign_mark

_ALL = "the fields of this answer hold all"
_METHODS = {"exact": "nothing cheaper joins them", "approximate": "costs less than twice the cheapest"}


def explanation(found: Explanation) -> Page:
    """Return the steps that join some entities, each with its claims and places."""
    said_so = [claim for step in found.steps for claim in (*step.statements, *step.denials)]
    words = Words(graph_of(*said_so[:1]))
    named = ", ".join(map(words.name, found.entities))
    if not found.connected:
        groups = " | ".join(", ".join(map(words.name, group)) for group in found.groups)
        return Page([Paragraph(f"No claims join {named}. Apart are: {groups}"), *_claims(said_so, None)])
    head = joined(
        (said(f"What joins {named}").within("b"), faint(f"{found.method}: {_METHODS[found.method]}"))
    )
    joints = ", ".join(map(words.name, found.joints))
    met = [Paragraph(f"by way of {joints}")] if joints else []
    return Page([Paragraph(head), *met, *_claims(said_so, counted(len(found.steps), "step"))])


def _claims(found: Sequence[Statement], title: Content) -> Iterator[Table]:
    if found:
        yield claims.statements(found, title, len(found))


def neighbours(found: Neighbours) -> Page:
    """Return what an entity acts on, what acts on it, and what else is claimed of it."""
    paths = (*found.outgoing, *found.incoming)
    words = _words(paths, (*found.related, *found.denied))
    name = words.name(found.entity)
    parts: list[Table | Paragraph] = []
    for title, side, end in (
        (f"{name} acts on {len(found.outgoing)}", found.outgoing, -1),
        (f"{len(found.incoming)} act on {name}", found.incoming, 0),
    ):
        rows = [(sign_mark(p.sign), words.name(p.nodes[end]), sourced(words, p, opened=False)) for p in side]
        header = ("net sign", "entity", "best path, and what each arrow rests on")
        parts += [Table(header, list(lines_of(rows)), title, (), cut(len(rows), all_of=_ALL))] if rows else []
    for title, rest in (("Related otherwise", found.related), ("Tested and not found", found.denied)):
        if rest:
            parts.append(claims.statements(rest, title)._replace(rest=cut(len(rest), all_of=_ALL)))
    return Page(parts or [Paragraph(f"nothing is claimed of {name}")])


def _words(paths: Sequence[Path], rest: Sequence[Statement] = ()) -> Words:
    return Words(graph_of(*(path.steps[0].statements[0] for path in paths[:1]), *rest[:1]))


def common(found: Common) -> Page:
    """Return what two entities both act on and what acts on both, and whether they agree."""
    words = _words(found.paths, found.statements)
    one, other = words.name(found.one), words.name(found.other)
    parts: list[Table | Paragraph] = []
    for title, rows in (
        (f"{one} and {other} both act on {len(found.targets)}", found.targets),
        (f"{len(found.causes)} act on both {one} and {other}", found.causes),
    ):
        lines = list(lines_of(_shared(words, row) for row in rows))
        header = ("entity", "agreement", f"path of {one}", f"path of {other}")
        parts += (
            [Table(header, lines, title, (), cut(len(rows), all_of=_ALL))] if rows else [Paragraph(title)]
        )
    related = [claim for row in found.related for claim in (*row.one, *row.other)]
    if related:
        title = f"Related to both otherwise: {len(found.related)}"
        parts.append(claims.statements(related, title)._replace(rest=cut(len(related), all_of=_ALL)))
    return Page(parts)


def _shared(words: Words, row: Shared) -> tuple[Content, ...]:
    sides = (sourced(words, path, opened=False) for path in (row.one, row.other))
    return said(words.name(row.entity)).within("b"), row.agreement, *sides


def subgraph(found: Subgraph) -> Page:
    """Return the claims of a part of the graph."""
    words = Words(graph_of(*found.statements[:1]))
    asked, between = (", ".join(map(words.name, names)) for names in (found.entities, found.between))
    rest = cut(len(found.statements), all_of="`.statements` holds all")
    table = claims.statements(found.statements)._replace(rest=rest)
    told = [] if found.whole else [Paragraph("Two of these have more paths than were taken in.")]
    return Page([Paragraph(f"among {asked}; between them {between or 'nothing'}"), table, *told])


def reversal(found: Reversal) -> Page:
    """Return whether an antagonist would abolish an effect: its paths, blocked or not, and what tests it."""
    words = _words([route.path for route in found.routes], [row.statement for row in found.experiments])
    agonist, antagonist, outcome = map(words.name, (found.agonist, found.antagonist, found.outcome))
    question = said(f"Would {antagonist} abolish what {agonist} does to {outcome}?").within("b")
    where = f"on {found.abolished}; {len(found.blocked)} of {len(found.routes)} are blocked"
    none = f"no path says how {agonist} acts on {outcome}, so none can be blocked"
    answer = f"By the paths of 2 to {found.max_length} steps: {where if found.routes else none}"
    rows = [_route(words, route) for route in (*found.blocked, *found.remaining)]
    header = ("net sign", "path, and what each arrow rests on", "blocked at")
    table = [Table(header, list(lines_of(rows)), None, (), cut(len(rows), all_of="`.routes` holds all"))]
    tests = [row.statement for row in found.experiments]
    tested = "Curated claims that test it or bear on it" if tests else None
    untested = [] if found.tested else [Paragraph("No curated experiment tests this.")]
    head = [Paragraph(question), Paragraph(answer)]
    return Page([*head, *(table if rows else []), *untested, *_claims(tests, tested)])


def _route(words: Words, route: Route) -> tuple[Content, ...]:
    blocked = ", ".join(f"{words.name(block.entity)} ({block.how})" for block in route.blocks)
    return sign_mark(route.path.sign), sourced(words, route.path, opened=False), blocked or "not blocked"


SHOWN = {
    "Explanation": explanation,
    "Neighbours": neighbours,
    "Common": common,
    "Subgraph": subgraph,
    "Reversal": reversal,
}
"""What shows each class of this file."""
