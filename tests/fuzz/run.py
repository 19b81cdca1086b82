"""Fuzzing for as long as is wanted: `python -m tests.fuzz.run --seconds 600 [--target adapters]`.

Each input is a change of one in the corpus. One that makes the target say something new is kept
for the run, and in the corpus with `--keep`; one that breaks a promise is written to
`tests/fuzz/corpus/TARGET/` as `broken-...`, so that the tests fail until it is mended. One that
takes more than 20 s ends the run with a stack, and lies in `.fuzz/TARGET`.
"""

import argparse
import faulthandler
import hashlib
import logging
import random
import resource
import sys
import time
import traceback
from pathlib import Path

from tests.fuzz.cost import Cost
from tests.fuzz.mutate import mutate
from tests.fuzz.targets import MUTATIONS, TARGETS, Target

CORPUS = Path(__file__).parent / "corpus"

_SECONDS = 20.0
_MEMORY = 3 * 2**30


def corpus(name: str) -> list[bytes]:
    """The inputs kept for a target."""
    return [path.read_bytes() for path in sorted((CORPUS / name).iterdir())]


def fuzz(
    name: str, target: Target, chance: random.Random, seconds: float, *, keep: bool
) -> tuple[int, int, int]:
    """Fuzz one target; returns how many inputs were tried, were new, and broke a promise."""
    inputs = corpus(name)
    seen = {target(each) for each in inputs}
    change = MUTATIONS.get(name, mutate)
    tried = new = broken = 0
    last = Path(".fuzz") / name
    last.parent.mkdir(exist_ok=True)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = change(chance.choice(inputs), chance.choice(inputs), chance)
        tried += 1
        last.write_bytes(data)
        faulthandler.dump_traceback_later(_SECONDS, exit=True)
        try:
            said = target(data)
        except Exception:
            broken += 1
            traceback.print_exc()
            _write(name, "broken", data)
            continue
        finally:
            faulthandler.cancel_dump_traceback_later()
        if said not in seen:
            seen.add(said)
            inputs.append(data)
            new += 1
            if keep:
                _write(name, "found", data)
    return tried, new, broken


def _write(name: str, kind: str, data: bytes) -> None:
    digest = hashlib.sha256(data).hexdigest()[:12]
    (CORPUS / name / f"{kind}-{digest}").write_bytes(data)


def main() -> int:
    """Exit code 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--target", choices=TARGETS, action="append")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each target")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--keep", action="store_true", help="add what is new to the corpus")
    given = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    logging.disable()
    all_broken = 0
    for name in given.target or TARGETS:
        chance = random.Random(given.seed)
        tried, new, broken = fuzz(name, TARGETS[name], chance, given.seconds, keep=given.keep)
        all_broken += broken
        print(f"{name:10} seed {given.seed}: {tried} tried, {new} new, {broken} broken", flush=True)
        if isinstance(cost := TARGETS[name], Cost):
            print(f"{name:10} {cost}", flush=True)
    return 1 if all_broken else 0


if __name__ == "__main__":
    sys.exit(main())
