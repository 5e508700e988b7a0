"""Starts a server and stops it: on SIGTERM or Ctrl-C running requests are finished, then it ends with 0."""

from __future__ import annotations

import signal
import socket
from asyncio import Protocol
from collections.abc import Callable
from math import ceil
from typing import Literal

import uvicorn

from kg.knowledge_graph import KnowledgeGraph
from kg.problems import KgError
from kg.serving.app import application
from kg.serving.settings import Settings


class CannotListen(KgError, OSError):
    """The address is taken, or is none of this machine."""


def run(graph: KnowledgeGraph, settings: Settings, *, quiet: bool, ready: Callable[[str], None]) -> None:
    """Serve until a signal comes; `ready` is told the address. Raises `CannotListen`."""
    listening = _listening(settings)
    config = uvicorn.Config(
        application(graph, settings, quiet=quiet),
        http=_protocol(),
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        timeout_keep_alive=15,
        timeout_graceful_shutdown=ceil(settings.timeout) + 1,
    )
    for number in (signal.SIGTERM, signal.SIGINT):  # uvicorn raises them once more when it is done
        signal.signal(number, lambda *_: None)
    ready(_address(listening))
    uvicorn.Server(config).run(sockets=[listening])


def _protocol() -> type[Protocol] | Literal["h11"]:
    """Return what reads HTTP: httptools, or h11 in Python where its wheel is not."""
    try:
        from kg.serving.heads import Bounded
    except ImportError:
        return "h11"
    return Bounded


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    tcp = (
        socket.IPPROTO_TCP
    )  # said, or asyncio leaves Nagle's algorithm on, which holds answers back for 40 ms
    listening = socket.socket(family, socket.SOCK_STREAM, tcp)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        place = f"{settings.host}:{settings.port}"
        raise CannotListen(f"cannot listen at {place}: {error.strerror or error}") from None
    listening.listen(1024)
    return listening


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
