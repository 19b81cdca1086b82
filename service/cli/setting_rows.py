"""Every setting as a row for people: its variable, what is allowed, its default, what it does."""

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
        allowed: what may stand there, as the end of "must be ...".
        default: as it would stand in the variable; empty where there is none.
        secret: whether its value is shown to nobody.
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
    """A value as it would stand in its variable; a secret stays masked."""
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
    """The text of a value, and beside whole mebibytes how many they are."""
    if isinstance(value, int) and value >= MEBIBYTE and value % MEBIBYTE == 0:
        return f"{text} ({value // MEBIBYTE} MiB)"
    return text


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of what may stand in a variable: not setting it is the only null."""
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
        return "names parted by commas"
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
