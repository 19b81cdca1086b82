"""The figures of all rounds, as a table for people and for deploy/GUARANTEES.md."""

from tests.faults.result import Result

_HEAD = ("fault", "times", "pages", "lost", "repeated", "p50 s", "p95 s", "held", "seen")


def render(results: dict[str, Result]) -> str:
    """A Markdown table: a row a round, in the order given.

    Pages lost, and repeats in all output topics, which all had the same id and bytes where the
    promises were held; seconds from a fault until pages fed after it were through.
    """
    rows = [_HEAD, tuple("---" for _ in _HEAD), *(_row(name, r) for name, r in results.items())]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(name: str, result: Result) -> tuple[str, ...]:
    verdict = result.verdict
    return (
        name,
        str(result.faults),
        str(verdict.pages),
        str(verdict.lost),
        str(verdict.repeated.total()),
        _seconds(result.recovery(0.5)),
        _seconds(result.recovery(0.95)),
        "no" if verdict.broken else "yes",
        "; ".join(result.notes),
    )


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"
