"""The core of a text: what outlets that carry the same story have in common.

Credit lines at the head, the dateline and the trailer are cut off.
"""

import re
from collections.abc import Iterable, Iterator

from service.contract.article import Article
from service.contract.attribution import Evidence
from service.read.attribution.byline import is_led, read_credit
from service.read.attribution.dateline import DatelineFound
from service.read.attribution.trailer import TrailerFound

_EMPTY = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def cut_out(text: str, cuts: Iterable[tuple[int, int]]) -> str:
    """Return the text without these spans, and without the empty paragraphs that they leave."""
    spans = sorted(cuts)
    if not spans:
        return text
    kept: list[str] = []
    position = 0
    for start, end in spans:
        kept.append(text[position:start])
        position = max(position, end)
    kept.append(text[position:])
    return _EMPTY.sub("\n\n", "".join(kept)).strip()


HEAD_LINES = 3
HEAD_CHARACTERS = 1200
MOST_WORDS = 7
"""Words at most of a line that does not open with "By", "Source:" or the like."""


def head_evidence(article: Article, text: str) -> Iterator[Evidence]:
    """Yield the evidence from credit lines among the first lines of the text."""
    for start, line in _first_lines(text):
        for found in read_credit(line, article.language):
            bare = found.lead is None and found.shape == "list"
            kind = "shared" if found.shared else "bare" if bare else found.shape
            own = found.shared or found.lead == "by" or found.shape.startswith("initials")
            span = (start + found.start, start + found.end)
            yield Evidence(
                agency=found.agency.key,
                rule=f"head_line.{kind}" if own or not article.authors else "doubtful.head_line",
                where="text",
                text=text[slice(*span)],
                span=span,
            )


def head_credit_end(text: str) -> int:
    """Return where the credit lines that open the text end; 0 if there are none."""
    end = 0
    for start, line in _first_lines(text):
        if text[end:start].strip() or not read_credit(line, "und"):
            break
        end = start + len(line)
    return end


def _first_lines(text: str) -> Iterator[tuple[int, str]]:
    position = seen = 0
    for line in text[:HEAD_CHARACTERS].splitlines(keepends=True):
        if line.strip():
            seen += 1
            if seen > HEAD_LINES:
                return
            if len(line.split()) <= MOST_WORDS or is_led(line):
                yield position, line
        position += len(line)


def core_text(text: str, dateline: DatelineFound | None, trailers: list[TrailerFound]) -> str:
    """Return the text without dateline, opening credit lines, trailers and outlet notes."""
    cuts = [(trailer.start, trailer.end) for trailer in trailers]
    if dateline is not None:
        cuts.append((dateline.start, dateline.end))
    credit = head_credit_end(text)
    if credit:
        cuts.append((0, credit))
    return cut_out(text, cuts)
