"""Front ends of notebooks, started on loopback with a home of their own, for Chromium to open."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engines import answers, free_port
from test_browser import Tab

_SERVER = (
    "--no-browser --allow-root --ServerApp.ip=127.0.0.1 --ServerApp.port_retries=0 --IdentityProvider.token= "
    "--ServerApp.allow_remote_access=False --LabApp.expose_app_in_browser=True --JupyterNotebookApp.expose_app_in_browser=True --LabApp.news_url=None "
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.extension_manager=readonly"
)
_SETTINGS = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True},
}


def quiet_home(folder: Path, **also: str) -> dict[str, str]:
    """Return the environment of a process that finds no settings but ours, and no way to the network."""
    for name, values in _SETTINGS.items():
        place = folder / "settings" / f"{name}.jupyterlab-settings"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(values))
    home = {"HOME": str(folder), "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings")}
    home |= {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    nowhere = {
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
        "no_proxy": "127.0.0.1",
    }
    return os.environ | home | nowhere | also


@contextmanager
def served(module: str, *options: str, folder: Path) -> Iterator[str]:
    """Start JupyterLab (`jupyterlab`), Notebook 7 (`notebook`) or marimo in a folder; yield its address."""
    port = free_port()
    command = [sys.executable, "-m", module, *options, f"--port={port}"]
    if module != "marimo":
        command += [*_SERVER.split(), f"--ServerApp.root_dir={folder}"]
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=quiet_home(folder), stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            status = f"{address}/api/status" if module != "marimo" else f"{address}/health"
            assert answers(process, status), (folder / "server.log").read_text()
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


CELLS = (
    'import kg\nfrom kg.notebook import PathExplorer\nexplorer = PathExplorer(kg.load(), "igmesine", "cGMP")\nexplorer',
    "print(explorer.source, explorer.target, explorer.selected, explorer.statement)",
    "explorer.selected = 4",
)
"""A notebook that shows the explorer, one line that reads it, one that sets it."""


def write_notebook(path: Path, *cells: str) -> Path:
    """Write a notebook of these cells, not yet run."""
    import nbformat

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, path)
    return path


_PANEL = "[...(window.jupyterapp?.shell.widgets('main') ?? [])].find((part) => part.sessionContext)"


class Notebook:
    """A notebook opened in JupyterLab or Notebook 7."""

    def __init__(self, page: Tab, address: str) -> None:
        self.page, self.address = page, address
        page.call("Page.navigate", url=address)
        page.until("document.readyState === 'complete'", 30)
        page.until(f"{_PANEL}?.sessionContext.session?.kernel?.connectionStatus === 'connected'", 60)

    def run(self, cell: int) -> None:
        """Run one cell, as Shift+Enter would."""
        chosen = f"{_PANEL}.content.activeCellIndex = {cell}"
        self.page.run(f"{chosen}; jupyterapp.commands.execute('notebook:run-cell'); 0")

    def prints(self, cell: int, text: str) -> None:
        """Run a cell until it prints this: what a page sends may still be on its way."""
        said = f"{_PANEL}.content.widgets[{cell}].outputArea?.node.innerText.trim()"
        end = time.monotonic() + 20
        while self.page.run(said) != text:
            assert time.monotonic() < end, (self.page.run(said), text)
            self.run(cell)
            time.sleep(0.4)

    def foreign(self) -> list[str]:
        """Return the addresses asked for outside the server."""
        home = self.address.split("/", 3)[2]
        return [asked for asked in self.page.outside() if asked.split("/", 3)[2] != home]
