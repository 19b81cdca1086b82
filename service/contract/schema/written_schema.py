"""How a model becomes the JSON Schema of what is written of it.

- An absent property is omitted, never null. What is always written is required, and has no
  default: a default would say what an absent one means, and none is absent.
- Words that may grow (relations, reasons, the version of a standard) are strings with the words of
  today as examples: a closed enum would make readers that are made from the schema refuse the next
  word.
- Unknown properties are allowed everywhere.
"""

from enum import Enum
from typing import Any, get_args

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from service.contract.schema.additions import ADDED
from service.contract.serde import Model

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class WrittenSchema(GenerateJsonSchema):
    """Schema generator for the output of `serde.dump`."""

    schema_dialect = DIALECT

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Return the schema of the non-null type: None is never written."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the schema without the default."""
        return self.generate_inner(schema["schema"])

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """Return any string, with the words of today as examples."""
        kind: type[Enum] = schema["cls"]
        return _open([each.value for each in kind])

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        """Return any string, with the words of today as examples."""
        return _open([getattr(each, "value", each) for each in schema["expected"]])

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Return the schema of an object, with all that is always written as required."""
        made = super().model_schema(schema)
        model = schema["cls"]
        if not issubclass(model, Model):
            return made
        required = []
        for name, field in model.model_fields.items():
            written_as = field.serialization_alias or field.alias or name
            if field.description:  # pydantic omits what is the same as the type's
                made["properties"][written_as]["description"] = _described(model, name)
            if is_always_written(model, name):
                required.append(written_as)
        made.pop("required", None)
        return {**made, "required": required} if required else made

    def field_title_should_be_set(self, schema: object) -> bool:
        """Return False: such a title would only repeat the property's name."""
        return False


def with_words_inline(schema: JsonSchemaValue) -> JsonSchemaValue:
    """Return a schema whose definitions are objects only: words stand where they are used, so that
    types made from the schema have plain strings there."""
    definitions = schema.get("$defs", {})
    words = {
        f"#/$defs/{name}": {"type": "string", "examples": each["examples"]}
        for name, each in definitions.items()
        if each["type"] == "string"
    }
    kept = {name: each for name, each in definitions.items() if f"#/$defs/{name}" not in words}
    rest = {name: each for name, each in schema.items() if name != "$defs"}
    found: JsonSchemaValue = _replaced({"$defs": kept, **rest} if kept else rest, words)
    return found


def _replaced(node: Any, by: dict[str, JsonSchemaValue]) -> Any:
    if isinstance(node, list):
        return [_replaced(each, by) for each in node]
    if not isinstance(node, dict):
        return node
    inner = {name: _replaced(each, by) for name, each in node.items()}
    reference = inner.get("$ref")
    if reference not in by:
        return inner
    del inner["$ref"]
    return {**inner, **by[reference]}


def is_always_written(model: type[Model], name: str) -> bool:
    """Return True if each record on the topics has this field: it is never None, and was there from
    the first."""
    optional = type(None) in get_args(model.model_fields[name].annotation)
    return not optional and name not in ADDED.get(model.__name__, ())


def _described(model: type[Model], name: str) -> str:
    said = model.model_fields[name].description or ""
    older = name in ADDED.get(model.__name__, ()) and "Absent " not in said
    return f"{said} Absent in records of version 0.1.0." if older else said


def _open(words: list[Any]) -> JsonSchemaValue:
    """A string of which some words are known."""
    return {"type": "string", "examples": [str(word) for word in words]}
