"""Places for the names and marks of arcs: on their arc, clear of boxes, of each other and of foreign arcs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.views.geometry import Curve, Point, Rect, along, box, length_of, sampled

SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8)
LONG = 110.0
"""An arc longer than this may carry its name on its line."""


def place_labels(
    wanted: Mapping[str, tuple[float, float]],
    curves: Mapping[str, Curve],
    taken: Iterable[Rect],
    frame: Rect,
) -> dict[str, Point]:
    """Return a centre for every wanted size that fits somewhere on its own curve; the others are left out."""
    blocked = list(taken)
    dots = {name: sampled(curve) for name, curve in curves.items()}
    found: dict[str, Point] = {}
    for name, size in wanted.items():
        spot = _spot(name, size, curves[name], blocked, dots, frame) if curves.get(name) else None
        if spot is not None:
            found[name] = spot
            blocked.append(box(spot, *size))
    return found


def _spot(
    name: str,
    size: tuple[float, float],
    curve: Curve,
    blocked: Sequence[Rect],
    dots: Mapping[str, Sequence[Point]],
    frame: Rect,
) -> Point | None:
    """Return the candidate that covers fewest points of foreign arcs, the first of equals; none over 1."""
    foreign = [point for other, points in dots.items() if other != name for point in points]
    ends = (box(curve[0], 10, 10), box(along(curve, 1 - _head(curve)), 16, 16), box(curve[-1], 10, 10))
    best: tuple[int, Point] | None = None
    for spot in _candidates(curve, size):
        rect = box(spot, *size)
        if not _within(rect, frame) or any(rect.meets(other) for other in (*ends, *blocked)):
            continue
        covered = sum(rect.holds(point) for point in foreign)
        if best is None or covered < best[0]:
            best = (covered, spot)
        if covered == 0:
            break
    return best[1] if best and best[0] <= 1 else None


def _head(curve: Curve) -> float:
    """Return the share of a curve's length that its head takes to the head's middle."""
    return min(0.5, 8.0 / max(length_of(curve), 1.0))


def _candidates(curve: Curve, size: tuple[float, float]) -> Iterable[Point]:
    """Return places on a long arc, then beside it; a short arc is never covered by its name."""
    width, height = size
    if length_of(curve) > LONG:
        yield from (along(curve, share) for share in SHARES)
    for share in SHARES[:7]:
        x, y = along(curve, share)
        for side in (1, -1):
            yield (x + side * (width / 2 + 5), y)
        for side in (-1, 1):
            yield (x, y + side * (height / 2 + 3))


def _within(rect: Rect, frame: Rect) -> bool:
    across = frame.left <= rect.left and rect.right <= frame.right
    return across and frame.top <= rect.top and rect.bottom <= frame.bottom
