"""`python -m tests.faults [NAME ...]`: the long rounds, and a table of what they gave.

Some fifty minutes on two cores; the exit code is 1 where a promise was broken.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.disk_full import CannotMount
from tests.faults.result import Result
from tests.faults.rounds import ROUNDS
from tests.faults.table import render


def main() -> int:
    """Run the rounds named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ROUNDS))
    names = parser.parse_args().names or list(ROUNDS)
    if unknown := set(names) - set(ROUNDS):
        parser.error(f"no such round: {', '.join(sorted(unknown))}")
    logging.disable(logging.ERROR)  # what clients of a broker that goes away have to say
    results: dict[str, Result] = {}
    for name in names:
        begun = time.monotonic()
        try:
            with tempfile.TemporaryDirectory(prefix="faults-") as folder:
                results[name] = asyncio.run(ROUNDS[name](Path(folder)))  # type: ignore[arg-type]
        except CannotMount as error:
            print(f"{name}: left out, a small file system takes the right to mount: {error}")
            continue
        print(f"{name}, {time.monotonic() - begun:.0f} s: {results[name]}")
        print(render({name: results[name]}), flush=True)
    print()
    print(render(results))
    return 1 if any(result.verdict.broken for result in results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
