"""`Endpoint`: answers a query over HTTP with a worker of the pool, and stops when nobody listens any more.

The head of an answer is sent when its first piece is there, so that an error or a query that takes too long
has a status of its own. What breaks later breaks the connection: no cut answer passes for a whole one.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import asynccontextmanager
from functools import lru_cache, partial
from typing import cast
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.problems import InvalidQuery, KgError, QueryStopped
from kg.serving.accepting import ROWS, TRIPLES, Wanted, accepted, content_type, engine_type
from kg.serving.asking import Asked
from kg.serving.keeping import Again, Headers, Kept, Repeated
from kg.serving.pool import Busy, Pool
from kg.serving.refusing import Refused, told
from kg.serving.tags import Tags, unchanged
from kg.sparql.killable import Reply, Worker

_NEVER_THE_SAME = re.compile(r"(?:NOW|RAND|UUID|BNODE)(?:\s|#[^\r\n]*+[\r\n])*+\(|\\u", re.IGNORECASE)
"""Functions that give something else each time; behind an escape there may be any."""


def wanted(request: Request) -> Wanted:
    """Return what a request accepts; raises `Refused` when that is nothing that is to be had."""
    found = _wanted(",".join(request.headers.getlist("accept")))
    if found == Wanted(None, None):
        raise not_acceptable((*ROWS, *TRIPLES))
    return found


@lru_cache(128)
def _wanted(header: str) -> Wanted:
    return Wanted(accepted(header, ROWS), accepted(header, TRIPLES))


def not_acceptable(offered: tuple[str, ...]) -> Refused:
    """Return what to say to a request that takes nothing of what is to be had."""
    return Refused(406, f"the answer can be had as {', '.join(dict.fromkeys(offered))}")


class Endpoint:
    """Answers queries of one release of a graph."""

    def __init__(self, pool: Pool, tags: Tags, timeout: float, kept: Kept) -> None:
        self._pool, self._tags, self._timeout, self._kept = pool, tags, timeout, kept

    def answer(self, request: Request, asked: Asked, found: Wanted | None = None) -> Response:
        """Return the response to a query; the query runs while the response is sent.

        `found` takes the place of what the request accepts.
        """
        found = found or wanted(request)
        again = self._kept.find(asked, found)
        tag = again.tag if again else self._tag(asked, found)
        if (same := unchanged(request, tag, "Accept")) is not None:
            return same
        if again is not None:
            return Repeated(again)
        return _Answer(self._pool, asked, found, tag, self._timeout, self._kept)

    def _tag(self, asked: Asked, found: Wanted) -> str:
        """Return the tag of an answer, empty for a query that may answer otherwise each time."""
        return "" if _NEVER_THE_SAME.search(asked.sparql) else self._tags.of(asked, found)


class _Answer(Response):
    """A response that asks a worker while it is sent."""

    def __init__(self, pool: Pool, asked: Asked, found: Wanted, tag: str, timeout: float, kept: Kept) -> None:
        self._pool, self._asked, self._wanted, self._tag = pool, asked, found, tag
        self._timeout, self._kept = timeout, kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, or end the query when the client goes away."""
        sending = asyncio.ensure_future(self._send(scope, receive, send))
        leaving = asyncio.ensure_future(_left(receive))
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            if not sending.done():
                sending.cancel()
                await asyncio.wait({sending})
        if not sending.cancelled():
            sending.result()

    async def _send(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False
        try:
            async with self._pool.lent() as worker, self._opened(worker) as found:
                begun = True
                headers = self._head(found)
                if self._tag and found.second is None:
                    self._kept.keep(self._asked, self._wanted, Again(self._tag, headers, found.first))
                await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
                if scope["method"] == "HEAD":
                    await send({"type": "http.response.body", "body": b""})
                else:
                    async with asyncio.timeout(self._timeout):  # whoever reads too slowly is left
                        await self._body(send, worker, found)
        except (Busy, InvalidQuery, QueryStopped, Refused) as error:
            if begun:
                raise
            await refusal(error)(scope, receive, send)

    @asynccontextmanager
    async def _opened(self, worker: Worker) -> AsyncIterator[_Opened]:
        """Ask the worker; what it has not told by the end, nobody wants to know."""
        ask = partial(
            worker.ask,
            self._asked.sparql,
            engine_type(self._wanted.rows or ROWS[0], "rows"),
            self._timeout,
            graph_type=engine_type(self._wanted.triples or TRIPLES[0], "triples"),
            dataset=self._asked.dataset,
        )
        found = await self._pool.call(worker, partial(_open, ask))
        self._whole = found.second is None
        try:
            self._media_type = self._type_of(found.reply)
            yield found
        finally:
            if not self._whole:
                await self._pool.call(worker, partial(_forget, worker, found.reply))

    def _type_of(self, reply: Reply) -> str:
        graph = reply.kind == "graph"
        found = self._wanted.triples if graph else self._wanted.rows
        if found is None:
            raise not_acceptable(TRIPLES if graph else ROWS)
        return found

    async def _body(self, send: Send, worker: Worker, found: _Opened) -> None:
        piece: bytes | None = found.second
        await send({"type": "http.response.body", "body": found.first, "more_body": piece is not None})
        while piece is not None:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            piece = await self._pool.call(worker, partial(next, found.reply.chunks, None))
            if piece is None:
                self._whole = True
                await send({"type": "http.response.body", "body": b""})

    def _head(self, found: _Opened) -> Headers:
        headers = {"Content-Type": content_type(self._media_type), "Vary": "Accept", "ETag": self._tag}
        headers["Cache-Control"] = "no-cache"
        headers["X-Hint"] = quote("; ".join(found.reply.hints), safe=" ;,:`?")
        headers["Content-Length"] = str(len(found.first)) if found.second is None else ""
        return [(name.lower().encode(), value.encode()) for name, value in headers.items() if value]


def refusal(error: KgError) -> Response:
    """Return what to answer where a query is not."""
    match error:
        case Busy():
            return told(503, str(error), {"Retry-After": "2"})
        case QueryStopped():
            return told(503, str(error))
        case Refused():
            return told(error.status, str(error), error.headers)
        case _:
            return told(400, str(error))


class _Opened(msgspec.Struct, frozen=True):
    """A reply and its first two pieces; without a second, the first is all."""

    reply: Reply
    first: bytes
    second: bytes | None


def _open(ask: Callable[[], Reply]) -> _Opened:
    reply = ask()
    return _Opened(reply, next(reply.chunks, b""), next(reply.chunks, None))


def _forget(worker: Worker, reply: Reply) -> None:
    """End a worker whose reply nobody will read."""
    cast("Generator[bytes]", reply.chunks).close()
    worker.close()


async def _left(receive: Receive) -> None:
    """Return when the client has gone away."""
    while (await receive())["type"] != "http.disconnect":
        pass
