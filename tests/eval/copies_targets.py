"""What FOLD is to reach on real copies, and what it does reach."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.bench.figures import Table
from tests.eval.copies_run import COPYDESK, Counts, RealHalf, StoryHalf
from tests.eval.copies_tables import NAMES, number
from tests.eval.copy_counts import ALL, PairCounts, Share

FEWEST_STORIES = 10
"""A language with fewer in a half has no target of its own there."""

Value = float | None
Half = tuple[RealHalf, StoryHalf]


@dataclass(frozen=True, slots=True)
class Target:
    """A figure and its limit.

    Attributes:
        value: of a half: the figure, and what it is of (the worst language); None if there is none.
        least: whether the limit is the least or the most.
    """

    what: str
    limit: float
    value: Callable[[Half], tuple[Value, str]]
    least: bool = True

    def reached(self, value: Value) -> bool:
        """Whether a figure is within the limit; one that cannot be had is not."""
        if value is None:
            return False
        return value >= self.limit if self.least else value <= self.limit


def targets() -> list[Target]:
    """All of them, in the order of the page."""
    return [
        Target("translations: P of the worst language", 0.98, _worst_precision),
        Target("translations: P of all", 0.985, _pairs(lambda c: c.spun(ALL).precision)),
        Target(
            "translations, short: R of all", 0.80, _pairs(lambda c: c.spun(ALL, "short").recall)
        ),
        *(
            Target(f"translations, short: R, {NAMES[code]}", 0.90, _recall(code, "short"))
            for code in ("en", "fr", "de")
        ),
        *(
            Target(f"translations, long: R, {NAMES[code]}", least, _recall(code, "long"))
            for codes, least in (("en fr de cs ru he", 0.96), ("zh ja uk is hr ha", 0.90))
            for code in codes.split()
        ),
        *(
            target
            for code in ("hi", "th", "bho")
            for target in (
                Target(f"{NAMES[code]}: P", 0.95, _of(code, lambda pairs: pairs.precision)),
                Target(f"{NAMES[code]}: R", 0.70, _of(code, lambda pairs: pairs.recall)),
            )
        ),
        Target("Urdu: P", 0.95, _pairs(lambda c: c.of("reuse_ur", ALL).precision)),
        Target("Urdu: wholly derived", 0.75, _kinds("WD")),
        Target("Urdu: independent, wrongly", 0.05, _kinds("ND"), least=False),
        *(
            Target(f"rewritten: {kind}", least, _kinds(kind))
            for kind, least in (("light", 0.95), ("full", 0.80), ("farm", 0.70), ("brief", 0.85))
        ),
        Target(
            "other newsrooms' reports (own, sibling) merged",
            0.01,
            _kinds("own", "sibling"),
            least=False,
        ),
        Target("reports of one event (same event) merged", 0.01, _kinds("same_event"), least=False),
        Target("articles that are no copies, merged", 1 / 400, _kinds("distinct"), least=False),
        Target("English stories: B-cubed F, worst order", 0.995, lambda h: (_cubed(h[1]), "")),
        Target(
            "English stories: template pairs merged",
            0.0003,
            lambda h: (h[1].figures[COPYDESK].templates, ""),
            least=False,
        ),
        Target("English stories: agreement of orders", 0.99, lambda h: (h[1].agreement, "")),
        Target("index, bytes an article", 1000, lambda h: (h[0].index, ""), least=False),
    ]


def reached_table(test: Half, train: Half) -> Table:
    """Each target, its figures, and whether the test half reaches it."""
    table = Table(["what", "wanted", "test", "training", "reached on test"])
    for target in targets():
        test_value, said = target.value(test)
        sign = "at least" if target.least else "at most"
        limit = f"{target.limit:.4g}"
        outcome = "yes" if target.reached(test_value) else "**no**"
        table.add(
            target.what,
            f"{sign} {limit}",
            f"{_form(test_value)} {said}".strip(),
            " ".join((_form(target.value(train)[0]), target.value(train)[1])).strip(),
            outcome if test_value is not None else "nothing to measure",
        )
    return table


def missed(test: Half) -> Iterator[str]:
    """What the targets that the test half does not reach are about."""
    for target in targets():
        value, _ = target.value(test)
        if value is not None and not target.reached(value):
            yield target.what


def _form(value: Value) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if value > 10 else f"{value:.4f}" if 0 < value < 0.001 else number(value)


def _cubed(half: StoryHalf) -> float:
    return half.figures[COPYDESK].b_cubed[2]


def _counts(half: Half) -> Counts:
    return half[0].counts[COPYDESK]


def _pairs(value: Callable[[Counts], Value]) -> Callable[[Half], tuple[Value, str]]:
    return lambda half: (value(_counts(half)), "")


def _of(code: str, value: Callable[[PairCounts], Value]) -> Callable[[Half], tuple[Value, str]]:
    return _pairs(lambda counts: value(counts.spun(code)))


def _recall(code: str, length: str) -> Callable[[Half], tuple[Value, str]]:
    def value(half: Half) -> tuple[Value, str]:
        pairs = _counts(half).spun(code, length)
        return pairs.recall, f"({pairs.both} of {pairs.belong})"

    return value


def _kinds(*kinds: str) -> Callable[[Half], tuple[Value, str]]:
    def value(half: Half) -> tuple[Value, str]:
        share = _sum(_counts(half).kinds[kind] for kind in kinds)
        return share.part / share.total, f"({share})"

    return value


def _sum(shares: Iterable[Share]) -> Share:
    every: Sequence[Share] = list(shares)
    return Share(sum(s.part for s in every), sum(s.total for s in every))


def _worst_precision(half: Half) -> tuple[Value, str]:
    """Of the languages with enough stories."""
    found: dict[str, PairCounts] = {
        code: _counts(half).spun(code)
        for code, stories in half[0].stories.items()
        if stories >= FEWEST_STORIES
    }
    values = [(pairs.precision, NAMES[code]) for code, pairs in found.items() if pairs.put]
    worst = min(values, default=(None, ""))
    return worst if worst[0] != 1 else (1.0, "")
