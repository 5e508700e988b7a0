"""How selective for SERT over NET is each drug, document by document? Ranges give ranges, bounds give bounds."""

from kg.quantity import interval


def answer(graph):
    values = {}
    for row in graph.measurements(parameter="Ki"):
        if row.target in ("sert", "net") and row.quantity.relation != "qualitative":
            place = (row.documents[0], row.drug, row.id.rpartition(".")[2])
            values.setdefault(place, {})[row.target] = interval(row.quantity)
    rows = []
    for (document, drug, _), pair in sorted(values.items()):
        if len(pair) == 2:
            (low, high), (sert_low, sert_high) = pair["net"], pair["sert"]
            rows.append((drug, document, _ratio(low, sert_high), _ratio(high, sert_low)))
    return ("drug", "document", "at_least", "at_most"), rows


def _ratio(upper, lower):
    return "" if upper is None or not lower else f"{upper / lower:.3g}"
