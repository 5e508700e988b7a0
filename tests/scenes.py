"""Hand-made mechanisms in a compact notation, for the tests of the views; the content is only for drawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from conftest import ROOT

from kg.model import (
    Conflict,
    Document,
    Entity,
    Evidence,
    Locator,
    Measurement,
    Mechanism,
    Placement,
    Qualifiers,
    Quantity,
    Reference,
    Source,
    Statement,
)
from kg.views.scene import Scene, scene_of
from kg.vocabulary import Unit, read_vocabulary

VOCABULARY = read_vocabulary(ROOT / "ontology")
GUIDE = Document(
    "B000001",
    "A guide to a drug",
    "vendor",
    Source("seeds/guide.yaml", 2),
    references=(
        Reference(1, "A primary paper", "primary paper", doi="10.1000/xyz"),
        Reference(2, "A review"),
    ),
)
PAPER = Document(
    "paper-1990", "A paper", "primary paper", Source("seeds/papers.yaml", 3), doi="10.1038/336385a0"
)

_BANDS = {
    "extracellular space": "Compartment",
    "plasma membrane": "Membrane",
    "cytosol": "Compartment",
    "endoplasmic reticulum": "Organelle",
    "mitochondrion": "Organelle",
    "tissue and person": "Compartment",
    "blood and liver": "Compartment",
    "presynaptic terminal": "Compartment",
    "presynaptic membrane": "Membrane",
    "synaptic cleft": "Compartment",
    "postsynaptic membrane": "Membrane",
    "postsynaptic cytosol": "Compartment",
    "nucleus": "Organelle",
}
_KINDS = {
    "drug": "Drug",
    "rec": "Receptor",
    "chan": "IonChannel",
    "tp": "Transporter",
    "enz": "Enzyme",
    "prot": "Protein",
    "chap": "Chaperone",
    "ion": "Ion",
    "nt": "Neurotransmitter",
    "msg": "SecondMessenger",
    "tf": "TranscriptionFactor",
    "gene": "Gene",
    "proc": "BiologicalProcess",
    "eff": "TherapeuticEffect",
    "side": "AdverseEffect",
    "group": "EntityGroup",
    "g": "GProtein",
    "dis": "Disease",
}
_ARROWS = {
    "+": "activates",
    "-": "inhibits",
    "~": "modulates",
    "=": "produces",
    "t": "transports",
    "u": "takes_up",
    "n": "depends_on",
    "c": "mediates",
    "agonist": "agonist_of",
    "antagonist": "antagonist_of",
    "binds": "binds",
    "up": "increases",
    "down": "decreases",
    "to": "contributes_to",
    "expr": "increases_expression_of",
    "eff": "has_effect",
    "met": "has_metabolite",
    "in": "located_in",
    "pot": "potentiates",
}

IGMESINE = (
    """
extracellular space: drug:igmesine nt:glutamate
plasma membrane: chan:SK channel|KCNN2 chan:L-type calcium channel|CACNA1C rec:NMDA receptor|GRIN1
  rec:beta-adrenergic receptor
cytosol: ion:calcium ion prot:calmodulin|CALM1 enz:neuronal nitric oxide synthase|NOS1
  msg:nitric oxide enz:soluble guanylyl cyclase|GUCY1A1 msg:cGMP enz:protein kinase G|PRKG1
endoplasmic reticulum < cytosol: rec:sigma-1 receptor|SIGMAR1 chan:IP3 receptor type 3|ITPR3
  chap:BiP|HSPA5 ion:ER calcium
mitochondrion < cytosol: chan:VDAC1|VDAC1 ion:matrix calcium msg:ATP
tissue and person: proc:neuroprotection eff:antidepressant-like effect proc:acetylcholine release
  eff:cognitive enhancement
""",
    """
igmesine agonist sigma-1 receptor !
sigma-1 receptor - BiP b
sigma-1 receptor pot NMDA receptor !
sigma-1 receptor ~ SK channel h
sigma-1 receptor ~ L-type calcium channel b
sigma-1 receptor ~ IP3 receptor type 3 b
glutamate agonist NMDA receptor b
NMDA receptor t calcium ion b
L-type calcium channel t calcium ion b
ER calcium ~ IP3 receptor type 3 b
IP3 receptor type 3 t calcium ion b
IP3 receptor type 3 ~ VDAC1 b h
VDAC1 t matrix calcium b
matrix calcium up ATP b h
ATP to neuroprotection b x
calcium ion + calmodulin b
neuronal nitric oxide synthase n calmodulin b
neuronal nitric oxide synthase = nitric oxide !
nitric oxide + soluble guanylyl cyclase b
soluble guanylyl cyclase = cGMP !
igmesine down cGMP ! conflict
cGMP + protein kinase G b
protein kinase G to neuroprotection b h
neuroprotection to antidepressant-like effect h
igmesine down beta-adrenergic receptor
igmesine up acetylcholine release
acetylcholine release to cognitive enhancement h
antidepressant-like effect n calcium ion
igmesine binds NMDA receptor neg
sigma-1 receptor in endoplasmic reticulum
""",
)

IMIPRAMINE = (
    """
