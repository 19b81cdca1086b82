"""A shard as the settings describe it: the limits of its window, whose word changes a story, and
whether LINK is told of its stories."""

from service.fold.assign.authority import AuthorityPolicy
from service.fold.shard import Shard
from service.fold.state.row_store import RowStore
from service.fold.state.window import WindowLimits
from service.settings import Settings


def make_shard(
    settings: Settings, store: RowStore | None = None, *, one_clock: bool = False
) -> Shard:
    """Return a shard; if the store has rows, call its `open`.

    Args:
        store: of articles, stories and texts; in memory if None.
        one_clock: True if all input comes in one order, as from files.
    """
    limits = WindowLimits(
        settings.window_span,
        settings.window_articles,
        settings.remember_span,
        reject_late=settings.late == "reject",
    )
    policy = AuthorityPolicy(
        settings.trusted_domains, settings.withdrawal_quorum, settings.crawl_delay
    )
    return Shard(
        limits,
        store,
        policy,
        one_clock=one_clock,
        join_rewrites=settings.rewrites == "on",
        links=settings.links,
    )
