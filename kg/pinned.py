"""The npm package with Oxigraph's WASM build: its version, the digests of its files, how npm installs it.

Only the standard library is used: the build of a wheel runs this file too, before anything is installed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

PACKAGE = "oxigraph"
VERSION = "0.5.11"
FILES = {
    "web.js": "2fcfdcadc79c9146cee98028a273aebc93df3282eb0299c248595bc529deca41",
    "web_bg.wasm": "b95b15accb6b789667b8d8b0b8f139d5de588e572499672ff37ce9ba01c4a428",
}
"""The files that a page needs, with the SHA-256 of each: any other bytes are refused."""
_OPTIONS = ("--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
_PATIENCE = 120


def command(home: Path) -> list[str]:
    """Return the command that puts the package under a folder."""
    return ["npm", "install", *_OPTIONS, "--prefix", str(home), f"{PACKAGE}@{VERSION}"]


def place(home: Path) -> Path:
    """Return where npm puts the package under a folder."""
    return home / "node_modules" / PACKAGE


def whole(package: Path) -> bool:
    """Tell whether a folder holds the pinned files, byte for byte."""
    return all(_digest(package / name) == wanted for name, wanted in FILES.items())


def _digest(path: Path) -> str | None:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def install(home: Path) -> str | None:
    """Let npm put the package under a folder, unless it is there; return why that failed, or None."""
    if whole(place(home)):
        return None
    if shutil.which("npm") is None:
        return "npm is not installed"
    try:
        done = subprocess.run(  # noqa: S603 (a fixed command)
            command(home), capture_output=True, text=True, check=False, timeout=_PATIENCE, shell=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"npm failed: {error}"
    if done.returncode:
        return f"npm failed: {(done.stderr.strip().splitlines() or ['no reason given'])[0][:300]}"
    return None if whole(place(home)) else f"{PACKAGE} {VERSION} is not the pinned one"


if __name__ == "__main__":
    sys.exit(install(Path(sys.argv[1])))
