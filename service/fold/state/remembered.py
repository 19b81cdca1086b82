"""What a shard remembers of articles that have left its window, as of its watermark."""

from service.contract.fold_state import IdentityRecord
from service.fold.state.article import ArticleState
from service.fold.state.identities import Identities, Remembering, identity_of, merger_of
from service.fold.state.identity_table import IdentityTable
from service.fold.state.story import StoryState
from service.fold.state.watermark import Watermark

_IDENTITIES = 64
"""Identities that are kept for each article that the window may hold: more than those of 60 days in
a window of three."""


class Remembered:
    """The identities of one shard, kept and deleted by its watermark."""

    def __init__(
        self, table: IdentityTable, watermark: Watermark, *, seconds: float, articles: int
    ) -> None:
        """Remember what a table has.

        Args:
            seconds: of event time for which an identity is kept.
            articles: most articles in the window.
        """
        self._identities = Identities(table, Remembering(seconds, _IDENTITIES * articles))
        self._watermark = watermark

    def find(self, uri: str) -> IdentityRecord | None:
        """Return what is kept of an article that has left the window."""
        return self._identities.find(uri, self._watermark.now)

    def keep(self, article: ArticleState, story: StoryState) -> IdentityRecord | None:
        """Keep the identity of an article that leaves the window; returns it, None if it is over
        already."""
        now = self._watermark.now
        return self._identities.keep(identity_of(article, story, now), now)

    def keep_merger(self, story_id: str, into: str) -> IdentityRecord | None:
        """Keep which story another one was merged into, when that one is removed."""
        now = self._watermark.now
        return self._identities.keep(merger_of(story_id, into, now), now)

    def touch(self, identity: IdentityRecord, fetched: float | None) -> tuple[IdentityRecord, ...]:
        """Keep the identity of an article of which a page was fetched again.

        Args:
            fetched: seconds since the epoch; None if the page has no time.

        Returns:
            The identity as it is kept; none if it is over already.
        """
        last = identity.last
        if fetched is not None:
            last = max(last, int(min(fetched, self._watermark.newest)))
        updated = identity.model_copy(update={"last": last})
        kept = self._identities.keep(updated, self._watermark.now)
        return () if kept is None else (kept,)

    def drop(self, uri: str) -> str | None:
        """Delete the identity of an article that is in the window; returns its key."""
        return self._identities.drop(uri)

    def sweep(self, number: int) -> tuple[str, ...]:
        """Delete some identities that were kept long enough; returns their keys.

        Args:
            number: of the next article, which decides where to look.
        """
        return self._identities.sweep(number, self._watermark.now)
