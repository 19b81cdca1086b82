"""How well real copies are folded: `python -m tests.eval.eval_real [--set train|test]`.

Streams real texts in many languages (see `tests.eval.real_rows`) through READ's identification of
the language, the signature and one shard, and prints precision and recall of pairs by language and
by length, what became of rewrites, and which texts were wrongly put together.

With `--news-copy ARTICLES LABELS` or `--core FILE` it takes instead a public set that its user has
(see `tests.eval.public_sets`).
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from service.contract.story import Relation
from tests.eval.copy_counts import Cell, PairCounts, count_kinds, count_pairs
from tests.eval.public_sets import load_core, load_news_copy
from tests.eval.real_rows import DATA, RealRow, load_real
from tests.eval.real_run import STREAMS, index_bytes, otherwise_identified, place, record_bytes


def report_pairs(counts: Mapping[Cell, PairCounts]) -> None:
    """Print a line for each set and language, and for all languages of a set."""
    for name, language in sorted({cell[:2] for cell in counts}):
        parts = {length: counts.get((name, language, length)) for length in ("short", "long")}
        cells = "  ".join(f"{length}: {part or '-'!s:<48}" for length, part in parts.items())
        print(f"  {name:<10} {language:<6} {cells}")


def report(name: str, rows: Sequence[RealRow], seed: int, *, join_rewrites: bool) -> None:
    """Place a stream of texts, and print what became of them."""
    placed = place(rows, seed, join_rewrites=join_rewrites)
    print(f"{name}: {len(rows)} texts, signed in {placed.signing:.1f} s of CPU")
    report_pairs(count_pairs(rows, placed.words, placed.put))
    for kind, share in sorted(count_kinds(rows, placed.put).items()):
        print(f"  {kind}: {share} ({share.part / share.total:.3f})")
    report_relations(rows, placed.relations)
    missed = otherwise_identified(rows, placed.languages)
    print("  identified as another language:", dict(missed.most_common(20)))
    print(
        f"  bytes an article: {index_bytes(placed.articles):.0f} in the index, "
        f"{record_bytes(placed.articles):.0f} of verification record"
    )


def chosen(options: argparse.Namespace) -> Iterator[tuple[str, list[RealRow]]]:
    """Name and texts of each stream."""
    if options.news_copy:
        yield "NEWS-COPY", load_news_copy(*options.news_copy)
    if options.core:
        yield "CORE", load_core(options.core)
    if options.news_copy or options.core:
        return
    for sets in STREAMS[: options.streams]:
        rows = load_real(options.set, sets, options.data)
        if options.part > 1:
            events = {event: n for n, event in enumerate(sorted({row.event for row in rows}))}
            rows = [row for row in rows if events[row.event] % options.part == 0]
        yield ", ".join(sets), rows


def report_relations(rows: Sequence[RealRow], relations: Mapping[int, Relation]) -> None:
    """Print the share of each kind called rewritten, of those put into a story that was there."""
    called: dict[str, Counter[bool]] = defaultdict(Counter)
    for number, relation in relations.items():
        row = rows[number]
        if relation is not Relation.ORIGINAL:
            english = "en" if row.language == "en" else "other languages"
            kind = f"spun, {english}" if row.set == "spun" else f"{row.set} {row.kind}"
            called[kind][relation is Relation.REWRITTEN] += 1
    for kind, outcome in sorted(called.items()):
        total = outcome.total()
        print(
            f"  {kind} called rewritten: {outcome[True]} of {total} ({outcome[True] / total:.3f})"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--set", choices=["train", "test"], default="train")
    parser.add_argument("--part", type=int, default=1, help="every n-th story only")
    parser.add_argument("--streams", type=int, default=2, help="the first n streams only")
    parser.add_argument("--seed", type=int, default=1, help="of the order of arrival")
    parser.add_argument("--rewrites", choices=["on", "off"], default="on", help="put into stories")
    parser.add_argument("--news-copy", type=Path, nargs=2, metavar=("ARTICLES", "LABELS"))
    parser.add_argument("--core", type=Path, metavar="FILE")
    options = parser.parse_args()
    for name, rows in chosen(options):
        report(name, rows, options.seed, join_rewrites=options.rewrites == "on")


if __name__ == "__main__":
    main()