blood and liver: enz:CYP2C19|CYP2C19 drug:imipramine drug:desipramine
presynaptic terminal: enz:MAO-A|MAOA tp:VMAT2|SLC18A2 proc:serotonin release proc:norepinephrine release
presynaptic membrane: rec:5-HT1A autoreceptor|HTR1A tp:SERT|SLC6A4 rec:alpha-2 adrenoceptor|ADRA2A
  tp:NET|SLC6A2
synaptic cleft: nt:serotonin nt:norepinephrine nt:histamine nt:acetylcholine
postsynaptic membrane: rec:TrkB|NTRK2 rec:5-HT4 receptor|HTR4 rec:beta-1 adrenoceptor|ADRB1
  rec:5-HT2A receptor|HTR2A rec:alpha-1 adrenoceptor|ADRA1A rec:H1 receptor|HRH1
  rec:muscarinic M1 receptor|CHRM1
postsynaptic cytosol: enz:ERK1/2|MAPK3 enz:GSK-3β|GSK3B g:Gs|GNAS g:Gq/11|GNAQ
  enz:adenylyl cyclase|ADCY1 enz:phospholipase C β|PLCB1 msg:cAMP msg:IP3
  enz:protein kinase A|PRKACA ion:calcium ion enz:CaMKIV|CAMK4
nucleus: tf:CREB|CREB1 prot:CRTC1|CRTC1 gene:BDNF gene|BDNF
tissue and person: prot:BDNF proc:neurogenesis eff:antidepressant effect
  side:orthostatic hypotension side:sedation side:dry mouth
""",
    """
