"""What is said of an input file that cannot be read."""

from pathlib import Path


class UnreadableInput(Exception):
    """A file or folder that cannot be read, or not to its end; `why` is for people, in a line."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(path, why)
        self.path = path
        self.why = why

    def __str__(self) -> str:
        return f"{self.path}: {self.why}"
