"""The lock files at the top level, read as far as our tests need it."""

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]

_PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; (?P<marker>.*?))? \\$", re.MULTILINE)


@dataclass(frozen=True)
class Pin:
    """One locked package; `marker` says on which machines, and is empty for all."""

    name: str
    version: str
    marker: str = ""

    def applies_here(self) -> bool:
        """Whether this Python on this machine would install it."""
        return not self.marker or Marker(self.marker).evaluate()


def read_lock(name: str) -> list[Pin]:
    """The pins of `requirements{name}.txt` itself, without those of the file that it adds to."""
    text = (ROOT / f"requirements{name}.txt").read_text()
    return [
        Pin(canonicalize_name(found["name"]), found["version"], found["marker"] or "")
        for found in _PIN.finditer(text)
    ]
