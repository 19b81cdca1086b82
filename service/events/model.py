"""The base of every model on a topic: frozen, and omitting what is absent when written."""

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Model(BaseModel):
    """An immutable value. Unknown properties are ignored, so that older readers survive newer
    writers."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class CamelModel(Model):
    """A model whose properties are written in camelCase, as ninjs spells them."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=to_camel, validate_by_name=True
    )
