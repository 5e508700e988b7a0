"""What a notebook can do with a graph beyond showing it: `PathExplorer`, a widget (extra `notebook`).

>>> import kg
>>> from kg.notebook import PathExplorer
>>> PathExplorer(kg.load(), "igmesine", "cGMP").paths[0]["sign"]
'-'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.notebook.explorer import PathExplorer

__all__ = ["PathExplorer"]


def __getattr__(name: str) -> Any:
    """Load the widget when it is first used; raises `MissingExtra` without anywidget."""
    if name not in __all__:
        raise AttributeError(f"module 'kg.notebook' has no attribute {name!r}")
    try:
        import anywidget  # noqa: F401
    except ImportError:
        from kg.problems import MissingExtra

        raise MissingExtra("the path explorer", "anywidget", "notebook") from None
    from kg.notebook.explorer import PathExplorer

    return PathExplorer
