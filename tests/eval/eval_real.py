"""How well real copies are folded: `python -m tests.eval.eval_real [--set train|test]`.

Streams real texts in many languages (see `tests.eval.real_rows`) through READ's identification of
the language, the signature and one shard, and prints precision and recall of pairs by language and
by length, what became of rewrites, and which texts were wrongly put together.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from service.contract.story import Relation
from service.read.page.language import identify_language
from tests.eval.eval_stories import prepare, stream
from tests.eval.real_rows import DATA, RealRow, load_real

STREAMS = (("spun", "reuse_ur", "same_event", "distinct"), ("rewritten",), ("translated",))
"""Sets that share texts are streamed apart."""

SHORT = 150
"""A pair is short if one of its texts has fewer words: tokens of the signature."""

REWRITES = ("light", "full", "farm", "brief")
REUSED = (*REWRITES, "WD", "PD")
NO_COPIES = ("own", "sibling")


@dataclass(slots=True)
class PairCounts:
    """Pairs of one language and length: that belong together, put together, and both."""

    belong: int = 0
    put: int = 0
    both: int = 0

    def __str__(self) -> str:
        precision = f"{self.both / self.put:.3f}" if self.put else "-"
        recall = f"{self.both / self.belong:.3f}" if self.belong else "-"
        return f"P {precision:>5} R {recall:>5} ({self.both} of {self.belong}, {self.put} put)"


def count_pairs(
    rows: Sequence[RealRow], words: Sequence[int], found: Mapping[int, str]
) -> dict[tuple[str, str, str], PairCounts]:
    """Count pairs by set, language and length; a wrong pair counts for the language of both."""
    counts: dict[tuple[str, str, str], PairCounts] = defaultdict(PairCounts)

    def cell(a: int, b: int) -> PairCounts:
        length = "short" if min(words[a], words[b]) < SHORT else "long"
        languages = sorted({rows[a].language, rows[b].language})
        return counts[rows[a].set, "/".join(languages), length]

    for a, b in _pairs_within(row.story for row in rows):
        counted = cell(a, b)
        counted.belong += 1
        counted.both += found[a] == found[b]
    for a, b in _pairs_within(found[n] for n in range(len(rows))):
        cell(a, b).put += 1
    return counts


def _pairs_within(labels: Iterable[str]) -> Iterable[tuple[int, int]]:
    members: dict[str, list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        members[label].append(number)
    for own in members.values():
        yield from combinations(own, 2)


def report_pairs(counts: Mapping[tuple[str, str, str], PairCounts]) -> None:
    """Print a line for each set and language, and for all spun texts."""
    for name, language in sorted({key[:2] for key in counts}):
        parts = {length: counts.get((name, language, length)) for length in ("short", "long")}
        cells = "  ".join(f"{length}: {part or '-'!s:<44}" for length, part in parts.items())
        print(f"  {name:<10} {language:<6} {cells}")
    for length in ("short", "long"):
        total = PairCounts()
        for key, part in counts.items():
            if key[0] == "spun" and key[2] == length:
                total.belong += part.belong
                total.put += part.put
                total.both += part.both
        print(f"  spun, all, {length}: {total}")


def report_merged(rows: Sequence[RealRow], found: Mapping[int, str]) -> None:
    """Print what was put with a text of another story, and the share of rewrites found."""
    holders: dict[str, set[str]] = defaultdict(set)
    for number, row in enumerate(rows):
        holders[found[number]].add(row.story)
    kinds: dict[str, Counter[bool]] = defaultdict(Counter)
    sources = {row.story: n for n, row in enumerate(rows) if row.kind == "source"}
    for number, row in enumerate(rows):
        if row.set in ("same_event", "distinct") or row.kind in NO_COPIES:
            kinds[f"{row.set} {row.kind} merged"][len(holders[found[number]]) > 1] += 1
        elif row.kind in REUSED:
            source = sources[row.story]
            kinds[f"{row.kind} found"][found[number] == found[source]] += 1
        elif row.set == "reuse_ur" and row.kind == "ND":
            source = sources[row.story.rsplit("|", 1)[0]]
            kinds["ND with its source"][found[number] == found[source]] += 1
    for kind, outcome in sorted(kinds.items()):
        total = outcome.total()
        print(f"  {kind}: {outcome[True]} of {total} ({outcome[True] / total:.3f})")


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
    options = parser.parse_args()
    for sets in STREAMS[: options.streams]:
        rows = load_real(options.set, sets, options.data)
        if options.part > 1:
            events = {event: n for n, event in enumerate(sorted({row.event for row in rows}))}
            rows = [row for row in rows if events[row.event] % options.part == 0]
        languages = [identify_language(row.text) for row in rows]
        articles, signing = prepare(rows, languages)
        words = [each.signature.words for each in articles]
        run = stream(articles, options.seed, join_rewrites=options.rewrites == "on")
        found = run.found
        print(f"{', '.join(sets)}: {len(rows)} texts, signed in {signing:.1f} s of CPU")
        report_pairs(count_pairs(rows, words, found))
        report_merged(rows, found)
        report_relations(rows, run.relations)
        missed = Counter(
            f"{row.language} as {language}"
            for row, language in zip(rows, languages, strict=True)
            if row.language != language
        )
        print("  identified as another language:", dict(missed.most_common(20)))


if __name__ == "__main__":
    main()
