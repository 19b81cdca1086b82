"""Prints an explanation of `copydesk explain` to the terminal."""

import re
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.fold.explain import Explanation
from service.fold.explain.model import (
    Agreement,
    ExplainedArticle,
    FeatureShare,
    Stretch,
    Verdict,
)
from service.text.printable import several_lines


class _HasText(Protocol):
    """Part of a sentence."""

    @property
    def text(self) -> str:
        """As it is in the text."""


Part = TypeVar("Part", bound=_HasText)

_BAR = " │ "
_NARROWEST = 12
_LEFT_TO_RIGHT = "\u200e"
"""Put around a cell with right-to-left words: without it, terminals that reorder bidirectional text
would swap the columns."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def isolated(line: Text) -> Text:
    """A line that does not change the direction of the text beside it."""
    if _RIGHT_TO_LEFT.search(line.plain) is None:
        return line
    return Text.assemble(_LEFT_TO_RIGHT, line, _LEFT_TO_RIGHT)


def print_beside(console: Console, left: Text, right: Text) -> None:
    """Print two texts side by side, wrapped to half the width each."""
    width = max((console.width - len(_BAR)) // 2, _NARROWEST)
    lines = [cell.wrap(console, width) for cell in (left, right)]
    for number in range(max(map(len, lines))):
        first, second = (
            column[number].copy() if number < len(column) else Text() for column in lines
        )
        first.rstrip()
        second.rstrip()
        first.pad_right(max(width - first.cell_len, 0))
        line = Text.assemble(isolated(first), (_BAR, "dim"), isolated(second))
        console.print(line, no_wrap=True, overflow="ignore", crop=False)


_WHY_ORIGINAL = {
    "agency_host": "it is the agency's own page",
    "named_by_copies": "the other refers to it",
    "earliest_published": "it was published first",
    "earliest_seen": "it was seen first",
    "first_arrived": "it came first",
}
_RELATION = {
    "verbatim": "a verbatim copy of",
    "trimmed": "a trimmed copy of",
    "edited": "an edited copy of",
    "spun": "a spun copy of",
    "rewritten": "a rewrite of",
    "translated": "a translation of",
    "update": "a later take of",
    "correction": "a correction of",
    "withdrawal": "a withdrawal of",
}


def print_explanation(console: Console, found: Explanation) -> None:
    """Print the verdict, its reasons, and both texts side by side.

    Words that only one of two aligned sentences has are coloured; without colour they are printed
    as [-only in A-] and {+only in B+}.
    """
    _print_verdict(console, found)
    print_head(console, "whose text")
    print_beside(console, described("A", found.a), described("B", found.b))
    print_stored(console, found)
    _print_score(console, found)
    _print_pairs(console, found)
    print_agreement(console, "numbers", found.numbers)
    print_agreement(console, "names", found.names)
    _print_sentences(console, found)


def _print_verdict(console: Console, found: Explanation) -> None:
    verdict = found.verdict
    console.print(
        Text(
            several_lines(verdict.summary), style="bold green" if verdict.same_story else "bold red"
        )
    )
    if verdict.same_story and verdict.relation is not None and verdict.copy_side is not None:
        console.print(Text(_relation(verdict)))
    shown = verdict.reasons if verdict.same_story else verdict.reasons[1:]
    for reason in shown:
        console.print(Text(several_lines(f"also: {reason.text}")))


def _relation(verdict: Verdict) -> str:
    copy = "A" if verdict.copy_side == "a" else "B"
    other = "B" if copy == "A" else "A"
    words = _RELATION.get(str(verdict.relation), f"{verdict.relation} of")
    line = f"{copy} is {words} {other}"
    if verdict.original is None:
        return line
    why = _WHY_ORIGINAL.get(verdict.original_why or "", verdict.original_why)
    return f"{line}; of the two, {verdict.original.upper()} is chosen as the original: {why}"


def described(letter: str, side: ExplainedArticle) -> Text:
    """Whose text it is, and where it was found."""
    text = Text(f"{letter}  ", style="bold")
    text.append(several_lines(side.title) or "(no title)", style="bold")
    lines = [] if side.url.startswith("file:") else [side.url]
    lines.append(f"in {side.source}")
    facts = [side.language, f"{side.words} words" + (" (the rest is not compared)" * side.cut)]
    lines.append(", ".join(facts))
    if side.fetched_at:
        lines.append(f"fetched {side.fetched_at}")
    if side.published:
        lines.append(f"published {side.published}")
    if side.agency:
        own = ", on its own page" if side.agencys_own_page else ""
        lines.append(f"credited to {side.agency_name or side.agency} ({side.confidence:.2f}){own}:")
        lines += [
            f"  {each.rule} in {each.where}: {' '.join(each.text.split())}"
            for each in side.evidence
        ]
    else:
        lines.append("credited to no agency")
    if side.revision:
        lines.append(f"marked as {side.revision.kind}: {side.revision.text}")
    for line in lines:
        text.append("\n" + several_lines(line), style="not bold")
    return text


def print_stored(console: Console, found: Explanation) -> None:
    """Print how the two are stored among all others, if they come from events."""
    if found.stored_together is None or found.a.stored is None or found.b.stored is None:
        return
    stored = [found.a.stored, found.b.stored]
    together = "one story" if found.stored_together else "two stories"
    console.print(Text(f"\nIn the stored events, among all others, they are in {together}:"))
    for letter, link in zip("AB", stored, strict=True):
        line = f"  {letter} {link.relation}, score {link.similarity:.2f}, in {link.story_id}"
        console.print(Text(line))


def _print_score(console: Console, found: Explanation) -> None:
    score = found.score
    print_head(console, "features")
    if score.start is None or score.log_odds is None:
        console.print(
            Text(
                "The verifier was not run and sentences were not compared, so the score is 0.",
                style="dim",
            )
        )
    else:
        console.print(
            Text(
                f"The score starts at {score.start:+.2f} (log-odds). The features move it, up for a"
                f" copy, to {score.log_odds:+.2f}, which is a score of {found.verdict.score:.2f};"
                f" one story needs {found.verdict.threshold:.2f}.",
                style="dim",
            )
        )
    print_features(console, score.features)


def print_features(console: Console, features: Sequence[FeatureShare]) -> None:
    """Print features as a table, those that moved the score most first."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("feature", no_wrap=True)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("moved", justify="right", no_wrap=True)
    table.add_column("share of (words: a count)")
    for feature in sorted(features, key=lambda each: -abs(each.moved or 0.0)):
        if feature.value is None:
            continue
        value = f"{feature.value:.0f}" if feature.value > 1 else f"{feature.value:.2f}"
        moved = Text("" if feature.moved is None else f"{feature.moved:+.2f}")
        if feature.moved:
            moved.stylize("green" if feature.moved > 0 else "red")
        table.add_row(feature.name, value, moved, feature.meaning)
    console.print(table)


