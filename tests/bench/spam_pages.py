"""Pages of spammers as READ would emit them, and honest copies of other stories beside them."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from service.contract.article import Article
from service.contract.attribution import Wire
from service.contract.extracted import Extracted, Signature, SourcePosition
from service.contract.identity import article_uri, digest
from service.text.signature import sign
from tests.bench.made_articles import Writer
from tests.bench.made_window import BEGIN

VICTIMS = 300
"""Stories beside the spam, of one article each; they enter the window first."""

PIECES = 6
PIECE_WORDS = 60
"""A stitched page is made of so many pieces, of so many words each, of as many stories."""

CHANGED = 12
"""Words that differ from page to page of one template."""

Texts = Callable[[int], str]


class SpamPages:
    """Makes the pages of one kind of spam, and honest copies.

    Attributes:
        victims: texts of the stories beside the spam.
    """

    def __init__(self, kind: str, texts: Sequence[str]) -> None:
        """Start at the first page.

        Args:
            kind: one of `KINDS`.
            texts: recorded articles, of which all others are made.
        """
        self._writer = Writer(texts)
        self._choice = random.Random(7)
        self.victims = [self._writer.article() for _ in range(VICTIMS)]
        self._base = max((self._writer.article() for _ in range(20)), key=len)
        self._text, self._many_hosts = {
            "template": (self._from_template, False),
            "verbatim, one host": (lambda number: self._base, False),
            "verbatim, many hosts": (lambda number: self._base, True),
            "stitched": (self._stitched, False),
        }[kind]
        self._signed: tuple[str, Signature] | None = None
        self._number = 0

    def first(self) -> Iterator[Extracted]:
        """Yield the stories beside the spam."""
        for text in self.victims:
            yield self._page(text, f"news{self._number}.example")

    def spam(self) -> Extracted:
        """Return the next page of the spammer."""
        host = f"spam{self._number}.example" if self._many_hosts else "spam.example"
        return self._page(self._text(self._number), host)

    def honest(self) -> tuple[int, Extracted]:
        """Return a copy of a story beside the spam, and the position of that story."""
        victim = self._choice.randrange(VICTIMS)
        text = self._writer.copy(self.victims[victim])
        return victim, self._page(text, f"paper{self._number}.example")

    def _page(self, text: str, host: str) -> Extracted:
        number, self._number = self._number, self._number + 1
        if self._signed is None or self._signed[0] != text:
            self._signed = text, sign(text, "en")
        url = f"https://{host}/page-{number}"
        return Extracted(
            article=Article(
                uri=article_uri(url),
                url=url,
                canonical_url=url,
                host=host,
                fetched_at=datetime.fromtimestamp(BEGIN, UTC) + timedelta(milliseconds=number),
                title=" ".join(text.split()[:9]),
                text=text,
                language="en",
                content_hash=digest(text),
            ),
            wire=Wire(),
            signature=self._signed[1],
            source=SourcePosition(topic="pages.raw", partition=0, offset=number),
        )

    def _from_template(self, number: int) -> str:
        words = self._base.split(" ")
        for place in self._choice.sample(range(len(words)), CHANGED):
            words[place] = f"{words[place]}{number:x}"
        return " ".join(words)

    def _stitched(self, number: int) -> str:
        pieces = []
        for text in self._choice.sample(self.victims, PIECES):
            words = text.split(" ")
            begin = self._choice.randrange(max(len(words) - PIECE_WORDS, 1))
            pieces.append(" ".join(words[begin : begin + PIECE_WORDS]))
        return "\n\n".join(pieces)


KINDS = ("template", "verbatim, one host", "verbatim, many hosts", "stitched")
