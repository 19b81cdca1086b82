"""Metrics of `copydesk notify`, at `/metrics` in Prometheus' text format.

The one label that is not fixed in advance is the name of a subscription, which the operator gave.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext

from aiohttp import web
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, Metric

from service.notify.courier import Counts
from service.settings import Settings
from service.web.host_names import HostNames, check_host
from service.web.serving import ClientLimits, serving

_LIMITS = ClientLimits(connections=64)
_HINT = "Use localhost or an IP address, or list the name in COPYDESK_WEB_NAMES."


class NotifyMetrics:
    """Collects what became of events, from the counts of all subscriptions."""

    def __init__(self, counts: Mapping[str, Counts]) -> None:
        self._counts = counts

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics as they are now."""
        events = CounterMetricFamily(
            "copydesk_notify_events",
            "Events that matched, by what became of them: delivered, letter (on"
            " notifications.failed).",
            labels=["subscription", "outcome"],
        )
        attempts = CounterMetricFamily(
            "copydesk_notify_failed_attempts",
            "Attempts to post an event that failed, whether or not a later one did not.",
            labels=["subscription"],
        )
        for name, each in self._counts.items():
            events.add_metric([name, "delivered"], each.delivered)
            events.add_metric([name, "letter"], each.letters)
            attempts.add_metric([name], each.failed_attempts)
        yield from (events, attempts)


def make_app(counts: Mapping[str, Counts], names: HostNames) -> web.Application:
    """Build the application, which has one route. It accepts requests to these host names."""
    registry = CollectorRegistry()
    registry.register(NotifyMetrics(counts))

    async def metrics(request: web.Request) -> web.Response:
        return web.Response(
            body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4}
        )

    app = web.Application(middlewares=[check_host(names, _HINT)])
    app.router.add_get("/metrics", metrics)
    return app


def serving_metrics(
    counts: Mapping[str, Counts], settings: Settings, port: int | None
) -> AbstractAsyncContextManager[int | None]:
    """Serve the metrics until the block ends, at `COPYDESK_WEB_HOST` and a port; None: do not.

    Raises:
        OSError: the address cannot be listened on.
    """
    if port is None:
        return nullcontext()
    app = make_app(counts, HostNames(settings.web_host, settings.web_names))
    return serving(app, settings.web_host, port, _LIMITS)
