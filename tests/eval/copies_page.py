"""The page on copies and its picture: prose around the tables, and bars of the methods."""

from tests.bench.figures import Table, machine
from tests.bench.picture import draw_bars
from tests.eval.baselines import COSINE, RULE
from tests.eval.copies_run import RealHalf, StoryHalf
from tests.eval.copies_tables import best_of_each, by_kind, by_language, by_method, of_stories
from tests.eval.copies_targets import missed, reached_table
from tests.eval.copy_counts import ALL

INTRODUCTION = """\
Made by `make copies`. Every cell has the figure of the half of the texts that nothing was tuned to,
and in brackets that of the half that the verifier of FOLD was trained on. P is the share of the
pairs put together that are copies of one another, R the share of the copies' pairs that were put
together; a pair is short if one of its texts has fewer than 150 words. All languages are in one
stream, together with articles that are no copies.

The texts: news documents in a human translation and up to three machine translations each, of one
source into one language (copies); Urdu agency texts and what newspapers made of them; reports of
one event by three outlets each, articles of many outlets (no copies); and rewrites by a language
model with other newsrooms' own reports of the same events. They may not be passed on, so the page
cannot be made without them.

What is compared:

- **copydesk** puts a text into a story: all pairs of a story count as put together, so that a
  wrong link costs it every pair behind it.
- **All others** count by the pairs that they link themselves, which is kinder to them: users group
  what is linked, and a wrong link then joins two groups. **MinHash-LSH** (128 permutations) and
  **Jaccard** take word 3-grams, **SimHash** words; where no spaces separate words, each character
  is one. Several settings were tried; by language the one with the best F1 on the training half is
  shown.
- **4-gram cosine** is that of character 4-grams weighted by tf-idf over the same texts, at
  {cosine}, and at {threshold}, the lowest threshold that merges at most 1 in 100 of other
  newsrooms' reports in the training half.
- **cosine, then Levenshtein {rule}** is the rule that a news API publishes. It finds its candidates
  by the cosine of embeddings; no model for these comes with copydesk, so the candidates are those
  of the 4-gram cosine. The second step decides: hardly a pair that it would let through is missing
  from them.

"Reports merged" are other newsrooms' own reports of an event that were put with any text of another
story."""

AFTER = """\
## What they mean

- Methods that look for common sequences of words find what was copied, half of the translations
  at best, and hardly a rewrite. The published rule with Levenshtein's similarity finds little but
  verbatim copies.
- The cosine of character 4-grams needs no word list, and at the lower threshold it finds more than
  copydesk does: rewrites, reuse in Urdu, long translations in several languages. The price is in
  the last two columns of the second table: it merges other reports of the same event, and in
  languages with few texts in the stream articles that have nothing to do with one another. At the
  threshold where it can tell copies from reports, it loses short texts and most rewrites.
- copydesk's verifier was trained on the training half; the baselines have nothing to train but one
  threshold. The gap between the two halves is what that is worth.
- Many cells stand on few texts: one more or less in "20 of 28" is .036. The numbers of pairs are in
  the tables.
- Every language of the translations is in both halves. What copydesk does in a language that it was
  never trained on cannot be read from this page.

## What falls short

{missed}"""


def page(test: tuple[RealHalf, StoryHalf], train: tuple[RealHalf, StoryHalf], step: float) -> str:
    """The page, in Markdown."""
    halves, stories = (test[0], train[0]), (test[1], train[1])
    methods = best_of_each(train[0])

    def section(title: str, *tables: Table) -> list[str]:
        return [f"## {title}", *("\n".join(table.lines()) for table in tables)]

    sizes = Table(["bytes an article", "test", "training"])
    sizes.add("candidate index", *(f"{half.index:.0f}" for half in halves))
    sizes.add("verification record", *(f"{half.record:.0f}" for half in halves))
    parts = [
        "# Copies found, beside published methods",
        INTRODUCTION.format(cosine=COSINE, threshold=step, rule=RULE),
        f"Machine: {machine()}.",
        "![Copies found by copydesk and by published methods](copies.png)",
        *section("What was wanted", reached_table(test, train)),
        *section("Translations, all languages", by_method(halves)),
        *section("Rewrites, reports, reuse", by_kind(halves)),
        *section("Short copies by language: R", by_language(halves, methods, "short")),
        *section("Long copies by language: R", by_language(halves, methods, "long")),
        *section("Copies by language: P", by_language(halves, methods, "P")),
        *section("English stories, grouped", of_stories(stories)),
        "Copies made by rule of agencies' texts, with traps. The others are grouped by single "
        "link; copydesk's B-cubed figures are those of the worst of three orders.",
        *section("Sizes", sizes),
        AFTER.format(missed="\n".join(f"- {what}" for what in missed(test)) or "Nothing."),
    ]
    return "\n\n".join(parts) + "\n"


def draw(test: RealHalf, train: RealHalf) -> None:
    """Bars of the methods on the test half."""
    panels: dict[str, dict[str, float]] = {
        "short copies found": {},
        "long copies found": {},
        "pairs that are copies": {},
        "rewritten in full, found": {},
        "other reports merged": {},
    }
    for name in best_of_each(train):
        counts = test.counts[name]
        full, reports = counts.kinds["full"], counts.kinds["reports"]
        values = (
            counts.spun(ALL, "short").recall,
            counts.spun(ALL, "long").recall,
            counts.spun(ALL).precision,
            full.part / full.total,
            reports.part / reports.total,
        )
        for panel, value in zip(panels.values(), values, strict=True):
            panel[name] = value or 0.0
    draw_bars("copies", "Copies found, texts that nothing was tuned to", panels, "png")
