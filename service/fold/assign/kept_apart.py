"""What the operator's decisions forbid: stories that an article may not join, or that may not be
merged."""

from collections.abc import Iterator

from service.fold.state.decisions import apart_from, apart_pairs, withdrawal_of_story
from service.fold.state.story import StoryState


def may_join(story: StoryState, uri: str) -> bool:
    """Return False if the story holds an article that this one is kept apart from."""
    return not any(map(story.holds, apart_from(story.decisions, uri)))


def may_merge(one: StoryState, two: StoryState) -> bool:
    """Return False if two stories hold articles that are kept apart, or if the operator withdrew
    one of them: its articles would be active again with the other's."""
    if withdrawal_of_story(one.decisions) or withdrawal_of_story(two.decisions):
        return False
    return next(pairs_between(one, two), None) is None


def pairs_between(one: StoryState, two: StoryState) -> Iterator[tuple[str, str]]:
    """Yield the pairs of articles kept apart of which each story holds one."""
    for first, second in (*apart_pairs(one.decisions), *apart_pairs(two.decisions)):
        if (one.holds(first) and two.holds(second)) or (one.holds(second) and two.holds(first)):
            yield first, second
