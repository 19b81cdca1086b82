"""`/metrics`: what was counted, and how the worker is at the moment of asking."""

from collections.abc import Mapping

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from service.stream import measure
from service.stream.metrics import REGISTRY

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


def metrics_page(*, ready: bool, lag: Mapping[str, int]) -> bytes:
    """The page.

    Args:
        ready: as `/readyz` has it.
        lag: records not yet read, by `topic/partition`.
    """
    measure.ready(ready)
    measure.lag(lag)
    return generate_latest(REGISTRY)
