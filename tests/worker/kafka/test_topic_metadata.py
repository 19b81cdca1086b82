"""Waiting until every broker knows a topic, against brokers that hear of it late or not at all."""

from collections.abc import Iterator, Sequence

import pytest
from aiokafka.errors import KafkaConnectionError

from service.worker.kafka.topic_metadata import MetadataTooSlow, until_all_know


class Brokers:
    """Answers in turn, by node; the last of each stands."""

    def __init__(self, **answers: Sequence[set[str]]) -> None:
        self._answers: dict[int, Iterator[set[str]]] = {
            int(node[1:]): iter(each) for node, each in answers.items()
        }
        self.last: dict[int, set[str]] = {}

    async def ask(self, node: int) -> set[str]:
        """What the node knows now."""
        if node not in self._answers:
            raise KafkaConnectionError
        self.last[node] = next(self._answers[node], self.last.get(node, set()))
        return self.last[node]


async def test_the_last_to_hear_of_it_is_waited_for() -> None:
    brokers = Brokers(n1=[{"a", "b"}], n2=[set(), {"a"}, {"a", "b"}])
    await until_all_know(["a", "b"], [1, 2], brokers.ask, patience=30)
    assert brokers.last == {1: {"a", "b"}, 2: {"a", "b"}}


async def test_a_broker_that_is_gone_is_not_waited_for() -> None:
    brokers = Brokers(n1=[set(), {"a"}])
    await until_all_know(["a"], [3, 1], brokers.ask, patience=30)
    assert brokers.last == {1: {"a"}}


async def test_it_is_said_who_does_not_know_what() -> None:
    brokers = Brokers(n1=[{"a"}], n2=[{"b"}])
    with pytest.raises(MetadataTooSlow, match="broker 2 does not know a, c"):
        await until_all_know(["a", "c"], [2], brokers.ask, patience=0.01)
