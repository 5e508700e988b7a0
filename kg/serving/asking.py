"""Reads a query out of a request of the SPARQL 1.1 Protocol: by GET, by form, or as it stands."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import ClientDisconnect, Request

from kg.serving.refusing import Refused
from kg.serving.settings import Settings
from kg.sparql.frames import Dataset

FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
METHODS = "GET, HEAD, POST, OPTIONS"
_GRAPHS = ("default-graph-uri", "named-graph-uri")


class Asked(msgspec.Struct, frozen=True):
    """A query and the graphs that the request, not the query, names."""

    sparql: str
    dataset: Dataset | None


async def asked(request: Request, settings: Settings, graphs: Collection[str]) -> Asked | None:
    """Return the query of a request, None where it has none to ask; raises `Refused`.

    `graphs` are the addresses that `default-graph-uri` and `named-graph-uri` may name.
    """
    address = _pairs(request.scope["query_string"])
    if request.method in ("GET", "HEAD"):
        return None if not address else _of_pairs(address, graphs)
    if request.method != "POST":
        raise Refused(405, f"{request.method} is not answered here; the graph is only read", Allow=METHODS)
    kind = request.headers.get("content-type", "")
    media_type, _, parameters = (part.strip().lower() for part in kind.partition(";"))
    if media_type == UPDATE:
        raise Refused(403, "the graph is only read: updates are refused")
    if media_type not in (FORM, QUERY):
        raise Refused(415, f"a query comes as {FORM} or as {QUERY}, not as {media_type or 'nothing named'}")
    if "charset=" in parameters and "utf-8" not in parameters:
        raise Refused(415, f"a query comes in UTF-8, not with {parameters}")
    body = await whole_body(request, settings)
    if media_type == FORM:
        return _of_pairs([*address, *_pairs(body)], graphs)
    return _of_pairs([*address, ("query", _decoded(body))], graphs)


async def whole_body(request: Request, settings: Settings) -> bytes:
    """Return the body of a request; raises `Refused` when it is too long or too slow."""
    held = bytearray()
    try:
        async with asyncio.timeout(settings.patience):
            async for chunk in request.stream():
                held += chunk
                if len(held) > settings.longest:
                    raise Refused(413, f"a request may have {settings.longest:,} bytes")
    except TimeoutError:
        raise Refused(408, f"the request did not come within {settings.patience:g} s") from None
    except ClientDisconnect:
        raise Refused(400, "the request broke off") from None
    return bytes(held)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict", max_num_fields=200)
    except UnicodeDecodeError:
        raise Refused(400, "the request is not in UTF-8") from None
    except ValueError:
        raise Refused(400, "the request has too many fields") from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Refused(400, "the query is not in UTF-8") from None


def _of_pairs(pairs: list[tuple[str, str]], graphs: Collection[str]) -> Asked:
    if any(name == "update" for name, _ in pairs):
        raise Refused(403, "the graph is only read: updates are refused")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise Refused(400, f"a request asks one `query`, not {len(queries)}")
    default, named = (tuple(value for name, value in pairs if name == wanted) for wanted in _GRAPHS)
    for name in (*default, *named):
        if name not in graphs:
            raise Refused(400, f"no graph is called <{name}>; nothing is fetched")
    return Asked(queries[0], Dataset(default, named) if default or named else None)
