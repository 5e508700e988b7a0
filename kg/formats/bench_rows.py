"""Protocols and comparisons of two as plain dictionaries: the JSON of `kg protocol`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.formats.rows import evidence_row
from kg.model import Material, Part, Protocol, Setting, Step
from kg.protocols import Comparison

Row = dict[str, Any]


def protocol_row(protocol: Protocol) -> Row:
    """Return a protocol with all its materials and steps."""
    return {
        "id": protocol.id,
        "title": protocol.title,
        "document": protocol.document,
        "locator": str(protocol.locator),
        "references": list(protocol.references),
        "objective": protocol.objective,
        "scope": protocol.scope,
        "assay": protocol.assay,
        "drugs": list(protocol.drugs),
        "targets": list(protocol.targets),
        "species": list(protocol.species),
        "determines": list(protocol.determines),
        "materials": [_material(material) for material in protocol.materials],
        "steps": [_step(step) for step in protocol.steps],
        "left_open": list(protocol.left_open),
        "source": str(protocol.source),
    }


def summary_row(protocol: Protocol) -> Row:
    """Return what a list of protocols shows."""
    row = protocol_row(protocol)
    counts = {"materials": len(protocol.materials), "steps": len(protocol.steps)}
    return {key: value for key, value in row.items() if key not in ("left_open", "references")} | counts


def _material(material: Material) -> Row:
    return {
        "role": material.role,
        "name": material.name,
        "entity": material.entity,
        "status": material.status,
        "examples": list(material.examples),
        "components": _settings(material.components),
        "parameters": _settings(material.parameters),
        "evidence": [evidence_row(item) for item in material.evidence],
        "normalised": material.normalised,
        "note": material.note,
        "source": str(material.source),
    }


def _part(part: Part) -> Row:
    return {
        "id": part.id,
        "title": part.title,
        "text": part.text,
        "parameters": _settings(part.parameters),
        "formula": part.formula,
        "left_open": list(part.left_open),
        "normalised": part.normalised,
        "evidence": [evidence_row(item) for item in part.evidence],
        "source": str(part.source),
    }


def _step(step: Step) -> Row:
    return _part(step) | {
        "stage": step.stage,
        "same_as": step.same_as,
        "side_by_side": step.side_by_side,
        "parts": [_part(part) for part in step.parts],
    }


def _settings(settings: Iterable[Setting]) -> list[Row]:
    return [
        {
            "name": setting.name,
            "of": setting.of,
            "relation": setting.quantity.relation,
            "value": setting.quantity.value,
            "low": setting.quantity.low,
            "high": setting.quantity.high,
            "error": setting.quantity.error,
            "unit": setting.unit,
            "as_written": setting.quantity.text,
            "status": setting.status,
            "note": setting.note,
        }
        for setting in settings
    ]


def comparison_row(compared: Comparison) -> Row:
    """Return the differences of two protocols; None where one of them has nothing."""
    return {
        "left": compared.left.id,
        "right": compared.right.id,
        "alike": compared.alike,
        "differences": [
            {
                "section": row.section,
                "where": row.where,
                "name": row.name,
                "left": row.left,
                "right": row.right,
            }
            for row in compared.rows
        ],
    }
