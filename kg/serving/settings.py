"""What a server may be asked and how much of it at once: every limit in one place."""

from __future__ import annotations

import msgspec


class Settings(msgspec.Struct, frozen=True):
    """Where a server listens and what it grants. Seconds and bytes."""

    host: str = "127.0.0.1"
    port: int = 8000
    origins: tuple[str, ...] = ()
    """Which web pages of other addresses may read here (CORS); `*` for all."""
    hosts: tuple[str, ...] = ()
    """More names that the server goes by, where it listens to this machine alone."""
    workers: int = 4
    """How many queries run at once, each in a process of its own."""
    waiting: int = 1000
    """How many queries may wait for a worker; who comes then is told to come again."""
    timeout: float = 30.0
    """How long a query may take, and how long one waits for its turn."""
    searching: float = 10.0
    """How long a search for paths may take."""
    memory: int = 1_000_000_000
    """How much more memory than at its start a worker may take, 0 for no limit."""
    kept: int = 32_000_000
    """How many bytes the small answers may take that are kept for who asks the same again."""
    longest: int = 1_000_000
    """How long the body of a request may be."""
    patience: float = 10.0
    """How long one waits for the body of a request."""
