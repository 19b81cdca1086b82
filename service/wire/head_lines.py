"""Credit lines that extraction left at the head of the text."""

from collections.abc import Iterator

from service.events.article import Article
from service.events.wire import Evidence
from service.wire.byline import is_led, read_credit

HEAD_LINES = 3
HEAD_CHARACTERS = 1200
MOST_WORDS = 7
"""Of a line that does not open as bylines do."""


def head_evidence(article: Article, text: str) -> Iterator[Evidence]:
    """What the credit lines among the first lines of the text sign."""
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
    """Where the credit lines that open the text end; 0 where there are none."""
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
