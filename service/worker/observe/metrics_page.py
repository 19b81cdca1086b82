"""`/metrics`: the counters, and the worker's state at the time of the request."""

from collections.abc import Mapping

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from service.worker.observe import measure
from service.worker.observe.metrics import REGISTRY

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


def metrics_page(*, ready: bool, lag: Mapping[str, int]) -> bytes:
    """Return the page, in Prometheus' text format.

    Args:
        ready: same as at `/readyz`.
        lag: records not yet read, by `topic/partition`.
    """
    measure.ready(ready)
    measure.lag(lag)
    return generate_latest(REGISTRY)
