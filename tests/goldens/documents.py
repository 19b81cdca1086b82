"""Interfaces beside the records: schemas, metrics, settings and commands.

Names, types and defaults have components of their own. Prose is digested apart from them, under
`texts.`, since it may be improved at any time.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from prometheus_client.metrics import MetricWrapperBase

from service.cli.main import COMMANDS, main
from service.contract.schema.__main__ import documents
from service.settings import Settings
from service.worker.observe import metrics as metrics_module

ROOT = Path(__file__).parents[2]
SETTINGS_PAGE = ROOT / "deploy" / "SETTINGS.md"

_PROSE = ("title", "description", "summary", "allowed")
"""`allowed` is a sentence about a setting's values; their type and bounds stand beside it."""


def schemas() -> Iterator[str]:
    """The documents of the contract, without their prose."""
    for name, document in sorted(documents().items()):
        yield name
        if name.endswith(".json"):
            yield _as_text(without_prose(json.loads(document)))
        else:
            yield document.decode()


def schema_texts() -> Iterator[str]:
    """The same documents, whole."""
    for name, document in sorted(documents().items()):
        yield name
        yield document.decode()


def metrics() -> Iterator[str]:
    """Name, type, labels and buckets of each of our metrics."""
    for metric in _metrics():
        bounds = getattr(metric, "_upper_bounds", ())
        yield " ".join(map(str, (metric._name, metric._type, *metric._labelnames, *bounds)))


def metric_texts() -> Iterator[str]:
    """Name and documentation of each of our metrics."""
    for metric in _metrics():
        yield f"{metric._name}: {metric._documentation}"


def settings() -> Iterator[str]:
    """Names, types, bounds and defaults of the settings."""
    yield _as_text(without_prose(Settings.model_json_schema()))


def setting_texts() -> Iterator[str]:
    """The page of all settings; another test compares it with the model."""
    yield SETTINGS_PAGE.read_text(encoding="utf-8")


def commands() -> Iterator[str]:
    """Arguments and options of every command."""
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        yield name
        for parameter in command.params:
            given = parameter.to_info_dict()
            given.pop("help", None)
            yield _as_text(given)


def command_texts() -> Iterator[str]:
    """The help of every command."""
    words = [sys.executable, "-m", "tests.goldens.command_help"]
    done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
    yield from json.loads(done.stdout)


def without_prose(value: Any) -> Any:
    """Return a JSON value without what it tells people; properties that are called `title`, say,
    stay, as their values are no strings."""
    if isinstance(value, list):
        return [without_prose(each) for each in value]
    if isinstance(value, dict):
        return {
            name: without_prose(each)
            for name, each in value.items()
            if not (name in _PROSE and isinstance(each, str))
        }
    return value


def _metrics() -> list[MetricWrapperBase]:
    """Metrics as they were defined: what `REGISTRY` collects depends on what ran before."""
    defined = vars(metrics_module).values()
    found = (each for each in defined if isinstance(each, MetricWrapperBase))
    return sorted(found, key=lambda metric: metric._name)


def _as_text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
