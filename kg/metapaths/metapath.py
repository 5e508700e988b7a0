"""`Metapath`: a kind of path, as the categories or entities at its places and the predicates between them."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

Direction = Literal["forward", "backward", "either"]
_ENDS = {"forward": ("-", "->"), "backward": ("<-", "-"), "either": ("-", "-")}
_PLAIN = {"forward": "->", "backward": "<-", "either": "--"}


class Place(msgspec.Struct, frozen=True):
    """What may stand at one place: nodes of these categories (none of them: any), or one node of them."""

    label: str
    categories: tuple[str, ...] = ()
    node: str | None = None

    def __str__(self) -> str:
        return f'"{self.label}"' if re.search(r"[<>\[\]|]|--|(?<!\S)-", self.label) else self.label


class Arrow(msgspec.Struct, frozen=True):
    """The predicates that one step may have (none of them: any), and how the step is taken.

    `forward` goes from the subject of a claim to its object, `backward` from object to subject.
    """

    predicates: tuple[str, ...] = ()
    direction: Direction = "forward"

    def __str__(self) -> str:
        if not self.predicates:
            return _PLAIN[self.direction]
        names = "|".join(self.predicates)
        tail, head = _ENDS[self.direction]
        return f"{tail}[{names}]{head}" if len(self.predicates) > 1 else f"{tail}{names}{head}"


class Metapath(msgspec.Struct, frozen=True):
    """Places joined by arrows, one place more than arrows. `str` gives it back in its own language."""

    places: tuple[Place, ...]
    arrows: tuple[Arrow, ...]

    def __str__(self) -> str:
        rest = (f" {arrow} {place}" for arrow, place in zip(self.arrows, self.places[1:], strict=True))
        return str(self.places[0]) + "".join(rest)
