"""Copies found, beside published methods: `python -m tests.eval.eval_copies [--write]`.

Gives copydesk and every baseline the same texts, real ones by language and length and the English
stories, those of the training half and those that nothing was tuned to, and prints all of it as
tables. `--write` puts them on the page `deploy/benchmarks/copies.md`, with a picture (matplotlib),
and the figures of copydesk alone into `deploy/LANGUAGES.md`.
"""

import argparse
import re
from concurrent.futures import ProcessPoolExecutor

from tests.bench.figures import FOLDER
from tests.eval.baselines import COSINE
from tests.eval.copies_page import draw, page
from tests.eval.copies_run import run_real, run_stories, threshold_on
from tests.eval.copies_tables import kinds_of_copydesk, languages

PAGE = FOLDER / "copies.md"
LANGUAGES = FOLDER.parent / "LANGUAGES.md"
BEGIN, END = "<!-- measured by tests/eval/eval_copies.py -->", "<!-- end -->"
PARTS = ("test", "train")


def put_between(document: str, text: str) -> str:
    """The document with the text between its marks."""
    found = re.search(f"{re.escape(BEGIN)}.*?{re.escape(END)}", document, re.DOTALL)
    if found is None:
        raise ValueError(f"the document has no {BEGIN}")
    return f"{document[: found.start()]}{BEGIN}\n{text}\n{END}{document[found.end() :]}"


def main() -> None:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    step = threshold_on("train")
    steps = (COSINE, step)
    with ProcessPoolExecutor(options.jobs) as pool:
        stories = [pool.submit(run_stories, part, steps) for part in PARTS]
        real = [pool.submit(run_real, part, steps) for part in PARTS]
        test, train = ((a.result(), b.result()) for a, b in zip(real, stories, strict=True))
    written = page(test, train, step)
    print(written)
    if options.write:
        halves = (test[0], train[0])
        own = "\n\n".join("\n".join(t(halves).lines()) for t in (languages, kinds_of_copydesk))
        draw(*halves)
        PAGE.write_text(written)
        LANGUAGES.write_text(put_between(LANGUAGES.read_text(), own))


if __name__ == "__main__":
    main()
