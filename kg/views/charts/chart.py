"""`Chart`: a still picture of numbers with all that it shows as tables, as SVG, PNG, PDF or offline page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from kg.model import Frozen
from kg.problems import UnknownName
from kg.resources import write_whole
from kg.views.charts.canvas import Canvas
from kg.views.charts.disputes import Dispute
from kg.views.framed import Pictured
from kg.views.page import inlined, policy, styled, template_environment

FORMS = ("html", "svg", "png", "pdf")
_LEAST = 0.8
"""How far a page that is too narrow shrinks the picture; beyond that it scrolls."""


class Listed(Frozen, frozen=True):
    """A table below the picture: what it is of, the names of its columns, its rows.

    `marks` are the numbers of the conflicts that touch each row; they become links.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marks: tuple[tuple[int, ...], ...] = ()


class Chart(Pictured):
    """A picture that says in its tables what it shows. The page has no script and asks no network.

    `below` is what only the picture as a file has: in the page, `disputes` and `tables` say the same.
    """

    RIGHTS = ""

    def __init__(
        self,
        title: str,
        subtitle: str,
        canvas: Canvas,
        tables: Sequence[Listed],
        *,
        disputes: Sequence[Dispute] = (),
        below: Canvas | None = None,
    ) -> None:
        self.title, self.subtitle = title, subtitle
        self.tables, self.disputes = tuple(tables), tuple(disputes)
        self._canvas, self._below = canvas, below

    @cached_property
    def svg(self) -> str:
        """The picture as a file of its own."""
        return self._whole.svg(self.title, self.subtitle)

    @cached_property
    def html(self) -> str:
        """The whole page."""
        style = styled(("chart.css",)) + inlined(
            f"figure {{ --least: {_LEAST * self._canvas.width:.0f}px }}\n"
        )
        template = template_environment().get_template("chart.html.j2")
        picture = inlined(self._canvas.svg(self.title, self.subtitle))
        return template.render(chart=self, picture=picture, style=style, policy=policy((), (style,)))

    @property
    def png(self) -> bytes:
        """The picture with two pixels for each unit, one where that were too many (extra `png`)."""
        from kg.views.prints import SIDE, png_of

        side = max(self._whole.width, self._whole.height)
        return png_of(self.svg, side, scale=2.0 if 2 * side <= SIDE else 1.0)

    @property
    def pdf(self) -> bytes:
        """The picture as one page of its own size (extra `pdf`)."""
        from kg.views.prints import pdf_of

        return pdf_of(self.svg, self.title, self.subtitle)

    def write(self, path: str | Path, form: str | None = None) -> Path:
        """Write the page or the picture, whole, as `form` or the ending of the name says; return where.

        Raises `UnknownName` for another form, `MissingExtra` without what a PNG or PDF needs, `TooLarge`
        for a PNG that no viewer opens, and `CannotWrite` when the place is not writable.
        """
        target = Path(path)
        asked = (form or target.suffix or "html").lstrip(".").lower()
        asked = "html" if asked == "htm" else asked
        if asked not in FORMS:
            raise UnknownName("format of a chart", asked, FORMS)
        write_whole(target, self._drawn(asked))
        return target

    def _drawn(self, form: str) -> bytes:
        found: str | bytes = getattr(self, form)
        return found.encode() if isinstance(found, str) else found

    @cached_property
    def _whole(self) -> Canvas:
        if self._below is None:
            return self._canvas
        whole = Canvas(self._canvas.width, self._canvas.height)
        whole.place(self._canvas, 0, 0)
        whole.place(self._below, 0, self._canvas.height)
        return whole

    def __repr__(self) -> str:
        return f"<Chart: {self.title}>"
