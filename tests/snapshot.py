"""Expected output kept in files; `KG_UPDATE_SNAPSHOTS=1 pytest` writes them, and the diff is reviewed."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"


def assert_snapshot(name: str, text: str) -> None:
    """Compare a text with the stored one of this name."""
    path = FOLDER / name
    if os.environ.get("KG_UPDATE_SNAPSHOTS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.exists(), f"no snapshot {path}; write it with KG_UPDATE_SNAPSHOTS=1"
    assert text == path.read_text("utf-8")
