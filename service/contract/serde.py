"""The base of every model on a topic, and models to bytes and back.

Values are written by orjson with sorted keys and without nulls, so that equal values are equal
bytes.
"""

from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel


class Model(BaseModel):
    """An immutable value. Unknown properties are ignored, so that older readers can read the
    records of newer writers."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class CamelModel(Model):
    """A model whose properties are written in camelCase, as in ninjs."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, validate_by_name=True
    )


M = TypeVar("M", bound=Model)


class UndecodableValue(ValueError):
    """The bytes are not JSON or do not fit the topic's model."""


def dump(model: Model) -> bytes:
    """Return a model as JSON; properties that are None are omitted."""
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
