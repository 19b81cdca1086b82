"""Whether a worker of a deployment runs, under any group's name."""

from aiokafka.errors import for_code

from service.contract.record import Topic
from service.settings import Settings
from service.worker.kafka.topics import Admin, topic_name


class WorkersRun(RuntimeError):
    """A worker is in a group, or a group could not be asked."""


async def check_no_worker(settings: Settings) -> None:
    """Check that no group has a member that reads this deployment's topics.

    Raises:
        WorkersRun: one has.
        TopicsUnavailable: the broker cannot be reached.
    """
    names = [topic_name(topic, settings).encode() for topic in (Topic.RAW, Topic.EXTRACTED)]
    # In a member's metadata, a topic's name follows its length.
    wanted = [len(name).to_bytes(2, "big") + name for name in names]
    async with Admin(settings) as admin:
        groups = sorted({group for group, *_ in await admin.list_consumer_groups()})
        # One by one: aiokafka 0.14 misreads an answer about several groups.
        answers = [await admin.describe_consumer_groups([group]) for group in groups]
    for (answer,) in answers:
        for code, group, _, _, _, members, *_ in answer.groups:
            if code:
                raise WorkersRun(f"group {group}: {for_code(code).__name__}")
            if any(each in metadata for _, _, _, metadata, *_ in members for each in wanted):
                raise WorkersRun(
                    f"group {group} has {len(members)} members that read {names[0].decode()} or"
                    f" {names[1].decode()}: stop every worker first (one that was killed is a"
                    " member until its session timeout)"
                )
