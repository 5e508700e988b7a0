"""How many nodes and edges of each kind Hetionet and PrimeKG have, as published; no edge of them.

Hetionet 1.0: the tables of metanodes and metaedges in its repository (Himmelstein et al., eLife 2017).
PrimeKG: its paper (Chandak et al., Scientific Data 2023) and counts of `kg.csv` as its users print them; the
file has every edge in both directions, and how many nodes take part in a kind of edge is not published.
"""

from __future__ import annotations

from typing import NamedTuple


class Edges(NamedTuple):
    """The edges of one kind: between which kinds of node, how many, and how many nodes take part."""

    source: str
    predicate: str
    target: str
    count: int
    sources: int | None = None
    targets: int | None = None
    signs: tuple[float, float] = (0, 0)
    """Made up: which shares of the edges raise and lower what they point at."""


class Published(NamedTuple):
    """A knowledge graph by its numbers; nodes are those that have an edge."""

    name: str
    nodes: dict[str, int]
    edges: tuple[Edges, ...]
    both_ways: bool
    """Whether each edge is written in both directions."""


UP, DOWN, MIXED, FEW = (1, 0), (0, 1), (0.4, 0.3), (0.1, 0.1)

HETIONET = Published(
    "hetionet",
    {
        "Anatomy": 402 - 2,
        "Biological Process": 11381,
        "Cellular Component": 1391,
        "Compound": 1552 - 14,
        "Disease": 137 - 1,
        "Gene": 20945 - 1800,
        "Molecular Function": 2884,
        "Pathway": 1822,
        "Pharmacologic Class": 345,
        "Side Effect": 5734 - 33,
        "Symptom": 438 - 23,
    },
    (
        Edges("Anatomy", "downregulates", "Gene", 102240, 36, 15097, DOWN),
        Edges("Anatomy", "expresses", "Gene", 526407, 241, 18094),
        Edges("Anatomy", "upregulates", "Gene", 97848, 36, 15929, UP),
        Edges("Compound", "binds", "Gene", 11571, 1389, 1689, MIXED),
        Edges("Compound", "causes", "Side Effect", 138944, 1071, 5701, UP),
        Edges("Compound", "downregulates", "Gene", 21102, 734, 2880, DOWN),
        Edges("Compound", "palliates", "Disease", 390, 221, 50, DOWN),
        Edges("Compound", "resembles", "Compound", 6486, 1042, 1054),
        Edges("Compound", "treats", "Disease", 755, 387, 77, DOWN),
        Edges("Compound", "upregulates", "Gene", 18756, 703, 3247, UP),
        Edges("Disease", "associates", "Gene", 12623, 134, 5392),
        Edges("Disease", "downregulates", "Gene", 7623, 44, 5745, DOWN),
        Edges("Disease", "localizes", "Anatomy", 3602, 133, 398),
        Edges("Disease", "presents", "Symptom", 3357, 133, 415),
        Edges("Disease", "resembles", "Disease", 543, 112, 106),
        Edges("Disease", "upregulates", "Gene", 7731, 44, 5630, UP),
        Edges("Gene", "covaries", "Gene", 61690, 9043, 9532, UP),
        Edges("Gene", "interacts", "Gene", 147164, 9526, 14084, FEW),
        Edges("Gene", "participates", "Biological Process", 559504, 14772, 11381, MIXED),
        Edges("Gene", "participates", "Cellular Component", 73566, 10580, 1391),
        Edges("Gene", "participates", "Molecular Function", 97222, 13063, 2884),
        Edges("Gene", "participates", "Pathway", 84372, 8979, 1822, MIXED),
        Edges("Gene", "regulates", "Gene", 265672, 4634, 7048, MIXED),
        Edges("Pharmacologic Class", "includes", "Compound", 1029, 345, 724),
    ),
    both_ways=False,
)

PRIMEKG = Published(
    "primekg",
    {
        "anatomy": 14035,
        "biological_process": 28642,
        "cellular_component": 4176,
        "disease": 17080,
        "drug": 7957,
        "effect/phenotype": 15311,
        "exposure": 818,
        "gene/protein": 27671,
        "molecular_function": 11169,
        "pathway": 2516,
    },
    (
        Edges("anatomy", "anatomy_protein_present", "gene/protein", 3036406),
        Edges("drug", "drug_drug", "drug", 2672628, signs=FEW),
        Edges("gene/protein", "protein_protein", "gene/protein", 642150, signs=MIXED),
        Edges("disease", "disease_phenotype_positive", "effect/phenotype", 300634, signs=UP),
        Edges("biological_process", "bioprocess_protein", "gene/protein", 289610, signs=MIXED),
        Edges("cellular_component", "cellcomp_protein", "gene/protein", 166804),
        Edges("disease", "disease_protein", "gene/protein", 160822, signs=MIXED),
        Edges("molecular_function", "molfunc_protein", "gene/protein", 139060),
        Edges("drug", "drug_effect", "effect/phenotype", 129568, signs=UP),
        Edges("biological_process", "bioprocess_bioprocess", "biological_process", 105772),
        Edges("pathway", "pathway_protein", "gene/protein", 85292, signs=MIXED),
        Edges("disease", "disease_disease", "disease", 64388),
        Edges("drug", "contraindication", "disease", 61350, signs=UP),
        Edges("drug", "drug_protein", "gene/protein", 51306, signs=MIXED),
        Edges("anatomy", "anatomy_protein_absent", "gene/protein", 39774),
        Edges("effect/phenotype", "phenotype_phenotype", "effect/phenotype", 37472),
        Edges("anatomy", "anatomy_anatomy", "anatomy", 28064),
        Edges("molecular_function", "molfunc_molfunc", "molecular_function", 27148),
        Edges("drug", "indication", "disease", 18776, signs=DOWN),
        Edges("cellular_component", "cellcomp_cellcomp", "cellular_component", 9690),
        Edges("effect/phenotype", "phenotype_protein", "gene/protein", 6660, signs=MIXED),
        Edges("drug", "off-label use", "disease", 5136, signs=DOWN),
        Edges("pathway", "pathway_pathway", "pathway", 5070),
        Edges("exposure", "exposure_disease", "disease", 4608, signs=UP),
        Edges("exposure", "exposure_exposure", "exposure", 4140),
        Edges("exposure", "exposure_bioprocess", "biological_process", 3250, signs=MIXED),
        Edges("exposure", "exposure_protein", "gene/protein", 2424, signs=MIXED),
        Edges("disease", "disease_phenotype_negative", "effect/phenotype", 2386, signs=DOWN),
        Edges("exposure", "exposure_molfunc", "molecular_function", 90),
        Edges("exposure", "exposure_cellcomp", "cellular_component", 20),
    ),
    both_ways=True,
)
