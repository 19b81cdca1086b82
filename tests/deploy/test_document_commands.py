"""Every command that a document shows is run by a test, or marked as not run with the reason; and
each `copydesk ...` has options and arguments that the command line takes."""

import re
import shlex
import tomllib
from typing import Any

import click
import pytest

from service.cli.main import COMMANDS, main
from tests.deploy.documents import (
    DOCUMENTS,
    ROOT,
    named_in_text,
    other_blocks,
    own_words,
    shown_commands,
)

TABLE: dict[str, Any] = tomllib.loads(
    (ROOT / "tests" / "deploy" / "document_commands.toml").read_text(encoding="utf-8")
)
LISTED: list[dict[str, str]] = TABLE["command"]

SHOWN = [(str(each.relative_to(ROOT)), line) for each in DOCUMENTS for line in shown_commands(each)]

OWN = sorted({words for _, line in SHOWN if (words := own_words(line)) is not None})

IN_TEXT = sorted({words for each in DOCUMENTS for words in named_in_text(each)})


def test_the_table_has_every_command_and_no_other() -> None:
    listed = [(each["in"], each["command"]) for each in LISTED]
    assert sorted(set(SHOWN) - set(listed)) == [], "say in document_commands.toml what runs these"
    assert sorted(set(listed) - set(SHOWN)) == [], "no document shows these any more"
    assert len(set(listed)) == len(listed)


def test_blocks_are_for_a_shell_or_known_not_to_be() -> None:
    found = [line for each in DOCUMENTS for line in other_blocks(each)]
    assert sorted(found) == sorted(TABLE["not_for_a_shell"])


def test_each_is_run_by_a_test_that_exists_or_not_run_for_a_reason() -> None:
    for each in LISTED:
        assert ("run_by" in each) != ("not_run" in each), each["command"]
        if "not_run" in each:
            assert len(each["not_run"].split()) > 3, each["command"]
            continue
        file, _, name = each["run_by"].partition("::")
        assert (ROOT / file).is_file(), each["run_by"]
        source = (ROOT / file).read_text(encoding="utf-8")
        assert not name or re.search(rf"^(?:async )?def {name}\(", source, re.M), each["run_by"]
        if file == ".ci/run":
            assert each["command"] in source.splitlines(), each["command"]


@pytest.mark.parametrize("words", OWN)
def test_the_command_line_takes_what_is_shown(words: str) -> None:
    name, *arguments = shlex.split(words.split(" | ")[0])
    command = command_of(name)
    # A command keeps the help option that it is first asked for: that of its group.
    group = click.Context(main, **main.context_settings)
    context = click.Context(command, info_name=name, parent=group)
    given, left, _ = command.make_parser(context).parse_args(list(arguments))
    assert left == []
    for parameter in command.params:
        if parameter.required:
            assert given.get(parameter.name or "") not in (None, ()), parameter.name


@pytest.mark.parametrize("words", IN_TEXT)
def test_the_command_line_has_what_is_named_in_text(words: str) -> None:
    name, *arguments = words.split()
    options = {option for each in command_of(name).params for option in each.opts}
    assert {each for each in arguments if each.startswith("-")} <= options


def test_folders_that_pytest_is_given_exist() -> None:
    for _, line in SHOWN:
        for path in re.findall(r"\btests/\S+", line) if "pytest" in line else ():
            assert (ROOT / path).exists(), line


def command_of(name: str) -> click.Command:
    """The subcommand of a name."""
    assert name in COMMANDS
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return command
