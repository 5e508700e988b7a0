"""`PathExplorer`: mechanism paths between two entities as a widget: searched in Python, chosen by clicks."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import anywidget
from traitlets import Bool, Dict, Enum, Int, List, TraitError, Unicode, observe, validate

from kg.graph import AnEntity
from kg.knowledge_graph import KnowledgeGraph
from kg.model import Statement
from kg.notebook.answering import claims_of_graph, documents_of, drawn_with, offers, path_row, picture_of
from kg.notebook.front import SCRIPT, STYLE
from kg.notebook.searching import LONGEST, NOTHING, Wish, search
from kg.notebook.still import as_html, as_text
from kg.paths import Path
from kg.views.claims import Claims
from kg.views.diagram import Diagram

_WISHES = ("source", "target", "max_length", "sign", "basis", "document")


class PathExplorer(anywidget.AnyWidget):
    """Paths from one entity to another, beside their diagram; a click on an arrow shows who says it, where.

    What is chosen in the page is read in Python, and what is set in Python is shown in the page:
    `source`, `target` (names as you write them), `max_length` (arrows, 1 to 10), `sign` («any», «+», «-»),
    `basis` («any», «document»: without textbook steps), `document` (an id, or empty) search anew; `selected`
    is the place of the chosen path in `paths`, `statement` the id of the chosen claim, `alone` draws the
    chosen path without the others. `error` tells why there is no path. A search ends after `timeout` seconds.

    A saved notebook shows it again without a kernel when the state of widgets is saved with it: by nbclient,
    and by JupyterLab with «Settings, Save Widget State Automatically». Viewers without widgets show the
    picture, the claims of the chosen path and a table of all.

    Raises `UnknownName` or `AmbiguousName` for a name that does not fit, and `TraitError` for a value that a
    trait cannot have. A name set later that does not fit is told in `error`.

    >>> import kg
    >>> explorer = PathExplorer(kg.load(), "imipramine", "serotonin")
    >>> explorer.path.nodes, explorer.statement is None
    (('imipramine', 'serotonin'), True)
    >>> explorer.target = "BDNF"
    >>> len(explorer.paths), explorer.paths[0]["sign"]
    (2, '+')
    """

    _esm = SCRIPT
    _css = STYLE
    source = Unicode().tag(sync=True)
    target = Unicode().tag(sync=True)
    max_length = Int(6, min=1, max=LONGEST).tag(sync=True)
    sign = Enum(("any", "+", "-"), "any").tag(sync=True)
    basis = Enum(("any", "document"), "any").tag(sync=True)
    document = Unicode().tag(sync=True)
    alone = Bool(False).tag(sync=True)
    paths = List(Dict()).tag(sync=True)
    selected = Int(None, allow_none=True).tag(sync=True)
    statement = Unicode(None, allow_none=True).tag(sync=True)
    busy = Bool(False).tag(sync=True)
    note = Unicode().tag(sync=True)
    error = Unicode().tag(sync=True)
    _advice = List(Dict()).tag(sync=True)
    _names = Dict().tag(sync=True)
    _documents = List(Dict()).tag(sync=True)
    _picture = Dict().tag(sync=True)

    def __init__(
        self,
        graph: KnowledgeGraph,
        source: AnEntity = "",
        target: AnEntity = "",
        *,
        max_length: int = 6,
        sign: str = "any",
        basis: str = "any",
        document: str = "",
        timeout: float = 5.0,
    ) -> None:
        self._graph, self.timeout, self.found = graph, timeout, NOTHING
        self._searched: Wish | None = None
        self._drawn: tuple[tuple[Path, ...], str | None] | None = None
        ends = [end if isinstance(end, str) else end.id for end in (source, target)]
        for name in filter(None, ends):
            graph.entity(name)
        said = graph.graph.document(document).id if document else ""
        given = {"source": ends[0], "target": ends[1], "max_length": max_length, "sign": sign, "basis": basis}
        super().__init__(**given, document=said, _documents=documents_of(graph.graph))
        self.on_msg(self._asked)
        self._search()

    @property
    def path(self) -> Path | None:
        """The chosen path, None when none is chosen; `found` has all paths."""
        return None if self.selected is None else self.found[self.selected]

    @property
    def claim(self) -> Statement | None:
        """The chosen claim, None when none is chosen."""
        return None if self.statement is None else self._graph.graph.statements[self.statement]

    @property
    def diagram(self) -> Diagram:
        """The picture that is shown: `.write("paths.svg")`."""
        return self._diagram

    @cached_property
    def _claims(self) -> Claims:
        return claims_of_graph(self._graph.graph, self._graph.conflicts())

    @validate("selected")
    def _choosable(self, proposal: dict[str, Any]) -> int | None:
        value: int | None = proposal["value"]
        if value is not None and not 0 <= value < len(self.found):
            rest = f"selected is 0 to {len(self.found) - 1} or None" if self.found else "selected is None"
            raise TraitError(f"there is no path {value}: {rest}")
        return value

    @validate("statement")
    def _known(self, proposal: dict[str, Any]) -> str | None:
        value: str | None = proposal["value"]
        if value is not None and value not in self._graph.graph.statements:
            raise TraitError(f"no claim has the id {value!r}")
        return value

    @observe(*_WISHES)
    def _search(self, _change: object = None) -> None:
        """Look for paths, unless the wish is the one already answered, and choose the best."""
        wish = Wish(*(getattr(self, name) for name in _WISHES))
        if wish == self._searched:
            return
        self._searched, self.busy = wish, True
        try:
            self._answer(wish)
        finally:
            self.busy = False

    def _answer(self, wish: Wish) -> None:
        answer = search(self._graph, wish, self.timeout)
        self.found = answer.paths
        conflicts = self._graph.conflicts()
        with self.hold_sync(), self.hold_trait_notifications():
            self.paths = [path_row(self._graph.graph, path, conflicts) for path in answer.paths]
            self.selected, self.statement = (0 if answer.paths else None), None
            self.note, self.error = answer.note, answer.error
            self._advice = [{"says": row.says, "change": row.change} for row in answer.advice]
            self._names = {"source": self._name(wish.source), "target": self._name(wish.target)}
        self._draw()

    def _name(self, name: str) -> str:
        known = self._graph.graph.called(name) if name else ()
        return self._graph.graph.label(known[0]) if len(known) == 1 else name

    @observe("selected", "alone", "statement")
    def _draw(self, _change: object = None) -> None:
        """Draw what is shown, unless it is drawn, with the chosen claim among those that are told."""
        shown = drawn_with(self.found, self.selected, alone=self.alone)
        told = {
            claim.id for path in shown for step in path.steps for claim in (*step.statements, *step.denials)
        }
        also = None if self.statement in told else self.statement
        if self._drawn == (shown, also):
            return
        self._drawn = shown, also
        claim = self._claims.view(self._graph.graph.statements[also]) if also else None
        self._diagram = self._graph.draw_paths(shown)
        self._picture = picture_of(self._diagram, claim) if shown else {}

    def _asked(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        """Answer the page with what somebody who types may mean."""
        if isinstance(content, dict) and content.get("kind") == "search":
            rows = offers(self._graph.graph, str(content.get("text", "")))
            self.send({"kind": "offers", "turn": content.get("turn"), "rows": rows})

    @property
    def _title(self) -> str:
        names = [self._names.get(end) or "?" for end in ("source", "target")]
        return f"Paths from {names[0]} to {names[1]}"

    def __repr__(self) -> str:
        return f"<PathExplorer: {self._title}, {self.error or self.note}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the widget, and beside it what a saved notebook shows without a kernel."""
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        said = self.error or self.note
        text = as_text(self._title, said, self.found, self.selected)
        html = as_html(self._title, said, self.found, self.selected, self.diagram)
        return data | {"text/plain": text, "text/html": html}, metadata
