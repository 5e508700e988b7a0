"""A real `kg serve` in a process of its own, and plain requests to it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

import msgspec
import pytest

KG = str(Path(sys.executable).parent / "kg")


class Answer(msgspec.Struct):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self):
        return msgspec.json.decode(self.body)

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


class Served:
    """A running server: its address, its process, its log."""

    def __init__(self, process: subprocess.Popen, address: str, log: Path) -> None:
        self.process, self.address, self.log = process, address, log
        self.place = urlsplit(address)

    def connect(self, timeout: float = 60) -> HTTPConnection:
        return HTTPConnection(self.place.hostname, self.place.port, timeout=timeout)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Send one request; `_` in the names of headers stands for `-`."""
        connection = self.connect()
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            got = connection.getresponse()
            return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def query(self, sparql: str, accept: str = "application/sparql-results+json", more: str = "") -> Answer:
        return self.get(f"/sparql?query={quote(sparql)}{more}", Accept=accept)

    def metric(self, name: str) -> float:
        found = re.search(rf"^{re.escape(name)} (\S+)$", self.get("/metrics").text, re.MULTILINE)
        return float(found[1]) if found else 0.0

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=30)


@contextmanager
def serving(home: Path, *options: str) -> Iterator[Served]:
    """Start `kg serve` at a free port, with its cache and log in a folder; end it."""
    pytest.importorskip("uvicorn")
    log = home / "server.log"
    env = os.environ | {"KG_CACHE_DIR": str(home / "cache")}
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [KG, "serve", "--port", "0", *options], stdout=subprocess.DEVNULL, stderr=errors, env=env
        )
    try:
        yield Served(process, _address(process, log), log)
    finally:
        process.kill()
        process.wait()


@contextmanager
def in_a_thread(app: object) -> Iterator[str]:
    """Serve an application in this process; yield its address."""
    uvicorn = pytest.importorskip("uvicorn")
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, http="h11"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        end = time.monotonic() + 20
        while not server.started:
            assert thread.is_alive() and time.monotonic() < end
            time.sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)


def _address(process: subprocess.Popen, log: Path) -> str:
    end = time.monotonic() + 60
    while not (found := re.search(r"serving (http://\S+)/ ", log.read_text())):
        assert process.poll() is None and time.monotonic() < end, log.read_text()
        time.sleep(0.05)
    return found[1]
