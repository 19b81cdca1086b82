"""Commands to copy: they can be run as shown, and contain no secret."""

import shlex

from pydantic import SecretStr

from service.cli.replay import command as replay
from service.cli.tail import command as tail
from service.desk.views.without_event import look_at, replay_page, replay_reason
from service.settings import Settings

SETTINGS = Settings(
    brokers="kafka-1:9092,kafka-2:9092",
    topic_prefix="news.",
    security_protocol="SASL_PLAINTEXT",
    sasl_username="desk",
    sasl_password=SecretStr("hush"),
)


def test_the_command_takes_what_is_given() -> None:
    for line in (replay_page(SETTINGS, 3, 17), replay_reason(SETTINGS, "timeout")):
        words = shlex.split(line)
        replay.make_context("replay", words[words.index("replay") + 1 :])
    tail.make_context("tail", shlex.split(look_at(Settings(), "pages.rejected"))[2:])


def test_it_reaches_the_same_brokers_and_names_no_secret() -> None:
    line = replay_reason(SETTINGS, "")
    assert line == (
        "COPYDESK_BROKERS=kafka-1:9092,kafka-2:9092 COPYDESK_TOPIC_PREFIX=news. copydesk replay"
    )
    assert replay_reason(Settings(), "") == "copydesk replay"
