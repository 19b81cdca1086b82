"""An explanation as a page for the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.cli.two_columns import isolated, print_beside, printable
from service.story.explanation import Explanation
from service.story.explanation.model import Agreement, Run, Signed, Verdict

_WHY_ORIGINAL = {
    "agency_host": "it is the agency's own page",
    "named_by_copies": "the other names it",
    "earliest_published": "it was published first",
    "earliest_seen": "it was seen first",
}
_RELATION = {
    "verbatim": "a verbatim copy of",
    "trimmed": "a trimmed copy of",
    "edited": "an edited copy of",
    "spun": "a spun copy of",
    "translated": "a translation of",
    "update": "a later take of",
    "correction": "a correction of",
    "withdrawal": "a withdrawal of",
}


def print_explanation(console: Console, found: Explanation) -> None:
    """Print the verdict, then what it rests on, then both texts side by side.

    Words of A that its partner in B lacks, and the other way round, are marked: by colour, or where
    there is none as [-only in A-] and {+only in B+}.
    """
    _print_verdict(console, found)
    _head(console, "whose text")
    print_beside(console, _described("A", found.a), _described("B", found.b))
    _print_stored(console, found)
    _print_score(console, found)
    _print_pairs(console, found)
    _print_agreement(console, "numbers", found.numbers)
    _print_agreement(console, "names", found.names)
    _print_sentences(console, found)


def _print_verdict(console: Console, found: Explanation) -> None:
    verdict = found.verdict
    console.print(
        Text(printable(verdict.summary), style="bold green" if verdict.same_story else "bold red")
    )
    if verdict.same_story and verdict.relation is not None and verdict.copy_side is not None:
        console.print(Text(_relation(verdict)))
    shown = verdict.reasons if verdict.same_story else verdict.reasons[1:]
    for reason in shown:
        console.print(Text(printable(f"also: {reason.text}")))


def _relation(verdict: Verdict) -> str:
    copy = "A" if verdict.copy_side == "a" else "B"
    other = "B" if copy == "A" else "A"
    words = _RELATION.get(str(verdict.relation), f"{verdict.relation} beside")
    line = f"{copy} is {words} {other}"
    if verdict.original is None:
        return line
    why = _WHY_ORIGINAL.get(verdict.original_why or "", verdict.original_why)
    return f"{line}; of the two, {verdict.original.upper()} is taken for the original: {why}"


def _described(letter: str, side: Signed) -> Text:
    text = Text(f"{letter}  ", style="bold")
    text.append(printable(side.title) or "(no title)", style="bold")
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
        lines.append(f"signed by {side.agency_name or side.agency} ({side.confidence:.2f}){own}:")
        lines += [
            f"  {each.rule} in {each.where}: {' '.join(each.text.split())}"
            for each in side.evidence
        ]
    else:
        lines.append("signed by no agency")
    if side.revision:
        lines.append(f"marked as {side.revision.kind}: {side.revision.text}")
    for line in lines:
        text.append("\n" + printable(line), style="not bold")
    return text


def _print_stored(console: Console, found: Explanation) -> None:
    if found.stored_together is None or found.a.stored is None or found.b.stored is None:
        return
    places = [found.a.stored, found.b.stored]
    together = "one story" if found.stored_together else "two stories"
    console.print(Text(f"\nIn the stored events, among all others, they are in {together}:"))
    for letter, place in zip("AB", places, strict=True):
        line = f"  {letter} {place.relation}, score {place.similarity:.2f}, in {place.story_id}"
        console.print(Text(line))


def _print_score(console: Console, found: Explanation) -> None:
    score = found.score
    _head(console, "features")
    if score.start is None or score.log_odds is None:
        console.print(
            Text(
                "The model was not asked, and sentences were not compared: the score is 0.",
                style="dim",
            )
        )
    else:
        console.print(
            Text(
                f"The score begins at {score.start:+.2f} (log-odds); each feature moves it, up for"
                f" a copy, to {score.log_odds:+.2f}, which is {found.verdict.score:.2f};"
                f" {found.verdict.threshold:.2f} is enough.",
                style="dim",
            )
        )
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("feature", no_wrap=True)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("moved", justify="right", no_wrap=True)
    table.add_column("share of (but for words, a count)")
    for feature in sorted(score.features, key=lambda each: -abs(each.moved or 0.0)):
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
    _head(console, "candidate keys in common")
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
    _print_list(console, "", pairs)


def _print_agreement(console: Console, name: str, agreement: Agreement) -> None:
    _head(console, name)
    both = [a if a == b else f"{a} ({b})" for a, b in agreement.both]
    _print_list(console, "in both", both)
    _print_list(console, "only in A", agreement.only_a, "red")
    _print_list(console, "only in B", agreement.only_b, "green")


def _print_list(console: Console, name: str, words: Sequence[str], style: str = "") -> None:
    """A named list, in one paragraph."""
    if not words:
        if name:
            console.print(Text(f"{name}: none", style="dim"))
        return
    line = Text(f"{name}: " if name else "", style="dim")
    line.append(printable(", ".join(words)), style=f"not dim {style}")
    for wrapped in line.wrap(console, console.width):
        wrapped.rstrip()
        console.print(isolated(wrapped), no_wrap=True, overflow="ignore", crop=False)


def _print_sentences(console: Console, found: Explanation) -> None:
    _head(console, "sentences")
    marks = console.no_color or not console.is_terminal
    print_beside(console, Text("A", style="bold"), Text("B", style="bold"))
    for row in found.sentences:
        if row.a and row.b:
            left = _sentences(row.a, ("[-", "-]") if marks else None, "red")
            right = _sentences(row.b, ("{+", "+}") if marks else None, "green")
        elif row.a:
            left, right = _alone(row.a, "red"), Text("only in A", style="dim")
        else:
            left, right = Text("only in B", style="dim"), _alone(row.b, "green")
        print_beside(console, left, right)
        print_beside(console, Text(), Text())


def _alone(sentences: Sequence[Sequence[Run]], style: str) -> Text:
    """Sentences that have no partner."""
    text = " ".join("".join(run.text for run in runs) for runs in sentences)
    return Text(printable(text).replace("\n", " "), style=style)


def _sentences(
    sentences: Sequence[Sequence[Run]], marks: tuple[str, str] | None, style: str
) -> Text:
    """Sentences with the words marked that the other side lacks."""
    text = Text()
    for number, runs in enumerate(sentences):
        if number:
            text.append(" ")
        for run in runs:
            printed = printable(run.text).replace("\n", " ")
            if run.shared:
                text.append(printed)
            elif marks is None:
                text.append(printed, style=style)
            else:
                text.append(_marked(printed, marks))
    return text


def _marked(printed: str, marks: tuple[str, str]) -> str:
    """Marks around the words, inside the space around these."""
    words = printed.strip()
    return printed.replace(words, f"{marks[0]}{words}{marks[1]}") if words else printed


def _head(console: Console, name: str) -> None:
    console.print()
    console.rule(Text(name, style="bold"), align="left", style="dim")
