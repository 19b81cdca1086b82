"""What `copydesk restore` refuses; `tests/faults/test_second_cluster.py` shows what it does."""

from pathlib import Path

import pytest

from deploy.kafka.node import KafkaNode
from service.contract.record import Record, Topic
from service.settings import Settings
from service.worker.backup.backup_file import Moment, write
from service.worker.backup.log_reader import Landmark
from service.worker.backup.restore import CannotRestore, restore
from service.worker.backup.save import CannotSave, save
from service.worker.kafka.producers import make_producer, send_all
from service.worker.kafka.topics import create_topics
from tests.brokers.plugin import Broker
from tests.worker.deployment import Deployment

pytestmark = pytest.mark.kafka


@pytest.fixture
async def settings(apache_kafka: KafkaNode, tmp_path: Path) -> Settings:
    broker = Broker(apache_kafka.bootstrap, transactions=True)
    return Deployment(broker, tmp_path, {"raw_partitions": "1", "output_partitions": "1"}).settings


async def test_what_does_not_fit_is_refused_and_nothing_changed(
    settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "state.backup"
    with pytest.raises(CannotSave, match="there is no topic"):
        await save(path, settings)
    with write(path) as file:
        file.set_facts({"prefix": settings.topic_prefix, "shards": "1"})
    with pytest.raises(CannotRestore, match="there is no topic"):
        await restore(path, settings)
    await create_topics(settings)
    other = settings.model_copy(update={"topic_prefix": "other."})
    with pytest.raises(CannotRestore, match=r"COPYDESK_TOPIC_PREFIX is 'other.'"):
        await restore(path, other)

    with write(path) as file:
        file.set_facts({"prefix": settings.topic_prefix, "shards": "2"})
    with pytest.raises(CannotRestore, match="the backup is of 2 shards"):
        await restore(path, settings)

    with write(path) as file:
        file.set_facts({"prefix": settings.topic_prefix, "shards": "1"})
        file.put_mark(Moment.AFTER, Topic.ARTICLES, 0, Landmark(1_780_000_000_000, "aa"))
    with pytest.raises(CannotRestore, match=r"articles, partition 0, ends before the backup"):
        await restore(path, settings)
    restored = await restore(path, settings, incomplete=True)
    assert (restored.state, restored.folded) == (0, 0)
    assert "the events between are lost" in restored.notes[0]

    producer = make_producer(settings)
    await producer.start()
    await send_all(producer, [Record(Topic.FOLD_STATE, b"marker/0", b"x", partition=0)], settings)
    await producer.stop()
    with pytest.raises(CannotRestore, match=r"fold.state has records: delete it"):
        await restore(path, settings, incomplete=True)