imipramine met desipramine
CYP2C19 c desipramine
imipramine - SERT ! conflict
imipramine - NET conflict
desipramine - NET !
imipramine antagonist alpha-1 adrenoceptor
imipramine antagonist H1 receptor
imipramine antagonist muscarinic M1 receptor
MAO-A - serotonin release b
VMAT2 + serotonin release b
VMAT2 + norepinephrine release b
serotonin release up serotonin b
norepinephrine release up norepinephrine b
SERT u serotonin !
NET u norepinephrine !
serotonin agonist 5-HT1A autoreceptor
5-HT1A autoreceptor - serotonin release
norepinephrine agonist alpha-2 adrenoceptor
alpha-2 adrenoceptor - norepinephrine release
serotonin agonist 5-HT4 receptor ! b
serotonin agonist 5-HT2A receptor b
norepinephrine agonist beta-1 adrenoceptor b
norepinephrine agonist alpha-1 adrenoceptor b
histamine agonist H1 receptor b
acetylcholine agonist muscarinic M1 receptor b
TrkB + ERK1/2 b
TrkB - GSK-3β b h
5-HT4 receptor + Gs ! b
beta-1 adrenoceptor + Gs b
5-HT2A receptor + Gq/11 b
alpha-1 adrenoceptor + Gq/11 b
Gs + adenylyl cyclase ! b
adenylyl cyclase = cAMP ! b
cAMP + protein kinase A !
protein kinase A + CREB !
Gq/11 + phospholipase C β b
phospholipase C β = IP3 b
IP3 up calcium ion b
calcium ion + CaMKIV b
CaMKIV + CREB b
ERK1/2 + CREB b h
GSK-3β - CREB b h
CRTC1 ~ CREB b
CREB expr BDNF gene !
BDNF gene = BDNF !
BDNF agonist TrkB
BDNF to neurogenesis !
neurogenesis to antidepressant effect ! h
alpha-1 adrenoceptor to orthostatic hypotension
H1 receptor to sedation
muscarinic M1 receptor to dry mouth
imipramine down histamine nodata
""",
)


def slug(name: str) -> str:
    return name.lower().replace(" ", "-").replace("/", "-")


def picture(notation: tuple[str, str] = IGMESINE, title: str = "Igmesine: sigma-1 receptor to cGMP") -> Scene:
    """Return the scene of a mechanism in the notation above."""
    entities, placements = _placed(notation[0])
    statements = [_said(line, index) for index, line in enumerate(notation[1].strip().splitlines())]
    disputed = [said.id for said in statements if said.note == "conflict"]
    main = [
        said.id
        for said, line in zip(statements, notation[1].strip().splitlines(), strict=True)
        if "!" in line
    ]
    return scene(
        Mechanism(
            "made-up",
            title,
            Source("seeds/made-up.yaml", 9),
            placements,
            tuple(said.id for said in statements),
            document="B000001",
            locator=Locator(figure="1"),
            main_chain=tuple(main),
        ),
        entities,
        statements,
        measurements=[measured(statements[2].subject, statements[2].object)],
        conflicts=[conflict(*disputed)] if disputed else [],
    )


def scene(
    mechanism: Mechanism,
    entities: Iterable[Entity],
    statements: Sequence[Statement],
    *,
    documents: Sequence[Document] = (GUIDE, PAPER),
    measurements: Sequence[Measurement] = (),
    conflicts: Sequence[Conflict] = (),
    units: Mapping[str, Unit] | None = None,
) -> Scene:
    return scene_of(
        mechanism,
        entities={entity.id: entity for entity in entities},
        statements=statements,
        documents={document.id: document for document in documents},
        measurements=measurements,
        conflicts=conflicts,
        categories=VOCABULARY.categories,
        predicates=VOCABULARY.predicates,
        units=units,
    )


def measured(drug: str, target: str) -> Measurement:
    quantity = Quantity("~1-10", "~", low=Decimal(1), high=Decimal(10))
    return Measurement(
        "m1",
        drug,
        target,
        "Ki",
        quantity,
        Source("seeds/guide.yaml", 40),
        unit="nM",
        qualifiers=Qualifiers(species="human"),
        evidence=(_evidence("B000001"),),
    )


def conflict(*sides: str) -> Conflict:
    return Conflict(
        "c1", "comparison", "which of the two is hit harder", sides, difference="table against text"
    )


def statement(subject: str, predicate: str, object: str, **fields: object) -> Statement:
    sign = VOCABULARY.predicates[predicate].sign
    given = {
        "id": f"{subject}.{predicate}.{object}",
        "sign": sign,
        "source": Source("seeds/x.yaml", 1),
    } | fields
    return Statement(subject=subject, predicate=predicate, object=object, **given)


def _evidence(document: str) -> Evidence:
    place = Locator(section="Results", paragraph=2) if document == "B000001" else Locator(section="Abstract")
    return Evidence(document, place, Source("seeds/guide.yaml", 7), references=(1, 2))


def _placed(text: str) -> tuple[list[Entity], tuple[Placement, ...]]:
    entities: list[Entity] = []
    placements = []
    for number, line in enumerate(text.replace("\n  ", " ").strip().splitlines()):
        head, rest = line.split(":", 1)
        name, _, within = (part.strip() for part in head.partition("<"))
        entities.append(Entity(slug(name), name, _BANDS[name], Source("seeds/made-up.yaml", number + 1)))
        inside = [_entity(kind, text) for kind, text in _members(rest)]
        entities += inside
        placements.append(Placement(slug(name), tuple(item.id for item in inside), slug(within) or None))
    return entities, tuple(placements)


def _members(rest: str) -> Iterable[tuple[str, str]]:
    members: list[list[str]] = []
    for word in rest.split():
        kind, colon, start = word.partition(":")
        if colon and kind in _KINDS:
            members.append([kind, start])
        else:
            members[-1][1] += f" {word}"
    return [(kind, name) for kind, name in members]


def _entity(kind: str, text: str) -> Entity:
    name, _, symbol = text.partition("|")
    return Entity(slug(name), name, _KINDS[kind], Source("seeds/made-up.yaml", 5), symbol=symbol or None)


def _said(line: str, index: int) -> Statement:
    words = line.split()
    flags = []
    while words[-1] in {"!", "b", "h", "x", "neg", "nodata", "conflict"}:
        flags.append(words.pop())
    middle = next(place for place, word in enumerate(words) if word in _ARROWS and place)
    basis = "background" if "b" in flags else "document"
    return statement(
        slug(" ".join(words[:middle])),
        _ARROWS[words[middle]],
        slug(" ".join(words[middle + 1 :])),
        basis=basis,
        certainty="hedged" if "h" in flags else "extrapolated" if "x" in flags else "asserted",
        polarity="negated" if "neg" in flags else "no data" if "nodata" in flags else "asserted",
        evidence=(_evidence("paper-1990" if basis == "background" else "B000001"),),
        source=Source("seeds/made-up.yaml", 20 + index),
        qualifiers=Qualifiers(species="rat") if index % 3 == 0 else Qualifiers(),
        note="conflict" if "conflict" in flags else None,
    )
