"""Lists, written for this, of the most frequent words of news in languages that the encoder does
not know.

A file `xx.txt` (BCP 47) has a line for an English word: `english: word word ...`. The words are
forms of what the English one is called in that language; more forms follow from the stem.
"""

from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent


def written_words(language: str) -> Iterator[tuple[str, str]]:
    """Yield an English word and a word of the language, without apostrophes."""
    for line in (FOLDER / f"{language}.txt").read_text("utf-8").splitlines():
        english, words = line.split(": ")
        for word in words.split():
            yield english, word.replace("'", "").replace("’", "")
