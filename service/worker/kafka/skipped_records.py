"""Records that no worker will read, since their log no longer has them: logged and counted."""

import logging
from collections.abc import Mapping

from faust.types import TP

from service.worker.observe import measure

logger = logging.getLogger(__name__)


def skipped_to(
    begun: Mapping[TP, int], first: Mapping[TP, int], ends: Mapping[TP, int], prefix: str
) -> dict[TP, int]:
    """Return the first offset of each log that no longer has the offset to begin at, and report
    what is missing.

    Args:
        begun: the offsets to begin at.
        first: the first offset that each log has.
        ends: where logs end, as far as that is known.
        prefix: of topic names.
    """
    moved: dict[TP, int] = {}
    for tp, offset in begun.items():
        if offset < first[tp]:
            report_skipped(tp, "retention", first[tp] - offset, prefix)
            moved[tp] = first[tp]
        elif ends.get(tp, offset) < offset:
            report_skipped(tp, "out_of_range", 1, prefix)
            moved[tp] = first[tp]
    return moved


def report_skipped(tp: TP, reason: str, count: int, prefix: str) -> None:
    """Log and count records that no worker will read.

    Args:
        reason: `retention` (deleted before they were read), or `out_of_range` (the log ends before
            the committed offset; how many are missing cannot be known).
        prefix: of topic names.
    """
    why = {
        "retention": f"{count} records were deleted before they were read (retention is too short,"
        " or the worker was away too long)",
        "out_of_range": "the committed offset is after the end of the log, which was created anew"
        " or restored: it is read from its beginning",
    }
    logger.error("%s/%d: %s", tp.topic, tp.partition, why[reason])
    measure.skipped(tp.topic.removeprefix(prefix), reason, count)
