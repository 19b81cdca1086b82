"""All that a page declares of its article, read from its parts: a claim each, with its place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.contract.article import Credit
from service.contract.declared import Genre, Person, Subject, Teaser
from service.read.page.blocks import Block
from service.read.page.cleanup import PageFacts
from service.read.page.genres import find_genres
from service.read.page.head import Head
from service.read.page.paragraph import Paragraph, normalise_words
from service.read.page.people import find_people
from service.read.page.publisher_name import Publisher, find_publisher
from service.read.page.site import host_label, is_site
from service.read.page.structured_data import Facts
from service.read.page.subjects import find_subjects
from service.read.page.teaser import find_teaser
from service.read.page.walk import Walk

MOST_BYLINES = 8  # bylines that are searched for a kind of text


@dataclass(frozen=True, slots=True)
class Read:
    """The parts of a page that are read already.

    Attributes:
        paragraphs: the body as found, before clean-up.
        text: the body.
    """

    head: Head
    facts: Facts
    walked: Walk
    credits: Sequence[Credit]
    page: PageFacts
    paragraphs: Sequence[Paragraph]
    text: str
    url: str
    site_name: str | None
    host: str


@dataclass(frozen=True, slots=True)
class Declarations:
    """What a page declares."""

    people: tuple[Person, ...]
    subjects: tuple[Subject, ...]
    teaser: Teaser | None
    genres: tuple[Genre, ...]
    publisher: Publisher | None


def read_declarations(read: Read) -> Declarations:
    """Return what a page declares of its article."""
    head, facts, blocks = read.head, read.facts, read.walked.blocks
    is_sites = site_test(read.site_name, read.host)
    publisher = find_publisher(head, facts)
    name = publisher.name if publisher else None
    names = (*read.page.authors, name) if name else read.page.authors
    sites = [each for each in (read.site_name, name) if each]
    begin, last = _ends(blocks, read.paragraphs)
    teaser = find_teaser(blocks, begin, read.paragraphs, read.text, head, facts, read.page, sites)
    bylines = [each.text for each in read.credits if each.where == "byline"][:MOST_BYLINES]
    if teaser is not None:
        bylines.append(teaser.text)
    return Declarations(
        people=find_people(
            read.page.authors, facts, read.credits, read.walked.named, read.url, name
        ),
        subjects=find_subjects(head, facts, read.page.title, read.text, names, is_sites),
        teaser=teaser,
        genres=find_genres(head, facts, blocks, read.page.title, bylines, begin, last),
        publisher=publisher,
    )


def site_test(site_name: str | None, host: str) -> Callable[[str, str], bool]:
    """Return a function that tells whether a text, given as printed and normalised, is the site's
    name. Texts that end otherwise than the name and the host's label are not looked at further."""
    name = normalise_words(site_name or "")
    ends = {name[-1:], host_label(host)[-1:]} - {""}
    return lambda text, words: words[-1:] in ends and is_site(text, site_name, host)


def _ends(blocks: Sequence[Block], paragraphs: Sequence[Paragraph]) -> tuple[int | None, str]:
    """Return the position of the body's first block, if it is among the blocks, and the body's last
    paragraph."""
    if not paragraphs:
        return None, ""
    text = paragraphs[0].text
    begin = next((index for index, block in enumerate(blocks) if block.text == text), None)
    return begin, paragraphs[-1].text
