"""A worker: the app under Faust's own worker, which handles signals and exit codes."""

import asyncio
import logging

import faust
from aiokafka.errors import KafkaError

from service.settings import Settings
from service.stream import observe
from service.stream.app import build_app
from service.stream.header_names import read_any_header_name
from service.stream.producers import TransactionsUnavailable, has_transactions
from service.stream.topic_specs import TopicsUnavailable, check_group, create_topics
from service.stream.tracing import make_tracing

logger = logging.getLogger(__name__)


class CannotStart(RuntimeError):
    """The broker cannot be reached, or is not as the settings demand."""


def run_worker(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT, then drain and stop.

    Raises:
        SystemExit: 0 after an orderly stop.
        BadConnection: the security settings do not fit together.
        TracesUnavailable: traces are asked for, and the extra is not installed.
        CannotStart: nothing was begun.
    """
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    read_any_header_name()
    observe.use(make_tracing(settings))
    transactional = asyncio.run(_prepare_broker(settings))
    worker = faust.Worker(
        build_app(settings, transactional=transactional),
        loglevel=settings.log_level,
        override_logging=False,
        redirect_stdouts=False,
        quiet=True,
    )
    # Its progress spinner would write control characters into the log.
    worker.spinner = None
    worker.execute_from_commandline()


async def _prepare_broker(settings: Settings) -> bool:
    """Create the missing topics; tells whether FOLD writes in transactions."""
    try:
        created = await create_topics(settings)
        await check_group(settings)
        transactional = await has_transactions(settings)
    except (TopicsUnavailable, TransactionsUnavailable) as error:
        raise CannotStart(str(error)) from error
    except (KafkaError, TimeoutError) as error:
        raise CannotStart(f"{settings.brokers}: {error}") from error
    if created:
        logger.info("created topics: %s", ", ".join(created))
    if transactional:
        logger.info("FOLD writes in transactions: one event for each version of an article")
    else:
        logger.warning(
            "FOLD writes without transactions (COPYDESK_TRANSACTIONS=%s): after a crash events"
            " may repeat, with the same ids and bytes",
            settings.transactions,
        )
    return transactional
