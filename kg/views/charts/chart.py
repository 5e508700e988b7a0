"""`Chart`: a still picture of numbers with all that it shows as tables, as SVG or as an offline page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from kg.model import Frozen
from kg.problems import UnknownName
from kg.resources import write_whole
from kg.views.framed import Pictured
from kg.views.page import inlined, policy, styled, template_environment


class Listed(Frozen, frozen=True):
    """A table below the picture: what it is of, the names of its columns, its rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Chart(Pictured):
    """A picture that says in its tables what it shows. The page has no script and asks no network."""

    RIGHTS = ""

    def __init__(self, title: str, subtitle: str, svg: str, tables: Sequence[Listed]) -> None:
        self.title, self.subtitle, self.svg, self.tables = title, subtitle, svg, tuple(tables)

    @cached_property
    def html(self) -> str:
        """The whole page."""
        style = styled(("chart.css",))
        template = template_environment().get_template("chart.html.j2")
        return template.render(
            chart=self, picture=inlined(self.svg), style=style, policy=policy((), (style,))
        )

    def write(self, path: str | Path, form: str | None = None) -> Path:
        """Write the page or the SVG, whole, as `form` or the ending of the name says; return where.

        Raises `UnknownName` for another form, and `CannotWrite` when the place is not writable.
        """
        target = Path(path)
        asked = (form or target.suffix or "html").lstrip(".").lower()
        text = {"html": "html", "htm": "html", "svg": "svg"}.get(asked)
        if text is None:
            raise UnknownName("format of a chart", asked, ("html", "svg"))
        write_whole(target, str(getattr(self, text)).encode())
        return target

    def __repr__(self) -> str:
        return f"<Chart: {self.title}>"
