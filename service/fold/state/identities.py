"""Identities: what is kept of articles beyond the window of texts.

An article that leaves the window leaves its uri, version, content hash, story and times here, for a
number of days of event time after its last fetch. A page that is fetched again unchanged is then
still `unchanged`, and a changed one is the next version in its old story.

An entry takes `ENTRY` bytes (see `identity_table`). What has been kept long enough is deleted a few
entries at a time: every fourth article looks at the slice of the table that its number stands for,
of 16 to 32 entries. So a replay deletes the same entries at the same articles, and all are looked
at while a quarter of their number is placed. Until it is deleted, what is too old is not found.
"""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b

from service.contract.fold_state import IdentityRecord
from service.contract.identity import STORY_URN
from service.contract.story import StoryStatus
from service.fold.state.article import ArticleState
from service.fold.state.decisions import withdrawal_of_article, withdrawal_of_story
from service.fold.state.identity_table import KEY, IdentityTable
from service.fold.state.story import StoryState

_SLICE = 16
_EVERY = 4
_AT_ONCE = 8
"""Most entries that are deleted at one article because there are too many."""

_FORM = struct.Struct(">10s16s6sHHII")
_WITHDRAWALS = 4
_MOST_VERSIONS = 2**14 - 1

WITHDRAWN, BY_OPERATOR, ARTICLE_BY_OPERATOR = 1, 2, 3
"""Values of `IdentityRecord.withdrawal`."""


@dataclass(frozen=True, slots=True)
class Remembering:
    """How long, and of how many articles at most, identities are kept; seconds of event time."""

    seconds: float
    most: int


class Identities:
    """The identities of one shard."""

    def __init__(self, table: IdentityTable, limits: Remembering) -> None:
        self._table = table
        self._limits = limits

    def find(self, uri: str, now: float) -> IdentityRecord | None:
        """Return the identity of an article, in the story that its own was merged into; None if it
        has none.

        Args:
            now: the watermark, seconds since the epoch.
        """
        entry = self._table.find(key_of(uri))
        found = None if entry is None else _record(entry)
        if found is None or self._is_over(found, now):
            return None
        merged, seen = self._table.find(key_of(found.story_id)), {found.story_id}
        while merged is not None and (into := _record(merged).story_id) not in seen:
            seen.add(into)
            found = found.model_copy(update={"story_id": into})
            merged = self._table.find(key_of(into))
        return found

    def keep(self, identity: IdentityRecord, now: float) -> IdentityRecord | None:
        """Keep an identity; returns it, None if it is over already.

        Args:
            now: the watermark, seconds since the epoch.
        """
        if self._is_over(identity, now):
            return None
        self._table.put(_entry(identity))
        return identity

    def drop(self, uri: str) -> str | None:
        """Delete the identity of an article; returns its key, None if there was none."""
        key = key_of(uri)
        if self._table.find(key) is None:
            return None
        self._table.drop(key)
        return key.hex()

    def sweep(self, number: int, now: float) -> tuple[str, ...]:
        """Delete what is over in the slice that an article's number stands for, if it stands for
        one; and the oldest, if there are too many.

        Returns:
            The keys of what was deleted.
        """
        if number % _EVERY:
            return ()
        count = self._table.count
        bits = max(count // _SLICE, 1).bit_length() - 1
        size = 2 ** (64 - bits)
        begin = number // _EVERY % 2**bits * size
        held = sorted(
            (_last(each), each[:KEY]) for each in self._table.between(begin, begin + size)
        )
        first = now - self._limits.seconds
        over = [key for last, key in held if last < first]
        surplus = min(count - len(over) - self._limits.most, _AT_ONCE)
        if surplus > 0:
            over = [key for _, key in held[: len(over) + surplus]]
        for key in over:
            self._table.drop(key)
        return tuple(key.hex() for key in over)

    def _is_over(self, identity: IdentityRecord, now: float) -> bool:
        return identity.last < now - self._limits.seconds


def put_identity(table: IdentityTable, record: IdentityRecord) -> None:
    """Apply the record of an identity."""
    table.put(_entry(record))


def identity_of(article: ArticleState, story: StoryState, now: float) -> IdentityRecord:
    """Return what is kept of an article that leaves the window.

    Args:
        now: the watermark, seconds since the epoch; a time of fetch beyond it may be wrong.
    """
    withdrawal = 0
    if withdrawal_of_article(story.decisions, article.uri):
        withdrawal = ARTICLE_BY_OPERATOR
    elif story.status is StoryStatus.WITHDRAWN:
        withdrawal = BY_OPERATOR if withdrawal_of_story(story.decisions) else WITHDRAWN
    first = article.first_created
    return IdentityRecord(
        key=key_of(article.uri).hex(),
        story_id=article.story_id,
        version=min(article.version, _MOST_VERSIONS),
        content=content_of(article.content_hash),
        first=int(datetime.fromisoformat(first).timestamp()) if first else 0,
        last=int(min(article.seen, now)),
        own=own_number(article.own_uri),
        withdrawal=withdrawal,
    )


def merger_of(story_id: str, into: str, now: float) -> IdentityRecord:
    """Return what is kept of a merged story: the story that it was merged into."""
    key = key_of(story_id).hex()
    return IdentityRecord(
        key=key, story_id=into, version=0, content="0" * 12, first=0, last=int(now) + 1
    )


def key_of(uri: str) -> bytes:
    """Return the key of an article or a story: the first bytes of the hash in its uri."""
    digits = uri.rpartition(":")[2]
    try:
        key = bytes.fromhex(digits)
    except ValueError:
        key = b""
    return key[:KEY] if len(key) == 16 else blake2b(uri.encode(), digest_size=KEY).digest()


def content_of(content_hash: str) -> str:
    """Return what is kept of a content hash."""
    return blake2b(content_hash.encode(), digest_size=6).hexdigest()


def own_number(own_uri: str | None) -> int:
    """Return the number that stands for the fetched address of an article with another identity; 0
    for None."""
    if own_uri is None:
        return 0
    return int.from_bytes(blake2b(own_uri.encode(), digest_size=2).digest(), "big") or 1


def first_created(identity: IdentityRecord) -> str | None:
    """Return the fetch time of the article's first version, RFC 3339; None if it had none."""
    return datetime.fromtimestamp(identity.first, UTC).isoformat() if identity.first else None


def _entry(identity: IdentityRecord) -> bytes:
    return _FORM.pack(
        bytes.fromhex(identity.key),
        bytes.fromhex(identity.story_id.rpartition(":")[2]),
        bytes.fromhex(identity.content),
        identity.version * _WITHDRAWALS + identity.withdrawal,
        identity.own,
        _stamp(identity.first),
        _stamp(identity.last),
    )


def _record(entry: bytes) -> IdentityRecord:
    key, story, content, version, own, first, last = _FORM.unpack(entry)
    return IdentityRecord.model_construct(
        key=key.hex(),
        story_id=STORY_URN + story.hex(),
        version=version // _WITHDRAWALS,
        content=content.hex(),
        first=first,
        last=last,
        own=own,
        withdrawal=version % _WITHDRAWALS,
    )


def _last(entry: bytes) -> int:
    return int.from_bytes(entry[-4:], "big")


def _stamp(seconds: int) -> int:
    return min(max(seconds, 0), 2**32 - 1)
