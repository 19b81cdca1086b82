"""Stories written for the tests, language by language: `python -m tests.eval.eval_tried`.

Prints what `deploy/LANGUAGES.md` says of the texts in `tests/fold/languages`: rewordings found and
traps folded, the verifier's scores, whether each paragraph's language is identified, and what would
be folded across languages if none were.
"""

from collections import Counter
from collections.abc import Iterable

from service.fold.verify.features import compare
from service.fold.verify.text_record import unpack
from service.fold.verify.verifier import LINK, score
from service.read.page.language import identify_language
from service.text.signature import sign
from tests.bench.figures import Table
from tests.eval.copy_counts import Share
from tests.fold.languages.pairs import (
    COPIES,
    Form,
    Pair,
    copies,
    languages,
    stories,
    strangers,
    translations,
    traps,
)
from tests.fold.test_languages import folded


def likeness(pair: Pair, language: str) -> float:
    """The verifier's score of two texts, were both in a language."""
    texts = (unpack(sign(text.text, language).record) for text in (pair.left, pair.right))
    return score(compare(*texts))


def share_folded(pairs: Iterable[Pair]) -> Share:
    """Of the pairs, each in a shard of its own, those that become one story."""
    outcomes = [folded(pair) for pair in pairs]
    return Share(sum(outcomes), len(outcomes))


def table_of_forms() -> Table:
    """Copies of each form found, and what must stay apart and was folded."""
    head = [
        "rewordings found",
        "trimmed",
        "wrapped",
        "traps folded",
        "pairs of other stories folded",
    ]
    table = Table(["language", *head])
    for language in languages():
        found = (share_folded(copies(language, *forms)) for forms in COPIES)
        apart = (share_folded(pairs(language)) for pairs in (traps, strangers))
        table.add(language, *(str(share) for share in (*found, *apart)))
    return table


def print_scores() -> None:
    """The lowest scores of rewordings and the highest of traps."""
    for language in languages():
        found = sorted(
            likeness(pair, language) for pair in copies(language, Form.STORY, Form.REWORDED)
        )
        highest = max(likeness(pair, language) for pair in traps(language))
        linked = [value for value in found if value >= LINK]
        missed = ", ".join(f"{value:.2f}" for value in found if value < LINK) or "none"
        print(
            f"  {language}: lowest score of a rewording from {LINK}: {min(linked):.2f}, below: "
            f"{missed}; highest of a trap: {highest:.2f}"
        )


def paragraphs_identified() -> Counter[str]:
    """How each paragraph's language is identified: "right", or as what, in words."""
    outcomes: Counter[str] = Counter()
    for language in languages():
        for forms in stories(language):
            for form, text in forms.items():
                if form is Form.WRAPPED:
                    continue
                for paragraph in text.text.split("\n\n"):
                    told = identify_language(paragraph)
                    outcomes["right" if told == language else f"{language} as {told}"] += 1
    return outcomes


def folded_as_unknown() -> list[str]:
    """The pairs of translations that are folded if no language is identified."""
    names = []
    for pair in translations():
        score_of_both = likeness(pair, "und")
        if score_of_both >= LINK:
            names.append(pair.name)
    return names


def main() -> None:
    print("\n".join(table_of_forms().lines()))
    print_scores()
    print("  paragraphs:", dict(paragraphs_identified()))
    every = list(translations())
    together = [pair.name for pair in every if folded(pair)]
    print(
        f"  translations folded: {len(together)} of {len(every)}; if undetermined: "
        f"{folded_as_unknown()}"
    )


if __name__ == "__main__":
    main()
