"""The pages of the documentation do what they say: their files, commands and code, from top to bottom."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest
from conftest import ROOT
from fences import TYPED, Reader, blocks

from kg import resources

DOCS = ROOT / "docs"
WRITTEN = sorted(
    path for path in DOCS.rglob("*.md") if path.relative_to(DOCS).parts[0] not in ("reference", "notebooks")
)
"""What people wrote; the rest is made from the program."""
FOLLOWED = [path for path in WRITTEN if any(blocks(path.read_text("utf-8")))]


@pytest.mark.parametrize("path", FOLLOWED, ids=lambda path: str(path.relative_to(DOCS)))
def test_a_page_can_be_followed_from_top_to_bottom(path: Path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = list(blocks(path.read_text("utf-8")))
    if any(block.caption and block.caption.startswith("ontology/") for block in found):
        _in_a_checkout(tmp_path, monkeypatch)
    with ExitStack() as running:
        reader = Reader(running)
        for block in found:
            reader.follow(block)


def _in_a_checkout(home: Path, monkeypatch) -> None:
    """Let the program read ontology and seeds of a copy, which a page may then change."""
    for name in ("ontology", "seeds"):
        shutil.copytree(ROOT / name, home / name)
    monkeypatch.setattr(resources, "_PACKAGE", home / "kg")


@pytest.mark.parametrize("path", FOLLOWED, ids=lambda path: str(path.relative_to(DOCS)))
def test_every_block_is_run_or_has_a_file_name(path: Path):
    """Commands of git, make and pip are the only ones that are shown and not run; `text` is a drawing."""
    for block in blocks(path.read_text("utf-8")):
        shown = block.language == "sh" and all(
            line.startswith(("git ", "make ", "pip ", "cd ", "python3 -m venv", "source "))
            for line in block.text.splitlines()
        )
        assert block.language in (*TYPED, "text") or block.caption or shown, block