def _print_pairs(console: Console, found: Explanation) -> None:
    keys = found.keys
    print_head(console, "candidate keys in common")
    count = len(keys.rare_pairs_shared)
    console.print(
        Text(
            f"{count} rare pairs, of {keys.rare_pairs_a} in A and {keys.rare_pairs_b} in B;"
            f" {keys.shingles_shared} shingles, of {keys.shingles_a} and {keys.shingles_b}",
            style="dim",
        )
    )
    pairs = []
    for pair in keys.rare_pairs_shared:
        printed = " + ".join(pair.a)
        if pair.b != pair.a:
            printed += f" ({' + '.join(pair.b)})"
        pairs.append(printed)
    print_list(console, "", pairs)


def print_agreement(console: Console, name: str, agreement: Agreement) -> None:
    """Print what both texts have, and what one has only."""
    print_head(console, name)
    both = [a if a == b else f"{a} ({b})" for a, b in agreement.both]
    print_list(console, "in both", both)
    print_list(console, "only in A", agreement.only_a, "red")
    print_list(console, "only in B", agreement.only_b, "green")


def print_list(console: Console, name: str, words: Sequence[str], style: str = "") -> None:
    """Print a list in one paragraph, after its name."""
    if not words:
        if name:
            console.print(Text(f"{name}: none", style="dim"))
        return
    line = Text(f"{name}: " if name else "", style="dim")
    line.append(several_lines(", ".join(words)), style=f"not dim {style}")
    for wrapped in line.wrap(console, console.width):
        wrapped.rstrip()
        console.print(isolated(wrapped), no_wrap=True, overflow="ignore", crop=False)


def _print_sentences(console: Console, found: Explanation) -> None:
    print_head(console, "sentences")
    plain = console.no_color or not console.is_terminal
    print_beside(console, Text("A", style="bold"), Text("B", style="bold"))
    for row in found.sentences:
        if row.a and row.b:
            left = _sentences(row.a, ("[-", "-]") if plain else None, "red")
            right = _sentences(row.b, ("{+", "+}") if plain else None, "green")
        elif row.a:
            left, right = _alone(row.a, "red"), Text("only in A", style="dim")
        else:
            left, right = Text("only in B", style="dim"), _alone(row.b, "green")
        print_beside(console, left, right)
        print_beside(console, Text(), Text())


def _alone(sentences: Sequence[Sequence[Stretch]], style: str) -> Text:
    """Sentences that are not aligned with any of the other text."""
    text = " ".join("".join(run.text for run in runs) for runs in sentences)
    return Text(several_lines(text).replace("\n", " "), style=style)


def _sentences(
    sentences: Sequence[Sequence[Stretch]], delimiters: tuple[str, str] | None, style: str
) -> Text:
    """Sentences, with the words highlighted that the other side lacks.

    Args:
        delimiters: texts to print before and after these words; None to use `style`.
    """

    def show(run: Stretch, printed: str) -> tuple[str, str]:
        if run.shared:
            return printed, ""
        return (printed, style) if delimiters is None else (_delimited(printed, delimiters), "")

    return in_parts(sentences, show)


def in_parts(
    sentences: Sequence[Sequence[Part]], show: Callable[[Part, str], tuple[str, str]]
) -> Text:
    """Return sentences whose parts are shown in different ways.

    Args:
        show: of a part and its text as it may be printed, returns what is printed, and its style.
    """
    text = Text()
    for number, parts in enumerate(sentences):
        if number:
            text.append(" ")
        for part in parts:
            text.append(*show(part, several_lines(part.text).replace("\n", " ")))
    return text


def _delimited(printed: str, delimiters: tuple[str, str]) -> str:
    """The words between the delimiters; spaces around the words stay outside."""
    words = printed.strip()
    return printed.replace(words, f"{delimiters[0]}{words}{delimiters[1]}") if words else printed


def print_head(console: Console, name: str) -> None:
    """Print the name of a part."""
    console.print()
    console.rule(Text(name, style="bold"), align="left", style="dim")
