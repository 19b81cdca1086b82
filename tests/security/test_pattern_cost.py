"""No pattern takes longer than linear time, whatever the text (ReDoS).

A regular expression that backtracks can take time that doubles with each letter. Every compiled
pattern of the service is given texts made from its own structure; its processor time at one size is
compared with that at a quarter of it. A pattern whose callers bound the text is given that much.
"""

import ast
import itertools
from collections.abc import Callable
from typing import Any

import pytest

from tests.security.growth import PATIENT, seconds, too_fast_growth
from tests.security.patterns import BOUND, MADE, Used, collect, is_call, makers, sources
from tests.security.pumped import inputs

SIZES = (16, 24, 32, 64, 256, 2048)
FLOOR, ENOUGH = 0.002, 0.05
PARTS = 4
"""Tests that the patterns are dealt out to, so that they run on several cores."""
MOST_SECONDS = 0.02
"""Most processor time on a text as long as the callers of a pattern allow."""


def run(used: Used, method: str, text: str | bytes) -> Callable[[], object]:
    """The work of one call; an iterator is run to its end."""
    call: Callable[[Any], Any] = getattr(used.pattern, method)
    if method == "finditer":
        return lambda: sum(1 for _ in call(text))
    return lambda: call(text)


def faults(used: Used) -> list[str]:
    """Texts that a pattern takes too long for."""
    found = []
    for make in inputs(used.pattern):
        for method in used.methods:
            if used.longest is not None:
                work = run(used, method, make(used.longest)[: used.longest])
                if seconds(work) > MOST_SECONDS and (best := seconds(work, PATIENT)) > MOST_SECONDS:
                    found.append(f"{method} on {make.__doc__}: {1000 * best:.0f} ms")
                continue
            growth = too_fast_growth(
                lambda size, make=make, method=method: run(used, method, make(size)),  # type: ignore[misc]
                SIZES,
                FLOOR,
                ENOUGH,
            )
            if growth is not None:
                found.append(f"{method} on {make.__doc__}: {growth}")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_pattern_takes_linear_time(part: int) -> None:
    slow = {
        f"{used.where} {used.pattern.pattern!r:.80}": found[:3]
        for used in itertools.islice(sorted(collect(), key=str), part, None, PARTS)
        if (found := faults(used))
    }
    assert slow == {}


def test_every_function_that_makes_patterns_is_listed() -> None:
    assert makers() == MADE | BOUND


def test_no_pattern_is_hidden_in_a_call() -> None:
    called = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn")
    hidden = [
        f"{name}:{node.lineno}"
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and is_call(node, called)
    ]
    assert hidden == []
