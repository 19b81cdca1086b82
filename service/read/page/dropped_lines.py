"""The lines that clean-up drops near the head and the end of a text, where agencies sign."""

from collections.abc import Sequence

from service.read.page.paragraph import Paragraph

HEAD = 4  # paragraphs
LAST = 6  # paragraphs before the end of the kept text, and ...
AFTER = 3  # ... after it: what follows a tail line such as "Related articles" is not the article's
LONGEST = 200  # characters


def dropped_lines(found: Sequence[Paragraph], cleaned: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return the lines among `found` that are not in `cleaned`, in the order of the page."""
    kept = {id(paragraph) for paragraph in cleaned}
    ends = [number for number, paragraph in enumerate(found) if id(paragraph) in kept]
    if not ends:
        return ()
    near = range(ends[-1] - LAST, ends[-1] + AFTER + 1)
    return tuple(
        paragraph.text
        for number, paragraph in enumerate(found)
        if id(paragraph) not in kept
        and (number < HEAD or number in near)
        and len(paragraph.text) <= LONGEST
    )
