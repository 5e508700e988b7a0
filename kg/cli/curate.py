"""Commands that write YAML: format, new."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import DataPath
from kg.cli.output import note, print_problems, say

if TYPE_CHECKING:
    from kg.resources import DataFile


@click.command(name="format", epilog="Example: kg format --check my-claims/")
@click.argument("paths", nargs=-1, required=True, type=DataPath())
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change, exit code 1.")
@click.option("--diff", is_flag=True, help="As --check, and show the changes.")
def format_yaml(paths: tuple[Path, ...], check: bool, diff: bool) -> None:
    """Write the YAML files in PATHS in their canonical form; comments and meaning stay as they are.

    Keys in the order of the schema, two spaces, 110 columns, quotes only where they are needed.
    """
    from kg.resources import data_files, distinct

    changed: list[DataFile] = []
    files = distinct(data_files(path) for path in paths)
    sound = [_format(file, changed, write=not (check or diff), diff=diff) for file in files]
    verb = "would be" if check or diff else "were"
    note(f"{len(changed)} of {len(files)} files {verb} formatted")
    if not all(sound) or (changed and (check or diff)):
        raise click.exceptions.Exit(1)


def _format(file: DataFile, changed: list[DataFile], *, write: bool, diff: bool) -> bool:
    """Format one file and note it when it changes; return False when it cannot be read or written anew."""
    from kg.authoring.formatting import Unfaithful, format_text
    from kg.resources import write_whole
    from kg.yamltext import read

    text, problems = read(file.path, file.name)
    formatted = None
    if text is not None:
        try:
            formatted, problems = format_text(text, file.name)
        except Unfaithful as error:
            note(str(error))
    if text is None or formatted is None:
        print_problems(problems, err=True)
        return False
    if formatted.encode() != file.path.read_bytes():
        changed.append(file)
        if write:
            write_whole(file.path, formatted.encode())
        say(_difference(text, formatted, file.name) if diff else file.name)
    return True


def _difference(old: str, new: str, name: str) -> str:
    from difflib import unified_diff

    lines = unified_diff(old.splitlines(), new.splitlines(), name, f"{name} (formatted)", lineterm="")
    return "\n".join(lines)
