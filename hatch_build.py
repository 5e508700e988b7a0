"""What the build of a wheel adds: Oxigraph's WASM build from its pinned npm package, where npm is."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WasmBuildHook(BuildHookInterface):  # type: ignore[misc]
    """Puts the pinned files into the wheel, or says what the wheel will lack."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch the package and include its files; an editable install fetches nothing."""
        if version == "editable":
            return
        pinned = runpy.run_path(str(Path(self.root) / "kg" / "pinned.py"))
        home = Path(self.root) / "build" / "npm"
        reason = pinned["install"](home)
        if reason:
            self.app.display_warning(f"kg explore --sparql will be missing from this wheel: {reason}")
            return
        for name in (*pinned["FILES"], "README.md"):  # the last one holds its licence
            build_data["force_include"][str(pinned["place"](home) / name)] = f"kg/_data/oxigraph/{name}"
