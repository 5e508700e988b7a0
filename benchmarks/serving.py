"""Load `kg serve` on the loopback: so many clients at once for so long, none lost, p50 and p99, memory.

`python -m benchmarks.serving [SECONDS]` starts a server of its own and prints a table. Every answer is read
whole and compared; a client that gets another one, or none, is lost. A query is asked again and again, which
may be answered from what is kept, and as one that nobody asked before. Then 50 ask beside a runaway query.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlsplit

KG = str(Path(sys.executable).parent / "kg")
CLIENTS = (1, 16, 200)
HOME = "https://w3id.org/drug-mechanisms/"
SMALL = f"SELECT ?t {{ <{HOME}igmesine> <{HOME}ontology#agonist_of> ?t }}"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
NUMBER = "NUMBER"
"""In an address: another number each time. There is one row, so that any limit gives the same answer."""
QUERIES = {"same query": quote(SMALL), "new query": f"{quote(SMALL)}%20LIMIT%20{NUMBER}"}
PAGES = {
    **{name: f"/sparql?query={query}" for name, query in QUERIES.items()},
    "entity page": "/entity/igmesine",
    "counts by API": "/api/counts",
}


@contextmanager
def server(*options: str) -> Iterator[tuple[str, int, float]]:
    """Start a server at a free port; yield its address, its process and how long it took to listen."""
    began = time.perf_counter()
    command = [KG, "serve", "--port", "0", "--quiet", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        found = re.search(r"(http://\S+)/ ", process.stderr.readline())
        assert found, "the server did not start"
        yield found[1], process.pid, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def oxigraph() -> Iterator[str | None]:
    """Start `oxigraph serve-read-only` on the same store, where it is installed (group `bench`)."""
    import kg

    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if program is None:
        yield None
        return
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [program, "serve-read-only", "--location", str(kg.load().store_folder), "--bind", place]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None and not _listens(place):
            time.sleep(0.05)
        yield f"http://{place}"
    finally:
        process.terminate()
        process.wait(30)


def _listens(place: str) -> bool:
    host, _, port = place.partition(":")
    with socket.socket() as tried:
        return tried.connect_ex((host, int(port))) == 0


async def asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> tuple[int, bytes]:
    """Send a request over a connection that is kept; return status and body."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    status = int(head.split()[1])
    if length or b"chunked" not in head.lower():
        return status, await reader.readexactly(int(length[1]) if length else 0)
    body = b""
    while size := int(await reader.readline(), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return status, body


async def client(
    address: str, path: str, until: float, expected: bytes, times: list[float], numbers: Iterator[int]
) -> int:
    """Ask again and again; return how many answers were wrong."""
    place = urlsplit(address)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    wrong = 0
    while time.perf_counter() < until:
        began = time.perf_counter()
        status, body = await asked(reader, writer, path.replace(NUMBER, str(next(numbers))))
        times.append(time.perf_counter() - began)
        wrong += status != 200 or body != expected
    writer.close()
    return wrong


async def load(address: str, path: str, clients: int, seconds: float) -> tuple[list[float], int]:
    """Return the sorted times of all answers, and how many were lost or wrong."""
    place = urlsplit(address)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    _, expected = await asked(reader, writer, path.replace(NUMBER, "1"))
    writer.close()
    numbers = count(time.time_ns())
    times: list[float] = []
    until = time.perf_counter() + seconds
    every = (client(address, path, until, expected, times, numbers) for _ in range(clients))
    done = await asyncio.gather(*every, return_exceptions=True)
    return sorted(times), sum(1 if isinstance(found, BaseException) else found for found in done)


async def beside_a_runaway(address: str) -> tuple[list[float], int, int]:
    """Return the times of 50 good queries beside one without end, the lost ones, and the runaway's status."""
    place = urlsplit(address)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    runaway = asyncio.ensure_future(asked(reader, writer, f"/sparql?query={quote(ENDLESS)}"))
    await asyncio.sleep(0.3)
    times, lost = await load(address, PAGES["new query"], 50, 2)
    status, _ = await runaway
    return times, lost, status


def memory_of(pid: int) -> float:
    """Return the megabytes that a process and its children hold."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    workers = subprocess.run(
        ["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    held = 0.0
    for one in {str(pid), *children, *workers}:
        status = Path(f"/proc/{one}/status").read_text()
        held += int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024
    return held


def main(seconds: float = 5) -> None:
    """Print the table."""
    with server("--timeout", "5") as (address, pid, started):
        print(f"listens after {started:.2f} s, holds {memory_of(pid):.0f} MB")
        print(f"{'what':<22}{'clients':>8}{'answers/s':>11}{'p50 ms':>9}{'p99 ms':>9}{'lost':>6}")
        for what, path in PAGES.items():
            for clients in CLIENTS:
                times, lost = asyncio.run(load(address, path, clients, seconds))
                show(what, clients, times, lost, seconds)
        with oxigraph() as peer:
            for what, query in QUERIES.items() if peer else ():
                for clients in CLIENTS:
                    times, lost = asyncio.run(load(peer, f"/query?query={query}", clients, seconds))
                    show(f"oxigraph, {what}", clients, times, lost, seconds)
        times, lost, status = asyncio.run(beside_a_runaway(address))
        show("beside runaway", 50, times, lost, 2)
        print(f"the runaway was answered with {status}; server and workers hold {memory_of(pid):.0f} MB")


def show(what: str, clients: int, times: list[float], lost: int, seconds: float) -> None:
    """Print a row."""
    middle, high = (1000 * times[int(len(times) * share)] for share in (0.5, 0.99))
    print(f"{what:<22}{clients:>8}{len(times) / seconds:>11.0f}{middle:>9.1f}{high:>9.1f}{lost:>6}")


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
