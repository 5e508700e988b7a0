"""`Kept`: small answers, whole, to be given again to who asks the same. A server's graph never changes."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.serving.accepting import Wanted
from kg.serving.asking import Asked

Headers = list[tuple[bytes, bytes]]
_BESIDES = 2000
"""About the bytes that an answer takes besides its body and its query."""


class Again(NamedTuple):
    """An answer that was given before, and its tag."""

    tag: str
    headers: Headers
    body: bytes


class Kept:
    """The answers asked for last, in so many bytes altogether; what would take much of that is not kept."""

    def __init__(self, room: int) -> None:
        self._room, self.bytes, self.repeated = room, 0, 0
        self._held: OrderedDict[tuple[Asked, Wanted], Again] = OrderedDict()

    def find(self, asked: Asked, wanted: Wanted) -> Again | None:
        """Return the answer to a query in the forms that are wanted, None where it is not here."""
        found = self._held.get((asked, wanted))
        if found is not None:
            self._held.move_to_end((asked, wanted))
            self.repeated += 1
        return found

    def keep(self, asked: Asked, wanted: Wanted, answer: Again) -> None:
        """Keep an answer; those that nobody asked for the longest make room for it."""
        size = _size(asked, answer)
        if size > self._room // 100 or (asked, wanted) in self._held:
            return
        self._held[asked, wanted] = answer
        self.bytes += size
        while self.bytes > self._room:
            (oldest, _), gone = self._held.popitem(last=False)
            self.bytes -= _size(oldest, gone)


def _size(asked: Asked, answer: Again) -> int:
    return 4 * len(asked.sparql) + len(answer.body) + _BESIDES


class Repeated(Response):
    """A response with an answer that was given before."""

    def __init__(self, again: Again) -> None:
        self._again = again

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        headers = list(self._again.headers)  # others add theirs
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        body = b"" if scope["method"] == "HEAD" else self._again.body
        await send({"type": "http.response.body", "body": body})
