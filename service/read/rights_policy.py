"""What a deployment makes of statements about the use of a page: ignore, mark or reject, for each
word. Which of these is right is the operator's to decide."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.contract.rights import RESTRICTIONS, STATEMENTS, RightsWord

IGNORE, DEFAULT, REJECT = ACTIONS = ("ignore", "mark", "reject")
WORDS = (*RESTRICTIONS, *STATEMENTS)
LONGEST_SHOWN = 40  # characters of an entry in an error message


@dataclass(frozen=True, slots=True)
class RightsPolicy:
    """Words that are not marked, which is what becomes of all others.

    Attributes:
        ignored: these are left out of the article.
        rejected: a page is rejected if one of these restricts its use.
    """

    ignored: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()

    def action(self, word: str) -> str:
        """Return what becomes of a word: `ignore`, `mark` or `reject`."""
        if word in self.rejected:
            return REJECT
        return IGNORE if word in self.ignored else DEFAULT

    def kept(self, words: Iterable[RightsWord]) -> tuple[RightsWord, ...]:
        """Return the words that an article keeps."""
        return tuple(each for each in words if each.word not in self.ignored)

    def rejecting(self, word: str) -> "RightsPolicy":
        """Return this policy, with `reject` for one more word."""
        return RightsPolicy(self.ignored - {word}, self.rejected | {word})


def read_policy(entries: Iterable[str]) -> RightsPolicy:
    """Return the policy in entries such as `noai=reject`.

    Raises:
        ValueError: an unknown word or action, a word twice, or `reject` for a word that restricts
            nothing.
    """
    actions = read_actions(entries)
    ignored, rejected = (
        frozenset(word for word, action in actions.items() if action == chosen)
        for chosen in (IGNORE, REJECT)
    )
    return RightsPolicy(ignored, rejected)


def read_actions(entries: Iterable[str]) -> dict[str, str]:
    """Return the action of each word that the entries name; raises as `read_policy`."""
    actions: dict[str, str] = {}
    for entry in entries:
        word, separator, action = (part.strip().lower() for part in entry.partition("="))
        if not separator:
            raise ValueError(f"{entry[:LONGEST_SHOWN]!r} is not WORD=ACTION, as in noai=reject")
        if word not in WORDS:
            raise ValueError(f"unknown: {word[:LONGEST_SHOWN]}; known: {', '.join(WORDS)}")
        if action not in ACTIONS:
            shown = f"{word}={action[:LONGEST_SHOWN]}"
            raise ValueError(f"{shown}: the action must be {IGNORE}, {DEFAULT} or {REJECT}")
        if action == REJECT and word in STATEMENTS:
            raise ValueError(f"{word} restricts nothing: it can be {IGNORE} or {DEFAULT}")
        if word in actions:
            raise ValueError(f"{word} is named twice")
        actions[word] = action
    return actions
