"""Print the goldens: `python -m tests.goldens [--write] [--records FOLDER]`.

Prints a SHA-256 digest of each component and one overall, and marks those that differ from
`expected.json`. Exit code 1 if any does. `--records` writes what was digested as text, one file a
component: `diff -r` of two such folders shows which records differ. With `--pages` and `--stories`
larger labelled sets are digested too; their digests are only printed, to be compared between two
versions.

`expected.json` is written anew (`make goldens`) by a change that is meant to change what it holds,
in the same commit, whose message says which components change and why:

- `texts.*`: any change of prose in help, settings, metrics or schemas.
- `read.*`, `fold.*`, `state.*`: a change of what READ or FOLD make of an input. A change of READ or
  of signatures changes `fold.*` too, since the articles change that FOLD is given.
- `read.linked`, `link.*`: a change of concepts, of what FOLD tells LINK, or of what LINK makes of
  it.
- `sqlite.*`, `segments.*`: these alone change only with the format on disk. A new format needs a
  new `FORMAT` in `service.worker.checkpoint.checkpoint`; else checkpoints that exist are misread.
- `schemas`, `metrics`, `settings`, `commands`: what others rely on; see `deploy/UPGRADES.md`.

A change of structure (moves, renames, merged files, speed) never writes it anew.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from tests.goldens.components import Goldens, behaviour, earlier, interfaces, recorded
from tests.goldens.digests import overall

EXPECTED = Path(__file__).parent / "expected.json"


def main() -> int:
    options = argparse.ArgumentParser(
        prog="python -m tests.goldens", description="Digests of fixed inputs."
    )
    options.add_argument("--write", action="store_true", help="write expected.json")
    options.add_argument("--pages", type=Path, help="labelled pages, JSON lines, gzip")
    options.add_argument("--stories", type=Path, help="labelled stories, JSON lines, gzip")
    options.add_argument("--most", type=int, help="number of stories to take; all if not given")
    options.add_argument("--records", type=Path, help="a folder to write every record to, as text")
    given = options.parse_args()
    if given.records:
        given.records.mkdir(parents=True, exist_ok=True)
    goldens = Goldens(given.records)
    started = time.monotonic()
    behaviour(goldens)
    earlier(goldens)
    interfaces(goldens)
    kept = dict(goldens.found)
    for step in recorded(goldens, given.pages, given.stories, given.most):
        print(f"{time.monotonic() - started:6.1f} s  {step}", file=sys.stderr)
    expected = json.loads(EXPECTED.read_text()) if EXPECTED.exists() else {}
    for name, digest in goldens.found.items():
        held = expected.get(name)
        note = "" if held == digest or name not in kept else "  CHANGED" if held else "  NEW"
        print(f"{digest}  {name}{note}")
    print(f"{overall(kept)}  overall")
    if given.write:
        EXPECTED.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n")
        return 0
    return int(kept != expected)


if __name__ == "__main__":
    sys.exit(main())
