"""What in a newer JSON Schema would break those who rely on an older one of the same version."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

_LOWER, _UPPER = ("minimum", "minLength", "minItems"), ("maximum", "maxLength", "maxItems")


def breaks_readers(old: Schema, new: Schema) -> list[str]:
    """Of values that we write: what was there stays, of the same type, and what was always there
    still always is. New properties are growth, and so are new words: an enum or a constant may be
    opened to any word. What was always there may be required now; nothing else may, since values of
    the older schema are still on the topics."""
    before, after = dict(_paths(old, old)), dict(_paths(new, new))
    found = [f"{path} is gone" for path in before if path not in after]
    for path in before.keys() & after.keys():
        was, now = before[path], after[path]
        found += _changed(path, was, now)
        if lost := set(was.get("required", [])) - set(now.get("required", [])):
            found += [f"{path}.{name} may be absent now" for name in sorted(lost)]
        found += [
            f"{path}.{name} is absent from older values"
            for name in now.get("required", [])
            if name not in was.get("required", []) and not _was_always_written(was, name)
        ]
    return sorted(found)


def _was_always_written(was: Schema, name: str) -> bool:
    """True of a property with a default: it is written where it has no other value, too."""
    return "default" in was.get("properties", {}).get(name, {})


def breaks_writers(old: Schema, new: Schema) -> list[str]:
    """Of values that we read: what was allowed still is, and nothing more is demanded."""
    before, after = dict(_paths(old, old)), dict(_paths(new, new))
    found = [f"{path} is not read any more" for path in before if path not in after]
    for path in before.keys() & after.keys():
        was, now = before[path], after[path]
        found += _changed(path, was, now)
        if added := set(now.get("required", [])) - set(was.get("required", [])):
            found += [f"{path}.{name} is demanded now" for name in sorted(added)]
        allowed: list[Any] = was.get("enum", [])
        if refused := set(allowed) - set(now.get("enum", allowed)):
            found.append(f"{path} refuses {sorted(refused)}")
        found += [
            f"{path}: {bound} is tighter"
            for bounds, sign in ((_LOWER, 1), (_UPPER, -1))
            for bound in bounds
            if bound in now and (bound not in was or sign * now[bound] > sign * was[bound])
        ]
        if now.get("pattern") not in (None, was.get("pattern")):
            found.append(f"{path}: another pattern")
    return sorted(found)


def _changed(path: str, was: Schema, now: Schema) -> list[str]:
    return [
        f"{path}: {key} was {was[key]!r} and is {now.get(key)!r}"
        for key in ("type", "const", "format", "contentEncoding")
        if key in was and was[key] != now.get(key) and not (key == "const" and key not in now)
    ]


def _paths(schema: Schema, root: Schema, at: str = "$") -> Iterator[tuple[str, Schema]]:
    """Every place a value may stand in, with what the schema says of it; references followed."""
    if reference := schema.get("$ref"):
        schema = {**root["$defs"][reference.rpartition("/")[2]], **schema}
    yield at, schema
    for name, inner in schema.get("properties", {}).items():
        yield from _paths(inner, root, f"{at}.{name}")
    for key in ("items", "additionalProperties"):
        if isinstance(inner := schema.get(key), dict):
            yield from _paths(inner, root, f"{at}[{key}]")
    for key in ("anyOf", "oneOf", "prefixItems"):
        for place, inner in enumerate(schema.get(key, [])):
            yield from _paths(inner, root, f"{at}({key} {place})")
