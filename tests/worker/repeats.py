"""Whether records that occur more than once are the same each time."""

from collections import defaultdict
from collections.abc import Iterable

from tests.worker.topics_reader import Seen


def repeats_of(records: Iterable[Seen]) -> dict[str, list[Seen]]:
    """CloudEvents that occur more than once, by topic and id; each must have the same bytes every
    time.

    Raises:
        AssertionError: two records with one id differ.
    """
    by_id: dict[str, list[Seen]] = defaultdict(list)
    for record in records:
        by_id[f"{record.topic} {_identity(record)}"].append(record)
    for same in by_id.values():
        contents = {(each.key, each.value, each.headers) for each in same}
        assert len(contents) == 1, f"one id, {len(contents)} contents: {contents}"
    return {id_: same for id_, same in by_id.items() if len(same) > 1}


def _identity(record: Seen) -> str:
    """Failed pages have no event id: they are known by where they stood."""
    return record.id or str(record.source)
