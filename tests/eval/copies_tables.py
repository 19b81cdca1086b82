"""The tables of the page on copies; every cell has `test (train)`."""

from collections.abc import Callable, Sequence

from tests.bench.figures import Table
from tests.eval.copies_run import COPYDESK, Counts, RealHalf, StoryFigures, StoryHalf
from tests.eval.copy_counts import ALL, OTHERS, REWRITES, PairCounts, Share

Halves = tuple[RealHalf, RealHalf]
"""Test, train."""

NAMES = {
    "bho": "Bhojpuri",
    "cs": "Czech",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "ha": "Hausa",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "is": "Icelandic",
    "ja": "Japanese",
    "ru": "Russian",
    "th": "Thai",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "zh": "Chinese",
}
"""Languages of the labelled texts."""

FAMILIES = ("MinHash-LSH", "SimHash-64", "exact Jaccard")


def best_of_each(train: RealHalf) -> list[str]:
    """copydesk, the cosines, the news API's rule, and of each other family of methods the setting
    with the highest F1 on the translations of the training half."""

    def f1(name: str) -> float:
        pairs = train.counts[name].spun(ALL)
        return 2 * pairs.both / (pairs.belong + pairs.put)

    chosen = {max((n for n in train.counts if n.startswith(family)), key=f1) for family in FAMILIES}
    return [n for n in train.counts if n in chosen or not n.startswith(FAMILIES)]


def both(halves: Halves, name: str, value: Callable[[Counts], float | Share | None]) -> str:
    """A cell: of the test half, and of the training half in brackets."""
    test, train = (number(value(half.counts[name])) for half in halves)
    return f"{test} ({train})" if (test, train) != ("", "") else ""


def number(value: float | Share | None) -> str:
    """A share with three figures, or how many of how many."""
    if value is None:
        return ""
    return str(value) if isinstance(value, Share) else f"{value:.3f}".removeprefix("0")


def by_method(halves: Halves) -> Table:
    """All translations together, and what is no copy."""
    table = Table(["method", "P", "R short", "R long", "reports merged", "other articles merged"])
    for name in halves[0].counts:
        table.add(
            name,
            both(halves, name, lambda counts: counts.spun(ALL).precision),
            both(halves, name, lambda counts: counts.spun(ALL, "short").recall),
            both(halves, name, lambda counts: counts.spun(ALL, "long").recall),
            both(halves, name, lambda counts: counts.kinds["reports"]),
            both(halves, name, lambda counts: counts.kinds[OTHERS[1]]),
        )
    return table


def by_kind(halves: Halves) -> Table:
    """What became of rewrites, of other newsrooms' reports, and of agency texts in Urdu."""
    kinds = {kind: kind for kind in REWRITES} | {
        "own": "own",
        "sibling": "sibling",
        "same_event": "same event",
        "WD": "wholly derived",
        "PD": "partly derived",
        "ND": "independent",
    }

    def share_of(kind: str) -> Callable[[Counts], Share | None]:
        return lambda counts: counts.kinds.get(kind)

    table = Table(["method", *kinds.values()])
    for name in halves[0].counts:
        cells = (both(halves, name, share_of(kind)) for kind in kinds)
        table.add(name, *cells)
    return table


def by_language(halves: Halves, methods: Sequence[str], what: str) -> Table:
    """One measure of each language's translations.

    Args:
        what: "P" (all lengths), "short" or "long" (recall of such pairs).
    """
    table = Table(["language", "pairs", *methods])
    for code in sorted(halves[1].stories, key=lambda code: NAMES[code]):

        def pairs(counts: Counts, code: str = code) -> PairCounts:
            return counts.spun(code, *([] if what == "P" else [what]))

        belong = [pairs(half.counts[COPYDESK]).belong for half in halves]
        if any(belong):
            table.add(
                NAMES[code],
                f"{belong[0]} ({belong[1]})",
                *(
                    both(
                        halves,
                        name,
                        lambda c: pairs(c).precision if what == "P" else pairs(c).recall,
                    )
                    for name in methods
                ),
            )
    return table


def of_stories(halves: tuple[StoryHalf, StoryHalf]) -> Table:
    """The English stories of the project's own making."""
    table = Table(
        ["method", "B-cubed P", "B-cubed R", "B-cubed F", "template pairs merged", "swapped merged"]
    )

    def cell(name: str, value: Callable[[StoryFigures], float], form: str) -> str:
        test = format(value(halves[0].figures[name]), form)
        train = halves[1].figures.get(name)
        return f"{test} ({format(value(train), form)})" if train else test

    for name in halves[0].figures:
        table.add(
            name,
            cell(name, lambda f: f.b_cubed[0], ".4f"),
            cell(name, lambda f: f.b_cubed[1], ".4f"),
            cell(name, lambda f: f.b_cubed[2], ".4f"),
            cell(name, lambda f: f.templates, ".3%"),
            cell(name, lambda f: f.swapped, ".2%"),
        )
    return table


def languages(halves: Halves) -> Table:
    """copydesk alone, language by language, in numbers of pairs."""
    head = [
        f"{half}: {what}" for half in ("test", "training") for what in ("short", "long", "wrong")
    ]
    table = Table(["language", *head])
    rows = [(NAMES[code], code) for code in halves[1].stories]
    for name, code in [*sorted(rows), ("all", ALL)]:
        cells = []
        for half in halves:
            counts = half.counts[COPYDESK]
            short, long = (counts.spun(code, length) for length in ("short", "long"))
            cells += [f"{p.both} of {p.belong}" if p.belong else "" for p in (short, long)]
            cells.append(str((short + long).put - (short + long).both))
        table.add(name, *cells)
    return table


def kinds_of_copydesk(halves: Halves) -> Table:
    """copydesk alone, by kind of text, in numbers of texts."""
    kinds = {
        "light": "rewritten sentence by sentence, found",
        "full": "rewritten in another order, found",
        "farm": "rewritten as a page for search engines, found",
        "brief": "rewritten as a brief, found",
        "WD": "Urdu, wholly derived from the agency's text, found",
        "PD": "Urdu, partly derived, found",
        "ND": "Urdu, independent, wrongly put with the agency's text",
        "own": "another newsroom's own report, wrongly put with any text of another story",
        "sibling": "three outlets' reports of the event of a rewritten article, so put",
        "same_event": "three outlets' reports of other events, so put",
        "distinct": "articles that are no copies, so put",
    }
    table = Table(["texts", "test", "training"])
    for kind, said in kinds.items():
        table.add(said, *(str(half.counts[COPYDESK].kinds.get(kind, "")) for half in halves))
    return table
