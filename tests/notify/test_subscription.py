"""The table of subscriptions: what it may say, and how what is wrong is told."""

from pathlib import Path

import pytest

from service.contract.record import Topic
from service.desk.queries.story_filters import StoryFilters
from service.notify.secrets import load_secrets
from service.notify.subscription import BadSubscriptions, Delivery, read_table

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
GOOD = """
[[subscription]]
name = "spun-copies"
url = "https://hooks.example/in?key=token"
query = "original:www.mysite.example relation:spun"
secret_env = "SPUN_SECRET"
"""


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(BadSubscriptions) as error:
        read_table(text)
    return error.value.problems


def test_a_subscription_is_read_with_its_query() -> None:
    table = read_table(GOOD)
    (made,) = table.subscription
    assert made.source is Topic.ARTICLES
    assert made.filters == StoryFilters(original="www.mysite.example", relation="spun")
    assert table.delivery == Delivery()
    assert made.shown_url == "https://hooks.example/...", "a path may be a secret"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('name = "Spun copies"', "name: must be lower-case letters"),
        ('url = "ftp://hooks.example/"', "url: must be an http or https address"),
        ('url = "https://user:pass@hooks.example/"', "url: must be an http"),
        ('url = "https:///in"', "url: must be an http"),
        ('url = "https://hooks.example:99999/"', "url: must be an http"),
        ('url = "https://hooks.example/#a"', "url: must be an http"),
        ('query = "relation:spunn"', "query: relation: does not take 'spunn'"),
        ('topic = "pages.raw"', "topic: Input should be 'articles' or 'stories'"),
        ('topic = "stories"', "query: the state of a story does not answer relation:"),
        ('secret_file = "s"', "needs either secret_env or secret_file"),
        ('secret = "whsec_abc"', "secret: secrets do not stand in this file"),
        ("wihdrawals = true", "wihdrawals: there is no such key"),
    ],
)
def test_each_mistake_is_told_with_its_place(line: str, why: str) -> None:
    key = line.partition(" ")[0]
    kept = [each for each in GOOD.splitlines() if not each.startswith(f"{key} ")]
    (told,) = problems("\n".join([*kept, line]))
    assert told.startswith("subscription ")
    assert why in told
    assert "pass@" not in told
    assert "whsec_abc" not in told


def test_all_mistakes_are_told_at_once() -> None:
    told = problems(GOOD.replace("spun-copies", "A B") + "[delivery]\nattempts = 0\nwait = 3\n")
    assert len(told) == 3
    assert told[0].startswith("subscription number 1: name:")


def test_a_name_is_used_once_and_a_table_is_not_empty() -> None:
    assert problems(GOOD + GOOD) == ("there are two subscriptions of one name: spun-copies",)
    assert problems("") == ("there is no [[subscription]]",)
    assert problems("[[subscription")[0].startswith("no TOML")


def test_withdrawals_are_of_articles() -> None:
    changed = GOOD.replace("relation:spun", "") + 'topic = "stories"\nwithdrawals = true\n'
    assert "withdrawals are of articles" in problems(changed)[0]


def test_secrets_come_from_the_environment_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "s").write_text(f"{SECRET}\n")
    in_file = GOOD.replace("spun-copies", "other").replace('env = "SPUN_SECRET"', 'file = "s"')
    found = load_secrets(read_table(GOOD + in_file), tmp_path, {"SPUN_SECRET": SECRET})
    assert found["spun-copies"] == found["other"]
    assert len(found["other"][0]) == 24


@pytest.mark.parametrize(
    ("environment", "why"),
    [({}, "secret_env SPUN_SECRET: is not set"), ({"SPUN_SECRET": "hunter2"}, "base64")],
)
def test_a_secret_that_is_missing_or_wrong_is_named_and_not_shown(
    environment: dict[str, str], why: str, tmp_path: Path
) -> None:
    with pytest.raises(BadSubscriptions) as error:
        load_secrets(read_table(GOOD), tmp_path, environment)
    (told,) = error.value.problems
    assert why in told
    assert "hunter2" not in told


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_without_a_secret_is_named(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "s").write_bytes(content)
    table = read_table(GOOD.replace('env = "SPUN_SECRET"', 'file = "s"'))
    with pytest.raises(BadSubscriptions, match=r"secret_file: .*/s: "):
        load_secrets(table, tmp_path, {})
