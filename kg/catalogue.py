"""Every problem the project can report, as a table: what is checked, why, an example and its repair.

`kg rule CODE` prints an entry; the tests run every example and every repair. Examples stand beside the
shipped data, so they may name shipped entities.
"""

from __future__ import annotations

import msgspec

from kg.problems import Problem, Severity


class Rule(msgspec.Struct, frozen=True):
    """One kind of problem. `example` is YAML that has it (None: bytes are at fault), `repair` lacks it."""

    code: str
    name: str
    checks: str
    why: str
    fix: str
    example: str | None = None
    repair: str | None = None
    severity: Severity = "error"


def problem(code: str, file: str, line: int, column: int, message: str, hint: str | None = None) -> Problem:
    """Return a problem of the kind `code`; without a hint of its own it carries the rule's remedy."""
    rule = RULE[code]
    return Problem(file, line, column, code, rule.severity, f"{rule.name}: {message}", hint or rule.fix)


_CLAIM = """\
statements:
  - subject: {subject}
    predicate: {predicate}
    object: {object}
    basis: background
    evidence: [{{document: example-paper, at: {{section: Abstract}}}}]
documents: [{{id: example-paper, title: An example, kind: primary paper}}]
"""

_VALUE = """\
measurements:
  - id: example-value
    drug: igmesine
    target: sigma-1-receptor
    parameter: {parameter}
    value: "{value}"
{unit}    evidence: [{{document: B115768, at: {{table: "1", row: Sigma-1 Receptor}}}}]
"""


def _claim(subject: str, predicate: str, object: str) -> str:
    return _CLAIM.format(subject=subject, predicate=predicate, object=object)


def _value(value: str, unit: str | None = "nM", parameter: str = "Kd") -> str:
    return _VALUE.format(value=value, parameter=parameter, unit=f"    unit: {unit}\n" if unit else "")


_GOOD_CLAIM = _claim("igmesine", "modulates", "bdnf")
_TWICE = """\
document: {id: example-paper, title: An example, kind: primary paper}
passages:
  - at: {section: Abstract}
    statements: [{subject: igmesine, predicate: modulates, object: bdnf}]
  - at: {section: Discussion}
    statements: [{subject: igmesine, predicate: modulates, object: bdnf}]
"""
_REPEATED = _TWICE.rpartition("    statements")[0] + "    repeats: [igmesine.modulates.bdnf]\n"
_ENTITY = "entities:\n  - id: {id}\n    name: {name}\n    category: {category}\n"


def _entity(id: str = "example-drug", name: str = "exampline", category: str = "Drug", more: str = "") -> str:
    used = (
        "statements:\n"
        f"  - {{subject: {id}, predicate: interacts_with, object: sigma-1-receptor, basis: background,\n"
        "     evidence: [{document: B115768, at: {section: Abstract}}]}\n"
    )
    return _ENTITY.format(id=id, name=name, category=category) + more + used


