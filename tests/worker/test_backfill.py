"""Some days of an archive, read from several partitions: in order, without a page lost or doubled.

`python -m tests.bench.bench_backfill` does the same with a month.
"""

from pathlib import Path

import pytest

from deploy.kafka.node import KafkaNode
from tests.bench.backfill_run import backfill
from tests.bench.made_month import made_month
from tests.brokers.plugin import Broker

LIMIT_MINUTES = 360
SHARE = 0.995
"""Of the copies made, how many are to be found."""


@pytest.mark.stream
async def test_one_worker_reads_several_partitions_in_the_order_of_event_time(
    broker: Broker, tmp_path: Path
) -> None:
    pages = made_month(300, days=3)
    found = await backfill(broker, tmp_path, pages, partitions=4)
    assert (found.lost, found.doubled) == (0, 0)
    assert found.copies >= SHARE * sum(page.is_copy for page in pages)
    assert found.disorder[0] <= LIMIT_MINUTES


@pytest.mark.kafka
async def test_workers_of_a_group_wait_for_each_other_and_one_is_killed(
    apache_kafka: KafkaNode, tmp_path: Path
) -> None:
    pages = made_month(500, days=5)
    broker = Broker(apache_kafka.bootstrap, transactions=True)
    found = await backfill(broker, tmp_path, pages, partitions=4, workers=2, kill=True)
    assert (found.lost, found.doubled) == (0, 0)
    assert found.copies >= SHARE * sum(page.is_copy for page in pages)
    assert found.disorder[1] <= 2 * LIMIT_MINUTES
