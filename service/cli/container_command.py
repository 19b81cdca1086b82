"""Which command a container runs, for the image's health check."""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

FIRST_PROCESS = Path("/proc/1/cmdline")
"""Words of a container's first process, each ended by a zero byte (proc(5))."""

_PROGRAM = "copydesk"


@dataclass(frozen=True, slots=True)
class Running:
    """A command with the words that it was given."""

    name: str
    words: tuple[str, ...] = ()


def first_command(names: Collection[str], source: Path = FIRST_PROCESS) -> Running | None:
    """The command that the first process was started with, also below an init such as tini; None
    if it is none of these names, or cannot be read (outside a container it is another program).
    """
    try:
        words = source.read_bytes().decode("utf-8", "replace").rstrip("\0").split("\0")
    except OSError:
        return None
    for at, word in enumerate(words[:-1]):
        if os.path.basename(word) == _PROGRAM and words[at + 1] in names:  # noqa: PTH119 - of a word
            return Running(words[at + 1], tuple(words[at + 2 :]))
    return None
