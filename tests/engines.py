"""Triple stores that nobody here wrote, started on loopback in a temporary folder: Oxigraph and Virtuoso 7."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import pytest

GRAPH = "https://w3id.org/drug-mechanisms/graph"
_VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 30
"""


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextlib.contextmanager
def oxigraph() -> Iterator[str]:
    """Start `oxigraph serve` in memory; give its query address."""
    import sys

    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        pytest.skip("the program oxigraph is not installed")
    port = free_port()
    with _running([program, "serve", "--bind", f"127.0.0.1:{port}"], Path.cwd()) as process:
        _wait(process, f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}/query"


@contextlib.contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Start Virtuoso with an empty database; give its query address, with the graph to publish to."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource-7-bin)")
    port = free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=free_port(), http=port))
    command = [program, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with _running(command, folder) as process:
        _wait(process, f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D")
        yield f"http://127.0.0.1:{port}/sparql?default-graph-uri={GRAPH}"


@contextlib.contextmanager
def _running(command: list[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def answers(process: subprocess.Popen[bytes], address: str, seconds: float = 60) -> bool:
    """Wait until a server that was started answers; tell whether it did, in time and before it ended."""
    opener = build_opener(ProxyHandler({}))
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            opener.open(address, timeout=5).close()
            return True
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    if not answers(process, address):
        pytest.skip("the engine did not start")
