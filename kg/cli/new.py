"""Commands that add a row to a YAML file: new statement, new entity, new measurement."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.authoring.questions import REQUIRED, SEVERAL, Field, Kind, fields_of
from kg.cli.options import DataPath, chosen, data_options, open_graph
from kg.cli.output import note, print_problems, say

if TYPE_CHECKING:
    from kg.authoring.answers import Answers
    from kg.authoring.placing import Placed
    from kg.cli.prompts import Terminal
    from kg.graph import Graph

_POSITIONAL: dict[Kind, tuple[str, ...]] = {
    "statement": REQUIRED["statement"],
    "entity": ("name",),
    "measurement": REQUIRED["measurement"],
}
_EXAMPLES: dict[Kind, str] = {
    "statement": "kg new statement igmesine modulates bdnf --document B115768 --section Abstract "
    "--paragraph 1 --certainty hedged --file my.yaml",
    "entity": "kg new entity donepezil --category Drug --file my.yaml",
    "measurement": "kg new measurement imipramine SERT Kd 1.4 --unit nM --document B10784792 "
    "--section Discussion --file my.yaml",
}


@click.group(epilog=f"Example: {_EXAMPLES['statement']}")
def new() -> None:
    """Add a statement, an entity or a measurement to a YAML file.

    What is not given as an option is asked for, with completion, when this runs in a terminal. The whole
    graph is checked with the new row before anything is written.
    """


def _command(kind: Kind) -> click.Command:
    named = {name: field for name, field in fields_of(kind).items() if name not in _POSITIONAL[kind]}
    parameters: list[click.Parameter] = [
        *(click.Argument([name], required=False) for name in _POSITIONAL[kind]),
        *(_option(field) for field in named.values()),
        click.Option(["--file"], type=DataPath(), help="YAML file to add to; made when it is not there."),
    ]

    def run(file: Path | None, **given: str | None) -> None:
        _run(kind, file, {name: text for name, text in given.items() if text is not None})

    command = click.Command(
        kind, params=parameters, callback=run, help=_HELP[kind], epilog=f"Example: {_EXAMPLES[kind]}"
    )
    return data_options(command, endpoint=False)


_HELP: dict[Kind, str] = {
    "statement": "Add the claim SUBJECT PREDICATE OBJECT to a YAML file.",
    "entity": "Add the entity called NAME to a YAML file.",
    "measurement": "Add the VALUE printed of a PARAMETER of a DRUG at a TARGET to a YAML file.",
}


def _option(field: Field) -> click.Option:
    kind = click.Choice(field.choices) if field.choices else None
    metavar = None if field.choices else field.sort.upper()
    return click.Option(
        [f"--{field.name.replace('_', '-')}"],
        type=kind,
        metavar=metavar,
        help="; ".join(filter(None, (field.help, SEVERAL.get(field.sort)))),
    )


def _run(kind: Kind, file: Path | None, given: dict[str, str]) -> None:
    from kg.authoring.answers import slug
    from kg.authoring.placing import head_of, own_document, placed

    if chosen(click.get_current_context()).merge_salts:
        raise click.UsageError("what is said of a salt is written as said of it; leave out `--merge-salts`")
    terminal = _terminal() if _at_terminal() else None
    file = file or (terminal.file() if terminal else None)
    if file is None:
        raise click.UsageError("give `--file`; what is missing is asked for in a terminal only")
    text = _text(file)
    if text is not None:
        chosen(click.get_current_context()).data.append(file)
    graph = open_graph()
    document = own_document(text or "")
    if document and kind != "entity":
        given.setdefault("document", document)
    if kind == "entity" and "name" in given and slug(given["name"]):
        given.setdefault("id", slug(given["name"]))
    asked, answers = _answers(graph.graph, kind, given, terminal)
    done = placed(text if text is not None else head_of(file), kind, answers)
    say(done.block)
    for said in done.inherits:
        note(f"its passage adds {said}")
    if asked and terminal and not terminal.confirm(f"add this to {done.where} of {file}?"):
        raise click.Abort
    _write(file, done, before={_key(problem) for problem in graph.problems})


def _answers(
    graph: Graph, kind: Kind, given: dict[str, str], terminal: Terminal | None
) -> tuple[bool, Answers]:
    """Return all answers, those given first, and whether any was asked for."""
    from kg.authoring.answers import accept, missing, optional

    fields, answers = fields_of(kind), dict[str, Any]()
    for name in sorted(given, key=_asking_order(kind)):
        answers[name] = accept(graph, kind, fields[name], given[name], answers)
    needed = missing(graph, kind, answers)
    if needed and terminal is None:
        raise click.UsageError(_lacks(kind, needed, answers))
    asked = bool(needed)
    while terminal and (needed := missing(graph, kind, answers)):
        answers[needed[0]] = terminal.ask(graph, kind, fields[needed[0]], answers)
    while terminal and asked and (more := terminal.more(optional(kind, answers))):
        answers[more] = terminal.ask(graph, kind, fields[more], answers)
    return asked, answers


def _asking_order(kind: Kind) -> Any:
    """What others are checked against comes first."""
    first = (*REQUIRED[kind], "document")
    return lambda name: (first.index(name) if name in first else len(first), name)


def _lacks(kind: Kind, needed: tuple[str, ...], answers: Answers) -> str:
    from kg.authoring.answers import own_id

    shown = [name.upper() if name in _POSITIONAL[kind] else f"`--{name}`" for name in needed]
    if needed == ("id",) and kind != "entity":
        return f"{own_id(kind, answers)!r} is made already; give `--id`, or cite it under `repeats`"
    if "section" in needed:
        shown[shown.index("`--section`")] = "`--section` (or `--table`, `--figure`, `--item`, `--page`)"
    return f"give {', '.join(shown)}; what is missing is asked for in a terminal only"


def _text(file: Path) -> str | None:
    """Return a file's text, or None when there is no file yet; a broken one ends the command."""
    from kg.problems import InvalidData
    from kg.yamltext import parse, read

    if not file.exists():
        return None
    text, problems = read(file, str(file))
    problems = problems or parse(text or "", str(file))[1]
    if problems:
        raise InvalidData(problems)
    return text


def _write(file: Path, done: Placed, before: set[tuple[str, str, str]]) -> None:
    from kg.authoring.placing import problems_with
    from kg.reading import data_files
    from kg.resources import write_whole

    options = chosen(click.get_current_context())
    problems = problems_with(data_files(options.data, shipped=not options.alone), file, done.text)
    fresh = [problem for problem in problems if _key(problem) not in before]
    print_problems(fresh, err=True)
    if any(problem.severity == "error" for problem in problems):
        note(f"nothing was written to {file}")
        raise click.exceptions.Exit(1)
    write_whole(file, done.text.encode())
    note(f"added to {done.where} of {file}, line {done.line}")


def _key(problem: Any) -> tuple[str, str, str]:
    return problem.file, problem.code, problem.message


def _at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _terminal() -> Terminal | None:
    from kg.cli.prompts import Terminal

    return Terminal()


for _kind in _EXAMPLES:
    new.add_command(_command(_kind))
