"""The page of all settings for the docs, made from the model: `copydesk config --markdown`."""

from service.cli.setting_rows import SettingRow, setting_rows, with_size
from service.settings import Settings

_HEAD = """# Settings

Every setting of copydesk, from the environment. This page is made by `make settings`; a test checks
that it agrees with the model in `service/settings.py`.

An empty variable counts as not set. A value that is not allowed, or a variable that looks like a
misspelled setting, ends every command with exit code 2 before anything is begun, with the name, the
value and what is allowed. Another variable that begins with `COPYDESK_` is named in a warning.
`copydesk config` prints what is in force and where it comes from; secrets are masked.

| variable | allowed | default | what |
|---|---|---|---|
"""


def settings_page() -> str:
    """The whole page; the same as long as the model is the same."""
    return _HEAD + "".join(map(_line, setting_rows()))


def _line(row: SettingRow) -> str:
    default = Settings.model_fields[row.name].default
    shown = f"`{row.default}`" if row.default else ""
    cells = (f"`{row.variable}`", row.allowed, with_size(shown, default), row.description)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