_TEXT = (
    Rule(
        "KG101", "yaml syntax error", "The file is YAML.",
        "A parser that guesses what was meant invents data.",
        "correct the line; often a bracket, a quote or a colon is missing just before it",
        "entities: [igmesine\n", "entities: []\n",
    ),
    Rule(
        "KG102", "tab indentation", "Lines are indented with spaces.",
        "YAML forbids tabs in indentation; editors show them as if they were spaces.",
        "indent with spaces",
        "entities:\n\t- id: example\n", "entities: []\n",
    ),
    Rule(
        "KG103", "duplicate key", "A key stands once in its mapping.",
        "Most YAML readers keep the last one and lose the others silently.",
        "merge the two, or rename one",
        "entities: []\nentities: []\n", "entities: []\n",
    ),
    Rule(
        "KG104", "yaml alias", "No alias (`*name`) is used.",
        "A few lines of nested aliases expand to gigabytes, and a reviewer cannot see what a line says.",
        "write the value out, or set it once for the whole passage",
        "statements: &a []\nentities: *a\n", "statements: []\nentities: []\n",
    ),
    Rule(
        "KG105", "nested too deeply", "Nesting has at most 32 levels.",
        "Curated files need five or six; deeper ones are damaged or hostile.",
        "remove the surplus brackets or indentation",
        "entities: " + "[" * 40 + "]" * 40 + "\n", "entities: []\n",
    ),
    Rule(
        "KG106", "file too large", "A file has at most 16 MiB and 250,000 values.",
        "A hand-written file stays far below; reading a huge one would exhaust memory.",
        "split the file, or leave it out of the data folder",
    ),
    Rule(
        "KG107", "not UTF-8", "The file's bytes are UTF-8.",
        "In another encoding σ, β and µ would silently become other letters.",
        "save the file as UTF-8",
    ),
    Rule(
        "KG108", "control character", "The file holds no control character but line breaks and tabs.",
        "NUL and its kin hide text from a reviewer and break the tools that read the output.",
        "delete the character",
    ),
    Rule(
        "KG109", "yaml tag", "No tag (`!!python/object`, `!important`) is used.",
        "Tags make some readers construct objects and run code.",
        "delete the tag; every scalar is read as text",
        "entities: !!python/object:os.system []\n", "entities: []\n",
    ),
    Rule(
        "KG110", "unreadable file", "Every named path is a readable file, or a folder with YAML files.",
        "Data that silently went unread looks like data that is not there.",
        "check the path and its permissions",
    ),
    Rule(
        "KG111", "more than one document", "A file holds one YAML document.",
        "What stands after a `---` would go unread.",
        "put the second document into a file of its own",
        "entities: []\n---\nentities: []\n", "entities: []\n",
    ),
)  # fmt: skip

_SHAPE = (
    Rule(
        "KG201", "unknown field", "Every key is a field of its record.",
        "A misspelt field is a fact that nobody reads.",
        "use a field of the record; `kg schema` lists them",
        _GOOD_CLAIM.replace("basis:", "bases:"), _GOOD_CLAIM,
    ),
    Rule(
        "KG202", "wrong type", "Every value has the type of its field, or is one of its choices.",
        "A list where one name is expected has no agreed meaning.",
        "give the value in the form the field asks for",
        _GOOD_CLAIM + "    # a list is wanted above\nentities: none\n", _GOOD_CLAIM,
    ),
    Rule(
        "KG203", "missing field", "Every required field is there and not empty.",
        "A claim without an object claims nothing.",
        "add the field",
        "entities:\n  - id: example-drug\n    category: Drug\n", _entity(),
    ),
    Rule(
        "KG204", "malformed id", "Ids are letters, digits, `-`, `_` and `.`, a letter or digit first.",
        "An id becomes part of an address, a file name and a line of a query.",
        "use lower-case words joined by hyphens",
        _ENTITY.format(id='"example drug"', name="exampline", category="Drug"), _entity(),
    ),
    Rule(
        "KG205", "malformed CURIE", "Cross-references are CURIEs (`UniProt:Q99720`) in their prefix's form.",
        "A wrong identifier joins this graph with something else: the worst fault it can have.",
        "write prefix:identifier exactly as the registry prints it",
        _entity(more="    xrefs: [UniProt:SIGMA-1]\n"), _entity(more="    xrefs: [CHEBI:0]\n"),
    ),
    Rule(
        "KG206", "unreadable value",
        "A value is a number as printed: `79`, `>10,000`, `39 ± 8`, `15 - 17`, `~5`.",
        "What cannot be read exactly would have to be guessed.",
        "put only the number into `value` and the unit into `unit`",
        _value("39 nM (n=3)"), _value("39"),
    ),
    Rule(
        "KG207", "unreadable date",
        "A date is a year or decade as printed: `1951`, `1960s`, `late 1970s`, `before 2004`.",
        "What cannot be read has no place in the order of time; it is kept, and listed last.",
        "give the year or decade that the document prints, and the rest in `note`",
        _GOOD_CLAIM.replace("    basis", "    date: in my youth\n    basis"),
        _GOOD_CLAIM.replace("    basis", "    date: late 1970s\n    basis"),
        severity="warning",
    ),
)  # fmt: skip

