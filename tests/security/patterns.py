"""Collect every compiled pattern of the service, with the methods that it is used by."""

import ast
import functools
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import service
from service.agencies.table import book
from service.read.attribution import byline, dateline, names, revision, trailer
from service.read.page import genres, language_check

ROOT = Path(service.__file__).parent


@dataclass(frozen=True, slots=True)
class Used:
    """A pattern, where it was found, and how it is used.

    Attributes:
        methods: the methods that it is used by.
        longest: characters of the longest text that it is given; None if nothing bounds it.
    """

    where: str
    pattern: re.Pattern[Any]
    methods: tuple[str, ...]
    longest: int | None = None


def made() -> Iterator[Used]:
    """The patterns that functions make, each with its use and the bound of its callers."""
    for shape in book().dateline:
        yield Used(f"dateline.{shape.name}", shape.pattern, ("match",), dateline.LONGEST)
    for shape in book().byline:
        yield Used(f"byline.{shape.name}", shape.pattern, ("fullmatch",), byline.LONGEST)
    for shape in (*book().trailer, *book().note):
        yield Used(f"trailer.{shape.name}", shape.pattern, ("fullmatch",), trailer.LONGEST)
        if shape.name.startswith("closing"):
            yield Used(f"end.{shape.name}", shape.pattern, ("finditer",), trailer.CLOSING)
    yield Used("byline.lead_in", byline._lead_in(), ("match",), byline.LONGEST)
    yield Used("byline.cut", byline._cut(), ("finditer",), byline.LONGEST)
    yield Used("byline.picture", byline._picture(), ("search",), byline.LONGEST)
    yield Used("names.any_name", names._any_name(), ("finditer",))
    for language in language_check.WRITTEN["Cyrillic"].split():
        yield Used(f"language.{language}", language_check._letters(language), ("findall",))
    markers = revision._markers()
    for field in fields(markers):
        at_end = field.name.endswith("title_end")
        longest = revision._LONGEST_MARKER if at_end else None
        value = getattr(markers, field.name)
        one = isinstance(value, re.Pattern)
        patterns = [value] if one else [form.pattern for _, form in value]
        for number, pattern in enumerate(patterns):
            method = "search" if at_end else "match"
            yield Used(f"revision.{field.name}.{number}", pattern, (method,), longest)


MADE = {
    "service.read.attribution.byline._lead_in",
    "service.read.attribution.byline._cut",
    "service.read.attribution.byline._picture",
    "service.read.attribution.names._any_name",
    "service.agencies.shapes.compile_shape",
    "service.read.attribution.revision._any",
    "service.read.attribution.revision.pattern",
    "service.read.page.language_check._letters",
}
"""Functions that compile the patterns of `made`."""
BOUNDED = {
    "service.read.attribution.dateline._BARE": dateline.LONGEST,
    "service.read.attribution.dateline._CAPITALS": dateline.LONGEST,
    "service.read.attribution.byline._TIME": byline.LONGEST,
    "service.read.page.genres.AI": genres.AI_READ,
}
"""Patterns of modules whose callers bound the text, with its greatest length in characters."""
BOUND = {"service.read.page.boilerplate.whole"}
"""Functions that compile patterns which are bound to names of modules."""
IN_LOOPS = {"ASKING": {"search"}, "USES": {"search"}, "_ELIDED": {"match", "finditer"}}
"""Methods of patterns in tuples and mappings, which are called on a variable of a loop."""
METHODS = ("match", "fullmatch", "search", "finditer")
SAME = {"sub": "finditer", "subn": "finditer", "split": "finditer", "findall": "finditer"}
"""Methods that search as another one does."""


@functools.cache
def collect() -> tuple[Used, ...]:
    """Every compiled pattern of the service."""
    found = list(made())
    listed = {each.pattern for each in found}
    used = uses()
    for module in modules():
        for name, value in vars(module).items():
            for pattern in patterns_in(value):
                if pattern not in listed:
                    listed.add(pattern)
                    where = f"{module.__name__}.{name}"
                    methods = tuple(sorted(IN_LOOPS.get(name) or used.get(name) or METHODS))
                    found.append(Used(where, pattern, methods, BOUNDED.get(where)))
    return tuple(found)


def modules() -> Iterator[ModuleType]:
    """Every module of the service, imported."""
    for info in pkgutil.walk_packages(service.__path__, "service."):
        if not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def uses() -> Mapping[str, set[str]]:
    """Methods by the names of the objects that they are called on, in the whole service."""
    found: dict[str, set[str]] = {}
    for node in (node for _, tree in sources() for node in ast.walk(tree)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            method = SAME.get(node.attr, node.attr)
            if method in METHODS:
                found.setdefault(node.value.id, set()).add(method)
    return found


@functools.cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    """The name and the syntax tree of every module of the service."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(("service", *path.relative_to(ROOT).with_suffix("").parts))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found.append((name.removesuffix(".__init__"), tree))
    return tuple(found)


def makers() -> set[str]:
    """Functions that compile patterns, by module and name."""
    return {
        f"{name}.{function.name}"
        for name, tree in sources()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        and any(is_call(node, ("compile",)) for node in own_nodes(function))
    }


def own_nodes(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions inside it."""
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop()
        if not isinstance(node, ast.FunctionDef):
            yield node
            pending += ast.iter_child_nodes(node)


def is_call(node: ast.AST, names: Iterable[str]) -> bool:
    """Whether a node is a call of one of these functions of `re`."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in names
    )


def patterns_in(value: object, depth: int = 6) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value: itself, its members, or the attributes of a class or object."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth == 0 or isinstance(value, (str, bytes, ModuleType)):
        return
    elif isinstance(value, Mapping):
        for item in tuple(value.values()):
            yield from patterns_in(item, depth - 1)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for item in tuple(value):
            yield from patterns_in(item, depth - 1)
    elif isinstance(value, type) and value.__module__.startswith("service."):
        for item in tuple(vars(value).values()):
            yield from patterns_in(item, depth - 1)
    elif isinstance(value, functools.partial):
        yield from patterns_in((*value.args, value.keywords), depth - 1)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from patterns_in(getattr(value, field.name, None), depth - 1)
