"""Reads a Dockerfile into stages of instructions, as far as our own needs it."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Stage:
    """One FROM and what follows it: the instructions in order, each a name and its arguments."""

    base: str
    name: str
    instructions: list[tuple[str, str]] = field(default_factory=list)

    def arguments(self, instruction: str) -> list[str]:
        """The arguments of every such instruction, in order."""
        return [rest for name, rest in self.instructions if name == instruction]


def read_stages(path: Path) -> list[Stage]:
    """The file's stages, with default values of the ARGs before the first FROM filled in."""
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    logical = "\n".join(lines).replace("\\\n", " ").splitlines()
    defaults: dict[str, str] = {}
    stages: list[Stage] = []
    for line in filter(str.strip, logical):
        name, _, rest = line.strip().partition(" ")
        rest = " ".join(rest.split())
        if name == "FROM":
            base, _, alias = rest.partition(" AS ")
            for argument, value in defaults.items():
                base = base.replace(f"${{{argument}}}", value)
            stages.append(Stage(base, alias))
        elif stages:
            stages[-1].instructions.append((name, rest))
        elif name == "ARG":
            argument, _, value = rest.partition("=")
            defaults[argument] = value
    return stages
