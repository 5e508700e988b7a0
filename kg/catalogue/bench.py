"""KG32x and KG42x: protocols and workflows."""

from __future__ import annotations

from kg.catalogue.rule import Rule


def _protocol(*steps: tuple[str, str], head: str = "") -> str:
    rows = "".join(f"      - {{id: {name}, stage: washing, title: Washing{more}}}\n" for name, more in steps)
    return (
        "documents: [{id: example-paper, title: An example, kind: primary paper}]\n"
        "protocols:\n"
        "  - id: example-protocol\n"
        "    title: An example\n"
        "    document: example-paper\n"
        "    at: {section: Methods}\n"
        f"    objective: To wash.\n{head}" + (f"    steps:\n{rows}" if steps else "    steps: []\n")
    )


BENCH = (
    Rule(
        "KG320", "duplicate step", "A step's id is unique in its protocol or workflow, a part's in its step.",
        "Another protocol that takes the step over could not tell which is meant.",
        "give one of the two another `id`",
        _protocol(("washing", ""), ("washing", "")), _protocol(("washing", ""), ("second-washing", "")),
    ),
    Rule(
        "KG321", "unknown step", "`same_as`, `follows` and a workflow's `protocol` name what exists.",
        "A step «as described before» that is described nowhere cannot be repeated.",
        "write protocol.step as they are declared",
        _protocol(("washing", ", same_as: sert-binding.wash")),
        _protocol(("washing", ", same_as: sert-binding.washing")),
    ),
    Rule(
        "KG322", "circular steps", "No step is done as, or comes before, itself by way of others.",
        "Two steps that each refer to the other say nothing.",
        "describe one of the steps itself",
        _protocol(("washing", ", same_as: example-protocol.washing")), _protocol(("washing", "")),
    ),
    Rule(
        "KG420", "no steps", "A protocol has steps; a workflow has either steps or the protocol it draws.",
        "A protocol without steps is a title.",
        "add `steps`, or for a workflow `protocol`",
        _protocol(), _protocol(("washing", "")),
    ),
    Rule(
        "KG421", "entity of another kind", "A protocol's assay is of category Assay, its species of Species.",
        "Protocols are found and compared by them.",
        "name an entity of the category that is wanted",
        _protocol(("washing", ""), head="    species: [brain]\n"),
        _protocol(("washing", ""), head="    species: [rat]\n"),
    ),
)  # fmt: skip
