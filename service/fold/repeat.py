"""Tells a page that is read again from another page at an address.

READ may deliver a page twice, after a kill or when a worker believed dead comes back. FOLD drops
the second delivery, and nothing else: whatever it drops has no outcome. The same position is no
proof. Offsets begin anew when a topic is deleted and created again, and are others in a cluster
that was restored or mirrored. So an article's state keeps the ids of the pages last taken at its
address, which name the record itself and its position.

More deliveries than ids are kept may come again. What stands before the last position and was not
written later is taken for one of them, since the pages of an address are in one partition and in
order; a page of a newer log was written later.
"""

from service.contract.extracted import Extracted
from service.contract.identity import digest
from service.fold.state.article import ArticleState, position_of

KEPT = 8
"""Ids kept of an article."""


def input_id(extracted: Extracted) -> str:
    """Return the id of the page that an article was read from. Records of version 0.1.0 have none:
    theirs is made from position, address, time of fetch and text."""
    if extracted.input is not None:
        return extracted.input.id
    article, source = extracted.article, extracted.source
    position = f"{source.topic}/{source.partition}/{source.offset}"
    return digest(position, article.url, str(article.fetched_at), article.content_hash)


def is_repeat(previous: ArticleState, extracted: Extracted) -> bool:
    """Return True if the page was taken before.

    Args:
        previous: the article's state.
    """
    if input_id(extracted) in previous.inputs:
        return True
    (topic, partition, offset), source = previous.source, extracted.source
    if (topic, partition) != (source.topic, source.partition) or source.offset > offset:
        return False
    if source.offset == offset:
        return not previous.inputs and _is_same_fetch(previous, extracted)
    return _was_written_before(previous, extracted)


def note_input(article: ArticleState, previous: ArticleState | None, extracted: Extracted) -> None:
    """Keep in an article's state that a page was taken.

    Args:
        article: the state to change.
        previous: the state that has the pages taken before; None if there are none.
    """
    before = previous.inputs if previous else ()
    written = [previous.newest_written] if previous else []
    written.append(extracted.input.written if extracted.input else None)
    article.source = position_of(extracted.source)
    article.inputs = (*before, input_id(extracted))[-KEPT:]
    article.newest_written = max((each for each in written if each is not None), default=None)


def _is_same_fetch(previous: ArticleState, extracted: Extracted) -> bool:
    """Compare with a state of version 0.1.0, which has no ids."""
    article = extracted.article
    same_time = article.fetched_at is None or article.fetched_at.timestamp() == previous.seen
    return same_time and article.content_hash == previous.content_hash


def _was_written_before(previous: ArticleState, extracted: Extracted) -> bool:
    if extracted.input is None or previous.newest_written is None:
        fetched = extracted.article.fetched_at
        return fetched is not None and fetched.timestamp() <= previous.seen
    written = extracted.input.written
    return written is not None and written <= previous.newest_written
