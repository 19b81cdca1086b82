"""Articles that are stated again, because another article is the original of their story now.

What an event said stays said: an article that was published as the original says so until there is
a newer event of it. So the article that is the original no longer is stated again as a copy, and
one that has become it, if it is not the one that is placed, as the original. FOLD keeps no texts:
such an event says the article's place in its story alone.

The relation at placement stays in the article's state, since later decisions compare with it. What
was stated last follows from the story: of its members, its original alone is stated as that.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.contract.article_event import OriginalOf
from service.contract.extracted import SIGNATURE_VERSION
from service.contract.story import OriginalOfStory, Placement, Relation, StoryStatus
from service.fold.assign.evidence import evidence_of, keys_in_common
from service.fold.assign.relation import relation_of
from service.fold.assign.scoring import Link, judge
from service.fold.state.article import ArticleState
from service.fold.state.decisions import reinstated_before, withdrawal_of_article
from service.fold.state.story import StoryState
from service.fold.state.window import Window


@dataclass(frozen=True, slots=True)
class Restated:
    """An article that is stated again.

    Attributes:
        placement: what it is now.
        original: of its story, as of now.
    """

    article: ArticleState
    placement: Placement
    original: OriginalOf


def original_of(story: StoryState) -> OriginalOf:
    """Return the original of a story as events name it."""
    named, article = story.original, story.original_member()
    return OriginalOf(
        uri=named.uri,
        host=named.host,
        time=article.first_created if article is not None else None,
        basis=named.basis,
        agency=story.agency,
    )


def originals_of(stories: Iterable[StoryState | None]) -> list[OriginalOfStory]:
    """Return the originals of stories that are about to change."""
    return [story.original for story in stories if story is not None]


def restated(
    before: Sequence[OriginalOfStory],
    stories: Sequence[StoryState],
    window: Window,
    span: float,
    placed: ArticleState | None = None,
    links: Sequence[Link] = (),
) -> tuple[Restated, ...]:
    """Return the articles to state again, those first that were originals.

    Args:
        before: the originals of the stories before they changed.
        stories: the same stories as they are now, and those that came of them.
        span: length of the shard's window in seconds; no texts further apart are compared.
        placed: the article that is placed, whose own event says what it is.
        links: of that article with others: what was compared is not compared again.
    """
    active = [story for story in stories if story.status is StoryStatus.ACTIVE]
    were = dict.fromkeys(original.uri for original in before)
    now = dict.fromkeys(story.original.uri for story in active)
    changed = [uri for uri in (*were, *now) if (uri in were) != (uri in now)]
    if placed is not None:
        changed = [uri for uri in changed if uri != placed.uri]
        links = links if placed.uri in now else ()
    return tuple(
        _restated(article, story, window, span, links)
        for article, story in _held(changed, active)
        if not is_down(story, article)
    )


def is_down(story: StoryState, article: ArticleState) -> bool:
    """Return True if an article is withdrawn for its readers: it is itself a notice, or was taken
    down and has not been published again since."""
    if story.status is not StoryStatus.ACTIVE or article.relation is Relation.WITHDRAWAL:
        return True
    if withdrawal_of_article(story.decisions, article.uri) is not None:
        return True
    again_before = reinstated_before(story.decisions, article.uri)
    return article.number < max(story.withdrawn_before, again_before)


def _held(
    uris: Iterable[str], stories: Sequence[StoryState]
) -> Iterator[tuple[ArticleState, StoryState]]:
    """Yield the articles that are in one of some stories, each with its story."""
    for uri in uris:
        for story in stories:
            article = story.members.find(uri)
            if article is not None:
                yield article, story
                break


def _restated(
    article: ArticleState,
    story: StoryState,
    window: Window,
    span: float,
    links: Sequence[Link],
) -> Restated:
    original = original_of(story)
    if story.original.uri == article.uri:
        placement = Placement(story_id=story.id, relation=Relation.ORIGINAL)
    else:
        placement = _as_copy(article, story, window, span, links)
    return Restated(article, placement, original)


def _as_copy(
    article: ArticleState, story: StoryState, window: Window, span: float, links: Sequence[Link]
) -> Placement:
    """Return the placement of an article by its text and that of the original. Where these cannot
    be compared (any more), it is `edited`, the most general kind of copy.

    Args:
        links: of the original, where that was just compared with others.
    """
    original = story.members.find(story.original.uri)
    if original is None or not _are_comparable(article, original, span):
        return Placement(
            story_id=story.id, relation=Relation.EDITED, parent=story.original.uri, similarity=0.0
        )
    texts = window.texts.text(article.number), window.texts.text(original.number)
    known = (link for link in links if link.representative.number == article.number)
    judged = next(known, None) or judge(*texts, (article.language, original.language))
    words = article.words, original.words
    relation = relation_of(
        judged.features,
        words=words[0],
        other_words=words[1],
        revision=None,
        rewrites=judged.rewrites,
    )
    shared = keys_in_common(window.signature(article), window.signature(original), original.number)
    return Placement(
        story_id=story.id,
        relation=relation,
        parent=original.uri,
        similarity=round(judged.score, 4),
        evidence=evidence_of(judged.features, texts, words, shared),
    )


def _are_comparable(article: ArticleState, other: ArticleState, span: float) -> bool:
    versions = {article.signature_version, other.signature_version}
    return versions == {SIGNATURE_VERSION} and abs(article.seen - other.seen) <= span
