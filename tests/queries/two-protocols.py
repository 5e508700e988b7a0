"""How do two protocols differ? The NET assay of B1671792 beside its SERT assay."""


def answer(graph):
    compared = graph.compare_protocols("sert-binding", "net-binding")
    rows = [(row.where, row.name, row.left or "", row.right or "") for row in compared.rows]
    return ("part", "what", "SERT", "NET"), rows
