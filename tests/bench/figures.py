"""Results of a benchmark: printed as tables, and kept as a text under `deploy/benchmarks`."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "deploy" / "benchmarks"


@dataclass
class Table:
    """Rows of text under a head."""

    head: Sequence[str]
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, *cells: str) -> None:
        """One more row."""
        self.rows.append(cells)

    def lines(self) -> list[str]:
        """In Markdown, columns aligned."""
        every = [tuple(self.head), *self.rows]
        widths = [max(len(row[place]) for row in every) for place in range(len(self.head))]
        made = [
            "| "
            + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            + " |"
            for row in every
        ]
        rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
        return [made[0], rule, *made[1:]]


def record(name: str, title: str, how: str, tables: Sequence[Table], after: str = "") -> None:
    """Print the results and write them to `deploy/benchmarks/NAME.md`."""
    parts = [f"# {title}", how, f"Machine: {machine()}."]
    parts += ["\n".join(table.lines()) for table in tables]
    if after:
        parts.append(after)
    text = "\n\n".join(parts) + "\n"
    print(text)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.md").write_text(text)


def machine() -> str:
    """Processor, cores, memory and Python, in a line."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def shared_data() -> Path:
    """Where the labelled data lies: COPYDESK_SHARED_DATA, else beside the project."""
    beside = Path(__file__).parents[3] / "shared" / "data"
    return Path(os.environ.get("COPYDESK_SHARED_DATA") or beside)
