"""Name and password for a server, and how it wants to be told them: Basic or Digest.

They come from `KG_ENDPOINT_USER` and `KG_ENDPOINT_PASSWORD`, else from `.netrc`, are sent only to the server
that the user named, only when it asks for them, and are never shown.
"""

from __future__ import annotations

import netrc
import os
from base64 import b64encode
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    parse_http_list,
    parse_keqv_list,
)


class Credentials:
    """What may be told to one server; `known` tells whether there is anything."""

    def __init__(self, address: str) -> None:
        self._pair = _found(urlsplit(address).hostname or "")
        kept = HTTPPasswordMgrWithDefaultRealm()
        if self._pair:
            kept.add_password(None, address, *self._pair)
        self._digest = HTTPDigestAuthHandler(kept)

    @property
    def known(self) -> bool:
        """Tell whether there is a name and a password."""
        return self._pair is not None

    def answer(self, request: Request, challenge: str) -> str | None:
        """Return the `Authorization` that a challenge (`WWW-Authenticate`) wants, None for other schemes."""
        scheme, _, rest = challenge.partition(" ")
        if self._pair is None:
            return None
        if scheme.casefold() == "digest":
            told = self._digest.get_authorization(request, parse_keqv_list(parse_http_list(rest)))
            return f"Digest {told}" if told else None
        if scheme.casefold() == "basic":
            return f"Basic {b64encode(':'.join(self._pair).encode()).decode()}"
        return None


def _found(host: str) -> tuple[str, str] | None:
    name, password = os.environ.get("KG_ENDPOINT_USER"), os.environ.get("KG_ENDPOINT_PASSWORD")
    if name and password is not None:
        return name, password
    try:
        entry = netrc.netrc().hosts.get(host)
    except (OSError, netrc.NetrcParseError):
        return None
    return (entry[0], entry[2]) if entry else None
