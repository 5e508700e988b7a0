"""Pages that stand elsewhere in the project: the notebooks, with the outputs that are kept in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generators.markdown import page, toctree

HOME = Path(__file__).parents[2]


def pages() -> Iterator[tuple[str, bytes]]:
    """Yield each notebook and a list of them."""
    notebooks = sorted((HOME / "notebooks").glob("*.ipynb"))
    for path in notebooks:
        yield f"notebooks/{path.name}", path.read_bytes()
    listed = page("# Notebooks", _FIRST, toctree(path.stem for path in notebooks))
    yield "notebooks/index.md", listed.encode()


_FIRST = """Shown with the outputs that they gave when they were run; a test runs them. To run one, open
it from the folder `notebooks` in Jupyter or an editor."""
