"""Tags by release: whoever holds what depends on nothing else is told so, and nothing is made again.

A release has a digest but no date, so there is a tag (ETag) and no Last-Modified.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import Response

Answering = Callable[[Request], Awaitable[Response]]


class Tags:
    """The tags of what one release of a graph gives; templates, scripts and styles count as part of it."""

    def __init__(self, release: str) -> None:
        self._release = (release, _look())

    def of(self, *parts: object) -> str:
        """Return the tag of what is told apart by these parts, such as address and media type.

        >>> Tags("1").of("/api/counts") == Tags("2").of("/api/counts")
        False
        """
        told = msgspec.msgpack.encode((self._release, parts))
        return f'W/"{sha256(told).hexdigest()[:32]}"'

    def on(self, answer: Answering) -> Answering:
        """Return an answer that says when it is unchanged; what is refused, or `no-store`, has no tag."""

        async def respond(request: Request) -> Response:
            tag = self.of(request.url.path, request.url.query)
            return unchanged(request, tag) or marked(await answer(request), tag)

        return respond


def unchanged(request: Request, tag: str, vary: str = "") -> Response | None:
    """Return what to answer to a request that holds what has this tag, None to one that does not."""
    held = [one.strip() for one in ",".join(request.headers.getlist("if-none-match")).split(",")]
    if not tag or tag not in held or request.method not in ("GET", "HEAD"):
        return None
    headers = {"ETag": tag, "Cache-Control": "no-cache"} | ({"Vary": vary} if vary else {})
    return Response(status_code=304, headers=headers)


def marked(response: Response, tag: str) -> Response:
    """Return a response with its tag, to be asked for again before it is shown again."""
    if response.status_code == 200 and "cache-control" not in response.headers:
        response.headers["ETag"], response.headers["Cache-Control"] = tag, "no-cache"
    return response


def _look() -> str:
    """Return the digest of every template, script and style."""
    home = Path(str(files("kg")))
    found = sorted(path for ending in ("j2", "js", "css") for path in home.glob(f"*/*/*.{ending}"))
    return sha256(b"\0".join(path.read_bytes() for path in found)).hexdigest()
