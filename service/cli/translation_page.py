"""Prints what `copydesk explain` has found of two texts in two languages to the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from service.cli.explanation_page import (
    described,
    in_parts,
    print_agreement,
    print_beside,
    print_features,
    print_head,
    print_list,
    print_stored,
)
from service.fold.explain import Explanation
from service.link.explain import TranslationExplanation
from service.link.explain.model import Run
from service.text.printable import several_lines

_FACTS = ("number", "name")

_WHY = {
    "agency_host": "{source} is on its agency's own host",
    "named": "{other} names {source}",
    "says_so": "{other} says that it is one",
    "time": "{source} was published and fetched earlier",
}


def print_translation(console: Console, copies: Explanation, found: TranslationExplanation) -> None:
    """Print the verdict of LINK, its reasons, and both texts side by side.

    Numbers and names of both are coloured; without colour they are printed as [214]. Words of both
    are coloured only: they are listed with their English.

    Args:
        copies: the same two texts, as FOLD compares them.
    """
    verdict = found.verdict
    style = "bold green" if verdict.linked else "bold red"
    console.print(Text(several_lines(verdict.summary), style=style))
    if verdict.source is not None and verdict.why is not None:
        source, other = ("A", "B") if verdict.source == "a" else ("B", "A")
        why = _WHY[verdict.why].format(source=source, other=other)
        console.print(Text(f"{other} is a translation of {source}: {why}"))
    for reason in verdict.reasons[1:]:
        console.print(Text(several_lines(f"also: {reason.text}")))
    console.print(Text(several_lines(f"as copies: {copies.verdict.summary}"), style="dim"))
    print_head(console, "whose text")
    print_beside(console, described("A", copies.a), described("B", copies.b))
    print_stored(console, copies)
    _print_stored_link(console, copies)
    _print_score(console, found)
    print_head(console, "keys in common")
    line = f"{found.keys_shared}, of {found.keys_a} in A and {found.keys_b} in B"
    console.print(Text(line, style="dim"))
    print_agreement(console, "numbers", found.beside.numbers)
    print_agreement(console, "names", found.beside.names)
    print_head(console, "words in both")
    words = [f"{each.a} = {each.b} ({each.english})" for each in found.beside.words]
    print_list(console, "in English", words)
    _print_sentences(console, found)


def _print_stored_link(console: Console, copies: Explanation) -> None:
    """What LINK says of the two stories among all others, if it says anything of them."""
    stored = copies.a.stored, copies.b.stored
    if stored[0] is None or stored[1] is None:
        return
    linked = [
        other.story_id in own.translations
        for own, other in (stored, stored[::-1])
        if own is not None and other is not None and own.translations is not None
    ]
    if linked:
        are = "are" if any(linked) else "are not"
        console.print(Text(f"  the two stories {are} linked as translations"))


def _print_score(console: Console, found: TranslationExplanation) -> None:
    print_head(console, "features")
    line = (
        f"The score starts at {found.features.start:+.2f} (log-odds). The features move it, up for"
        f" a translation, to {found.features.log_odds:+.2f}, which is a score of"
        f" {found.verdict.score:.2f}; a link needs {found.verdict.threshold:.2f}."
    )
    console.print(Text(line, style="dim"))
    print_features(console, found.features.features)


def _print_sentences(console: Console, found: TranslationExplanation) -> None:
    print_head(console, "sentences")
    plain = console.no_color or not console.is_terminal
    print_beside(console, Text("A", style="bold"), Text("B", style="bold"))
    for row in found.beside.sentences:
        left = _sentences(row.a, plain) if row.a else Text("only in B", style="dim")
        right = _sentences(row.b, plain) if row.b else Text("only in A", style="dim")
        print_beside(console, left, right)
        print_beside(console, Text(), Text())


def _sentences(sentences: Sequence[Sequence[Run]], plain: bool) -> Text:
    """Sentences, with what the other side has too; `plain`: without colour."""

    def show(run: Run, printed: str) -> tuple[str, str]:
        if run.mark in _FACTS:
            return (f"[{printed}]", "") if plain else (printed, "bold green")
        return printed, "green" if run.mark and not plain else ""

    return in_parts(sentences, show)
