"""`Connection`: requests to one server, tried again where that helps, and never led to another server."""

from __future__ import annotations

import time
from collections.abc import Mapping
from email.message import Message
from http.client import HTTPException, HTTPMessage
from typing import IO, NoReturn
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.request import (
    BaseHandler,
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

import msgspec

from kg.endpoint.credentials import Credentials
from kg.problems import EndpointFailed, QueryStopped

_AGAIN = (429, 502, 503, 504)
_LONGEST_WAIT = 30.0
_MOST_REDIRECTS = 5
_LARGEST = 1 << 30
_SMALL = 1 << 16
_OWN = ("localhost", "127.0.0.1", "::1")


class Response(msgspec.Struct, frozen=True):
    """What a server answered; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """Media type of the body, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class _Stay(HTTPRedirectHandler):
    """Hands redirects back, so that they are followed knowingly."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class Connection:
    """Requests to the server of one address. `tries` counts the first one too; `timeout` is in seconds."""

    def __init__(self, address: str, *, timeout: float = 60, tries: int = 4, pause: float = 0.5) -> None:
        self.address, self.timeout, self.tries, self.pause = address, timeout, tries, pause
        self._server = _server(address)
        self._opener = _opener(urlsplit(address))
        self._credentials = Credentials(f"{urlsplit(address).scheme}://{urlsplit(address).netloc}/")

    def within(self, timeout: float) -> Connection:
        """Return the same connection with another limit of time."""
        return Connection(self.address, timeout=timeout, tries=self.tries, pause=self.pause)

    def send(
        self, method: str, address: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> Response:
        """Return the answer to a request, also where it is a refusal.

        Raises `QueryStopped` when nothing comes in time, and `EndpointFailed` when the server cannot be
        reached or leads to another one.
        """
        for _ in range(_MOST_REDIRECTS):
            response = self._persistently(Request(address, body, dict(headers), method=method))  # noqa: S310
            if response.status not in (301, 302, 303, 307, 308):
                return response
            address = self._followed(address, response)
        raise EndpointFailed(f"{shown(address)} only leads on and on")

    def _followed(self, address: str, response: Response) -> str:
        target = urljoin(address, response.headers.get("location", ""))
        if _server(target) != self._server:
            raise EndpointFailed(f"{shown(address)} leads to another server, {shown(target)}; not followed")
        return target

    def _persistently(self, request: Request) -> Response:
        for attempt in range(1, self.tries + 1):
            try:
                response = self._authorised(request)
            except (URLError, HTTPException, ConnectionError) as error:
                if attempt == self.tries or isinstance(getattr(error, "reason", None), TimeoutError):
                    self._give_up(request, error)
                time.sleep(self._wait(attempt, None))
                continue
            except TimeoutError as error:
                self._give_up(request, error)
            if response.status not in _AGAIN or attempt == self.tries:
                return response
            time.sleep(self._wait(attempt, response.headers.get("retry-after")))
        raise AssertionError("a request is tried at least once")

    def _authorised(self, request: Request) -> Response:
        """Send a request, and again with name and password where the server asks for them.

        Servers refuse a large body unread and hang up, so the question is put with an empty one first.
        """
        large = self._credentials.known and isinstance(request.data, bytes) and len(request.data) > _SMALL
        first = _emptied(request) if large else request
        response = self._once(first)
        if response.status == 401:
            told = self._credentials.answer(request, response.headers.get("www-authenticate", ""))
            if told is None:
                return response
            request.add_unredirected_header("Authorization", told)
        elif not large:
            return response
        return self._once(request)

    def _once(self, request: Request) -> Response:
        try:
            with self._opener.open(request, timeout=self.timeout) as found:
                return _response(found.status, found.headers, found)
        except HTTPError as error:
            with error:
                return _response(error.code, error.headers, error)

    def _wait(self, attempt: int, wish: str | None) -> float:
        seconds = float(wish) if wish and wish.isdecimal() else self.pause * 2 ** (attempt - 1)
        return min(seconds, _LONGEST_WAIT)

    def _give_up(self, request: Request, error: Exception) -> NoReturn:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            told = f"{shown(request.full_url)} did not answer within {self.timeout:g} s"
            raise QueryStopped("time", told) from None
        told = f"cannot reach {shown(request.full_url)}: {reason or type(reason).__name__}"
        raise EndpointFailed(told) from None


def _emptied(request: Request) -> Request:
    return Request(request.full_url, b"", dict(request.headers), method=request.get_method())  # noqa: S310


def shown(address: str) -> str:
    """Return an address as it may be printed: without name, password and query."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _server(address: str) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port; raises `EndpointFailed` for what is no address of a web server."""
    try:
        parts = urlsplit(address)
        scheme, port = parts.scheme, parts.port
    except ValueError:
        raise EndpointFailed(f"{address!r} is no address") from None
    if scheme not in ("http", "https") or not parts.hostname:
        raise EndpointFailed(f"{shown(address)!r} is no http or https address of an endpoint")
    return scheme, parts.hostname, port or {"http": 80, "https": 443}[scheme]


def _response(status: int, headers: Message, stream: IO[bytes]) -> Response:
    body = stream.read(_LARGEST + 1)
    if len(body) > _LARGEST:
        raise EndpointFailed("the endpoint's answer is larger than 1 GiB; ask for less")
    return Response(status, {name.lower(): value for name, value in headers.items()}, body)


def _opener(parts: SplitResult) -> OpenerDirector:
    handlers: list[BaseHandler] = [_Stay()]
    if parts.hostname in _OWN:
        handlers.append(ProxyHandler({}))
    return build_opener(*handlers)
