"""Takes the positions of pages out of FOLD's state where they are of another cluster's log.

FOLD takes a page that stands before the last one of its address, and was not written later, for a
delivery that comes again, and drops it (`service.fold.repeat`). In a copy of the log a later page
may stand before that position: it would be dropped without an outcome. READ reads no page again of
which the article was written (`places.py`), so nothing else needs the position.
"""

from dataclasses import replace

import orjson

from service.contract.fold_state import ARTICLE_PREFIX
from service.contract.record import Record, Topic

BEFORE_ALL = -1
"""An offset that every page stands after."""


def without_position(record: Record) -> Record:
    """Return a record of FOLD; that of an article's state with an offset before all pages."""
    is_article = record.topic is Topic.FOLD_STATE and (record.key or b"").startswith(
        ARTICLE_PREFIX.encode()
    )
    if not is_article or record.value is None:
        return record
    state = orjson.loads(record.value)
    state["source"]["offset"] = BEFORE_ALL
    return replace(record, value=orjson.dumps(state, option=orjson.OPT_SORT_KEYS))
