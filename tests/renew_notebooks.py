"""Run the notebooks and write their outputs and pictures back: `make notebooks`, after data or code changed."""

from __future__ import annotations

import tempfile
from pathlib import Path

import nbformat
from running import FOLDER, NOTEBOOKS, executed, picture


def main() -> None:
    for path in NOTEBOOKS:
        with tempfile.TemporaryDirectory() as folder:
            notebook = executed(path, Path(folder))
        _replace(path, nbformat.writes(notebook, indent=1) + "\n")
        _replace(FOLDER / "pictures" / f"{path.stem}.svg", picture(notebook))


def _replace(path: Path, text: str) -> None:
    new = path.with_name(path.name + ".new")
    new.write_text(text, "utf-8")
    new.replace(path)


if __name__ == "__main__":
    main()
