"""`RULES`: every check that needs more than one row or the ontology, as a tuple of plain functions.

Each takes the whole draft and yields findings: the row at fault and the problem. What each code means is
written in `kg.catalogue`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.rules import bench, meaning, naming, numbers, places, whole
from kg.rules.context import Context, Finding

Check = Callable[[Context], Iterable[Finding]]

RULES: tuple[Check, ...] = (
    naming.duplicate_ids,
    naming.unknown_entities,
    naming.unknown_predicates,
    naming.unknown_documents,
    naming.unknown_references,
    naming.misfits_not_cited,
    naming.unknown_protocol_references,
    naming.unknown_units,
    naming.unknown_categories,
    naming.unknown_parameters,
    naming.unknown_statements,
    naming.unsound_xrefs,
    naming.not_compartments,
    naming.circular_compartments,
    bench.duplicate_steps,
    bench.unknown_steps,
    bench.circular_steps,
    meaning.outside_domain_or_range,
    meaning.no_evidence,
    meaning.no_place,
    meaning.sign_against_predicate,
    meaning.incomplete_comparison,
    meaning.missing_unit,
    meaning.other_dimension,
    meaning.unsound_numbers,
    numbers.zero_concentrations,
    numbers.flattened_bounds,
    numbers.implausible_affinities,
    places.unknown_texts,
    places.unfound_places,
    places.unsound_indexes,
    meaning.other_value,
    meaning.unreadable_dates,
    bench.without_steps,
    bench.other_kinds,
    bench.stops_without_evidence,
    bench.unsound_settings,
    whole.shared_names,
    whole.shared_xrefs,
    whole.repeated_claims,
    whole.orphan_entities,
    whole.unplaced_entities,
)

__all__ = ["RULES", "Check", "Context", "Finding"]
