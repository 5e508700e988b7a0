"""The path explorer in JupyterLab, Notebook 7 and marimo: driven by clicks and keys, read back in Python."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from front_ends import CELLS, Notebook, quiet_home, served, write_notebook
from test_browser import CHROMIUM, chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome on the PATH"),
]
jupyter = pytest.mark.skipif(
    find_spec("jupyterlab") is None, reason="no JupyterLab: pip install --group jupyter"
)
marimo = pytest.mark.skipif(find_spec("marimo") is None, reason="no marimo: pip install --group jupyter")
PLACES = {"JupyterLab": "lab/tree/{}?reset", "Notebook 7": "notebooks/{}"}
MARIMO = """
import marimo
app = marimo.App()

@app.cell
def _():
    import marimo as mo
    import kg
    from kg.notebook import PathExplorer
    explorer = mo.ui.anywidget(PathExplorer(kg.load(), "igmesine", "cGMP"))
    explorer
    return explorer, mo

@app.cell
def _(explorer, mo):
    mo.md(f"READ {explorer.source} {explorer.selected} {explorer.statement}")
    return
"""
FIND = """
window.deep = (wanted, root = document) => [
  ...root.querySelectorAll(wanted), ...[...root.querySelectorAll("*")].flatMap((part) => (part.shadowRoot ? deep(wanted, part.shadowRoot) : [])),
];
window.middle = (part) => { part.scrollIntoView({block: "center"}); const box = part.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
window.onLine = (said) => {
  const arc = deep("[data-arc][role=button]").find((group) => group.ariaLabel.includes(said)), line = arc.querySelector("path");
  arc.scrollIntoView({block: "center"});
  const spot = line.getPointAtLength(line.getTotalLength() * 0.4).matrixTransform(line.getScreenCTM());
  return [spot.x, spot.y];
};
0"""
"""Finds parts also in shadow roots, where marimo puts a widget."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("jupyter")
    with served("jupyterlab", folder=folder) as address:
        yield folder, address


@pytest.fixture
def page(tmp_path):
    with chromium(tmp_path / "profile", size="1500,1200") as tab:
        yield tab


def drive(page) -> None:
    """Choose the third path, click an arrow of it."""
    page.run(FIND)
    page.until("deep('.kg-list li').length === 8", 40)
    page.click(*page.run("middle(deep('.kg-list li')[2])"))
    page.click(*page.run("onLine('nitric oxide activates')"))
    page.until("deep('.kg-told article').length === 1")


def choose_by_typing(page, field: int, typed: str, hoped: str) -> None:
    """Type into the field of the source (0) or target (1), wait for the offers, take the first."""
    page.click(*page.run(f"middle(deep('[role=combobox]')[{field}])"))
    for letter in typed:
        page.press(letter)
    page.until(
        f"deep('[role=option][id]').some((item) => item.ariaSelected === 'true' && item.innerText.startsWith('{hoped}'))"
    )
    page.press("Enter")


@jupyter
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_what_is_clicked_is_read_and_what_is_set_is_shown(server, page, place):
    folder, address = server
    name = f"{place[:3]}.ipynb"
    write_notebook(folder / name, *CELLS)
    notebook = Notebook(page, f"{address}/{place.format(name)}")
    notebook.run(0)
    drive(page)
    notebook.prints(1, "igmesine cGMP 2 nitric-oxide.activates.soluble-guanylyl-cyclase")
    notebook.run(2)
    page.until("deep('.kg-list li')[4].ariaSelected === 'true'")
    choose_by_typing(page, 1, "bdnf gene", "BDNF gene")
    page.until("deep('.kg-list li').length > 0 && deep('.kg-status')[0].innerText.includes('within')")
    choose_by_typing(page, 0, "imip", "imipramine")
    notebook.prints(1, "imipramine bdnf-gene 0 None")
    assert page.run("deep('.jp-Cell').length") == len(CELLS)
    assert notebook.foreign() == []


@jupyter
def test_a_saved_notebook_shows_the_explorer_without_running(server, page, saved):
    """One that nobody trusts yet shows table and image, a trusted one the widget as it was."""
    folder, address = server
    path = folder / "saved.ipynb"
    path.write_bytes(saved.read_bytes())
    page.call("Page.navigate", url=f"{address}/{PLACES['JupyterLab'].format(path.name)}")
    page.until("document.querySelectorAll('.jp-OutputArea details').length === 8", 40)
    assert (
        page.run("document.querySelector('.jp-OutputArea img[src^=\"data:image/svg\"]').naturalWidth") > 300
    )
    command = [sys.executable, "-m", "jupyter", "trust", str(path)]
    subprocess.run(command, env=quiet_home(folder), check=True, capture_output=True)
    page.call("Page.reload")
    page.until("document.querySelector('.kg-list li[aria-selected=true]') !== null", 40)
    page.run(FIND)
    page.click(*page.run("onLine('igmesine decreases')"))
    page.until("deep('.kg-told article').length === 1")
    assert "Modulation of NMDA Receptor Function" in page.run("deep('.kg-told')[0].innerText")


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> Path:
    """Return a notebook run from top to bottom, with the state of its widgets."""
    import nbformat
    from nbclient import NotebookClient

    path = write_notebook(tmp_path_factory.mktemp("saved") / "saved.ipynb", CELLS[0])
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120).execute()
    nbformat.write(notebook, path)
    return path


@marimo
def test_marimo_reads_what_is_clicked(page, tmp_path):
    (tmp_path / "app.py").write_text(MARIMO)
    with served(
        "marimo", "run", "app.py", "--headless", "--no-token", "--host=127.0.0.1", folder=tmp_path
    ) as address:
        page.call("Page.navigate", url=address)
        page.until("document.readyState === 'complete' && location.protocol === 'http:'", 30)
        drive(page)
        page.until(
            "document.body.innerText.includes('READ igmesine 2 nitric-oxide.activates.soluble-guanylyl-cyclase')"
        )
        choose_by_typing(page, 1, "bdnf gene", "BDNF gene")
        page.until("document.body.innerText.includes('READ igmesine 0 None')")
        assert [asked for asked in page.outside() if not asked.startswith(address)] == []
