"""In which order do imipramine's targets stand by Ki? By the least it can be; ranges and bounds as printed."""

from kg.quantity import interval


def answer(graph):
    rows = [row for row in graph.measurements(drug="imipramine", parameter="Ki") if row.unit == "nM"]
    ranked = sorted(rows, key=lambda row: (interval(row.quantity)[0] or 0, row.id))
    return ("target", "written", "document"), [
        (row.target, row.quantity.text, row.documents[0]) for row in ranked
    ]
