"""Load the settings for a command; error messages for invalid settings."""

import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import click
from pydantic import ValidationError

from service.cli.say import warn as warn_people
from service.cli.settings_table import PREFIX, setting_rows
from service.settings import Settings

_ALIKE = 0.8
"""Minimum similarity (0 to 1, by difflib) of a variable to a setting to count as its misspelling.
Variables that Kubernetes sets for a Service, such as COPYDESK_PORT, are less similar."""

_LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class Unknown:
    """Variables with the prefix of the settings that are not settings.

    Attributes:
        misspelled: by name, the setting that was probably meant.
        strange: the others, which are similar to no setting.
    """

    misspelled: dict[str, str]
    strange: tuple[str, ...]


def explain(error: ValidationError) -> list[str]:
    """One line for each invalid setting; values of secrets are not included."""
    rows = {row.name: row for row in setting_rows()}
    lines = []
    for each in error.errors(include_url=False):
        name = str(each["loc"][0]) if each["loc"] else ""
        row = rows.get(name)
        # Messages of our own validators are for users; pydantic's are for programmers.
        own = str(each["ctx"]["error"]) if each["type"] == "value_error" else None
        if row is None:
            lines.append(own or each["msg"])
        elif row.secret:
            lines.append(f"{row.variable}: must be {row.allowed} (its value is not shown)")
        else:
            value = _shortened(each.get("input"))
            lines.append(f"{row.variable}={value}: {own or f'must be {row.allowed}'}")
    return lines


def unknown_variables(environment: Mapping[str, str] = os.environ) -> Unknown:
    """Variables in the environment that look like settings and are not."""
    variables = {row.variable for row in setting_rows()}
    misspelled, strange = {}, []
    for name in sorted(environment):
        if not name.upper().startswith(PREFIX) or name.upper() in variables:
            continue
        bare = name.upper().removeprefix(PREFIX)
        meant = difflib.get_close_matches(
            bare, [each.removeprefix(PREFIX) for each in variables], n=1, cutoff=_ALIKE
        )
        if meant:
            misspelled[name] = PREFIX + meant[0]
        else:
            strange.append(name)
    return Unknown(misspelled, tuple(strange))


def _shortened(value: object) -> str:
    text = repr(",".join(map(str, value)) if isinstance(value, tuple) else value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}..."


class BadSettings(click.ClickException):
    """Settings are invalid. The message has one line for each, and a hint."""

    exit_code = 2

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join([*lines, "See `copydesk config --help` for every setting."]))


def load_settings(warn: Callable[[str], object] | None = None) -> Settings:
    """Load the settings from the environment.

    A variable that has the prefix but is similar to no setting is ignored, with a warning.

    Args:
        warn: called with each warning, one line; by default warnings go to standard error.

    Raises:
        BadSettings: a value is not allowed, the name of a variable is misspelled, or the settings
            for login and TLS contradict each other.
    """
    unknown = unknown_variables()
    if unknown.misspelled:
        raise BadSettings(
            [
                f"{name} is not a setting; did you mean {meant}?"
                for name, meant in unknown.misspelled.items()
            ]
        )
    try:
        settings = Settings()
    except ValidationError as error:
        raise BadSettings(explain(error)) from error
    _check_connection(settings)
    for name in unknown.strange:
        line = f"{name} is not a setting and has no effect"
        if warn is None:
            warn_people(line)
        else:
            warn(line)
    return settings


def load_reading_settings(warn: Callable[[str], object] | None = None) -> Settings:
    """As `load_settings`, for a command that reads pages: the files that READ takes are checked.

    Raises:
        BadSettings: as `load_settings`; or the table of publishers cannot be used.
    """
    settings = load_settings(warn)
    if settings.publishers is not None:
        # Not at the top: most commands need not wait for what READ loads.
        from service.read.publishers import BadPublishers
        from service.sandbox.publisher_file import load_publishers

        try:
            load_publishers(settings.publishers)
        except BadPublishers as error:
            lines = [f"{PREFIX}PUBLISHERS: {problem}" for problem in error.problems]
            raise BadSettings(lines) from error
    return settings


def _check_connection(settings: Settings) -> None:
    """Check that the settings for login and TLS are consistent, without connecting."""
    if settings.security_protocol == "PLAINTEXT":
        return
    from service.worker.kafka.clients import BadConnection, client_options

    try:
        client_options(settings)
    except BadConnection as error:
        raise BadSettings([str(error)]) from error
