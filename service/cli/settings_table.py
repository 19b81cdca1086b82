"""The settings as rows for people, and the documentation page of `copydesk config --markdown`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.settings import MEBIBYTE, Settings

PREFIX = "COPYDESK_"


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting.

    Attributes:
        name: the field of `Settings`.
        variable: the environment variable that sets it.
        allowed: the allowed values, worded to follow "must be".
        default: as written in the variable; empty if there is none.
        secret: whether its value must not be printed.
    """

    name: str
    variable: str
    allowed: str
    default: str
    description: str
    secret: bool


def setting_rows() -> tuple[SettingRow, ...]:
    """All settings, in the order of the model."""
    schemas = Settings.model_json_schema()["properties"]
    return tuple(
        SettingRow(
            name=name,
            variable=PREFIX + name.upper(),
            allowed=_allowed(_without_null(schemas[name])),
            default=as_text(field.get_default(call_default_factory=True, validated_data={})),
            description=field.description or "",
            secret=bool(_without_null(schemas[name]).get("writeOnly")),
        )
        for name, field in Settings.model_fields.items()
    )


def as_text(value: object) -> str:
    """A value as written in its variable; secrets are masked."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, float):
        return f"{value:g}"
    return value.as_posix() if isinstance(value, Path) else str(value)


def with_size(text: str, value: object) -> str:
    """The text of a value; whole mebibytes are added in brackets."""
    if isinstance(value, int) and value >= MEBIBYTE and value % MEBIBYTE == 0:
        return f"{text} ({value // MEBIBYTE} MiB)"
    return text


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a variable's values: without null, which stands for an unset variable."""
    kinds = [kind for kind in schema.get("anyOf", [schema]) if kind.get("type") != "null"]
    shared = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**kinds[0], **shared}


def _allowed(schema: dict[str, Any]) -> str:
    if "allowed" in schema:
        return str(schema["allowed"])
    if "enum" in schema:
        return _one_of(schema["enum"])
    kind = schema["type"]
    if kind == "boolean":
        return "true or false"
    if kind == "integer":
        return "a whole number" + _bounds(schema)
    if kind == "number":
        return "a number" + _bounds(schema)
    if kind == "array":
        return "names separated by commas"
    return "a path" if schema.get("format") == "path" else "text"


def _one_of(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _bounds(schema: dict[str, Any]) -> str:
    low, above, high = (schema.get(key) for key in ("minimum", "exclusiveMinimum", "maximum"))
    parts = []
    if low is not None and high is not None:
        return f" from {low:g} to {high:g}" if high < 1e6 else f" from {low} to {high}"
    if low is not None:
        parts.append(f" of at least {low}")
    if above is not None:
        parts.append(f" above {above:g}")
    if high is not None:
        parts.append(f" of at most {high:g}" if not parts else f" and at most {high:g}")
    return "".join(parts)


_HEAD = """# Settings

All settings of copydesk. They are environment variables. This page is made by `make settings`; a
test checks that it agrees with the model in `service/settings.py`.

An empty variable counts as not set. If a value is not allowed, or a variable looks like a
misspelled setting, every command ends with exit code 2 before it does anything, and prints the
name, the value and what is allowed. For any other variable that begins with `COPYDESK_` it prints a
warning. `copydesk config` prints the current settings and where each comes from; secrets are
masked.

| variable | allowed | default | meaning |
|---|---|---|---|
"""


def settings_page() -> str:
    """The page in Markdown; depends only on the model."""
    return _HEAD + "".join(map(_line, setting_rows()))


def _line(row: SettingRow) -> str:
    default = Settings.model_fields[row.name].default
    shown = f"`{row.default}`" if row.default else ""
    cells = (f"`{row.variable}`", row.allowed, with_size(shown, default), row.description)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
