"""Shared by all tests: the shipped graph once, a private cache, and folders of data made on the spot."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("patient")
ROOT = Path(__file__).parents[1]
DOCUMENTS = Path(os.environ.get("KG_DOCUMENTS") or ROOT.parent / "shared" / "documents")
"""The five documents as plain text, where somebody has them; they are not part of the project."""
_HEARING = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
KG = [sys.executable, "-c", f"{_HEARING}; from kg.cli import main; main(prog_name='kg')"]
"""The command as a process of its own; it hears Ctrl-C, to which a job in the background is started deaf."""


@pytest.fixture(autouse=True)
def private_cache(tmp_path_factory, monkeypatch):
    """Keep the tests out of the user's cache; one folder for the whole run, so that it is also used."""
    monkeypatch.setenv("KG_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "kg-cache"))
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="session")
def graph():
    import kg

    return kg.load(cache=False)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a data file and returns its path."""

    def write_file(content: str | bytes, name: str = "data.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


@pytest.fixture(scope="module")
def tab(tmp_path_factory):
    """Open a tab of a real headless Chromium, one for the tests of a file."""
    from test_browser import chromium

    with chromium(tmp_path_factory.mktemp("profile")) as page:
        yield page
