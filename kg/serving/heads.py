"""HTTP as httptools reads it, with a bound on the head of a request, which it does not have by itself."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD = 65_536
"""Bytes that request line and headers may have together, as h11 has it."""


class Bounded(HttpToolsProtocol):
    """A connection that is answered 400 and closed when a head goes on for too long."""

    _head: int | None = None

    def data_received(self, data: bytes) -> None:
        """Read on, as long as the head that is read is not too long."""
        super().data_received(data)
        if self._head is not None and not self.transport.is_closing():
            self._head += len(data)
            if self._head > LONGEST_HEAD:
                self.send_400_response(f"The head of a request may have {LONGEST_HEAD:,} bytes.")

    def on_message_begin(self) -> None:
        """Begin to count."""
        self._head = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Count no more."""
        self._head = None
        if len(self.url) > LONGEST_HEAD:
            raise ValueError("the address is too long")  # makes httptools give up, which is answered 400
        super().on_headers_complete()
