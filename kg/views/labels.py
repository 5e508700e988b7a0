"""Places for names, numbers and marks of arcs: on their arc, clear of boxes, each other and foreign arcs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from kg.views.geometry import Curve, Point, Rect, along, box, length_of, sampled
from kg.views.plan import COUNT

SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8)
LONG = 110.0
"""An arc longer than this may carry its name on its line."""
NARROW = 80.0
"""What is no wider than this may stand beside the head of a short arc."""


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


def place_names(
    names: Mapping[str, tuple[float, float]],
    counted: Collection[str],
    curves: Mapping[str, Curve],
    taken: Iterable[Rect],
    frame: Rect,
) -> tuple[dict[str, Point], dict[str, Point]]:
    """Return centres for names and for numbers: a number right after its name where both fit, or alone."""
    blocked = list(taken)
    joined = {name: (w + COUNT, h) if name in counted else (w, h) for name, (w, h) in names.items()}
    found = place_labels(joined, curves, blocked, frame)
    blocked += [box(spot, *joined[name]) for name, spot in found.items()]
    labels = {name: (x - (joined[name][0] - names[name][0]) / 2, y) for name, (x, y) in found.items()}
    counts = {name: (x + names[name][0] / 2, y) for name, (x, y) in found.items() if name in counted}
    alone = {name: size for name, size in names.items() if name not in labels}
    labels |= place_labels(alone, curves, blocked, frame)
    blocked += [box(labels[name], *size) for name, size in alone.items() if name in labels]
    left = {name: (COUNT, COUNT) for name in counted if name not in counts}
    return labels, counts | place_labels(left, curves, blocked, frame)


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
    ends = (box(curve[0], 10, 10), head_of(curve), box(curve[-1], 10, 10))
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


def head_of(curve: Curve) -> Rect:
    """Return the room that the head of a curve takes."""
    return box(along(curve, 1 - min(0.5, 8.0 / max(length_of(curve), 1.0))), 16, 16)


def _candidates(curve: Curve, size: tuple[float, float]) -> Iterable[Point]:
    """Return places on a long arc, then beside it, then beside its head; a name never covers a short arc."""
    width, height = size
    if length_of(curve) > LONG:
        yield from (along(curve, share) for share in SHARES)
    for share in SHARES[:7]:
        x, y = along(curve, share)
        for side in (1, -1):
            yield (x + side * (width / 2 + 5), y)
        for side in (-1, 1):
            yield (x, y + side * (height / 2 + 3))
    x, y = along(curve, 0.5)
    for side in (1, -1) if width <= NARROW else ():
        yield (x + side * (width / 2 + 9), y)
        yield (x, y - side * (height / 2 + 9))


def _within(rect: Rect, frame: Rect) -> bool:
    across = frame.left <= rect.left and rect.right <= frame.right
    return across and frame.top <= rect.top and rect.bottom <= frame.bottom