_NAMES = (
    Rule(
        "KG301", "duplicate id", "An id names one thing in all files, whatever its kind.",
        "Two things with one id would melt into one node of the graph.",
        "give one of them another `id`; for further evidence of a claim use `repeats`",
        _entity(id="igmesine"), _entity(),
    ),
    Rule(
        "KG302", "unknown entity", "Every entity that is named is declared.",
        "A misspelt name would make a second, unconnected node.",
        "declare it under `entities`, or correct the name",
        _claim("igmesin", "modulates", "bdnf"), _GOOD_CLAIM,
    ),
    Rule(
        "KG303", "unknown predicate", "Every predicate is a curated one of the ontology.",
        "Signs and directions come from the predicate; an unknown one has none.",
        "choose one of the ontology's predicates",
        _claim("igmesine", "modulate", "bdnf"), _GOOD_CLAIM,
    ),
    Rule(
        "KG304", "unknown prefix", "Every CURIE's prefix is in `ontology/prefixes.json`.",
        "A prefix that expands to nothing links to nothing.",
        "correct the prefix, or add it to the prefix map",
        _entity(more="    xrefs: [Unipro:Q99720]\n"), _entity(),
    ),
    Rule(
        "KG305", "unknown document", "Every document that evidence names is declared.",
        "A source that cannot be found is no source.",
        "declare it under `documents`, or correct its id",
        _GOOD_CLAIM.replace("{document: example-paper", "{document: exemple-paper"), _GOOD_CLAIM,
    ),
    Rule(
        "KG306", "unknown unit", "Every unit is one of the ontology's.",
        "A value in an unknown unit cannot be compared with any other.",
        "use M, mM, µM, nM, pM, %, mg/kg, mg/day; in protocols also °C, min, h, µL, mL, cm, mg/mL, µg/well",
        _value("39", "nMol"), _value("39"),
    ),
    Rule(
        "KG307", "unknown category", "Every category is a class of the ontology.",
        "Domains, ranges and drawing depend on the category.",
        "choose one of the ontology's categories",
        _entity(category="Drugs"), _entity(),
    ),
    Rule(
        "KG308", "unknown statement", "Mechanisms, repeats, conflicts and `same_as` name claims that exist.",
        "A diagram would silently lose the arrow.",
        "correct the id: subject.predicate.object",
        "mechanisms:\n"
        "  - {id: example-mechanism, title: Example, statements: [igmesine.agonist_of.sigma-2-receptors]}\n",
        "mechanisms: []\n",
    ),
    Rule(
        "KG309", "not a compartment", "Diagrams place entities in entities of category Compartment.",
        "A band called after a protein has no place among the membranes.",
        "name a compartment, membrane or organelle",
        "mechanisms:\n"
        "  - {id: example-mechanism, title: Example, statements: [],\n"
        "     compartments: [{compartment: bdnf, entities: [igmesine]}]}\n",
        "mechanisms: []\n",
    ),
    Rule(
        "KG310", "unknown reference", "Cited numbers are in the document's own reference list.",
        "A reader who looks the number up would find nothing.",
        "correct the number, or add the entry to `references`",
        _GOOD_CLAIM.replace("Abstract}", "Abstract}, refs: [99]"), _GOOD_CLAIM,
    ),
    Rule(
        "KG311", "unknown parameter", "Every parameter is one of the ontology's (Ki, Kd, IC50, EC50, …).",
        "Values of different parameters are never compared; an unknown one compares with nothing.",
        "choose one of the ontology's parameters",
        _value("39", parameter="IC-50"), _value("39"),
    ),
    Rule(
        "KG312", "misfit not cited", "References called `misfits` are among those cited there.",
        "A reference that is not cited for a claim cannot fail to fit it.",
        "correct the number, or add it to `refs`",
        _value("39").replace('Receptor}', 'Receptor}, refs: [1], misfits: [2]'),
        _value("39").replace('Receptor}', 'Receptor}, refs: [1, 2], misfits: [2]'),
    ),
)  # fmt: skip


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


