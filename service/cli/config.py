"""`copydesk config`: print the current settings and the source of each."""

import os
from pathlib import Path

import click

from service.cli.load_settings import load_settings
from service.cli.say import say, say_json, warn
from service.cli.settings_table import SettingRow, as_text, setting_rows, settings_page, with_size
from service.settings import Settings


class _Command(click.Command):
    """A command whose help ends with a list of all settings."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Settings"):
            formatter.write_dl([(row.variable, _sentence(row)) for row in setting_rows()])


@click.command(cls=_Command)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--changed", is_flag=True, help="Print only settings that the environment sets.")
@click.option("--markdown", is_flag=True, help="Print the documentation of all settings.")
def command(as_json: bool, changed: bool, markdown: bool) -> None:
    """Print the current settings, and whether each comes from the environment or is the default.

    Secrets are masked. Exit code 2 if settings are invalid; the error message lists them. A folder
    for the state that cannot be written here is a warning: a worker may run elsewhere.
    """
    if markdown:
        say(settings_page().removesuffix("\n"))
        return
    settings = load_settings()
    if why := _unwritable(settings.state_dir):
        warn(
            f"COPYDESK_STATE_DIR={settings.state_dir}: {why}; a worker cannot keep its state there"
        )
    rows = [row for row in setting_rows() if _is_set(row) or not changed]
    if as_json:
        found = {row.name: _as_object(row, settings) for row in rows}
        say_json(found, indented=True)
        return
    width = max((len(row.variable) for row in rows), default=0)
    for row in rows:
        value = getattr(settings, row.name)
        shown = with_size(as_text(value), value) or "-"
        say(f"{row.variable:{width}}  {_source(row):11}  {shown}")


def _unwritable(folder: Path) -> str | None:
    """Why nothing can be written to a folder, which need not be there yet; None if it can."""
    there = next(each for each in (folder, *folder.absolute().parents) if os.path.lexists(each))
    if not there.is_dir():
        return f"{there} is not a folder"
    return None if os.access(there, os.W_OK | os.X_OK) else f"{there} cannot be written"


def _as_object(row: SettingRow, settings: Settings) -> dict[str, object]:
    """A setting for JSON: numbers and booleans as such, other values as text."""
    value = getattr(settings, row.name)
    plain = value if value is None or isinstance(value, bool | int | float) else as_text(value)
    return {"value": plain, "from": _source(row), "variable": row.variable}


def _is_set(row: SettingRow) -> bool:
    """True if the environment sets it. Names match in any case, as for pydantic-settings."""
    return any(name.upper() == row.variable and value for name, value in os.environ.items())


def _source(row: SettingRow) -> str:
    return "environment" if _is_set(row) else "default"


def _sentence(row: SettingRow) -> str:
    default = f"; default {row.default}" if row.default else ""
    return f"{row.description} [{row.allowed}{default}]"
