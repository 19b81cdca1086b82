"""The settings for a command; a bad one ends it with a line that says what is allowed."""

import click
from pydantic import ValidationError

from service.settings import Settings


def load_settings() -> Settings:
    """The settings from the environment.

    Raises:
        click.UsageError: a variable holds a value that is not allowed.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = "COPYDESK_" + "_".join(str(part) for part in first["loc"][:1]).upper()
        raise click.UsageError(f"{name}={first.get('input')!r}: {first['msg']}") from error
