"""The clock of one partition of `pages.raw`: event time, which moves with the fetch times of its
articles, and which neither one article nor one host can move far.

What leaves the window depends on it (see `service.fold.state.watermark`), so a wrong fetch time
must not set it: one page fetched "in the year 2099" would empty the window. Nothing in FOLD knows
the real time, and a replay must decide alike, so the articles vote.

- A fetch time within a small step of the clock moves it. One host alone moves it by one such step
  beyond what another host has reached.
- Beyond that, an article asks for a jump, and every article that is in step with the clock takes
  one such vote back. The clock jumps once there are `QUORUM` votes, of `QUORUM_HOSTS` hosts, to the
  time that asks for the shortest jump. Two votes of one host with none of another between them are
  one. Where fewer hosts have had articles lately, a majority of them is enough.

As long as less than half of the articles have wrong times, the votes drift towards 0: the chance
that they reach the quorum `n` from 0 is (p/q)**n for a share p of wrong times, q = 1 - p (the
gambler's ruin: Feller, An Introduction to Probability Theory, vol. 1, XIV.2). With a quarter wrong
it is 2e-8. After a pause of all crawlers the clock follows with the sixteenth article. Hosts of one
registrable domain count as one host.
"""

from functools import lru_cache
from typing import Any

import xxhash

from service.contract.domain import registrable_domain
from service.contract.fold_state import PartitionClock

QUORUM = 16
"""Votes for a jump."""

QUORUM_HOSTS = 3
"""Hosts that these votes must come from."""

_STEPS = 24
"""A single article moves the clock by no more than this part of the window: 3 of 72 hours."""

_HOSTS = 4
"""Hosts of which a clock remembers that they had an article lately."""

_LATELY = 1024
"""Articles of the shard after which a host is forgotten: what is left of a crawl is then enough to
move the clock."""


@lru_cache(8192)
def host_id(host: str) -> int:
    """Return the number that stands for a host's registrable domain."""
    return int(xxhash.xxh32_intdigest(registrable_domain(host).encode()))


def clock_after(clock: PartitionClock, fetched: float, host: int, span: float) -> PartitionClock:
    """Return the clock after an article.

    While there are few articles, fewer votes do: a majority for a jump forward, half for a jump
    back, which removes nothing from the window.

    Args:
        clock: its `number` is that of the article.
        fetched: the article's time of fetch, seconds since the epoch.
        host: see `host_id`.
        span: length of the window in seconds.
    """
    hosts = _with_host(clock, host)
    if not clock.now:
        return _changed(
            clock, now=fetched, lead=host, backed=fetched, hosts=hosts, votes=0, voters=()
        )
    step = span / _STEPS
    limit = (clock.backed if host == clock.lead else clock.now) + step
    if fetched > clock.now and fetched > limit:
        return _vote(clock, fetched, host, hosts, forward=True)
    if fetched < clock.now - span:
        return _vote(clock, fetched, host, hosts, forward=False)
    votes = clock.votes - (clock.votes > 0) + (clock.votes < 0)
    changes: dict[str, Any] = {"hosts": hosts, "votes": votes}
    if not votes:
        changes |= {"claim": 0.0, "voters": ()}
    if fetched > clock.now:
        changes |= {"now": fetched, "lead": host}
        if host != clock.lead:
            changes["backed"] = clock.now
    elif host != clock.lead and fetched > clock.backed:
        changes["backed"] = fetched
    return _changed(clock, **changes)


def is_ahead(now: float, fetched: float, span: float) -> bool:
    """Return True if a time of fetch is further ahead of a clock than one article may move it."""
    return fetched > now + span / _STEPS


def _vote(
    clock: PartitionClock,
    claim: float,
    host: int,
    hosts: tuple[tuple[int, int], ...],
    *,
    forward: bool,
) -> PartitionClock:
    side = 1 if forward else -1
    voters: tuple[int, ...] = ()
    if clock.votes * side > 0:
        claim = min(clock.claim, claim) if forward else max(clock.claim, claim)
        voters = clock.voters
    counts = host not in voters[-1:] or len(hosts) == 1
    voters = (*(each for each in voters if each != host), host)[-QUORUM_HOSTS:]
    votes = clock.votes + side * counts
    others = clock.number - abs(clock.votes)
    silent = sum(each not in voters for each, _ in hosts)
    enough_votes = votes * side >= min(QUORUM, others + forward)
    if enough_votes and len(voters) >= min(QUORUM_HOSTS, silent + forward):
        return _changed(
            clock, now=claim, backed=claim, lead=host, hosts=hosts, votes=0, claim=0.0, voters=()
        )
    if not votes:
        return _changed(clock, hosts=hosts, votes=0, claim=0.0, voters=())
    if votes * side < 0:
        return _changed(clock, hosts=hosts, votes=votes)
    return _changed(clock, hosts=hosts, votes=votes, claim=claim, voters=voters)


def _with_host(clock: PartitionClock, host: int) -> tuple[tuple[int, int], ...]:
    """Return the hosts that had an article lately with the number of the last, the newest last."""
    first = clock.number - _LATELY
    others = [each for each in clock.hosts if each[0] != host and each[1] > first]
    return (*others[1 - _HOSTS :], (host, clock.number))


def _changed(clock: PartitionClock, **changes: Any) -> PartitionClock:
    return clock.model_copy(update=changes)
