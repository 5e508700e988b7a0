"""`Scene`: everything a renderer needs to draw a mechanism, as plain frozen values that are also JSON.

Texts have been cleaned of control and direction-changing characters, and are still untrusted: a renderer
writes them as text, never as markup. Lengths are CSS pixels, y grows downwards, boxes are given by centre.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from msgspec.structs import replace

from kg.model import Conflict, Document, Entity, Measurement, Mechanism, Statement, Workflow
from kg.views.arcs import LABEL_SIZE, Sketch, disputed, edge_of, sketches_of, sources_of
from kg.views.boxes import CAPTION_SIZE, boxes_of, placements_of, region_of
from kg.views.changes import Forecast, Mark, drugs_of, marks_of, predicted_marks
from kg.views.claims import Claims, View
from kg.views.layout import arrange
from kg.views.legend import legend_of
from kg.views.outlines import polygon
from kg.views.palette import BOXES
from kg.views.parts import Box, CategoryLike, Edge, Legend, PredicateLike, Region
from kg.views.plan import Link, Place, Plan, Spot
from kg.views.text import clean, width_of
from kg.vocabulary import Unit

__all__ = ["Box", "CategoryLike", "Edge", "Legend", "PredicateLike", "Region", "Scene", "scene_of"]

_STRADDLING = {"receptor", "channel", "transporter"}


class Scene(View, frozen=True):
    """A picture of a mechanism. `main_chain` names the edges that tell the story, in order."""

    id: str
    title: str
    subtitle: str
    description: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    regions: tuple[Region, ...]
    legend: tuple[Legend, ...]
    main_chain: tuple[str, ...]
    kind: Literal["mechanism", "workflow"] = "mechanism"
    document: str = ""
    """Id of the document whose mechanism it is; claims of others can be hidden."""
    main_claims: tuple[str, ...] = ()
    """Ids of the claims of the main chain, in order."""

    @property
    def marks(self) -> dict[str, tuple[Mark, ...]]:
        """What drugs do to the boxes, or what is predicted, by box: the marks of those that have room."""
        drawn = {box.id for box in self.boxes if box.marks_at}
        if predicted := predicted_marks(self.boxes):
            return {name: marks for name, marks in predicted.items() if name in drawn}
        claimed = ((edge.target, view) for edge in self.edges for view in edge.statements)
        return marks_of((thing, view) for thing, view in claimed if thing in drawn)


def scene_of(
    mechanism: Mechanism,
    *,
    entities: Mapping[str, Entity],
    statements: Sequence[Statement],
    documents: Mapping[str, Document],
    measurements: Sequence[Measurement],
    conflicts: Sequence[Conflict],
    categories: Mapping[str, CategoryLike],
    predicates: Mapping[str, PredicateLike],
    units: Mapping[str, Unit] | None = None,
    forecasts: Mapping[str, Forecast] = MappingProxyType({}),
) -> Scene:
    """Return the laid-out picture of a mechanism's statements; entities not placed stand «elsewhere».

    `units`, by notation, put measured concentrations on an axis; without them they are only listed. With
    `forecasts`, by entity, the boxes are marked with these and not with what is claimed.
    """
    labels = {name: predicate.label for name, predicate in predicates.items()}
    claims = Claims(
        entities=entities,
        documents=documents,
        measurements=measurements,
        conflicts=conflicts,
        predicates=labels,
        units=units,
    )
    placements = placements_of(mechanism, statements)
    sketches = sketches_of(statements, predicates, claims, drugs_of(entities, categories))
    boxes = [_foretold(box, forecasts) for box in boxes_of(placements, statements, entities, categories)]
    regions = [region_of(placement, placements, entities) for placement in placements]
    plan = _plan(boxes, regions, sketches)
    drawn = tuple(edge_of(sketch, plan, set(mechanism.main_chain)) for sketch in sketches)
    placed = tuple(_placed(box, plan) for box in boxes)
    return Scene(
        id=mechanism.id,
        title=clean(mechanism.title),
        subtitle=subtitle_of(mechanism, documents),
        description=clean(mechanism.description or ""),
        width=plan.size[0],
        height=plan.size[1],
        boxes=placed,
        edges=drawn,
        regions=tuple(framed(region, plan) for region in regions if region.id in plan.frames),
        legend=legend_of(placed, drawn),
        main_chain=_chain(mechanism.main_chain, drawn),
        document=clean(mechanism.document or ""),
        main_claims=_told(mechanism.main_chain, drawn),
    )


def subtitle_of(picture: Mechanism | Workflow, documents: Mapping[str, Document]) -> str:
    """Return which document a picture is of, and where in it."""
    document = documents.get(picture.document or "")
    named = f"{document.title} ({document.id})" if document else picture.document or ""
    return clean(", ".join(part for part in (named, str(picture.locator)) if part))


def _plan(boxes: Sequence[Box], regions: Sequence[Region], sketches: Sequence[Sketch]) -> Plan:
    claimed = marks_of((sketch.target, view) for sketch in sketches for view in sketch.views)
    marks = predicted_marks(boxes) or claimed
    spots = [_spot(box, len(marks.get(box.id, ()))) for box in boxes]
    known = {box.id for box in boxes}
    places = [Place(region.id, region.kind, region.within or None, _caption(region)) for region in regions]
    drawn = [sketch for sketch in sketches if sketch.source in known and sketch.target in known]
    return arrange(spots, places, [_link(sketch) for sketch in drawn])


def _foretold(box: Box, forecasts: Mapping[str, Forecast]) -> Box:
    found = forecasts.get(box.id)
    return replace(box, prediction=found.prediction, details=found.details) if found else box


def _spot(box: Box, marks: int) -> Spot:
    outline = polygon(BOXES[box.glyph].outline, box.width, box.height)
    return Spot(box.id, box.width, box.height, box.compartment, box.glyph in _STRADDLING, outline, marks)


def _caption(region: Region) -> tuple[float, float]:
    return (max(width_of(line, CAPTION_SIZE) for line in region.lines), 15.0 * len(region.lines))


def _link(sketch: Sketch) -> Link:
    size = (width_of(sketch.label, LABEL_SIZE) + 6, LABEL_SIZE + 5) if sketch.label else None
    crossed = sketch.said[0].polarity != "asserted"
    counted = sources_of(sketch.said) > 1
    return Link(sketch.id, sketch.source, sketch.target, size, disputed(sketch), crossed, counted)


def _placed(box: Box, plan: Plan) -> Box:
    x, y = plan.centres[box.id]
    return replace(box, x=x, y=y, marks_at=plan.badges.get(box.id))


def framed(region: Region, plan: Plan) -> Region:
    """Return a compartment with its frame and the place of its name."""
    left, top, right, bottom = plan.frames[region.id]
    at = plan.captions.get(region.id, (left + 12.0, round((top + bottom) / 2, 1)))
    size = {"width": round(right - left, 1), "height": round(bottom - top, 1)}
    return replace(region, x=left, y=top, label_at=at, **size)


def _told(main: Sequence[str], edges: Sequence[Edge]) -> tuple[str, ...]:
    known = {view.id for edge in edges for view in edge.statements}
    return tuple(name for name in dict.fromkeys(main) if name in known)


def _chain(main: Sequence[str], edges: Sequence[Edge]) -> tuple[str, ...]:
    owner = {view.id: edge.id for edge in edges for view in edge.statements}
    return tuple(dict.fromkeys(owner[name] for name in main if name in owner))
