"""The notebooks of the project, run from top to bottom, and what of their outputs is kept."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import nbformat
from conftest import ROOT
from nbclient import NotebookClient

FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
PICTURE = "picture"
"""The tag of the cell whose picture stands for the notebook in the README."""
_NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "ALL_PROXY"), "http://127.0.0.1:9")
"""What asks another host by the usual ways gets no answer."""


def executed(path: Path, folder: Path) -> nbformat.NotebookNode:
    """Return a notebook run in a folder, with only what is kept of its outputs; raises where a cell fails."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}})
    client.execute(env=os.environ | _NOWHERE)
    for count, cell in enumerate(code_cells(notebook), 1):
        cell.metadata.pop("execution", None)
        cell.execution_count = count
        for output in cell.outputs:
            _keep(output, count)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def _keep(output: Any, count: int) -> None:
    """Leave out the page where there is its still picture, and what differs between machines."""
    if "data" not in output:
        return
    if output.output_type == "execute_result":
        output.execution_count = count
    if "image/svg+xml" in output.data:
        output.data.pop("text/html", None)
    output.metadata = {}


def code_cells(notebook: nbformat.NotebookNode) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs(notebook: nbformat.NotebookNode) -> list[tuple[str, list[Any]]]:
    """Return each cell's source with its outputs, without the lines of YAML, which move as it is curated."""
    return [(cell.source, [_told(output) for output in cell.outputs]) for cell in code_cells(notebook)]


def _told(output: Any) -> Any:
    told = output.get("text") or sorted(output.get("data", {}).items()) or output.get("evalue")
    return re.sub(r"\.yaml:\d+", ".yaml:N", str(told))


def picture(notebook: nbformat.NotebookNode) -> str:
    """Return the SVG of the cell with the tag `picture`."""
    (cell,) = (cell for cell in code_cells(notebook) if PICTURE in cell.metadata.get("tags", []))
    (svg,) = (output.data["image/svg+xml"] for output in cell.outputs if "data" in output)
    return str(svg).rstrip("\n") + "\n"
