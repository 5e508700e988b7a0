"""What can be shown richly: `Shown` has HTML and plain text for a notebook, `Rows` is a tuple with a table.

How each thing looks, and what a frame of it holds, is decided high above and handed down by `show_with`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Literal, Self, SupportsIndex, TypeVar, get_args, overload

T = TypeVar("T")
Library = Literal["pandas", "polars"]
Bundle = dict[str, str]


_ways: dict[str, Callable[..., Any]] = {}


def show_with(bundle: Callable[[Any], Bundle], frame: Callable[[Any, Library], Any]) -> None:
    """Say what makes the media types of a thing, and what makes a frame of its rows."""
    _ways.update(bundle=bundle, frame=frame)


def frame(rows: Any, library: Library) -> Any:
    """Return a frame of pandas or polars; raises `MissingExtra` where the library is absent."""
    return _ways["frame"](rows, library)


def is_polars(library: Library) -> bool:
    """Tell whether a frame of polars is wanted, and none of pandas; raises ValueError for anything else.

    >>> is_polars("pandas")
    False
    """
    if library not in get_args(Library):
        raise ValueError(f"a frame is of {' or '.join(get_args(Library))}, not of {library!r}")
    return library == "polars"


class Shown:
    """A value that a notebook shows as HTML, and a terminal as plain text."""

    __slots__ = ()

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> Bundle:
        return chosen(_ways["bundle"](self), include, exclude)


class Rows(Shown, tuple[T, ...]):
    """A tuple of rows of one kind: equal to the plain tuple, cut into its own kind, shown as a table."""

    KIND = "row"

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> T: ...

    @overload
    def __getitem__(self, index: slice, /) -> Self: ...

    def __getitem__(self, index: SupportsIndex | slice, /) -> T | Self:
        if not isinstance(index, slice):
            return super().__getitem__(index)
        return self.like(super().__getitem__(index))

    def like(self, rows: Iterable[T]) -> Self:
        """Return other rows with everything else that is known of these."""
        made = tuple.__new__(type(self), rows)
        made.__dict__.update(self.__dict__)
        return made

    def to_frame(self, library: Library = "pandas") -> Any:
        """Return a frame of pandas or polars, a row for each; raises `MissingExtra` without the library."""
        return frame(self, library)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Print the table, within other things the line: IPython would print a tuple's rows."""
        alone = len(printer.stack) == 1 and not cycle
        printer.text(self._repr_mimebundle_()["text/plain"] if alone else repr(self))

    def __repr__(self) -> str:
        return f"<{self.line}>"

    @property
    def line(self) -> str:
        """Return what these are and how many, in a line."""
        return counted(len(self), self.KIND)


def counted(count: int, kind: str) -> str:
    """Return how many there are of a kind, which is given in the singular.

    >>> counted(2, "entity"), counted(1, "place")
    ('2 entities', '1 place')
    """
    endings = {"y": "ies", "x": "ces"}
    several = kind[:-1] + endings.get(kind[-1], f"{kind[-1]}s")
    return f"{count:,} {kind if count == 1 else several}"


def chosen(
    bundle: Mapping[str, str], include: Collection[str] | None, exclude: Collection[str] | None
) -> Bundle:
    """Return the forms that a front end asks for; without a wish all of them."""
    wanted = set(include or bundle) - set(exclude or ())
    return {form: text for form, text in bundle.items() if form in wanted}
