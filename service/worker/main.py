"""Runs the app under Faust's own worker, which handles signals and exit codes."""

import asyncio
import logging

import faust
from aiokafka.errors import KafkaError

from service.settings import Settings
from service.worker.app import build_app
from service.worker.kafka.aiokafka_internals import (
    UntestedClients,
    check_versions,
    read_any_header_name,
)
from service.worker.kafka.producers import TransactionsUnavailable, has_transactions
from service.worker.kafka.reaching import broker_failure
from service.worker.kafka.topics import (
    TopicsUnavailable,
    check_group,
    check_shards,
    create_topics,
    worker_topics,
)
from service.worker.observe import observe
from service.worker.observe.tracing import make_tracing

logger = logging.getLogger(__name__)


class CannotStart(RuntimeError):
    """The broker cannot be reached, or lacks what the settings require; or the installed Kafka
    libraries were not tested."""


def run_worker(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT, then drain and stop.

    Raises:
        SystemExit: 0 after an orderly stop.
        BadConnection: the security settings do not fit together.
        TracesUnavailable: traces are enabled, and the extra is not installed.
        WrongShards: FOLD's topics were created with another number of shards, or LINK's with more
            than one partition.
        CannotStart: the broker, the folder of the state or the installed Kafka libraries cannot be
            used; no input was read.
    """
    try:
        check_versions(settings)
    except UntestedClients as error:
        raise CannotStart(str(error)) from error
    try:
        settings.state_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(
            f"COPYDESK_STATE_DIR={settings.state_dir}: {error.strerror or error}"
        ) from error
    read_any_header_name(settings)
    observe.use(make_tracing(settings))
    transactional = asyncio.run(_prepare_broker(settings))
    worker = faust.Worker(
        build_app(settings, transactional=transactional),
        loglevel=settings.log_level,
        override_logging=False,
        redirect_stdouts=False,
        quiet=True,
    )
    # Faust's progress spinner would write control characters into the log.
    worker.spinner = None
    worker.execute_from_commandline()


async def _prepare_broker(settings: Settings) -> bool:
    """Create the missing topics; return whether FOLD writes in transactions."""
    try:
        created = await create_topics(settings, worker_topics(settings))
        await check_shards(settings)
        await check_group(settings)
        transactional = await has_transactions(settings)
    except (TopicsUnavailable, TransactionsUnavailable) as error:
        raise CannotStart(str(error)) from error
    except (KafkaError, TimeoutError) as error:
        raise CannotStart(broker_failure(error, settings)) from error
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
