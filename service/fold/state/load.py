"""Loads what a window holds in memory from its row store."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from service.fold.candidates.index import CandidateIndex
from service.fold.candidates.segment import Segment
from service.fold.state.columns import StoryColumns, rank_of
from service.fold.state.row_integrity import Rows, StoreDamaged
from service.fold.state.row_store import RowStore
from service.fold.state.watermark import Watermark


def load_next_number(store: RowStore, rows: Rows) -> int:
    """Return the number of the next article: higher than every one that was given before, whether
    its article is in the window or not. A shard without articles has the numbers of its clocks."""
    clocks = max((each.number for each in store.clocks()), default=0)
    return max(int(rows.number.max(initial=-1)) + 1, clocks)


def load_watermark(watermark: Watermark, store: RowStore, rows: Rows, clock: float) -> None:
    """Load the clocks of all partitions.

    Args:
        clock: the newest event time seen, seconds since the epoch; used if version 0.1.0 wrote the
            state.
    """
    start = max(clock, float(rows.seen.max(initial=0.0)))
    if len(rows.number):
        newest = store.article_by_number(int(rows.number.max()))
        start = newest.clock.now if newest.clock else start
    watermark.load(store.clocks(), start)


def load_stories(columns: StoryColumns, store: RowStore, rows: Rows) -> dict[int, str]:
    """Load the columns of stories.

    Returns:
        Slots and ids of the stories that hold no article.

    Raises:
        StoreDamaged: there are articles of stories that the store does not have.
    """
    sizes = np.bincount(rows.story)
    empty: dict[int, str] = {}

    def ranked() -> Iterator[tuple[int, int]]:
        has_articles = sizes > 0
        for slot, story_id in store.stories.slots():
            if slot >= len(has_articles) or not has_articles[slot]:
                empty[slot] = story_id
            yield slot, rank_of(story_id)

    stories = np.fromiter(ranked(), dtype=[("slot", "i8"), ("rank", "u8")])
    room = max(int(stories["slot"].max(initial=0)) + 1, len(sizes))
    sizes = np.concatenate([sizes, np.zeros(room - len(sizes), dtype=np.int64)])
    if len(stories) - len(empty) != np.count_nonzero(sizes):
        raise StoreDamaged("there are articles of stories that are missing")
    columns.load(stories["slot"], stories["rank"], sizes)
    return empty


def load_index(
    index: CandidateIndex,
    store: RowStore,
    segments: Sequence[Segment],
    numbers: npt.NDArray[np.int64],
) -> None:
    """Load the candidate index: the segments, and the keys of articles that they do not cover.

    Args:
        numbers: of the articles in the window, ascending.
    """
    begin, last = 0, int(numbers.max(initial=-1))
    for segment in sorted(segments, key=lambda segment: segment.first):
        index.load(store.texts.keys(begin, segment.first - 1))
        left, right = np.searchsorted(numbers, [segment.first, segment.last + 1])
        if left < right:
            index.add_segment(segment)
        begin = segment.last + 1
    index.load(store.texts.keys(begin, last))
