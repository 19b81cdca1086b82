"""`copydesk config`: the settings in force and where each comes from."""

import os

import click
import orjson

from service.cli.in_force import load_settings
from service.cli.setting_rows import SettingRow, as_text, setting_rows, with_size
from service.cli.settings_page import settings_page
from service.settings import Settings


class _Command(click.Command):
    """Ends its help with every setting."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Settings"):
            formatter.write_dl([(row.variable, _sentence(row)) for row in setting_rows()])


@click.command(cls=_Command)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--changed", is_flag=True, help="Leave out what is at its default.")
@click.option("--markdown", is_flag=True, help="Print the page of all settings, for the docs.")
def command(as_json: bool, changed: bool, markdown: bool) -> None:
    """Print the settings in force, and where each comes from.

    Secrets are masked. Exit code 2 where a setting is not allowed; each such one is named.
    """
    if markdown:
        click.echo(settings_page(), nl=False)
        return
    settings = load_settings()
    rows = [row for row in setting_rows() if _is_set(row) or not changed]
    if as_json:
        found = {row.name: _as_object(row, settings) for row in rows}
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
        return
    width = max((len(row.variable) for row in rows), default=0)
    for row in rows:
        value = getattr(settings, row.name)
        shown = with_size(as_text(value), value) or "-"
        click.echo(f"{row.variable:{width}}  {_source(row):11}  {shown}")


def _as_object(row: SettingRow, settings: Settings) -> dict[str, object]:
    """A value as JSON has it: numbers and truth as they are, the rest as in the variable."""
    value = getattr(settings, row.name)
    plain = value if value is None or isinstance(value, bool | int | float) else as_text(value)
    return {"value": plain, "from": _source(row), "variable": row.variable}


def _is_set(row: SettingRow) -> bool:
    """Whether the environment sets it; names count in any case, as they do for the settings."""
    return any(name.upper() == row.variable and value for name, value in os.environ.items())


def _source(row: SettingRow) -> str:
    return "environment" if _is_set(row) else "default"


def _sentence(row: SettingRow) -> str:
    default = f"; default {row.default}" if row.default else ""
    return f"{row.description} [{row.allowed}{default}]"
