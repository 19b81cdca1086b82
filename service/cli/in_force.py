"""The settings for a command; a bad one ends it with a line that says what is allowed."""

from collections.abc import Callable

import click
from pydantic import ValidationError

from service.cli.bad_settings import explain, unknown_variables
from service.settings import Settings


class BadSettings(click.ClickException):
    """Nothing was begun: a setting is not allowed. A line for each that is wrong, and a hint."""

    exit_code = 2

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join([*lines, "See `copydesk config --help` for every setting."]))


def load_settings(warn: Callable[[str], object] | None = None) -> Settings:
    """The settings from the environment.

    A variable that is like no setting is passed over, with a warning.

    Args:
        warn: takes a warning, in a line; standard error if not said.

    Raises:
        BadSettings: a variable holds a value that is not allowed, or is a misspelled name of a
            setting, or login and TLS files do not fit together.
    """
    unknown = unknown_variables()
    if unknown.misspelled:
        raise BadSettings(
            [f"{name} is no setting; {meant} is" for name, meant in unknown.misspelled.items()]
        )
    try:
        settings = Settings()
    except ValidationError as error:
        raise BadSettings(explain(error)) from error
    _check_connection(settings)
    for name in unknown.strange:
        line = f"{name} is no setting, and has no effect"
        if warn is None:
            click.echo(f"Warning: {line}", err=True)
        else:
            warn(line)
    return settings


def _check_connection(settings: Settings) -> None:
    """Whether login and TLS files fit together; nothing is connected to."""
    if settings.security_protocol == "PLAINTEXT":
        return
    from service.stream.connection import BadConnection, client_options

    try:
        client_options(settings)
    except BadConnection as error:
        raise BadSettings([str(error)]) from error
