"""KG1xx: the bytes and the YAML of a file."""

from __future__ import annotations

from kg.catalogue.rule import Rule

TEXT = (
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
