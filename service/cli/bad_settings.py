"""What is said of settings that cannot be: each with its name, its value, and what is allowed."""

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from service.cli.setting_rows import PREFIX, setting_rows

_ALIKE = 0.8
"""How alike (0 to 1, as difflib counts) two names are for one to be a slip of the other. Variables
that Kubernetes sets for each Service, as COPYDESK_PORT for one named copydesk, are less so."""

_LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class Unknown:
    """Variables that begin like ours and are no setting.

    Attributes:
        misspelled: with the name that was probably meant.
        strange: those like no setting.
    """

    misspelled: dict[str, str]
    strange: tuple[str, ...]


def explain(error: ValidationError) -> list[str]:
    """One line for each setting that is not allowed; the value of a secret is in none."""
    rows = {row.name: row for row in setting_rows()}
    lines = []
    for each in error.errors(include_url=False):
        name = str(each["loc"][0]) if each["loc"] else ""
        row = rows.get(name)
        # Our own validators say what is wrong; pydantic's words are for programmers.
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
    """What in the environment looks like a setting and is none."""
    known = {row.variable for row in setting_rows()}
    misspelled, strange = {}, []
    for name in sorted(environment):
        if not name.upper().startswith(PREFIX) or name.upper() in known:
            continue
        bare = name.upper().removeprefix(PREFIX)
        meant = difflib.get_close_matches(
            bare, [each.removeprefix(PREFIX) for each in known], n=1, cutoff=_ALIKE
        )
        if meant:
            misspelled[name] = PREFIX + meant[0]
        else:
            strange.append(name)
    return Unknown(misspelled, tuple(strange))


def _shortened(value: object) -> str:
    text = repr(",".join(map(str, value)) if isinstance(value, tuple) else value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}..."
