"""Long work for a client: in a thread, a few at a time, ended when the client leaves or its time is over."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TypeVar

from anyio import CancelScope, CapacityLimiter, create_task_group, to_thread
from starlette.requests import Request
from starlette.types import Receive

from kg.knowledge_graph import KnowledgeGraph
from kg.paths import Paths
from kg.serving.refusing import Refused
from kg.serving.wishes import PathWish

T = TypeVar("T")
SEARCHING = 10.0
"""Seconds that a path search may take."""


async def while_there(request: Request, action: Callable[[Event], T], limiter: CapacityLimiter) -> T:
    """Return what an action gives that runs in a thread, at most as many at once as a limiter lets.

    When the client leaves, an action that waits for its turn is dropped, and one that runs finds its event
    set. Raises `Refused` then.
    """
    gone, found, fault = Event(), list[T](), list[Exception]()
    async with create_task_group() as group:
        group.start_soon(_watch, request.receive, gone, group.cancel_scope)
        try:
            found.append(await to_thread.run_sync(action, gone, limiter=limiter))
        except Exception as error:  # raised again outside the group, which would wrap it
            fault.append(error)
        group.cancel_scope.cancel()
    if fault:
        raise fault[0]
    if not found:
        raise Refused(499, "the client left")
    return found[0]


async def _watch(receive: Receive, gone: Event, scope: CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    gone.set()
    scope.cancel()


def search(graph: KnowledgeGraph, wish: PathWish, gone: Event, seconds: float = SEARCHING) -> Paths:
    """Return the paths that are wished for; raises `Refused` when they are not found in time."""
    found = graph.paths(
        wish.source,
        wish.target,
        max_length=wish.max_length,
        sign=wish.sign,
        via=wish.via,
        avoid=wish.avoid,
        timeout=seconds,
        arrows=graph.arrows(basis=wish.basis),
        stop=gone.is_set,
    )
    if found.stopped == "interrupt":
        raise Refused(499, "the client left")
    if found.stopped == "time":
        told = f"not every path was found within {seconds:g} s; wish for fewer steps: `max_length` below"
        raise Refused(503, f"{told} {wish.max_length}")
    return found
