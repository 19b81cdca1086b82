"""Public sets of copies as rows, for those who have them: NEWS-COPY and CORE.

NEWS-COPY (Silcock and others 2023): front pages of American newspapers of the 20th century, read by
OCR, every copy labelled by hand. Two JSON files: the articles, an object of objects with `article`
and `byline` by their id, and the labels, a list of pairs of ids that are copies.

CORE (Gyawali and others 2020, "Deduplication of Scholarly Documents"): titles and abstracts of
100,000 papers. One file of JSON lines; of each line `core_id`, `original_title`,
`original_abstract`, and `labelled_duplicates`, the ids of its duplicates.

Both are as the code that their authors and users have published reads them; neither is part of this
project. That two papers are one work does not say that their abstracts are copies.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.eval.baselines import single_link
from tests.eval.real_rows import RealRow


def load_news_copy(articles: Path, labels: Path) -> list[RealRow]:
    """Return the articles of NEWS-COPY; copies, and copies of copies, have one story.

    Raises:
        ValueError: A file has another form.
    """
    texts, pairs = json.loads(articles.read_text("utf-8")), json.loads(labels.read_text("utf-8"))
    if not isinstance(texts, dict) or not isinstance(pairs, list):
        raise ValueError(f"{articles.name} is not an object of articles, or {labels.name} no list")
    try:
        bodies = {key: row["article"] for key, row in texts.items()}
        linked = [(one, other) for one, other in pairs]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(
            f"{articles.name} and {labels.name} do not have the form of NEWS-COPY: {error}"
        ) from error
    return _rows("news_copy", bodies, linked)


def load_core(file: Path) -> list[RealRow]:
    """Return the papers of CORE, title and abstract as paragraphs; duplicates have one story.

    Raises:
        ValueError: A line has another form.
    """
    bodies, linked = {}, []
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
                key = str(row["core_id"])
                parts = (row.get("original_title"), row["original_abstract"])
                linked += [(key, str(other)) for other in row["labelled_duplicates"] or ()]
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(
                    f"line {number} of {file.name} does not have the form of CORE: {error}"
                ) from error
            bodies[key] = "\n".join(part for part in parts if part)
    return _rows("core", bodies, linked)


def _rows(name: str, bodies: Mapping[str, str], linked: Iterable[Sequence[str]]) -> list[RealRow]:
    """Labels of what is not among the texts are passed over."""
    numbers = {key: number for number, key in enumerate(bodies)}
    known = [(numbers[a], numbers[b]) for a, b in linked if a in numbers and b in numbers]
    stories = single_link(len(bodies), known)
    return [
        RealRow(key, name, text, f"{name}|{story}", f"{name}|{story}", "en", "")
        for (key, text), story in zip(bodies.items(), stories, strict=True)
    ]
