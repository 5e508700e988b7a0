"""Commands about the data itself: check, rule, schema, completion."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import DataPath, chosen, data_options, format_option
from kg.cli.output import print_json, print_problems, say
from kg.problems import Problem
from kg.rich import counted

if TYPE_CHECKING:
    from kg.catalogue import Rule


@click.command(epilog="Example: kg check --data my-claims/ --format github")
@click.argument("paths", nargs=-1, type=DataPath())
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@format_option("text", "json", "github")
@data_options
def check(paths: tuple[Path, ...], strict: bool, form: str) -> None:
    """Check the shipped graph together with PATHS and report every problem. Exit code 1 on errors."""
    from kg.knowledge_graph import check as check_files

    options = chosen(click.get_current_context())
    problems = check_files(*options.data, *paths, shipped=not options.alone)
    {"text": _as_text, "json": _as_json, "github": _as_github}[form](problems)
    if any(strict or problem.severity == "error" for problem in problems):
        raise click.exceptions.Exit(1)


def _as_text(problems: tuple[Problem, ...]) -> None:
    print_problems(problems)
    kinds = [problem.severity for problem in problems]
    summary = ", ".join(counted(kinds.count(kind), kind) for kind in ("error", "warning"))
    click.echo(summary if problems else "no problems", err=True)


def _as_json(problems: tuple[Problem, ...]) -> None:
    from kg.formats.rows import problem_row

    print_json([problem_row(problem) for problem in problems])


def _as_github(problems: tuple[Problem, ...]) -> None:
    """Print workflow commands; their syntax wants %, line breaks, commas and colons escaped."""
    for problem in problems:
        place = f"file={_escaped(problem.file)},line={problem.line},col={problem.column},title={problem.code}"
        text = f"{problem.message}. {problem.hint}" if problem.hint else problem.message
        click.echo(f"::{problem.severity} {place}::{_escaped(text, in_property=False)}")


def _escaped(text: str, *, in_property: bool = True) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text


@click.command(epilog="Example: kg rule KG302")
@click.argument("code", required=False)
@format_option("text", "json")
def rule(code: str | None, form: str) -> None:
    """Explain a problem CODE: what is checked, why, an example and its repair. Without CODE, list all."""
    import msgspec

    from kg.catalogue import RULE, RULES
    from kg.names import meant

    if code and code.upper() not in RULE:
        near = meant(code.upper(), RULE) or "`kg rule` lists them"
        raise click.UsageError(f"there is no rule {code!r}; {near}")
    rules = [RULE[code.upper()]] if code else list(RULES)
    if form == "json":
        print_json([msgspec.structs.asdict(item) for item in rules])
    elif code:
        _explain(rules[0])
    else:
        for item in rules:
            say(f"{item.code}  {item.severity:7}  {item.name}")


def _explain(item: Rule) -> None:
    say(f"{item.code} {item.name} ({item.severity})", bold=True)
    say(f"\n{item.checks}\nWhy: {item.why}\nFix: {item.fix}.")
    for title, example in (("Example", item.example), ("Repaired", item.repair)):
        if example:
            say(f"\n{title}:\n")
            say("\n".join(f"    {line}".replace("\t", "→") for line in example.rstrip().splitlines()))


@click.command(epilog="Example: kg schema > seed.schema.json")
def schema() -> None:
    """Print the JSON Schema of the YAML files, with which editors complete and check while one types."""
    from kg import resources
    from kg.checking import seed_schema

    print_json(seed_schema(resources.folder("ontology")))


@click.command(epilog='Example: eval "$(kg completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that lets SHELL complete commands, entities and predicates."""
    from click.shell_completion import get_completion_class

    from kg.cli import main

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(found(main, {}, "kg", "_KG_COMPLETE").source())
