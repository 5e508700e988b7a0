"""Which names a server answers to: one that only this machine reaches takes no name of somebody else's.

A web page can give its own name the address 127.0.0.1 (DNS rebinding); the browser then takes the server for
the page's own and lets the page read everything. Its requests still carry the page's name as `Host`.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.serving.refusing import told

_HERE = ("localhost", "127.0.0.1", "::1")


def known_hosts(host: str, more: Collection[str] = ()) -> frozenset[str]:
    """Return the names that a server at `host` answers to; empty for every one.

    >>> sorted(known_hosts("127.0.0.1", ["graph.example.org"]))
    ['127.0.0.1', '::1', 'graph.example.org', 'localhost']
    >>> known_hosts("0.0.0.0")
    frozenset()
    """
    named = [name.lower() for name in more]
    return frozenset([*_HERE, host.lower(), *named] if is_loopback(host) else named)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Hosts:
    """Middleware that refuses requests to other names; without names it refuses none."""

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app, self._names = app, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and self._names:
            given = Headers(scope=scope).getlist("host")
            if len(given) != 1 or _name(given[0]) not in self._names:
                refused = told(421, "this server has another name; `kg serve --allow-host NAME` adds one")
                await refused(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _name(host: str) -> str:
    """Return the name in a `Host` header, without port and brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0].lower() if ":" in host else host.lower()
