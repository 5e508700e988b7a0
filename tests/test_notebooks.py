"""The notebooks run offline from top to bottom, and show what is committed with them."""

from __future__ import annotations

import json
import re
import time
import tomllib

import nbformat
import pytest
from conftest import ROOT
from running import FOLDER, NOTEBOOKS, code_cells, executed, outputs, picture

SECONDS = 30
LARGEST = 300_000


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_what_is_committed_with_it(path, tmp_path):
    """After a change of data or code, `make notebooks` renews what is committed."""
    committed = nbformat.read(path, as_version=4)
    began = time.monotonic()
    run = executed(path, tmp_path)
    assert time.monotonic() - began < SECONDS  # 2 to 4 on a quiet machine
    assert outputs(run) == outputs(committed)
    assert picture(committed) == (FOLDER / "pictures" / f"{path.stem}.svg").read_text("utf-8")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_small_tidy_and_speaks_of_no_machine(path):
    text = path.read_text("utf-8")
    assert len(text.encode()) < LARGEST
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[0].cell_type == "markdown"
    assert [cell.execution_count for cell in code_cells(notebook)] == list(
        range(1, len(code_cells(notebook)) + 1)
    )
    assert not re.search(r"/home/|/root/|/tmp/|[A-Z]:\\\\", text)
    assert "Traceback" not in text


def test_there_are_six_and_each_links_only_what_is_there():
    assert [path.stem[0] for path in NOTEBOOKS] == list("123456")
    for path in NOTEBOOKS:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        for cell in (cell for cell in cells if cell["cell_type"] == "markdown"):
            for target in re.findall(r"\]\(([^)#:]+)\)", "".join(cell["source"])):
                assert (FOLDER / target).exists(), (path.name, target)


def test_the_extra_brings_every_library_that_a_notebook_makes_frames_with():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    code = [cell.source for path in NOTEBOOKS for cell in code_cells(nbformat.read(path, as_version=4))]
    used = set(re.findall(r"(?:--frame |to_frame\(\"|import )(pandas|polars)", "\n".join(code)))
    assert used == {"pandas"}
    assert used <= {re.split(r"[>=<]", name)[0] for name in extras["notebook"]}


def test_the_readme_shows_every_notebook_in_order_with_its_picture():
    readme = (ROOT / "README.md").read_text("utf-8")
    found = re.findall(r"notebooks/(\d[\w-]+)\.ipynb", readme)
    assert list(dict.fromkeys(found)) == [path.stem for path in NOTEBOOKS]
    for path in NOTEBOOKS:
        assert f"notebooks/pictures/{path.stem}.svg" in readme
