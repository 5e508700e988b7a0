"""Made-up mechanisms, for measuring layouts on more than what is shipped."""

from __future__ import annotations

import random

from kg.views.scene import Scene


def random_scene(dice: random.Random) -> Scene:
    """Return a made-up mechanism of up to 24 things in up to five places."""
    from scenes import scene, statement

    from kg.model import Entity, Mechanism, Placement, Source

    here = Source("made-up", 1)
    words = ["x", "receptor", "a rather long name", "calcium ion", "σ1", "protein kinase"]
    kinds = [
        "Drug",
        "Receptor",
        "IonChannel",
        "Enzyme",
        "Ion",
        "Phenotype",
        "BiologicalProcess",
        "EntityGroup",
    ]
    names = [f"n{index}" for index in range(dice.randint(4, 24))]
    entities = [Entity(name, f"{dice.choice(words)} {name}", dice.choice(kinds), here) for name in names]
    predicates = ["activates", "inhibits", "modulates", "depends_on", "mediates", "increases_expression_of"]
    ends = {tuple(dice.sample(names, 2)) for _ in range(round(len(names) * dice.uniform(0.8, 1.4)))}
    said = [statement(a, dice.choice(predicates), b) for a, b in sorted(ends)]
    homes = [Entity(f"p{i}", f"place {i}", dice.choice(["Compartment", "Membrane", "Organelle"]), here)
             for i in range(dice.randint(1, 5))]  # fmt: skip
    where = {name: dice.choice(homes).id for name in names}
    placed = tuple(
        Placement(
            home.id,
            tuple(name for name in names if where[name] == home.id),
            dice.choice(homes[:index]).id if index and dice.random() < 0.3 else None,
        )
        for index, home in enumerate(homes)
    )
    mechanism = Mechanism("made-up", "Made up", here, placed, tuple(item.id for item in said))
    return scene(mechanism, [*entities, *homes], said)
