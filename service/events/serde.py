"""Models to bytes and back: orjson, sorted keys, no nulls, so that equal values are equal bytes."""

from typing import Any, TypeVar

import orjson
from pydantic import ValidationError

from service.events.model import Model

M = TypeVar("M", bound=Model)


class UndecodableValue(ValueError):
    """The bytes are not JSON, or not of the model that the topic promises."""


def dump(model: Model) -> bytes:
    """Write a model as JSON; properties that are None are left out."""
    return orjson.dumps(
        model.model_dump(by_alias=True, exclude_none=True), option=orjson.OPT_SORT_KEYS
    )


def load(model: type[M], value: bytes) -> M:
    """Read a model from JSON.

    Raises:
        UndecodableValue: the bytes are not JSON or do not fit the model.
    """
    try:
        return model.model_validate(orjson.loads(value))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "value"
        raise UndecodableValue(f"{where}: {first['msg']}") from error
    except orjson.JSONDecodeError as error:
        raise UndecodableValue(f"not JSON: {error}") from error


def load_json(value: bytes) -> Any:
    """Read any JSON value.

    Raises:
        UndecodableValue: the bytes are not JSON.
    """
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError as error:
        raise UndecodableValue(f"not JSON: {error}") from error
