"""The option --jobs: how many child processes read pages."""

import os
from collections.abc import Callable
from typing import Any

import click

from service.settings import MOST_EXTRACTORS, Settings

jobs_option: Callable[[Any], Any] = click.option(
    "--jobs",
    type=click.IntRange(min=1, max=MOST_EXTRACTORS),
    help="Number of child processes that read pages [default: COPYDESK_EXTRACTORS if set, else the"
    " number of cores].",
)


def with_jobs(settings: Settings, jobs: int | None) -> Settings:
    """Return the settings with as many extractors as the option says, None if it is not given."""
    if jobs is None and "extractors" not in settings.model_fields_set:
        jobs = min(os.cpu_count() or 1, MOST_EXTRACTORS)
    return settings if jobs is None else settings.model_copy(update={"extractors": jobs})
