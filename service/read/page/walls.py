"""Pages that are no content although the server says 200: bot checks, consent, region and
ad-blocker walls, "not found", maintenance, sign-in.

Such a page speaks about itself (the page, the browser, the reader's device and choices), an
article about the world. A page is rejected if its headings say what it is and a good part of its
text speaks about itself, or if nearly all of its text does. A page with an article's length of
other text is never rejected.

None of the 466 labelled pages of training and tuning is rejected.
"""

import re
from collections.abc import Iterable, Sequence

from service.contract.outcome import Rejected, RejectionReason
from service.read.page.blocks import Block
from service.read.page.paragraph import count_words, squeeze
from service.read.page.wall_words import HEADINGS, SENTENCES

MOST_OTHER = 90  # words that speak of something else: an article has more
MOST_CHARACTERS = 6_000  # of a page that is judged
MOST_WORDS = 400  # words of a page that is judged; walls are short
NAMED_SHARE = 0.3  # share of the words that speak of the page itself, if a heading names a wall
UNNAMED_SHARE = 0.6  # and if none does
MOST_HEADINGS = 5
LONGEST = 90  # characters of a heading that names a wall
SENTENCE = re.compile(r"(?<=[.!?。！？])\s*+")
HEADING = re.compile("|".join(HEADINGS), re.I)
OF_PAGE = re.compile("|".join(SENTENCES), re.I)


def check_wall(titles: Iterable[str], texts: Sequence[str], *, described: bool) -> None:
    """Reject a page whose text is about the page itself.

    Args:
        titles: the page's titles and headings.
        texts: the paragraphs of its main text.
        described: whether the page says when it was published, elsewhere than in its address.

    Raises:
        Rejected: WALL, with what was found.
    """
    if sum(map(len, texts)) > MOST_CHARACTERS:
        return
    words = 0
    for text in texts:
        words += count_words(text)
        if words > MOST_WORDS:
            return
    named = next((title for title in map(squeeze, titles) if names_wall(title)), None)
    if described and named is None:
        return
    own = other = 0
    for text in texts:
        for sentence in SENTENCE.split(text):
            if OF_PAGE.search(sentence):
                own += count_words(sentence)
            else:
                other += count_words(sentence)
            if other > MOST_OTHER:
                return
    if own and own >= (NAMED_SHARE if named else UNNAMED_SHARE) * words:
        where = f"the heading {named[:60]!r}, and " if named else ""
        raise Rejected(
            RejectionReason.WALL, f"{where}{own} of {words} words are about the page itself"
        )


def headings_of(blocks: Sequence[Block]) -> list[str]:
    """Return the first headings of a page."""
    return [block.text for block in blocks if block.is_heading][:MOST_HEADINGS]


def names_wall(title: str) -> bool:
    """Whether a heading says that the page is no content."""
    return len(title) <= LONGEST and HEADING.search(title) is not None
