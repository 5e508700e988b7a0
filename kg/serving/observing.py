"""What a server tells of itself: a line per request on standard error, and counts for Prometheus."""

from __future__ import annotations

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.problems import KgError

_STEPS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_SAFE = "/:@!$&'()*+,;=-._~"
SHIELDS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""Headers that every response has."""


class Metrics:
    """Counts of requests by part of the server and status, their seconds, and gauges read when asked."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int]] = Counter()
        self.under: Counter[float] = Counter()
        self.seconds, self.sent = 0.0, 0
        self.gauges: dict[str, tuple[str, Callable[[], float]]] = {}

    def note(self, part: str, status: int, seconds: float, sent: int) -> None:
        """Count a request."""
        self.requests[part, status] += 1
        self.seconds += seconds
        self.sent += sent
        self.under[next((step for step in _STEPS if seconds <= step), float("inf"))] += 1

    def text(self) -> str:
        """Return everything in Prometheus' text format."""
        return "\n".join([*self._counted(), *self._timed(), *self._gauged()]) + "\n"

    def _counted(self) -> Iterator[str]:
        yield "# HELP kg_requests_total Requests answered, by part of the server and status."
        yield "# TYPE kg_requests_total counter"
        for (part, status), count in sorted(self.requests.items()):
            yield f'kg_requests_total{{part="{part}",status="{status}"}} {count}'
        yield "# HELP kg_sent_bytes_total Bytes sent in bodies."
        yield "# TYPE kg_sent_bytes_total counter"
        yield f"kg_sent_bytes_total {self.sent}"

    def _timed(self) -> Iterator[str]:
        yield "# HELP kg_request_seconds How long requests took, waiting included."
        yield "# TYPE kg_request_seconds histogram"
        count = 0
        for step in _STEPS:
            count += self.under[step]
            yield f'kg_request_seconds_bucket{{le="{step:g}"}} {count}'
        total = sum(self.under.values())
        yield f'kg_request_seconds_bucket{{le="+Inf"}} {total}'
        yield f"kg_request_seconds_sum {self.seconds:.6f}"
        yield f"kg_request_seconds_count {total}"

    def _gauged(self) -> Iterator[str]:
        for name, (purpose, read) in self.gauges.items():
            yield f"# HELP {name} {purpose}"
            yield f"# TYPE {name} gauge"
            yield f"{name} {read():g}"


class Observed:
    """Middleware that adds the shields, counts and logs; nothing below it is let through as an exception."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, quiet: bool = False) -> None:
        self._app, self._metrics, self._quiet = app, metrics, quiet

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request and take note of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, watched, fault = time.perf_counter(), _Watched(send), ""
        try:
            await self._app(scope, receive, watched.send)
        except (KgError, TimeoutError, OSError) as error:  # the connection breaks, which is all that is left
            fault = f" broken off: {' '.join(str(error).split())[:200] or type(error).__name__}"
        except asyncio.CancelledError:
            fault = " cancelled"
            raise
        finally:
            taken = time.perf_counter() - began
            self._metrics.note(part_of(scope["path"]), watched.status, taken, watched.sent)
            if not self._quiet:
                _log(scope, watched, taken, fault)


class _Watched:
    """A `send` that remembers status and bytes, and adds the shields."""

    def __init__(self, send: Send) -> None:
        self._send, self.status, self.sent = send, 0, 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            there = {name for name, _ in message.get("headers", ())}
            added = [shield for shield in SHIELDS if shield[0] not in there]
            message = {**message, "headers": [*message.get("headers", ()), *added]}
        else:
            self.sent += len(message.get("body", b""))
        await self._send(message)


def part_of(path: str) -> str:
    """Return the part of the server that a path belongs to: few, whatever is asked for."""
    first = path.split("/")[1]
    return first if first in ("sparql", "data", "api", "entity", "diagram", "metrics") else "page"


def _log(scope: Scope, watched: _Watched, seconds: float, fault: str) -> None:
    when = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    client = (scope.get("client") or ("-",))[0]
    what = f"{scope['method']} {quote(scope['path'], safe=_SAFE)[:200]}"
    told = f"{watched.status} {watched.sent} B {seconds * 1000:.1f} ms{fault}"
    sys.stderr.write(f"{when} {client} {what} {told}\n")


def memory_taken() -> float:
    """Return how many bytes of memory this process holds, 0 where the system does not tell."""
    try:
        import resource

        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except (ImportError, OSError, ValueError):
        return 0.0
