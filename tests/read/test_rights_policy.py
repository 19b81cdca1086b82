"""The operator's policy for statements about the use of texts."""

import pytest

from service.contract.rights import RightsWord
from service.read.rights_policy import RightsPolicy, read_policy


def test_words_that_are_not_named_are_marked() -> None:
    policy = read_policy(["noarchive=reject", " NoAI = ignore", "paywall=mark"])
    words = ("noarchive", "noai", "paywall", "noml", "disallow")
    assert [policy.action(word) for word in words] == ["reject", "ignore", "mark", "mark", "mark"]
    said = tuple(RightsWord(word=word, source="x") for word in words)
    assert [word.word for word in policy.kept(said)] == ["noarchive", "paywall", "noml", "disallow"]
    assert read_policy([]) == RightsPolicy()


def test_one_more_word_that_rejects() -> None:
    policy = read_policy(["noarchive=ignore"]).rejecting("noarchive")
    assert policy == read_policy(["noarchive=reject"])


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("noai", "not WORD=ACTION"),
        ("nonsense=mark", r"unknown: nonsense; known: noarchive, "),
        ("noai=drop", r"noai=drop: the action must be ignore, mark or reject"),
        ("license=reject", "license restricts nothing"),
    ],
)
def test_what_is_no_policy(entry: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_policy([entry])


def test_a_word_has_one_action() -> None:
    with pytest.raises(ValueError, match="noai is named twice"):
        read_policy(["noai=mark", "noai=reject"])
