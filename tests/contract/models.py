"""Hypothesis strategies for the models that travel on the topics, made from their fields."""

from datetime import UTC, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from service.contract.moment import Moment
from service.contract.serde import Model

# What JSON can carry: any text but lone surrogates, times with an offset, 64-bit numbers.
SCALARS: dict[type, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(codec="utf-8"), max_size=8),
    int: st.integers(0, 2**64 - 1),
    float: st.floats(0, 1, allow_nan=False),
    bool: st.booleans(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    NoneType: st.none(),
}
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat)


def _is_moment(field: FieldInfo) -> bool:
    """True of a field that is never None: of those pydantic takes the parts of the type apart."""
    return any(each in field.metadata for each in get_args(Moment)[1:])


@cache
def instances(model: type[Model]) -> st.SearchStrategy[Any]:
    """Instances of a model, with any values its fields allow."""
    fields = {
        name: MOMENTS if _is_moment(field) else _values(field.annotation)
        for name, field in model.model_fields.items()
    }
    return st.fixed_dictionaries(fields).map(model.model_validate)


def _values(kind: Any) -> st.SearchStrategy[Any]:
    if kind in SCALARS:
        return SCALARS[kind]
    if kind == Moment:
        return MOMENTS
    arguments = get_args(kind)
    if get_origin(kind) is Literal:
        return st.sampled_from(arguments)
    if get_origin(kind) in (Union, UnionType):
        return st.one_of(*(_values(argument) for argument in arguments))
    if get_origin(kind) is tuple and arguments[-1] is Ellipsis:
        return st.lists(_values(arguments[0]), max_size=2).map(tuple)
    if get_origin(kind) is tuple:
        return st.tuples(*(_values(argument) for argument in arguments))
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    return instances(kind)
