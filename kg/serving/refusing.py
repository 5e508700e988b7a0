"""`Refused`: why a request is not answered, with its HTTP status; shown as plain text."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import PlainTextResponse

from kg.problems import KgError


class Refused(KgError):
    """A request that cannot be answered; `status` and `headers` go with the message."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        super().__init__(message)


def told(status: int, message: str, headers: Mapping[str, str] | None = None) -> PlainTextResponse:
    """Return a message as a response of plain text."""
    return PlainTextResponse(f"{message}\n", status, headers=headers)
