"""A short run of the fuzzer, and everything that it ever kept."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.mutate import mutate
from tests.fuzz.run import CORPUS, corpus
from tests.fuzz.targets import MUTATIONS, TARGETS

SHORT = {
    "adapters": 2000,
    "reading": 60,
    "serde": 1000,
    "charset": 500,
    "letters": 1000,
    "cost": 40,
}

KEPT = [
    pytest.param(target.name, path, id=f"{target.name}/{path.name}")
    for target in sorted(CORPUS.iterdir())
    for path in sorted(target.iterdir())
]


@pytest.mark.parametrize(("target", "path"), KEPT)
def test_what_was_kept_keeps_its_promise(target: str, path: Path) -> None:
    TARGETS[target](path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_a_corpus_of_different_things(target: str) -> None:
    said = {TARGETS[target](each) for each in corpus(target)}
    assert len(said) > 1


@pytest.mark.parametrize("target", TARGETS)
def test_a_short_run(target: str) -> None:
    # The same inputs each time: a failure here is one for whoever changed the code.
    chance = random.Random(20_260)
    inputs, change = corpus(target), MUTATIONS.get(target, mutate)
    for _ in range(SHORT[target]):
        data = change(chance.choice(inputs), chance.choice(inputs), chance)
        try:
            TARGETS[target](data)
        except Exception:
            print("broken by", data[:2000])
            raise


@given(data=st.binary(max_size=400), target=st.sampled_from([*TARGETS]))
@settings(max_examples=300)
def test_any_bytes(data: bytes, target: str) -> None:
    TARGETS[target](data)
