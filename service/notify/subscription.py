"""The operator's table of subscriptions: who is told of which events."""

import re
import tomllib
from collections.abc import Iterable
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from service.contract.record import Topic
from service.desk.queries.story_filters import StoryFilters
from service.notify.query import UnfitQuery, read_query

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LONGEST_URL = 2000


class BadSubscriptions(ValueError):
    """The table cannot be used; `problems` has a line for each reason, none with a value that may
    be a secret."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Delivery(_Strict):
    """How events are posted.

    Attributes:
        attempts: how often one event is posted until it is a dead letter.
        first_wait_seconds: wait after the first attempt; it doubles with each.
        longest_wait_seconds: longest wait between two attempts.
        timeout_seconds: how long an attempt may take, from connecting to the answer's status.
    """

    attempts: int = Field(default=16, ge=1, le=1000)
    first_wait_seconds: float = Field(default=1.0, gt=0, le=3600)
    longest_wait_seconds: float = Field(default=3600.0, gt=0, le=86_400)
    timeout_seconds: float = Field(default=20.0, gt=0, le=300)


class Subscription(_Strict):
    """One receiver, and the events it is told of.

    Attributes:
        name: names it in the consumer group, in the log and in dead letters.
        url: where events are posted.
        query: what the search box of the desk takes, see `service.notify.query`.
        topic: whose events.
        withdrawals: also post takedowns of articles that the query could have taken: they no
            longer have the relation and the words that it asks for.
        secret_env, secret_file: where the secrets stand; exactly one of the two.
    """

    name: str
    url: str
    query: str
    topic: Literal["articles", "stories"] = "articles"
    withdrawals: bool = False
    secret_env: str | None = None
    secret_file: str | None = None

    @property
    def source(self) -> Topic:
        """The topic as such."""
        return Topic(self.topic)

    @property
    def filters(self) -> StoryFilters:
        """The query, understood."""
        return read_query(self.query, self.source)

    @property
    def shown_url(self) -> str:
        """The address without path and query, which may hold what only the receiver should know."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}/..."

    @field_validator("name")
    @classmethod
    def _plain(cls, name: str) -> str:
        if not _NAME.fullmatch(name):
            raise ValueError("must be lower-case letters, digits and dashes, at most 63")
        return name

    @field_validator("url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        problem = "must be an http or https address with a host, without user info and fragment"
        try:
            parts = urlsplit(url)
            port_fits = parts.port is None or parts.port > 0
        except ValueError:
            raise ValueError(problem) from None
        odd = "\\" in url or not url.isprintable() or " " in url or len(url) > _LONGEST_URL
        if parts.scheme not in ("http", "https") or not parts.hostname or not port_fits or odd:
            raise ValueError(problem)
        if "@" in parts.netloc or "#" in url:
            raise ValueError(problem)
        return url

    @model_validator(mode="after")
    def _answerable(self) -> "Subscription":
        if (self.secret_env is None) == (self.secret_file is None):
            raise ValueError("needs either secret_env or secret_file")
        if self.withdrawals and self.source is Topic.STORIES:
            raise ValueError("withdrawals are of articles: a story's state says its status")
        try:
            self.filters  # noqa: B018 - checked here, used later
        except UnfitQuery as error:
            raise ValueError(f"query: {error}") from error
        return self


class Table(_Strict):
    """The whole table."""

    subscription: tuple[Subscription, ...] = ()
    delivery: Delivery = Delivery()

    @model_validator(mode="after")
    def _names_once(self) -> "Table":
        if not self.subscription:
            raise ValueError("there is no [[subscription]]")
        names = [each.name for each in self.subscription]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"there are two subscriptions of one name: {', '.join(twice)}")
        return self


def read_table(text: str) -> Table:
    """Read the table from TOML.

    Raises:
        BadSubscriptions: it is no TOML, or not of this form; names every problem.
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSubscriptions([f"no TOML: {error}"]) from error
    try:
        return Table.model_validate(given)
    except ValidationError as error:
        raise BadSubscriptions(_lines(error, given)) from error


def _lines(error: ValidationError, given: dict[str, Any]) -> list[str]:
    lines = []
    for each in error.errors(include_url=False, include_input=False, include_context=False):
        where, key = _place(each["loc"], given)
        if key == "secret":
            what = "secrets do not stand in this file: name secret_env or secret_file"
        elif each["type"] == "extra_forbidden":
            what = "there is no such key"
        else:
            what = each["msg"].removeprefix("Value error, ")
        lines.append(": ".join(part for part in (where, key, what) if part))
    return lines


def _place(loc: tuple[int | str, ...], given: dict[str, Any]) -> tuple[str, str]:
    """Return the subscription that an error is in, by name or number, and the key."""
    if len(loc) < 2 or not isinstance(loc[1], int):
        return "", ".".join(map(str, loc))
    try:
        name = given["subscription"][loc[1]]["name"]
    except (KeyError, TypeError):
        name = None
    shown = name if isinstance(name, str) and _NAME.fullmatch(name) else f"number {loc[1] + 1}"
    return f"subscription {shown}", ".".join(map(str, loc[2:]))
