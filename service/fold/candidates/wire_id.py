"""Keys of wire stories' identifiers: articles with one in common are candidates."""

from collections.abc import Iterable

import numpy as np
import xxhash

from service.contract.wire_id import WireId
from service.text.hashing import Hashes

_NO_KEYS = np.empty(0, dtype=np.uint64)


def state_forms(ids: Iterable[WireId]) -> tuple[str, ...]:
    """Return identifiers as FOLD keeps them: `agency.kind:value`, and `/take` if one is printed."""
    return tuple(
        f"{each.agency}.{each.kind}:{each.value}" + ("" if each.take is None else f"/{each.take}")
        for each in ids
    )


def takes_of(wire_ids: Iterable[str]) -> dict[str, int]:
    """Return the printed takes by identifier."""
    parted = (each.rpartition("/") for each in wire_ids)
    return {name: int(take) for name, slash, take in parted if slash and take.isdigit()}


def wire_keys(wire_ids: Iterable[str]) -> Hashes:
    """Return a 64-bit key of each identifier, without its take, ascending. The lowest bit is 1, as
    of all keys of which one in common is enough (see `service.fold.candidates.index`)."""
    names = {without_take(each) for each in wire_ids}
    if not names:
        return _NO_KEYS
    return np.array(
        sorted(xxhash.xxh3_64_intdigest(f"wire id {name}".encode()) | 1 for name in names), "u8"
    )


def without_take(wire_id: str) -> str:
    """Return an identifier without its take."""
    name, slash, take = wire_id.rpartition("/")
    return name if slash and take.isdigit() else wire_id