_BENCH = (
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

_MEANING = (
    Rule(
        "KG401", "subject outside domain", "The subject's category is in the predicate's domain.",
        "A process cannot be an agonist; usually subject and object were swapped.",
        "swap subject and object, or choose another predicate",
        _claim("sigma-1-receptor", "agonist_of", "bdnf"), _GOOD_CLAIM,
    ),
    Rule(
        "KG402", "object outside range", "The object's category is in the predicate's range.",
        "An agonist acts on a protein; a claim about an effect needs another predicate.",
        "choose the entity or the predicate that the document means",
        _claim("igmesine", "agonist_of", "cgmp"), _GOOD_CLAIM,
    ),
    Rule(
        "KG403", "no evidence", "Every statement and measurement has evidence.",
        "Every arrow has a source: that is what this graph is for.",
        "put it into a passage, or give `evidence`",
        "statements:\n  - {subject: igmesine, predicate: modulates, object: bdnf}\n", _GOOD_CLAIM,
    ),
    Rule(
        "KG404", "no place", "Evidence says where in the document: section, table, figure, item or page.",
        "«Somewhere in it» cannot be checked.",
        "give `at` with a section, table, figure, item or page",
        _GOOD_CLAIM.replace("{section: Abstract}", "{paragraph: 2}"), _GOOD_CLAIM,
    ),
    Rule(
        "KG405", "sign contradicts predicate", "A sign is given only where the predicate leaves it open.",
        "«inhibits, +» is two claims at once.",
        "delete `sign`, or choose the predicate with that sign",
        _claim("igmesine", "inhibits", "bdnf").replace("    basis", "    sign: +\n    basis"),
        _GOOD_CLAIM.replace("    basis", "    sign: +\n    basis"),
    ),
    Rule(
        "KG406", "unit missing", "A number of a parameter with a dimension has a unit.",
        "39 nM and 39 µM differ by a factor of a thousand.",
        "add `unit` as printed",
        _value("39", None), _value("39"),
    ),
    Rule(
        "KG407", "inverted range", "The low end of a range is not above its high end.",
        "One of the two numbers is a slip.",
        "compare with the document and swap or correct the ends",
        _value("17 - 15"), _value("15 - 17"),
    ),
    Rule(
        "KG408", "negative concentration", "Concentrations, percentages and doses are not negative.",
        "A direction belongs into the parameter (percent_decrease), not into the number.",
        "compare with the document",
        _value("-39"), _value("39"),
    ),
    Rule(
        "KG409", "bound with an error", "A bound (`>`, `<`) has no `±`.",
        "«> 10 ± 2» is neither a bound nor a value.",
        "compare with the document and keep one of the two",
        _value("> 39 ± 8"), _value("39 ± 8"),
    ),
    Rule(
        "KG410", "comparison incomplete", "Comparing predicates, and only they, say `than` what.",
        "«Higher affinity for SERT» without the other target is no comparison.",
        "add `than`, or choose a predicate that compares nothing",
        _claim("imipramine", "has_higher_affinity_for", "sigma-1-receptor"), _GOOD_CLAIM,
    ),
    Rule(
        "KG411", "unit of another dimension", "A parameter's unit has the parameter's dimension.",
        "A Ki in percent is a value in the wrong row.",
        "compare with the document and correct the parameter or the unit",
        _value("39", "'%'"), _value("39"),
    ),
    Rule(
        "KG412", "not the same value",
        "`same_as` joins prints of one value: drug, target, parameter, number and error agree, in any unit.",
        "A value that differs is another measurement, and to join them would hide a conflict.",
        "compare the two prints, or delete `same_as`",
        _value("40 ± 8", parameter="IC50") + "    same_as: B115768.igmesine.sigma-1-receptor.ic50\n",
        _value("0.039 ± 0.008", "µM", "IC50") + "    same_as: B115768.igmesine.sigma-1-receptor.ic50\n",
    ),
)  # fmt: skip

_GRAPH = (
    Rule(
        "KG501", "shared name", "No two entities have the same name (letter case and Greek spelling aside).",
        "Looking the name up could not tell which is meant.",
        "merge the entities, or tell their names apart",
        _entity(name="Igmesine"), _entity(),
    ),
    Rule(
        "KG502", "shared synonym", "No synonym is another entity's name or synonym.",
        "Looking the name up could not tell which is meant.",
        "keep the synonym on one entity",
        _entity(more="    synonyms: [IGMESINE]\n"), _entity(),
    ),
    Rule(
        "KG503", "shared identifier", "No cross-reference stands on two entities.",
        "One of them is wrong, or the two are one.",
        "keep it where it belongs, or merge the entities",
        _entity(more="    xrefs: [CHEBI:0]\n  - {id: other, name: b, category: Drug, xrefs: [CHEBI:0]}\n")
        + "documents: [{id: example-paper, title: An example, kind: primary paper, about: [other]}]\n",
        _entity(more="    xrefs: [CHEBI:0]\n"),
    ),
    Rule(
        "KG504", "orphan entity", "Every entity is used by a statement, a measurement or a diagram.",
        "An entity that nothing is said about is a leftover, or its claim was forgotten.",
        "use it, or delete it",
        _ENTITY.format(id="example-drug", name="exampline", category="Drug"), _entity(),
        severity="warning",
    ),
    Rule(
        "KG505", "claim repeated", "A document makes the same claim (sign, polarity and context alike) once.",
        "Twice the same claim would count as two sources.",
        "keep one and list the other place under `repeats`",
        _TWICE, _REPEATED,
    ),
    Rule(
        "KG506", "entity not placed",
        "Every entity of a diagram's statements stands in one of its compartments.",
        "The drawing would have to guess where it belongs.",
        "add it to the compartment it acts in",
        "mechanisms:\n"
        "  - id: example-mechanism\n"
        "    title: Example\n"
        "    compartments: [{compartment: cytosol, entities: [igmesine]}]\n"
        "    statements: [igmesine.agonist_of.sigma-1-receptor]\n",
        "mechanisms: []\n",
        severity="warning",
    ),
)  # fmt: skip

_INDEX = """\
documents: [{{id: example-paper, title: An example, kind: primary paper}}]
text:
  document: example-paper
  sha256: {digest}
  characters: 900
  passages:
    - {{at: {{section: Abstract, paragraph: 1}}, span: [0, 400], sha256: {digest}}}
    - {{at: {{section: Abstract, paragraph: 2}}, span: [{start}, 900], sha256: {digest}}}
statements:
  - subject: igmesine
    predicate: modulates
    object: bdnf
    evidence: [{{document: example-paper, at: {{{place}}}}}]
"""


def _index(place: str, start: int = 401) -> str:
    return _INDEX.format(digest="0" * 64, place=place, start=start)


_GOOD_INDEX = _index("section: Abstract, paragraph: 2")
_PLACES = (
    Rule(
        "KG601", "no such passage", "A place that evidence names is in the index of its document's text.",
        "Nobody could look it up, and `kg verify` could not find it again.",
        "correct the place; `kg coverage` lists what there is",
        _index("section: Abstract, paragraph: 3"), _GOOD_INDEX,
    ),
    Rule(
        "KG602", "several passages", "A place that evidence names is one passage.",
        "A whole section as source leaves the reader to search, and passes for read what nobody read.",
        "name the paragraph, list item or table row",
        _index("section: Abstract"), _GOOD_INDEX, severity="warning",
    ),
    Rule(
        "KG603", "unsound index", "The passages of a text follow each other, each at a place of its own.",
        "Two passages with one name or one position cannot be told apart.",
        "write the index again with `kg index`, or correct the place",
        _index("section: Abstract, paragraph: 2", start=300), _GOOD_INDEX,
    ),
)  # fmt: skip

RULES: tuple[Rule, ...] = (*_TEXT, *_SHAPE, *_NAMES, *_BENCH, *_MEANING, *_GRAPH, *_PLACES)
RULE: dict[str, Rule] = {rule.code: rule for rule in RULES}
