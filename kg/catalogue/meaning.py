"""KG40x and KG41x: a claim or a value says something that can be true."""

from __future__ import annotations

from kg.catalogue.examples import GOOD_CLAIM, claim, value
from kg.catalogue.rule import Rule

MEANING = (
    Rule(
        "KG401", "subject outside domain", "The subject's category is in the predicate's domain.",
        "A process cannot be an agonist; usually subject and object were swapped.",
        "swap subject and object, or choose another predicate",
        claim("sigma-1-receptor", "agonist_of", "bdnf"), GOOD_CLAIM,
    ),
    Rule(
        "KG402", "object outside range", "The object's category is in the predicate's range.",
        "An agonist acts on a protein; a claim about an effect needs another predicate.",
        "choose the entity or the predicate that the document means",
        claim("igmesine", "agonist_of", "cgmp"), GOOD_CLAIM,
    ),
    Rule(
        "KG403", "no evidence", "Every statement and measurement has evidence.",
        "Every arrow has a source: that is what this graph is for.",
        "put it into a passage, or give `evidence`",
        "statements:\n  - {subject: igmesine, predicate: modulates, object: bdnf}\n", GOOD_CLAIM,
    ),
    Rule(
        "KG404", "no place", "Evidence says where in the document: section, table, figure, item or page.",
        "«Somewhere in it» cannot be checked.",
        "give `at` with a section, table, figure, item or page",
        GOOD_CLAIM.replace("{section: Abstract}", "{paragraph: 2}"), GOOD_CLAIM,
    ),
    Rule(
        "KG405", "sign contradicts predicate", "A sign is given only where the predicate leaves it open.",
        "«inhibits, +» is two claims at once.",
        "delete `sign`, or choose the predicate with that sign",
        claim("igmesine", "inhibits", "bdnf").replace("    basis", "    sign: +\n    basis"),
        GOOD_CLAIM.replace("    basis", "    sign: +\n    basis"),
    ),
    Rule(
        "KG406", "unit missing", "A number of a parameter with a dimension has a unit.",
        "39 nM and 39 µM differ by a factor of a thousand.",
        "add `unit` as printed",
        value("39", None), value("39"),
    ),
    Rule(
        "KG407", "inverted range", "The low end of a range is not above its high end.",
        "One of the two numbers is a slip.",
        "compare with the document and swap or correct the ends",
        value("17 - 15"), value("15 - 17"),
    ),
    Rule(
        "KG408", "negative concentration", "Concentrations, percentages and doses are not negative.",
        "A direction belongs into the parameter (percent_decrease), not into the number.",
        "compare with the document",
        value("-39"), value("39"),
    ),
    Rule(
        "KG409", "bound with an error", "A bound (`>`, `<`) has no `±`.",
        "«> 10 ± 2» is neither a bound nor a value.",
        "compare with the document and keep one of the two",
        value("> 39 ± 8"), value("39 ± 8"),
    ),
    Rule(
        "KG410", "comparison incomplete", "Comparing predicates, and only they, say `than` what.",
        "«Higher affinity for SERT» without the other target is no comparison.",
        "add `than`, or choose a predicate that compares nothing",
        claim("imipramine", "has_higher_affinity_for", "sigma-1-receptor"), GOOD_CLAIM,
    ),
    Rule(
        "KG411", "unit of another dimension", "A parameter's unit has the parameter's dimension.",
        "A Ki in percent is a value in the wrong row.",
        "compare with the document and correct the parameter or the unit",
        value("39", "'%'"), value("39"),
    ),
    Rule(
        "KG412", "not the same value",
        "`same_as` joins prints of one value: drug, target, parameter, number and error agree, in any unit.",
        "A value that differs is another measurement, and to join them would hide a conflict.",
        "compare the two prints, or delete `same_as`",
        value("40 ± 8", parameter="IC50") + "    same_as: B115768.igmesine.sigma-1-receptor.ic50\n",
        value("0.039 ± 0.008", "µM", "IC50") + "    same_as: B115768.igmesine.sigma-1-receptor.ic50\n",
    ),
    Rule(
        "KG413", "concentration of zero", "A measured concentration is above zero, and so is an upper bound.",
        "Zero has no logarithm and is no affinity; usually it stands for a value that is missing.",
        "compare with the document; leave the value out, or give what is printed",
        value("0"), value("39"),
    ),
    Rule(
        "KG414", "perhaps a bound", "A concentration that ends in 001 was perhaps a bound: `>10000`.",
        "Some exports turn a bound into the number one beyond it, and a bound is not a value.",
        "compare with the source and write the bound as such, `>10000`",
        value("10001"), value(">10000"),
        severity="warning",
    ),
    Rule(
        "KG415", "implausible affinity", "An affinity lies between 1 fM and 100 mM.",
        "What lies beyond was probably printed in another unit: nM, µM and mM are easily mistaken.",
        "compare the unit with the document",
        value("390", "mM"), value("390", "nM"),
        severity="warning",
    ),
)  # fmt: skip
